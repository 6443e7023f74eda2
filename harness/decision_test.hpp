// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "harness/test_result.hpp"

namespace onward {

/// Decides the request of a `decide` test under a policy, the scenario's own or a changed one, and
/// compares.
[[nodiscard]] TestResult run_decision(const SuiteTest& test, const CompiledPolicy& compiled,
                                      const Scenario& scenario);

}  // namespace onward
