// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "sim/diagnostic.hpp"

namespace onward::cli {

/// What the process says when it ends.
enum class Exit : int {
  ok = 0,
  tool_error = 1,
  usage = 2,
  invalid = 3,
  expectation_failed = 4,
  interrupted = 5
};

/// The width of text: 100 columns, or those of the terminal if it has fewer.
[[nodiscard]] std::size_t text_width();

enum class Colour { green, red, yellow, bold, dim };

/// The text in a colour, if standard output is a terminal and `NO_COLOR` is not set.
[[nodiscard]] std::string coloured(Colour colour, std::string_view text);

/// Words put into lines of at most `text_width()`; every line after the first begins with `indent`
/// spaces. `text` begins at column `start`.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t start, std::size_t indent);

/// JSON with spaces after commas and colons, where lines may break.
[[nodiscard]] std::string roomy(const std::string& json);

/// The text with spaces after it up to a width; UTF-8 characters count as one.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

/// The number of columns that a text takes.
[[nodiscard]] std::size_t columns(std::string_view text);

/// Prints diagnostics to standard error, and a count if there are many.
void print(const Diagnostics& diagnostics);

}  // namespace onward::cli
