// SPDX-License-Identifier: Apache-2.0
#include "sim/people/outcomes.hpp"

#include <algorithm>

#include "sim/people/process_notes.hpp"

namespace onward {
namespace {

using Kind = Condition::Kind;

/// Whether a copy is what a condition on data asks for.
bool matches(const ConditionPlan& plan, const Person& person, const Copy& copy) {
  const Condition& condition = *plan.condition;
  const bool right_kind = condition.data.contains(copy.category) ||
                          ((plan.kind == Kind::knows || plan.kind == Kind::believes) &&
                           condition.data.intersects(copy.reveals));
  return right_kind && copy.falsely() == (plan.kind == Kind::believes) &&
         condition.purposes.contains(copy.purpose) &&
         plan.node.selects(copy.holder, person.values) &&
         (!plan.received_from ||
          (copy.sender && plan.received_from->selects(*copy.sender, person.values)));
}

/// Whether something is so of anybody who is tied to the person, in either direction, and whose
/// life has begun.
template <class IsSo>
bool any_tied(const ConditionPlan& plan, const Life& life, const Person& person, IsSo is_so) {
  return std::any_of(life.ties.begin(), life.ties.end(), [&](const Tie& tie) {
    if (tie.link != plan.condition->link) return false;
    const Person& one = life.members[tie.one];
    const Person& other = life.members[tie.other];
    return (&one == &person && other.begun && is_so(other)) ||
           (&other == &person && one.begun && is_so(one));
  });
}

}  // namespace

bool Process::holds(const ConditionPlan& plan, const Life& life, const Person& person,
                    Mode mode) const {
  const auto part_holds = [&](const ConditionPlan& part) {
    return holds(part, life, person, mode);
  };
  switch (plan.kind) {
    case Kind::knows:
    case Kind::holds:
    case Kind::believes:
      return std::any_of(person.held.begin(), person.held.end(), [&](const Held& held) {
        if (!plan.node.possible(held.holder)) return false;
        const Copy& copy = person.copies[held.copy];
        const bool counts =
            !copy.view() || (mode == Mode::instant && held.copy >= person.first_new);
        return counts && matches(plan, person, copy);
      });
    case Kind::receives:
      return mode == Mode::instant &&
             std::any_of(person.brought.begin(), person.brought.end(),
                         [&](std::uint32_t c) { return matches(plan, person, person.copies[c]); });
    case Kind::attribute: return plan.condition->attribute.holds(person.values);
    case Kind::in_state: {
      if (person.journey_over || person.visits.empty()) return false;
      const std::size_t journey = plan_.model.population->groups[person.group].journey;
      const Hash state = plan_.states[journey][person.state].name;
      return std::find(plan.names.begin(), plan.names.end(), state) != plan.names.end();
    }
    case Kind::happened:
      for (std::size_t h = 0; h < plan_.harms.size(); ++h)
        if (person.harms[h].happened >= 0 && std::find(plan.names.begin(), plan.names.end(),
                                                       plan_.harms[h].name) != plan.names.end())
          return true;
      return false;
    case Kind::tied:
      return any_tied(plan, life, person, [&](const Person& other) {
        return holds(plan.parts.front(), life, other, mode);
      });
    case Kind::all: return std::all_of(plan.parts.begin(), plan.parts.end(), part_holds);
    case Kind::any: return std::any_of(plan.parts.begin(), plan.parts.end(), part_holds);
    case Kind::negation: return !part_holds(plan.parts.front());
  }
  return false;
}

/// Whether a `receives` of the condition, not under `not`, is fulfilled by this event.
bool Process::has_receipt(const ConditionPlan& plan, const Life& life, const Person& person) const {
  if (plan.kind == Kind::receives) return holds(plan, life, person, Mode::instant);
  if (plan.kind == Kind::tied)
    return any_tied(plan, life, person, [&](const Person& other) {
      return has_receipt(plan.parts.front(), life, other);
    });
  if (plan.kind != Kind::all && plan.kind != Kind::any) return false;
  return std::any_of(plan.parts.begin(), plan.parts.end(),
                     [&](const ConditionPlan& part) { return has_receipt(part, life, person); });
}

bool Process::occurs(const ConditionPlan& plan, std::size_t memory, const Life& life,
                     Person& person) const {
  const bool before = person.before[memory] != 0;
  person.before[memory] = holds(plan, life, person, Mode::standing) ? 1 : 0;
  return holds(plan, life, person, Mode::instant) && (!before || has_receipt(plan, life, person));
}

void Process::evaluate(Life& life) {
  const auto changed = [](const Person& person) { return person.changed; };
  const bool somebody = std::any_of(life.members.begin(), life.members.end(), changed);
  if (!somebody) return;
  const bool everybody = !life.ties.empty();
  for (std::uint16_t m = 0; m < life.members.size(); ++m)
    if (life.members[m].begun && (everybody || life.members[m].changed)) evaluate(life, m);
  for (Person& person : life.members) person.changed = false;
}

void Process::evaluate(Life& life, std::uint16_t member) {
  Person& person = life.members[member];
  for (std::size_t h = 0; h < plan_.harms.size(); ++h) {
    const HarmPlan& harm = plan_.harms[h];
    const bool at_risk = harm.harm->who.holds(person.values);
    double lowered = 1;
    for (const auto& [condition, factor] : harm.lowered)
      if (holds(condition, life, person, Mode::standing)) lowered *= factor;
    double raised = harm.background;
    for (const RaisedPlan& part : harm.while_)
      if (holds(part.condition, life, person, Mode::standing)) raised += part.rate;
    double jump = 0;
    for (const RaisedPlan& part : harm.at)
      if (occurs(part.condition, part.memory, life, person) && at_risk && lowered > 0)
        jump += part.rate * lowered;
    if (person.harms[h].happened < 0)
      set_hazard(life, member, h, at_risk ? raised * lowered : 0, jump);
  }
  for (std::size_t b = 0; b < plan_.benefits.size(); ++b) {
    const BenefitPlan& benefit = plan_.benefits[b];
    if (!occurs(benefit.when, benefit.memory, life, person) ||
        !benefit.benefit->who.holds(person.values) ||
        (benefit.benefit->once && person.benefits[b] > 0))
      continue;
    if (person.benefits[b]++ == 0) person.benefit_times[b] = life.now;
  }
}

void Process::set_hazard(Life& life, std::uint16_t member, std::size_t index, double hazard,
                         double jump) {
  HarmState& harm = life.members[member].harms[index];
  if (hazard == harm.hazard && jump == 0) return;
  harm.accumulated = harm.accumulated + harm.hazard * (life.now - harm.since) + jump;
  harm.since = life.now;
  harm.hazard = hazard;
  if (harm.due) return;
  ++harm.stamp;
  if (harm.accumulated >= harm.threshold) {
    harm.due = true;
    schedule_crossing(life, member, index, life.now);
  } else if (hazard > 0) {
    schedule_crossing(life, member, index, life.now + (harm.threshold - harm.accumulated) / hazard);
  }
}

void Process::schedule_crossing(Life& life, std::uint16_t member, std::size_t index, double time) {
  Event event =
      event_at(life, member, time, EventKind::crossing, site("harm", plan_.harms[index].name));
  event.subject = static_cast<std::uint32_t>(index);
  event.stamp = life.members[member].harms[index].stamp;
  push(life, event);
}

void Process::cross(Life& life, const Event& event) {
  Person& person = life.members[event.member];
  HarmState& harm = person.harms[event.subject];
  if (event.stamp != harm.stamp || harm.happened >= 0) return;
  const Harm& what = *plan_.harms[event.subject].harm;
  harm.happened = life.now;
  harm.hazard = 0;
  person.changed = true;
  note(person, "harm", life.now, Named{plan_.harms[event.subject].name, &what.id});
  count(person);
  if (!what.ends_journey && what.then_state.empty()) return;
  call_off(life, event.member);
  ++person.moves;
  if (what.ends_journey) {
    person.journey_over = true;
    return;
  }
  const std::size_t journey = plan_.model.population->groups[person.group].journey;
  const std::vector<JourneyState>& states = plan_.model.population->journeys[journey].states;
  for (std::uint32_t s = 0; s < states.size(); ++s)
    if (states[s].id == what.then_state && !person.journey_over) enter(life, event.member, s);
}

}  // namespace onward
