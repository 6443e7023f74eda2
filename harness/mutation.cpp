// SPDX-License-Identifier: Apache-2.0
#include "harness/mutation.hpp"

#include <algorithm>
#include <stdexcept>

#include "harness/decision_test.hpp"

namespace onward {
namespace {

/// A decision test under one policy, with what the policy answers as it stands.
struct Baseline {
  const SuiteTest* test = nullptr;
  std::size_t policy = 0;
  std::vector<Answer> answers;
};

bool same(const Explanation& a, const Explanation& b) {
  return a.verdict == b.verdict && a.because == b.because && a.rules == b.rules &&
         a.derogates_from == b.derogates_from && a.overrides == b.overrides &&
         a.alternatives == b.alternatives && a.duties == b.duties;
}

bool same(const std::vector<Answer>& a, const std::vector<Answer>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].cases.size() != b[i].cases.size()) return false;
    for (std::size_t c = 0; c < a[i].cases.size(); ++c)
      if (!same(a[i].cases[c].explanation, b[i].cases[c].explanation)) return false;
  }
  return true;
}

std::vector<Baseline> baselines_of(const std::vector<const SuiteTest*>& tests,
                                   const Scenario& scenario) {
  std::vector<Baseline> all;
  for (const SuiteTest* test : tests) {
    if (test->kind != TestKind::decide || !test->skip.empty()) continue;
    for (const std::size_t p : test->policies)
      if (run_decision(*test, scenario.compiled[p], scenario).status == TestStatus::passed)
        all.push_back({test, p, ask(scenario.compiled[p], *scenario.cells, test->request)});
  }
  return all;
}

MutantResult judge(Mutant mutant, const std::vector<Baseline>& baselines,
                   const Scenario& scenario) {
  MutantResult result{std::move(mutant), MutantFate::untested, {}};
  for (const std::size_t p : policies_with(result.mutant, scenario)) {
    const Policy policy = mutated(scenario.policies[p], result.mutant);
    std::string problem;
    const auto compiled = CompiledPolicy::compile(policy, scenario.vocabulary, scenario.world,
                                                  *scenario.cells, problem);
    if (!compiled) throw std::runtime_error("a weakened policy cannot be compiled: " + problem);
    for (const Baseline& baseline : baselines) {
      if (baseline.policy != p) continue;
      const auto answers = ask(*compiled, *scenario.cells, baseline.test->request);
      if (same(answers, baseline.answers)) continue;
      result.fate = MutantFate::unnoticed;
      if (run_decision(*baseline.test, *compiled, scenario).status == TestStatus::passed) continue;
      result.fate = MutantFate::noticed;
      result.noticed_by = baseline.test->name;
      return result;
    }
  }
  return result;
}

}  // namespace

std::vector<MutantResult> run_mutants(
    const std::vector<const SuiteTest*>& tests, const Scenario& scenario,
    const std::function<void(std::size_t done, std::size_t of)>& progress) {
  const std::vector<Baseline> baselines = baselines_of(tests, scenario);
  std::vector<Mutant> mutants = mutants_of(scenario);
  std::vector<MutantResult> results;
  for (Mutant& mutant : mutants) {
    results.push_back(judge(std::move(mutant), baselines, scenario));
    if (progress) progress(results.size(), mutants.size());
  }
  return results;
}

}  // namespace onward
