// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "harness/suite_options.hpp"
#include "harness/test_result.hpp"
#include "metrics/experiment.hpp"

namespace onward {

/// Runs every test under each of its policies, in order.
///
/// Decisions are decided; `never` and `possible` are proved where the proof decides them. All
/// else is answered by replaying the scenario as its experiment says, shared out among processes;
/// `progress` is told of it. Throws std::runtime_error if a replication fails twice.
[[nodiscard]] std::vector<TestResult> run_suite(const std::vector<SuiteTest>& suite,
                                                const Scenario& scenario,
                                                const SuiteOptions& options = {},
                                                const Progress& progress = {});

}  // namespace onward
