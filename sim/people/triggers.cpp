// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sim/people/process_notes.hpp"

namespace onward {

void Process::trigger_encounter(Life& life, std::uint16_t member, NodeId node, Hash lineage) {
  const Person& person = life.members[member];
  for (const std::size_t f : plan_.on_encounter[node.index()])
    if (!plan_.flows[f].nodes || plan_.flows[f].nodes->selects(node, person.values))
      fire(life, member, f, node, lineage, 0);
}

void Process::trigger_status(Life& life, std::uint16_t member, AttributeId attribute, ValueId value,
                             Hash lineage) {
  for (const std::size_t f : plan_.on_status) {
    const Trigger& on = plan_.flows[f].flow->on;
    if (on.attribute != attribute || !on.values.contains(value.index())) continue;
    for (const NodeId actor : plan_.flows[f].actors) fire(life, member, f, actor, lineage, 0);
  }
}

void Process::trigger_receipt(Life& life, std::uint16_t member, const Message& message,
                              const CategorySet& brought) {
  // Why by value: a message that is made may move the one that came.
  const NodeId recipient = message.to;
  const NodeId sender = message.from;
  const Hash lineage = message.lineage;
  const std::uint8_t depth = message.depth;
  const bool hit = message.query && brought.contains(Vocabulary::hit);
  for (const std::size_t f : plan_.on_receipt[recipient.index()])
    if (plan_.flows[f].flow->on.categories.intersects(brought))
      fire(life, member, f, recipient, lineage, depth);
  if (!hit) return;
  Person& person = life.members[member];
  for (const std::size_t f : plan_.on_hit[recipient.index()])
    if (!plan_.flows[f].nodes || holds_by(person, recipient, plan_.flows[f].nodes->when(sender)))
      fire(life, member, f, recipient, lineage, depth);
}

void Process::trigger_request(Life& life, std::uint16_t member, NodeId asked, Hash lineage,
                              std::uint8_t depth) {
  Person& person = life.members[member];
  for (const std::size_t f : plan_.on_request[asked.index()])
    if (!plan_.flows[f].nodes || holds_by(person, asked, plan_.flows[f].nodes->when(asked)))
      fire(life, member, f, asked, lineage, depth);
}

void Process::trigger_date(Life& life, const Event& event) {
  const FlowPlan& flow = plan_.flows[event.subject];
  const Hash trigger = event.kind == EventKind::periodic ? site("periodic", event.stamp)
                                                         : plan_.rule_starts[event.stamp].trigger;
  for (const NodeId actor : flow.actors) fire(life, event.member, event.subject, actor, trigger, 0);
  if (event.kind != EventKind::periodic) return;
  Event next = event;
  ++next.stamp;
  next.time = next.stamp * flow.flow->on.every_days;
  next.tie = life.members[event.member].luck.tie(fold(site("periodic", next.stamp), flow.name));
  push(life, next);
}

/// Makes the messages of a flow with one actor, and has them dispatched in their time.
void Process::fire(Life& life, std::uint16_t member, std::size_t f, NodeId actor, Hash trigger,
                   std::uint8_t depth) {
  const FlowPlan& flow = plan_.flows[f];
  const bool query = flow.root == RootAction::query;
  Person& person = life.members[member];
  const CategorySet& needed = query ? flow.flow->keys : flow.flow->data;
  if (!(query && needed.empty()) && !holds_some(person, actor, needed)) return;
  for (const Pair& pair : flow.pairs[actor.index()]) {
    if (!holds_by(person, actor, pair.when)) continue;
    const Hash lineage = fold(trigger, pair.name);
    if (flow.propensity < 1 && person.luck.uniform(site("flow", lineage)) >= flow.propensity)
      continue;
    if (std::find(person.lineages.begin(), person.lineages.end(), lineage) != person.lineages.end())
      continue;
    if (depth >= plan_.model.hop_limit) {
      ++person.tally.suppressed;
      continue;
    }
    person.lineages.push_back(lineage);
    const double at = life.now + draw(flow.flow->after, person.luck, site("after", lineage));
    if (at > plan_.model.horizon_days) continue;
    const std::uint32_t id = new_message(life);
    Message& message = life.messages[id];
    message.flow = static_cast<std::uint32_t>(f);
    message.from = pair.from;
    message.to = pair.to;
    message.lineage = lineage;
    message.member = member;
    message.query = query;
    message.depth = static_cast<std::uint8_t>(depth + 1);
    Event event = event_at(life, member, at, EventKind::dispatch, lineage);
    event.subject = id;
    push(life, event);
  }
}

}  // namespace onward
