// SPDX-License-Identifier: Apache-2.0
#include "sim/people/staffing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace onward {
namespace {

/// Whether a journey can set off a flow by itself.
bool set_off_by_journey(const FlowPlan& flow, const Journey& journey, bool has_data) {
  const Trigger& on = flow.flow->on;
  const auto meets = [&](NodeId node) { return !flow.nodes || flow.nodes->possible(node); };
  if (on.kind == Trigger::Kind::periodic || on.kind == Trigger::Kind::rule_start) return has_data;
  return std::any_of(journey.states.begin(), journey.states.end(), [&](const JourneyState& state) {
    if (on.kind == Trigger::Kind::encounter) {
      if (state.at) return meets(*state.at);
      return state.at_subject_node &&
             std::any_of(state.at_subject_node->node_of_value.begin(),
                         state.at_subject_node->node_of_value.end(), meets);
    }
    return on.kind == Trigger::Kind::status &&
           std::any_of(state.sets.begin(), state.sets.end(), [&](const auto& set) {
             return set.first == on.attribute && on.values.contains(set.second.index());
           });
  });
}

/// Whether a message of one flow can set off another.
bool sets_off(const FlowPlan& first, const FlowPlan& second) {
  const Trigger& on = second.flow->on;
  const bool query = first.root == RootAction::query;
  if (on.kind == Trigger::Kind::receipt) {
    CategorySet carried = first.flow->data;
    if (query) {
      carried.insert(Vocabulary::hit);
      carried.insert(Vocabulary::no_hit);
    }
    return first.flow->to && carried.intersects(on.categories);
  }
  if (!query || (on.kind != Trigger::Kind::hit && on.kind != Trigger::Kind::request)) return false;
  for (const auto& pairs : first.pairs)
    for (const Pair& pair : pairs)
      if (!second.nodes || second.nodes->possible(pair.from)) return true;
  return false;
}

std::vector<char> flows_of(const Plan& plan, std::size_t group) {
  const Population& population = *plan.model.population;
  const Journey& journey = population.journeys[population.groups[group].journey];
  const bool has_data =
      std::any_of(journey.states.begin(), journey.states.end(),
                  [](const JourneyState& state) { return !state.collects.empty(); }) ||
      std::any_of(population.stock.begin(), population.stock.end(),
                  [&](const Stock& stock) { return stock.group == group; });
  std::vector<char> reached;
  for (const FlowPlan& flow : plan.flows)
    reached.push_back(set_off_by_journey(flow, journey, has_data));
  for (bool more = true; more;) {
    more = false;
    for (std::size_t second = 0; second < plan.flows.size(); ++second)
      for (std::size_t first = 0; first < plan.flows.size() && !reached[second]; ++first)
        if (reached[first] && sets_off(plan.flows[first], plan.flows[second]))
          reached[second] = more = true;
  }
  return reached;
}

bool covers(const Vocabulary& vocabulary, const Rule& rule, ActionId action) {
  for (std::optional<ActionId> at = action; at; at = vocabulary.actions[at->index()].included_in)
    if (std::find(rule.actions.begin(), rule.actions.end(), *at) != rule.actions.end()) return true;
  return false;
}

bool names_desk(const Duties& duties, const DeskPlan& desk) {
  const auto is = [&](const DeskReference& reference) {
    return reference.desk == desk.desk->id &&
           (reference.owner != DeskReference::Owner::node || reference.node == desk.node);
  };
  const auto asks = [&](const std::optional<Authorisation>& one) { return one && is(one->desk); };
  return (asks(duties.authorised_by) && duties.authorised_by->case_by_case) ||
         asks(duties.consent_of_origin) || asks(duties.guardian) ||
         (duties.human_verification && is(*duties.human_verification));
}

}  // namespace

std::vector<std::vector<char>> who_can_reach(const Plan& plan,
                                             const std::vector<const Policy*>& policies) {
  const auto needed = [&](const DeskPlan& desk, const FlowPlan& flow) {
    for (const Policy* policy : policies)
      for (const Rule& rule : policy->rules)
        if (rule.effect != Effect::prohibit && names_desk(rule.duties, desk) &&
            covers(*plan.model.vocabulary, rule, flow.flow->action))
          return true;
    return false;
  };
  const Population& population = *plan.model.population;
  std::vector<std::vector<char>> flows_by_group;
  for (std::size_t g = 0; g < population.groups.size(); ++g)
    flows_by_group.push_back(flows_of(plan, g));
  std::vector<std::vector<char>> reach;
  for (const DeskPlan& desk : plan.desks) {
    auto& groups = reach.emplace_back(population.groups.size(), 0);
    for (std::size_t f = 0; f < plan.flows.size(); ++f)
      if (needed(desk, plan.flows[f]))
        for (std::size_t g = 0; g < groups.size(); ++g)
          if (flows_by_group[g][f]) groups[g] = 1;
  }
  return reach;
}

Staffing staff(const Plan& plan, const std::vector<const Policy*>& policies,
               std::optional<int> people) {
  const std::vector<Group>& groups = plan.model.population->groups;
  Staffing staffing;
  double sum = 0;
  for (const Group& group : groups) sum += group.people;
  for (const Group& group : groups) {
    const double scaled = people ? std::round(group.people * (*people / sum)) : group.people;
    staffing.people.push_back(group.people == 0 ? 0 : std::max(1, static_cast<int>(scaled)));
    // Why the number of people written, where no size is given: that is how many there are.
    const double size = group.size ? group.size->value : group.people;
    staffing.rate.push_back(size > 0 ? staffing.people.back() / size : 1);
  }
  const auto reach = who_can_reach(plan, policies);
  for (std::size_t d = 0; d < plan.desks.size(); ++d) {
    double factor = std::numeric_limits<double>::infinity();
    for (std::size_t g = 0; g < groups.size(); ++g)
      if (reach[d][g] && staffing.people[g] > 0) factor = std::min(factor, staffing.rate[g]);
    if (std::isinf(factor)) factor = 1;
    const Desk& desk = *plan.desks[d].desk;
    const double wanted = factor * desk.officers.value;
    const int officers = std::max(1, static_cast<int>(std::round(wanted)));
    staffing.factor.push_back(factor);
    staffing.officers.push_back(officers);
    staffing.service.push_back(as_duration(desk.service, officers / wanted));
  }
  return staffing;
}

}  // namespace onward
