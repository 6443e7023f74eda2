// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sim/people/process_notes.hpp"

namespace onward {

AttributeValues Process::recorded_by(const Person& person, NodeId node) const {
  AttributeValues values = person.values;
  for (const RecordingPlan& recording : plan_.recordings) {
    const std::size_t a = recording.attribute.index();
    const std::int32_t recorder = person.recorder[a];
    const auto by = recorder == -1 ? static_cast<std::int32_t>(node.index()) : recorder;
    if (by != static_cast<std::int32_t>(recording.node.index()) ||
        person.values[a] != recording.true_value)
      continue;
    const Hash where =
        site("recording", plan_.attribute_names[a], plan_.node_names[recording.node.index()]);
    values[a] = recording.recorded.things[choose(recording.recorded.options, person.luck, where)];
  }
  return values;
}

const Record& Process::record_of(Person& person, NodeId node) const {
  const auto by =
      plan_.records_wrongly[node.index()] ? static_cast<std::int32_t>(node.index()) : Record::exact;
  for (const Record& known : person.records)
    if (known.by == by) return known;
  AttributeValues values = recorded_by(person, node);
  const CellId cell = plan_.model.cells->cell(values);
  person.records.push_back({by, std::move(values), cell});
  return person.records.back();
}

CellId Process::cell_by(Person& person, NodeId node) const {
  return record_of(person, node).cell;
}

CellId Process::cell_of(Person& person, std::int32_t candidate, NodeId collector) const {
  return candidate != Copy::none ? person.candidate_cells[static_cast<std::size_t>(candidate)]
                                 : cell_by(person, collector);
}

bool Process::holds_by(Person& person, NodeId node, const Predicate& predicate) const {
  if (predicate.kind == Predicate::Kind::always) return true;
  return predicate.holds(record_of(person, node).values);
}

void Process::place_stock(Life& life, std::uint16_t member) {
  Person& person = life.members[member];
  const Population& population = *plan_.model.population;
  std::vector<const Stock*> in_order;
  for (const Stock& stock : population.stock)
    if (stock.group == person.group) in_order.push_back(&stock);
  std::sort(in_order.begin(), in_order.end(),
            [](const Stock* a, const Stock* b) { return a->id < b->id; });
  for (const Stock* stock : in_order) {
    const Hash id = hash_of(stock->id);
    if (!in_stock(*stock, person.luck)) continue;
    const Hash lineage = site("stock", id);
    const double from = -draw(stock->collected_days_ago, person.luck, site("stock-age", id));
    const auto first = static_cast<std::uint32_t>(person.copies.size());
    for (const CategoryId category : plan_.in_order(stock->data)) {
      Item item;
      item.category = category;
      Alternatives::Question question;
      question.to = stock->node;
      question.purpose = stock->purpose;
      question.category = category;
      question.cell = cell_by(person, stock->node);
      item.keep_days = alternatives_.keep_days(question);
      keep_too_long(person, stock->node, lineage, item);
      const double until = from + item.keep_days;
      if (until <= 0) continue;
      Copy copy;
      copy.from = from;
      copy.until = until;
      copy.lineage = lineage;
      copy.category = category;
      copy.holder = copy.collector = stock->node;
      copy.purpose = stock->purpose;
      copy.lawfully_kept = item.lawfully_kept;
      copy.overdue_from = from + item.lawful_days;
      add_copy(person, copy);
    }
    schedule_ends(life, member, first);
  }
}

/// A bound node that does not delete when it should.
void Process::keep_too_long(const Person& person, NodeId node, Hash lineage, Item& item) const {
  if (!plan_.binds(node)) return;
  const double compliance = plan_.node_plans[node.index()].deletes;
  if (compliance >= 1 || person.luck.uniform(site("over-retention", lineage)) < compliance) return;
  item.lawfully_kept = item.keep_days == never_ends;
  item.lawful_days = item.keep_days;
  item.keep_days = never_ends;
}

void Process::enter(Life& life, std::uint16_t member, std::uint32_t state) {
  Person& person = life.members[member];
  const Population& population = *plan_.model.population;
  const std::size_t journey = population.groups[person.group].journey;
  const JourneyState& at = population.journeys[journey].states[state];
  const StatePlan& plan = plan_.states[journey][state];
  const std::uint32_t visit = ++person.visits_of[state];
  const Hash lineage = site("visit", plan.name, visit);
  person.state = state;
  ++person.moves;
  person.changed = true;

  std::vector<std::pair<AttributeId, ValueId>> changes;
  for (const auto& [attribute, value] : plan.sets) {
    if (person.values[attribute.index()] == value) continue;
    person.values[attribute.index()] = value;
    changes.emplace_back(attribute, value);
    const Vocabulary& words = *plan_.model.vocabulary;
    note(person, "status", life.now,
         Named{plan_.attribute_names[attribute.index()], &words.attribute_names.name(attribute)},
         Named{plan_.value_names[attribute.index()][value.index()],
               &words.attributes[attribute.index()].values.name(value)});
  }
  std::optional<NodeId> node = at.at;
  if (at.at_subject_node)
    node = at.at_subject_node
               ->node_of_value[person.values[at.at_subject_node->attribute.index()].index()];
  for (const auto& [attribute, value] : plan.sets) {
    person.recorder[attribute.index()] = node ? static_cast<std::int32_t>(node->index()) : -2;
    person.records.clear();
  }
  person.visits.push_back({life.now, state, node});
  if (node) {
    note(person, "encounter", life.now, name_of(*node));
    count(person);
    collect(life, member, *node, at, plan, lineage);
    trigger_encounter(life, member, *node, lineage);
  }
  for (const auto& [attribute, value] : changes)
    trigger_status(life, member, attribute, value, lineage);
  move_on(life, member, lineage);
}

void Process::collect(Life& life, std::uint16_t member, NodeId node, const JourneyState& state,
                      const StatePlan& plan, Hash lineage) {
  if (plan.collects.empty()) return;
  Person& person = life.members[member];
  const auto first = static_cast<std::uint32_t>(person.copies.size());
  for (const Alternatives::Collected& may :
       alternatives_.collected(plan, node, state.purpose, cell_by(person, node), life.now)) {
    Item item;
    item.category = may.category;
    item.keep_days = may.keep_days;
    keep_too_long(person, node, lineage, item);
    Copy copy;
    copy.from = life.now;
    copy.until = life.now + item.keep_days;
    copy.lineage = lineage;
    copy.category = may.category;
    copy.holder = copy.collector = node;
    copy.purpose = state.purpose;
    copy.lawfully_kept = item.lawfully_kept;
    copy.overdue_from = life.now + item.lawful_days;
    copy.provenance = may.provenance;
    add_copy(person, copy);
  }
  schedule_ends(life, member, first);
  if (narrator_ != nullptr && narrator_->follows(person))
    tell_of_collection(person, node, state, plan, lineage, life.now);
}

/// Tells of each category that the node would collect.
void Process::tell_of_collection(Person& person, NodeId node, const JourneyState& state,
                                 const StatePlan& plan, Hash lineage, double now) const {
  for (const CategoryId category : plan.collects) {
    Alternatives::Question question;
    question.action = ActionId(static_cast<std::size_t>(RootAction::collect));
    question.to = node;
    question.purpose = state.purpose;
    question.category = category;
    question.cell = cell_by(person, node);
    question.at = now;
    tell(person, question, lineage, -1, alternatives_.answer(question).verdict != Verdict::deny);
  }
}

void Process::move_on(Life& life, std::uint16_t member, Hash lineage) {
  Person& person = life.members[member];
  const Population& population = *plan_.model.population;
  const std::size_t journey = population.groups[person.group].journey;
  const StatePlan& plan = plan_.states[journey][person.state];
  if (plan.next.things.empty()) return;
  const std::uint32_t visit = person.visits_of[person.state];
  std::size_t way = plan.next.things.size() == 1
                        ? 0
                        : choose(plan.next.options, person.luck, site("next", plan.name, visit));
  if (person.cast >= 0)
    for (const auto& [from, to] : population.cast[static_cast<std::size_t>(person.cast)].choices)
      for (std::size_t w = 0; w < plan.next.things.size(); ++w)
        if (from == person.state && plan.next.things[w]->to == to) way = w;
  const NextState& next = *plan.next.things[way];
  const double dwell = draw(next.after, person.luck, site("dwell", plan.name, visit));
  Event move = event_at(life, member, life.now + dwell, EventKind::move, lineage);
  move.subject = static_cast<std::uint32_t>(next.to);
  move.stamp = person.moves;
  push(life, move);
}

}  // namespace onward
