// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace onward {

/// What a mutant takes away or adds.
enum class MutantKind {
  condition_dropped,
  prohibition_removed,
  requirement_removed,
  category_added,
  duty_dropped,
  date_moved,
  retention_lengthened,
  derogation_widened
};

/// A policy with one rule weakened. It lives in the policy that wrote the rule and in all that
/// took it over unchanged.
struct Mutant {
  MutantKind kind = MutantKind::condition_dropped;
  std::size_t policy = 0;  ///< Index of the policy that wrote the rule.
  std::string rule;
  std::string change;  ///< `the condition on status were dropped`.
  Rule weakened;
};

/// Every mutant of every rule: docs/method/tests.md. In the order of policies and rules.
[[nodiscard]] std::vector<Mutant> mutants_of(const Scenario& scenario);

/// The policies in which a mutant lives, its own first.
[[nodiscard]] std::vector<std::size_t> policies_with(const Mutant& mutant,
                                                     const Scenario& scenario);

/// A policy with the mutant's rule in place of its own.
[[nodiscard]] Policy mutated(const Policy& policy, const Mutant& mutant);

[[nodiscard]] const char* to_string(MutantKind kind);

}  // namespace onward
