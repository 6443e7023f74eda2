// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/situations.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "sim/policy/kinds.hpp"

namespace onward {
namespace {

std::optional<CategoryId> first_common(const CategorySet& a, const CategorySet& b,
                                       std::size_t categories) {
  for (std::size_t c = 0; c < categories; ++c)
    if (a.contains(CategoryId(c)) && b.contains(CategoryId(c))) return CategoryId(c);
  return {};
}

std::optional<CellId> first_member(const DynamicSet& set) {
  for (std::size_t c = 0; c < set.size(); ++c)
    if (set.contains(c)) return CellId(c);
  return {};
}

}  // namespace

RequestSituations::RequestSituations(const CompiledPolicy& compiled, const Vocabulary& vocabulary,
                                     const World& world, const CellSpace& cells, Days days)
    : compiled_(compiled),
      vocabulary_(vocabulary),
      world_(world),
      cells_(cells),
      first_(days.first.days_since_1970()),
      before_(days.last.days_since_1970() + 1.0) {
  find_ways();
}

bool RequestSituations::possible(RootAction root, std::size_t from, std::size_t to) const {
  const bool person = from == world_.nodes.size();
  switch (root) {
    case RootAction::collect: return person;
    case RootAction::use:
    case RootAction::match: return from == to;
    case RootAction::retain: return from != to;
    case RootAction::disclose:
    case RootAction::query: return !person && from != to;
  }
  return false;
}

std::uint32_t RequestSituations::bucket_number(const Way& way, bool outsider) const {
  const std::size_t action = way.action.index();
  const std::size_t row = outsider ? compiled_.outsider_row_[action] : action;
  return compiled_
      .bucket_of_[((row * compiled_.purposes_ + way.purpose.index()) * compiled_.sender_classes_ +
                   compiled_.class_of_sender(way.from)) *
                      compiled_.recipient_classes_ +
                  compiled_.class_of_recipient(way.to)];
}

/// One way of each kind: the same rules in reach, and the same sources of the sender.
void RequestSituations::find_ways() {
  ways_of_rule_.resize(compiled_.policy().rules.size());
  std::set<std::tuple<std::uint32_t, RootAction, SourceSet>> known;
  each_way([&](const Way& way) {
    if (!known.emplace(way.bucket, vocabulary_.root(way.action), way.sources).second) return true;
    const Bucket& bucket = bucket_of(way);
    for (std::uint32_t e = bucket.permits; e < bucket.end; ++e) {
      std::vector<std::size_t>& ways = ways_of_rule_[compiled_.entries_[e].rule.index()];
      if (in_days(compiled_.entries_[e]) && (ways.empty() || ways.back() != ways_.size()))
        ways.push_back(ways_.size());
    }
    ways_.push_back(way);
    return true;
  });
}

void RequestSituations::each_way(const std::function<bool(const Way&)>& visit,
                                 bool governed) const {
  const std::size_t nodes = world_.nodes.size();
  for (std::size_t a = 0; a < vocabulary_.actions.size(); ++a) {
    const RootAction root = vocabulary_.root(ActionId(a));
    for (std::size_t p = 0; p < vocabulary_.purposes.size(); ++p)
      for (std::size_t from = 0; from <= nodes; ++from)
        for (std::size_t to = 0; to < nodes; ++to) {
          if (!possible(root, from, to)) continue;
          Way way{0, ActionId(a), {}, NodeId(to), PurposeId(p), {}};
          if (from != nodes) way.from = NodeId(from);
          const bool bound = compiled_.governs(root, way.from, way.to);
          const bool outsider =
              !bound && root == RootAction::query && compiled_.policy().binds.contains(from);
          if ((bound || outsider) != governed) continue;
          way.bucket = bucket_number(way, outsider);
          if (bucket_of(way).permits == bucket_of(way).end) continue;
          if (way.from) way.sources = compiled_.sources_of(*way.from);
          if (!visit(way)) return;
        }
  }
}

const RequestSituations::Entry* RequestSituations::entry_of(RuleId rule,
                                                            const Bucket& bucket) const {
  for (std::uint32_t e = bucket.permits; e < bucket.end; ++e)
    if (compiled_.entries_[e].rule == rule && in_days(compiled_.entries_[e]))
      return &compiled_.entries_[e];
  return nullptr;
}

bool RequestSituations::in_days(const Entry& entry) const {
  return entry.from < before_ && first_ < entry.before;
}

Situation RequestSituations::plain(const Way& way) const {
  Situation situation;
  situation.request.action = way.action;
  situation.request.from = way.from;
  situation.request.to = way.to;
  situation.request.purpose = way.purpose;
  situation.request.on = first_;
  return situation;
}

RequestSituations::Seen RequestSituations::for_each(RuleId rule, const Visit& visit,
                                                    const Narrow& narrow) const {
  // What matches, and whose duties can be met, decides; so each such pair is shown once.
  std::set<std::pair<DynamicSet, DynamicSet>> shown;
  const auto show = [&](const Kinds& kinds, const Kinds::Kind& kind) {
    const auto [rules, is_new] = shown.insert(kinds.rules_of(kind));
    return !is_new || visit(kinds.situation(kind), rules->first);
  };
  // Why three times over: most rules show what they do where it is plainest.
  std::list<Kinds> different = kinds_of(rule);
  for (Kinds& kinds : different) {
    kinds.prepare();
    const auto plainest = kinds.plainest();
    if (plainest && !show(kinds, *plainest)) return Seen::some;
  }
  for (const Kinds& kinds : different)
    for (const Kinds::Kind& kind : kinds.likely())
      if (!show(kinds, kind)) return Seen::some;
  DynamicSet in_reach(compiled_.policy().rules.size());
  for (const Kinds& kinds : different)
    for (const RuleId other : kinds.rules_in_reach()) in_reach.insert(other.index());
  const std::optional<DynamicSet> one_of = narrow(in_reach);
  if (one_of && compiled_.policy().strategy != Strategy::invalid) {
    Kinds::Settled settled{DynamicSet(in_reach.size()), DynamicSet(in_reach.size())};
    for (const Kinds& kinds : different)
      if (!kinds.settle(*one_of, settled, [&](const auto& kind) { return show(kinds, kind); }))
        return Seen::some;
    // Else no permit that it bars would stand without it, so it changes no permission.
    if (!settled.stands) return Seen::all;
  }
  bool too_many = false;
  std::size_t seen = 0;
  for (const Kinds& kinds : different) {
    const auto found = seen < max_kinds ? kinds.find(one_of) : std::nullopt;
    too_many = too_many || !found;
    if (!found) continue;
    seen += found->size();
    for (const Kinds::Kind& kind : *found)
      if (!show(kinds, kind)) return Seen::some;
  }
  return too_many ? Seen::too_many : Seen::all;
}

/// What all ways of a rule have that differs.
std::list<RequestSituations::Kinds> RequestSituations::kinds_of(RuleId rule) const {
  std::list<Kinds> different;
  std::set<Kinds::Grounds> known;
  for (const std::size_t w : ways_of_rule_[rule.index()]) {
    const Bucket& bucket = bucket_of(ways_[w]);
    for (std::uint32_t e = bucket.permits; e < bucket.end; ++e) {
      if (compiled_.entries_[e].rule != rule || !in_days(compiled_.entries_[e])) continue;
      different.emplace_back(*this, ways_[w], compiled_.entries_[e]);
      if (!known.insert(different.back().grounds()).second) different.pop_back();
    }
  }
  return different;
}

std::optional<Situation> RequestSituations::example_on(RuleId rule, const Way& way) const {
  const Entry* entry = entry_of(rule, bucket_of(way));
  if (entry == nullptr) return {};
  Kinds kinds(*this, way, *entry);
  kinds.prepare();
  const auto plainest = kinds.plainest();
  return plainest ? std::optional(kinds.situation(*plainest)) : std::nullopt;
}

std::optional<Situation> RequestSituations::example(RuleId rule) const {
  const std::vector<std::size_t>& ways = ways_of_rule_[rule.index()];
  return ways.empty() ? std::nullopt : example_on(rule, ways_[ways.front()]);
}

std::optional<Situation> RequestSituations::example_among(RuleId rule, bool governed,
                                                          const Ends& ends) const {
  // Why by bucket first: most have no entry of this rule.
  std::vector<bool> has_rule;
  for (const Bucket& bucket : compiled_.buckets_)
    has_rule.push_back(entry_of(rule, bucket) != nullptr);
  std::optional<Situation> example;
  each_way(
      [&](const Way& way) {
        if (has_rule[way.bucket] && ends(way.from, way.to)) example = example_on(rule, way);
        return !example;
      },
      governed);
  return example;
}

std::optional<Situation> RequestSituations::example(RuleId rule, const Ends& ends) const {
  return example_among(rule, true, ends);
}

std::optional<Situation> RequestSituations::ungoverned_example(RuleId rule) const {
  return example_among(rule, false, [](std::optional<NodeId>, NodeId) { return true; });
}

/// A request that both entries match.
std::optional<Situation> RequestSituations::meeting(const Way& way, const Entry& permit,
                                                    const Entry& prohibition) const {
  DynamicSet cells = compiled_.cell_sets_[permit.cells];
  cells &= compiled_.cell_sets_[prohibition.cells];
  const auto cell = first_member(cells);
  const auto category = first_common(permit.data, prohibition.data, vocabulary_.categories.size());
  const double from = std::max({first_, permit.from, prohibition.from});
  const FactSet facts = permit.when.must_hold | prohibition.when.must_hold;
  if (!cell || !category || from >= std::min({before_, permit.before, prohibition.before}) ||
      !CompiledPolicy::met(permit.when, facts) || !CompiledPolicy::met(prohibition.when, facts))
    return {};
  Situation situation = plain(way);
  situation.category = *category;
  situation.request.cell = *cell;
  situation.request.on = from;
  situation.request.facts = facts;
  add_sources(permit.sources | prohibition.sources, situation);
  return situation;
}

/// Adds nodes to the provenance until it has these sources.
void RequestSituations::add_sources(const SourceSet& wanted, Situation& situation) const {
  SourceSet& has = situation.request.provenance.sources;
  const SourceSet sender =
      situation.request.from ? compiled_.sources_of(*situation.request.from) : SourceSet{};
  for (std::size_t n = 0; n < world_.nodes.size(); ++n) {
    bool adds = false;
    const SourceSet of = compiled_.sources_of(NodeId(n));
    wanted.for_each([&](auto source) {
      adds = adds || (of.contains(source) && !(has | sender).contains(source));
    });
    if (!adds) continue;
    has |= of;
    situation.came_through.emplace_back(n);
  }
}

std::vector<Conflict> RequestSituations::conflicts(RuleId permit) const {
  std::vector<Conflict> found;
  for (const std::size_t w : ways_of_rule_[permit.index()]) {
    const Way& way = ways_[w];
    const Bucket& bucket = bucket_of(way);
    for (std::uint32_t p = bucket.permits; p < bucket.prohibitions; ++p) {
      const Entry& entry = compiled_.entries_[p];
      if (entry.rule != permit || !in_days(entry)) continue;
      for (std::uint32_t f = bucket.prohibitions; f < bucket.requirements; ++f) {
        const Entry& other = compiled_.entries_[f];
        if (compiled_.derogates(permit, other.rule)) continue;
        const bool plain = compiled_.bars(other.rule, permit) &&
                           (way.sources | entry.sources).contains_all(other.sources) &&
                           entry.when.must_hold.contains_all(other.when.must_hold);
        const auto known = std::find_if(found.begin(), found.end(), [&](const Conflict& c) {
          return c.prohibition == other.rule;
        });
        if (known != found.end() && (known->plain || !plain)) continue;
        const auto situation = meeting(way, entry, other);
        if (!situation) continue;
        if (known == found.end())
          found.push_back({other.rule, *situation, plain});
        else
          *known = {other.rule, *situation, plain};
      }
    }
  }
  return found;
}

}  // namespace onward
