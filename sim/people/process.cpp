// SPDX-License-Identifier: Apache-2.0
#include "sim/people/process.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "sim/people/process_notes.hpp"

namespace onward {
namespace {

EventClass class_of(EventKind kind) {
  switch (kind) {
    case EventKind::stock: return EventClass::stock;
    case EventKind::expiry: return EventClass::expiry;
    case EventKind::completion:
    case EventKind::notice_end: return EventClass::completion;
    case EventKind::periodic:
    case EventKind::rule_start: return EventClass::calendar;
    case EventKind::entry: return EventClass::entry;
    case EventKind::move:
    case EventKind::dispatch:
    case EventKind::ask_afterwards:
    case EventKind::crossing: return EventClass::own;
    case EventKind::arrival: return EventClass::arrival;
    case EventKind::start: return EventClass::desk;
  }
  return EventClass::own;
}

/// Far more than any fan of messages, and soon reached by who goes round in no time.
constexpr std::uint32_t most_at_one_moment = 1'000'000;

bool later(const Event& a, const Event& b) {
  return b.before(a);
}

}  // namespace

Process::Process(const Plan& plan, const Staffing& staffing, Alternatives& alternatives,
                 Counter& counter, std::vector<std::string>* trace, Narrator* narrator)
    : plan_(plan),
      staffing_(staffing),
      counter_(counter),
      trace_(trace),
      narrator_(narrator),
      alternatives_(alternatives) {}

void Process::tell(const Person& person, const Alternatives::Question& question, Hash lineage,
                   std::int64_t flow, bool done, bool barred) const {
  if (narrator_ == nullptr || !narrator_->follows(person)) return;
  Narrator::Decided decided;
  decided.request = alternatives_.request(question);
  decided.category = question.category;
  decided.time = question.at;
  decided.lineage = lineage;
  if (flow >= 0) decided.flow = static_cast<std::uint32_t>(flow);
  decided.done = done;
  decided.barred = barred;
  narrator_->decided(person, decided);
}

void Process::tell_stopped(const Person& person, const Message& message, Stopped how,
                           double time) const {
  if (narrator_ != nullptr && narrator_->follows(person))
    narrator_->stopped(person, message, how, time);
}

Event Process::event_at(const Life& life, std::uint16_t member, double time, EventKind kind,
                        Hash lineage, Hash part) const {
  Event event;
  event.time = time;
  event.tie = life.members[member].luck.tie(lineage);
  event.part = part;
  event.member = member;
  event.cls = class_of(kind);
  event.kind = kind;
  return event;
}

void Process::push(Life& life, Event event) {
  // Why drop: nothing happens after the horizon.
  if (event.time > plan_.model.horizon_days) return;
  life.events.push_back(event);
  std::push_heap(life.events.begin(), life.events.end(), later);
}

void Process::add_member(Life& life, Replication replication, std::uint32_t group,
                         std::uint32_t index, std::int32_t cast, double entry) {
  const auto member = static_cast<std::uint16_t>(life.members.size());
  Person& person = life.add();
  const Population& population = *plan_.model.population;
  const Hash name = cast < 0
                        ? plan_.group_names[group]
                        : hash_of("cast/" + population.cast[static_cast<std::size_t>(cast)].name);
  person.group = group;
  person.index = index;
  person.cast = cast;
  person.luck = Luck(replication, name, index);
  person.entry = entry;
  person.hash = LifeHash(name, index);
  const auto& attributes = plan_.group_attributes[group];
  for (std::size_t a = 0; a < attributes.size(); ++a) {
    const auto& of = attributes[a];
    const std::size_t chosen =
        of.things.size() == 1
            ? 0
            : choose(of.options, person.luck, site("attribute", plan_.attribute_names[a]));
    person.values.push_back(of.things[chosen]);
  }
  if (cast >= 0)
    for (const auto& [attribute, value] :
         population.cast[static_cast<std::size_t>(cast)].attributes)
      person.values[attribute.index()] = value;
  person.recorder.assign(attributes.size(), -1);
  const std::size_t journey = population.groups[group].journey;
  person.visits_of.assign(plan_.states[journey].size(), 0);
  person.before.assign(plan_.memories, 0);
  person.benefits.assign(plan_.benefits.size(), 0);
  person.benefit_times.assign(plan_.benefits.size(), -1);
  for (const HarmPlan& harm : plan_.harms)
    person.harms.emplace_back().threshold =
        exponential(person.luck.uniform(site("harm", harm.name)));

  const std::size_t first = population.journeys[journey].first;
  push(life, event_at(life, member, entry, EventKind::entry,
                      site("visit", plan_.states[journey][first].name, 1U)));
  if (has_stock(population, group, person.luck))
    push(life, event_at(life, member, 0, EventKind::stock, site("stock")));
}

/// The first event of a person: hazards begin to run, and dates to come.
void Process::begin(Life& life, std::uint16_t member, bool by_entry) {
  Person& person = life.members[member];
  if (person.begun) return;
  person.begun = true;
  person.changed = true;
  for (HarmState& harm : person.harms) harm.since = life.now;
  const auto add = [&](double day, EventKind kind, std::size_t flow, std::uint32_t k,
                       Hash trigger) {
    Event event = event_at(life, member, day, kind, fold(trigger, plan_.flows[flow].name));
    event.subject = static_cast<std::uint32_t>(flow);
    event.stamp = k;
    push(life, event);
  };
  // Dates come before entries at the same moment, and after stock.
  const auto past = [&](double day) { return by_entry ? day <= life.now : day < life.now; };
  for (const Dated& dated : plan_.periodic) {
    auto k = static_cast<std::uint32_t>(life.now / dated.day);
    while (k == 0 || past(k * dated.day)) ++k;
    for (const std::size_t flow : dated.flows)
      add(k * dated.day, EventKind::periodic, flow, k, site("periodic", k));
  }
  for (std::size_t d = 0; d < plan_.rule_starts.size(); ++d) {
    const Dated& dated = plan_.rule_starts[d];
    if (past(dated.day)) continue;
    for (const std::size_t flow : dated.flows)
      add(dated.day, EventKind::rule_start, flow, static_cast<std::uint32_t>(d), dated.trigger);
  }
}

std::runtime_error Process::time_stands_still(const Life& life, const Event& event) const {
  const Person& person = life.members[event.member];
  const Group& group = plan_.model.population->groups[person.group];
  const Journey& journey = plan_.model.population->journeys[group.journey];
  std::array<char, 40> day{};
  std::snprintf(day.data(), day.size(), "%.6g", life.now);
  return std::runtime_error("time stands still on day " + std::string(day.data()) +
                            " for somebody in the group `" + group.id + "`, in the state `" +
                            journey.states[person.state].id + "` of the journey `" + journey.id +
                            "`: give the states that follow one another a longer `after_days`");
}

void Process::step(Life& life) {
  std::pop_heap(life.events.begin(), life.events.end(), later);
  const Event event = life.events.back();
  life.events.pop_back();
  life.still = event.time == life.now ? life.still + 1 : 0;
  if (life.still > most_at_one_moment) throw time_stands_still(life, event);
  life.now = event.time;
  if (event.kind == EventKind::start) {
    // Why nothing more: it changes nothing that a condition could ask about.
    start(life, event.subject, event.time);
    return;
  }
  for (Person& person : life.members) {
    person.brought.clear();
    person.first_new = static_cast<std::uint32_t>(person.copies.size());
    if (person.last_view >= 0 && person.last_view < life.now) {
      std::erase_if(person.held, [&](const Held& held) {
        const Copy& copy = person.copies[held.copy];
        return copy.view() && copy.from < life.now;
      });
      person.last_view = -1;
    }
  }
  Person& person = life.members[event.member];
  switch (event.kind) {
    case EventKind::stock:
      begin(life, event.member, false);
      place_stock(life, event.member);
      break;
    case EventKind::expiry: expire(life, event); break;
    case EventKind::completion: complete(life, event.subject); break;
    case EventKind::notice_end: go(life, event.subject); break;
    case EventKind::periodic:
    case EventKind::rule_start: trigger_date(life, event); break;
    case EventKind::entry:
      begin(life, event.member, true);
      if (!person.journey_over && person.moves == 0)
        enter(life, event.member,
              static_cast<std::uint32_t>(
                  plan_.model.population
                      ->journeys[plan_.model.population->groups[person.group].journey]
                      .first));
      break;
    case EventKind::move:
      if (event.stamp == person.moves) enter(life, event.member, event.subject);
      break;
    case EventKind::dispatch: dispatch(life, event.subject); break;
    case EventKind::ask_afterwards: proceed(life, event.subject); break;
    case EventKind::crossing: cross(life, event); break;
    case EventKind::arrival: arrive(life, event.subject); break;
    case EventKind::start: break;
  }
  evaluate(life);
}

}  // namespace onward
