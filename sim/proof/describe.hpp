// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "sim/proof/paths.hpp"

namespace onward {

/// One act of a path, in the scenario's ids; for people and for machines.
struct PathStep {
  HopKind kind = HopKind::collected;
  std::string from;  ///< Empty: from the person, or nobody.
  std::string to;
  std::string category;  ///< What `to` gets.
  std::string asked;     ///< What was asked for, where the answer is only that there is something.
  std::string purpose;
  std::string rule;  ///< Empty: no rule governs it, or it is done against the rules.
  std::string citation;
  std::string flow;     ///< In the world.
  std::string channel;  ///< In the world; empty: none is named.
  bool governed = true;
  bool lawful = true;
  Explanation explanation;         ///< If a permit was taken.
  std::vector<std::string> facts;  ///< That hold.
  std::size_t cells = 0;           ///< How many kinds of people it can concern.
  double earliest = 0;             ///< Day of arrival.
  double keep_days = 0;            ///< 0: only seen; infinite: without limit.
};

/// The acts of a path, in order.
[[nodiscard]] std::vector<PathStep> steps_of(const Derivations& derivations, const Path& path);
/// Rules and inferences in the order in which the data passes them.
[[nodiscard]] std::vector<std::string> rules_of(const Derivations& derivations, const Path& path);
/// The values of somebody in a cell, `attribute = value`, of the attributes that are told apart.
[[nodiscard]] std::vector<std::string> somebody_in(const Derivations& derivations,
                                                   std::size_t cell);
/// What would close the path: each alone is enough.
[[nodiscard]] std::vector<std::string> safeguards_against(const Derivations& derivations,
                                                          const Path& path);

/// The graph of all derivations that lead to a goal.
void write_dot(const Search& search, std::ostream& out);
void write_graphml(const Search& search, std::ostream& out);

}  // namespace onward
