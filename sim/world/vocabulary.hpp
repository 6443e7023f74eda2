// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/bits.hpp"
#include "sim/world/claim.hpp"
#include "sim/world/name_table.hpp"

namespace onward {

using CategorySet = IdSet<CategoryId, 2>;
using PurposeSet = IdSet<PurposeId, 2>;
using FactSet = IdSet<FactId, 1>;

enum class Sensitivity { low, normal, high };

/// A kind of personal data.
struct Category {
  std::string label;
  Sensitivity sensitivity = Sensitivity::normal;
  bool special_category = false;  ///< GDPR Article 9(1).
  std::string dpv;                ///< Term of the W3C Data Privacy Vocabulary; may be empty.
};

struct Purpose {
  std::string label;
  std::string dpv;
};

/// The chance that a node records one value where another is true.
struct RecordingError {
  NodeId node;
  ValueId true_value;
  ValueId recorded;
  Claim chance;
};

/// What may differ between people.
struct Attribute {
  std::string label;
  NameTable<ValueId> values;
  /// Where the values are nodes: the node of each value. Else empty.
  std::vector<NodeId> nodes;
  bool are_nodes = false;
  bool broken = false;    ///< Its values or its initial one are wrong, which has been reported.
  bool is_state = false;  ///< The values are the states of the world.
  std::optional<ValueId> initial;
  std::vector<RecordingError> recording_errors;  ///< Empty: recorded exactly.
};

/// What an action is at bottom; says who the actor is.
enum class RootAction { collect, retain, query, disclose, use, match };
inline constexpr std::size_t root_actions = 6;

struct Action {
  std::string label;
  std::optional<ActionId> included_in;  ///< Empty for a root action.
  RootAction root = RootAction::collect;
};

/// Further purposes that are compatible with one of collection. Never changes a verdict.
struct Compatibility {
  PurposeSet from;
  PurposeSet to;
  bool by_statute = false;  ///< Authorised by statute for another purpose, rather than compatible.
  std::string basis;
};

/// The words of a scenario. Each table runs parallel to the vector beside it.
struct Vocabulary {
  static constexpr CategoryId hit{0};
  static constexpr CategoryId no_hit{1};

  NameTable<CategoryId> category_names;  ///< `hit` and `no_hit` first.
  std::vector<Category> categories;
  NameTable<PurposeId> purpose_names;
  std::vector<Purpose> purposes;
  NameTable<AttributeId> attribute_names;
  std::vector<Attribute> attributes;
  NameTable<FactId> fact_names;
  NameTable<ActionId> action_names;  ///< The root actions first, in the order of RootAction.
  std::vector<Action> actions;
  std::vector<Compatibility> compatibility;

  [[nodiscard]] RootAction root(ActionId action) const { return actions[action.index()].root; }
};

/// A value of each attribute, in the order of the vocabulary.
using AttributeValues = std::vector<ValueId>;

}  // namespace onward
