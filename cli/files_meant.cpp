// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "cli/commands.hpp"

namespace onward::cli {

namespace fs = std::filesystem;

bool is_suite_file(const std::string& path) {
  constexpr std::string_view ending = ".suite.json";
  return path.size() > ending.size() &&
         path.compare(path.size() - ending.size(), ending.size(), ending) == 0;
}

std::string main_scenario() {
  const fs::path name = fs::path("scenarios") / "partner-sharing";
  std::error_code error;
  if (fs::exists(name / "scenario.json", error)) return name.string();
  for (fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
       folder.has_relative_path(); folder = folder.parent_path())
    if (fs::exists(folder / name / "scenario.json", error)) return (folder / name).string();
  return "";
}

std::string scenario_meant(const std::string& command, const std::string& path) {
  const std::string meant = path.empty() ? main_scenario() : path;
  if (meant.empty())
    std::cerr << command << ": there is no `scenarios/partner-sharing` here\n"
              << "  help: name a scenario: `" << command << " PATH`\n";
  return meant;
}

std::vector<std::string> files_meant(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {path};
  const fs::path folder = fs::path(path).lexically_normal();
  if (fs::exists(folder / "scenario.json", error)) return {(folder / "scenario.json").string()};
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(
           folder, fs::directory_options::skip_permission_denied, error))
    if (entry.is_regular_file(error) &&
        (entry.path().filename() == "scenario.json" || is_suite_file(entry.path().string())))
      files.push_back(entry.path().lexically_normal().string());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace onward::cli
