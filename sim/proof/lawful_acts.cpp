// SPDX-License-Identifier: Apache-2.0
#include "sim/proof/lawful_acts.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace onward {
namespace {

bool asks_origin(const Rule& rule) {
  return rule.duties.authorised_by &&
         rule.duties.authorised_by->desk.owner == DeskReference::Owner::origin;
}

class Finder {
 public:
  Finder(const Model& model, const CompiledPolicy& policy, const DynamicSet& noncompliant,
         LawfulActs& out)
      : model_(model), policy_(policy), noncompliant_(noncompliant), out_(out) {}

  void find() {
    const std::size_t nodes = model_.world->nodes.size();
    const Vocabulary& words = *model_.vocabulary;
    for (std::size_t a = 0; a < words.actions.size(); ++a) {
      const RootAction root = words.root(ActionId(a));
      if (root != RootAction::disclose && root != RootAction::query) continue;
      for (std::size_t from = 0; from < nodes; ++from)
        for (std::size_t to = 0; to < nodes; ++to)
          if (from != to) find(ActionId(a), root, NodeId(from), NodeId(to));
    }
  }

 private:
  void find(ActionId action, RootAction root, NodeId from, NodeId to) {
    const bool query = root == RootAction::query;
    const auto bound = [&](NodeId node) { return policy_.policy().binds.contains(node.index()); };
    const NodeId actor = query && bound(to) ? to : from;
    const bool complies = noncompliant_.size() == 0 || !noncompliant_.contains(actor.index());
    auto& acts = (query ? out_.queries : out_.disclosures)[from.index()];
    for (LawfulAct act : between(action, from, to, bound(from), bound(to))) {
      act.other = to;
      if (!complies) act.data = act.data_by_copy = CategorySet::all();
      if (!act.data.empty()) acts.push_back(act);
    }
  }

  /// Why by class: nodes of one class are alike to every rule.
  const std::vector<LawfulAct>& between(ActionId action, NodeId from, NodeId to, bool from_bound,
                                        bool to_bound) {
    const auto [known, is_new] =
        known_.try_emplace({action, policy_.class_of_sender(from), policy_.class_of_recipient(to),
                            from_bound, to_bound});
    if (!is_new || !policy_.governs(action, from, to)) return known->second;
    for (std::size_t p = 0; p < model_.vocabulary->purposes.size(); ++p)
      known->second.push_back(listed(action, from, to, PurposeId(p)));
    return known->second;
  }

  LawfulAct listed(ActionId action, NodeId from, NodeId to, PurposeId purpose) const {
    LawfulAct act{action, to, purpose, {}, {}, false};
    for (const CompiledPolicy::Way& way : policy_.ways(action, from, to, purpose)) {
      const bool by_copy = !way.sources.empty();
      act.sources_count |= by_copy;
      if (way.effect == Effect::permit) act.data |= way.data;
      if ((way.effect == Effect::permit && by_copy) ||
          (way.effect != Effect::prohibit && asks_origin(policy_.policy().rule(way.rule))))
        act.data_by_copy |= way.data;
    }
    return act;
  }

  using Ends = std::tuple<ActionId, std::size_t, std::size_t, bool, bool>;
  const Model& model_;
  const CompiledPolicy& policy_;
  const DynamicSet& noncompliant_;
  LawfulActs& out_;
  std::map<Ends, std::vector<LawfulAct>> known_;
};

}  // namespace

LawfulActs::LawfulActs(const Model& model, const CompiledPolicy& policy,
                       const DynamicSet& noncompliant)
    : disclosures(model.world->nodes.size()), queries(model.world->nodes.size()) {
  // What asking needs is no matter of rules: what some declared query shows; any, if none does.
  for (const Flow& flow : model.world->flows) keys |= flow.keys;
  if (keys.empty()) keys = CategorySet::all();
  Finder(model, policy, noncompliant, *this).find();
}

}  // namespace onward
