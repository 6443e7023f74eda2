// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/policy/lint.hpp"

namespace onward {

/// Whether the rule says itself, in its citation or in `unmodelled`, that its source was not read
/// or not verified.
[[nodiscard]] bool says_not_read(const Rule& rule);

/// The findings that follow from a rule's basis and from whom it lets act: a public authority
/// that relies on consent, a transfer without a ground, a switch of regimes.
void lint_law(const LintContext& context, RuleId rule, const RequestSituations* situations,
              std::vector<LintFinding>& findings);

/// The findings about a basis that is no law, was not read, or has no ground.
void lint_basis(const LintContext& context, RuleId rule, const RequestSituations& situations,
                std::vector<LintFinding>& findings);

}  // namespace onward
