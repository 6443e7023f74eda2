// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/files.hpp"

#include <algorithm>

namespace onward {

namespace fs = std::filesystem;

fs::path scenario_file(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error) ? path / "scenario.json" : path;
}

ScenarioFiles::ScenarioFiles(const fs::path& first) {
  std::error_code error;
  const fs::path own = fs::weakly_canonical(fs::absolute(first, error), error).parent_path();
  root_ = own;
  for (fs::path folder = own;; folder = folder.parent_path()) {
    if (fs::exists(folder / "onward-root", error)) {
      root_ = folder;
      return;
    }
    if (folder == folder.parent_path()) return;
  }
}

std::optional<fs::path> ScenarioFiles::resolve(const Value& named, Diagnostics& diagnostics) const {
  fs::path shown = (fs::path(*named.place.file).parent_path() / named.text).lexically_normal();
  std::error_code error;
  const fs::path real = fs::weakly_canonical(fs::absolute(shown, error), error);
  const auto [in_root, in_real] =
      std::mismatch(root_.begin(), root_.end(), real.begin(), real.end());
  if (!error && in_root == root_.end() && !fs::path(named.text).is_absolute()) return shown;
  diagnostics.push_back({Severity::error, named.place,
                         ticked(named.text) + " leads out of the folder of the scenarios",
                         "name a file below the nearest folder with a file `onward-root`, by a "
                         "path relative to this file"});
  return {};
}

std::optional<Value> ScenarioFiles::read(const Value& named, Diagnostics& diagnostics) {
  const auto path = resolve(named, diagnostics);
  if (!path) return {};
  std::error_code error;
  if (!fs::exists(*path, error)) {
    std::vector<std::string> beside;
    const fs::path folder = path->has_parent_path() ? path->parent_path() : fs::path(".");
    for (const auto& entry : fs::directory_iterator(folder, error))
      if (entry.path().extension() == ".json")
        beside.push_back((fs::path(named.text).parent_path() / entry.path().filename()).string());
    std::sort(beside.begin(), beside.end());
    const std::string guess = nearest(named.text, beside);
    diagnostics.push_back({Severity::error, named.place, "there is no file " + ticked(named.text),
                           guess.empty() ? "the path is taken from the folder of this file"
                                         : "did you mean " + ticked(guess) + "?"});
    return {};
  }
  return read_json(*path, path->string(), diagnostics, &sources_);
}

}  // namespace onward
