// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sim/people/process_notes.hpp"

namespace onward {
namespace {

/// Whether the data of a copy came through one of the nodes before its holder had it.
bool came_through(const Person& person, const Copy& copy, const NodeTest& test) {
  // INVARIANT: a copy without parent was with its collector before, unless collected.
  if (copy.sender && copy.parent == Copy::none) return test.selects(copy.collector, person.values);
  for (std::int32_t c = copy.parent; c != Copy::none;) {
    const Copy& at = person.copies[static_cast<std::size_t>(c)];
    if (test.selects(at.holder, person.values) || test.selects(at.collector, person.values))
      return true;
    c = at.parent;
  }
  return false;
}

}  // namespace

Named Process::name_of(NodeId node) const {
  return {plan_.node_names[node.index()], &plan_.model.world->node_names.name(node)};
}

Named Process::name_of(CategoryId category) const {
  return {plan_.category_names[category.index()],
          &plan_.model.vocabulary->category_names.name(category)};
}

Named Process::name_of_purpose(const FlowPlan& flow) const {
  const PurposeId purpose = flow.flow->purpose;
  return {plan_.purpose_names[purpose.index()],
          &plan_.model.vocabulary->purpose_names.name(purpose)};
}

Named Process::name_of_flow(std::uint32_t flow) const {
  return {plan_.flows[flow].name, &plan_.model.world->flow_names[plan_.flows[flow].index]};
}

bool Process::holds_some(const Person& person, NodeId node, const CategorySet& data) {
  return std::any_of(person.held.begin(), person.held.end(), [&](const Held& held) {
    return held.holder == node && data.contains(held.category);
  });
}

bool Process::keeps_undertaking(const Person& person, NodeId node, Hash lineage) const {
  const double chance = plan_.node_plans[node.index()].keeps_undertakings;
  return chance >= 1 || person.luck.uniform(site("undertaking", lineage)) < chance;
}

/// Whether a copy went through a node on its way, its holder included.
bool Process::passed_through(const Person& person, std::int32_t copy, NodeId node) const {
  while (copy != Copy::none) {
    const Copy& at = person.copies[static_cast<std::size_t>(copy)];
    if (at.holder == node || at.collector == node) return true;
    copy = at.parent;
  }
  return false;
}

bool infers(const Plan& plan, const Person& person, const Copy& copy, const CategorySet& known,
            std::size_t inference) {
  const Inference& what = plan.model.world->inferences[inference];
  if (!what.holding.intersects(known)) return false;
  const auto& from = plan.inference_from[inference];
  const auto& through = plan.inference_provenance[inference];
  if (from && !(copy.sender && from->selects(*copy.sender, person.values))) return false;
  if (through && !came_through(person, copy, *through)) return false;
  return !what.chance || person.luck.uniform(site("inference", plan.inference_names[inference],
                                                  copy.lineage)) < what.chance->value;
}

void Process::infer(const Person& person, Copy& copy) const {
  const std::vector<Inference>& inferences = plan_.model.world->inferences;
  if (inferences.empty()) return;
  CategorySet known = CategorySet::of(copy.category);
  for (bool more = true; more;) {
    more = false;
    for (std::size_t i = 0; i < inferences.size(); ++i) {
      const CategoryId reveals = inferences[i].reveals;
      if (copy.reveals.contains(reveals) || !infers(plan_, person, copy, known, i)) continue;
      copy.reveals.insert(reveals);
      known.insert(reveals);
      more = true;
    }
  }
}

/// Adds a copy, with what it reveals, to those that are held.
std::uint32_t Process::add_copy(Person& person, Copy copy) {
  infer(person, copy);
  const auto id = static_cast<std::uint32_t>(person.copies.size());
  if (copy.view()) person.last_view = copy.from;
  const CategorySet& watched = plan_.watched[copy.holder.index()];
  person.changed |= watched.contains(copy.category) || watched.intersects(copy.reveals);
  person.copies.push_back(copy);
  person.held.push_back({id, copy.holder, copy.category});
  return id;
}

/// One event for each moment at which copies from `first` on end.
void Process::schedule_ends(Life& life, std::uint16_t member, std::uint32_t first) {
  const Person& person = life.members[member];
  const std::size_t end = person.copies.size();
  for (std::size_t c = first; c < end; ++c) {
    const Copy& copy = person.copies[c];
    if (copy.view() || copy.until > plan_.model.horizon_days) continue;
    const bool earlier =
        std::any_of(person.copies.begin() + static_cast<std::ptrdiff_t>(first),
                    person.copies.begin() + static_cast<std::ptrdiff_t>(c),
                    [&](const Copy& other) { return other.until == copy.until && !other.view(); });
    if (earlier) continue;
    Event event = event_at(life, member, copy.until, EventKind::expiry, copy.lineage,
                           plan_.category_names[copy.category.index()]);
    event.subject = first;
    event.stamp = static_cast<std::uint32_t>(end);
    push(life, event);
  }
}

void Process::expire(Life& life, const Event& event) {
  Person& person = life.members[event.member];
  bool any = false;
  for (std::uint32_t c = event.subject; c < event.stamp; ++c) {
    const Copy& copy = person.copies[c];
    if (copy.ended || copy.view() || copy.until != life.now) continue;
    any = true;
    end_copy(person, c, life.now);
  }
  if (any) count(person);
}

/// Ends a copy, and with it those made from it that can be recalled.
void Process::end_copy(Person& person, std::uint32_t id, double time) {
  Copy& copy = person.copies[id];
  copy.until = time;
  copy.ended = true;
  std::erase_if(person.held, [&](const Held& held) { return held.copy == id; });
  const CategorySet& watched = plan_.watched[copy.holder.index()];
  person.changed |= watched.contains(copy.category) || watched.intersects(copy.reveals);
  note(person, "end", time, name_of(copy.holder), name_of(copy.category));
  if (!plan_.recalls) return;
  for (std::uint32_t c = id + 1; c < person.copies.size(); ++c) {
    const Copy& child = person.copies[c];
    if (child.parent != static_cast<std::int32_t>(id) || child.ended || child.view()) continue;
    if (alternatives_.provenance(child.provenance).recall &&
        (plan_.binds(child.holder) || keeps_undertaking(person, child.holder, child.lineage)))
      end_copy(person, c, time);
  }
}

}  // namespace onward
