// SPDX-License-Identifier: Apache-2.0
#include "cli/precision.hpp"

#include <algorithm>
#include <iostream>

#include "metrics/comparison.hpp"

namespace onward::cli {
namespace {

constexpr int most_until_precise = 1000;

bool complain(const std::string& what, const std::string& help) {
  std::cerr << "onward run: " << what << "\n  help: " << help << "\n";
  return false;
}

}  // namespace

int replications_of(const RunOptions& options, const Scenario& scenario) {
  const int usual = scenario.experiment.replications;
  return options.replications.value_or(
      options.precision.empty() ? usual : std::max(most_until_precise, usual));
}

std::optional<PrecisionGoal> goal_of(const RunOptions& options, const Scenario& scenario,
                                     bool& good) {
  good = true;
  if (options.precision.empty() && options.precision_of.empty()) return {};
  auto goal = read_precision(options.precision);
  if (!goal)
    good = complain(ticked(options.precision) + " is no precision",
                    "`--precision 5%` of each figure, or `--precision 0.002` in its unit");
  const Model model = model_of(scenario);
  const std::vector<Measure> all = measures_of(model, Grades(model, {}));
  std::vector<std::string> known;
  for (const Measure& measure : all) known.push_back(measure.name);
  for (const std::string& name : options.precision_of)
    if (!find_measure(all, name))
      good = complain("unknown measure " + ticked(name), suggest(name, known, "measures"));
  if (!good) return {};
  goal->measures = options.precision_of;
  if (goal->measures.empty())
    for (const std::size_t m : headline_of(scenario, all)) goal->measures.push_back(all[m].name);
  return goal;
}

}  // namespace onward::cli
