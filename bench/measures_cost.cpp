// SPDX-License-Identifier: Apache-2.0
//
// What measuring costs: the processor time of the same units with all measures and with none, in
// turn in one run, so that whatever else the machine does falls on both.
//
// measures_cost [SCENARIO] [--most RATIO]: fails if all measures cost more than that.
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <string_view>

#include "metrics/account.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward {
namespace {

constexpr std::uint32_t replications = 12;

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec) +
         1e-6 * static_cast<double>(used.ru_utime.tv_usec);
}

/// One measured unit, or one that nobody watches.
double seconds_of(Replay& replay, const Scenario& scenario, const std::vector<Measure>& measures,
                  std::size_t policy, std::uint32_t replication, Pairing& pairing, bool burdens,
                  const std::vector<double>& weight) {
  const double begin = processor_seconds();
  ReplayOptions options;
  options.cast = false;
  if (measures.empty()) {
    (void)replay.run(policy, replication, options);
    return processor_seconds() - begin;
  }
  Bookkeeper bookkeeper(replay.plan(policy), replay.staffing(), measures,
                        scenario.experiment.warm_up_days, pairing,
                        policy == 0 ? Bookkeeper::Role::baseline : Bookkeeper::Role::compared);
  if (burdens) bookkeeper.keep_burdens(weight);
  options.observer = &bookkeeper;
  (void)bookkeeper.finish(replay.run(policy, replication, options));
  return processor_seconds() - begin;
}

int report(const std::string& path, double most) {
  const LoadResult loaded = load_scenario(path);
  if (!loaded.scenario) {
    std::cerr << "measures_cost: " << path << " cannot be read\n";
    return EXIT_FAILURE;
  }
  const Scenario& scenario = *loaded.scenario;
  const Model model = model_of(scenario);
  std::vector<const Policy*> policies;
  for (const Policy& policy : scenario.policies) policies.push_back(&policy);
  const std::vector<Measure> all = measures_of(model, Grades(model, policies));
  Replay replay(model, scenario.compiled);
  const std::vector<double> weight(scenario.population.groups.size(), 1.0);
  // Bare, all measures, all measures with their spread over people.
  std::array<std::vector<double>, 3> ratios;
  std::array<double, 3> sums{};
  for (std::uint32_t r = 0; r < replications; ++r) {
    std::array<double, 3> seconds{};
    for (std::size_t turn = 0; turn < 3; ++turn) {
      // Why another first each time: the first finds the caches cold.
      const std::size_t how = (turn + r) % 3;
      Pairing pairing(weight.size());
      for (std::size_t p = 0; p < policies.size(); ++p)
        seconds[how] += seconds_of(replay, scenario, how == 0 ? std::vector<Measure>{} : all, p, r,
                                   pairing, how == 2, weight);
    }
    for (std::size_t how = 0; how < 3; ++how) {
      sums[how] += seconds[how];
      ratios[how].push_back(seconds[how] / seconds[0]);
    }
  }
  for (auto& of : ratios) std::sort(of.begin(), of.end());
  std::printf(
      "%s, %zu measures, median of %u replications: none 1.000, all %.3f, with spread %.3f "
      "(sums: %.2f, %.2f, %.2f s)\n",
      scenario.id.c_str(), all.size(), replications, ratios[1][replications / 2],
      ratios[2][replications / 2], sums[0], sums[1], sums[2]);
  if (ratios[1][replications / 2] <= most) return EXIT_SUCCESS;
  std::cerr << "measures_cost: all measures cost more than " << most << " times the rest\n";
  return EXIT_FAILURE;
}

}  // namespace
}  // namespace onward

int main(int argc, char** argv) {
  std::string path = "scenarios/partner-sharing";
  double most = std::numeric_limits<double>::infinity();
  for (int i = 1; i < argc; ++i)
    if (std::string_view(argv[i]) == "--most" && i + 1 < argc)
      most = std::strtod(argv[++i], nullptr);
    else
      path = argv[i];
  return onward::report(path, most);
}
