// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>

#include "sim/scenario/read.hpp"

namespace onward {
namespace {

template <class T>
std::vector<std::string> ids_of(const std::vector<T>& things) {
  std::vector<std::string> ids;
  for (const T& thing : things) ids.push_back(thing.id);
  return ids;
}

template <class T>
std::optional<std::size_t> index_of(const std::vector<T>& things, const Value& name,
                                    std::string_view what, ScenarioReader& reader) {
  for (std::size_t i = 0; i < things.size(); ++i)
    if (things[i].id == name.text) return i;
  reader.unknown(what, name.text, name.place, ids_of(things), std::string(what) + "s");
  return {};
}

void read_state(const Member& entry, JourneyState& state, ScenarioReader& reader) {
  const Value& value = entry.value;
  state.label = Reader::label(entry);
  if (const Value* at = value.find("at")) {
    if (at->text.rfind("subject.", 0) == 0)
      state.at_subject_node = reader.subject_node(*at);
    else
      state.at = reader.node(*at);
  }
  state.collects = reader.categories(value.find("collects"));
  if (state.collects.contains(Vocabulary::hit) || state.collects.contains(Vocabulary::no_hit))
    reader.error(value.find("collects")->place, "`hit` and `no_hit` cannot be collected",
                 "they are the answer to a query");
  if (const Value* purpose = value.find("purpose"))
    if (const auto id = reader.purpose(*purpose)) state.purpose = *id;
  if (const Value* sets = value.find("set"))
    for (const Member& set : sets->members)
      if (const auto attribute = reader.attribute(set.key, set.key_place))
        if (const auto id = reader.value_of(*attribute, set.value.text, set.value.place))
          state.sets.emplace_back(*attribute, *id);
}

void check_chances(const Value& list, ScenarioReader& reader) {
  double sum = 0;
  std::size_t without = 0;
  for (const Value& way : list.items) {
    const Value* chance = way.find("chance");
    if (chance == nullptr) {
      ++without;
      if (&way != &list.items.back())
        reader.error(way.place, "only the last way on can do without `chance`",
                     "it takes what is left");
    } else {
      sum += chance->find("value")->number;
    }
  }
  if (sum > 1 + 1e-9 || (without == 0 && std::abs(sum - 1) > 1e-9)) {
    std::array<char, 32> shown{};
    std::snprintf(shown.data(), shown.size(), "%.6g", sum);
    reader.error(list.place,
                 "the chances add up to " + std::string(shown.data()) +
                     (sum > 1 ? ", more than 1" : ", less than 1"),
                 "a last way on without `chance` takes what is left");
  }
}

void read_next(const Value& value, const Journey& journey, JourneyState& state,
               ScenarioReader& reader) {
  const Value* list = value.find("next");
  if (list == nullptr) return;
  check_chances(*list, reader);
  for (const Value& way : list->items) {
    NextState next;
    const Value& to = *way.find("to");
    if (const auto index = index_of(journey.states, to, "state", reader)) next.to = *index;
    for (const Value* other = list->items.data(); other != &way; ++other)
      if (other->find("to")->text == to.text)
        reader.error(to.place, "two ways lead from " + ticked(state.id) + " to " + ticked(to.text),
                     "make one of the two, with the sum of their chances");
    next.after = reader.duration(way.find("after_days"));
    next.chance = reader.optional_claim(way.find("chance"));
    state.next.push_back(std::move(next));
  }
}

/// Whether a duration is 0 whatever is drawn.
bool takes_no_time(const Duration& duration) {
  switch (duration.shape) {
    case DurationShape::uniform: return duration.high <= 0;
    case DurationShape::empirical:
      return std::all_of(duration.values.begin(), duration.values.end(),
                         [](double value) { return value <= 0; });
    default: return duration.mean <= 0;
  }
}

/// The states from which nobody ever gets on in time: all ways that can be taken take none, and
/// lead to such states again. (The largest set of which that is so.)
std::vector<char> where_time_stands_still(const Journey& journey) {
  std::vector<char> still(journey.states.size(), 1);
  for (bool more = true; more;) {
    more = false;
    for (std::size_t s = 0; s < still.size(); ++s) {
      const std::vector<NextState>& ways = journey.states[s].next;
      double rest = 1;
      bool leads_out = ways.empty();
      for (const NextState& way : ways) {
        const double chance = way.chance ? way.chance->value : rest;
        rest -= chance;
        // Why a margin: what is left of 1 after several chances may be their rounding.
        if (chance > 1e-9) leads_out |= still[way.to] == 0 || !takes_no_time(way.after);
      }
      if (!still[s] || !leads_out) continue;
      still[s] = 0;
      more = true;
    }
  }
  return still;
}

void check_that_time_passes(const Value& states, const Journey& journey, ScenarioReader& reader) {
  const std::vector<char> still = where_time_stands_still(journey);
  const auto first = std::find(still.begin(), still.end(), 1);
  if (first == still.end()) return;
  const auto s = static_cast<std::size_t>(first - still.begin());
  reader.error(states.members[s].key_place,
               "from the state " + ticked(journey.states[s].id) +
                   " on people go from state to state for ever and no time passes",
               "give a way on `after_days`, or let one state be the last");
}

void check_reachable(const Value& states, const Journey& journey,
                     const std::set<std::string>& led_to_by_harm, ScenarioReader& reader) {
  std::set<std::size_t> reached{journey.first};
  for (std::size_t s = 0; s < journey.states.size(); ++s)
    if (led_to_by_harm.count(journey.states[s].id) > 0) reached.insert(s);
  std::vector<std::size_t> open(reached.begin(), reached.end());
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const NextState& next : journey.states[at].next)
      if (reached.insert(next.to).second) open.push_back(next.to);
  }
  for (std::size_t s = 0; s < journey.states.size(); ++s)
    if (reached.count(s) == 0)
      reader.error(states.members[s].key_place,
                   "nobody can reach the state " + ticked(journey.states[s].id),
                   "lead to it from a state after " + ticked(journey.states[journey.first].id) +
                       ", or delete it");
}

Journey journey(const Member& entry, const std::set<std::string>& led_to_by_harm,
                ScenarioReader& reader) {
  Journey journey;
  journey.id = entry.key;
  journey.label = Reader::label(entry);
  const Value& states = *entry.value.find("states");
  for (const Member& state : states.members) journey.states.emplace_back().id = state.key;
  const auto first = index_of(journey.states, *entry.value.find("first"), "state", reader);
  for (std::size_t s = 0; s < states.members.size(); ++s) {
    read_state(states.members[s], journey.states[s], reader);
    read_next(states.members[s].value, journey, journey.states[s], reader);
  }
  if (first) {
    journey.first = *first;
    check_reachable(states, journey, led_to_by_harm, reader);
  }
  check_that_time_passes(states, journey, reader);
  return journey;
}

void read_attributes(const Member& entry, Group& group, ScenarioReader& reader) {
  const Value* written = entry.value.find("attributes");
  if (written != nullptr)
    for (const Member& member : written->members)
      (void)reader.attribute(member.key, member.key_place);
  for (std::size_t a = 0; a < reader.vocabulary().attributes.size(); ++a) {
    AttributeOfGroup of{AttributeId(a), reader.vocabulary().attributes[a].initial, {}};
    const std::string& name = reader.vocabulary().attribute_names.names()[a];
    const Value* value = written == nullptr ? nullptr : written->find(name);
    const Attribute& attribute = reader.vocabulary().attributes[a];
    if (value == nullptr && !of.value && !attribute.broken)
      reader.error(entry.value.place,
                   "the group " + ticked(entry.key) + " has no value of " + ticked(name),
                   "add it to `attributes`, or give the attribute an `initial` value");
    if (value != nullptr && value->is(Value::Kind::string)) {
      of.value = reader.value_of(of.attribute, value->text, value->place);
    } else if (value != nullptr) {
      of.value.reset();
      reader.check_shares(*value);
      for (const Member& share : value->members) {
        const Claim chance = reader.claim(share.value);
        if (const auto id = reader.value_of(of.attribute, share.key, share.key_place))
          of.shares.emplace_back(*id, chance);
      }
    }
    group.attributes.push_back(std::move(of));
  }
}

void read_entry(const Value& value, Group& group, ScenarioReader& reader) {
  const double horizon = reader.out().experiment.horizon_days;
  const Value* day = value.find("enter_day");
  const Value* days = value.find("enter_days");
  group.enter_until = horizon;
  if (day != nullptr && days != nullptr)
    reader.error(days->place, "both `enter_day` and `enter_days` are given",
                 "delete one of the two");
  if (day != nullptr) group.enter_from = group.enter_until = day->number;
  if (days != nullptr) {
    group.enter_from = days->items[0].number;
    group.enter_until = days->items[1].number;
    if (group.enter_from > group.enter_until)
      reader.error(days->place, "the last day of entry is before the first");
  }
  if (horizon > 0 && group.enter_from >= horizon)
    reader.error((day != nullptr ? day : days)->place,
                 "this group enters after the horizon, so it never counts");
}

Group group(const Member& entry, const std::vector<Journey>& journeys, ScenarioReader& reader) {
  Group group;
  group.id = entry.key;
  group.label = Reader::label(entry);
  group.people = static_cast<int>(entry.value.find("people")->number);
  group.size = reader.optional_claim(entry.value.find("size"));
  group.poisson = Reader::text(entry.value, "arrivals") == "poisson";
  read_entry(entry.value, group, reader);
  read_attributes(entry, group, reader);
  if (const auto index = index_of(journeys, *entry.value.find("journey"), "journey", reader))
    group.journey = *index;
  return group;
}

void read_links(const Value* links, Population& population, ScenarioReader& reader) {
  if (links == nullptr) return;
  for (const Member& entry : links->members) {
    Link link{entry.key, Reader::label(entry), 0, 0,
              reader.optional_claim(entry.value.find("chance"))};
    const auto of = index_of(population.groups, *entry.value.find("of"), "group", reader);
    const auto with = index_of(population.groups, *entry.value.find("with"), "group", reader);
    link.of = of.value_or(0);
    link.with = with.value_or(0);
    population.links.push_back(std::move(link));
  }
}

void read_stock(const Value* stock, Population& population, ScenarioReader& reader) {
  if (stock == nullptr) return;
  for (const Member& entry : stock->members) {
    Stock copies;
    copies.id = entry.key;
    copies.label = Reader::label(entry);
    copies.group =
        index_of(population.groups, *entry.value.find("group"), "group", reader).value_or(0);
    if (const auto node = reader.node(*entry.value.find("node"))) copies.node = *node;
    copies.data = reader.categories(entry.value.find("data"));
    if (const auto purpose = reader.purpose(*entry.value.find("purpose")))
      copies.purpose = *purpose;
    copies.collected_days_ago = reader.duration(entry.value.find("collected_days_ago"));
    copies.chance = reader.optional_claim(entry.value.find("chance"));
    population.stock.push_back(std::move(copies));
  }
}

CastMember cast_member(const Member& entry, const Population& population, ScenarioReader& reader) {
  CastMember member;
  member.name = entry.key;
  member.story = Reader::text(entry.value, "story");
  const auto group = index_of(population.groups, *entry.value.find("group"), "group", reader);
  if (const Value* day = entry.value.find("enter_day")) {
    member.enter_day = day->number;
    if (day->number >= reader.scenario().experiment.horizon_days)
      reader.error(day->place, ticked(entry.key) + " enters after the horizon");
  }
  if (const Value* attributes = entry.value.find("attributes"))
    for (const Member& a : attributes->members)
      if (const auto attribute = reader.attribute(a.key, a.key_place))
        if (const auto value = reader.value_of(*attribute, a.value.text, a.value.place))
          member.attributes.emplace_back(*attribute, *value);
  if (!group) return member;
  member.group = *group;
  const Journey& journey = population.journeys[population.groups[*group].journey];
  if (const Value* choices = entry.value.find("choices"))
    for (const Member& choice : choices->members) {
      Value from;
      from.text = choice.key;
      from.place = choice.key_place;
      const auto state = index_of(journey.states, from, "state", reader);
      const auto next = index_of(journey.states, choice.value, "state", reader);
      if (!state || !next) continue;
      const std::vector<NextState>& ways = journey.states[*state].next;
      if (std::none_of(ways.begin(), ways.end(), [&](const NextState& n) { return n.to == *next; }))
        reader.error(choice.value.place,
                     ticked(choice.value.text) + " does not follow " + ticked(choice.key));
      else
        member.choices.emplace_back(*state, *next);
    }
  return member;
}

/// The states to which a harm leads.
std::set<std::string> states_after_harm(const Value& outcomes) {
  std::set<std::string> states;
  if (const Value* harms = outcomes.find("harms"))
    for (const Member& harm : harms->members)
      if (const Value* then = harm.value.find("then"))
        if (const Value* go = then->find("go")) states.insert(go->text);
  return states;
}

}  // namespace

void read_population(const Value& block, const Value* cast, const Value& outcomes,
                     ScenarioReader& reader) {
  Population& population = reader.out().population;
  const std::set<std::string> led_to_by_harm = states_after_harm(outcomes);
  if (const Value* journeys = block.find("journeys"))
    for (const Member& entry : journeys->members)
      population.journeys.push_back(journey(entry, led_to_by_harm, reader));
  int people = 0;
  if (const Value* groups = block.find("groups"))
    for (const Member& entry : groups->members) {
      population.groups.push_back(group(entry, population.journeys, reader));
      people = std::max(people, population.groups.back().people);
    }
  if (people == 0) {
    const Value* groups = block.find("groups");
    reader.error(groups == nullptr ? block.place : groups->place, "the population is empty",
                 "give at least one group with `people` of 1 or more");
  }
  if (population.groups.empty() || population.journeys.empty()) return;
  read_links(block.find("links"), population, reader);
  read_stock(block.find("stock"), population, reader);
  if (cast != nullptr)
    for (const Member& entry : cast->members)
      population.cast.push_back(cast_member(entry, population, reader));
}

}  // namespace onward
