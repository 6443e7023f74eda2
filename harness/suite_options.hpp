// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace onward {

/// How a suite is run.
struct SuiteOptions {
  std::optional<std::uint32_t> seed;  ///< Instead of the experiment's.
  std::size_t jobs = 0;               ///< As in ExperimentPlan.
  bool fail_fast = false;             ///< Nothing is run after a test that does not pass.
};

}  // namespace onward
