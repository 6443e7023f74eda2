// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "cli/commands.hpp"
#include "cli/compare_table.hpp"
#include "cli/progress.hpp"
#include "cli/replay.hpp"
#include "cli/version.hpp"
#include "metrics/comparison_json.hpp"

namespace onward::cli {
namespace {

/// The baseline, then the others; nothing, with a message, if they are not what can be compared.
std::optional<std::vector<std::size_t>> compared(const CompareOptions& options,
                                                 const Scenario& scenario) {
  std::vector<std::string> ids{options.baseline.empty() ? scenario.policies.front().id
                                                        : options.baseline};
  if (options.policies.empty())
    for (const Policy& policy : scenario.policies) ids.push_back(policy.id);
  ids.insert(ids.end(), options.policies.begin(), options.policies.end());
  auto policies = policies_named(scenario, ids);
  if (policies && policies->size() < 2) {
    std::cerr << "onward compare: there is nothing to compare " << ticked(ids.front()) << " with\n"
              << "  help: name another policy: `--policy ID`\n";
    return {};
  }
  return policies;
}

}  // namespace

Exit compare(const CompareOptions& options) {
  const LoadResult loaded = load(options.run.scenario);
  print(loaded.diagnostics);
  if (!loaded.scenario) return Exit::invalid;
  const auto policies = compared(options, *loaded.scenario);
  if (!policies) return Exit::usage;
  const RunOptions& run = options.run;
  ReplayRequest request;
  request.people = run.people;
  request.replications = run.replications;
  request.seed = run.seed;
  request.jobs = run.jobs;
  request.burdens = true;
  const Results results = [&] {
    ProgressBar bar("replaying " + loaded.scenario->id);
    return replay(request, *loaded.scenario, *policies,
                  [&](std::size_t done, std::size_t of) { bar.show(done, of); });
  }();
  const auto ending = [&] {
    return missing_from(results, "compare", "onward run " + run.scenario);
  };
  if (results.accounts.replications() == 0) return ending();
  std::vector<Comparison> comparisons;
  for (std::size_t p = 1; p < policies->size(); ++p)
    comparisons.push_back(
        onward::compare(*loaded.scenario, results.accounts, p,
                        options.weights.empty() ? usual_weights : options.weights));
  if (run.json)
    std::cout << to_json(comparisons, results, version) << "\n";
  else
    std::cout << compare_table(comparisons, results);
  return ending();
}

}  // namespace onward::cli
