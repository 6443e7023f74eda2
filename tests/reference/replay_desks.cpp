// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <tuple>

#include "sim/random/distributions.hpp"
#include "tests/reference/replay_unit.hpp"

namespace onward::reference {

// --- Who comes to which desk (section 7) ---

bool UnitReplay::can_set_off(std::size_t group, const Flow& f,
                             const std::set<std::size_t>& flows) const {
  const Journey& journey = population_.journeys[population_.groups[group].journey];
  const auto possible = [&](NodeId node) {
    return !f.on.nodes || f.on.nodes->possible().contains(node.index());
  };
  switch (f.on.kind) {
    case Trigger::Kind::encounter:
      return std::any_of(journey.states.begin(), journey.states.end(),
                         [&](const JourneyState& state) {
                           if (!state.at_subject_node) return state.at && possible(*state.at);
                           const std::vector<NodeId>& nodes = state.at_subject_node->node_of_value;
                           return std::any_of(nodes.begin(), nodes.end(), possible);
                         });
    case Trigger::Kind::status:
      return std::any_of(
          journey.states.begin(), journey.states.end(), [&](const JourneyState& state) {
            return std::any_of(state.sets.begin(), state.sets.end(), [&](const auto& set) {
              return set.first == f.on.attribute && f.on.values.contains(set.second.index());
            });
          });
    case Trigger::Kind::periodic:
    case Trigger::Kind::rule_start:
      return std::any_of(journey.states.begin(), journey.states.end(),
                         [](const JourneyState& s) { return !s.collects.empty(); }) ||
             std::any_of(population_.stock.begin(), population_.stock.end(),
                         [&](const Stock& stock) { return stock.group == group; });
    case Trigger::Kind::receipt:
      return std::any_of(flows.begin(), flows.end(), [&](std::size_t other) {
        const Flow& sent = world_.flows[other];
        const RootAction root = words_.root(sent.action);
        CategorySet brought = sent.data;
        if (root == RootAction::query) {
          brought.insert(Vocabulary::hit);
          brought.insert(Vocabulary::no_hit);
        } else if (root != RootAction::disclose) {
          return false;
        }
        return brought.intersects(f.on.categories);
      });
    case Trigger::Kind::hit:
    case Trigger::Kind::request:
      return std::any_of(flows.begin(), flows.end(), [&](std::size_t other) {
        const Flow& asked = world_.flows[other];
        if (words_.root(asked.action) != RootAction::query) return false;
        for (std::size_t n = 0; n < world_.nodes.size(); ++n)
          if (asked.from.possible().contains(n) && possible(NodeId(n))) return true;
        return false;
      });
  }
  return false;
}

std::set<std::size_t> UnitReplay::flows_of(std::size_t group) const {
  std::set<std::size_t> flows;
  for (std::size_t before = 0, first = 1; first == 1 || flows.size() > before; first = 0) {
    before = flows.size();
    for (std::size_t f = 0; f < world_.flows.size(); ++f)
      if (can_set_off(group, world_.flows[f], flows)) flows.insert(f);
  }
  return flows;
}

bool UnitReplay::can_bring(const Flow& f, const DeskState& desk) const {
  const auto covers = [&](const Rule& rule) {
    for (std::optional<ActionId> action = f.action; action;
         action = words_.actions[action->index()].included_in)
      if (std::find(rule.actions.begin(), rule.actions.end(), *action) != rule.actions.end())
        return true;
    return rule.actions.empty();
  };
  const auto is_it = [&](const DeskReference& reference) {
    return reference.desk == desk.desk->id &&
           (reference.owner != DeskReference::Owner::node || reference.node == desk.node);
  };
  const auto names_it = [&](const Duties& duties) {
    return (duties.authorised_by && duties.authorised_by->case_by_case &&
            is_it(duties.authorised_by->desk)) ||
           (duties.consent_of_origin && is_it(duties.consent_of_origin->desk)) ||
           (duties.guardian && is_it(duties.guardian->desk)) ||
           (duties.human_verification && is_it(*duties.human_verification));
  };
  for (const Policy& policy : scenario_.policies)
    for (const Rule& rule : policy.rules)
      if (rule.effect != Effect::prohibit && covers(rule) && names_it(rule.duties)) return true;
  return false;
}

void UnitReplay::make_desks() {
  for (std::size_t n = 0; n < world_.nodes.size(); ++n)
    for (const Desk& desk : world_.nodes[n].desks) {
      desks_.push_back(std::make_unique<DeskState>());
      desks_.back()->node = NodeId(n);
      desks_.back()->desk = &desk;
    }
  std::vector<std::set<std::size_t>> flows;
  for (std::size_t g = 0; g < population_.groups.size(); ++g) flows.push_back(flows_of(g));
  for (const auto& desk : desks_) {
    std::optional<double> least;
    for (std::size_t g = 0; g < population_.groups.size(); ++g) {
      // Contract: a group without people brings nobody.
      if (members_[g] == 0) continue;
      const bool comes = std::any_of(flows[g].begin(), flows[g].end(), [&](std::size_t f) {
        return can_bring(world_.flows[f], *desk);
      });
      if (comes) least = std::min(least.value_or(for_ever), rate(g));
    }
    desk->factor = least.value_or(1);
    const double scaled = desk->factor * desk->desk->officers.value;
    const double officers = std::max(1.0, std::round(scaled));
    desk->officers = static_cast<std::uint64_t>(officers);
    desk->stretch = officers / scaled;
  }
}

/// Sampled people for each real one.
double UnitReplay::rate(std::size_t group) const {
  // Contract: with a Poisson group, the expected number counts as sampled.
  const Group& of = population_.groups[group];
  return members_[group] / (of.size ? of.size->value : of.people);
}

// --- Cases ---

void UnitReplay::post(const std::shared_ptr<Part>& part, const Step& step, std::size_t number,
                      bool afterwards) {
  const Message& m = *part->message;
  const Person& p = *m.person;
  for (const auto& desk : desks_) {
    if (desk->node != step.node || desk->desk->id != step.desk) continue;
    auto one = std::make_shared<Case>();
    one->part = part;
    one->step = step;
    one->number = number;
    one->afterwards = afterwards;
    one->posted = now_;
    one->shadow = p.cast != nullptr ||
                  p.luck.uniform(site("load", step.kind_hash(), desk_address(step.node, step.desk),
                                      m.lineage)) >= desk->factor / rate(p.group);
    one->made = ++made_;
    desk->waiting.push_back(std::move(one));
    std::sort(desk->waiting.begin(), desk->waiting.end(), [](const auto& a, const auto& b) {
      const auto place = [](const Case& c) {
        const Message& of = *c.part->message;
        return std::tuple(c.posted, of.person->luck.tie(of.lineage), of.lineage, c.part->name,
                          c.made);
      };
      return place(*a) < place(*b);
    });
  }
}

/// For each desk with somebody free, the start of its first case, now.
void UnitReplay::arrange_desk_acts() {
  for (const auto& desk : desks_) {
    unschedule(desk->act);
    if (desk->waiting.empty() || desk->busy >= desk->officers) continue;
    const Part& part = *desk->waiting.front()->part;
    desk->act = schedule(*part.message->person, now_, Kind::desk_act, part.message->lineage,
                         part.name, [this, at = desk.get()] { start_first(*at); });
  }
}

void UnitReplay::start_first(DeskState& desk) {
  desk.act.reset();
  const std::shared_ptr<Case> one = desk.waiting.front();
  desk.waiting.erase(desk.waiting.begin());
  const Message& m = *one->part->message;
  Person& p = *m.person;
  one->started = now_;
  record(p, "start", {name(desk.node), desk.desk->id});
  if (p.cast == nullptr) result_.waits.push_back(now_ - one->posted);
  if (!one->shadow) ++desk.busy;
  desk.in_service.push_back(one);
  const double service = draw(
      as_duration(desk.desk->service, desk.stretch), p.luck,
      site("service", one->step.kind_hash(), desk_address(desk.node, desk.desk->id), m.lineage));
  one->completion = schedule(p, now_ + service, Kind::completion, m.lineage, one->part->name,
                             [this, &desk, one] { complete(desk, one); });
}

void UnitReplay::leave(DeskState& desk, const Case& one) {
  if (!one.shadow) {
    --desk.busy;
    result_.busy_days += now_ - one.started;
  }
  desk.in_service.erase(std::find_if(desk.in_service.begin(), desk.in_service.end(),
                                     [&](const auto& other) { return other.get() == &one; }));
}

void UnitReplay::complete(DeskState& desk, const std::shared_ptr<Case>& one) {
  const std::shared_ptr<Part> part = one->part;
  const Message& m = *part->message;
  Person& p = *m.person;
  record(p, "completion", {name(desk.node), desk.desk->id});
  count_person_event(p);
  leave(desk, *one);
  if (one->afterwards) {
    if (!grants(*part, one->step)) refuse_afterwards(m);
  } else if (one->step.kind == StepKind::verification) {
    verify(desk, part, one->number);
  } else if (grants(*part, one->step)) {
    part->steps[one->number].granted = now_;
    pass_on(part, one->number + 1);
  }
}

void UnitReplay::verify(const DeskState& desk, const std::shared_ptr<Part>& part,
                        std::size_t step) {
  const Message& m = *part->message;
  const Luck& luck = m.person->luck;
  const Hash at = desk_address(desk.node, desk.desk->id);
  const auto or_zero = [](const std::optional<Claim>& claim) { return claim ? claim->value : 0; };
  const bool drops_true = luck.uniform(site("verify", at, m.lineage)) < or_zero(desk.desk->misses);
  const bool drops_false =
      luck.uniform(site("verify-false", at, m.lineage)) >= or_zero(desk.desk->accepts_false);
  std::vector<Item> left;
  for (const Item& item : part->items) {
    // Contract: what comes from a false copy is false here, too.
    const bool is_false = item.candidate || (item.source != nullptr && item.source->is_false());
    if (!(is_false ? drops_false : drops_true)) left.push_back(item);
  }
  if (!left.empty()) {
    part->items = std::move(left);
  } else {
    if (words_.root(flow(m).action) != RootAction::query || !part->only) return;
    for (Item& item : part->items) {
      item.found = false;
      item.source = nullptr;
      item.candidate = {};
    }
    const auto behind = part->steps.begin() + static_cast<std::ptrdiff_t>(step) + 1;
    part->steps.erase(
        std::remove_if(behind, part->steps.end(),
                       [](const Step& s) { return s.kind != StepKind::authorisation; }),
        part->steps.end());
  }
  pass_on(part, step + 1);
}

void UnitReplay::refuse_afterwards(const Message& m) {
  // Contract: these copies end within the completion, and count as one person-event more.
  Person& p = *m.person;
  bool some = false;
  for (Copy& copy : p.copies)
    if (copy.holder == m.to && copy.lineage == m.lineage && copy.held(now_) && !copy.is_view() &&
        !copy.ended) {
      end(p, copy);
      some = true;
    }
  if (!some) return;
  count_person_event(p);
  plan_expiries(p);
}

bool UnitReplay::grants(const Part& part, const Step& step) const {
  const Message& m = *part.message;
  const Authorisation& asked = *step.authorisation;
  double chance = value_or_one(asked.grants);
  if (asked.grants_by) {
    const AttributeValues values = values_of(m, part.items.front());
    for (const auto& [value, of_value] : asked.grant_chances)
      if (values[asked.grants_by->index()] == value) chance = of_value.value;
  }
  return m.person->luck.uniform(site("grant", step.kind_hash(), desk_address(step.node, step.desk),
                                     m.lineage)) < chance;
}

void UnitReplay::cancel_cases(const Person& p) {
  const auto is_hers = [&](const std::shared_ptr<Case>& one) {
    return one->part->message->person == &p;
  };
  for (const auto& desk : desks_) {
    desk->waiting.erase(std::remove_if(desk->waiting.begin(), desk->waiting.end(), is_hers),
                        desk->waiting.end());
    for (const auto& one : std::vector(desk->in_service))
      if (is_hers(one)) {
        events_.erase(one->completion);
        leave(*desk, *one);
      }
  }
}

}  // namespace onward::reference
