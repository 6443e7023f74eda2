// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <tuple>

#include "sim/scenario/scenario.hpp"

namespace onward::reference {

/// What can come to be known in law, by trying everything with one person after another: each
/// combination of values, facts, channels and days, each act. Shares the decision core alone with
/// sim/proof.
struct Known {
  NodeId holder;
  CategoryId category;
  AttributeValues truth;  ///< Of the person, when it is known.

  auto operator<=>(const Known&) const = default;
};

struct Reachable {
  std::set<Known> told;      ///< Copies.
  std::set<Known> inferred;  ///< And what they reveal.
};

/// `pass_on`: nodes that no rule binds pass on what they have. `kept`: undertakings are kept.
[[nodiscard]] Reachable reachable_in_law(const Scenario& scenario, std::size_t policy, bool pass_on,
                                         bool kept);

}  // namespace onward::reference
