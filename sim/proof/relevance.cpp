// SPDX-License-Identifier: Apache-2.0
#include "sim/proof/relevance.hpp"

#include "sim/proof/paths.hpp"

namespace onward {

/// Works backwards from a goal. One use only.
class RelevanceFinder {
 public:
  RelevanceFinder(const Model& model, const CompiledPolicy& policy, const LawfulActs& acts,
                  const Assumptions& assumptions, Relevance& out)
      : model_(model),
        policy_(policy),
        acts_(acts),
        assumptions_(assumptions),
        out_(out),
        asked_by_(model.world->nodes.size()),
        told_by_(model.world->nodes.size()),
        whole_(model.world->nodes.size()) {
    out.holdings_.resize(model.world->nodes.size());
    for (std::size_t from = 0; from < asked_by_.size(); ++from) {
      for (const LawfulAct& act : acts.queries[from])
        asked_by_[act.other.index()].emplace_back(NodeId(from), &act);
      for (const LawfulAct& act : acts.disclosures[from])
        told_by_[act.other.index()].emplace_back(NodeId(from), &act);
    }
  }

  void find(const Goal& goal) {
    const DynamicSet goals = goal.node.possible();
    goals.for_each([&](std::size_t node) {
      goal.data.for_each([&](CategoryId category) {
        if (category.index() < model_.vocabulary->categories.size()) mark(NodeId(node), category);
      });
      if (goal.inferred) mark_inferred(NodeId(node), goal.data);
    });
    while (!open_.empty()) {
      const auto [node, category] = open_.back();
      open_.pop_back();
      look_before(node, category, nullptr);
    }
    CompiledPolicy::About about = policy_.about(decided_);
    out_.rules_ = std::move(about.rules);
    SourceSet exact = about.not_only_bar;
    find_inferences(exact);
    out_.sources_ = about.sources | exact;
    out_.sources_.for_each([&](auto source) {
      if (!exact.contains(source)) out_.barring_.insert(source);
    });
  }

 private:
  using Acts = std::vector<std::pair<NodeId, const LawfulAct*>>;

  bool bound(NodeId node) const { return policy_.policy().binds.contains(node.index()); }

  void mark(NodeId node, CategoryId category) {
    if (whole_[node.index()].contains(category)) return;
    whole_[node.index()].insert(category);
    keep(node, category);
    open_.emplace_back(node, category);
  }

  void keep(NodeId node, CategoryId category) {
    out_.holdings_[node.index()].insert(category);
    decided_.insert(category);
  }

  void mark_all(NodeId node, const CategorySet& data) {
    for (std::size_t c = 0; c < model_.vocabulary->categories.size(); ++c)
      if (data.contains(CategoryId(c))) mark(node, CategoryId(c));
  }

  /// What is learned by inference is learned from the act that brings what it is inferred from.
  void mark_inferred(NodeId node, const CategorySet& data) {
    CategorySet wanted = data;
    for (bool more = true; more;) {
      more = false;
      for (const Inference& inference : model_.world->inferences) {
        if (!wanted.contains(inference.reveals) || wanted.contains_all(inference.holding)) continue;
        wanted |= inference.holding;
        more = true;
      }
    }
    for (const Inference& inference : model_.world->inferences) {
      if (!wanted.contains(inference.reveals)) continue;
      inference.holding.for_each([&](CategoryId category) {
        if (!inference.received_from) return mark(node, category);
        // Why not `mark`: only what these senders bring matters.
        const DynamicSet senders = inference.received_from->possible();
        keep(node, category);
        look_before(node, category, &senders);
      });
    }
  }

  /// Marks whatever can bring such data to the node: from these senders, or from anybody.
  void look_before(NodeId node, CategoryId category, const DynamicSet* senders) {
    const auto counts = [&](NodeId from) {
      return senders == nullptr || senders->contains(from.index());
    };
    const bool answer = category == Vocabulary::hit || category == Vocabulary::no_hit;
    for (const auto& [from, act] : told_by_[node.index()])
      if (counts(from) && act->data.contains(category)) mark(from, category);
    for (const auto& [from, act] : asked_by_[node.index()]) {
      if (!counts(from)) continue;
      if (act->data.contains(category)) mark(from, category);
      if (answer) mark_all(from, act->data);
    }
    if (acts_.keys.contains(category))
      for (const LawfulAct& act : acts_.queries[node.index()]) {
        if (!counts(act.other)) continue;
        mark(act.other, category);
        mark_all(node, act.data_by_copy);
        decided_ |= act.data;
      }
    if (!assumptions_.pass_on) return;
    for (std::size_t n = 0; n < model_.world->nodes.size(); ++n) {
      if (bound(NodeId(n)) || NodeId(n) == node || !counts(NodeId(n))) continue;
      mark(NodeId(n), category);
      if (answer && !bound(node)) mark_all(NodeId(n), CategorySet::all());
    }
  }

  /// Inferences from what is decided of; a rule may reach it through several of them.
  void find_inferences(SourceSet& sources) {
    const World& world = *model_.world;
    out_.inferences_ = DynamicSet(world.inferences.size());
    CategorySet known = decided_;
    for (bool more = true; more;) {
      more = false;
      for (std::size_t i = 0; i < world.inferences.size(); ++i) {
        const Inference& inference = world.inferences[i];
        if (out_.inferences_.contains(i) || !known.intersects(inference.holding)) continue;
        out_.inferences_.insert(i);
        known.insert(inference.reveals);
        add_sources(inference, sources);
        more = true;
      }
    }
  }

  /// The sources that can make an inference: see Search::inferable.
  void add_sources(const Inference& inference, SourceSet& sources) const {
    if (!inference.provenance) return;
    inference.provenance->possible().for_each(
        [&](std::size_t node) { sources |= policy_.sources_of(NodeId(node)); });
  }

  const Model& model_;
  const CompiledPolicy& policy_;
  const LawfulActs& acts_;
  const Assumptions& assumptions_;
  Relevance& out_;
  CategorySet decided_;             ///< Of these requests are decided.
  std::vector<Acts> asked_by_;      ///< By asker: the node asked.
  std::vector<Acts> told_by_;       ///< By recipient: the sender.
  std::vector<CategorySet> whole_;  ///< By node: whoever it comes from.
  std::vector<std::pair<NodeId, CategoryId>> open_;
};

Relevance::Relevance(const Model& model, const CompiledPolicy& policy)
    : holdings_(model.world->nodes.size(), CategorySet::all()),
      rules_(policy.policy().rules.size(), true),
      inferences_(model.world->inferences.size(), true),
      sources_(SourceSet::all()) {}

Relevance::Relevance(const Model& model, const CompiledPolicy& policy, const LawfulActs& acts,
                     const Assumptions& assumptions, const Goal& goal) {
  RelevanceFinder(model, policy, acts, assumptions, *this).find(goal);
}

}  // namespace onward
