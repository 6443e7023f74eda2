// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sim/people/plan.hpp"
#include "sim/policy/compiled_policy.hpp"

namespace onward {

/// An act between two nodes that some permit lists.
struct LawfulAct {
  ActionId action;
  NodeId other;  ///< The recipient, or who asks.
  PurposeId purpose;
  CategorySet data;
  /// Of these some answer to who asks depends on the copy that is found; of the others a query
  /// that nothing is found for is answered at least as widely.
  CategorySet data_by_copy;
  bool sources_count = false;  ///< Which alternative is taken depends on the copy's sources.
};

/// All that the permits of a policy list, in law: docs/method/proof.md.
struct LawfulActs {
  std::vector<std::vector<LawfulAct>> disclosures;  ///< By sender; `other` receives.
  std::vector<std::vector<LawfulAct>> queries;      ///< By node asked; `other` asks.
  CategorySet keys;                                 ///< What a query may show.

  /// `noncompliant` nodes (none if its size is 0) may do everything.
  LawfulActs(const Model& model, const CompiledPolicy& policy, const DynamicSet& noncompliant);
};

}  // namespace onward
