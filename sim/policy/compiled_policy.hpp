// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/policy/cells.hpp"
#include "sim/policy/request.hpp"
#include "sim/policy/rule.hpp"
#include "sim/world/world.hpp"

namespace onward {

/// What one alternative asks for: its permit's duties and those of the requirements.
struct EffectiveDuties {
  std::vector<Authorisation> authorised_by;
  std::vector<Authorisation> consent_of_origin;
  std::vector<Authorisation> guardian;
  std::vector<DeskReference> human_verification;
  Duties rest;  ///< All duties that are no desk.
};

/// Why a prohibition reaches a category that it does not list: the inferences by
/// which the recipient would learn what it lists, in the order in which they are made.
struct RevealedThrough {
  RuleId prohibition;
  std::vector<std::size_t> inferences;  ///< Indices into the world's.
};

/// The long answer, for people. Rules are ids within the policy.
struct Explanation {
  Verdict verdict = Verdict::deny;
  Because because = Because::none;
  bool answered_for_outsider = false;  ///< A query that is governed as an act of the node asked.
  std::vector<RuleId> rules;
  std::vector<RuleId> derogates_from;
  std::vector<RuleId> overrides;
  std::vector<RuleId> alternatives;
  std::vector<RevealedThrough> through;  ///< For the prohibitions among the above.
  EffectiveDuties duties;                ///< If permitted.
  std::vector<std::string> unmodelled;
};

/// A policy made ready to decide requests: docs/method/decisions.md, word for word.
///
/// Selectors, predicates, inclusions and inferences are worked out once; a
/// decision is a look-up and a few bit tests. Immutable, so that any number of
/// readers may share it. Keeps references to the policy and the vocabulary that
/// it was built from, which must outlive it.
class CompiledPolicy {
 public:
  /// Nothing if the policy tells more classes of sources apart than a SourceSet
  /// holds, or inferences combine without bound; then `problem` says so.
  [[nodiscard]] static std::optional<CompiledPolicy> compile(const Policy& policy,
                                                             const Vocabulary& vocabulary,
                                                             const World& world,
                                                             const CellSpace& cells,
                                                             std::string& problem);

  [[nodiscard]] Decision decide(const Request& request, CategoryId category) const;
  /// With `without`: as if the policy did not have that rule.
  [[nodiscard]] Explanation explain(const Request& request, CategoryId category,
                                    std::optional<RuleId> without = {}) const;

  /// One way in which a rule can match requests between two nodes, for those who ask about all
  /// people, facts and days at once.
  struct Way {
    RuleId rule;
    Effect effect = Effect::permit;
    CategorySet data;
    SourceSet sources;  ///< All of these must be among the request's.
    FactTest when;
    Moment from = 0;    ///< In force from this moment ...
    Moment before = 0;  ///< ... until before this one.
    const DynamicSet* cells = nullptr;
  };
  /// Whether the policy governs a request: decisions.md, section 2.
  [[nodiscard]] bool governs(ActionId action, std::optional<NodeId> from, NodeId to) const;
  /// The ways of all rules that can match such a request; none if it is not governed. Valid as
  /// long as the policy.
  [[nodiscard]] std::vector<Way> ways(ActionId action, std::optional<NodeId> from, NodeId to,
                                      PurposeId purpose) const;
  /// The categories that some permit lists for such a request; none if it is not governed.
  [[nodiscard]] CategorySet permitted_data(ActionId action, std::optional<NodeId> from, NodeId to,
                                           PurposeId purpose) const;

  /// What rules can have to do with some categories.
  struct About {
    DynamicSet rules;   ///< Those that can match a request for one of them.
    SourceSet sources;  ///< Classes of sources that these ask for ...
    SourceSet
        not_only_bar;  ///< ... and of them, those that are not asked for by prohibitions alone.
  };
  [[nodiscard]] About about(const CategorySet& data) const;

  /// A permit that can be taken, and the requirements that add their duties to it.
  struct Alternative {
    RuleId permit;
    std::vector<RuleId> requirements;

    auto operator<=>(const Alternative&) const = default;
  };
  /// The permits that can be taken, the one that is taken first; none unless it is permitted.
  [[nodiscard]] std::vector<Alternative> alternatives(const Request& request,
                                                      CategoryId category) const;
  [[nodiscard]] EffectiveDuties duties_of(const Alternative& alternative) const;

  /// Whether every fact named has the value that the test names for it; and whether one has.
  [[nodiscard]] static bool met(const FactTest& test, const FactSet& facts);
  [[nodiscard]] static bool any_so(const FactTest& test, const FactSet& facts);

  /// Where both match: whether the permit names the prohibition in `derogates_from` ...
  [[nodiscard]] bool derogates(RuleId permit, RuleId prohibition) const {
    return derogations_[permit.index()].contains(prohibition.index());
  }
  /// ... and whether the prohibition keeps the permit from standing.
  [[nodiscard]] bool bars(RuleId prohibition, RuleId permit) const;

  /// The classes of sources that a node belongs to. A copy's provenance is the
  /// union over the nodes that collected, held or answered it.
  [[nodiscard]] SourceSet sources_of(NodeId node) const { return sources_of_node_[node.index()]; }

  /// Nodes of one class are alike to every rule: as senders (or the person herself), and as
  /// recipients. Whether they are bound and which sources they are is asked apart.
  [[nodiscard]] std::size_t class_of_sender(std::optional<NodeId> node) const {
    return class_of_sender_[node ? node->index() : class_of_sender_.size() - 1];
  }
  [[nodiscard]] std::size_t class_of_recipient(NodeId node) const {
    return class_of_recipient_[node.index()];
  }

  [[nodiscard]] const Policy& policy() const { return *policy_; }

 private:
  friend class PolicyCompiler;
  friend class RequestSituations;

  /// One way in which a rule can match; a rule may have several.
  struct Entry {
    CategorySet data;
    SourceSet sources;  ///< All of these must be among the request's.
    FactTest when;
    double from = 0;          ///< In force from this moment ...
    double before = 0;        ///< ... until before this one.
    std::uint32_t cells = 0;  ///< Index into cell_sets_.
    RuleId rule;
    std::uint32_t chain = 0;  ///< Index into chains_: the inferences by which it matches.

    auto operator<=>(const Entry&) const = default;
  };
  /// The entries for some (action, from, to, purpose): a stretch of entries_, by effect.
  struct Bucket {
    std::uint32_t permits = 0;
    std::uint32_t prohibitions = 0;
    std::uint32_t requirements = 0;
    std::uint32_t end = 0;
  };
  /// The first of cell_sets_: all cells.
  static constexpr std::uint32_t everybody = 0;

  /// What a rule's duties need, in the form in which it is tested.
  struct Needs {
    bool desk = false;
    bool less_than_data = false;
    bool bound_hands = false;
    bool logged = false;
    bool recallable = false;
    bool hit_only = false;
    FactTest suspended_when;
    CategorySet redact;
    double before = 0;  ///< Sunset.
    double retain_days = 0;
  };
  struct Asked;
  struct Matches;

  [[nodiscard]] Asked ask(const Request& request) const;
  [[nodiscard]] const Bucket& bucket(const Request& request, std::size_t row) const;
  [[nodiscard]] const Bucket* bucket_for(ActionId action, std::optional<NodeId> from, NodeId to,
                                         PurposeId purpose) const;
  void gather(const Asked& asked, CategoryId category, Matches& matches) const;
  [[nodiscard]] bool governs(RootAction root, std::optional<NodeId> from, NodeId to) const;
  [[nodiscard]] bool matches(const Entry& entry, const Asked& asked, CategoryId category) const;
  [[nodiscard]] bool is_void(const Matches& matches) const;
  [[nodiscard]] Needs needs_of(RuleId permit, const Matches& matches) const;
  [[nodiscard]] bool can_meet(const Needs& needs, const Asked& asked, CategoryId category) const;
  [[nodiscard]] bool stands(RuleId permit, const Matches& matches) const;
  void rank(const Asked& asked, CategoryId category, Matches& matches) const;
  [[nodiscard]] Decision conclude(const Asked& asked, CategoryId category, Matches& matches) const;
  void name_collisions(const Matches& matches, Explanation& answer) const;
  void trace_inferences(const Asked& asked, CategoryId category, Explanation& answer) const;

  const Policy* policy_ = nullptr;
  const Vocabulary* vocabulary_ = nullptr;
  std::vector<Entry> entries_;
  std::vector<Bucket> buckets_;
  std::vector<std::uint32_t> bucket_of_;  ///< By action, purpose, class of sender, of recipient.
  std::vector<DynamicSet> cell_sets_;
  std::vector<std::vector<std::size_t>> chains_;   ///< The first is empty.
  std::vector<std::uint32_t> class_of_sender_;     ///< By node; last: the person herself.
  std::vector<std::uint32_t> class_of_recipient_;  ///< By node.
  std::size_t sender_classes_ = 0;
  std::size_t recipient_classes_ = 0;
  std::size_t purposes_ = 0;
  std::vector<std::size_t> outsider_row_;  ///< By action under `query`: its row for outsiders.
  std::vector<SourceSet> sources_of_node_;
  std::vector<DynamicSet> derogations_;  ///< By permit: the prohibitions it derogates from.
  std::vector<Needs> needs_;             ///< By rule.
};

}  // namespace onward
