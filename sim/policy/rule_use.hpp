// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "sim/policy/situations.hpp"

namespace onward {

/// What a rule does to the verdicts of a policy, over all requests (see RequestSituations).
///
/// A verdict's *permission* is whether the request is permitted, by which rules and under which
/// duties; its *reason* is the `because` and the rules of a denial. The rule itself is not
/// counted among the rules; and where it is the permit, another one under the same duties will do.
enum class Use {
  never_applies,  ///< It matches no request.
  shadowed,       ///< A permit that is never taken; without it every permission is the same.
  unmet,          ///< The same, because its duties can never be met.
  redundant,      ///< Without it every permission and every reason is the same.
  idle,           ///< Without it every permission is the same, some reasons are not.
  effective,      ///< It changes a permission.
  unknown         ///< There is too much to look at.
};

/// How it comes about that a rule changes no permission.
enum class Cause {
  none,
  barred,             ///< Permit: prohibitions bar it.
  passed_over,        ///< Permit: another is taken.
  barred_or_passed,   ///< Permit: now the one, now the other.
  replaceable,        ///< Permit: another grants the same under the same duties.
  nothing_permitted,  ///< Prohibition, requirement: no permit there is, or can be taken.
  gives_way,          ///< Prohibition: every permit that it meets derogates from it or wins.
  permitted_anyway,   ///< Prohibition: where it bars a permit, another is taken.
  barred_anyway,      ///< Prohibition: others bar the same.
  asked_anyway        ///< Requirement: its duties are asked already.
};

struct RuleUse {
  Use use = Use::unknown;
  Cause cause = Cause::none;
  /// The rules that are the cause: one of them wherever it is one, else all.
  std::vector<RuleId> others;
  /// A request that the rule matches; to an effective or idle rule, one to which it makes a
  /// difference.
  std::optional<Situation> example;
};

[[nodiscard]] RuleUse use_of(RuleId rule, const CompiledPolicy& compiled,
                             const RequestSituations& situations);

}  // namespace onward
