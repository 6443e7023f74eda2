// SPDX-License-Identifier: Apache-2.0
#include "cli/report.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/asked.hpp"
#include "cli/progress.hpp"
#include "cli/replay.hpp"
#include "cli/version.hpp"
#include "harness/report.hpp"
#include "harness/run_suite.hpp"
#include "metrics/store/export_csv.hpp"
#include "sim/scenario/files.hpp"
#include "viz/report.hpp"

namespace onward::cli {
namespace {

namespace fs = std::filesystem;

Exit complain(const std::string& what, const std::string& help, Exit exit) {
  std::cerr << "onward report: " << what << "\n  help: " << help << "\n";
  return exit;
}

/// The tests of the scenario, as they came out; nothing where there are none.
std::optional<std::vector<ReportedTest>> tests_of(const Scenario& scenario,
                                                  const RunOptions& options, TestsForPage which) {
  if (which == TestsForPage::none) return {};
  Diagnostics diagnostics;
  std::vector<SuiteTest> suite = read_suite(scenario.suite, scenario, diagnostics);
  if (suite.empty() || has_errors(diagnostics)) return {};
  for (SuiteTest& test : suite)
    if (which == TestsForPage::quick && test.skip.empty() && test.kind != TestKind::decide)
      test.skip = "proved or measured by `onward test` and `onward report`";
  ProgressBar bar("testing " + scenario.id);
  SuiteOptions how;
  how.jobs = jobs_or_cores(options.jobs);
  const auto results = run_suite(suite, scenario, how, [&](std::size_t done, std::size_t of) {
    bar.show(done, of);
    return true;
  });
  std::vector<ReportedTest> tests;
  for (const TestResult& result : results)
    tests.push_back({result.test->name, to_string(result.test->kind), result.policy,
                     to_string(result.status), result.evidence, explanation_of(result)});
  return tests;
}

/// The commands that reproduce a run, its baseline included.
std::vector<std::string> commands_for(const RunOptions& options, const Scenario& scenario,
                                      const std::vector<std::size_t>& policies) {
  const fs::path file = scenario.file;
  const bool whole = file.filename() == "scenario.json";
  std::string command = "onward run " + (whole ? file.parent_path() : file).string();
  command += " --seed " + std::to_string(options.seed.value_or(scenario.experiment.seed));
  command += " --replications " +
             std::to_string(options.replications.value_or(scenario.experiment.replications));
  if (options.people) command += " --people " + std::to_string(*options.people);
  for (const std::size_t p : policies) command += " --policy " + scenario.policies[p].id;
  return {command + " --out results", "onward report results -o report.html",
          "onward verify results"};
}

/// Whether a path holds what `--out` keeps.
bool holds_results(const std::string& path) {
  return fs::exists(fs::path(path) / "manifest.json");
}

bool write(const ReportOptions& options, const std::string& page) {
  try {
    write_whole(options.output, page);
    return true;
  } catch (const StoreError& problem) {
    complain(problem.what(), "name a file in a folder of your own", Exit::tool_error);
    return false;
  }
}

Exit write_page(const ReportOptions& options, const RunOptions& run, const LoadResult& loaded,
                const std::vector<std::size_t>& policies, const std::string& json) {
  const auto document = document_of_run(run, loaded, policies, json,
                                        options.tests ? TestsForPage::all : TestsForPage::none);
  if (!document) return Exit::tool_error;
  if (options.json) {
    std::cout << *document << "\n";
    return Exit::ok;
  }
  const std::string page = report_page(*document);
  if (!write(options, page)) return Exit::tool_error;
  std::cerr << "onward report: " << options.output << ", " << page.size() / 1024 << " KiB\n";
  return Exit::ok;
}

Exit report_scenario(const ReportOptions& options, RunOptions run) {
  const std::string path = scenario_meant("onward report", options.what);
  if (path.empty()) return Exit::usage;
  const LoadResult loaded = load(path);
  print(loaded.diagnostics);
  if (!loaded.scenario) return Exit::invalid;
  const auto policies = policies_named(*loaded.scenario, run.policies);
  if (!policies) return Exit::usage;
  ReplayRequest request;
  request.people = run.people;
  request.replications = run.replications;
  request.seed = run.seed;
  request.jobs = run.jobs;
  const Results results = [&] {
    ProgressBar bar("replaying " + loaded.scenario->id);
    return replay(request, *loaded.scenario, *policies,
                  [&](std::size_t done, std::size_t of) { bar.show(done, of); });
  }();
  if (results.accounts.replications() > 0)
    if (const Exit exit = write_page(options, run, loaded, *policies, to_json(results, version));
        exit != Exit::ok)
      return exit;
  return missing_from(results, "report", "onward run " + path);
}

/// Whether the scenario is still the one that a store was computed from.
bool is_the_same(const std::string& folder, const Contents& now) {
  const std::unique_ptr<Database> database = open_store(folder);
  Identity asked_now = now.identity;
  const Identity then = identity_of(*database);
  for (auto& [name, value] : asked_now.about)
    if (name == "version") value = asked(then.about, "version");
  const std::vector<std::string> differing = differences(then, asked_now);
  if (differing.empty()) return true;
  std::string all = "the scenario is not the one of then:";
  for (const std::string& one : differing) all += "\n    " + one;
  complain(all, "bring back the files of then: `manifest.json` has their SHA-256",
           Exit::expectation_failed);
  return false;
}

Exit report_folder(const ReportOptions& options, RunOptions run) {
  const fs::path file = fs::path(options.what) / "results.json";
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return complain(ticked(options.what) + " holds no finished run: no `results.json`",
                    "finish it with `onward run --out " + options.what + " --resume`", Exit::usage);
  const std::string json{std::istreambuf_iterator<char>(in), {}};
  const std::string path = path_from_here(read_manifest(options.what));
  ask_the_same(identity_of(*open_store(options.what)).about, run);
  const LoadResult loaded = load(path);
  print(loaded.diagnostics);
  if (!loaded.scenario) return Exit::invalid;
  const auto policies = policies_named(*loaded.scenario, run.policies);
  if (!policies) return Exit::usage;
  if (!is_the_same(options.what, contents_of(run, loaded, *policies)))
    return Exit::expectation_failed;
  return write_page(options, run, loaded, *policies, json);
}

}  // namespace

std::optional<std::string> document_of_run(const RunOptions& options, const LoadResult& loaded,
                                           const std::vector<std::size_t>& policies,
                                           const std::string& json, TestsForPage tests) {
  const Scenario& scenario = *loaded.scenario;
  ReportRequest request;
  request.scenario = &scenario;
  request.policies = policies;
  request.results = json;
  request.people = options.people;
  request.seed = options.seed.value_or(scenario.experiment.seed);
  request.switches = tests != TestsForPage::quick;
  request.jobs = jobs_or_cores(options.jobs);
  request.suite = tests_of(scenario, options, tests);
  request.commands = commands_for(options, scenario, policies);
  request.files = stored_files(loaded.sources, scenario_file(scenario.file).string());
  try {
    return report_document(request);
  } catch (const std::runtime_error& problem) {
    complain(problem.what(), "replay it again: `" + request.commands.front() + "`",
             Exit::tool_error);
    return {};
  }
}

Exit report(const ReportOptions& options) {
  if (!options.json && !has_page())
    return complain("this program was built without the page of the report",
                    "install `nodejs` and `npm`, and build it again", Exit::tool_error);
  std::error_code error;
  if (!options.json && !options.force && fs::exists(options.output, error))
    return complain(ticked(options.output) + " exists already",
                    "name another file; `--force` replaces it", Exit::usage);
  RunOptions run = options.run;
  try {
    return holds_results(options.what) ? report_folder(options, run)
                                       : report_scenario(options, run);
  } catch (const StoreError& problem) {
    return complain(problem.what(), "`onward report` takes a scenario or the folder of a run",
                    Exit::tool_error);
  }
}

}  // namespace onward::cli
