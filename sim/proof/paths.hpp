// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "sim/proof/derivations.hpp"

namespace onward {

/// What is asked of the derivations: whether somebody may come to know something.
struct Goal {
  NodeSelector node;
  CategorySet data;
  bool inferred = true;                       ///< Knowing by inference counts.
  bool by_message = false;                    ///< Only what somebody else told counts.
  bool own_counts = false;                    ///< So does what an ungoverned node collects itself.
  std::optional<NodeSelector> received_from;  ///< Who told.
  PurposeSet purposes = PurposeSet::all();
  Predicate person;  ///< Of true values.

  /// The predicates that it tests, for Situations.
  [[nodiscard]] std::vector<Predicate> tested(std::size_t nodes) const;
};

/// One way to the goal.
struct Path {
  std::vector<std::size_t> hops;
  std::vector<Situations::Set> cells;  ///< By hop: those for whom it can still be so.
  CategoryId learned;                  ///< What is learned at its end.
  std::vector<std::size_t> inferences;
  std::size_t somebody = 0;  ///< A cell in which it is learned.
  double earliest = 0;       ///< Day of arrival.
  double keep_days = 0;      ///< The longest that the holder keeps it; 0: a view.
};

/// Looks for what a goal asks in derivations, which must outlive it.
class Search {
 public:
  Search(const Derivations& derivations, Goal goal);

  /// Whether anything reaches the goal: if not, it is impossible.
  [[nodiscard]] bool reaches() const { return !goal_hops_.empty(); }
  /// The shortest ways, at most `most`; fewer hops first. `complete` is false if it was given up
  /// before there were so many.
  [[nodiscard]] std::vector<Path> best(std::size_t most, bool& complete) const;
  /// The hops that bring it, and those that can lead to them.
  [[nodiscard]] std::vector<std::size_t> leading_hops() const;
  /// Where the goal is met once a hop has brought data to people in these cells.
  [[nodiscard]] Situations::Set met(const Hop& hop, const Situations::Set& cells) const;
  /// Of these people, those of whom the hop tells one of the categories at once.
  [[nodiscard]] Situations::Set told(const Hop& hop, const Situations::Set& cells) const;
  [[nodiscard]] const Situations::Set& at_goal(NodeId holder) const {
    return targets_[holder.index()];
  }
  [[nodiscard]] const Goal& goal() const { return goal_; }
  [[nodiscard]] const Derivations& derivations() const { return of_; }

 private:
  struct Partial;

  [[nodiscard]] Situations::Set told_of(const Hop& hop, const Situations::Set& cells,
                                        CategoryId category,
                                        std::vector<std::size_t>* inferences) const;
  [[nodiscard]] Situations::Set inferable(const Hop& hop, std::size_t inference,
                                          const Situations::Set& cells) const;
  [[nodiscard]] bool counts(const Hop& hop) const;
  void find_distances();
  [[nodiscard]] std::optional<Partial> extended(const std::vector<Partial>& partials,
                                                std::size_t by, std::size_t hop) const;
  [[nodiscard]] Path finished(const std::vector<Partial>& partials, std::size_t last) const;

  const Derivations& of_;
  Goal goal_;
  std::vector<Situations::Set> targets_;  ///< By node: those for whom it is the goal's.
  std::vector<std::size_t> goal_hops_;
  std::vector<std::vector<std::size_t>> hops_from_;  ///< By holding.
  std::vector<std::size_t> roots_;
  std::vector<std::size_t> distance_;  ///< By holding: hops to the goal.
};

/// When a hop can go: first day, day before which, and days of notice.
struct HopTime {
  double from = 0;
  double before = 0;
  double notice = 0;
};
[[nodiscard]] HopTime time_of(const Hop& hop, double end);

}  // namespace onward
