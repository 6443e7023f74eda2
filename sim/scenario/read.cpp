// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/read.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>

namespace onward {
namespace {

using Kind = Value::Kind;

const std::vector<std::string>& kind_names() {
  static const std::vector<std::string> names = {"authority", "eu_agency",     "database",
                                                 "service",   "third_country", "civil_society",
                                                 "carrier",   "contractor",    "oversight"};
  return names;
}

std::optional<double> number(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? std::nullopt : std::optional(value->number);
}

}  // namespace

void Reader::error(const Place& place, std::string message, std::string help) {
  diagnostics_.push_back({Severity::error, place, std::move(message), std::move(help)});
}

void Reader::warning(const Place& place, std::string message, std::string help) {
  diagnostics_.push_back({Severity::warning, place, std::move(message), std::move(help)});
}

void Reader::warn_if_empty(const Value& written, const NodeSelector& selector,
                           std::string consequence) {
  if (selector.possible().empty())
    warning(written.place, "this selects no node, so " + std::move(consequence));
}

void Reader::unknown(std::string_view what, std::string_view name, const Place& place,
                     const std::vector<std::string>& known, std::string_view plural) {
  error(place, "unknown " + std::string(what) + " " + ticked(name), suggest(name, known, plural));
}

std::string Reader::text(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? "" : value->text;
}

bool Reader::flag(const Value& object, std::string_view key, bool otherwise) {
  const Value* value = object.find(key);
  return value == nullptr ? otherwise : value->truth;
}

std::vector<std::string> Reader::texts(const Value* one_or_list) {
  std::vector<std::string> all;
  for (const Value* value : one_or_many(one_or_list)) all.push_back(value->text);
  return all;
}

std::string Reader::label(const Member& entry) {
  std::string written = text(entry.value, "label");
  if (!written.empty()) return written;
  std::string words = entry.key;
  std::replace(words.begin(), words.end(), '_', ' ');
  std::replace(words.begin(), words.end(), '-', ' ');
  return words;
}

std::optional<NodeId> Reader::node(const Value& name) {
  const auto found = world().node_names.find(name.text);
  if (!found && name.text == "subject")
    error(name.place, "`subject` is no node", "the person herself is `\"from\": \"subject\"`");
  else if (!found)
    unknown("node", name.text, name.place, world().node_names.names(), "nodes");
  return found;
}

std::vector<NodeId> Reader::nodes(const Value* names) {
  std::vector<NodeId> all;
  for (const Value* name : one_or_many(names))
    if (const auto found = node(*name)) all.push_back(*found);
  return all;
}

std::optional<CategoryId> Reader::category(const Value& name) {
  const auto found = vocabulary().category_names.find(name.text);
  if (!found)
    unknown("category", name.text, name.place, vocabulary().category_names.names(), "categories");
  return found;
}

CategorySet Reader::categories(const Value* names) {
  CategorySet set;
  for (const Value* name : one_or_many(names))
    if (const auto found = category(*name)) set.insert(*found);
  return set;
}

std::optional<PurposeId> Reader::purpose(const Value& name) {
  const auto found = vocabulary().purpose_names.find(name.text);
  if (!found)
    unknown("purpose", name.text, name.place, vocabulary().purpose_names.names(), "purposes");
  return found;
}

PurposeSet Reader::purposes(const Value* names) {
  PurposeSet set;
  for (const Value* name : one_or_many(names))
    if (const auto found = purpose(*name)) set.insert(*found);
  return set;
}

std::optional<ActionId> Reader::action(const Value& name) {
  const auto found = vocabulary().action_names.find(name.text);
  if (!found)
    unknown("action", name.text, name.place, vocabulary().action_names.names(), "actions");
  return found;
}

std::optional<FactId> Reader::fact(std::string_view name, const Place& place) {
  const auto found = vocabulary().fact_names.find(name);
  if (!found) unknown("fact", name, place, vocabulary().fact_names.names(), "facts");
  return found;
}

std::optional<AttributeId> Reader::attribute(std::string_view name, const Place& place) {
  const auto found = vocabulary().attribute_names.find(name);
  if (!found) unknown("attribute", name, place, vocabulary().attribute_names.names(), "attributes");
  return found;
}

std::optional<ValueId> Reader::value_of(AttributeId attribute, std::string_view name,
                                        const Place& place) {
  const Attribute& of = vocabulary().attributes[attribute.index()];
  const auto found = of.values.find(name);
  if (!found && !of.broken)
    unknown("value of `" + vocabulary().attribute_names.name(attribute) + "`:", name, place,
            of.values.names(), "values");
  return found;
}

std::optional<ChannelId> Reader::channel(const Value& name) {
  const auto found = world().channel_names.find(name.text);
  if (!found) unknown("channel", name.text, name.place, world().channel_names.names(), "channels");
  return found;
}

FactTest Reader::facts(const Value* object) {
  FactTest test;
  if (object == nullptr) return test;
  for (const Member& member : object->members)
    if (const auto found = fact(member.key, member.key_place))
      (member.value.truth ? test.must_hold : test.must_not_hold).insert(*found);
  return test;
}

std::optional<Date> Reader::date(const Value& text) {
  const auto parsed = parse_date(text.text);
  if (!parsed) error(text.place, ticked(text.text) + " is not a day of the calendar");
  return parsed;
}

DynamicSet Reader::eligible_nodes(const Value& object) {
  DynamicSet eligible(world().nodes.size(), true);
  const auto narrow = [&](std::string_view key, bool open_list, const auto& words_of) {
    const Value* given = object.find(key);
    if (given == nullptr) return;
    std::set<std::string> known;
    for (const Node& n : world().nodes)
      for (const std::string& word : words_of(n)) known.insert(word);
    DynamicSet selected(world().nodes.size());
    for (const Value* word : one_or_many(given)) {
      if (open_list && !known.contains(word->text))
        error(word->place, "no node has the " + std::string(key) + " " + ticked(word->text),
              suggest(word->text, {known.begin(), known.end()}, std::string(key) + "s in use"));
      for (std::size_t n = 0; n < world().nodes.size(); ++n) {
        const std::vector<std::string> words = words_of(world().nodes[n]);
        if (std::find(words.begin(), words.end(), word->text) != words.end()) selected.insert(n);
      }
    }
    eligible &= selected;
  };
  using Words = std::vector<std::string>;
  narrow("tag", true, [](const Node& n) { return n.tags; });
  narrow("jurisdiction", true, [](const Node& n) { return n.jurisdictions; });
  narrow("regime", true,
         [](const Node& n) { return n.regime.empty() ? Words{} : Words{n.regime}; });
  for (const Value* kind : one_or_many(object.find("kind")))
    if (std::find(kind_names().begin(), kind_names().end(), kind->text) == kind_names().end())
      unknown("kind of node", kind->text, kind->place, kind_names(), "kinds");
  narrow("kind", false,
         [](const Node& n) { return Words{kind_names()[static_cast<std::size_t>(n.kind)]}; });
  return eligible;
}

std::optional<SubjectNode> Reader::subject_node(const Value& name) {
  const std::string rest = name.text.substr(std::string_view("subject.").size());
  const std::string attribute_name = rest.substr(0, rest.find('.'));
  const auto found = attribute(attribute_name, name.place);
  if (!found) return {};
  const Attribute& of = vocabulary().attributes[found->index()];
  if (of.broken) return {};
  SubjectNode subject{*found, of.nodes};
  const bool has_part = rest.find('.') != std::string::npos;
  if (!of.is_state) {
    if (!has_part && of.are_nodes) return subject;
    error(name.place, ticked(name.text) + " is no node",
          !of.are_nodes
              ? "the values of " + ticked(attribute_name) + " are words; give it `nodes` instead"
              : "write " + ticked("subject." + attribute_name));
    return {};
  }
  if (!has_part) {
    error(name.place, ticked(name.text) + " is a state, not a node",
          "add the node: `subject." + attribute_name + ".NODE`");
    return {};
  }
  const std::string part = rest.substr(rest.find('.') + 1);
  subject.node_of_value.clear();
  for (const std::string& state : of.values.names()) {
    const auto node_of_state = world().node_names.find(state + "." + part);
    if (!node_of_state) {
      unknown("node", state + "." + part, name.place, world().node_names.names(), "nodes");
      return {};
    }
    subject.node_of_value.push_back(*node_of_state);
  }
  return subject;
}

NodeSelector Reader::selector(const Value& object) {
  NodeSelector selector;
  selector.eligible = eligible_nodes(object);
  if (const Value* names = object.find("node")) {
    selector.named = DynamicSet(world().nodes.size());
    for (const Value* name : one_or_many(names)) {
      if (name->text.starts_with("subject.")) {
        if (auto subject = subject_node(*name)) selector.subjects.push_back(std::move(*subject));
      } else if (const auto found = node(*name)) {
        selector.named->insert(found->index());
      }
    }
  }
  if (const Value* any = object.find("any"))
    for (const Value& part : any->items) selector.any.push_back(this->selector(part));
  if (const Value* none = object.find("not")) selector.none.push_back(this->selector(*none));
  return selector;
}

std::optional<NodeSelector> Reader::optional_selector(const Value* object) {
  if (object == nullptr) return {};
  return selector(*object);
}

Predicate Reader::predicate(const Value& object) {
  std::vector<Predicate> all;
  if (const Value* name = object.find("attribute")) {
    if (const auto found = attribute(name->text, name->place)) {
      DynamicSet values(vocabulary().attributes[found->index()].values.size());
      for (const Value* value : one_or_many(object.find("is")))
        if (const auto id = value_of(*found, value->text, value->place)) values.insert(id->index());
      all.push_back(Predicate::is(*found, std::move(values)));
    }
  }
  const auto parts = [this](const Value& list) {
    std::vector<Predicate> read;
    for (const Value& part : list.items) read.push_back(predicate(part));
    return read;
  };
  if (const Value* list = object.find("all")) all.push_back(Predicate::all(parts(*list)));
  if (const Value* list = object.find("any")) all.push_back(Predicate::any(parts(*list)));
  if (const Value* part = object.find("not")) all.push_back(Predicate::negation(predicate(*part)));
  return Predicate::all(std::move(all));
}

Claim Reader::claim(const Value& object) {
  static const std::array<std::pair<const char*, EvidenceKind>, 4> kinds = {
      {{"law", EvidenceKind::law},
       {"official-statistic", EvidenceKind::official_statistic},
       {"study", EvidenceKind::study},
       {"expert-assumption", EvidenceKind::expert_assumption}}};
  Claim claim;
  claim.value = number(object, "value").value_or(0);
  claim.low = number(object, "low");
  claim.high = number(object, "high");
  claim.unit = text(object, "unit");
  const std::string spread = text(object, "dist");
  claim.spread = spread == "uniform"      ? Spread::uniform
                 : spread == "triangular" ? Spread::triangular
                                          : Spread::log_uniform;
  const Value& evidence = *object.find("evidence");
  claim.source = text(evidence, "source");
  for (const auto& [name, kind] : kinds)
    if (text(evidence, "kind") == name) claim.evidence = kind;
  check_range(object, claim);
  return claim;
}

void Reader::check_range(const Value& object, const Claim& claim) {
  if (claim.low.has_value() != claim.high.has_value()) {
    error(object.place,
          claim.low ? "`low` needs `high` beside it" : "`high` needs `low` beside it");
    return;
  }
  const Value& evidence = *object.find("evidence");
  const bool said = text(evidence, "uncertainty") == "not published";
  if (!claim.low) {
    if (claim.evidence == EvidenceKind::illustrative)
      error(object.place, "an illustrative number needs `low` and `high`",
            "it has no source, so it can only be swept between two bounds");
    else if (claim.evidence != EvidenceKind::law && !said)
      error(object.place, "this number has no `low` and `high`",
            "give its range, or write `\"uncertainty\": \"not published\"` in its evidence");
    return;
  }
  if (said)
    error(evidence.place, "the uncertainty is called not published, but `low` and `high` are given",
          "delete one of the two, or name the range's own source");
  if (*claim.low > *claim.high)
    error(object.find("low")->place, "`low` is more than `high`");
  else if (claim.value < *claim.low || claim.value > *claim.high)
    error(object.find("value")->place, "`value` is not between `low` and `high`");
  else if (claim.spread == Spread::log_uniform && *claim.low <= 0 && *claim.high > 0)
    error(object.find("low")->place, "a log-uniform range must begin above 0",
          "write `\"dist\": \"uniform\"` (the default is log-uniform), or a small number");
}

std::optional<Claim> Reader::optional_claim(const Value* object) {
  if (object == nullptr) return {};
  return claim(*object);
}

bool Reader::few_enough(const Value& map, std::string_view plural) {
  if (map.members.size() <= max_named_things) return true;
  error(map.place, "there are " + std::to_string(map.members.size()) + " " + std::string(plural) +
                       ", at most " + std::to_string(max_named_things) + " are possible");
  return false;
}

void Reader::check_shares(const Value& object) {
  double sum = 0;
  for (const Member& share : object.members) sum += number(share.value, "value").value_or(0);
  if (std::abs(sum - 1) > 1e-9) {
    std::array<char, 32> shown{};
    std::snprintf(shown.data(), shown.size(), "%.6g", sum);
    error(object.place, "the chances add up to " + std::string(shown.data()) + ", not to 1");
  }
}

Duration Reader::duration(const Value* number_or_object) {
  Duration duration;
  if (number_or_object == nullptr) return duration;
  const Value& value = *number_or_object;
  if (value.is(Kind::number)) {
    duration.mean = value.number;
    return duration;
  }
  struct Form {
    const char* name;
    DurationShape shape;
    std::vector<std::string> keys;
  };
  static const std::vector<Form> forms = {{"exponential", DurationShape::exponential, {"mean"}},
                                          {"log-normal", DurationShape::log_normal, {"mean", "cv"}},
                                          {"erlang", DurationShape::erlang, {"mean", "shape"}},
                                          {"uniform", DurationShape::uniform, {"low", "high"}},
                                          {"empirical", DurationShape::empirical, {"values"}}};
  const std::string name = text(value, "dist");
  const auto form =
      std::find_if(forms.begin(), forms.end(), [&](const Form& f) { return f.name == name; });
  duration.shape = form->shape;
  for (const std::string& key : form->keys)
    if (value.find(key) == nullptr)
      error(value.place, ticked(key) + " is missing",
            ticked(name) + " needs " + all_of(form->keys));
  for (const Member& member : value.members)
    if (member.key != "dist" &&
        std::find(form->keys.begin(), form->keys.end(), member.key) == form->keys.end())
      error(member.key_place, ticked(member.key) + " means nothing for " + ticked(name),
            "it takes " + all_of(form->keys));
  duration.mean = number(value, "mean").value_or(0);
  duration.cv = number(value, "cv").value_or(0);
  duration.stages = static_cast<int>(number(value, "shape").value_or(1));
  duration.low = number(value, "low").value_or(0);
  duration.high = number(value, "high").value_or(0);
  if (value.find("low") != nullptr && value.find("high") != nullptr && duration.low > duration.high)
    error(value.find("low")->place, "`low` is more than `high`");
  if (const Value* values = value.find("values"))
    for (const Value& item : values->items) duration.values.push_back(item.number);
  return duration;
}

}  // namespace onward
