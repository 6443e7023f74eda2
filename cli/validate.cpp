// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/sweep_study.hpp"
#include "harness/suite.hpp"
#include "sim/scenario/compose.hpp"
#include "sim/scenario/json_text.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/schema.hpp"

namespace onward::cli {
namespace {

std::string count(std::size_t number, const char* one, const char* many) {
  return std::to_string(number) + " " + (number == 1 ? one : many);
}

std::string summary(const Scenario& scenario, std::size_t tests) {
  std::size_t rules = 0;
  for (const Policy& policy : scenario.policies) rules += policy.rules.size();
  return count(scenario.world.nodes.size(), "node", "nodes") + ", " +
         count(scenario.policies.size(), "policy", "policies") + " with " +
         count(rules, "rule", "rules") + ", " +
         count(scenario.population.groups.size(), "group of people", "groups of people") + ", " +
         count(tests, "test", "tests");
}

/// The schema that a block's own file names in `$schema`.
std::string named_schema(const Value& root) {
  const Value* written = root.find("$schema");
  if (written == nullptr) return "";
  const std::string name = std::filesystem::path(written->text).filename().string();
  const std::vector<std::string> known = schema_names();
  return std::find(known.begin(), known.end(), name) == known.end() ? "" : name;
}

std::string validate_scenario(const std::string& path, Diagnostics& diagnostics) {
  LoadResult loaded = load(path);
  diagnostics = std::move(loaded.diagnostics);
  if (!loaded.scenario) return "";
  (void)read_suite(loaded.scenario->suite, *loaded.scenario, diagnostics);
  return summary(*loaded.scenario, loaded.scenario->suite.items.size());
}

std::string validate_suite(const std::string& path, Diagnostics& diagnostics) {
  const auto suite = read_suite_file(path, diagnostics);
  if (!suite) return "";
  LoadResult loaded = load(suite->scenario);
  diagnostics.insert(diagnostics.end(), loaded.diagnostics.begin(), loaded.diagnostics.end());
  if (!loaded.scenario) return "";
  (void)read_suite(suite->tests, *loaded.scenario, diagnostics);
  return count(suite->tests.items.size(), "test", "tests") + " of " + suite->scenario;
}

std::string validate_sweep(const std::string& path, Diagnostics& diagnostics) {
  const auto study = read_study(path, diagnostics);
  if (!study || !check_points(*study, diagnostics)) return "";
  return count(study->design.size(), "point", "points") + " of " + study->sweep.scenario;
}

std::string validate_file(const std::string& path, Diagnostics& diagnostics) {
  if (is_sweep_file(path)) return validate_sweep(path, diagnostics);
  if (is_suite_file(path)) return validate_suite(path, diagnostics);
  const auto root = read_json(path, path, diagnostics);
  if (!root) return "";
  const std::string schema = named_schema(*root);
  if (root->find("onward") != nullptr || schema == "scenario.schema.json")
    return validate_scenario(path, diagnostics);
  if (schema.empty()) {
    diagnostics.push_back(
        {Severity::error, root->place, "this is neither a scenario nor a block of one",
         "a scenario begins with `\"onward\": 1`; a block names its schema in `$schema`"});
    return "";
  }
  check_schema(*root, schema, diagnostics);
  return "fits " + schema + "; its names are checked with the scenario that uses it";
}

}  // namespace

Exit validate(const ValidateOptions& options) {
  bool good = true;
  for (const std::string& path : options.paths) {
    const std::vector<std::string> files = files_meant(path);
    if (files.empty()) {
      std::cerr << path << ": there is no scenario in this folder\n"
                << "  help: a scenario is a file `scenario.json`, or any file that is named here\n";
      good = false;
    }
    for (const std::string& file : files) {
      Diagnostics diagnostics;
      const std::string found = validate_file(file, diagnostics);
      print(diagnostics);
      if (has_errors(diagnostics))
        good = false;
      else
        std::cout << file << ": " << coloured(Colour::green, "valid") << " (" << found << ")\n";
    }
  }
  return good ? Exit::ok : Exit::invalid;
}

}  // namespace onward::cli
