// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "harness/test_result.hpp"
#include "metrics/experiment.hpp"

namespace onward {

/// Runs every test under each of its policies, in order.
///
/// Decisions are decided. All other kinds are answered by replaying the scenario as
/// its experiment says, shared out among `jobs` processes; `progress` is told of it. Throws
/// std::runtime_error if a replication fails twice.
[[nodiscard]] std::vector<TestResult> run_suite(const std::vector<SuiteTest>& suite,
                                                const Scenario& scenario, std::size_t jobs,
                                                const Progress& progress = {});

}  // namespace onward
