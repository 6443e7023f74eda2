// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "harness/test_result.hpp"

namespace onward {

/// Answers a `never` or `possible` test by the proof: for every person, not for those of a sample.
///
/// `never` holds if it is impossible in all answers (in law: by governed acts alone, and with
/// others passing on; in the world: undertakings kept, and not), `possible` if it is possible in
/// one of them, with the test's path among its shortest. Nothing if the proof does not decide: the
/// condition says more than it can ask, or no constructed person came to it.
[[nodiscard]] std::optional<TestResult> prove(const SuiteTest& test, std::size_t policy,
                                              const Scenario& scenario);

}  // namespace onward
