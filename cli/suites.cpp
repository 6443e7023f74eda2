// SPDX-License-Identifier: Apache-2.0
#include "cli/suites.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>

#include "cli/commands.hpp"
#include "sim/scenario/compose.hpp"

namespace onward::cli {
namespace {

/// One name for one file, however it was written.
std::string canonical(const std::string& file) {
  std::error_code error;
  return std::filesystem::weakly_canonical(std::filesystem::absolute(file, error), error).string();
}

std::unique_ptr<const Scenario> scenario_of(const std::string& path, Diagnostics& diagnostics) {
  LoadResult loaded = load(path);
  diagnostics.insert(diagnostics.end(), loaded.diagnostics.begin(), loaded.diagnostics.end());
  return std::move(loaded.scenario);
}

bool load_suite(const std::string& file, LoadedSuite& suite) {
  Diagnostics diagnostics;
  suite.file = file;
  Value tests;
  if (is_suite_file(file)) {
    if (auto read = read_suite_file(file, diagnostics)) {
      tests = std::move(read->tests);
      suite.scenario = scenario_of(read->scenario, diagnostics);
    }
  } else {
    suite.scenario = scenario_of(file, diagnostics);
    if (suite.scenario) tests = suite.scenario->suite;
  }
  if (suite.scenario) suite.tests = read_suite(tests, *suite.scenario, diagnostics);
  if (suite.scenario && tests.items.empty())
    diagnostics.push_back({Severity::error,
                           {std::make_shared<const std::string>(file), 0, 0, ""},
                           "there is no test here",
                           "add tests to `suite`"});
  print(diagnostics);
  return suite.scenario && !has_errors(diagnostics);
}

/// A suite file that is a scenario's own suite is run with the scenario.
void drop_repeated(std::vector<LoadedSuite>& suites) {
  std::set<std::string> own;
  for (const LoadedSuite& suite : suites)
    if (!is_suite_file(suite.file) && suite.scenario && suite.scenario->suite.place.file)
      own.insert(canonical(*suite.scenario->suite.place.file));
  suites.erase(std::remove_if(suites.begin(), suites.end(),
                              [&](const LoadedSuite& suite) {
                                return is_suite_file(suite.file) &&
                                       own.contains(canonical(suite.file));
                              }),
               suites.end());
}

}  // namespace

std::vector<LoadedSuite> load_suites(const std::vector<std::string>& paths, bool& good) {
  std::vector<LoadedSuite> suites;
  std::set<std::string> seen;
  for (const std::string& path : paths) {
    const std::vector<std::string> files = files_meant(path);
    if (files.empty()) {
      std::cerr
          << path << ": there is no suite in this folder\n"
          << "  help: tests stand in the `suite` of a `scenario.json`, or in a `*.suite.json`\n";
      good = false;
    }
    for (const std::string& file : files) {
      if (!seen.insert(canonical(file)).second) continue;
      LoadedSuite suite;
      if (load_suite(file, suite))
        suites.push_back(std::move(suite));
      else
        good = false;
    }
  }
  drop_repeated(suites);
  return suites;
}

}  // namespace onward::cli
