// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <set>

#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "harness/run_suite.hpp"
#include "sim/scenario/compose.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward::cli {
namespace {

/// A suite with the scenario that it is about.
struct LoadedSuite {
  std::string file;
  std::unique_ptr<const Scenario> scenario;
  std::vector<SuiteTest> tests;
};

struct Totals {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t broken = 0;
  std::size_t skipped = 0;

  [[nodiscard]] std::size_t all() const { return passed + failed + broken + skipped; }
};

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

std::string named(const SuiteTest& test, const std::string& policies) {
  return policies.empty() ? test.name : test.name + " [" + policies + "]";
}

std::string place(const TestResult& result) {
  const Place& at = result.test->place;
  return *at.file + ":" + std::to_string(at.line);
}

void print_comparison(const TestResult& result) {
  std::size_t width = std::string_view("expected").size();
  for (const Compared& line : result.compared)
    width = std::max(width, line.expected ? std::min<std::size_t>(line.expected->size(), 40) : 0);
  std::cout << "      " << padded("", 20) << padded("expected", width) << "  actual\n";
  std::string category;
  for (const Compared& line : result.compared) {
    if (line.category != category) std::cout << "      " << line.category << "\n";
    category = line.category;
    const std::string expected = line.expected.value_or("");
    if (expected.size() > 40) {
      std::cout << "        " << padded(line.what, 18) << coloured(Colour::red, "expected ")
                << expected << "\n"
                << "        " << padded("", 18) << coloured(Colour::red, "actual   ") << line.actual
                << "\n";
      continue;
    }
    std::cout << "        " << padded(line.what, 18) << padded(expected, width) << "  "
              << (line.same() ? line.actual : coloured(Colour::red, line.actual + "  <- differs"))
              << "\n";
  }
}

void print(const TestResult& result, const std::string& policies, Totals& totals) {
  const auto headline = [&](Colour colour, const char* word) {
    std::cout << "  " << coloured(colour, padded(word, 6))
              << wrapped(named(*result.test, policies), 8, 8) << "\n";
  };
  const auto evidence = [&](Colour colour) {
    if (!result.evidence.empty())
      std::cout << "        " << coloured(colour, wrapped(result.evidence, 8, 8)) << "\n";
  };
  const auto reason = [&] { std::cout << "        " << wrapped(result.reason, 8, 8) << "\n"; };
  switch (result.status) {
    case TestStatus::passed:
      headline(Colour::green, "ok");
      evidence(Colour::dim);
      break;
    case TestStatus::failed:
      ++totals.failed;
      headline(Colour::red, "FAIL");
      std::cout << "        " << place(result) << "\n";
      if (!result.compared.empty()) print_comparison(result);
      evidence(Colour::red);
      break;
    case TestStatus::broken:
      ++totals.broken;
      headline(Colour::red, "ERROR");
      std::cout << "        " << place(result) << "\n";
      reason();
      break;
    case TestStatus::skipped:
      ++totals.skipped;
      headline(Colour::yellow, "skip");
      reason();
      break;
  }
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

void run(const LoadedSuite& suite, const TestOptions& options, Totals& totals) {
  std::vector<SuiteTest> chosen;
  for (const SuiteTest& test : suite.tests)
    if (test.name.find(options.filter) != std::string::npos) chosen.push_back(test);
  if (chosen.empty()) return;
  std::cout << coloured(Colour::bold, suite.file) << "\n";
  if (options.list) {
    for (const SuiteTest& test : chosen)
      std::cout << "  " << padded(to_string(test.kind), 10) << test.name << "\n";
    totals.skipped += chosen.size();
    return;
  }
  std::vector<TestResult> results;
  {
    ProgressBar bar("replaying " + suite.scenario->id);
    results = run_suite(chosen, *suite.scenario, jobs_or_cores(options.jobs),
                        [&](std::size_t done, std::size_t of) {
                          bar.show(done, of);
                          return true;
                        });
  }
  // A test that passes under several policies takes one line.
  std::string passed;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const TestResult& result = results[i];
    if (result.status != TestStatus::passed) {
      print(result, result.policy, totals);
      continue;
    }
    ++totals.passed;
    passed += (passed.empty() ? "" : ", ") + result.policy;
    const bool more = i + 1 < results.size() && results[i + 1].test == result.test &&
                      results[i + 1].status == TestStatus::passed && result.evidence.empty();
    if (more) continue;
    print(result, passed, totals);
    passed.clear();
  }
}

void print(const Totals& totals) {
  std::cout << "\n" << totals.passed << " passed, " << totals.failed << " failed";
  if (totals.broken > 0) std::cout << ", " << totals.broken << " in error";
  if (totals.skipped > 0) std::cout << ", " << totals.skipped << " skipped";
  std::cout << "\n";
}

/// What the run as a whole comes to.
Exit verdict(const Totals& totals, bool all_loaded) {
  if (!all_loaded) return Exit::invalid;
  return totals.failed + totals.broken > 0 ? Exit::expectation_failed : Exit::ok;
}

}  // namespace

Exit test(const TestOptions& options) {
  std::vector<LoadedSuite> suites;
  std::set<std::string> seen;
  bool good = true;
  for (const std::string& path : options.paths) {
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

  Totals totals;
  for (const LoadedSuite& suite : suites) run(suite, options, totals);
  if (suites.empty()) return Exit::invalid;
  if (totals.all() == 0) {
    std::cerr << "onward: no test has " << ticked(options.filter) << " in its name\n"
              << "  help: `onward test --list` shows the names\n";
    return Exit::usage;
  }
  if (options.list) return good ? Exit::ok : Exit::invalid;
  print(totals);
  return verdict(totals, good);
}

}  // namespace onward::cli
