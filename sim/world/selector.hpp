// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "sim/bits.hpp"
#include "sim/ids.hpp"
#include "sim/world/predicate.hpp"

namespace onward {

/// `subject.A` or `subject.A.x`: a node that depends on the person.
struct SubjectNode {
  AttributeId attribute;
  std::vector<NodeId> node_of_value;  ///< One for each value of the attribute.

  bool operator==(const SubjectNode&) const = default;
};

/// Selects nodes; some of them perhaps only for some people.
///
/// A node is selected if it is eligible and, where nodes are named, one of the
/// named or the person's own, and at least one of `any` selects it (if there
/// are any), and none of `none` does.
struct NodeSelector {
  DynamicSet eligible;              ///< By tag, kind, jurisdiction and regime.
  std::optional<DynamicSet> named;  ///< The key `node` was given: these, or one of `subjects`.
  std::vector<SubjectNode> subjects;
  std::vector<NodeSelector> any;
  std::vector<NodeSelector> none;

  /// For which people the node is selected.
  [[nodiscard]] Predicate when(NodeId node) const;
  /// Whether any part depends on the person.
  [[nodiscard]] bool depends_on_subject() const;
  /// The nodes that are selected for at least some people, as far as each part alone tells.
  [[nodiscard]] DynamicSet possible() const;

  bool operator==(const NodeSelector&) const = default;
};

}  // namespace onward
