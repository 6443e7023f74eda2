// SPDX-License-Identifier: Apache-2.0
#include "random_policy.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "tests/support/dice.hpp"

namespace onward::test_support {
namespace {

using nlohmann::json;
using Names = std::vector<std::string>;

const Names root_actions = {"collect", "retain", "disclose", "query", "use", "match"};
const Names node_kinds = {"authority",     "eu_agency", "database",   "service",  "third_country",
                          "civil_society", "carrier",   "contractor", "oversight"};
const Names node_tags = {"frontline", "asylum", "police"};
const Names channel_modes = {"query", "push", "liaison", "meeting", "letter", "telephone"};
const Names dates = {"2026-01-01", "2026-06-30", "2026-07-01",
                     "2026-07-02", "2027-01-01", "2027-06-30"};
const Names regimes = {"gdpr", "led", "eudpr", "europol", "national", "foreign", "none"};
const Names positive_keys = {"node", "tag", "kind", "jurisdiction", "regime", "any"};
const Names answers_to_a_query = {"hit", "no_hit"};

/// Small, and the same everywhere.
class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}

  std::uint64_t operator()() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31U);
  }

 private:
  std::uint64_t state_;
};

using Random = Dice<SplitMix64>;

Names keys_of(const json& map) {
  Names keys;
  for (const auto& [key, value] : map.items()) keys.push_back(key);
  return keys;
}

Names strings_of(const json& value) {
  if (value.is_string()) return {value.get<std::string>()};
  return value.get<Names>();
}

bool contains(const Names& items, const std::string& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

Names numbered(const std::string& prefix, std::size_t count) {
  Names names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(prefix + std::to_string(i));
  return names;
}

json map_of_empty(const Names& ids) {
  json map = json::object();
  for (const std::string& id : ids) map[id] = json::object();
  return map;
}

// ---- The shape of a scenario: what the generator reads back of a document ----

std::string root_of(const json& scenario, const std::string& action) {
  if (contains(root_actions, action)) return action;
  return root_of(scenario, scenario.at("vocabulary").at("actions").at(action).at("included_in"));
}

bool included(const json& scenario, const std::string& action, const std::string& general) {
  if (action == general) return true;
  if (contains(root_actions, action)) return false;
  const json& custom = scenario.at("vocabulary").at("actions").at(action);
  return included(scenario, custom.at("included_in"), general);
}

Names all_actions(const json& scenario) {
  Names actions = root_actions;
  for (const std::string& custom : keys_of(scenario.at("vocabulary").at("actions"))) {
    actions.push_back(custom);
  }
  return actions;
}

Names categories_of(const json& scenario) {
  return keys_of(scenario.at("vocabulary").at("categories"));
}

Names nodes_of(const json& scenario) {
  return keys_of(scenario.at("world").at("nodes"));
}

Names values_of(const json& attribute) {
  return strings_of(attribute.contains("nodes") ? attribute.at("nodes") : attribute.at("values"));
}

/// `subject.A` for each attribute whose values are nodes.
Names subject_nodes(const json& scenario) {
  Names words;
  for (const auto& [id, attribute] : scenario.at("vocabulary").at("attributes").items()) {
    if (attribute.contains("nodes")) words.push_back("subject." + id);
  }
  return words;
}

/// All values that the nodes have of a property.
Names property_values(const json& scenario, const std::string& property) {
  std::set<std::string> values;
  for (const auto& [id, node] : scenario.at("world").at("nodes").items()) {
    if (!node.contains(property)) continue;
    for (const std::string& value : strings_of(node.at(property))) values.insert(value);
  }
  return {values.begin(), values.end()};
}

// ---- What a selector selects ----

bool selects(const json& scenario, const json& subject, const json& selector,
             const std::string& node);

bool selects_by(const json& scenario, const json& subject, const std::string& key,
                const json& value, const std::string& node) {
  if (key == "not") return !selects(scenario, subject, value, node);
  if (key == "any") {
    return std::any_of(value.begin(), value.end(), [&](const json& choice) {
      return selects(scenario, subject, choice, node);
    });
  }
  const std::string prefix = "subject.";
  const json& described = scenario.at("world").at("nodes").at(node);
  const std::string property = key == "tag" ? "tags" : key;
  if (key != "node" && !described.contains(property)) return false;
  const Names has = key == "node" ? Names{node} : strings_of(described.at(property));
  const Names wanted = strings_of(value);
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
    if (name.rfind(prefix, 0) != 0) return contains(has, name);
    return subject.at(name.substr(prefix.size())) == node;
  });
}

bool selects(const json& scenario, const json& subject, const json& selector,
             const std::string& node) {
  for (const auto& [key, value] : selector.items()) {
    if (!selects_by(scenario, subject, key, value, node)) return false;
  }
  return true;
}

/// Whether the selector selects some node for a person of some origin.
bool selects_some_node(const json& scenario, const json& selector) {
  for (const std::string& origin :
       values_of(scenario.at("vocabulary").at("attributes").at("origin"))) {
    const json subject = {{"origin", origin}};
    for (const std::string& node : nodes_of(scenario)) {
      if (selects(scenario, subject, selector, node)) return true;
    }
  }
  return false;
}

/// Whether the selector says more than what it does not select.
bool is_positive(const json& selector) {
  return std::any_of(positive_keys.begin(), positive_keys.end(),
                     [&](const std::string& key) { return selector.contains(key); });
}

// ---- Vocabulary ----

json one_or_list(Random& random, const Names& names) {
  if (names.size() == 1 && random.percent(50)) return names.front();
  return names;
}

json random_attributes(Random& random, const Names& nodes) {
  json attributes = json::object();
  const Names origins =
      random.sample(nodes, random.between(2, std::min<std::size_t>(4, nodes.size())));
  attributes["origin"] = {{"nodes", origins}, {"initial", origins.front()}, {"recorded", "exact"}};
  for (const std::string& id : numbered("trait", random.between(1, 3))) {
    const Names values = numbered("v", random.between(2, 4));
    attributes[id] = {{"values", values}, {"initial", random.pick(values)}, {"recorded", "exact"}};
  }
  return attributes;
}

json random_custom_actions(Random& random) {
  json actions = json::object();
  const std::size_t count = random.below(3);
  if (count > 0) actions["custom0"] = {{"included_in", random.pick(root_actions)}};
  if (count > 1) {
    const std::string parent = random.percent(60) ? "custom0" : random.pick(root_actions);
    actions["custom1"] = {{"included_in", parent}};
  }
  return actions;
}

json random_vocabulary(Random& random, const Names& nodes) {
  return {{"categories", map_of_empty(numbered("c", random.between(3, 8)))},
          {"purposes", map_of_empty(numbered("p", random.between(2, 4)))},
          {"attributes", random_attributes(random, nodes)},
          {"facts", map_of_empty(numbered("f", random.between(1, 3)))},
          {"actions", random_custom_actions(random)}};
}

// ---- World ----

json random_node(Random& random, const std::string& id, const Names& jurisdictions) {
  const Names places =
      random.percent(80) ? Names{random.pick(jurisdictions)} : random.sample(jurisdictions, 2);
  json node = {{"label", "Node " + id},
               {"kind", random.pick(node_kinds)},
               {"jurisdiction", one_or_list(random, places)},
               {"tags", random.sample(node_tags, random.between(0, 2))}};
  if (random.percent(75)) node["regime"] = random.pick(regimes);
  return node;
}

json illustrative(double value, double low, double high) {
  return {{"value", value}, {"low", low}, {"high", high}, {"evidence", "illustrative"}};
}

void add_desks(Random& random, json& nodes) {
  const json desk = {{"officers", illustrative(2, 1, 4)},
                     {"service_days", {{"mean", illustrative(1, 0.5, 2)}}}};
  const bool everywhere = random.percent(50);
  bool any = false;
  for (json& node : nodes) {
    if (everywhere || random.percent(50) || !any) node["desks"]["front"] = desk;
    if (random.percent(30)) node["desks"]["legal"] = desk;
    any = true;
  }
}

json random_nodes(Random& random, const Names& ids) {
  const Names jurisdictions = numbered("J", random.between(2, 3));
  json nodes = json::object();
  for (const std::string& id : ids) nodes[id] = random_node(random, id, jurisdictions);
  add_desks(random, nodes);
  return nodes;
}

/// A selector on one property, or on nodes by name where the nodes lack the property.
json property_selector(Random& random, const json& scenario, const std::string& property) {
  const Names values = property_values(scenario, property);
  if (values.empty()) return {{"node", random.pick(nodes_of(scenario))}};
  const Names wanted =
      random.sample(values, random.between(1, std::min<std::size_t>(2, values.size())));
  return {{property == "tags" ? "tag" : property, one_or_list(random, wanted)}};
}

json named_selector(Random& random, const json& scenario, bool subject_allowed) {
  const Names nodes = nodes_of(scenario);
  Names names = random.sample(nodes, random.between(1, 3));
  if (subject_allowed && random.percent(40)) {
    const std::string word = random.pick(subject_nodes(scenario));
    if (random.percent(50)) names.clear();
    names.push_back(word);
  }
  return {{"node", one_or_list(random, names)}};
}

json random_selector(Random& random, const json& scenario, bool subject_allowed,
                     std::size_t depth = 0);

/// Two selectors of which one must select; the first rarely selects no node.
json any_selector(Random& random, const json& scenario, bool subject_allowed, std::size_t depth) {
  json choices = json::array();
  if (random.percent(4)) {
    const std::string node = random.pick(nodes_of(scenario));
    choices.push_back({{"node", node}, {"not", {{"node", node}}}});
  } else {
    choices.push_back(random_selector(random, scenario, subject_allowed, depth + 1));
  }
  choices.push_back(random_selector(random, scenario, subject_allowed, depth + 1));
  return {{"any", choices}};
}

/// A selector that may select no node.
json unchecked_selector(Random& random, const json& scenario, bool subject_allowed,
                        std::size_t depth) {
  const std::size_t kind = random.below(depth < 2 ? 11 : 7);
  if (kind < 2) return named_selector(random, scenario, subject_allowed);
  if (kind < 4) return property_selector(random, scenario, "jurisdiction");
  if (kind < 5) return property_selector(random, scenario, "tags");
  if (kind < 6) return property_selector(random, scenario, "kind");
  if (kind < 7) return property_selector(random, scenario, "regime");
  const auto part = [&] { return random_selector(random, scenario, subject_allowed, depth + 1); };
  if (kind < 9) return {{"not", part()}};
  if (kind < 10) return any_selector(random, scenario, subject_allowed, depth);
  json both = property_selector(random, scenario, "jurisdiction");
  both["not"] = part();
  return both;
}

json random_selector(Random& random, const json& scenario, bool subject_allowed,
                     std::size_t depth) {
  for (int tries = 0; tries < 20; ++tries) {
    json selector = unchecked_selector(random, scenario, subject_allowed, depth);
    if (selects_some_node(scenario, selector)) return selector;
  }
  return property_selector(random, scenario, "jurisdiction");
}

/// A selector of what the data came through, never only of what it did not.
json positive_selector(Random& random, const json& scenario, bool subject_allowed) {
  for (int tries = 0; tries < 20; ++tries) {
    json selector = random_selector(random, scenario, subject_allowed);
    if (is_positive(selector)) return selector;
  }
  return property_selector(random, scenario, "kind");
}

json random_channels(Random& random, const json& scenario) {
  json channels = json::object();
  for (const std::string& id : numbered("way", random.between(1, 4))) {
    json channel = {{"from", random_selector(random, scenario, false)},
                    {"to", random_selector(random, scenario, false)},
                    {"mode", random.pick(channel_modes)},
                    {"latency_days", 1}};
    if (random.percent(25)) channel["logged"] = random.percent(50);
    if (random.percent(25)) channel["recallable"] = random.percent(50);
    channels[id] = channel;
  }
  return channels;
}

Names held_by_inference(Random& random, const Names& categories) {
  Names held = random.sample(categories, random.between(1, 2));
  if (random.percent(30)) held.push_back(random.percent(70) ? "hit" : "no_hit");
  return held;
}

/// Often nearly every node, so that inferences apply to many requests.
json inference_sender(Random& random, const json& scenario) {
  if (random.percent(50)) return random_selector(random, scenario, false);
  return {{"not", {{"node", random.pick(nodes_of(scenario))}}}};
}

/// The same for provenance, of which a selector always says something positive.
json inference_provenance(Random& random, const json& scenario) {
  if (random.percent(50)) return positive_selector(random, scenario, false);
  const Names nodes = nodes_of(scenario);
  return {{"node", random.sample(nodes, nodes.size() - 1)}};
}

/// One condition, both or neither.
void add_inference_sources(Random& random, const json& scenario, json& inference) {
  const std::size_t draw = random.below(100);
  const bool both = draw >= 30 && draw < 70;
  if (draw < 70) inference["received_from"] = inference_sender(random, scenario);
  if (both) {
    inference["provenance"] = positive_selector(random, scenario, false);
  } else if (draw >= 70 && draw < 88) {
    inference["provenance"] = inference_provenance(random, scenario);
  }
}

/// Each inference often holds what the one before reveals, so that chains come about.
json random_inferences(Random& random, const json& scenario) {
  json inferences = json::object();
  const Names categories = categories_of(scenario);
  std::string last;
  for (const std::string& id : numbered("i", random.percent(15) ? 0 : random.between(1, 5))) {
    Names held = held_by_inference(random, categories);
    if (!last.empty() && random.percent(60)) held = {last};
    Names others = categories;
    others.erase(std::remove_if(others.begin(), others.end(),
                                [&](const std::string& one) { return contains(held, one); }),
                 others.end());
    last = random.pick(others);
    inferences[id] = {{"holding", one_or_list(random, held)}, {"reveals", last}};
    add_inference_sources(random, scenario, inferences[id]);
  }
  return inferences;
}

// ---- Policy ----

json random_predicate(Random& random, const json& attributes, std::size_t depth = 0) {
  const std::size_t kind = random.below(depth < 2 ? 10 : 6);
  if (kind < 6) {
    const std::string id = random.pick(keys_of(attributes));
    const Names values = values_of(attributes.at(id));
    const Names wanted = random.sample(values, random.between(1, values.size() - 1));
    return {{"attribute", id}, {"is", one_or_list(random, wanted)}};
  }
  const auto part = [&] { return random_predicate(random, attributes, depth + 1); };
  if (kind < 8) return {{"not", part()}};
  json parts = json::array();
  parts.push_back(part());
  parts.push_back(part());
  return {{kind == 8 ? "all" : "any", parts}};
}

json random_facts(Random& random, const json& scenario) {
  const Names facts = keys_of(scenario.at("vocabulary").at("facts"));
  json chosen = json::object();
  for (const std::string& fact : random.sample(facts, random.percent(80) ? 1 : 2)) {
    chosen[fact] = random.percent(50);
  }
  return chosen;
}

json random_period(Random& random) {
  std::size_t from = random.below(dates.size());
  std::size_t until = random.below(dates.size());
  if (from > until) std::swap(from, until);
  const std::size_t ends = random.below(3);
  json period = json::object();
  if (ends != 1) period["from"] = dates.at(from);
  if (ends != 2) period["until"] = dates.at(until);
  return period;
}

bool every_node_has_desk(const json& scenario, const std::string& desk) {
  const json& nodes = scenario.at("world").at("nodes");
  return std::all_of(nodes.begin(), nodes.end(), [&](const json& node) {
    return node.contains("desks") && node.at("desks").contains(desk);
  });
}

/// A reference to a desk that exists, whoever the actor may be.
json random_desk(Random& random, const json& scenario, bool from_is_node) {
  if (every_node_has_desk(scenario, "front") && random.percent(50)) {
    Names words = {"actor", "to"};
    if (from_is_node) words.push_back("from");
    return {{"of", random.pick(words)}, {"desk", "front"}};
  }
  std::vector<json> references;
  for (const auto& [id, node] : scenario.at("world").at("nodes").items()) {
    if (!node.contains("desks")) continue;
    for (const std::string& desk : keys_of(node.at("desks"))) {
      references.push_back({{"of", id}, {"desk", desk}});
    }
  }
  return random.pick(references);
}

/// The default written out, details of the grant, or a general authorisation.
void add_authorisation(Random& random, json& authorised_by) {
  const std::size_t draw = random.below(100);
  if (draw < 40) authorised_by["basis"] = "general";
  if (draw >= 40 && draw < 65) authorised_by["basis"] = "case";
  if (draw >= 55 && draw < 75) authorised_by["grants"] = illustrative(0.5, 0.25, 0.75);
  if (draw >= 65 && draw < 85) authorised_by["expires_days"] = 30;
}

void add_desk_duties(Random& random, const json& scenario, bool from_is_node, json& duties) {
  for (const std::string duty :
       {"authorised_by", "consent_of_origin", "guardian", "human_verification"}) {
    if (random.percent(8)) duties[duty] = random_desk(random, scenario, from_is_node);
  }
  if (duties.contains("authorised_by")) add_authorisation(random, duties["authorised_by"]);
}

/// Whether each of the actions is, or is included in, one of the root actions given.
bool all_have_root(const json& scenario, const Names& actions, const Names& roots) {
  return std::all_of(actions.begin(), actions.end(), [&](const std::string& action) {
    return contains(roots, root_of(scenario, action));
  });
}

json random_duties(Random& random, const json& scenario, bool from_is_node, bool only_queries) {
  json duties = json::object();
  if (random.percent(40)) duties["retain_days"] = 30 * random.between(1, 4);
  if (random.percent(12)) duties["sunset"] = random.pick(dates);
  if (random.percent(15)) duties["notify"] = {{"time_to_object_days", random.between(1, 30)}};
  if (random.percent(15)) duties["redact"] = random.sample(categories_of(scenario), 2);
  if (random.percent(12)) duties["suspended_when"] = random_facts(random, scenario);
  for (const std::string duty :
       {"log", "recall", "no_onward", "purpose_only", "pseudonymise", "aggregate_only"}) {
    if (random.percent(10)) duties[duty] = true;
  }
  if (random.percent(only_queries ? 50 : 8)) duties["hit_only"] = true;
  add_desk_duties(random, scenario, from_is_node, duties);
  return duties;
}

void add_duties(Random& random, const json& scenario, json& rule) {
  const bool from_is_node = rule.contains("from") && rule.at("from").is_object();
  const bool only_queries = all_have_root(scenario, strings_of(rule.at("action")), {"query"});
  json duties = json::object();
  while (duties.empty()) {
    duties = random_duties(random, scenario, from_is_node, only_queries);
  }
  rule["duties"] = duties;
}

Names random_actions(Random& random, const json& scenario) {
  const Names actions = all_actions(scenario);
  if (random.percent(15)) return actions;
  if (random.percent(12)) return {"query"};
  return random.sample(actions, random.between(1, std::min<std::size_t>(4, actions.size())));
}

/// What a prohibition on inferred data lists: mostly little, and something that is revealed.
Names random_secret(Random& random, const json& scenario) {
  Names revealed;
  for (const json& inference : scenario.at("world").at("inferences")) {
    const std::string secret = inference.at("reveals");
    if (!contains(revealed, secret)) revealed.push_back(secret);
  }
  if (revealed.empty()) revealed = categories_of(scenario);
  return random.sample(revealed, random.percent(80) ? 1 : 2);
}

Names random_data(Random& random, const json& scenario) {
  Names categories = categories_of(scenario);
  if (!random.percent(20)) {
    categories = random.sample(categories, random.between(1, categories.size()));
  }
  if (random.percent(20)) categories.push_back("hit");
  if (random.percent(10)) categories.push_back("no_hit");
  return categories;
}

void add_from(Random& random, const json& scenario, const Names& actions, json& rule) {
  const bool person_possible = all_have_root(scenario, actions, {"collect", "retain"});
  const bool person_only = all_have_root(scenario, actions, {"collect"});
  if (person_possible && random.percent(40)) {
    rule["from"] = "subject";
  } else if (!person_only && random.percent(30)) {
    rule["from"] = random_selector(random, scenario, true);
  }
}

void add_conditions(Random& random, const json& scenario, json& rule) {
  const json& vocabulary = scenario.at("vocabulary");
  if (random.percent(30)) {
    const Names purposes = keys_of(vocabulary.at("purposes"));
    rule["purpose"] = one_or_list(random, random.sample(purposes, random.between(1, 2)));
  }
  if (random.percent(20)) {
    rule["subjects"] = random_predicate(random, vocabulary.at("attributes"));
  }
  if (random.percent(18)) rule["data_from"] = positive_selector(random, scenario, true);
  if (random.percent(15)) rule["when"] = random_facts(random, scenario);
  if (random.percent(15)) rule["in_force"] = random_period(random);
}

/// A sunset before the first day of its rule is refused by loading.
void keep_sunset_in_force(json& rule) {
  if (!rule.contains("duties") || !rule["duties"].contains("sunset")) return;
  const std::string first = rule.value("in_force", json::object()).value("from", "");
  if (rule["duties"]["sunset"].get<std::string>() < first) rule["duties"]["sunset"] = first;
}

std::string random_effect(Random& random) {
  const std::size_t draw = random.below(100);
  if (draw < 62) return "permit";
  return draw < 78 ? "prohibit" : "require";
}

/// A prohibition that reaches through inferences or lists an answer, under few conditions.
json random_secrecy(Random& random, const json& scenario) {
  const Names actions = random.percent(50) ? Names{"disclose", "query"}
                                           : Names{random.percent(50) ? "disclose" : "query"};
  json rule = {{"effect", "prohibit"},
               {"action", one_or_list(random, actions)},
               {"data", one_or_list(random, random_secret(random, scenario))},
               {"inferred", true},
               {"basis", {{"status", "invented"}, {"citation", "Random Secrecy Act"}}}};
  if (random.percent(25)) {
    rule["data"] = random.pick(answers_to_a_query);
    rule["inferred"] = random.percent(50);
  }
  if (random.percent(30)) rule["to"] = random_selector(random, scenario, true);
  if (random.percent(30)) add_conditions(random, scenario, rule);
  return rule;
}

json random_ordinary_rule(Random& random, const json& scenario) {
  const std::string effect = random_effect(random);
  const Names actions = random_actions(random, scenario);
  json rule = {{"effect", effect},
               {"action", one_or_list(random, actions)},
               {"basis", {{"status", "invented"}, {"citation", "Random Act"}}}};
  if (effect == "prohibit" || random.percent(75)) {
    rule["data"] = one_or_list(random, random_data(random, scenario));
  }
  add_from(random, scenario, actions, rule);
  if (random.percent(30)) rule["to"] = random_selector(random, scenario, true);
  add_conditions(random, scenario, rule);
  if (effect == "prohibit") {
    if (random.percent(30)) rule["inferred"] = true;
  } else if (effect == "require" || random.percent(60)) {
    add_duties(random, scenario, rule);
  }
  return rule;
}

json random_rule(Random& random, const json& scenario, const Names& layers) {
  json rule = random.percent(13) ? random_secrecy(random, scenario)
                                 : random_ordinary_rule(random, scenario);
  if (!layers.empty() && random.percent(70)) rule["layer"] = random.pick(layers);
  if (rule.at("effect") == "prohibit" && random.percent(20)) rule["absolute"] = true;
  keep_sunset_in_force(rule);
  return rule;
}

std::size_t layer_of(const Names& layers, const json& rule) {
  if (!rule.contains("layer")) return 0;
  const auto found = std::find(layers.begin(), layers.end(), rule.at("layer"));
  return static_cast<std::size_t>(found - layers.begin());
}

bool may_derogate(const Names& layers, const json& permit, const json& prohibition) {
  return prohibition.at("effect") == "prohibit" && !prohibition.value("absolute", false) &&
         layer_of(layers, prohibition) >= layer_of(layers, permit);
}

void add_derogations(Random& random, const Names& layers, json& rules) {
  for (json& permit : rules) {
    if (permit.at("effect") != "permit" || random.percent(45)) continue;
    const std::size_t chance = random.percent(50) ? 100 : 50;
    Names named;
    for (const auto& [id, prohibition] : rules.items()) {
      if (may_derogate(layers, permit, prohibition) && random.percent(chance)) named.push_back(id);
    }
    if (!named.empty()) permit["derogates_from"] = named;
  }
}

/// Often a part of the world, so that some of those asked are bound and some askers are not.
json random_binds(Random& random, const json& scenario) {
  const Names nodes = nodes_of(scenario);
  const Names jurisdictions = property_values(scenario, "jurisdiction");
  const std::size_t kind = random.below(6);
  if (kind == 0) return {{"jurisdiction", jurisdictions}};
  if (kind < 3) return {{"jurisdiction", random.pick(jurisdictions)}};
  if (kind == 3) return {{"node", random.sample(nodes, nodes.size() - 1)}};
  if (kind == 4) return {{"not", {{"node", random.pick(nodes)}}}};
  json choices = json::array();
  choices.push_back(property_selector(random, scenario, "jurisdiction"));
  choices.push_back(property_selector(random, scenario, "kind"));
  return {{"any", choices}};
}

json random_policy(Random& random, const json& scenario, const std::string& strategy) {
  Names layers = {"union", "national", "bilateral"};
  layers.resize(random.between(0, 3));
  json policy = {{"id", "law"}, {"strategy", strategy}, {"binds", random_binds(random, scenario)}};
  if (!layers.empty()) policy["layers"] = layers;
  json rules = json::object();
  for (const std::string& id : numbered("r", random.between(3, 25))) {
    rules[id] = random_rule(random, scenario, layers);
  }
  add_derogations(random, layers, rules);
  policy["rules"] = rules;
  return policy;
}

// ---- The rest of a scenario ----

json one_person_staying(const json& attributes) {
  json values = json::object();
  for (const auto& [id, attribute] : attributes.items()) values[id] = attribute.at("initial");
  return {{"groups",
           {{"everyone",
             {{"people", 1}, {"enter_day", 0}, {"attributes", values}, {"journey", "stay"}}}}},
          {"journeys", {{"stay", {{"first", "here"}, {"states", {{"here", json::object()}}}}}}}};
}

json frame(std::uint64_t seed) {
  const json none = json::object();
  const json empty = json::array();
  return {{"onward", 1},
          {"id", "random-" + std::to_string(seed)},
          {"title", "A random world"},
          {"question", "Do two evaluators agree?"},
          {"headline", {{"harms", empty}, {"benefits", empty}}},
          {"outcomes", {{"harms", none}, {"benefits", none}}},
          {"experiment",
           {{"start", "2026-07-01"}, {"horizon_days", 365}, {"replications", 1}, {"seed", 1}}},
          {"suite", empty}};
}

std::uint64_t salt_of(const std::string& strategy) {
  if (strategy == "prohibit") return 1;
  if (strategy == "perm") return 2;
  if (strategy == "invalid") return 3;
  throw std::invalid_argument("no such strategy: " + strategy);
}

// ---- Requests ----

/// What the generator aims at: a rule, or an empty object for a uniform request.
struct Aim {
  const json& scenario;
  const json& rule;
};

/// The nodes that the rule's selector under `key` selects; all nodes where it selects none.
Names nodes_fitting(const Aim& aim, const json& subject, const std::string& key) {
  const Names nodes = nodes_of(aim.scenario);
  if (!aim.rule.contains(key) || !aim.rule.at(key).is_object()) return nodes;
  Names fitting;
  for (const std::string& node : nodes) {
    if (selects(aim.scenario, subject, aim.rule.at(key), node)) fitting.push_back(node);
  }
  return fitting.empty() ? nodes : fitting;
}

bool predicate_holds(const json& subject, const json& predicate) {
  const auto holds = [&](const json& part) { return predicate_holds(subject, part); };
  if (predicate.contains("not")) return !holds(predicate.at("not"));
  if (predicate.contains("all") || predicate.contains("any")) {
    const bool all = predicate.contains("all");
    const json& parts = predicate.at(all ? "all" : "any");
    return all ? std::all_of(parts.begin(), parts.end(), holds)
               : std::any_of(parts.begin(), parts.end(), holds);
  }
  const json& recorded = subject.at(predicate.at("attribute").get<std::string>());
  return contains(strings_of(predicate.at("is")), recorded);
}

json uniform_subject(Random& random, const json& attributes) {
  json subject = json::object();
  for (const auto& [id, attribute] : attributes.items()) {
    subject[id] = random.pick(values_of(attribute));
  }
  return subject;
}

json fitting_subject(Random& random, const Aim& aim) {
  const json& attributes = aim.scenario.at("vocabulary").at("attributes");
  json subject = uniform_subject(random, attributes);
  for (int tries = 0; tries < 20; ++tries) {
    const bool fits =
        !aim.rule.contains("subjects") || predicate_holds(subject, aim.rule.at("subjects"));
    if (fits) break;
    subject = uniform_subject(random, attributes);
  }
  return subject;
}

/// The actions of the scenario under `general`.
Names actions_under(const json& scenario, const std::string& general) {
  Names under;
  for (const std::string& action : all_actions(scenario)) {
    if (included(scenario, action, general)) under.push_back(action);
  }
  return under;
}

/// Sometimes a query where the aim is a prohibition to disclose, which may reach queries too.
std::string fitting_action(Random& random, const Aim& aim) {
  if (!aim.rule.contains("action")) return random.pick(all_actions(aim.scenario));
  const Names listed = strings_of(aim.rule.at("action"));
  if (aim.rule.at("effect") == "prohibit" && contains(listed, "disclose") && random.percent(40)) {
    return random.pick(actions_under(aim.scenario, "query"));
  }
  return random.pick(actions_under(aim.scenario, random.pick(listed)));
}

std::string retain_source(Random& random, const Aim& aim, const Names& senders) {
  if (aim.rule.contains("from") && aim.rule.at("from") == "subject") return "subject";
  const bool person = !aim.rule.contains("from") && random.percent(40);
  return person ? "subject" : random.pick(senders);
}

/// Another node than `node`, of `choices` if one of them is.
std::string other_node(Random& random, const Aim& aim, const Names& choices,
                       const std::string& node) {
  const auto without = [&](Names names) {
    names.erase(std::remove(names.begin(), names.end(), node), names.end());
    return names;
  };
  const Names others = without(choices);
  return random.pick(others.empty() ? without(nodes_of(aim.scenario)) : others);
}

/// Those of the nodes that the policy binds, or those that it does not.
Names of_bound(const Aim& aim, const Names& nodes, bool bound) {
  const json& binds = aim.scenario.at("policies").at(0).at("binds");
  Names result;
  for (const std::string& node : nodes) {
    if (selects(aim.scenario, json::object(), binds, node) == bound) result.push_back(node);
  }
  return result;
}

/// Makes a query one of a bound node by an asker that is not bound, if there are such nodes.
void ask_from_outside(Random& random, const Aim& aim, json& request) {
  const Names asked = of_bound(aim, nodes_fitting(aim, request.at("subject"), "from"), true);
  const Names askers = of_bound(aim, nodes_fitting(aim, request.at("subject"), "to"), false);
  if (asked.empty() || askers.empty()) return;
  request["from"] = random.pick(asked);
  request["to"] = random.pick(askers);
}

/// Mostly lets another node act than one that is not bound.
void prefer_bound_actor(Random& random, const Aim& aim, Names& actors) {
  const Names bound = of_bound(aim, actors, true);
  if (!bound.empty() && random.percent(60)) actors = bound;
}

void add_way(Random& random, const Aim& aim, json& request) {
  Names senders = nodes_fitting(aim, request.at("subject"), "from");
  Names receivers = nodes_fitting(aim, request.at("subject"), "to");
  const std::string root = root_of(aim.scenario, request.at("action"));
  prefer_bound_actor(random, aim, root == "disclose" ? senders : receivers);
  std::string to = random.pick(receivers);
  if (root == "collect") {
    if (random.percent(50)) request["from"] = "subject";
  } else if (root == "use" || root == "match") {
    Names both;
    for (const std::string& node : receivers) {
      if (contains(senders, node)) both.push_back(node);
    }
    if (!both.empty()) to = random.pick(both);
    if (random.percent(50)) request["from"] = to;
  } else {
    const std::string from =
        root == "retain" ? retain_source(random, aim, senders) : random.pick(senders);
    if (from == to) to = other_node(random, aim, receivers, from);
    request["from"] = from;
  }
  request["to"] = to;
  if (root == "query" && random.percent(40)) ask_from_outside(random, aim, request);
}

Names fitting_data(Random& random, const Aim& aim) {
  Names categories = categories_of(aim.scenario);
  const bool through_inference = aim.rule.value("inferred", false) && random.percent(70);
  if (aim.rule.contains("data") && !through_inference && random.percent(75)) {
    categories = strings_of(aim.rule.at("data"));
  } else if (random.percent(15)) {
    categories.push_back(random.pick(answers_to_a_query));
  }
  return random.sample(categories, random.between(1, std::min<std::size_t>(3, categories.size())));
}

void add_provenance(Random& random, const Aim& aim, json& request) {
  const bool wanted = aim.rule.contains("data_from");
  if (!wanted && !random.percent(40)) return;
  json provenance = json::object();
  const Names fitting = nodes_fitting(aim, request.at("subject"), "data_from");
  if (wanted || random.percent(80)) {
    provenance["nodes"] = random.sample(fitting, random.between(1, 2));
  }
  if (random.percent(12)) provenance["no_onward"] = true;
  if (random.percent(25)) provenance["recall"] = random.percent(85);
  if (random.percent(15)) {
    const Names purposes = keys_of(aim.scenario.at("vocabulary").at("purposes"));
    provenance["purpose_only"] = random.sample(purposes, random.between(1, purposes.size() - 1));
  }
  request["provenance"] = provenance;
}

void add_facts(Random& random, const Aim& aim, json& request) {
  Names facts;
  for (const std::string& fact : keys_of(aim.scenario.at("vocabulary").at("facts"))) {
    const bool named = aim.rule.contains("when") && aim.rule.at("when").contains(fact);
    if (named ? aim.rule.at("when").at(fact).get<bool>() : random.percent(30)) {
      facts.push_back(fact);
    }
  }
  if (!facts.empty()) request["facts"] = facts;
}

bool in_force(const json& rule, const std::string& date) {
  if (!rule.contains("in_force")) return true;
  const json& period = rule.at("in_force");
  return period.value("from", date) <= date && date <= period.value("until", date);
}

void add_date(Random& random, const Aim& aim, json& request) {
  if (!aim.rule.contains("in_force") && random.percent(60)) return;
  std::string date = random.pick(dates);
  for (int tries = 0; tries < 20 && !in_force(aim.rule, date); ++tries) date = random.pick(dates);
  request["on"] = date;
}

json request_aimed_at(Random& random, const Aim& aim) {
  const json& vocabulary = aim.scenario.at("vocabulary");
  json request = {{"action", fitting_action(random, aim)},
                  {"subject", fitting_subject(random, aim)}};
  add_way(random, aim, request);
  request["data"] = fitting_data(random, aim);
  request["purpose"] =
      random.pick(aim.rule.contains("purpose") ? strings_of(aim.rule.at("purpose"))
                                               : keys_of(vocabulary.at("purposes")));
  add_provenance(random, aim, request);
  add_facts(random, aim, request);
  if (random.percent(50)) {
    request["via"] = random.pick(keys_of(aim.scenario.at("world").at("channels")));
  }
  add_date(random, aim, request);
  return request;
}

}  // namespace

json random_scenario(std::uint64_t seed, const std::string& strategy) {
  Random random(seed * 4 + salt_of(strategy));
  const Names ids = numbered("n", random.between(4, 9));
  json scenario = frame(seed);
  scenario["vocabulary"] = random_vocabulary(random, ids);
  scenario["world"] = {{"nodes", random_nodes(random, ids)}, {"flows", json::object()}};
  scenario["world"]["channels"] = random_channels(random, scenario);
  scenario["world"]["inferences"] = random_inferences(random, scenario);
  scenario["population"] = one_person_staying(scenario.at("vocabulary").at("attributes"));
  scenario["policies"] = json::array();
  const json policy = random_policy(random, scenario, strategy);
  scenario["policies"].push_back(policy);
  return scenario;
}

json random_request(const json& scenario, std::uint64_t seed) {
  Random random(seed);
  const json& rules = scenario.at("policies").at(0).at("rules");
  const json anything = json::object();
  const std::string aimed_at = random.pick(keys_of(rules));
  const bool aimed = random.percent(50);
  return request_aimed_at(random, {scenario, aimed ? rules.at(aimed_at) : anything});
}

json without_rule(json scenario, const std::string& id) {
  json& rules = scenario["policies"][0]["rules"];
  rules.erase(id);
  for (json& rule : rules) {
    if (!rule.contains("derogates_from")) continue;
    Names named = strings_of(rule["derogates_from"]);
    std::erase(named, id);
    if (named.empty())
      rule.erase("derogates_from");
    else
      rule["derogates_from"] = named;
  }
  return scenario;
}

}  // namespace onward::test_support
