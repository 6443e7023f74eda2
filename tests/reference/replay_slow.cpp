// SPDX-License-Identifier: Apache-2.0
#include "tests/reference/replay_slow.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <stdexcept>

#include "sim/random/distributions.hpp"
#include "tests/reference/replay_unit.hpp"

namespace onward::reference {
namespace {

int class_of(Kind kind) {
  switch (kind) {
    case Kind::stock: return 0;
    case Kind::expiry: return 1;
    case Kind::completion:
    case Kind::end_of_notice: return 2;
    case Kind::periodic:
    case Kind::rule_start: return 3;
    case Kind::entry: return 4;
    case Kind::journey:
    case Kind::dispatch:
    case Kind::ex_post:
    case Kind::harm: return 5;
    case Kind::arrival: return 6;
    case Kind::desk_act: return 8;
  }
  return 0;
}

Hash visit_lineage(const std::string& state, std::uint64_t k) {
  return fold(hash_of("visit"), hash_of(state), k);
}

}  // namespace

UnitReplay::UnitReplay(const Scenario& scenario, std::size_t policy, std::uint32_t replication,
                       std::optional<int> people, bool with_trace)
    : scenario_(scenario),
      words_(scenario.vocabulary),
      world_(scenario.world),
      population_(scenario.population),
      policy_(scenario.policies[policy]),
      compiled_(scenario.compiled[policy]),
      replication_(replication),
      with_trace_(with_trace),
      horizon_(scenario.experiment.horizon_days) {
  for (const Flow& f : world_.flows)
    if (f.via && world_.channels[f.via->index()].bandwidth)
      throw std::logic_error("the reference knows no bandwidth");
  count_people(people);
  make_people();
  make_desks();
}

const std::string& UnitReplay::name(NodeId id) const {
  return world_.node_names.name(id);
}

const std::string& UnitReplay::name(CategoryId id) const {
  return words_.category_names.name(id);
}

Hash UnitReplay::desk_address(NodeId node, const std::string& desk) const {
  return fold(hash(node), hash_of(desk));
}

std::vector<CategoryId> UnitReplay::by_name(const CategorySet& categories) const {
  std::vector<CategoryId> sorted;
  for (std::size_t c = 0; c < words_.categories.size(); ++c)
    if (categories.contains(CategoryId(c))) sorted.emplace_back(c);
  std::sort(sorted.begin(), sorted.end(),
            [&](CategoryId a, CategoryId b) { return name(a) < name(b); });
  return sorted;
}

std::vector<NodeId> UnitReplay::nodes_by_name() const {
  std::vector<NodeId> sorted;
  for (std::size_t n = 0; n < world_.nodes.size(); ++n) sorted.emplace_back(n);
  std::sort(sorted.begin(), sorted.end(), [&](NodeId a, NodeId b) { return name(a) < name(b); });
  return sorted;
}

const Flow& UnitReplay::flow(const Message& m) const {
  return world_.flows[m.flow_index];
}

RootAction UnitReplay::root(const Message& m) const {
  return words_.root(flow(m).action);
}

bool UnitReplay::bound(NodeId node) const {
  return policy_.binds.contains(node.index());
}

// --- People (section 2) ---

void UnitReplay::count_people(std::optional<int> scaled_to) {
  double sum = 0;
  for (const Group& group : population_.groups) sum += group.people;
  for (const Group& group : population_.groups)
    members_.push_back(
        scaled_to && group.people > 0
            ? std::max(1, static_cast<int>(std::round(group.people * (*scaled_to / sum))))
            : group.people);
}

void UnitReplay::make_people() {
  for (std::size_t g = 0; g < population_.groups.size(); ++g) add_group(g);
  make_ties();
  // Contract: nothing is said of ties of the cast; they have none.
  if (replication_ == 0)
    for (const CastMember& member : population_.cast) add_cast(member);
  make_units();
}

Person& UnitReplay::add_person(std::size_t group, const std::string& group_name,
                               std::uint32_t index, const CastMember* cast) {
  people_.push_back(std::make_unique<Person>());
  Person& p = *people_.back();
  p.group_name = group_name;
  p.group = group;
  p.index = index;
  p.cast = cast;
  p.luck = Luck({scenario_.experiment.seed, replication_}, hash_of(group_name), index);
  p.life = LifeHash(hash_of(group_name), index);
  for (const AttributeOfGroup& of : population_.groups[group].attributes) {
    const std::string& attribute = words_.attribute_names.name(of.attribute);
    const Attribute& about = words_.attributes[of.attribute.index()];
    if (of.value) {
      p.truth.push_back(*of.value);
      continue;
    }
    std::vector<Option> options;
    for (const auto& [value, chance] : of.shares)
      options.push_back({hash_of(about.values.name(value)), chance.value});
    p.truth.push_back(
        of.shares[choose(options, p.luck, site("attribute", hash_of(attribute)))].first);
  }
  if (cast != nullptr)
    for (const auto& [attribute, value] : cast->attributes) p.truth[attribute.index()] = value;
  p.set_by.resize(p.truth.size());
  p.visits.resize(population_.journeys[population_.groups[group].journey].states.size());
  for (const Harm& harm : scenario_.outcomes.harms) {
    HarmOfPerson of;
    of.threshold = exponential(p.luck.uniform(site("harm", hash_of(harm.id))));
    of.held_before.resize(harm.raised.size());
    p.harms.push_back(std::move(of));
  }
  p.benefit_held_before.resize(scenario_.outcomes.benefits.size());
  p.benefit_had.resize(scenario_.outcomes.benefits.size());
  return p;
}

void UnitReplay::add_group(std::size_t g) {
  const Group& group = population_.groups[g];
  const double window = group.enter_until - group.enter_from;
  std::vector<Person*> members;
  if (!group.poisson) {
    for (int i = 0; i < members_[g]; ++i) {
      Person& p = add_person(g, group.id, static_cast<std::uint32_t>(i), nullptr);
      members.push_back(&p);
      schedule_life(p, group.enter_from + window * p.luck.uniform(site("entry")));
    }
  } else if (members_[g] > 0) {
    // Contract: the window alone says how many come, `people` is their expected number.
    const double length = window == 0 ? 1 : window;
    double at = window == 0 ? 0 : group.enter_from;
    for (std::uint32_t i = 0;; ++i) {
      const Luck luck({scenario_.experiment.seed, replication_}, hash_of(group.id), i);
      at += exponential(luck.uniform(site("gap"))) * length / members_[g];
      if (at > (window == 0 ? 1 : group.enter_until)) break;
      Person& p = add_person(g, group.id, i, nullptr);
      members.push_back(&p);
      schedule_life(p, window == 0 ? group.enter_from : at);
    }
  }
  group_members_.push_back(std::move(members));
}

void UnitReplay::add_cast(const CastMember& member) {
  const Group& group = population_.groups[member.group];
  Person& p = add_person(member.group, "cast/" + member.name, 0, &member);
  const double drawn =
      group.enter_from + (group.enter_until - group.enter_from) * p.luck.uniform(site("entry"));
  schedule_life(p, member.enter_day.value_or(drawn));
}

void UnitReplay::make_ties() {
  for (std::size_t l = 0; l < population_.links.size(); ++l) {
    const Link& link = population_.links[l];
    const std::vector<Person*>& with = group_members_[link.with];
    const Hash where = site("tie", hash_of(link.id));
    for (Person* p : group_members_[link.of]) {
      if (p->luck.uniform(where) >= value_or_one(link.chance)) continue;
      const auto number =
          static_cast<std::size_t>(std::floor(p->luck.uniform(where, 1) * members_[link.with]));
      // Contract: somebody whose life never begins, not even with stock, never comes.
      if (number >= with.size() || with[number] == p || !with[number]->comes) continue;
      Person* other = with[number];
      p->tied.emplace_back(l, other);
      other->tied.emplace_back(l, p);
    }
  }
}

void UnitReplay::make_units() {
  std::set<Person*> done;
  for (const auto& first : people_) {
    if (done.contains(first.get())) continue;
    std::vector<Person*> unit{first.get()};
    done.insert(first.get());
    for (std::size_t i = 0; i < unit.size(); ++i)
      for (const auto& [link, other] : unit[i]->tied)
        if (done.insert(other).second) unit.push_back(other);
    for (Person* p : unit) p->unit = units_.size();
    units_.push_back(std::move(unit));
  }
}

void UnitReplay::schedule_life(Person& p, double enters) {
  const Journey& journey = population_.journeys[population_.groups[p.group].journey];
  p.comes = enters <= horizon_;
  p.next_move = schedule(p, enters, Kind::entry, visit_lineage(journey.states[journey.first].id, 1),
                         0, [this, &p, &journey] { enter_state(p, journey.first); });
  for (const Stock& stock : population_.stock)
    if (stock.group == p.group &&
        p.luck.uniform(site("stock", hash_of(stock.id))) < value_or_one(stock.chance)) {
      schedule(p, 0, Kind::stock, hash_of("stock"), 0, [this, &p] { enter_stock(p); });
      p.comes = true;
      break;
    }
  schedule_dates(p);
}

// --- Dates (section 5) ---

void UnitReplay::schedule_dates(Person& p) {
  for (std::size_t f = 0; f < world_.flows.size(); ++f) {
    const Trigger& on = world_.flows[f].on;
    if (on.kind == Trigger::Kind::periodic) schedule_periodic(p, f, 1);
    if (on.kind != Trigger::Kind::rule_start) continue;
    // Contract: a flow that names several rules starts on the first day of each.
    std::set<std::int32_t> days;
    for (const std::string& rule : on.rules)
      if (const auto day = first_day(rule)) days.insert(*day);
    for (const std::int32_t day : days) {
      const double time = day - scenario_.experiment.start.days_since_1970();
      const Hash lineage = fold(hash_of("rule_start"), static_cast<Hash>(day));
      if (time >= 0)
        schedule(p, time, Kind::rule_start, fold(lineage, hash_of(world_.flow_names[f])), 0,
                 [this, &p, f, lineage] { take_date(p, f, lineage); });
    }
  }
}

void UnitReplay::schedule_periodic(Person& p, std::size_t f, std::uint64_t k) {
  const double time = static_cast<double>(k) * world_.flows[f].on.every_days;
  if (time > horizon_) return;
  const Hash lineage = fold(hash_of("periodic"), k);
  schedule(p, time, Kind::periodic, fold(lineage, hash_of(world_.flow_names[f])), 0,
           [this, &p, f, k, lineage] {
             schedule_periodic(p, f, k + 1);
             take_date(p, f, lineage);
           });
}

void UnitReplay::take_date(Person& p, std::size_t f, Hash lineage) {
  if (!p.in_life) return;
  set_off(p, lineage, 0, [&](const Flow& other, NodeId) { return &other == &world_.flows[f]; });
}

std::optional<std::int32_t> UnitReplay::first_day(const std::string& rule) const {
  for (const Rule& r : policy_.rules)
    if (r.id == rule) return r.in_force_from.value_or(scenario_.experiment.start).days_since_1970();
  return {};
}

void UnitReplay::enter_stock(Person& p) {
  std::vector<Stock> entries = population_.stock;
  std::sort(entries.begin(), entries.end(),
            [](const Stock& a, const Stock& b) { return a.id < b.id; });
  for (const Stock& stock : entries) {
    if (stock.group != p.group ||
        p.luck.uniform(site("stock", hash_of(stock.id))) >= value_or_one(stock.chance))
      continue;
    const Hash lineage = fold(hash_of("stock"), hash_of(stock.id));
    const double from =
        -draw(stock.collected_days_ago, p.luck, site("stock-age", hash_of(stock.id)));
    const std::size_t batch = ++batches_;
    for (const CategoryId category : by_name(stock.data)) {
      Copy copy;
      copy.category = category;
      copy.holder = copy.collector = stock.node;
      copy.from = from;
      copy.lineage = lineage;
      copy.purpose = stock.purpose;
      copy.batch = batch;
      const ActionId retain(static_cast<std::size_t>(RootAction::retain));
      copy.until =
          from + keep_days(p,
                           request(retain, {}, stock.node, stock.purpose, recorded(p, stock.node)),
                           category, {}, lineage);
      if (copy.until > 0) arise(p, copy);
    }
  }
  plan_expiries(p);
}

// --- Journeys (section 3) ---

void UnitReplay::enter_state(Person& p, std::size_t s) {
  const Journey& journey = population_.journeys[population_.groups[p.group].journey];
  const JourneyState& state = journey.states[s];
  p.next_move.reset();
  p.state = s;
  const std::uint64_t k = ++p.visits[s];
  const Hash visit = visit_lineage(state.id, k);

  std::vector<std::pair<AttributeId, ValueId>> sets = state.sets;
  std::sort(sets.begin(), sets.end(), [&](const auto& a, const auto& b) {
    return words_.attribute_names.name(a.first) < words_.attribute_names.name(b.first);
  });
  std::vector<std::pair<AttributeId, ValueId>> changes;
  for (const auto& [attribute, value] : sets) {
    if (p.truth[attribute.index()] == value) continue;
    p.truth[attribute.index()] = value;
    changes.emplace_back(attribute, value);
    record(p, "status",
           {words_.attribute_names.name(attribute),
            words_.attributes[attribute.index()].values.name(value)});
  }
  std::optional<NodeId> node = state.at;
  if (state.at_subject_node)
    node = state.at_subject_node
               ->node_of_value[p.truth[state.at_subject_node->attribute.index()].index()];
  for (const auto& [attribute, value] : sets) p.set_by[attribute.index()] = {true, node};

  if (node) {
    record(p, "encounter", {name(*node)});
    count_person_event(p);
    collect(p, state, *node, visit);
    set_off(p, visit, 0, [&](const Flow& f, NodeId actor) {
      return f.on.kind == Trigger::Kind::encounter && actor == *node &&
             (!f.on.nodes || selects(*f.on.nodes, *node, p.truth));
    });
  }
  for (const auto& [attribute, value] : changes)
    set_off(p, visit, 0, [&, a = attribute, v = value](const Flow& f, NodeId) {
      return f.on.kind == Trigger::Kind::status && f.on.attribute == a &&
             f.on.values.contains(v.index());
    });
  go_on(p, s, k, visit);
}

void UnitReplay::collect(Person& p, const JourneyState& state, NodeId node, Hash lineage) {
  const ActionId act(static_cast<std::size_t>(RootAction::collect));
  const ActionId retain(static_cast<std::size_t>(RootAction::retain));
  const AttributeValues values = recorded(p, node);
  const std::size_t batch = ++batches_;
  for (const CategoryId category : by_name(state.collects)) {
    const Explanation answer =
        compiled_.explain(request(act, {}, node, state.purpose, values), category);
    if (answer.verdict == Verdict::deny) continue;
    Copy copy;
    copy.category = category;
    copy.holder = copy.collector = node;
    copy.from = now_;
    copy.lineage = lineage;
    copy.purpose = state.purpose;
    copy.batch = batch;
    // Contract: the permit to collect adds its travelling duties too, with the purpose of
    // collection.
    copy.provenance = with_duties({}, answer, state.purpose);
    Request keep = request(retain, {}, node, state.purpose, values);
    keep.provenance = copy.provenance;
    copy.until = now_ + keep_days(p, keep, category, {}, lineage);
    arise(p, copy);
  }
  plan_expiries(p);
}

void UnitReplay::go_on(Person& p, std::size_t s, std::uint64_t k, Hash visit) {
  const Journey& journey = population_.journeys[population_.groups[p.group].journey];
  const JourneyState& state = journey.states[s];
  if (state.next.empty()) return;
  std::vector<Option> options;
  double rest = 1;
  for (const NextState& next : state.next) {
    options.push_back(
        {hash_of(journey.states[next.to].id), next.chance ? next.chance->value : rest});
    rest -= options.back().weight;
  }
  std::size_t way = choose(options, p.luck, site("next", hash_of(state.id), k));
  if (p.cast != nullptr)
    for (const auto& [from, to] : p.cast->choices)
      if (from == s)
        way = static_cast<std::size_t>(
            std::find_if(state.next.begin(), state.next.end(),
                         [&, to = to](const NextState& next) { return next.to == to; }) -
            state.next.begin());
  const NextState& next = state.next[way];
  const double dwell = draw(next.after, p.luck, site("dwell", hash_of(state.id), k));
  p.next_move = schedule(p, now_ + dwell, Kind::journey, visit, 0,
                         [this, &p, to = next.to] { enter_state(p, to); });
}

// --- The list of events (sections 9 and 10) ---

EventKey UnitReplay::schedule(Person& p, double time, Kind kind, Hash lineage, Hash part,
                              std::function<void()> act) {
  const EventKey key{time, class_of(kind), p.luck.tie(lineage), lineage, part, kind, ++made_};
  events_.emplace(key, Event{&p, std::move(act)});
  return key;
}

void UnitReplay::unschedule(std::optional<EventKey>& key) {
  if (key) events_.erase(*key);
  key.reset();
}

void UnitReplay::record(Person& p, const char* word, std::initializer_list<std::string> names) {
  p.life.add(hash_of(word), now_);
  for (const std::string& each : names) p.life.add(hash_of(each));
  if (!with_trace_) return;
  std::array<char, 40> time{};
  std::snprintf(time.data(), time.size(), "%.17g", now_);
  std::string line = p.group_name + ":" + std::to_string(p.index) + " " + word + " " + time.data();
  for (const std::string& each : names) line += " " + each;
  result_.trace.push_back(std::move(line));
}

void UnitReplay::count_person_event(const Person& p) {
  if (p.cast == nullptr) ++result_.person_events;
}

SlowReplay UnitReplay::run() {
  for (const Benefit& benefit : scenario_.outcomes.benefits) result_.benefits[benefit.id] = 0;
  while (!events_.empty() && events_.begin()->first.time <= horizon_) {
    const auto first = events_.extract(events_.begin());
    now_ = first.key().time;
    Person& p = *first.mapped().person;
    arisen_.clear();
    const Kind kind = first.key().kind;
    // Why: a date before a life is no event of it.
    const bool is_date = kind == Kind::periodic || kind == Kind::rule_start;
    if (!p.in_life && !is_date) {
      p.in_life = true;
      for (HarmOfPerson& harm : p.harms) harm.since = now_;
    }
    first.mapped().act();
    if (!p.in_life) continue;
    for (Person* each : units_[p.unit])
      if (each->in_life) evaluate(*each);
    arrange_desk_acts();
  }
  for (const auto& desk : desks_)
    for (const auto& one : desk->in_service)
      if (!one->shadow) result_.busy_days += horizon_ - one->started;
  for (const auto& p : people_) {
    if (p->cast != nullptr) continue;
    result_.digest += p->life.digest();
    if (!p->in_life) continue;
    for (std::size_t h = 0; h < p->harms.size(); ++h) {
      const HarmOfPerson& of = p->harms[h];
      const double accumulated = of.accumulated + of.hazard * (horizon_ - of.since);
      result_.harms[scenario_.outcomes.harms[h].id].emplace_back(
          of.happened ? 1 : 0, std::min(accumulated, of.threshold));
    }
  }
  return std::move(result_);
}

SlowReplay replay_slow(const Scenario& scenario, std::size_t policy, std::uint32_t replication,
                       std::optional<int> people, bool with_trace) {
  return UnitReplay(scenario, policy, replication, people, with_trace).run();
}

}  // namespace onward::reference
