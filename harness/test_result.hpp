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

enum class TestStatus { passed, failed, broken, skipped };

/// What became of one test under one policy.
struct TestResult {
  const SuiteTest* test = nullptr;
  std::string policy;  ///< Empty if the test is about several policies at once.
  TestStatus status = TestStatus::passed;
  std::vector<Compared> compared;  ///< If a decision failed: all that was compared.
  std::string reason;              ///< If it is broken or skipped.
  /// Of a test that was simulated: what was found, and what kind of evidence that is.
  std::string evidence;
};

}  // namespace onward
