// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "harness/test_result.hpp"

namespace onward {

/// What became of one suite.
struct SuiteRun {
  std::string file;
  std::vector<TestResult> results;
  double seconds = 0;
};

struct Totals {
  std::size_t passed = 0;
  std::size_t failed = 0;  ///< An expectation was not met.
  std::size_t broken = 0;  ///< The test could not be answered.
  std::size_t skipped = 0;

  [[nodiscard]] std::size_t all() const { return passed + failed + broken + skipped; }
};
[[nodiscard]] Totals totals_of(const std::vector<SuiteRun>& runs);

/// `passed`, `failed`, `error`, `skipped`.
[[nodiscard]] const char* to_string(TestStatus status);

/// Name and policy: `the secret is kept [law]`.
[[nodiscard]] std::string full_name(const TestResult& result);

/// What is to be said of a test that did not pass, in lines without indentation: expected against
/// actual, what was found, or why it could not be answered. Empty for one that passed.
[[nodiscard]] std::string explanation_of(const TestResult& result);

/// The command that runs a result's test alone.
[[nodiscard]] std::string command_for(const SuiteRun& run, const TestResult& result);

/// Each for a machine. JUnit XML as common CI servers read it: a suite a file, a case a test and
/// policy. SARIF 2.1.0: a result a test and policy. JSON: scenarios/schema/tests.schema.json.
[[nodiscard]] std::string to_junit(const std::vector<SuiteRun>& runs);
[[nodiscard]] std::string to_sarif(const std::vector<SuiteRun>& runs, const std::string& version);
[[nodiscard]] std::string to_json(const std::vector<SuiteRun>& runs, const std::string& version);

}  // namespace onward
