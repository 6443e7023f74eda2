// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sim/random/distributions.hpp"
#include "tests/reference/replay_unit.hpp"

namespace onward::reference {

// --- What is recorded (section 2) ---

AttributeValues UnitReplay::recorded(const Person& p, NodeId by) const {
  AttributeValues values = p.truth;
  for (std::size_t a = 0; a < values.size(); ++a) {
    const std::optional<NodeId> recorder = p.set_by[a].by_state ? p.set_by[a].at : by;
    if (!recorder) continue;
    const Attribute& attribute = words_.attributes[a];
    std::vector<ValueId> options;
    std::vector<Option> weights;
    double rest = 1;
    for (const RecordingError& error : attribute.recording_errors)
      if (error.node == *recorder && error.true_value == p.truth[a]) {
        options.push_back(error.recorded);
        weights.push_back({hash_of(attribute.values.name(error.recorded)), error.chance.value});
        rest -= error.chance.value;
      }
    if (options.empty()) continue;
    const auto listed = std::find(options.begin(), options.end(), p.truth[a]);
    if (listed != options.end()) {
      weights[static_cast<std::size_t>(listed - options.begin())].weight += std::max(rest, 0.0);
    } else {
      options.push_back(p.truth[a]);
      weights.push_back({hash_of(attribute.values.name(p.truth[a])), rest});
    }
    const std::string& of = words_.attribute_names.name(AttributeId(a));
    values[a] = options[choose(weights, p.luck, site("recording", hash_of(of), hash(*recorder)))];
  }
  return values;
}

AttributeValues UnitReplay::recorded_of(const Person& p, const Copy& copy) const {
  return copy.is_false() ? *copy.candidate : recorded(p, copy.collector);
}

Request UnitReplay::request(ActionId action, std::optional<NodeId> from, NodeId to,
                            PurposeId purpose, const AttributeValues& values) const {
  Request r;
  r.action = action;
  r.from = from;
  r.to = to;
  r.purpose = purpose;
  r.cell = scenario_.cells->cell(values);
  r.on = scenario_.experiment.start.days_since_1970() + now_;
  return r;
}

// --- Copies (section 4) ---

/// For how long the recipient of `retain` keeps a category; 0: it only sees it.
double UnitReplay::keep_days(const Person& p, const Request& retain, CategoryId category,
                             const Explanation& received_under, Hash lineage) const {
  const NodeId holder = retain.to;
  if (!bound(holder)) {
    // Contract: the days undertaken are those of the alternative, requirements included.
    const std::optional<int> undertook = received_under.verdict == Verdict::permit
                                             ? received_under.duties.rest.retain_days
                                             : std::nullopt;
    return undertook && keeps_undertaking(p, holder, lineage) ? *undertook : for_ever;
  }
  const double compliance = value_or_one(world_.nodes[holder.index()].compliance.retention);
  if (p.luck.uniform(site("over-retention", lineage)) >= compliance) return for_ever;
  const Explanation answer = compiled_.explain(retain, category);
  if (answer.verdict != Verdict::permit) return 0;
  return answer.duties.rest.retain_days ? *answer.duties.rest.retain_days : for_ever;
}

bool UnitReplay::keeps_undertaking(const Person& p, NodeId node, Hash lineage) const {
  return p.luck.uniform(site("undertaking", lineage)) <
         value_or_one(world_.nodes[node.index()].keeps_undertakings);
}

Provenance UnitReplay::with_duties(Provenance carried, const Explanation& taken,
                                   PurposeId purpose) {
  if (taken.verdict != Verdict::permit) return carried;
  const Duties& duties = taken.duties.rest;
  carried.no_onward = carried.no_onward || duties.no_onward;
  carried.recall = carried.recall || duties.recall;
  if (duties.purpose_only) {
    const bool allowed = !carried.purpose_only || carried.purposes.contains(purpose);
    carried.purpose_only = true;
    carried.purposes = allowed ? PurposeSet::of(purpose) : PurposeSet{};
  }
  return carried;
}

/// The nodes that held or answered it before its holder.
std::vector<NodeId> UnitReplay::before_holder(const Copy& copy) {
  if (copy.parent != nullptr) {
    std::vector<NodeId> nodes = before_holder(*copy.parent);
    nodes.push_back(copy.parent->holder);
    return nodes;
  }
  return copy.sender ? std::vector{*copy.sender} : std::vector<NodeId>{};
}

bool UnitReplay::has_held(const Copy& copy, NodeId node) {
  const std::vector<NodeId> before = before_holder(copy);
  return copy.holder == node || std::find(before.begin(), before.end(), node) != before.end();
}

Copy* UnitReplay::arise(Person& p, Copy copy) {
  CategorySet known = CategorySet::of(copy.category);
  for (bool more = true; more;) {
    more = false;
    for (std::size_t i = 0; i < world_.inferences.size(); ++i) {
      const Inference& inference = world_.inferences[i];
      if (known.contains(inference.reveals) || !inference.holding.intersects(known)) continue;
      if (inference.received_from &&
          !(copy.sender && selects(*inference.received_from, *copy.sender, p.truth)))
        continue;
      if (inference.provenance) {
        const std::vector<NodeId> nodes = before_holder(copy);
        if (std::none_of(nodes.begin(), nodes.end(), [&](NodeId node) {
              return selects(*inference.provenance, node, p.truth);
            }))
          continue;
      }
      if (p.luck.uniform(site("inference", hash_of(world_.inference_names[i]), copy.lineage)) >=
          value_or_one(inference.chance))
        continue;
      known.insert(inference.reveals);
      copy.reveals.insert(inference.reveals);
      more = true;
    }
  }
  copy.planned_until = copy.until;
  p.copies.push_back(std::move(copy));
  arisen_.emplace_back(&p, &p.copies.back());
  return &p.copies.back();
}

bool UnitReplay::ends_with_parent(const Person& p, const Copy& copy) const {
  return copy.provenance.recall &&
         (bound(copy.holder) || keeps_undertaking(p, copy.holder, copy.lineage));
}

/// Makes all expiries anew: one for each batch and moment at which some of it ends.
void UnitReplay::plan_expiries(Person& p) {
  for (const EventKey& key : p.expiries) events_.erase(key);
  p.expiries.clear();
  // Of those that were to end together the one made first gives the event its lineage and part,
  // even if it has been recalled since.
  std::map<std::pair<std::size_t, double>, const Copy*> first;
  std::set<std::pair<std::size_t, double>> planned;
  for (const Copy& copy : p.copies) {
    const std::pair batch(copy.batch, copy.planned_until);
    if (copy.planned_until == copy.from || copy.planned_until == for_ever) continue;
    const Copy& named_by = *first.emplace(batch, &copy).first->second;
    if (!copy.ended && planned.insert(batch).second)
      p.expiries.push_back(schedule(p, copy.until, Kind::expiry, named_by.lineage,
                                    hash(named_by.category),
                                    [this, &p, b = copy.batch] { expire(p, b); }));
  }
}

void UnitReplay::expire(Person& p, std::size_t batch) {
  for (Copy& copy : p.copies)
    if (copy.batch == batch && !copy.is_view() && copy.until == now_ && !copy.ended) end(p, copy);
  count_person_event(p);
  plan_expiries(p);
}

/// Ends a copy, and with it those that are recalled.
void UnitReplay::end(Person& p, Copy& copy) {
  copy.ended = true;
  copy.until = now_;
  record(p, "end", {name(copy.holder), name(copy.category)});
  for (Copy& child : p.copies)
    if (child.parent == &copy && !child.ended && !child.is_view() && ends_with_parent(p, child))
      end(p, child);
}

// --- Outcomes (section 8) ---

bool UnitReplay::copy_fulfils(const Condition& c, const Person& p, const Copy& copy,
                              bool views) const {
  const bool is_new = std::find(arisen_.begin(), arisen_.end(),
                                std::pair<const Person*, const Copy*>(&p, &copy)) != arisen_.end();
  if (!copy.held(now_) || (copy.is_view() && !(views && is_new))) return false;
  if (copy.is_false() != (c.kind == Condition::Kind::believes)) return false;
  const bool revealed = (c.kind == Condition::Kind::knows || c.kind == Condition::Kind::believes) &&
                        copy.reveals.intersects(c.data);
  if (!c.data.contains(copy.category) && !revealed) return false;
  if (!c.purposes.contains(copy.purpose) || !selects(c.node, copy.holder, p.truth)) return false;
  if (c.received_from && !(copy.sender && selects(*c.received_from, *copy.sender, p.truth)))
    return false;
  if (c.kind != Condition::Kind::receives) return true;
  return copy.sender && is_new && views;
}

bool UnitReplay::holds(const Condition& c, const Person& p, bool views) const {
  const auto part_holds = [&](const Condition& part) { return holds(part, p, views); };
  switch (c.kind) {
    case Condition::Kind::knows:
    case Condition::Kind::holds:
    case Condition::Kind::receives:
    case Condition::Kind::believes:
      return std::any_of(p.copies.begin(), p.copies.end(),
                         [&](const Copy& copy) { return copy_fulfils(c, p, copy, views); });
    case Condition::Kind::attribute: return c.attribute.holds(p.truth);
    case Condition::Kind::in_state: {
      if (!p.state) return false;
      const Journey& journey = population_.journeys[population_.groups[p.group].journey];
      return std::find(c.names.begin(), c.names.end(), journey.states[*p.state].id) !=
             c.names.end();
    }
    case Condition::Kind::happened:
      for (std::size_t h = 0; h < p.harms.size(); ++h)
        if (p.harms[h].happened && std::find(c.names.begin(), c.names.end(),
                                             scenario_.outcomes.harms[h].id) != c.names.end())
          return true;
      return false;
    case Condition::Kind::tied:
      // Contract: somebody whose life has not begun fulfils nothing.
      return std::any_of(p.tied.begin(), p.tied.end(), [&](const auto& tie) {
        return tie.first == c.link && tie.second->in_life &&
               holds(c.parts.front(), *tie.second, views);
      });
    case Condition::Kind::all: return std::all_of(c.parts.begin(), c.parts.end(), part_holds);
    case Condition::Kind::any: return std::any_of(c.parts.begin(), c.parts.end(), part_holds);
    case Condition::Kind::negation: return !part_holds(c.parts.front());
  }
  return false;
}

bool UnitReplay::receives_now(const Condition& c, const Person& p) const {
  switch (c.kind) {
    case Condition::Kind::receives: return holds(c, p, true);
    case Condition::Kind::all:
    case Condition::Kind::any:
      return std::any_of(c.parts.begin(), c.parts.end(),
                         [&](const Condition& part) { return receives_now(part, p); });
    case Condition::Kind::tied:
      return std::any_of(p.tied.begin(), p.tied.end(), [&](const auto& tie) {
        return tie.first == c.link && tie.second->in_life &&
               receives_now(c.parts.front(), *tie.second);
      });
    default: return false;
  }
}

void UnitReplay::evaluate(Person& p) {
  for (std::size_t h = 0; h < p.harms.size(); ++h) evaluate_harm(p, h);
  for (std::size_t b = 0; b < p.benefit_had.size(); ++b) evaluate_benefit(p, b);
}

void UnitReplay::evaluate_harm(Person& p, std::size_t h) {
  const Harm& harm = scenario_.outcomes.harms[h];
  HarmOfPerson& of = p.harms[h];
  const bool possible = !of.happened && harm.who.holds(p.truth);
  double lowered = 1;
  for (const Lowered& l : harm.lowered)
    if (holds(l.condition, p, false)) lowered *= l.factor.value;
  double sum = harm.background ? harm.background->value : 0;
  std::vector<double> added;
  for (std::size_t r = 0; r < harm.raised.size(); ++r) {
    const Raised& raised = harm.raised[r];
    if (!raised.at_event) {
      if (holds(raised.condition, p, false)) sum += raised.rate.value;
      continue;
    }
    const bool now = holds(raised.condition, p, true);
    const bool occurs = now && (!of.held_before[r] || receives_now(raised.condition, p));
    of.held_before[r] = holds(raised.condition, p, false);
    if (occurs && possible && lowered > 0)
      added.push_back(exponential(raised.rate.value) * lowered);
  }
  const double hazard = possible ? sum * lowered : 0;
  if (hazard == of.hazard && added.empty()) return;
  of.accumulated += of.hazard * (now_ - of.since);
  of.since = now_;
  of.hazard = hazard;
  for (const double more : added) of.accumulated += more;
  unschedule(of.crossing);
  if (of.happened) return;
  const bool at_once = of.accumulated >= of.threshold;
  if (!at_once && hazard == 0) return;
  const double time = at_once ? now_ : now_ + (of.threshold - of.accumulated) / hazard;
  of.crossing = schedule(p, time, Kind::harm, fold(hash_of("harm"), hash_of(harm.id)), 0,
                         [this, &p, h] { happen(p, h); });
}

void UnitReplay::evaluate_benefit(Person& p, std::size_t b) {
  const Benefit& benefit = scenario_.outcomes.benefits[b];
  const bool now = holds(benefit.when, p, true);
  const bool occurs = now && (!p.benefit_held_before[b] || receives_now(benefit.when, p));
  p.benefit_held_before[b] = holds(benefit.when, p, false);
  // Contract: a benefit counts only in its `who` (true values), as a harm does.
  if (!occurs || !benefit.who.holds(p.truth) || (benefit.once && p.benefit_had[b])) return;
  p.benefit_had[b] = true;
  if (p.cast == nullptr) ++result_.benefits[benefit.id];
}

void UnitReplay::happen(Person& p, std::size_t h) {
  const Harm& harm = scenario_.outcomes.harms[h];
  p.harms[h].happened = true;
  p.harms[h].crossing.reset();
  record(p, "harm", {harm.id});
  count_person_event(p);
  if (!harm.ends_journey && harm.then_state.empty()) return;
  cancel_cases(p);
  unschedule(p.next_move);
  if (p.journey_over) return;
  if (harm.ends_journey) {
    p.journey_over = true;
    p.state.reset();
    return;
  }
  const Journey& journey = population_.journeys[population_.groups[p.group].journey];
  for (std::size_t s = 0; s < journey.states.size(); ++s)
    if (journey.states[s].id == harm.then_state) {
      enter_state(p, s);
      return;
    }
}

}  // namespace onward::reference
