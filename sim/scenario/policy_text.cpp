// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/policy_text.hpp"

#include <nlohmann/json.hpp>

#include "sim/policy/lint_law.hpp"
#include "sim/scenario/decision_json.hpp"
#include "sim/scenario/decision_words.hpp"
#include "sim/scenario/rule_words.hpp"

namespace onward {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

const char* to_string(Standing standing) {
  switch (standing) {
    case Standing::law: return "law";
    case Standing::not_yet: return "not-yet";
    case Standing::proposed: return "proposed";
    case Standing::practice: return "practice";
    case Standing::invented: return "invented";
    case Standing::not_read: return "not-read";
  }
  return "";
}

const char* to_string(Force force) {
  switch (force) {
    case Force::in_force: return "in-force";
    case Force::not_yet: return "not-yet";
    case Force::no_longer: return "no-longer";
  }
  return "";
}

EffectiveDuties duties_of(const Rule& rule) {
  EffectiveDuties duties;
  const Duties& written = rule.duties;
  if (written.authorised_by) duties.authorised_by = {*written.authorised_by};
  if (written.consent_of_origin) duties.consent_of_origin = {*written.consent_of_origin};
  if (written.guardian) duties.guardian = {*written.guardian};
  if (written.human_verification) duties.human_verification = {*written.human_verification};
  duties.rest = written;
  return duties;
}

ordered_json place_json(const Place& place) {
  return {{"file", place.file ? *place.file : ""},
          {"line", place.line},
          {"column", place.column},
          {"pointer", place.pointer}};
}

/// A value that is JSON text already; null where there is none.
json value_json(const std::string& text) {
  return text.empty() ? json(nullptr) : json::parse(text);
}

ordered_json history_json(const std::vector<RuleChange>& history) {
  ordered_json steps = ordered_json::array();
  for (const RuleChange& change : history) {
    ordered_json step = {{"change", to_string(change.kind)}, {"policy", change.policy}};
    step["place"] = place_json(change.place);
    if (!change.note.empty()) step["note"] = change.note;
    for (const ValueChange& value : change.values)
      step["values"].push_back({{"pointer", value.pointer},
                                {"before", value_json(value.before)},
                                {"after", value_json(value.after)},
                                {"place", place_json(value.place)}});
    steps.push_back(std::move(step));
  }
  return steps;
}

ordered_json basis_json(const Rule& rule) {
  const Basis& basis = rule.basis;
  ordered_json out = {{"citation", basis.citation},
                      {"status", basis.status},
                      {"standing", to_string(standing_of(rule))}};
  for (const auto& [key, text] : {std::pair("reading", &basis.reading),
                                  {"ground", &basis.ground},
                                  {"transfer_ground", &basis.transfer_ground},
                                  {"source", &basis.source}})
    if (!text->empty()) out[key] = *text;
  return out;
}

ordered_json rule_json(const Rule& rule, const Policy& policy, const Scenario& scenario, Date day) {
  ordered_json out = {{"id", rule.id}};
  if (!rule.label.empty()) out["label"] = rule.label;
  out["effect"] = to_string(rule.effect);
  out["layer"] = policy.layers[rule.layer];
  out["force"] = to_string(force_of(rule, day));
  if (rule.in_force_from) out["in_force"]["from"] = to_string(*rule.in_force_from);
  if (rule.in_force_until) out["in_force"]["until"] = to_string(*rule.in_force_until);
  out["says"] = sentence(rule, scenario);
  out["conditions"] = conditions(rule, scenario);
  out["duties"] = to_json(duties_of(rule), scenario);
  out["derogates_from"] = json::array();
  for (const RuleId other : rule.derogates_from)
    out["derogates_from"].push_back(policy.rule(other).id);
  out["basis"] = basis_json(rule);
  if (!rule.note.empty()) out["note"] = rule.note;
  out["unmodelled"] = rule.unmodelled;
  out["history"] = history_json(rule.history);
  return out;
}

}  // namespace

Standing standing_of(const Rule& rule) {
  const std::string& status = rule.basis.status;
  if (status == "practice") return Standing::practice;
  if (status == "invented") return Standing::invented;
  if (status == "proposed") return Standing::proposed;
  if (says_not_read(rule)) return Standing::not_read;
  return status == "not-yet" ? Standing::not_yet : Standing::law;
}

const char* in_words(Standing standing) {
  switch (standing) {
    case Standing::law: return "in force";
    case Standing::not_yet: return "adopted, not yet in force";
    case Standing::proposed: return "proposed, not law";
    case Standing::practice: return "practice, not law";
    case Standing::invented: return "invented, not law";
    case Standing::not_read: return "not read in full, not to be cited";
  }
  return "";
}

Force force_of(const Rule& rule, Date day) {
  if (rule.in_force_from && day < *rule.in_force_from) return Force::not_yet;
  if (rule.in_force_until && *rule.in_force_until < day) return Force::no_longer;
  return Force::in_force;
}

std::vector<std::string> duties_in_words(const Rule& rule, const Scenario& scenario) {
  return in_words(duties_of(rule), scenario);
}

ordered_json policy_text(const Policy& policy, const Scenario& scenario, Date day,
                         const std::vector<RuleId>& rules) {
  ordered_json out = {{"scenario", scenario.id}, {"policy", policy.id}, {"label", policy.label}};
  if (!policy.extends.empty()) out["extends"] = policy.extends;
  out["as_of"] = to_string(day);
  out["strategy"] = onward::to_string(policy.strategy);
  out["layers"] = policy.layers;
  out["binds"] = json::array();
  policy.binds.for_each(
      [&](std::size_t n) { out["binds"].push_back(scenario.world.node_names.name(NodeId(n))); });
  out["place"] = place_json(policy.place);
  out["rules"] = ordered_json::array();
  for (const RuleId rule : rules)
    out["rules"].push_back(rule_json(policy.rule(rule), policy, scenario, day));
  out["withdrawn"] = ordered_json::array();
  for (const WithdrawnRule& gone : policy.withdrawn) {
    ordered_json one = {{"id", gone.id}};
    if (!gone.label.empty()) one["label"] = gone.label;
    one["citation"] = gone.citation;
    one["history"] = history_json(gone.history);
    out["withdrawn"].push_back(std::move(one));
  }
  out["unmodelled"] = policy.unmodelled;
  return out;
}

ordered_json policy_list(const Scenario& scenario) {
  ordered_json out = {{"scenario", scenario.id}, {"policies", ordered_json::array()}};
  for (const Policy& policy : scenario.policies) {
    ordered_json one = {{"id", policy.id}, {"label", policy.label}, {"rules", policy.rules.size()}};
    if (!policy.extends.empty()) one["extends"] = policy.extends;
    out["policies"].push_back(std::move(one));
  }
  return out;
}

}  // namespace onward
