// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <random>

#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/suites.hpp"
#include "cli/test_output.hpp"
#include "cli/version.hpp"
#include "harness/run_suite.hpp"

namespace onward::cli {
namespace {

/// The suite's tests that were asked for, under the policies that were asked for.
std::vector<SuiteTest> chosen_from(const LoadedSuite& suite, const TestOptions& options) {
  const auto wanted = [&](std::size_t policy) {
    return options.policies.empty() ||
           std::find(options.policies.begin(), options.policies.end(),
                     suite.scenario->policies[policy].id) != options.policies.end();
  };
  std::vector<SuiteTest> chosen;
  for (SuiteTest test : suite.tests) {
    if (test.name.find(options.filter) == std::string::npos) continue;
    std::vector<std::size_t> policies;
    std::copy_if(test.policies.begin(), test.policies.end(), std::back_inserter(policies), wanted);
    // A comparison needs both its policies.
    if (policies.empty() || (test.kind == TestKind::compare && policies != test.policies)) continue;
    test.policies = std::move(policies);
    chosen.push_back(std::move(test));
  }
  return chosen;
}

/// Says which policies were asked for that no suite has.
bool policies_exist(const std::vector<LoadedSuite>& suites, const TestOptions& options) {
  std::vector<std::string> known;
  for (const LoadedSuite& suite : suites)
    for (const Policy& policy : suite.scenario->policies) known.push_back(policy.id);
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  bool good = true;
  for (const std::string& id : options.policies) {
    if (std::binary_search(known.begin(), known.end(), id)) continue;
    std::cerr << "onward test: unknown policy " << ticked(id) << "\n"
              << "  help: " << suggest(id, known, "policies") << "\n";
    good = false;
  }
  return good;
}

void list(const LoadedSuite& suite, const std::vector<SuiteTest>& tests) {
  std::cout << coloured(Colour::bold, suite.file) << "\n";
  for (const SuiteTest& test : tests)
    std::cout << "  " << padded(to_string(test.kind), 10) << test.name << "\n";
}

SuiteRun replay(const LoadedSuite& suite, const std::vector<SuiteTest>& tests,
                const SuiteOptions& options) {
  using Clock = std::chrono::steady_clock;
  ProgressBar bar("replaying " + suite.scenario->id);
  const auto begin = Clock::now();
  SuiteRun run;
  run.file = suite.file;
  run.results = run_suite(tests, *suite.scenario, options, [&](std::size_t done, std::size_t of) {
    bar.show(done, of);
    return true;
  });
  run.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return run;
}

/// Writes what a machine asked for; false, with a message, if it cannot be written.
bool write(const std::string& file, const std::string& text) {
  if (file == "-") {
    std::cout << text;
    return true;
  }
  std::ofstream out(file);
  out << text;
  if (out.flush()) return true;
  std::cerr << "onward test: " << ticked(file) << " could not be written\n"
            << "  help: name a file in a folder of your own\n";
  return false;
}

bool write_all(const std::vector<SuiteRun>& runs, const TestOptions& options) {
  bool good = options.junit.empty() || write(options.junit, to_junit(runs));
  good = (options.sarif.empty() || write(options.sarif, to_sarif(runs, version))) && good;
  return (options.json.empty() || write(options.json, to_json(runs, version))) && good;
}

bool anything_bad(const Totals& totals) {
  return totals.failed + totals.broken > 0;
}

SuiteOptions how(const TestOptions& options) {
  SuiteOptions chosen;
  chosen.seed = options.seed;
  chosen.jobs = jobs_or_cores(options.jobs);
  chosen.fail_fast = options.fail_fast;
  if (options.fresh_seed) {
    chosen.seed = std::random_device()();
    std::cerr << "seed " << *chosen.seed << "; the same again: `--seed " << *chosen.seed << "`\n";
  }
  return chosen;
}

}  // namespace

Exit test(const TestOptions& options) {
  const auto prints = [](const std::string& file) { return file == "-" ? 1 : 0; };
  const int printed = prints(options.junit) + prints(options.sarif) + prints(options.json);
  if (printed > 1) {
    std::cerr << "onward test: only one form can be printed\n"
              << "  help: name files for the others\n";
    return Exit::usage;
  }
  bool good = true;
  const std::vector<LoadedSuite> suites = load_suites(options.paths, good);
  if (suites.empty()) return Exit::invalid;
  if (!policies_exist(suites, options)) return Exit::usage;

  // Results point at their tests.
  std::vector<std::vector<SuiteTest>> tests;
  for (const LoadedSuite& suite : suites) tests.push_back(chosen_from(suite, options));
  if (std::all_of(tests.begin(), tests.end(), [](const auto& of) { return of.empty(); })) {
    std::cerr << "onward test: no test has " << ticked(options.filter) << " in its name"
              << (options.policies.empty() ? "" : " and is about the policies named") << "\n"
              << "  help: `onward test --list` shows the names\n";
    return Exit::usage;
  }
  const SuiteOptions suite_options = options.list ? SuiteOptions{} : how(options);
  std::vector<SuiteRun> runs;
  for (std::size_t s = 0; s < suites.size(); ++s) {
    if (tests[s].empty()) continue;
    if (options.list) {
      list(suites[s], tests[s]);
      continue;
    }
    runs.push_back(replay(suites[s], tests[s], suite_options));
    if (printed == 0) print(runs.back());
    if (options.fail_fast && anything_bad(totals_of(runs))) break;
  }
  if (options.list) return good ? Exit::ok : Exit::invalid;
  const Totals totals = totals_of(runs);
  if (printed == 0) print(totals);
  if (!write_all(runs, options)) return Exit::tool_error;
  if (!good) return Exit::invalid;
  return anything_bad(totals) ? Exit::expectation_failed : Exit::ok;
}

}  // namespace onward::cli
