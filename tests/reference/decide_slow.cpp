// SPDX-License-Identifier: Apache-2.0
#include "decide_slow.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>

namespace onward::reference {
namespace {

using nlohmann::json;
using Strings = std::set<std::string>;

const Strings root_actions = {"collect", "retain", "disclose", "query", "use", "match"};
const Strings desk_duties = {"authorised_by", "consent_of_origin", "guardian",
                             "human_verification"};
const Strings duties_of_less_data = {"hit_only", "pseudonymise", "aggregate_only"};
const Strings duties_of_bound_hands = {"no_onward", "purpose_only", "recall"};
const Strings answers_to_a_query = {"hit", "no_hit"};

/// A request for one category with its defaults filled in.
struct Request {
  Request(const json& of_scenario, const json& under_policy)
      : scenario(of_scenario), policy(under_policy) {}

  const json& scenario;
  const json& policy;
  std::string action;
  std::string root;
  std::string from;
  std::string to;
  std::string category;
  std::string purpose;
  std::string date;
  std::string via;
  std::map<std::string, std::string> subject;
  Strings provenance;
  Strings facts;
  bool no_onward = false;
  bool recall = false;
  bool purpose_bound = false;
  Strings purposes_allowed;
};

/// A rule of the policy with its id.
struct Rule {
  std::string id;
  json body;
};
using Rules = std::vector<Rule>;

/// The matching rules of a policy by effect, each list in byte order of ids.
struct Matching {
  Rules permits;
  Rules prohibitions;
  Rules requirements;
};

/// A permit that is not barred, with its effective duties.
struct Alternative {
  std::string permit;
  json duties;
  bool duties_can_be_met = false;
};

Strings one_or_list(const json& value) {
  if (value.is_string()) return {value.get<std::string>()};
  return value.get<Strings>();
}

bool meet(const Strings& left, const Strings& right) {
  return std::any_of(left.begin(), left.end(),
                     [&](const std::string& item) { return right.count(item) != 0; });
}

std::vector<std::string> ids_of(const Rules& rules) {
  std::vector<std::string> ids;
  for (const Rule& rule : rules) ids.push_back(rule.id);
  return ids;
}

// ---- Section 1: the request ----

std::string section_1_root_action(const json& scenario, const std::string& action) {
  if (root_actions.count(action) != 0) return action;
  const json& custom = scenario.at("vocabulary").at("actions").at(action);
  return section_1_root_action(scenario, custom.at("included_in"));
}

bool section_1_action_covers(const json& scenario, const std::string& general,
                             const std::string& action) {
  if (general == action) return true;
  if (root_actions.count(action) != 0) return false;
  const json& custom = scenario.at("vocabulary").at("actions").at(action);
  return section_1_action_covers(scenario, general, custom.at("included_in"));
}

std::string section_1_from(const json& request, const std::string& root) {
  if (request.contains("from")) return request.at("from");
  if (root == "collect") return "subject";
  if (root == "use" || root == "match") return request.at("to");
  throw std::invalid_argument("a request for " + root + " needs from");
}

std::string section_1_actor(const Request& request) {
  return request.root == "disclose" ? request.from : request.to;
}

void section_1_read_provenance(const json& written, Request& request) {
  if (!written.contains("provenance")) return;
  const json& provenance = written.at("provenance");
  if (provenance.contains("nodes")) request.provenance = one_or_list(provenance.at("nodes"));
  request.no_onward = provenance.value("no_onward", false);
  request.recall = provenance.value("recall", false);
  request.purpose_bound = provenance.contains("purpose_only");
  if (request.purpose_bound) {
    request.purposes_allowed = one_or_list(provenance.at("purpose_only"));
  }
}

Request section_1_request(const json& scenario, const json& policy, const json& written,
                          const std::string& category) {
  Request request(scenario, policy);
  request.action = written.at("action");
  request.root = section_1_root_action(scenario, request.action);
  request.from = section_1_from(written, request.root);
  request.to = written.at("to");
  request.category = category;
  request.purpose = written.at("purpose");
  request.date = written.contains("on") ? written.at("on") : scenario.at("experiment").at("start");
  request.via = written.value("via", "");
  request.subject = written.at("subject").get<std::map<std::string, std::string>>();
  if (written.contains("facts")) request.facts = one_or_list(written.at("facts"));
  section_1_read_provenance(written, request);
  return request;
}

// ---- Section 3: when a rule matches ----

std::string section_3_node_named(const Request& request, const std::string& name) {
  const std::string prefix = "subject.";
  if (name.rfind(prefix, 0) != 0) return name;
  const std::string rest = name.substr(prefix.size());
  if (request.subject.count(rest) != 0) return request.subject.at(rest);
  const std::size_t dot = rest.find('.');
  const std::string attribute = rest.substr(0, dot);
  if (dot == std::string::npos || request.subject.count(attribute) == 0) {
    throw std::invalid_argument("no such attribute: " + name);
  }
  return request.subject.at(attribute) + rest.substr(dot);
}

bool section_3_named(const Request& request, const json& names, const std::string& node) {
  const Strings listed = one_or_list(names);
  return std::any_of(listed.begin(), listed.end(), [&](const std::string& name) {
    return section_3_node_named(request, name) == node;
  });
}

bool section_3_property(const json& node, const std::string& property, const json& wanted) {
  return node.contains(property) && meet(one_or_list(node.at(property)), one_or_list(wanted));
}

bool section_3_selects(const Request& request, const json& selector, const std::string& node);

bool section_3_key_holds(const Request& request, const std::string& key, const json& value,
                         const std::string& node) {
  const json& described = request.scenario.at("world").at("nodes").at(node);
  if (key == "node") return section_3_named(request, value, node);
  if (key == "tag") return section_3_property(described, "tags", value);
  if (key == "kind" || key == "jurisdiction" || key == "regime") {
    return section_3_property(described, key, value);
  }
  if (key == "not") return !section_3_selects(request, value, node);
  if (key == "any") {
    return std::any_of(value.begin(), value.end(), [&](const json& choice) {
      return section_3_selects(request, choice, node);
    });
  }
  throw std::invalid_argument("no such key of a selector: " + key);
}

/// The reserved word `subject` is not a node, so that no selector selects it.
bool section_3_selects(const Request& request, const json& selector, const std::string& node) {
  if (node == "subject") return false;
  for (const auto& [key, value] : selector.items()) {
    if (!section_3_key_holds(request, key, value, node)) return false;
  }
  return true;
}

bool section_3_predicate(const Request& request, const json& predicate) {
  const auto holds = [&](const json& part) { return section_3_predicate(request, part); };
  if (predicate.contains("all")) {
    const json& parts = predicate.at("all");
    return std::all_of(parts.begin(), parts.end(), holds);
  }
  if (predicate.contains("any")) {
    const json& parts = predicate.at("any");
    return std::any_of(parts.begin(), parts.end(), holds);
  }
  if (predicate.contains("not")) return !holds(predicate.at("not"));
  const std::string recorded = request.subject.at(predicate.at("attribute").get<std::string>());
  return one_or_list(predicate.at("is")).count(recorded) != 0;
}

bool section_3_action_listed(const Request& request, const json& rule, const std::string& action) {
  if (!rule.contains("action")) return true;
  const Strings listed = one_or_list(rule.at("action"));
  return std::any_of(listed.begin(), listed.end(), [&](const std::string& general) {
    return section_1_action_covers(request.scenario, general, action);
  });
}

// ---- Section 2: whom the policy binds ----

bool section_2_bound(const Request& request, const std::string& node) {
  return section_3_selects(request, request.policy.at("binds"), node);
}

/// An act under `query` of a bound node by an asker that is not bound.
bool section_2_open_door(const Request& request) {
  return request.root == "query" && !section_2_bound(request, request.to) &&
         section_2_bound(request, request.from);
}

bool section_2_governed(const Request& request) {
  return section_2_bound(request, section_1_actor(request)) || section_2_open_door(request);
}

/// Whether a prohibition reaches a query because it reaches the disclosure that answers it.
bool section_2_reaches_the_answer(const Request& request, const json& rule) {
  return rule.at("effect") == "prohibit" && section_2_open_door(request) &&
         section_3_action_listed(request, rule, "disclose");
}

// ---- Section 3, continued ----

bool section_3_action(const Request& request, const json& rule) {
  return section_3_action_listed(request, rule, request.action) ||
         section_2_reaches_the_answer(request, rule);
}

bool section_3_from(const Request& request, const json& rule) {
  if (!rule.contains("from")) return true;
  const json& from = rule.at("from");
  if (from.is_string()) return from == "subject" && request.from == "subject";
  return section_3_selects(request, from, request.from);
}

bool section_3_to(const Request& request, const json& rule) {
  return !rule.contains("to") || section_3_selects(request, rule.at("to"), request.to);
}

bool section_3_data(const Request& request, const json& rule) {
  return !rule.contains("data") || one_or_list(rule.at("data")).count(request.category) != 0;
}

bool section_3_purpose(const Request& request, const json& rule) {
  return !rule.contains("purpose") || one_or_list(rule.at("purpose")).count(request.purpose) != 0;
}

bool section_3_subjects(const Request& request, const json& rule) {
  return !rule.contains("subjects") || section_3_predicate(request, rule.at("subjects"));
}

bool sender_or_provenance_selected(const Request& request, const json& selector) {
  Strings nodes = request.provenance;
  nodes.insert(request.from);
  return std::any_of(nodes.begin(), nodes.end(), [&](const std::string& node) {
    return section_3_selects(request, selector, node);
  });
}

bool section_3_data_from(const Request& request, const json& rule) {
  return !rule.contains("data_from") ||
         sender_or_provenance_selected(request, rule.at("data_from"));
}

bool section_3_when(const Request& request, const json& rule) {
  if (!rule.contains("when")) return true;
  for (const auto& [fact, value] : rule.at("when").items()) {
    if ((request.facts.count(fact) != 0) != value.get<bool>()) return false;
  }
  return true;
}

/// Dates are written YYYY-MM-DD, so byte order is the order of time.
bool section_3_in_force(const Request& request, const json& rule) {
  if (!rule.contains("in_force")) return true;
  const json& in_force = rule.at("in_force");
  if (in_force.contains("from") && request.date < in_force.at("from").get<std::string>()) {
    return false;
  }
  return !in_force.contains("until") || request.date <= in_force.at("until").get<std::string>();
}

bool section_3_all_but_data(const Request& request, const json& rule) {
  return section_3_action(request, rule) && section_3_from(request, rule) &&
         section_3_to(request, rule) && section_3_purpose(request, rule) &&
         section_3_subjects(request, rule) && section_3_data_from(request, rule) &&
         section_3_when(request, rule) && section_3_in_force(request, rule);
}

// ---- Section 4: prohibitions on what is inferred ----

bool section_4_inference_applies(const Request& request, const json& inference,
                                 const Strings& held) {
  if (!meet(one_or_list(inference.at("holding")), held)) return false;
  if (inference.contains("received_from") &&
      !section_3_selects(request, inference.at("received_from"), request.from)) {
    return false;
  }
  return !inference.contains("provenance") ||
         sender_or_provenance_selected(request, inference.at("provenance"));
}

/// Adds to `revealed` what one inference more reveals, until nothing is added.
void section_4_extend_chain(const Request& request, const Strings& start, Strings& revealed) {
  const json& world = request.scenario.at("world");
  if (!world.contains("inferences")) return;
  Strings held = start;
  held.insert(revealed.begin(), revealed.end());
  const std::size_t before = revealed.size();
  for (const json& inference : world.at("inferences")) {
    if (section_4_inference_applies(request, inference, held)) {
      revealed.insert(inference.at("reveals").get<std::string>());
    }
  }
  if (revealed.size() != before) section_4_extend_chain(request, start, revealed);
}

Strings section_4_revealed(const Request& request) {
  Strings start = {request.category};
  if (request.root == "query") start.insert(answers_to_a_query.begin(), answers_to_a_query.end());
  Strings revealed;
  section_4_extend_chain(request, start, revealed);
  return revealed;
}

bool section_4_inferred(const Request& request, const json& rule) {
  if (rule.at("effect") != "prohibit" || !rule.value("inferred", false)) return false;
  if (request.root != "disclose" && request.root != "query") return false;
  return meet(one_or_list(rule.at("data")), section_4_revealed(request));
}

/// The answer to a query is a hit or none, whichever category was asked for.
bool section_4_lists_an_answer(const Request& request, const json& rule) {
  return rule.at("effect") == "prohibit" && request.root == "query" && rule.contains("data") &&
         meet(one_or_list(rule.at("data")), answers_to_a_query);
}

bool section_3_and_4_matches(const Request& request, const json& rule) {
  return section_3_all_but_data(request, rule) &&
         (section_3_data(request, rule) || section_4_lists_an_answer(request, rule) ||
          section_4_inferred(request, rule));
}

Matching section_3_and_4_matching(const Request& request) {
  const auto all = request.policy.at("rules").get<std::map<std::string, json>>();
  Matching matching;
  for (const auto& [id, body] : all) {
    if (!section_3_and_4_matches(request, body)) continue;
    const std::string effect = body.at("effect");
    if (effect == "permit") matching.permits.push_back({id, body});
    if (effect == "prohibit") matching.prohibitions.push_back({id, body});
    if (effect == "require") matching.requirements.push_back({id, body});
  }
  return matching;
}

// ---- Section 5: alternatives ----

bool section_5_derogates(const Rule& permit, const Rule& prohibition) {
  return permit.body.contains("derogates_from") &&
         one_or_list(permit.body.at("derogates_from")).count(prohibition.id) != 0;
}

/// The place of a rule's layer in `layers`, 0 being the highest.
std::size_t section_5_layer(const json& policy, const Rule& rule) {
  if (!policy.contains("layers") || !rule.body.contains("layer")) return 0;
  const auto layers = policy.at("layers").get<std::vector<std::string>>();
  const auto found = std::find(layers.begin(), layers.end(), rule.body.at("layer"));
  if (found == layers.end()) throw std::invalid_argument("no such layer at rule " + rule.id);
  return static_cast<std::size_t>(found - layers.begin());
}

bool section_5_overridden_under_perm(const json& policy, const Rule& permit,
                                     const Rule& prohibition) {
  return !section_5_derogates(permit, prohibition) && !prohibition.body.value("absolute", false) &&
         section_5_layer(policy, prohibition) >= section_5_layer(policy, permit);
}

bool section_5_bars(const json& policy, const Rule& permit, const Rule& prohibition) {
  if (section_5_derogates(permit, prohibition)) return false;
  const std::string strategy = policy.at("strategy");
  if (strategy == "prohibit" || strategy == "invalid") return true;
  if (strategy == "perm") return !section_5_overridden_under_perm(policy, permit, prohibition);
  throw std::invalid_argument("no such strategy: " + strategy);
}

bool section_5_stands(const json& policy, const Rule& permit, const Rules& prohibitions) {
  return std::none_of(prohibitions.begin(), prohibitions.end(), [&](const Rule& prohibition) {
    return section_5_bars(policy, permit, prohibition);
  });
}

/// The permits and prohibitions of all pairs that make the category void under `invalid`.
Strings section_5_void_pairs(const json& policy, const Matching& matching) {
  Strings ids;
  if (policy.at("strategy") != "invalid") return ids;
  for (const Rule& permit : matching.permits) {
    for (const Rule& prohibition : matching.prohibitions) {
      if (!section_5_derogates(permit, prohibition)) ids.insert({permit.id, prohibition.id});
    }
  }
  return ids;
}

/// The union of two JSON arrays, distinct and sorted by their text.
json section_5_union(const json& left, const json& right) {
  std::map<std::string, json> items;
  for (const json& item : left) items[item.dump()] = item;
  for (const json& item : right) items[item.dump()] = item;
  json result = json::array();
  for (const auto& [text, item] : items) result.push_back(item);
  return result;
}

json section_5_one_key_objects(const json& facts) {
  json result = json::array();
  for (const auto& [fact, value] : facts.items()) result.push_back({{fact, value}});
  return result;
}

/// The desk that a duty names, without what else the duty says of it.
json section_5_desk(const json& written) {
  json desk = {{"of", written.at("of")}, {"desk", written.at("desk")}};
  if (written.value("basis", "case") == "general") desk["basis"] = "general";
  return desk;
}

/// A duty as one rule writes it, in the shape of an effective duty.
json section_5_as_effective(const std::string& duty, const json& written) {
  if (desk_duties.count(duty) != 0) return json::array({section_5_desk(written)});
  if (duty == "redact") return section_5_union(written, json::array());
  if (duty == "suspended_when") {
    return section_5_union(section_5_one_key_objects(written), json::array());
  }
  return written;
}

json section_5_longer_notify(const json& left, const json& right) {
  const std::string key = "time_to_object_days";
  return left.value(key, 0) >= right.value(key, 0) ? left : right;
}

json section_5_stricter(const std::string& duty, const json& left, const json& right) {
  if (duty == "retain_days") return std::min(left.get<long>(), right.get<long>());
  if (duty == "sunset") return std::min(left.get<std::string>(), right.get<std::string>());
  if (duty == "notify") return section_5_longer_notify(left, right);
  if (left.is_array()) return section_5_union(left, right);
  return left;
}

void section_5_add_duties(json& effective, const json& rule) {
  if (!rule.contains("duties")) return;
  for (const auto& [duty, written] : rule.at("duties").items()) {
    if (written == false) continue;
    const json added = section_5_as_effective(duty, written);
    const bool had = effective.contains(duty);
    effective[duty] = had ? section_5_stricter(duty, effective.at(duty), added) : added;
  }
}

json section_5_duties(const Rule& permit, const Rules& requirements) {
  json effective = json::object();
  section_5_add_duties(effective, permit.body);
  for (const Rule& requirement : requirements) section_5_add_duties(effective, requirement.body);
  return effective;
}

bool section_5_channel_is(const Request& request, const std::string& property) {
  const json& channel = request.scenario.at("world").at("channels").at(request.via);
  const std::string mode = channel.at("mode");
  return channel.value(property, mode != "meeting" && mode != "telephone");
}

bool section_5_channel_allows(const Request& request, const json& duties) {
  if (request.via.empty()) return true;
  if (duties.contains("log") && !section_5_channel_is(request, "logged")) return false;
  return !duties.contains("recall") || section_5_channel_is(request, "recallable");
}

bool section_5_suspended(const Request& request, const json& duties) {
  if (!duties.contains("suspended_when")) return false;
  for (const json& suspending : duties.at("suspended_when")) {
    for (const auto& [fact, value] : suspending.items()) {
      if ((request.facts.count(fact) != 0) == value.get<bool>()) return true;
    }
  }
  return false;
}

bool section_5_past_sunset(const Request& request, const json& duties) {
  return duties.contains("sunset") && request.date > duties.at("sunset").get<std::string>();
}

bool section_5_redacted(const Request& request, const json& duties) {
  return duties.contains("redact") && one_or_list(duties.at("redact")).count(request.category) != 0;
}

bool section_5_hit_only_without_query(const Request& request, const json& duties) {
  return duties.contains("hit_only") && request.root != "query";
}

bool section_5_travelling_duties_met(const Request& request) {
  const bool onward = request.root == "disclose" || request.root == "query";
  if (request.no_onward && onward) return false;
  if (request.recall && !request.via.empty() && !section_5_channel_is(request, "recallable")) {
    return false;
  }
  if (!request.purpose_bound || request.root == "collect") return true;
  return request.purposes_allowed.count(request.purpose) != 0;
}

bool section_5_duties_can_be_met(const Request& request, const json& duties) {
  return section_5_channel_allows(request, duties) && !section_5_past_sunset(request, duties) &&
         !section_5_suspended(request, duties) && !section_5_redacted(request, duties) &&
         !section_5_hit_only_without_query(request, duties) &&
         section_5_travelling_duties_met(request);
}

/// In a void category no alternative stands.
std::vector<Alternative> section_5_standing(const Request& request, const Matching& matching) {
  std::vector<Alternative> standing;
  if (!section_5_void_pairs(request.policy, matching).empty()) return standing;
  for (const Rule& permit : matching.permits) {
    if (!section_5_stands(request.policy, permit, matching.prohibitions)) continue;
    const json duties = section_5_duties(permit, matching.requirements);
    standing.push_back({permit.id, duties, section_5_duties_can_be_met(request, duties)});
  }
  return standing;
}

// ---- Section 6: the verdict ----

bool section_6_desk_needed(const json& duties) {
  for (const std::string& duty : desk_duties) {
    if (!duties.contains(duty)) continue;
    for (const json& reference : duties.at(duty)) {
      if (duty != "authorised_by" || reference.value("basis", "case") != "general") return true;
    }
  }
  return false;
}

bool section_6_any_of(const json& duties, const Strings& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return duties.contains(name); });
}

bool section_6_less(const Alternative& left, const Alternative& right) {
  const auto key = [](const Alternative& alternative) {
    const long retention =
        alternative.duties.value("retain_days", std::numeric_limits<long>::max());
    return std::make_tuple(section_6_desk_needed(alternative.duties),
                           section_6_any_of(alternative.duties, duties_of_less_data),
                           section_6_any_of(alternative.duties, duties_of_bound_hands), -retention,
                           alternative.permit);
  };
  return key(left) < key(right);
}

std::vector<Alternative> section_6_in_order(std::vector<Alternative> standing) {
  standing.erase(std::remove_if(standing.begin(), standing.end(),
                                [](const Alternative& one) { return !one.duties_can_be_met; }),
                 standing.end());
  std::sort(standing.begin(), standing.end(), section_6_less);
  return standing;
}

const Rule& rule_with_id(const Rules& rules, const std::string& id) {
  return *std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.id == id; });
}

SlowVerdict section_6_permitted(const Matching& matching,
                                const std::vector<Alternative>& in_order) {
  const Alternative& taken = in_order.front();
  const Rule& permit = rule_with_id(matching.permits, taken.permit);
  SlowVerdict verdict;
  verdict.verdict = "permit";
  verdict.duties = taken.duties;
  verdict.rules.push_back(taken.permit);
  for (const Rule& requirement : matching.requirements) verdict.rules.push_back(requirement.id);
  for (const Rule& prohibition : matching.prohibitions) {
    const bool derogated = section_5_derogates(permit, prohibition);
    (derogated ? verdict.derogates_from : verdict.overrides).push_back(prohibition.id);
  }
  for (std::size_t i = 1; i < in_order.size(); ++i) {
    verdict.alternatives.push_back(in_order[i].permit);
  }
  return verdict;
}

std::vector<std::string> section_6_barring(const json& policy, const Matching& matching) {
  if (matching.permits.empty()) return ids_of(matching.prohibitions);
  std::vector<std::string> barring;
  for (const Rule& prohibition : matching.prohibitions) {
    const bool bars = std::any_of(
        matching.permits.begin(), matching.permits.end(),
        [&](const Rule& permit) { return section_5_bars(policy, permit, prohibition); });
    if (bars) barring.push_back(prohibition.id);
  }
  return barring;
}

SlowVerdict section_6_denied(const json& policy, const Matching& matching, const Strings& pairs,
                             const std::vector<Alternative>& standing) {
  SlowVerdict verdict;
  verdict.verdict = "deny";
  if (!pairs.empty()) {
    verdict.because = "conflict";
    verdict.rules.assign(pairs.begin(), pairs.end());
  } else if (!matching.prohibitions.empty() && standing.empty()) {
    verdict.because = "prohibited";
    verdict.rules = section_6_barring(policy, matching);
  } else if (!standing.empty()) {
    verdict.because = "duty-unmet";
    for (const Alternative& one : standing) verdict.rules.push_back(one.permit);
  } else {
    verdict.because = "no-permit";
  }
  return verdict;
}

SlowVerdict section_6_verdict(const Request& request) {
  const Matching matching = section_3_and_4_matching(request);
  const Strings pairs = section_5_void_pairs(request.policy, matching);
  const std::vector<Alternative> standing = section_5_standing(request, matching);
  const std::vector<Alternative> in_order = section_6_in_order(standing);
  if (!in_order.empty()) return section_6_permitted(matching, in_order);
  return section_6_denied(request.policy, matching, pairs, standing);
}

}  // namespace

SlowVerdict decide_slow(const json& scenario, const json& policy, const json& written,
                        const std::string& category) {
  const Request request = section_1_request(scenario, policy, written, category);
  if (section_2_governed(request)) return section_6_verdict(request);
  SlowVerdict not_governed;
  not_governed.verdict = "not-governed";
  return not_governed;
}

}  // namespace onward::reference
