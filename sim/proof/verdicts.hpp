// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "sim/proof/situations.hpp"

namespace onward {

/// What is taken for granted beside the rules.
struct Assumptions {
  Realm realm = Realm::law;
  bool pass_on = false;  ///< In law: nodes that no rule binds pass on what they have, to anyone.
  bool undertakings_kept = false;  ///< Recipients whom no rule binds do as they undertook.
  DynamicSet noncompliant;         ///< Nodes that do not keep to the rules; may be empty.
};

/// Which facts may hold, and over what channel.
struct Occasion {
  FactSet may;
  FactSet must;
  std::optional<ChannelTraits> via;  ///< Absent: any.

  auto key() const {
    return std::tuple(may, must, via ? 1 + (via->logged ? 1 : 0) + (via->recallable ? 2 : 0) : 0);
  }
};

/// One way in which a request can be answered with yes, and for whom.
struct Outcome {
  Verdict verdict = Verdict::permit;  ///< `deny`: done all the same by whoever does not comply.
  RuleId permit;                      ///< If permitted.
  bool hit_only = false;
  bool anonymous = false;  ///< Reaches nobody by name: no copy.
  TravellingDuties travels;
  bool verified = false;  ///< By hand: may be found to be nobody.
  bool waits = false;     ///< At a desk or for an objection: decided again when it goes.
  double notify_days = 0;
  std::optional<double> retain_days;  ///< Of the alternative itself.
  FactSet facts;
  ChannelTraits via;
  Situations::Set cells;
  double from = 0;       ///< Days since the start ...
  double before = 0;     ///< ... until before this one.
  double keep_days = 0;  ///< The longest that the recipient may keep it; 0: a view.
};

/// What a policy can answer, over all facts, channels, days and cells at once.
///
/// Every answer is the decision core's own, for one representative of all that it does not tell
/// apart. Keeps references; not for several threads.
class Verdicts {
 public:
  Verdicts(const Model& model, const CompiledPolicy& policy, const Situations& situations,
           const Assumptions& assumptions, const Relevance& relevance);

  /// A request for one category.
  struct Asked {
    ActionId action;
    std::optional<NodeId> from;
    NodeId to;
    PurposeId purpose;
    CategoryId category;
    std::uint32_t provenance = 0;  ///< Number: see `number`.
    NodeId recorder;               ///< Whose records are read.
    bool has_source = true;        ///< Else it is asked whether one may ask.
  };

  /// All ways in which it can be done; valid as long as this object.
  [[nodiscard]] const std::vector<Outcome>& outcomes(const Asked& asked, const Occasion& occasion);
  /// Where a key may be shown: nothing prohibits it (decisions.md, section 7).
  [[nodiscard]] const Situations::Set& showable(const Asked& asked, const Occasion& occasion);
  /// The longest that a node may keep what it has; nothing is decided of nodes that are not bound.
  [[nodiscard]] double keep_days(const Asked& asked, const Occasion& occasion,
                                 const Situations::Set& cells, double from, double before);

  [[nodiscard]] std::uint32_t number(const Provenance& provenance);
  [[nodiscard]] const Provenance& provenance(std::uint32_t number) const {
    return provenances_[number];
  }
  [[nodiscard]] std::uint32_t handed_on(std::uint32_t by, NodeId sender,
                                        const TravellingDuties& under, PurposeId purpose);

  [[nodiscard]] bool binds(NodeId node) const {
    return policy_.policy().binds.contains(node.index());
  }
  [[nodiscard]] bool complies(NodeId node) const {
    return assumptions_.noncompliant.size() == 0 ||
           !assumptions_.noncompliant.contains(node.index());
  }
  /// Whether all that a copy of the other provenance leads to is among what one of this leads to.
  [[nodiscard]] bool at_least_as_free(std::uint32_t one, std::uint32_t other) const;
  /// Of the sources that a node is, those that anything asks for.
  [[nodiscard]] SourceSet sources_of(NodeId node) const;
  /// The whole answer of the policy to somebody in a cell, on a day.
  [[nodiscard]] Explanation explain(const Asked& asked, const FactSet& facts,
                                    const ChannelTraits& via, std::size_t cell, double day) const;
  /// Days after which nothing is asked.
  [[nodiscard]] double end() const { return end_; }
  /// How often the decision core was asked.
  [[nodiscard]] std::size_t decisions() const { return decisions_; }

 private:
  using Way = CompiledPolicy::Way;
  using Key = std::tuple<std::uint64_t, std::uint64_t, std::uint32_t, std::size_t, std::size_t>;
  struct Span {
    double from = 0;
    double before = 0;
  };
  [[nodiscard]] Key key(const Asked& asked, const Occasion& occasion);
  [[nodiscard]] Asked plain(Asked asked);
  [[nodiscard]] Request request(const Asked& asked, const FactSet& facts, const ChannelTraits& via,
                                std::size_t cell, double day) const;
  [[nodiscard]] std::vector<Way> relevant(const Asked& asked, bool& permits,
                                          std::vector<RuleId>& latent) const;
  [[nodiscard]] std::vector<Span> spans(const std::vector<Way>& ways) const;
  [[nodiscard]] std::vector<FactSet> facts(const std::vector<Way>& ways,
                                           const Occasion& occasion) const;
  [[nodiscard]] std::vector<ChannelTraits> channels(const Asked& asked,
                                                    const std::vector<Way>& ways,
                                                    const Occasion& occasion) const;
  [[nodiscard]] std::vector<Situations::Set> kinds(const std::vector<Way>& ways) const;
  [[nodiscard]] std::vector<Outcome> work_out(const Asked& asked, const Occasion& occasion);
  [[nodiscard]] bool desks_exist(const Asked& asked, const EffectiveDuties& duties) const;
  [[nodiscard]] bool may_come_first(const std::vector<CompiledPolicy::Alternative>& alternatives,
                                    std::size_t number, const std::vector<RuleId>& latent) const;
  [[nodiscard]] std::vector<Outcome> outcomes_of(const Asked& asked, const Request& request,
                                                 const std::vector<RuleId>& latent);
  [[nodiscard]] std::optional<Outcome> outcome(const Asked& asked,
                                               const CompiledPolicy::Alternative& alternative);
  void set_keeping(const Asked& asked, Outcome& outcome);
  [[nodiscard]] std::vector<Way> ways_to_keep(const Asked& asked) const;
  [[nodiscard]] std::vector<Outcome> done_anyhow(const Asked& asked, const Occasion& occasion,
                                                 Verdict verdict);
  void add(const Asked& asked, Outcome outcome, std::vector<Outcome>& all);
  [[nodiscard]] std::vector<Outcome> keepings(const Asked& asked, const Occasion& occasion);

  const Model& model_;
  const CompiledPolicy& policy_;
  const Situations& situations_;
  const Assumptions& assumptions_;
  SourceSet sources_that_count_;
  SourceSet barring_;
  double end_ = 0;
  bool skips_duties_ = false;  ///< Some node does.
  std::vector<std::uint32_t> node_class_;
  std::deque<Provenance> provenances_;
  std::map<Provenance, std::uint32_t> numbers_;
  std::map<std::tuple<FactSet, FactSet, int>, std::size_t> occasions_;
  using Ends = std::tuple<ActionId, std::size_t, std::uint32_t, PurposeId>;
  std::map<Ends, SourceSet> sources_asked_for_;
  std::map<CompiledPolicy::Alternative, EffectiveDuties> duties_;
  std::map<Key, std::vector<Outcome>> outcomes_;
  std::map<Key, std::vector<Outcome>> keepings_;
  std::map<Key, Situations::Set> showable_;
  mutable std::size_t decisions_ = 0;
};

}  // namespace onward
