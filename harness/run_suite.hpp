// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "harness/test_result.hpp"
#include "metrics/experiment.hpp"

namespace onward {

/// How a suite is run.
struct SuiteOptions {
  std::optional<std::uint32_t> seed;  ///< Instead of the experiment's.
  bool fail_fast = false;             ///< Nothing is run after a test that does not pass.
};

/// Runs every test under each of its policies, in order.
///
/// Decisions are decided. All other kinds are answered by replaying the scenario as
/// its experiment says; `progress` is told of it.
[[nodiscard]] std::vector<TestResult> run_suite(const std::vector<SuiteTest>& suite,
                                                const Scenario& scenario,
                                                const SuiteOptions& options = {},
                                                const Progress& progress = {});

}  // namespace onward
