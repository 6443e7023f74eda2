// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/policy/finding.hpp"
#include "sim/policy/lint.hpp"
#include "sim/policy/rule_use.hpp"

namespace onward {

/// The finding about a rule that changes no permission, or that was too much to look at.
[[nodiscard]] LintFinding in_words(const RuleUse& use, RuleId rule, const LintContext& context,
                                   const RequestSituations& situations);

}  // namespace onward
