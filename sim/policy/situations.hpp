// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <list>
#include <optional>
#include <vector>

#include "sim/policy/compiled_policy.hpp"

namespace onward {

/// The days that are looked at: the first and the last.
struct Days {
  Date first;
  Date last;
};

/// A request for one category, written out so that a person can ask it.
struct Situation {
  Request request;
  CategoryId category;
  std::vector<NodeId> came_through;  ///< The nodes behind the provenance's sources.
  std::optional<ChannelId> via;
};

/// A permit and a prohibition that both match a request, though the permit does not derogate.
struct Conflict {
  RuleId prohibition;
  Situation situation;
  /// It shows under the permit's own facts, for data that came from nowhere else, and bars.
  bool plain = false;
};

/// What a policy can be asked, one request for each kind that its rules tell apart.
///
/// Exact: two requests of one kind are matched by the same rules, and the duties of the same
/// rules can be met, so that what holds for one of each kind holds for all. Requests are those
/// that the policy governs (docs/method/decisions.md, sections 1 and 2), on the days given,
/// from a node to another one. Keeps references to what it is built from.
class RequestSituations {
 public:
  RequestSituations(const CompiledPolicy& compiled, const Vocabulary& vocabulary,
                    const World& world, const CellSpace& cells, Days days);

  /// Beyond this many kinds a rule is given up.
  static constexpr std::size_t max_kinds = 2000;

  enum class Seen { all, some, too_many };

  /// Is given a request and the rules that match it; false to see no more.
  using Visit = std::function<bool(const Situation&, const DynamicSet& rules)>;

  /// Is given the rules that can match together with the rule; says whether, of what has not been
  /// shown yet, only requests are of interest that one of some rules matches.
  using Narrow = std::function<std::optional<DynamicSet>(const DynamicSet& in_reach)>;

  /// Visits a request of each kind that the rule matches; of these first the plainest, then those
  /// in which the rule is likely to make a difference. Only then `narrow` is asked.
  [[nodiscard]] Seen for_each(RuleId rule, const Visit& visit, const Narrow& narrow) const;

  /// A plain request that the rule matches.
  [[nodiscard]] std::optional<Situation> example(RuleId rule) const;

  /// Which nodes an example may have.
  using Ends = std::function<bool(std::optional<NodeId> from, NodeId to)>;

  /// The same, between such nodes.
  [[nodiscard]] std::optional<Situation> example(RuleId rule, const Ends& ends) const;

  /// The same for a request that no rule governs, because the policy does not bind who acts.
  [[nodiscard]] std::optional<Situation> ungoverned_example(RuleId rule) const;

  /// For each prohibition that meets the permit without being derogated from, one request.
  [[nodiscard]] std::vector<Conflict> conflicts(RuleId permit) const;

 private:
  using Entry = CompiledPolicy::Entry;
  using Bucket = CompiledPolicy::Bucket;

  /// All requests of one action, purpose and pair of nodes, but for what else they say.
  struct Way {
    std::uint32_t bucket = 0;
    ActionId action;
    std::optional<NodeId> from;
    NodeId to;
    PurposeId purpose;
    SourceSet sources;  ///< What the sender is.
  };
  class Kinds;

  [[nodiscard]] std::list<Kinds> kinds_of(RuleId rule) const;
  [[nodiscard]] bool possible(RootAction root, std::size_t from, std::size_t to) const;
  void find_ways();
  /// Visits the ways that the policy governs, or the others; false to see no more.
  void each_way(const std::function<bool(const Way&)>& visit, bool governed = true) const;
  [[nodiscard]] std::optional<Situation> example_among(RuleId rule, bool governed,
                                                       const Ends& ends) const;
  [[nodiscard]] std::uint32_t bucket_number(const Way& way, bool outsider) const;
  [[nodiscard]] const Bucket& bucket_of(const Way& way) const {
    return compiled_.buckets_[way.bucket];
  }
  [[nodiscard]] std::optional<Situation> example_on(RuleId rule, const Way& way) const;
  [[nodiscard]] const Entry* entry_of(RuleId rule, const Bucket& bucket) const;
  [[nodiscard]] bool in_days(const Entry& entry) const;
  [[nodiscard]] std::optional<Situation> meeting(const Way& way, const Entry& permit,
                                                 const Entry& prohibition) const;
  [[nodiscard]] Situation plain(const Way& way) const;
  void add_sources(const SourceSet& wanted, Situation& situation) const;

  const CompiledPolicy& compiled_;
  const Vocabulary& vocabulary_;
  const World& world_;
  const CellSpace& cells_;
  double first_;   ///< Moments of the days: from this one ...
  double before_;  ///< ... until before this one.
  std::vector<Way> ways_;
  std::vector<std::vector<std::size_t>> ways_of_rule_;
};

}  // namespace onward
