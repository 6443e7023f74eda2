// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/asked.hpp"
#include "cli/commands.hpp"
#include "cli/precision.hpp"
#include "cli/progress.hpp"
#include "cli/replay.hpp"
#include "cli/report.hpp"
#include "cli/results_table.hpp"
#include "cli/version.hpp"
#include "viz/report.hpp"

namespace onward::cli {
namespace {

ReplayRequest request_of(const RunOptions& options, const Scenario& scenario) {
  ReplayRequest request;
  request.people = options.people;
  request.replications = replications_of(options, scenario);
  request.seed = options.seed;
  request.jobs = options.jobs;
  request.sync = options.engine == "sync";
  request.persons = options.keep.persons;
  return request;
}

/// The scenario that is meant; empty, with a message, if there is none.
std::string scenario_to_run(const RunOptions& options, const Keeping* keeping) {
  if (!options.scenario.empty()) return options.scenario;
  if (options.keep.resume) {
    if (keeping != nullptr && !keeping->path().empty()) return keeping->path();
    std::cerr << "onward run: there is nothing to resume in " << ticked(options.keep.out) << "\n"
              << "  help: name the scenario to begin with it: `onward run PATH --out DIR`\n";
    return "";
  }
  return scenario_meant("onward run", "");
}

std::vector<std::string> failures(const Results& results) {
  std::vector<std::string> all;
  for (const FailedReplication& failed : results.accounts.failed)
    all.push_back("replication " + std::to_string(failed.number) + ": " + failed.reason);
  return all;
}

void print_results(const RunOptions& options, const Results& results, const std::string& json) {
  if (options.json)
    std::cout << json << "\n";
  else
    std::cout << results_table(results, options.groups);
}

/// Writes the page beside the results, where this program has one.
void write_report(const RunOptions& options, const LoadResult& loaded,
                  const std::vector<std::size_t>& policies, const std::string& json,
                  const Keeping& keeping) {
  if (!has_page()) return;
  const auto document = document_of_run(options, loaded, policies, json, TestsForPage::quick);
  if (document) keeping.write_report(report_page(*document));
}

/// Writes what was found, and prints it.
void conclude(const RunOptions& options, const LoadResult& loaded,
              const std::vector<std::size_t>& policies, const Results& results, Keeping* keeping,
              StoredRun* store) {
  const std::size_t finished = results.accounts.replications();
  if (finished > 0) {
    const std::string json = to_json(results, version);
    print_results(options, results, json);
    if (keeping != nullptr) {
      keeping->write_results(json + "\n");
      if (finished == results.replications_planned)
        write_report(options, loaded, policies, json, *keeping);
    }
  }
  if (keeping == nullptr) return;
  // Why the store last: until then a run that is resumed does all of this again.
  const bool whole = finished == results.replications_planned;
  keeping->end(whole ? to_string(results.digest) : "", finished, failures(results));
  if (whole) store->complete(results);
}

Exit already_complete(const RunOptions& options, const std::string& digest) {
  std::cerr << "onward run: " << ticked(options.keep.out) << " is complete, digest " << digest
            << "\n";
  if (options.json)
    std::cout << std::ifstream(std::filesystem::path(options.keep.out) / "results.json").rdbuf();
  return Exit::ok;
}

Exit run_kept(RunOptions options, Keeping* keeping) {
  const std::string path = scenario_to_run(options, keeping);
  if (path.empty()) return Exit::usage;
  if (keeping != nullptr) ask_the_same(keeping->about(), options);
  const LoadResult loaded = load(path);
  print(loaded.diagnostics);
  if (!loaded.scenario) return Exit::invalid;
  const Scenario& scenario = *loaded.scenario;
  const auto policies = policies_named(scenario, options.policies);
  if (!policies) return Exit::usage;
  ReplayRequest request = request_of(options, scenario);
  bool good = true;
  request.goal = goal_of(options, scenario, good);
  if (!good) return Exit::usage;

  std::unique_ptr<Keeping> fresh;
  if (keeping == nullptr && !options.keep.out.empty()) {
    fresh = Keeping::open("run", options.keep);
    if (!fresh) return Exit::tool_error;
    keeping = fresh.get();
  }
  std::unique_ptr<StoredRun> store;
  if (keeping != nullptr) {
    const Contents contents = contents_of(options, loaded, *policies);
    if (!keeping->begin(contents, manifest_for(options, scenario, path))) return Exit::tool_error;
    if (const auto digest = stored_digest(keeping->database(), 0))
      return already_complete(options, *digest);
    store = std::make_unique<StoredRun>(keeping->database(), names_of(contents, 0),
                                        std::vector<Setting>{}, *request.replications);
  }
  const Results results = [&] {
    ProgressBar bar("replaying " + scenario.id);
    return replay(
        request, scenario, *policies, [&](std::size_t done, std::size_t of) { bar.show(done, of); },
        store.get());
  }();
  conclude(options, loaded, *policies, results, keeping, store.get());
  return missing_from(results, "run", "onward run " + path);
}

}  // namespace

Exit run(const RunOptions& options) {
  try {
    std::unique_ptr<Keeping> keeping;
    if (options.keep.resume) {
      keeping = Keeping::open("run", options.keep);
      if (!keeping) return Exit::tool_error;
    }
    return run_kept(options, keeping.get());
  } catch (const StoreError& problem) {
    report("run", problem, options.keep);
    return Exit::tool_error;
  }
}

}  // namespace onward::cli
