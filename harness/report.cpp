// SPDX-License-Identifier: Apache-2.0
#include "harness/report.hpp"

namespace onward {

Totals totals_of(const std::vector<SuiteRun>& runs) {
  Totals totals;
  for (const SuiteRun& run : runs)
    for (const TestResult& result : run.results) switch (result.status) {
        case TestStatus::passed: ++totals.passed; break;
        case TestStatus::failed: ++totals.failed; break;
        case TestStatus::broken: ++totals.broken; break;
        case TestStatus::skipped: ++totals.skipped; break;
      }
  return totals;
}

const char* to_string(TestStatus status) {
  switch (status) {
    case TestStatus::passed: return "passed";
    case TestStatus::failed: return "failed";
    case TestStatus::broken: return "error";
    case TestStatus::skipped: return "skipped";
  }
  return "";
}

std::string full_name(const TestResult& result) {
  return result.policy.empty() ? result.test->name : result.test->name + " [" + result.policy + "]";
}

std::string explanation_of(const TestResult& result) {
  if (result.status == TestStatus::passed) return "";
  std::string text;
  for (const Compared& line : result.compared) {
    if (line.same()) continue;
    text += line.category + ", " + line.what + ": expected " + line.expected.value_or("") +
            ", actual " + line.actual + "\n";
  }
  for (const std::string& more : {result.evidence, result.reason})
    if (!more.empty()) text += more + "\n";
  if (!text.empty()) text.pop_back();
  return text;
}

std::string command_for(const SuiteRun& run, const TestResult& result) {
  // Why: within single quotes a shell takes everything but a single quote as it stands.
  std::string name;
  for (const char c : result.test->name) name += c == '\'' ? "'\\''" : std::string(1, c);
  return "onward test " + run.file + " --filter '" + name + "'" +
         (result.policy.empty() ? "" : " --policy " + result.policy);
}

}  // namespace onward
