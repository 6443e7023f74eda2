// SPDX-License-Identifier: Apache-2.0
#include "cli/suites.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
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

/// Scenarios by their files; each is read, and what is wrong with it said, once.
class Scenarios {
 public:
  /// Nothing if it does not load.
  std::shared_ptr<const Scenario> of(const std::string& path, Diagnostics& diagnostics) {
    const auto [known, is_new] = known_.try_emplace(canonical(path));
    if (is_new) {
      LoadResult loaded = load(path);
      diagnostics.insert(diagnostics.end(), loaded.diagnostics.begin(), loaded.diagnostics.end());
      known->second = std::move(loaded.scenario);
    }
    return known->second;
  }

 private:
  std::map<std::string, std::shared_ptr<const Scenario>> known_;
};

/// `named`: the file itself was asked for, so it should hold tests.
bool load_suite(const std::string& file, bool named, Scenarios& scenarios, LoadedSuite& suite) {
  Diagnostics diagnostics;
  suite.file = file;
  Value tests;
  if (is_suite_file(file)) {
    if (auto read = read_suite_file(file, diagnostics)) {
      tests = std::move(read->tests);
      suite.scenario = scenarios.of(read->scenario, diagnostics);
    }
  } else {
    suite.scenario = scenarios.of(file, diagnostics);
    if (suite.scenario) tests = suite.scenario->suite;
  }
  if (suite.scenario) suite.tests = read_suite(tests, *suite.scenario, diagnostics);
  if (suite.scenario && tests.items.empty() && (named || is_suite_file(file)))
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
  Scenarios scenarios;
  std::set<std::string> seen;
  for (const std::string& path : paths) {
    const bool folder = is_folder(path);
    const std::vector<std::string> files =
        folder ? files_below(path) : std::vector<std::string>(1, path);
    bool any = !folder;
    for (const std::string& file : files) {
      if (!seen.insert(canonical(file)).second) {
        any = true;
        continue;
      }
      LoadedSuite suite;
      const bool loads = load_suite(file, !folder, scenarios, suite);
      good = good && loads;
      any = any || !loads || !suite.tests.empty();
      if (loads && !suite.tests.empty()) suites.push_back(std::move(suite));
    }
    if (any) continue;
    std::cerr
        << path << ": there is no suite in this folder\n"
        << "  help: tests stand in the `suite` of a `scenario.json`, or in a `*.suite.json`\n";
    good = false;
  }
  drop_repeated(suites);
  return suites;
}

}  // namespace onward::cli
