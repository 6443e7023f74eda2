// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "harness/mutants.hpp"
#include "harness/suite.hpp"

namespace onward {

/// What the tests made of a mutant.
enum class MutantFate {
  noticed,    ///< A test fails.
  unnoticed,  ///< Some test's request gets another answer, and the test passes all the same.
  untested    ///< No test's request gets another answer.
};

struct MutantResult {
  Mutant mutant;
  MutantFate fate = MutantFate::untested;
  std::string noticed_by;  ///< The name of the first test that fails.
};

/// Weakens each rule in turn and runs the decision tests that pass without that. Rules that a
/// policy takes over are weakened in all policies that have them. `progress` is told how far it is.
[[nodiscard]] std::vector<MutantResult> run_mutants(
    const std::vector<const SuiteTest*>& tests, const Scenario& scenario,
    const std::function<void(std::size_t done, std::size_t of)>& progress = {});

}  // namespace onward
