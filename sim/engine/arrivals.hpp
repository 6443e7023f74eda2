// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sim/people/life.hpp"
#include "sim/people/staffing.hpp"

namespace onward {

/// Somebody who comes: 16 bytes, because all who come are known beforehand.
struct Arrival {
  double entry = 0;
  std::uint32_t group = 0;
  std::uint32_t index = 0;
};

/// People who are tied, directly or not.
struct Household {
  double begins = 0;  ///< The first of their lives.
  std::vector<Arrival> members;
  std::vector<Tie> ties;
};

/// All who come in one replication. Depends on no policy: docs/method/engine.md, section 2.
struct Arrivals {
  /// Those who are tied to nobody: first those with stock, whose lives begin at 0, then
  /// the others in the order of entry.
  std::vector<Arrival> people;
  std::size_t with_stock = 0;
  std::vector<Household> households;  ///< In the order in which they begin.

  /// When the life of `people[i]` begins.
  [[nodiscard]] double begins(std::size_t i) const { return i < with_stock ? 0 : people[i].entry; }
};

/// Who is left out, by group and index; who is beyond the end is not. Of those who are tied, all or
/// none.
using Absent = std::vector<std::vector<char>>;
void leave_out(Arrivals& arrivals, const Absent& absent);

/// When a person enters, in a group without Poisson arrivals.
[[nodiscard]] double entry_of(const Group& group, const Luck& luck);

[[nodiscard]] Arrivals draw_arrivals(const Plan& plan, const Staffing& staffing,
                                     Replication replication);

}  // namespace onward
