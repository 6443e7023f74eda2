// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "sim/proof/lawful_acts.hpp"

namespace onward {

struct Assumptions;
struct Goal;

/// The part of all that can come about that an answer can depend on.
///
/// Found backwards from the goal over what permits list, whoever it is about, whenever and in
/// whatever circumstances: so nothing that leads to the goal is left out.
class Relevance {
 public:
  /// Nothing is left out.
  Relevance(const Model& model, const CompiledPolicy& policy);
  /// In law, of one goal.
  Relevance(const Model& model, const CompiledPolicy& policy, const LawfulActs& acts,
            const Assumptions& assumptions, const Goal& goal);

  /// Whether it matters that the node has such data.
  [[nodiscard]] bool matters(NodeId holder, CategoryId category) const {
    return holdings_[holder.index()].contains(category);
  }
  [[nodiscard]] const CategorySet& at(NodeId holder) const { return holdings_[holder.index()]; }
  /// Rules that can have a say about such data.
  [[nodiscard]] const DynamicSet& rules() const { return rules_; }
  /// Inferences that can be made of such data, or of what is inferred from it.
  [[nodiscard]] const DynamicSet& inferences() const { return inferences_; }
  /// Of the sources of a copy, those that anything asks for ...
  [[nodiscard]] const SourceSet& sources() const { return sources_; }
  /// ... and of these, those that can only bar: with one more of them less is permitted.
  [[nodiscard]] const SourceSet& barring() const { return barring_; }

 private:
  friend class RelevanceFinder;

  std::vector<CategorySet> holdings_;  ///< By holder.
  DynamicSet rules_;
  DynamicSet inferences_;
  SourceSet sources_;
  SourceSet barring_;
};

}  // namespace onward
