// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/scenario/compose.hpp"

namespace onward {

/// Changes of a policy that stand or fall together: patch items that touch the same rule, or of
/// which one derogates from a rule that the other touches.
struct Clause {
  std::string name;                ///< What it changes: `add push; amend collect`.
  std::vector<std::size_t> items;  ///< Ascending.
  std::set<std::string> rules;     ///< Those that are changed, by id.
};

/// What a policy changes in one that it extends, directly or by others.
struct Bill {
  std::string baseline;
  std::string policy;
  std::vector<Value> items;  ///< All patch items, in the order in which they apply.
  std::vector<Clause> clauses;
};

/// The clauses that lead from the baseline to the policy. Nothing, with a diagnostic, if the policy
/// does not extend the baseline or changes nothing.
[[nodiscard]] std::optional<Bill> bill_of(const Draft& draft, const std::string& baseline,
                                          const std::string& policy, Diagnostics& diagnostics);

/// The draft with one more policy: the baseline changed by these clauses alone.
void add_part(Draft& draft, const Bill& bill, const std::vector<std::size_t>& clauses,
              const std::string& id);

}  // namespace onward
