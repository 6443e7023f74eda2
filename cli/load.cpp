// SPDX-License-Identifier: Apache-2.0
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <spdlog/stopwatch.h>

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

}  // namespace onward::cli
