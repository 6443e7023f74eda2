// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "sim/scenario/read.hpp"

namespace onward {
namespace {

constexpr std::array<std::pair<const char*, Condition::Kind>, 4> data_kinds = {
    {{"knows", Condition::Kind::knows},
     {"holds", Condition::Kind::holds},
     {"receives", Condition::Kind::receives},
     {"believes", Condition::Kind::believes}}};

bool selects_nodes(const Value& value) {
  return std::any_of(value.members.begin(), value.members.end(), [](const Member& m) {
    return m.key == "node" || m.key == "tag" || m.key == "kind" || m.key == "jurisdiction" ||
           m.key == "regime";
  });
}

Condition combined(Condition::Kind kind, std::vector<Condition> parts) {
  Condition condition;
  condition.kind = kind;
  condition.parts = std::move(parts);
  return condition;
}

std::optional<Condition> data_condition(const Value& value, Reader& reader) {
  std::optional<Condition> read;
  for (const auto& [key, kind] : data_kinds) {
    const Value* data = value.find(key);
    if (data == nullptr) continue;
    if (read) {
      reader.error(
          data->place,
          ticked(key) + " stands beside another of `knows`, `holds`, `receives` and `believes`",
          "put them into `all` or `any`");
      continue;
    }
    read.emplace();
    read->kind = kind;
    read->data = reader.categories(data);
  }
  const bool nodes = selects_nodes(value);
  if (!read) {
    for (const char* key :
         {"node", "tag", "kind", "jurisdiction", "regime", "purpose", "received_from"})
      if (const Member* member = value.member(key)) {
        reader.error(member->key_place,
                     "this does not say what the node knows, holds, receives or believes",
                     "add one of `knows`, `holds`, `receives` and `believes`");
        break;
      }
    return {};
  }
  if (!nodes)
    reader.error(value.place, "this does not say which node it is about",
                 "add `node`, `tag` or `kind`");
  read->node = reader.selector(value);
  // Why: `any` and `not` of a condition are conditions, not selectors.
  read->node.any.clear();
  read->node.none.clear();
  read->received_from = reader.optional_selector(value.find("received_from"));
  if (const Value* purposes = value.find("purpose")) read->purposes = reader.purposes(purposes);
  return read;
}

/// The members of a value that say which nodes, without `any` and `not`.
Value without_parts(const Value& value) {
  Value copy = value;
  copy.members.erase(std::remove_if(copy.members.begin(), copy.members.end(),
                                    [](const Member& m) {
                                      return m.key == "any" || m.key == "not" || m.key == "all" ||
                                             m.key == "to_whom" || m.key == "tied_by" ||
                                             m.key == "in_state" || m.key == "happened";
                                    }),
                     copy.members.end());
  return copy;
}

void check_state(const Value& name, Reader& reader) {
  std::vector<std::string> known;
  for (const Journey& journey : reader.scenario().population.journeys)
    for (const JourneyState& state : journey.states) known.push_back(state.id);
  if (std::find(known.begin(), known.end(), name.text) == known.end())
    reader.unknown("state", name.text, name.place, known, "states");
}

void check_harms(const Value& names, const std::vector<std::string>& known, Reader& reader) {
  for (const Value* name : one_or_many(&names))
    if (std::find(known.begin(), known.end(), name->text) == known.end())
      reader.unknown("harm", name->text, name->place, known, "harms");
}

std::size_t link_index(const Value& name, Reader& reader) {
  const std::vector<Link>& links = reader.scenario().population.links;
  std::vector<std::string> known;
  for (std::size_t l = 0; l < links.size(); ++l) {
    if (links[l].id == name.text) return l;
    known.push_back(links[l].id);
  }
  reader.unknown("link", name.text, name.place, known, "links");
  return 0;
}

Condition named(Condition::Kind kind, const Value& names) {
  Condition condition;
  condition.kind = kind;
  condition.names = Reader::texts(&names);
  return condition;
}

Condition condition(const Value& value, const std::vector<std::string>& harm_ids, Reader& reader) {
  std::vector<Condition> all;
  const Value own = without_parts(value);
  if (own.find("attribute") != nullptr) {
    Condition attribute;
    attribute.kind = Condition::Kind::attribute;
    attribute.attribute = reader.predicate(own);
    all.push_back(std::move(attribute));
  }
  if (const Value* states = value.find("in_state")) {
    for (const Value* state : one_or_many(states)) check_state(*state, reader);
    all.push_back(named(Condition::Kind::in_state, *states));
  }
  if (const Value* harms = value.find("happened")) {
    check_harms(*harms, harm_ids, reader);
    all.push_back(named(Condition::Kind::happened, *harms));
  }
  if (const Value* tie = value.find("tied_by")) {
    Condition tied =
        combined(Condition::Kind::tied, {condition(*value.find("to_whom"), harm_ids, reader)});
    tied.link = link_index(*tie, reader);
    all.push_back(std::move(tied));
  }
  if (auto data = data_condition(own, reader)) all.push_back(std::move(*data));
  const auto parts = [&](const Value& list) {
    std::vector<Condition> read;
    for (const Value& part : list.items) read.push_back(condition(part, harm_ids, reader));
    return read;
  };
  if (const Value* list = value.find("all"))
    all.push_back(combined(Condition::Kind::all, parts(*list)));
  if (const Value* list = value.find("any"))
    all.push_back(combined(Condition::Kind::any, parts(*list)));
  if (const Value* part = value.find("not"))
    all.push_back(combined(Condition::Kind::negation, {condition(*part, harm_ids, reader)}));
  if (all.size() == 1) return std::move(all.front());
  return combined(Condition::Kind::all, std::move(all));
}

bool has_negation(const Condition& condition) {
  return condition.kind == Condition::Kind::negation ||
         std::any_of(condition.parts.begin(), condition.parts.end(), has_negation);
}

Harm harm(const Member& entry, const std::vector<std::string>& harm_ids, ScenarioReader& reader) {
  const Value& value = entry.value;
  Harm harm;
  harm.id = entry.key;
  harm.label = Reader::label(entry);
  if (const Value* who = value.find("who")) harm.who = reader.predicate(*who);
  harm.background = reader.optional_claim(value.find("background"));
  if (const Value* during = value.find("while"))
    harm.raised.push_back(
        {condition(*during, harm_ids, reader), false, reader.claim(*value.find("hazard"))});
  if (const Value* list = value.find("raised"))
    for (const Value& item : list->items) {
      const bool at_event = item.find("at") != nullptr;
      harm.raised.push_back({condition(*item.find(at_event ? "at" : "while"), harm_ids, reader),
                             at_event, reader.claim(*item.find(at_event ? "chance" : "hazard"))});
    }
  if (const Value* list = value.find("lowered"))
    for (const Value& item : list->items)
      harm.lowered.push_back(
          {condition(*item.find("while"), harm_ids, reader), reader.claim(*item.find("factor"))});
  if (harm.raised.empty() && !harm.background)
    reader.error(value.place, "nothing causes the harm " + ticked(entry.key),
                 "add `while` and `hazard`, `raised` or `background`");
  harm.severity = Reader::text(value, "severity");
  harm.absolute = Reader::flag(value, "absolute");
  harm.monotone = Reader::flag(value, "monotone");
  const bool protected_by_absence =
      std::any_of(harm.raised.begin(), harm.raised.end(),
                  [](const Raised& r) { return has_negation(r.condition); });
  if (harm.monotone && (!harm.lowered.empty() || protected_by_absence))
    reader.error(value.find("monotone")->place,
                 "the harm is not monotone: something that is known or held makes it less likely",
                 "delete `monotone`, or what is `lowered` and each `not`");
  harm.taxonomy = Reader::texts(value.find("taxonomy"));
  if (const Value* then = value.find("then")) {
    harm.ends_journey = then->find("end") != nullptr;
    if (const Value* go = then->find("go")) {
      harm.then_state = go->text;
      check_state(*go, reader);
    }
  }
  return harm;
}

Benefit benefit(const Member& entry, const std::vector<std::string>& harm_ids,
                ScenarioReader& reader) {
  const Value& value = entry.value;
  Benefit benefit;
  benefit.id = entry.key;
  benefit.label = Reader::label(entry);
  if (const Value* who = value.find("who")) benefit.who = reader.predicate(*who);
  benefit.when = condition(*value.find("when"), harm_ids, reader);
  benefit.once = Reader::text(value, "count") == "once a person";
  const std::string serves = Reader::text(value, "serves");
  benefit.serves = serves == "authority" ? Benefit::Serves::authority
                   : serves == "public"  ? Benefit::Serves::everybody
                                         : Benefit::Serves::person;
  benefit.taxonomy = Reader::texts(value.find("taxonomy"));
  return benefit;
}

template <class T>
std::vector<std::string> read_headline(const Value& headline, const char* key, const char* what,
                                       const std::vector<T>& outcomes, ScenarioReader& reader) {
  std::vector<std::string> known;
  for (const T& outcome : outcomes) known.push_back(outcome.id);
  std::vector<std::string> names;
  for (const Value& name : headline.find(key)->items) {
    if (std::find(known.begin(), known.end(), name.text) == known.end())
      reader.unknown(what, name.text, name.place, known, key);
    names.push_back(name.text);
  }
  return names;
}

std::optional<std::size_t> group_named(const Value& name, Reader& reader) {
  std::vector<std::string> known;
  for (const Group& group : reader.scenario().population.groups) {
    if (group.id == name.text) return known.size();
    known.push_back(group.id);
  }
  reader.unknown("group", name.text, name.place, known, "groups");
  return {};
}

}  // namespace

Condition read_condition(const Value& value, Reader& reader) {
  std::vector<std::string> harm_ids;
  for (const Harm& harm : reader.scenario().outcomes.harms) harm_ids.push_back(harm.id);
  return condition(value, harm_ids, reader);
}

void read_outcomes(const Value& block, const Value& headline, ScenarioReader& reader) {
  Outcomes& outcomes = reader.out().outcomes;
  std::vector<std::string> harm_ids;
  if (const Value* harms = block.find("harms"))
    for (const Member& entry : harms->members) harm_ids.push_back(entry.key);
  if (const Value* harms = block.find("harms"))
    for (const Member& entry : harms->members)
      outcomes.harms.push_back(harm(entry, harm_ids, reader));
  if (const Value* benefits = block.find("benefits"))
    for (const Member& entry : benefits->members)
      outcomes.benefits.push_back(benefit(entry, harm_ids, reader));
  reader.out().headline_harms = read_headline(headline, "harms", "harm", outcomes.harms, reader);
  reader.out().headline_benefits =
      read_headline(headline, "benefits", "benefit", outcomes.benefits, reader);
  if (const Value* reference = headline.find("reference_group"))
    reader.out().reference_group = group_named(*reference, reader);
}

}  // namespace onward
