// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "sim/scenario/read.hpp"

namespace onward {
namespace {

constexpr std::array root_names{"collect", "retain", "query", "disclose", "use", "match"};

Category category(const Member& entry) {
  Category read;
  read.label = Reader::label(entry);
  const std::string sensitivity = Reader::text(entry.value, "sensitivity");
  read.sensitivity = sensitivity == "high"  ? Sensitivity::high
                     : sensitivity == "low" ? Sensitivity::low
                                            : Sensitivity::normal;
  read.special_category = Reader::flag(entry.value, "special_category");
  read.dpv = Reader::text(entry.value, "dpv");
  return read;
}

void read_categories(const Value* categories, ScenarioReader& reader) {
  Vocabulary& vocabulary = reader.out().vocabulary;
  vocabulary.category_names.add("hit");
  vocabulary.category_names.add("no_hit");
  vocabulary.categories.push_back({"hit", Sensitivity::normal, false, ""});
  vocabulary.categories.push_back({"no hit", Sensitivity::normal, false, ""});
  if (categories == nullptr) return;
  for (const Member& entry : categories->members) {
    if (entry.key == "hit" || entry.key == "no_hit") {
      reader.error(entry.key_place, ticked(entry.key) + " exists already",
                   "it is the answer to a query; choose another name");
      continue;
    }
    vocabulary.category_names.add(entry.key);
    vocabulary.categories.push_back(category(entry));
  }
}

void read_actions(const Value* actions, ScenarioReader& reader) {
  Vocabulary& vocabulary = reader.out().vocabulary;
  for (std::size_t a = 0; a < root_names.size(); ++a) {
    vocabulary.action_names.add(root_names[a]);
    vocabulary.actions.push_back({root_names[a], {}, static_cast<RootAction>(a)});
  }
  if (actions == nullptr) return;
  for (const Member& entry : actions->members) {
    if (vocabulary.action_names.find(entry.key)) {
      reader.error(entry.key_place, ticked(entry.key) + " exists already", "choose another name");
      continue;
    }
    vocabulary.action_names.add(entry.key);
    vocabulary.actions.push_back({Reader::label(entry), {}, RootAction::collect});
  }
  for (const Member& entry : actions->members)
    if (const auto id = vocabulary.action_names.find(entry.key);
        id && id->index() >= root_names.size())
      vocabulary.actions[id->index()].included_in = reader.action(*entry.value.find("included_in"));
  for (const Member& entry : actions->members) {
    const auto id = vocabulary.action_names.find(entry.key);
    if (!id || id->index() < root_names.size()) continue;
    std::optional<ActionId> at = *id;
    for (std::size_t step = 0; at && at->index() >= root_names.size(); ++step) {
      if (step > vocabulary.actions.size()) break;
      at = vocabulary.actions[at->index()].included_in;
    }
    if (at && at->index() < root_names.size()) {
      vocabulary.actions[id->index()].root = static_cast<RootAction>(at->index());
    } else if (at) {
      reader.error(entry.value.find("included_in")->place,
                   ticked(entry.key) + " is included in itself",
                   "the chain of `included_in` must end at one of " +
                       one_of({root_names.begin(), root_names.end()}));
      vocabulary.actions[id->index()].included_in.reset();
    }
  }
}

void read_compatibility(const Value* list, ScenarioReader& reader) {
  if (list == nullptr) return;
  for (const Value& item : list->items) {
    Compatibility entry;
    entry.from = reader.purposes(item.find("from"));
    entry.to = reader.purposes(item.find("to"));
    entry.by_statute = Reader::text(item, "class") == "authorised";
    entry.basis = Reader::text(item, "basis");
    reader.out().vocabulary.compatibility.push_back(std::move(entry));
  }
}

/// Reports if there is more of something than the decision core's bit sets hold.
template <class Table>
bool fits(const Value& block, const char* key, const Table& table, std::size_t most,
          ScenarioReader& reader) {
  if (table.size() <= most) return true;
  reader.error(block.find(key)->place,
               "there are " + std::to_string(table.size()) + " " + key + ", at most " +
                   std::to_string(most) + " are possible",
               "put together those that no rule tells apart");
  return false;
}

void read_recording(const Value& recorded, AttributeId attribute, ScenarioReader& reader) {
  const Value* by = recorded.find("by");
  if (by == nullptr) return;
  for (const Member& at_node : by->members) {
    Value name;
    name.text = at_node.key;
    name.place = at_node.key_place;
    const auto node = reader.node(name);
    for (const Member& truth : at_node.value.members) {
      const auto true_value = reader.value_of(attribute, truth.key, truth.key_place);
      reader.check_shares(truth.value);
      for (const Member& share : truth.value.members) {
        const auto value = reader.value_of(attribute, share.key, share.key_place);
        const Claim chance = reader.claim(share.value);
        if (node && true_value && value)
          reader.out().vocabulary.attributes[attribute.index()].recording_errors.push_back(
              {*node, *true_value, *value, chance});
      }
    }
  }
}

void read_values(const Member& entry, Attribute& attribute, ScenarioReader& reader) {
  int forms = 0;
  for (const char* form : {"values", "nodes", "states"}) forms += entry.value.find(form) != nullptr;
  if (forms != 1) {
    attribute.broken = true;
    reader.error(
        entry.value.place,
        forms == 0 ? "the attribute has no values" : "the attribute has values of two kinds",
        "give one of `values`, `nodes` and `states`");
  }
  if (const Value* values = entry.value.find("values"))
    for (const Value& value : values->items) attribute.values.add(value.text);
  attribute.are_nodes = entry.value.find("nodes") != nullptr;
  if (const Value* nodes = entry.value.find("nodes"))
    for (const Value& name : nodes->items) {
      const auto node = reader.node(name);
      attribute.broken = attribute.broken || !node;
      if (!node) continue;
      attribute.values.add(name.text);
      attribute.nodes.push_back(*node);
    }
  if (const Value* states = entry.value.find("states")) {
    attribute.is_state = true;
    for (const std::string& state : reader.world().states) attribute.values.add(state);
    if (reader.world().states.empty())
      reader.error(states->place, "the world has no states", "add `for_each_state` to it");
  }
}

}  // namespace

bool read_vocabulary(const Value& block, ScenarioReader& reader) {
  Vocabulary& vocabulary = reader.out().vocabulary;
  read_categories(block.find("categories"), reader);
  if (const Value* purposes = block.find("purposes"))
    for (const Member& entry : purposes->members) {
      vocabulary.purpose_names.add(entry.key);
      vocabulary.purposes.push_back({Reader::label(entry), Reader::text(entry.value, "dpv")});
    }
  if (const Value* facts = block.find("facts"))
    for (const Member& entry : facts->members) vocabulary.fact_names.add(entry.key);
  const bool all_fit =
      fits(block, "categories", vocabulary.category_names, CategorySet::capacity, reader) &
      fits(block, "purposes", vocabulary.purpose_names, PurposeSet::capacity, reader) &
      fits(block, "facts", vocabulary.fact_names, FactSet::capacity, reader);
  if (!all_fit) return false;
  if (vocabulary.purposes.empty())
    reader.error(block.place, "the vocabulary has no purposes", "every request has one");
  read_actions(block.find("actions"), reader);
  read_compatibility(block.find("compatibility"), reader);
  if (const Value* attributes = block.find("attributes"))
    for (const Member& entry : attributes->members) {
      vocabulary.attribute_names.add(entry.key);
      vocabulary.attributes.emplace_back().label = Reader::label(entry);
    }
  return true;
}

void read_attribute_values(const Value& vocabulary, ScenarioReader& reader) {
  const Value* attributes = vocabulary.find("attributes");
  if (attributes == nullptr) return;
  for (const Member& entry : attributes->members) {
    const AttributeId id = *reader.vocabulary().attribute_names.find(entry.key);
    Attribute& attribute = reader.out().vocabulary.attributes[id.index()];
    read_values(entry, attribute, reader);
    if (const Value* initial = entry.value.find("initial")) {
      attribute.initial = reader.value_of(id, initial->text, initial->place);
      attribute.broken = attribute.broken || !attribute.initial;
    }
    read_recording(*entry.value.find("recorded"), id, reader);
  }
}

}  // namespace onward
