// SPDX-License-Identifier: Apache-2.0
#include "harness/run_suite.hpp"

#include <map>
#include <set>

#include "harness/decision_test.hpp"
#include "harness/proved_tests.hpp"
#include "harness/simulated_tests.hpp"

namespace onward {
namespace {

using Proofs = std::map<std::pair<const SuiteTest*, std::size_t>, TestResult>;

/// What the proof decides of `never` and `possible`; `settled` are the tests that need no replay.
Proofs prove_all(const std::vector<SuiteTest>& suite, const Scenario& scenario,
                 std::set<const SuiteTest*>& settled) {
  Proofs proofs;
  for (const SuiteTest& test : suite) {
    if ((test.kind != TestKind::never && test.kind != TestKind::possible) || !test.skip.empty())
      continue;
    bool all = true;
    for (const std::size_t policy : test.policies) {
      auto proof = prove(test, policy, scenario);
      all = all && proof;
      if (proof) proofs.emplace(std::pair(&test, policy), std::move(*proof));
    }
    if (all) settled.insert(&test);
  }
  return proofs;
}

}  // namespace

std::vector<TestResult> run_suite(const std::vector<SuiteTest>& suite, const Scenario& scenario,
                                  const SuiteOptions& options, const Progress& progress) {
  std::vector<TestResult> results;
  std::set<const SuiteTest*> settled;
  const Proofs proofs = prove_all(suite, scenario, settled);
  const SimulatedTests simulated(suite, scenario, options, settled, progress);
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
      const auto proof = proofs.find({&test, policy});
      results.push_back(test.kind == TestKind::decide ? run_decision(test, policy, scenario)
                        : proof != proofs.end()       ? proof->second
                                                      : simulated.run(test, policy));
      if (stop()) return results;
    }
  }
  return results;
}

}  // namespace onward
