// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/diagnostic.hpp"
#include "sim/scenario/json_text.hpp"
#include "sim/scenario/value.hpp"

namespace onward {

/// The files of one scenario: paths relative to the file that names them, none
/// outside the root.
///
/// The root is the nearest folder upward that holds a file `onward-root`, else
/// the folder of the first file.
class ScenarioFiles {
 public:
  /// `first` is the scenario's own file.
  explicit ScenarioFiles(const std::filesystem::path& first);

  /// Where a path leads that stands at `named`; nothing, with a diagnostic, if it leaves the root.
  [[nodiscard]] std::optional<std::filesystem::path> resolve(const Value& named,
                                                             Diagnostics& diagnostics) const;

  /// Reads a file that is named at `named`.
  [[nodiscard]] std::optional<Value> read(const Value& named, Diagnostics& diagnostics);

  /// What `read` read, in the order of reading; a file may be there more than once.
  [[nodiscard]] const std::vector<SourceFile>& sources() const { return sources_; }

 private:
  std::vector<SourceFile> sources_;
  std::filesystem::path root_;
};

/// The scenario file that a path means: itself, or `scenario.json` in the folder.
[[nodiscard]] std::filesystem::path scenario_file(const std::filesystem::path& path);

}  // namespace onward
