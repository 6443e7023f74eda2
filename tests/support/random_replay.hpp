// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

namespace onward::test_support {

/// A random scenario whose desks are busy.
struct Calibrated {
  nlohmann::json scenario;
  /// What is asked of each desk that gets cases, as a share of what its officers can do from the
  /// first case to the horizon: under the first policy, in replication 0, in the order of names.
  std::vector<double> utilisation;
  std::size_t cases = 0;  ///< Of people at any desk, in the same unit.
};

/// A small scenario, complete and valid, that exercises what docs/method/engine.md describes; the
/// desks are as the generator wrote them.
[[nodiscard]] nlohmann::json uncalibrated_replay_scenario(std::uint32_t number);

/// The same with the service of each desk made so long that the desk is asked for 0.7 to 0.98 of
/// what it can do. (Desks shift each other's load, so a rare desk ends outside.)
[[nodiscard]] Calibrated calibrated_replay_scenario(std::uint32_t number);

/// The scenario alone. The same number gives the same scenario.
[[nodiscard]] nlohmann::json random_replay_scenario(std::uint32_t number);

}  // namespace onward::test_support
