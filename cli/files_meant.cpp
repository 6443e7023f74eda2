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

bool is_folder(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

std::vector<std::string> files_below(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> files;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(folder).lexically_normal(),
                                        fs::directory_options::skip_permission_denied, error))
    if (entry.is_regular_file(error) &&
        (entry.path().filename() == "scenario.json" || is_suite_file(entry.path().string())))
      files.push_back(entry.path().lexically_normal().string());
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> files_meant(const std::string& path) {
  if (!is_folder(path)) return {path};
  std::error_code error;
  const fs::path scenario = fs::path(path).lexically_normal() / "scenario.json";
  if (fs::exists(scenario, error)) return {scenario.string()};
  return files_below(path);
}

}  // namespace onward::cli
