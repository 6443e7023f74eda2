// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace onward {

/// A place in a file that a person wrote.
struct Place {
  std::shared_ptr<const std::string> file;  ///< Path as shown to the user; null: nowhere.
  std::size_t line = 0;                     ///< From 1; 0: the file as a whole.
  std::size_t column = 0;                   ///< From 1, in characters.
  std::string pointer;                      ///< JSON pointer; empty: the whole document.
};

enum class Severity { error, warning, note };

[[nodiscard]] const char* to_string(Severity severity);

/// A mistake in something that a person wrote, as a value.
///
/// `message` is lower case without a full stop, with the person's own words in
/// backticks; `help` says the way out and may be empty.
struct Diagnostic {
  Severity severity = Severity::error;
  Place place;
  std::string message;
  std::string help;
};

using Diagnostics = std::vector<Diagnostic>;

[[nodiscard]] bool has_errors(const Diagnostics& diagnostics);

/// Orders by file (in the order in which each is first seen), line and column; stable.
void sort_by_place(Diagnostics& diagnostics);

/// `file:line:column: /json/pointer: message`, then a line `  help: ...` if there is help.
[[nodiscard]] std::string to_string(const Diagnostic& diagnostic);

/// The text in backticks, cut to a readable length, control characters shown as `?`.
[[nodiscard]] std::string ticked(std::string_view text);

/// `` `a`, `b` or `c` ``; a long list is cut and says how many more there are.
[[nodiscard]] std::string one_of(const std::vector<std::string>& names);

/// `` `a`, `b` and `c` ``, cut in the same way.
[[nodiscard]] std::string all_of(const std::vector<std::string>& names);

/// The name that `typed` was probably meant to be, or empty. Case does not count; ties go to the
/// first.
[[nodiscard]] std::string nearest(std::string_view typed, const std::vector<std::string>& names);

/// Help for an unknown name: the nearest one, else what there is. `what` is a plural noun.
[[nodiscard]] std::string suggest(std::string_view typed, const std::vector<std::string>& names,
                                  std::string_view what);

}  // namespace onward
