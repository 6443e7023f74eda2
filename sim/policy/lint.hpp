// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/policy/finding.hpp"

namespace onward {

/// What a policy is looked over with.
struct LintContext {
  const CompiledPolicy& compiled;
  const Vocabulary& vocabulary;
  const World& world;
  const CellSpace& cells;
  Days days;  ///< Those that count.
};

/// Looks over a policy that is readable but perhaps not what its author meant; every check.
///
/// The findings are in the order of the rules, then of the checks. Those about what a rule does
/// to verdicts are exact (see RequestSituations, Use).
[[nodiscard]] std::vector<LintFinding> lint(const LintContext& context);

/// The checks that loading makes, of what the policy itself writes: what it inherits was looked
/// over where it was written.
///
/// An error: a patch permits what stays prohibited, without derogating from the
/// prohibition or withdrawing it. Warnings: a public authority that relies on
/// consent, a transfer to a third country without a ground, a disclosure from
/// the regime of the GDPR into that of the LED or back. Of the context's days all count.
[[nodiscard]] std::vector<LintFinding> lint_while_loading(const LintContext& context);

}  // namespace onward
