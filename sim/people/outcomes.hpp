// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/world/world.hpp"

namespace onward {

/// Something about a person's data, or about the person, that holds or not.
struct Condition {
  enum class Kind {
    knows,
    holds,
    receives,
    believes,
    attribute,
    in_state,
    happened,
    tied,
    all,
    any,
    negation
  };

  Kind kind = Kind::all;
  NodeSelector node;                          ///< For the first four.
  CategorySet data;                           ///< For the first four.
  std::optional<NodeSelector> received_from;  ///< For the first four.
  PurposeSet purposes = PurposeSet::all();    ///< For the first four.
  Predicate attribute;                        ///< Of true values.
  std::vector<std::string> names;             ///< For in_state: states; for happened: harms.
  std::size_t link = 0;                       ///< For tied: index into the population's links.
  std::vector<Condition> parts;               ///< For all, any; one for negation and tied.
};

/// A hazard that holds for as long as a condition does, or a chance at an event.
struct Raised {
  Condition condition;
  bool at_event = false;
  Claim rate;  ///< Per day, or the chance if `at_event`.
};

struct Lowered {
  Condition condition;
  Claim factor;
};

struct Harm {
  std::string id;
  std::string label;
  Predicate who;
  std::optional<Claim> background;
  std::vector<Raised> raised;
  std::vector<Lowered> lowered;
  std::string severity;
  bool absolute = false;
  bool monotone = false;
  std::vector<std::string> taxonomy;
  bool ends_journey = false;
  std::string then_state;  ///< The state that it leads to; empty: none.
};

struct Benefit {
  enum class Serves { person, authority, everybody };

  std::string id;
  std::string label;
  Predicate who;
  Condition when;
  bool once = true;
  Serves serves = Serves::person;
  std::vector<std::string> taxonomy;
};

struct Outcomes {
  std::vector<Harm> harms;
  std::vector<Benefit> benefits;
};

}  // namespace onward
