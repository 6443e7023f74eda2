// SPDX-License-Identifier: Apache-2.0
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <spdlog/stopwatch.h>

#include <algorithm>
#include <iostream>

#include "cli/commands.hpp"

namespace onward::cli {

void start_log(bool verbose) {
  const auto log = spdlog::stderr_color_mt("onward");
  log->set_pattern("onward: %v");
  log->set_level(verbose ? spdlog::level::debug : spdlog::level::warn);
  spdlog::set_default_logger(log);
}

LoadResult load(const std::string& path) {
  const spdlog::stopwatch watch;
  LoadResult result = load_scenario(path);
  spdlog::debug("read {} in {:.1f} ms", path, 1000 * watch.elapsed().count());
  if (result.scenario)
    spdlog::debug("{} has {} nodes, {} policies and {} cells", result.scenario->id,
                  result.scenario->world.nodes.size(), result.scenario->policies.size(),
                  result.scenario->cells->size());
  return result;
}

std::optional<std::vector<std::size_t>> policies_named(const Scenario& scenario,
                                                       const std::vector<std::string>& ids) {
  std::vector<std::string> known;
  for (const Policy& policy : scenario.policies) known.push_back(policy.id);
  std::vector<std::size_t> chosen;
  bool all_known = true;
  for (const std::string& id : ids.empty() ? known : ids) {
    const auto at = std::find(known.begin(), known.end(), id);
    const auto index = static_cast<std::size_t>(at - known.begin());
    if (at == known.end()) {
      std::cerr << "onward: unknown policy " << ticked(id)
                << "\n  help: " << suggest(id, known, "policies") << "\n";
      all_known = false;
    } else if (std::find(chosen.begin(), chosen.end(), index) == chosen.end()) {
      chosen.push_back(index);
    }
  }
  return all_known ? std::optional(chosen) : std::nullopt;
}

}  // namespace onward::cli
