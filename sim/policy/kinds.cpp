// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/kinds.hpp"

#include <algorithm>
#include <map>

namespace onward {
namespace {

std::size_t first_of(const DynamicSet& set) {
  std::size_t first = 0;
  while (!set.contains(first)) ++first;
  return first;
}

bool compatible(const FactTest& a, const FactTest& b) {
  return !a.must_hold.intersects(b.must_not_hold) && !b.must_hold.intersects(a.must_not_hold);
}

bool anything(const auto& /*one*/) {
  return true;
}

}  // namespace

RequestSituations::Kinds::Kinds(const RequestSituations& all, const Way& way, const Entry& entry)
    : all_(all), way_(way), entry_(entry), root_(all.vocabulary_.root(way.action)) {
  find_others();
}

RequestSituations::Kinds::Grounds RequestSituations::Kinds::grounds() const {
  std::vector<Entry> entries{entry_};
  for (const Entry* other : others_) entries.push_back(*other);
  SourceSet of_sender;
  way_.sources.for_each([&](auto source) {
    if (relevant_.contains(source)) of_sender.insert(source);
  });
  return {std::move(entries), of_sender, root_};
}

void RequestSituations::Kinds::prepare() {
  parts_ = {categories(), cells(), days()};
  add_facts();
  parts_.push_back(sources());
  parts_.push_back(channels());
}

void RequestSituations::Kinds::find_others() {
  const CompiledPolicy& compiled = all_.compiled_;
  const Bucket& bucket = all_.bucket_of(way_);
  std::set<RuleId> rules;
  relevant_ = entry_.sources;
  for (std::uint32_t e = bucket.permits; e < bucket.end; ++e) {
    const Entry& other = compiled.entries_[e];
    if (other.rule == entry_.rule || !other.data.intersects(entry_.data) ||
        other.from >= entry_.before || entry_.from >= other.before || !all_.in_days(other) ||
        !compatible(other.when, entry_.when) ||
        !compiled.cell_sets_[other.cells].intersects(compiled.cell_sets_[entry_.cells]))
      continue;
    others_.push_back(&other);
    rules.insert(other.rule);
    relevant_ |= other.sources;
  }
  rules_.push_back(entry_.rule);
  rules_.insert(rules_.end(), rules.begin(), rules.end());
}

RequestSituations::Kinds::Part RequestSituations::Kinds::categories() const {
  Part part;
  for (std::size_t c = 0; c < all_.vocabulary_.categories.size(); ++c) {
    const CategoryId category(c);
    if (!entry_.data.contains(category)) continue;
    part.add(bits([&](const Entry& e) { return e.data.contains(category); },
                  [&](const Needs& needs) { return !needs.redact.contains(category); }),
             [category](Situation& s) { s.category = category; });
  }
  return part;
}

RequestSituations::Kinds::Part RequestSituations::Kinds::cells() const {
  const std::vector<DynamicSet>& sets = all_.compiled_.cell_sets_;
  std::vector<DynamicSet> atoms{sets[entry_.cells]};
  std::set<std::uint32_t> divided_by;
  for (const Entry* other : others_) {
    if (!divided_by.insert(other->cells).second) continue;
    std::vector<DynamicSet> next;
    for (const DynamicSet& atom : atoms) {
      DynamicSet inside = atom;
      inside &= sets[other->cells];
      DynamicSet outside = atom;
      outside -= sets[other->cells];
      for (DynamicSet* half : {&inside, &outside})
        if (!half->empty()) next.push_back(std::move(*half));
    }
    atoms = std::move(next);
  }
  Part part;
  for (const DynamicSet& atom : atoms) {
    const std::size_t cell = first_of(atom);
    part.add(bits([&](const Entry& e) { return sets[e.cells].contains(cell); }, anything<Needs>),
             [cell](Situation& s) { s.request.cell = CellId(cell); });
  }
  return part;
}

RequestSituations::Kinds::Part RequestSituations::Kinds::days() const {
  const double first = std::max(all_.first_, entry_.from);
  const double before = std::min(all_.before_, entry_.before);
  std::set<double> starts{first};
  const auto add = [&](double day) {
    if (day > first && day < before) starts.insert(day);
  };
  for (const Entry* other : others_) {
    add(other->from);
    add(other->before);
  }
  for (const RuleId rule : rules_) add(all_.compiled_.needs_[rule.index()].before);
  Part part;
  for (const double day : starts)
    part.add(bits([&](const Entry& e) { return e.from <= day && day < e.before; },
                  [&](const Needs& needs) { return day < needs.before; }),
             [day](Situation& s) { s.request.on = day; });
  return part;
}

/// Each fact that is left open is a part of its own: it does not hold, or it does.
void RequestSituations::Kinds::add_facts() {
  FactSet named;
  const auto add = [&](const FactTest& test) { named |= test.must_hold | test.must_not_hold; };
  for (const Entry* other : others_) add(other->when);
  for (const RuleId rule : rules_) add(all_.compiled_.needs_[rule.index()].suspended_when);
  const FactTest& own = entry_.when;
  const auto add_part = [&](const FactSet& holds, const FactSet& does_not) {
    parts_.back().add(bits(
                          [&](const Entry& e) {
                            return !e.when.must_hold.intersects(does_not) &&
                                   !e.when.must_not_hold.intersects(holds);
                          },
                          [&](const Needs& needs) {
                            return !needs.suspended_when.must_hold.intersects(holds) &&
                                   !needs.suspended_when.must_not_hold.intersects(does_not);
                          }),
                      [holds](Situation& s) { s.request.facts |= holds; });
  };
  parts_.emplace_back();
  add_part(own.must_hold, own.must_not_hold);
  named.for_each([&](FactId fact) {
    if (own.must_hold.contains(fact) || own.must_not_hold.contains(fact)) return;
    parts_.emplace_back();
    add_part({}, FactSet::of(fact));
    add_part(FactSet::of(fact), {});
  });
}

RequestSituations::Kinds::Part RequestSituations::Kinds::sources() {
  // Every set of sources that nodes can make, the fewest nodes first.
  std::map<SourceSet, std::vector<NodeId>> nodes_of{{way_.sources, {}}};
  std::vector<SourceSet> found{way_.sources};
  std::map<SourceSet, NodeId> kinds;
  for (std::size_t n = 0; n < all_.world_.nodes.size(); ++n) {
    SourceSet of;
    all_.compiled_.sources_of(NodeId(n)).for_each([&](auto source) {
      if (relevant_.contains(source)) of.insert(source);
    });
    if (!of.empty()) kinds.emplace(of, NodeId(n));
  }
  for (std::size_t next = 0; next < found.size() && found.size() <= max_kinds; ++next)
    for (const auto& [sources, node] : kinds) {
      std::vector<NodeId> nodes = nodes_of[found[next]];
      nodes.push_back(node);
      if (nodes_of.emplace(found[next] | sources, nodes).second)
        found.push_back(found[next] | sources);
    }
  too_many_ = too_many_ || found.size() > max_kinds;
  Part part;
  for (const SourceSet& sources : found)
    if (sources.contains_all(entry_.sources))
      part.add(
          bits([&](const Entry& e) { return sources.contains_all(e.sources); }, anything<Needs>),
          [nodes = nodes_of[sources], this](Situation& s) {
            s.came_through = nodes;
            for (const NodeId node : nodes)
              s.request.provenance.sources |= all_.compiled_.sources_of(node);
          });
  return part;
}

RequestSituations::Kinds::Part RequestSituations::Kinds::channels() const {
  const auto meets = [this](const ChannelTraits& via) {
    return [this, via](const Needs& needs) {
      return (via.logged || !needs.logged) && (via.recallable || !needs.recallable) &&
             (!needs.hit_only || root_ == RootAction::query);
    };
  };
  Part part;
  part.add(bits(anything<Entry>, meets({})), [](Situation&) {});
  for (std::size_t c = 0; c < all_.world_.channels.size(); ++c) {
    const Channel& channel = all_.world_.channels[c];
    const ChannelTraits via{channel.logged, channel.recallable};
    part.add(bits(anything<Entry>, meets(via)), [c, via](Situation& s) {
      s.via = ChannelId(c);
      s.request.via = via;
    });
  }
  add_broken_duty(part);
  return part;
}

/// A duty that travels with the copy and that the act would breach, so that no duty counts as met.
void RequestSituations::Kinds::add_broken_duty(Part& part) const {
  const DynamicSet nothing_met = bits(anything<Entry>, [](const Needs&) { return false; });
  if (root_ == RootAction::disclose || root_ == RootAction::query) {
    part.add(nothing_met, [](Situation& s) { s.request.provenance.no_onward = true; });
  } else if (root_ != RootAction::collect && all_.vocabulary_.purposes.size() > 1) {
    const PurposeId other(way_.purpose.index() == 0 ? 1 : 0);
    part.add(nothing_met, [other](Situation& s) {
      s.request.provenance.purpose_only = true;
      s.request.provenance.purposes = PurposeSet::of(other);
    });
  }
  for (std::size_t c = 0; c < all_.world_.channels.size(); ++c) {
    const Channel& channel = all_.world_.channels[c];
    if (channel.recallable) continue;
    part.add(nothing_met, [c, via = ChannelTraits{channel.logged, false}](Situation& s) {
      s.via = ChannelId(c);
      s.request.via = via;
      s.request.provenance.recall = true;
    });
  }
}

std::optional<RequestSituations::Kinds::Kind> RequestSituations::Kinds::plainest() const {
  if (too_many_) return {};
  Kind kind{bits(anything<Entry>, anything<Needs>), std::vector<std::uint32_t>(parts_.size())};
  for (const Part& part : parts_) kind.lets &= part.choices().front().lets;
  return kind;
}

std::optional<std::vector<RequestSituations::Kinds::Kind>> RequestSituations::Kinds::find(
    const std::optional<DynamicSet>& one_of) const {
  if (too_many_) return {};
  const DynamicSet wanted =
      one_of ? bits([&](const Entry& e) { return one_of->contains(e.rule.index()); },
                    [](const Needs&) { return false; })
             : DynamicSet();
  std::vector<Kind> kinds{{bits(anything<Entry>, anything<Needs>), {}}};
  for (const Part& part : parts_) {
    std::vector<Kind> next;
    std::set<DynamicSet> known;
    for (const Kind& kind : kinds)
      for (std::uint32_t c = 0; c < part.choices().size(); ++c) {
        DynamicSet lets = kind.lets;
        lets &= part.choices()[c].lets;
        if (one_of && !lets.intersects(wanted)) continue;
        if (!known.insert(lets).second) continue;
        if (next.size() == max_kinds) return {};
        next.push_back({std::move(lets), kind.choices});
        next.back().choices.push_back(c);
      }
    kinds = std::move(next);
  }
  return kinds;
}

Situation RequestSituations::Kinds::situation(const Kind& kind) const {
  Situation situation = all_.plain(way_);
  for (std::size_t p = 0; p < parts_.size(); ++p)
    parts_[p].choices()[kind.choices[p]].say(situation);
  return situation;
}

std::pair<DynamicSet, DynamicSet> RequestSituations::Kinds::rules_of(const Kind& kind) const {
  const std::size_t rules = all_.compiled_.policy().rules.size();
  DynamicSet matching(rules);
  DynamicSet meetable(rules);
  matching.insert(entry_.rule.index());
  for (std::size_t o = 0; o < others_.size(); ++o)
    if (kind.lets.contains(o)) matching.insert(others_[o]->rule.index());
  for (std::size_t r = 0; r < rules_.size(); ++r)
    if (kind.lets.contains(others_.size() + r)) meetable.insert(rules_[r].index());
  meetable &= matching;
  return {matching, meetable};
}

}  // namespace onward
