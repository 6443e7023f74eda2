// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "harness/test_result.hpp"

namespace onward {

/// Decides the request of a `decide` test under a policy, and compares.
[[nodiscard]] TestResult run_decision(const SuiteTest& test, std::size_t policy,
                                      const Scenario& scenario);

}  // namespace onward
