// SPDX-License-Identifier: Apache-2.0
#include "harness/run_suite.hpp"

#include "harness/decision_test.hpp"
#include "harness/simulated_tests.hpp"

namespace onward {

std::vector<TestResult> run_suite(const std::vector<SuiteTest>& suite, const Scenario& scenario,
                                  const SuiteOptions& options, const Progress& progress) {
  std::vector<TestResult> results;
  const SimulatedTests simulated(suite, scenario, options.seed, progress);
  const auto stop = [&] {
    if (!options.fail_fast || results.empty()) return false;
    const TestStatus last = results.back().status;
    return last == TestStatus::failed || last == TestStatus::broken;
  };
  for (const SuiteTest& test : suite) {
    if (!test.skip.empty()) {
      results.push_back({&test, "", TestStatus::skipped, {}, test.skip, {}});
      continue;
    }
    if (test.kind == TestKind::compare) {
      results.push_back(simulated.run(test, test.policies.front()));
      if (stop()) return results;
      continue;
    }
    for (const std::size_t policy : test.policies) {
      results.push_back(test.kind == TestKind::decide
                            ? run_decision(test, scenario.compiled[policy], scenario)
                            : simulated.run(test, policy));
      if (stop()) return results;
    }
  }
  return results;
}

}  // namespace onward
