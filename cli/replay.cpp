// SPDX-License-Identifier: Apache-2.0
#include "cli/replay.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>

#include "cli/interruption.hpp"

namespace onward::cli {
namespace {

using Clock = std::chrono::steady_clock;

std::uint64_t peak_memory() {
  std::uint64_t peak = 0;
  for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage used{};
    getrusage(who, &used);
    peak = std::max(peak, static_cast<std::uint64_t>(used.ru_maxrss) * 1024);  // NOLINT: a union
  }
  return peak;
}

std::vector<std::string> ids_of(const std::vector<const Policy*>& policies) {
  std::vector<std::string> ids;
  for (const Policy* policy : policies) ids.push_back(policy->id);
  return ids;
}

}  // namespace

std::size_t jobs_or_cores(const std::optional<std::size_t>& jobs) {
  return jobs.value_or(std::max(1U, std::thread::hardware_concurrency()));
}

Results replay(const ReplayRequest& request, const Scenario& scenario,
               const std::vector<std::size_t>& policies, const Show& show, Archive* archive) {
  Results results;
  results.scenario = &scenario;
  Model model = model_of(scenario);
  if (request.seed) model.seed = *request.seed;
  results.seed = model.seed;
  for (const std::size_t p : policies) results.policies.push_back(&scenario.policies[p]);

  ExperimentPlan plan;
  plan.policies = policies;
  plan.first = request.first;
  plan.replications = request.replications.value_or(scenario.experiment.replications);
  plan.warm_up_days = scenario.experiment.warm_up_days;
  plan.people = request.people;
  plan.sync = request.sync;
  plan.jobs = jobs_or_cores(request.jobs);
  plan.persons = request.persons;
  plan.burdens = request.burdens;
  const Interruption interruption;
  const auto begin = Clock::now();
  const Progress progress = [&](std::size_t done, std::size_t of) {
    show(done, of);
    return !Interruption::happened();
  };
  results.accounts = request.goal ? replay_until(model, scenario.compiled, plan, *request.goal,
                                                 ids_of(results.policies),
                                                 results.stopping.emplace(), progress, archive)
                                  : replay_all(model, scenario.compiled, plan, progress, archive);
  results.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  results.peak_memory_bytes = peak_memory();
  results.replications_planned = static_cast<std::size_t>(plan.replications);
  if (results.stopping && !results.stopping->by_hand)
    results.replications_planned = results.accounts.replications() + results.accounts.failed.size();
  if (results.accounts.replications() > 0) complete(results, model);
  return results;
}

Exit missing_from(const Results& results, const std::string& command, const std::string& again) {
  for (const FailedReplication& failed : results.accounts.failed)
    std::cerr << "onward " << command << ": replication " << failed.number
              << " failed twice and is left out: " << failed.reason << "\n"
              << "  help: it is the last of `" << again << " --seed " << results.seed
              << " --replications " << failed.number + 1 << "`\n";
  const std::size_t finished = results.accounts.replications();
  const bool stopped = finished + results.accounts.failed.size() < results.replications_planned;
  if (stopped && finished == 0)
    std::cerr << "onward " << command << ": stopped before the first replication was finished\n";
  else if (stopped)
    std::cerr << "onward " << command << ": stopped after " << finished << " of "
              << results.replications_planned << " replications; these are shown\n";
  if (!results.accounts.failed.empty()) return Exit::tool_error;
  return stopped ? Exit::interrupted : Exit::ok;
}

}  // namespace onward::cli
