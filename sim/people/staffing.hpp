// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "sim/people/plan.hpp"
#include "sim/people/population.hpp"

namespace onward {

/// How many people are replayed, and how busy that makes the desks.
///
/// A sample is smaller than the real population, so the desks are made smaller
/// with it: docs/method/engine.md, section 7.
struct Staffing {
  std::vector<int> people;        ///< By group: how many are sampled.
  std::vector<double> rate;       ///< By group: sampled for each real person.
  std::vector<double> factor;     ///< By desk.
  std::vector<int> officers;      ///< By desk.
  std::vector<Duration> service;  ///< By desk, stretched so that capacity scales exactly.

  /// The chance that a case of a group loads a desk.
  [[nodiscard]] double load_chance(std::size_t desk, std::size_t group) const {
    return factor[desk] / rate[group];
  }
};

/// By desk (as in the plan) and group: whether some flow can bring the group there, under
/// any of the policies.
[[nodiscard]] std::vector<std::vector<char>> who_can_reach(
    const Plan& plan, const std::vector<const Policy*>& policies);

/// Scales groups and desks. `people`, if given, is the number of people of all groups together.
[[nodiscard]] Staffing staff(const Plan& plan, const std::vector<const Policy*>& policies,
                             std::optional<int> people);

}  // namespace onward
