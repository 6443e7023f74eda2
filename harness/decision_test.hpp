// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/suite.hpp"

namespace onward {

/// One line of a comparison, for one category.
struct Compared {
  std::string category;
  std::string what;                     ///< `verdict`, `because`, `rules`, ...
  std::optional<std::string> expected;  ///< Absent: the test does not say.
  std::string actual;
  [[nodiscard]] bool same() const { return !expected || *expected == actual; }
};

enum class TestStatus { passed, failed, broken, skipped, not_run };

/// What became of one test under one policy.
struct TestResult {
  const SuiteTest* test = nullptr;
  std::string policy;  ///< Empty if the test is about several policies at once.
  TestStatus status = TestStatus::passed;
  std::vector<Compared> compared;  ///< If it failed: all that was compared.
  std::string reason;              ///< If it is broken, skipped or not run.
};

/// Runs every test under each of its policies, in order.
///
/// Decision tests are run. The other kinds need a simulation or a proof; they
/// are reported as not run, with the reason.
[[nodiscard]] std::vector<TestResult> run_suite(const std::vector<SuiteTest>& suite,
                                                const Scenario& scenario);

}  // namespace onward
