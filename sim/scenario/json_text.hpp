// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/diagnostic.hpp"
#include "sim/scenario/value.hpp"

namespace onward {

/// Limits on what is read. They are far above what a person writes, and keep a
/// hostile file from exhausting memory or the stack.
inline constexpr std::size_t max_file_bytes = 32U << 20U;
inline constexpr std::size_t max_depth = 64;
inline constexpr std::size_t max_values = 500000;
inline constexpr std::size_t max_string_bytes = 4000;

/// Parses JSON with comments. `shown_as` is the name that messages use.
///
/// Reports broken syntax and UTF-8, numbers out of range, duplicate keys, and
/// texts beyond the limits above. Returns nothing if anything was reported.
[[nodiscard]] std::optional<Value> parse_json(const std::string& text, const std::string& shown_as,
                                              Diagnostics& diagnostics);

/// A file as it was read.
struct SourceFile {
  std::string name;  ///< As messages show it.
  std::string text;
};

/// Reads and parses a file; what cannot be read is reported too. Adds the file to `sources`, if
/// given.
[[nodiscard]] std::optional<Value> read_json(const std::filesystem::path& path,
                                             const std::string& shown_as, Diagnostics& diagnostics,
                                             std::vector<SourceFile>* sources = nullptr);

}  // namespace onward
