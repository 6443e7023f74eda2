// SPDX-License-Identifier: Apache-2.0
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/results_table.hpp"
#include "cli/version.hpp"
#include "metrics/results_json.hpp"

namespace onward::cli {
namespace {

/// How often everything is replayed at most if it is to become precise.
constexpr int most_until_precise = 1000;

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Notices the first Ctrl-C; the second one ends the program.
class Interruption {
 public:
  Interruption() { previous_ = std::signal(SIGINT, &Interruption::notice); }
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  ~Interruption() { std::signal(SIGINT, previous_); }

  [[nodiscard]] static bool happened() { return happened_ != 0; }

 private:
  static void notice(int) {
    happened_ = 1;
    std::signal(SIGINT, SIG_DFL);
  }

  // Why global: a signal's handler can reach nothing else.
  static volatile std::sig_atomic_t happened_;
  void (*previous_)(int) = SIG_DFL;
};

volatile std::sig_atomic_t Interruption::happened_ = 0;

/// The folder for results, made ready; false, with a message, if they cannot be written there.
bool prepare(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  const fs::path file = fs::path(folder) / "results.json";
  if (fs::exists(file)) {
    std::cerr << "onward run: " << ticked(file.string()) << " exists already\n"
              << "  help: results are never overwritten; name another folder\n";
    return false;
  }
  if (!error && std::ofstream(file)) {
    fs::remove(file, error);
    return true;
  }
  std::cerr << "onward run: nothing can be written into " << ticked(folder) << "\n"
            << "  help: name a folder of your own\n";
  return false;
}

bool write(const fs::path& file, const std::string& text) {
  std::ofstream out(file);
  out << text;
  if (out.flush()) return true;
  std::cerr << "onward run: " << ticked(file.string()) << " could not be written whole\n"
            << "  help: is the disk full? `onward run --json` prints the same to the terminal\n";
  return false;
}

std::uint64_t peak_memory() {
  std::uint64_t peak = 0;
  for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage used{};
    getrusage(who, &used);
    peak = std::max(peak, static_cast<std::uint64_t>(used.ru_maxrss) * 1024);  // NOLINT: a union
  }
  return peak;
}

/// The goal, with the measures that it is about.
PrecisionGoal aimed_at(PrecisionGoal goal, const RunOptions& options, const Scenario& scenario) {
  goal.measures = options.precision_of;
  if (!goal.measures.empty()) return goal;
  goal.measures.emplace_back("exposure_days");
  for (const std::string& id : scenario.headline_harms) goal.measures.push_back("harm." + id);
  for (const std::string& id : scenario.headline_benefits) goal.measures.push_back("benefit." + id);
  return goal;
}

void replay_until_precise(const Model& model, ExperimentPlan plan, const PrecisionGoal& goal,
                          Results& results, const Progress& progress) {
  std::vector<std::string> ids;
  for (const Policy* policy : results.policies) ids.push_back(policy->id);
  results.accounts = replay_until(model, results.scenario->compiled, plan, goal, ids,
                                  results.stopping.emplace(), progress);
}

}  // namespace

Results replay(const RunOptions& options, const Scenario& scenario,
               const std::vector<std::size_t>& policies) {
  Results results;
  results.scenario = &scenario;
  Model model = model_of(scenario);
  if (options.seed) model.seed = *options.seed;
  results.seed = model.seed;
  for (const std::size_t p : policies) results.policies.push_back(&scenario.policies[p]);

  ExperimentPlan plan;
  plan.policies = policies;
  plan.replications = options.replications.value_or(
      options.precision.empty() ? scenario.experiment.replications
                                : std::max(most_until_precise, scenario.experiment.replications));
  plan.warm_up_days = scenario.experiment.warm_up_days;
  plan.people = options.people;
  plan.sync = options.engine == "sync";
  plan.burdens = options.burdens;
  plan.jobs = options.jobs.value_or(std::max(1U, std::thread::hardware_concurrency()));
  const Interruption interruption;
  ProgressBar bar("replaying " + scenario.id);
  const auto begin = Clock::now();
  const Progress progress = [&](std::size_t done, std::size_t of) {
    bar.show(done, of);
    return !Interruption::happened();
  };
  if (const auto goal = read_precision(options.precision))
    replay_until_precise(model, plan, aimed_at(*goal, options, scenario), results, progress);
  else
    results.accounts = replay_all(model, scenario.compiled, plan, progress);
  results.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  results.peak_memory_bytes = peak_memory();
  results.replications_planned = results.stopping ? results.accounts.replications()
                                                  : static_cast<std::size_t>(plan.replications);
  if (results.accounts.replications() > 0) complete(results, model);
  return results;
}

Exit missing_from(const Results& results, const std::string& path) {
  for (const FailedReplication& failed : results.accounts.failed)
    std::cerr << "onward run: replication " << failed.number
              << " failed twice and is left out: " << failed.reason << "\n"
              << "  help: it is the last of `onward run " << path << " --seed " << results.seed
              << " --replications " << failed.number + 1 << "`\n";
  const std::size_t finished = results.accounts.replications();
  const bool stopped = finished + results.accounts.failed.size() < results.replications_planned;
  if (stopped && finished == 0)
    std::cerr << "onward run: stopped before the first replication was finished\n";
  else if (stopped)
    std::cerr << "onward run: stopped after " << finished << " of " << results.replications_planned
              << " replications; these are shown\n";
  if (!results.accounts.failed.empty()) return Exit::tool_error;
  return stopped ? Exit::interrupted : Exit::ok;
}

namespace {

/// Says what is wrong with what was asked of precision.
bool precision_makes_sense(const RunOptions& options, const Scenario& scenario) {
  if (options.precision.empty() && options.precision_of.empty()) return true;
  if (!read_precision(options.precision)) {
    std::cerr << "onward run: " << ticked(options.precision) << " is no precision\n"
              << "  help: `--precision 5%` of each figure, or `--precision 0.002` in its unit\n";
    return false;
  }
  const Model model = model_of(scenario);
  std::vector<std::string> known;
  for (const Measure& measure : measures_of(model, Grades(model, {})))
    known.push_back(measure.name);
  for (const std::string& name : options.precision_of)
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      std::cerr << "onward run: unknown measure " << ticked(name)
                << "\n  help: " << suggest(name, known, "measures") << "\n";
      return false;
    }
  return true;
}

}  // namespace

Exit run(const RunOptions& options) {
  const std::string path = options.scenario.empty() ? main_scenario() : options.scenario;
  if (path.empty()) {
    std::cerr << "onward run: there is no `scenarios/partner-sharing` here\n"
              << "  help: name a scenario: `onward run PATH`\n";
    return Exit::usage;
  }
  const LoadResult loaded = load(path);
  print(loaded.diagnostics);
  if (!loaded.scenario) return Exit::invalid;
  const Scenario& scenario = *loaded.scenario;
  const auto policies = policies_named(scenario, options.policies);
  if (!policies || !precision_makes_sense(options, scenario)) return Exit::usage;
  if (!options.out.empty() && !prepare(options.out)) return Exit::tool_error;

  const Results results = replay(options, scenario, *policies);
  if (results.accounts.replications() == 0) return missing_from(results, path);
  const std::string json = to_json(results, version);
  if (options.json)
    std::cout << json << "\n";
  else
    std::cout << results_table(results, options.groups);
  if (!options.out.empty() && !write(fs::path(options.out) / "results.json", json + "\n"))
    return Exit::tool_error;
  return missing_from(results, path);
}

}  // namespace onward::cli
