// SPDX-License-Identifier: Apache-2.0
#include "harness/run_suite.hpp"

#include "harness/decision_test.hpp"
#include "harness/simulated_tests.hpp"

namespace onward {

std::vector<TestResult> run_suite(const std::vector<SuiteTest>& suite, const Scenario& scenario,
                                  std::size_t jobs, const Progress& progress) {
  std::vector<TestResult> results;
  const SimulatedTests simulated(suite, scenario, jobs, progress);
  for (const SuiteTest& test : suite) {
    if (!test.skip.empty())
      results.push_back({&test, "", TestStatus::skipped, {}, test.skip, {}});
    else if (test.kind == TestKind::compare)
      results.push_back(simulated.run(test, test.policies.front()));
    else
      for (const std::size_t policy : test.policies)
        results.push_back(test.kind == TestKind::decide ? run_decision(test, policy, scenario)
                                                        : simulated.run(test, policy));
  }
  return results;
}

}  // namespace onward
