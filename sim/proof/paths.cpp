// SPDX-License-Identifier: Apache-2.0
#include "sim/proof/paths.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <set>

namespace onward {
namespace {

constexpr std::size_t far_away = std::numeric_limits<std::size_t>::max();
constexpr std::size_t most_partials = 40000;

}  // namespace

HopTime time_of(const Hop& hop, double end) {
  const Outcome* under = hop.outcome != nullptr ? hop.outcome : hop.asked_under;
  if (under == nullptr) return {hop.ready, end, 0};
  return {std::max(under->from, hop.ready), under->waits ? end : under->before, under->notify_days};
}

std::vector<Predicate> Goal::tested(std::size_t nodes) const {
  std::vector<Predicate> all{person};
  for (std::size_t n = 0; n < nodes; ++n) {
    all.push_back(node.when(NodeId(n)));
    if (received_from) all.push_back(received_from->when(NodeId(n)));
  }
  return all;
}

Search::Search(const Derivations& derivations, Goal goal)
    : of_(derivations), goal_(std::move(goal)), hops_from_(derivations.holdings().size()) {
  const Situations& people = of_.situations();
  for (std::size_t n = 0; n < of_.model().world->nodes.size(); ++n) {
    Situations::Set target = people.where_true(goal_.node.when(NodeId(n)));
    target &= people.where_true(goal_.person);
    targets_.push_back(std::move(target));
  }
  for (std::size_t h = 0; h < of_.hops().size(); ++h) {
    const Hop& hop = of_.hops()[h];
    (hop.from == Hop::none ? roots_ : hops_from_[hop.from]).push_back(h);
    if (counts(hop) && !met(hop, of_.cells_of(hop)).empty()) goal_hops_.push_back(h);
  }
  find_distances();
}

bool Search::counts(const Hop& hop) const {
  const Holding& what = of_.holdings()[hop.to].what;
  if (targets_[what.holder.index()].empty()) return false;
  if (what.outside && !goal_.own_counts) return false;
  if (!hop.sender && (goal_.by_message || goal_.received_from)) return false;
  // In law an act that no rule governs may have any purpose; one stands for all.
  const bool any_purpose =
      !hop.flow && hop.outcome != nullptr && hop.outcome->verdict == Verdict::not_governed;
  return any_purpose || goal_.purposes.contains(hop.purpose);
}

/// Where an inference is made from what a hop brings.
Situations::Set Search::inferable(const Hop& hop, std::size_t index,
                                  const Situations::Set& cells) const {
  const Situations& people = of_.situations();
  const Inference& inference = of_.model().world->inferences[index];
  Situations::Set where = cells;
  if (inference.chance && inference.chance->value <= 0) return people.nobody();
  if (inference.received_from) {
    if (!hop.sender) return people.nobody();
    where &= people.where_true(inference.received_from->when(*hop.sender));
  }
  if (!inference.provenance || where.empty()) return where;
  // The data came through some node of each of its sources. Sources are made so that a
  // selector is met just if one of them lies within what it selects.
  const SourceSet& sources =
      of_.verdicts().provenance(of_.holdings()[hop.to].what.provenance).sources;
  Situations::Set through = people.nobody();
  for (std::size_t c = 0; c < people.size(); ++c) {
    if (!where.contains(c)) continue;
    bool met = false;
    sources.for_each([&](Id<SourceTag> source) {
      bool within = true;
      for (std::size_t n = 0; n < of_.model().world->nodes.size() && within; ++n)
        if (of_.policy().sources_of(NodeId(n)).contains(source))
          within = inference.provenance->when(NodeId(n)).holds(people.truth(c));
      met = met || within;
    });
    if (met) through.insert(c);
  }
  return through;
}

/// Where a hop tells a category, and by which inferences (for the first of these people).
Situations::Set Search::told_of(const Hop& hop, const Situations::Set& cells, CategoryId category,
                                std::vector<std::size_t>* inferences) const {
  const Situations& people = of_.situations();
  const auto& world = *of_.model().world;
  const CategoryId brought = of_.holdings()[hop.to].what.category;
  std::vector<Situations::Set> known(of_.model().vocabulary->categories.size(), people.nobody());
  std::vector<std::vector<std::size_t>> by(known.size());
  known[brought.index()] = cells;
  for (bool more = goal_.inferred; more;) {
    more = false;
    for (std::size_t i = 0; i < world.inferences.size(); ++i) {
      Situations::Set where = people.nobody();
      std::size_t through = known.size();
      world.inferences[i].holding.for_each([&](CategoryId holding) {
        if (holding.index() >= known.size() || known[holding.index()].empty()) return;
        where |= known[holding.index()];
        if (through == known.size() || by[holding.index()].size() < by[through].size())
          through = holding.index();
      });
      if (where.empty()) continue;
      Situations::Set& reveals = known[world.inferences[i].reveals.index()];
      if (reveals.contains_all(where)) continue;
      where = inferable(hop, i, where);
      if (reveals.contains_all(where)) continue;
      if (reveals.empty()) {
        by[world.inferences[i].reveals.index()] = by[through];
        by[world.inferences[i].reveals.index()].push_back(i);
      }
      reveals |= where;
      more = true;
    }
  }
  if (inferences != nullptr) *inferences = by[category.index()];
  return known[category.index()];
}

Situations::Set Search::told(const Hop& hop, const Situations::Set& cells) const {
  Situations::Set all = of_.situations().nobody();
  if (!counts(hop)) return all;
  Situations::Set from = cells;
  if (goal_.received_from)
    from &= of_.situations().where_true(goal_.received_from->when(*hop.sender));
  goal_.data.for_each([&](CategoryId category) {
    if (category.index() < of_.model().vocabulary->categories.size())
      all |= told_of(hop, from, category, nullptr);
  });
  return all;
}

Situations::Set Search::met(const Hop& hop, const Situations::Set& cells) const {
  Situations::Set where = of_.situations().later(told(hop, cells));
  where &= targets_[of_.holdings()[hop.to].what.holder.index()];
  return where;
}

void Search::find_distances() {
  distance_.assign(of_.holdings().size(), far_away);
  std::vector<std::vector<std::size_t>> into(of_.holdings().size());
  for (std::size_t h = 0; h < of_.hops().size(); ++h)
    if (of_.hops()[h].from != Hop::none) into[of_.hops()[h].to].push_back(of_.hops()[h].from);
  std::queue<std::size_t> open;
  for (const std::size_t h : goal_hops_) {
    const std::size_t from = of_.hops()[h].from;
    if (from == Hop::none || distance_[from] == 1) continue;
    distance_[from] = 1;
    open.push(from);
  }
  while (!open.empty()) {
    const std::size_t at = open.front();
    open.pop();
    for (const std::size_t from : into[at]) {
      if (distance_[from] != far_away) continue;
      distance_[from] = distance_[at] + 1;
      open.push(from);
    }
  }
}

std::vector<std::size_t> Search::leading_hops() const {
  std::vector<std::size_t> hops;
  for (std::size_t h = 0; h < of_.hops().size(); ++h) {
    const Hop& hop = of_.hops()[h];
    const bool last = std::binary_search(goal_hops_.begin(), goal_hops_.end(), h);
    if (last || distance_[hop.to] != far_away) hops.push_back(h);
  }
  return hops;
}

/// A way that has not yet come to its end.
struct Search::Partial {
  std::size_t hop = 0;
  std::size_t before = far_away;  ///< The partial that it goes on from.
  std::size_t length = 0;
  Situations::Set cells;
  double first = 0;  ///< Days on which the copy can arrive.
  double last = 0;
  double keep = 0;
};

std::optional<Search::Partial> Search::extended(const std::vector<Partial>& partials,
                                                std::size_t by, std::size_t h) const {
  const Hop& hop = of_.hops()[h];
  const double end = of_.verdicts().end();
  const HopTime time = time_of(hop, end);
  Partial next;
  next.hop = h;
  next.before = by;
  next.keep = hop.keep_days;
  next.cells = of_.cells_of(hop);
  next.first = time.from;
  next.last = time.before;
  if (by != far_away) {
    const Partial& source = partials[by];
    next.length = source.length + 1;
    next.cells &= of_.situations().later(source.cells);
    next.first = std::max(time.from, source.first + time.notice);
    next.last = std::min(time.before, source.last + source.keep);
    const NodeId recipient = of_.holdings()[hop.to].what.holder;
    for (std::size_t at = by; at != far_away; at = partials[at].before) {
      const Hop& earlier = of_.hops()[partials[at].hop];
      // What somebody has had already is not sent to them again.
      if (earlier.to == hop.to ||
          (hop.kind == HopKind::disclosed && of_.holdings()[earlier.to].what.holder == recipient))
        return {};
    }
  }
  if (next.cells.empty() || next.first > next.last || next.first >= time.before) return {};
  next.first += hop.quickest;
  next.last = std::min(next.last + hop.slowest, end);
  return next;
}

Path Search::finished(const std::vector<Partial>& partials, std::size_t last) const {
  Path path;
  for (std::size_t at = last; at != far_away; at = partials[at].before) {
    path.hops.insert(path.hops.begin(), partials[at].hop);
    path.cells.insert(path.cells.begin(), partials[at].cells);
  }
  const Hop& hop = of_.hops()[partials[last].hop];
  const NodeId holder = of_.holdings()[hop.to].what.holder;
  std::size_t fewest = far_away;
  goal_.data.for_each([&](CategoryId category) {
    if (category.index() >= of_.model().vocabulary->categories.size()) return;
    std::vector<std::size_t> inferences;
    const Situations::Set where =
        told_of(hop, told(hop, partials[last].cells), category, &inferences);
    Situations::Set at = of_.situations().later(where);
    at &= targets_[holder.index()];
    if (at.empty() || inferences.size() >= fewest) return;
    fewest = inferences.size();
    path.learned = category;
    path.inferences = inferences;
    Situations::Set first = where;
    first &= targets_[holder.index()];
    std::size_t somebody = far_away;
    (first.empty() ? at : first).for_each([&](std::size_t cell) {
      somebody = std::min(somebody, cell);
    });
    path.somebody = somebody;
  });
  path.earliest = partials[last].first;
  path.keep_days = partials[last].keep;
  return path;
}

std::vector<Path> Search::best(std::size_t most, bool& complete) const {
  std::vector<Path> paths;
  std::vector<Partial> partials;
  using Entry = std::tuple<std::size_t, std::size_t>;  // Length to the goal, number.
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  std::vector<char> is_goal(of_.hops().size(), 0);
  for (const std::size_t h : goal_hops_) is_goal[h] = 1;
  using Step = std::tuple<HopKind, NodeId, CategoryId, PurposeId, std::size_t, std::size_t>;
  std::set<std::vector<Step>> seen;
  complete = true;
  const auto add = [&](std::size_t by, std::size_t h) {
    const std::size_t left = is_goal[h] != 0 ? 0 : distance_[of_.hops()[h].to];
    if (left == far_away) return;
    auto partial = extended(partials, by, h);
    if (!partial) return;
    open.emplace(partial->length + left, partials.size());
    partials.push_back(std::move(*partial));
  };
  for (const std::size_t h : roots_) add(far_away, h);
  while (!open.empty() && paths.size() < most) {
    const std::size_t at = std::get<1>(open.top());
    open.pop();
    const std::size_t h = partials[at].hop;
    if (is_goal[h] != 0 && !met(of_.hops()[h], partials[at].cells).empty()) {
      Path path = finished(partials, at);
      std::vector<Step> steps;
      for (const std::size_t hop : path.hops) {
        const Hop& step = of_.hops()[hop];
        const Outcome* under = step.outcome != nullptr ? step.outcome : step.asked_under;
        const Holding& to = of_.holdings()[step.to].what;
        const bool permitted = under != nullptr && under->verdict == Verdict::permit;
        steps.emplace_back(step.kind, to.holder, to.category, step.purpose,
                           permitted ? under->permit.index() : far_away,
                           step.flow.value_or(far_away));
      }
      if (seen.insert(std::move(steps)).second) paths.push_back(std::move(path));
      continue;
    }
    if (partials.size() > most_partials) {
      complete = false;
      break;
    }
    for (const std::size_t next : hops_from_[of_.hops()[h].to]) add(at, next);
  }
  return paths;
}

}  // namespace onward
