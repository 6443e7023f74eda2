// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "sim/proof/acts.hpp"

namespace onward {
namespace {

constexpr double forever = std::numeric_limits<double>::infinity();

}  // namespace

WorldOfActs::WorldOfActs(Derivations& out)
    : out_(out), world_(*out.model_.world), words_(*out.model_.vocabulary) {}

void WorldOfActs::derive() {
  acts_of_.resize(world_.nodes.size());
  held_by_.resize(world_.nodes.size());
  find_acts();
  (void)out_.place_stock();
  collect();
  for (std::size_t h = 0; h < out_.holdings_.size(); ++h) {
    held_by_[out_.holdings_[h].what.holder.index()].push_back(h);
    changed_nodes_.insert(out_.holdings_[h].what.holder.index());
  }
  for (Between& act : acts_) look_at(act);
  while (!changed_nodes_.empty() && !out_.given_up()) {
    std::set<std::size_t> acts;
    for (const std::size_t node : changed_nodes_)
      acts.insert(acts_of_[node].begin(), acts_of_[node].end());
    changed_nodes_.clear();
    for (const std::size_t act : acts) look_at(acts_[act]);
  }
}

void WorldOfActs::find_acts() {
  std::vector<NodeId> order;
  std::vector<Hash> names(world_.nodes.size(), 0);
  for (std::size_t n = 0; n < world_.nodes.size(); ++n) order.emplace_back(n);
  for (std::size_t f = 0; f < world_.flows.size(); ++f) {
    const Flow& flow = world_.flows[f];
    Occasion occasion;
    occasion.via = ChannelTraits{};
    if (flow.via) {
      const Channel& channel = world_.channels[flow.via->index()];
      occasion.via = ChannelTraits{channel.logged, channel.recallable};
    }
    for (const auto& [fact, chance] : flow.asserts) {
      if (chance.value > 0) occasion.may.insert(fact);
      if (chance.value >= 1) occasion.must.insert(fact);
    }
    occasions_.push_back(occasion);
    const RootAction root = words_.root(flow.action);
    if (!flow.to || (root != RootAction::disclose && root != RootAction::query)) continue;
    if (flow.propensity && flow.propensity->value <= 0) continue;
    for (const Act& act : acts_of(world_, f, root == RootAction::query, order, names)) {
      Between between;
      between.flow = f;
      between.actor = act.actor;
      between.from = act.pair.from;
      between.to = act.pair.to;
      between.when = out_.situations_.where_node_records(act.pair.when, act.actor);
      between.enabled = between.trigger = out_.situations_.nobody();
      between.first = between.ready = forever;
      find_trigger(between);
      if (between.when.empty()) continue;
      acts_of_[between.from.index()].push_back(acts_.size());
      acts_of_[between.to.index()].push_back(acts_.size());
      acts_.push_back(std::move(between));
    }
  }
}

/// Triggers that are no message: encounters, changes of status, dates.
void WorldOfActs::find_trigger(Between& act) const {
  using Kind = Trigger::Kind;
  const Situations& people = out_.situations_;
  const Trigger& on = world_.flows[act.flow].on;
  const auto add = [&](const Situations::Set& cells, double first) {
    if (cells.empty()) return;
    act.trigger |= people.same_truth(cells);
    act.first = std::min(act.first, first);
  };
  if (on.kind == Kind::rule_start) {
    for (const Rule& rule : out_.policy_.policy().rules) {
      if (std::find(on.rules.begin(), on.rules.end(), rule.id) == on.rules.end()) continue;
      const double day =
          rule.in_force_from ? rule.in_force_from->days_since_1970() - out_.model_.start : 0;
      if (day >= 0 && day < out_.verdicts_.end()) add(people.everybody(), day);
    }
  }
  if (on.kind == Kind::periodic) add(people.everybody(), 0);
  for (const Situations::Visit& visit : people.visits()) {
    if (visit.cells.empty()) continue;
    const JourneyState& state = out_.model_.population->journeys[visit.journey].states[visit.state];
    if (on.kind == Kind::status &&
        std::any_of(state.sets.begin(), state.sets.end(), [&](const auto& set) {
          return set.first == on.attribute && on.values.contains(set.second.index());
        }))
      add(visit.cells, visit.earliest);
    if (on.kind != Kind::encounter) continue;
    Situations::Set here = visit.cells;
    if (state.at_subject_node) {
      const SubjectNode& own = *state.at_subject_node;
      DynamicSet values(own.node_of_value.size());
      for (std::size_t v = 0; v < own.node_of_value.size(); ++v)
        if (own.node_of_value[v] == act.actor) values.insert(v);
      here &= people.where_true(Predicate::is(own.attribute, values));
    } else if (state.at != act.actor) {
      continue;
    }
    if (on.nodes) here &= people.where_true(on.nodes->when(act.actor));
    add(here, visit.earliest);
  }
}

void WorldOfActs::collect() {
  const Situations& people = out_.situations_;
  const ActionId action(static_cast<std::size_t>(RootAction::collect));
  for (const Situations::Visit& visit : people.visits()) {
    const JourneyState& state = out_.model_.population->journeys[visit.journey].states[visit.state];
    if (visit.cells.empty() || state.collects.empty()) continue;
    for (std::size_t n = 0; n < world_.nodes.size(); ++n) {
      const NodeId node(n);
      Situations::Set cells = visit.cells;
      if (state.at_subject_node) {
        const SubjectNode& own = *state.at_subject_node;
        DynamicSet values(own.node_of_value.size());
        for (std::size_t v = 0; v < own.node_of_value.size(); ++v)
          if (own.node_of_value[v] == node) values.insert(v);
        cells &= people.where_true(Predicate::is(own.attribute, values));
      } else if (state.at != node) {
        continue;
      }
      if (cells.empty()) continue;
      state.collects.for_each([&](CategoryId category) {
        (void)out_.collect(node, category, state.purpose, action, people.same_truth(cells),
                           visit.earliest, out_.verdicts_.end(), !out_.verdicts_.binds(node));
      });
    }
  }
}

/// Works out anew for whom an act can be dispatched; whether that has changed.
bool WorldOfActs::enable(Between& act) {
  using Kind = Trigger::Kind;
  const Situations& people = out_.situations_;
  const Flow& flow = world_.flows[act.flow];
  const bool query = words_.root(flow.action) == RootAction::query;
  Situations::Set set_off = act.trigger;
  double first = act.first;
  const auto add = [&](const auto& map, std::size_t a, std::size_t b) {
    const auto happened = map.find({a, b});
    if (happened == map.end()) return;
    set_off |= happened->second.cells;
    first = std::min(first, happened->second.first);
  };
  if (flow.on.kind == Kind::receipt)
    flow.on.categories.for_each([&](CategoryId category) {
      if (category.index() < words_.categories.size())
        add(receipts_, act.actor.index(), category.index());
    });
  if (flow.on.kind == Kind::hit)
    for (const auto& [where, happened] : hits_) {
      if (where.first != act.actor.index()) continue;
      Situations::Set cells = happened.cells;
      if (flow.on.nodes)
        cells &= people.where_node_records(flow.on.nodes->when(NodeId(where.second)), act.actor);
      if (cells.empty()) continue;
      set_off |= cells;
      first = std::min(first, happened.first);
    }
  if (flow.on.kind == Kind::request) {
    if (flow.on.nodes) {
      const auto happened = requests_.find({act.actor.index(), 0});
      if (happened != requests_.end()) {
        Situations::Set cells = happened->second.cells;
        cells &= people.where_node_records(flow.on.nodes->when(act.actor), act.actor);
        set_off |= cells;
        if (!cells.empty()) first = std::min(first, happened->second.first);
      }
    } else {
      add(requests_, act.actor.index(), 0);
    }
  }
  if (set_off.empty()) return false;
  // The actor must hold some of it at that moment.
  const CategorySet& needed = query ? flow.keys : flow.data;
  if (!query || !needed.empty()) {
    Situations::Set holds = people.nobody();
    double held = forever;
    for (const std::size_t h : held_by_[act.actor.index()]) {
      const Possession& at = out_.holdings_[h];
      if (!needed.contains(at.what.category)) continue;
      holds |= at.cells;
      held = std::min(held, at.earliest);
    }
    set_off &= people.same_truth(holds);
    first = std::max(first, held);
  }
  set_off &= act.when;
  const Situations::Set enabled = people.same_truth(people.later(set_off));
  const double ready = first + shortest(flow.after);
  if (act.enabled.contains_all(enabled) && act.ready <= ready) return false;
  act.enabled |= enabled;
  act.ready = std::min(act.ready, ready);
  return true;
}

void WorldOfActs::look_at(Between& act) {
  (void)enable(act);
  if (act.enabled.empty() || act.ready > out_.verdicts_.end()) return;
  const Flow& flow = world_.flows[act.flow];
  const bool query = words_.root(flow.action) == RootAction::query;
  if (query) ask(act);
  const std::vector<std::size_t> holdings = held_by_[act.from.index()];
  for (const std::size_t number : holdings) {
    const Possession held = out_.holdings_[number];
    if (!flow.data.contains(held.what.category) || !held.cells.intersects(act.enabled)) continue;
    if (query)
      answer(act, held, number);
    else
      disclose(act, held, number);
  }
}

void WorldOfActs::happens(std::map<std::pair<std::size_t, std::size_t>, Happened>& where,
                          std::size_t node, std::size_t what, const Situations::Set& cells,
                          double first) {
  const auto [entry, is_new] =
      where.try_emplace({node, what}, Happened{out_.situations_.nobody(), forever});
  Happened& happened = entry->second;
  if (happened.cells.contains_all(cells) && happened.first <= first) return;
  happened.cells |= cells;
  happened.first = std::min(happened.first, first);
  changed_nodes_.insert(node);
}

/// Takes in an arrival, with what it sets off.
bool WorldOfActs::take(Derivations::Arrival arrival) {
  if (arrival.cells.empty()) return false;
  const Hop hop = arrival.hop;
  const NodeId recipient = arrival.what.holder;
  const Situations::Set cells = arrival.cells;
  const double first = arrival.from + hop.quickest;
  const std::size_t before = out_.holdings_.size();
  const CategoryId category = arrival.what.category;
  const bool changed = out_.arrive(std::move(arrival));
  for (std::size_t h = before; h < out_.holdings_.size(); ++h)
    held_by_[recipient.index()].push_back(h);
  if (changed) changed_nodes_.insert(recipient.index());
  // Keys set off requests only: see show_keys.
  if (hop.kind == HopKind::key) return changed;
  // Why later ones, too: on the way the person's status may change.
  const Situations::Set about = out_.situations_.same_truth(out_.situations_.later(cells));
  happens(receipts_, recipient.index(), category.index(), about, first);
  if (hop.kind == HopKind::hit)
    happens(hits_, recipient.index(), hop.sender->index(), about, first);
  return changed;
}

void WorldOfActs::disclose(const Between& act, const Possession& held, std::size_t number) {
  const Flow& flow = world_.flows[act.flow];
  if (out_.keeps_back(held, flow.purpose)) return;
  const Verdicts::Asked asked = out_.asked_of(held, flow.action, act.to, flow.purpose);
  for (const Outcome& outcome : out_.verdicts_.outcomes(asked, occasions_[act.flow])) {
    const auto window = out_.window(held, outcome, act.ready);
    if (outcome.anonymous || !window) continue;
    Derivations::Arrival arrival;
    Hop& hop = arrival.hop;
    hop.kind = HopKind::disclosed;
    hop.from = number;
    hop.sender = act.from;
    hop.action = flow.action;
    hop.purpose = flow.purpose;
    hop.decided = held.what.category;
    hop.provenance = held.what.provenance;
    hop.outcome = &outcome;
    hop.enabled = act.enabled;
    hop.ready = act.ready;
    hop.flow = act.flow;
    if (flow.via) {
      const Duration& latency = world_.channels[flow.via->index()].latency;
      hop.quickest = shortest(latency);
      hop.slowest = world_.channels[flow.via->index()].bandwidth ? forever : longest(latency);
    }
    hop.keep_days = outcome.keep_days;
    arrival.what = {
        act.to, held.what.category,
        out_.verdicts_.handed_on(held.what.provenance, act.from, outcome.travels, flow.purpose),
        held.what.recorder, false};
    arrival.cells = held.cells;
    arrival.cells &= outcome.cells;
    arrival.cells &= act.enabled;
    arrival.from = window->first;
    arrival.until = window->second;
    (void)take(std::move(arrival));
  }
}

void WorldOfActs::answer(const Between& act, const Possession& held, std::size_t number) {
  const Flow& flow = world_.flows[act.flow];
  if (out_.keeps_back(held, flow.purpose)) return;
  const Verdicts::Asked asked = out_.asked_of(held, flow.action, act.to, flow.purpose);
  for (const Outcome& outcome : out_.verdicts_.outcomes(asked, occasions_[act.flow])) {
    const auto window = out_.window(held, outcome, act.ready);
    Situations::Set cells = held.cells;
    cells &= outcome.cells;
    cells &= act.enabled;
    if (!window || cells.empty()) continue;
    show_keys(act, cells);
    if (outcome.anonymous) continue;
    for (const HopKind kind : {HopKind::hit, HopKind::answered}) {
      if (kind == HopKind::answered && outcome.hit_only) continue;
      Derivations::Arrival arrival;
      Hop& hop = arrival.hop;
      hop.kind = kind;
      hop.from = number;
      hop.sender = act.from;
      hop.action = flow.action;
      hop.purpose = flow.purpose;
      hop.decided = held.what.category;
      hop.provenance = held.what.provenance;
      hop.outcome = &outcome;
      hop.enabled = act.enabled;
      hop.ready = act.ready;
      hop.flow = act.flow;
      if (flow.via) {
        const Duration& latency = world_.channels[flow.via->index()].latency;
        hop.quickest = shortest(latency);
        hop.slowest = world_.channels[flow.via->index()].bandwidth ? forever : longest(latency);
      }
      hop.keep_days = outcome.keep_days;
      arrival.what = {
          act.to, kind == HopKind::hit ? Vocabulary::hit : held.what.category,
          out_.verdicts_.handed_on(held.what.provenance, act.from, outcome.travels, flow.purpose),
          held.what.recorder, false};
      arrival.cells = cells;
      arrival.from = window->first;
      arrival.until = window->second;
      (void)take(std::move(arrival));
    }
    if (outcome.verified)
      bring_no_hit(act, &held, asked, outcome, cells, window->first, out_.verdicts_.end());
  }
}

/// A query where nothing is held, or nothing is found.
void WorldOfActs::ask(const Between& act) {
  const Flow& flow = world_.flows[act.flow];
  flow.data.for_each([&](CategoryId category) {
    if (category.index() >= words_.categories.size()) return;
    const Verdicts::Asked asked{flow.action, act.from, act.to,   flow.purpose,
                                category,    0,        act.from, false};
    for (const Outcome& outcome : out_.verdicts_.outcomes(asked, occasions_[act.flow])) {
      Situations::Set cells = out_.situations_.recorded_by(act.from);
      cells &= outcome.cells;
      cells &= act.enabled;
      const double from = std::max(outcome.from, act.ready) + outcome.notify_days;
      const double until = outcome.waits ? out_.verdicts_.end() : outcome.before;
      if (cells.empty() || from > until) continue;
      show_keys(act, cells);
      if (!outcome.anonymous) bring_no_hit(act, nullptr, asked, outcome, cells, from, until);
    }
  });
}

void WorldOfActs::bring_no_hit(const Between& act, const Possession* held,
                               const Verdicts::Asked& asked, const Outcome& outcome,
                               const Situations::Set& cells, double from, double until) {
  const Flow& flow = world_.flows[act.flow];
  Derivations::Arrival arrival;
  Hop& hop = arrival.hop;
  hop.kind = HopKind::no_hit;
  hop.sender = act.from;
  hop.action = flow.action;
  hop.purpose = flow.purpose;
  hop.decided = asked.category;
  hop.provenance = asked.provenance;
  hop.asked_under = &outcome;
  hop.enabled = out_.situations_.same_truth(cells);
  hop.enabled &= out_.situations_.recorded_by(act.from);
  hop.ready = from;
  hop.flow = act.flow;
  if (flow.via) {
    const Duration& latency = world_.channels[flow.via->index()].latency;
    hop.quickest = shortest(latency);
    hop.slowest = world_.channels[flow.via->index()].bandwidth ? forever : longest(latency);
  }
  const std::uint32_t provenance =
      out_.verdicts_.handed_on(0, act.from, outcome.travels, flow.purpose);
  hop.keep_days = outcome.keep_days;
  if (held != nullptr && out_.verdicts_.binds(act.to)) {
    Verdicts::Asked keeping = asked;
    keeping.action = ActionId(static_cast<std::size_t>(RootAction::retain));
    keeping.provenance = provenance;
    keeping.recorder = act.from;
    hop.keep_days = out_.verdicts_.keep_days(keeping, {outcome.facts, outcome.facts, outcome.via},
                                             out_.situations_.later(hop.enabled), outcome.from,
                                             out_.verdicts_.end());
  }
  arrival.what = {act.to, Vocabulary::no_hit, provenance, act.from, false};
  arrival.cells = hop.enabled;
  arrival.from = from;
  arrival.until = until;
  (void)take(std::move(arrival));
}

/// The keys of a query that goes, and what their arrival sets off.
void WorldOfActs::show_keys(const Between& act, const Situations::Set& cells) {
  const Flow& flow = world_.flows[act.flow];
  if (flow.blind) return;
  const Situations::Set asked_about = out_.situations_.same_truth(out_.situations_.later(cells));
  happens(requests_, act.from.index(), 0, asked_about, act.ready);
  const std::vector<std::size_t> holdings = held_by_[act.to.index()];
  const ActionId show(static_cast<std::size_t>(RootAction::disclose));
  for (const std::size_t number : holdings) {
    const Possession held = out_.holdings_[number];
    if (!flow.keys.contains(held.what.category)) continue;
    const Verdicts::Asked asked = out_.asked_of(held, show, act.from, flow.purpose);
    Derivations::Arrival arrival;
    Hop& hop = arrival.hop;
    hop.enabled = out_.verdicts_.showable(asked, occasions_[act.flow]);
    hop.enabled &= asked_about;
    arrival.cells = held.cells;
    arrival.cells &= hop.enabled;
    if (arrival.cells.empty()) continue;
    hop.kind = HopKind::key;
    hop.from = number;
    hop.sender = act.to;
    hop.action = flow.action;
    hop.purpose = flow.purpose;
    hop.decided = held.what.category;
    hop.provenance = held.what.provenance;
    hop.ready = act.ready;
    hop.flow = act.flow;
    arrival.what = {act.from, held.what.category,
                    out_.verdicts_.handed_on(held.what.provenance, act.to, {}, flow.purpose),
                    held.what.recorder, false};
    arrival.from = std::max(act.ready, held.earliest);
    arrival.until = held.latest;
    arrival.view = true;
    if (arrival.from <= arrival.until) (void)take(std::move(arrival));
  }
}

}  // namespace onward
