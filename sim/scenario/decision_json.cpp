// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/decision_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace onward {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// A number of days, without a point where there is none to make.
json days(double number) {
  const auto whole = static_cast<std::int64_t>(number);
  if (static_cast<double>(whole) == number) return whole;
  return number;
}

json reference(const DeskReference& desk, const Scenario& scenario) {
  const auto owner = [&]() -> std::string {
    switch (desk.owner) {
      case DeskReference::Owner::node: return scenario.world.node_names.name(desk.node);
      case DeskReference::Owner::actor: return "actor";
      case DeskReference::Owner::from: return "from";
      case DeskReference::Owner::to: return "to";
      case DeskReference::Owner::origin: return "origin";
    }
    return "";
  };
  return {{"of", owner()}, {"desk", desk.desk}};
}

/// Lists do not depend on the order in which rules were read.
json sorted(std::vector<json> items) {
  std::sort(items.begin(), items.end(),
            [](const json& a, const json& b) { return a.dump() < b.dump(); });
  return items;
}

void add_authorisations(ordered_json& out, const char* key, const std::vector<Authorisation>& list,
                        const Scenario& scenario) {
  if (list.empty()) return;
  std::vector<json> items;
  for (const Authorisation& one : list) {
    items.push_back(reference(one.desk, scenario));
    if (!one.case_by_case) items.back()["basis"] = "general";
  }
  out[key] = sorted(std::move(items));
}

json rule_ids(const std::vector<RuleId>& rules, const Policy& policy) {
  json ids = json::array();
  for (const RuleId rule : rules) ids.push_back(policy.rule(rule).id);
  return ids;
}

ordered_json basis(const std::vector<RuleId>& rules, const Policy& policy) {
  ordered_json all = ordered_json::object();
  for (const RuleId id : rules) {
    const Basis& written = policy.rule(id).basis;
    ordered_json one = {{"citation", written.citation}, {"status", written.status}};
    if (!written.reading.empty()) one["reading"] = written.reading;
    if (!written.ground.empty()) one["ground"] = written.ground;
    if (!written.transfer_ground.empty()) one["transfer_ground"] = written.transfer_ground;
    if (!written.source.empty()) one["source"] = written.source;
    all[policy.rule(id).id] = std::move(one);
  }
  return all;
}

ordered_json to_json(const Explanation& explanation, const Policy& policy,
                     const Scenario& scenario) {
  ordered_json out = {{"verdict", to_string(explanation.verdict)}};
  if (explanation.verdict == Verdict::deny) out["because"] = to_string(explanation.because);
  out["rules"] = rule_ids(explanation.rules, policy);
  if (explanation.verdict == Verdict::permit) {
    out["derogates_from"] = rule_ids(explanation.derogates_from, policy);
    out["overrides"] = rule_ids(explanation.overrides, policy);
    out["alternatives"] = rule_ids(explanation.alternatives, policy);
    out["duties"] = to_json(explanation.duties, scenario);
  }
  for (const RevealedThrough& through : explanation.through) {
    json names = json::array();
    for (const std::size_t inference : through.inferences)
      names.push_back(scenario.world.inference_names[inference]);
    out["through"][policy.rule(through.prohibition).id] = std::move(names);
  }
  std::vector<RuleId> named = explanation.rules;
  named.insert(named.end(), explanation.derogates_from.begin(), explanation.derogates_from.end());
  named.insert(named.end(), explanation.overrides.begin(), explanation.overrides.end());
  out["basis"] = basis(named, policy);
  out["unmodelled"] = explanation.unmodelled;
  if (explanation.answered_for_outsider) out["governed_as"] = "act of the node asked";
  return out;
}

}  // namespace

ordered_json to_json(const EffectiveDuties& duties, const Scenario& scenario) {
  ordered_json out = ordered_json::object();
  add_authorisations(out, "authorised_by", duties.authorised_by, scenario);
  add_authorisations(out, "consent_of_origin", duties.consent_of_origin, scenario);
  add_authorisations(out, "guardian", duties.guardian, scenario);
  if (!duties.human_verification.empty()) {
    std::vector<json> items;
    for (const DeskReference& desk : duties.human_verification)
      items.push_back(reference(desk, scenario));
    out["human_verification"] = sorted(std::move(items));
  }
  const Duties& rest = duties.rest;
  const auto add_flag = [&](const char* key, bool set) {
    if (set) out[key] = true;
  };
  add_flag("hit_only", rest.hit_only);
  add_flag("pseudonymise", rest.pseudonymise);
  add_flag("aggregate_only", rest.aggregate_only);
  if (!rest.redact.empty()) {
    std::vector<json> names;
    for (std::size_t c = 0; c < scenario.vocabulary.categories.size(); ++c)
      if (rest.redact.contains(CategoryId(c)))
        names.emplace_back(scenario.vocabulary.category_names.name(CategoryId(c)));
    out["redact"] = sorted(std::move(names));
  }
  if (rest.retain_days) out["retain_days"] = *rest.retain_days;
  add_flag("no_onward", rest.no_onward);
  add_flag("purpose_only", rest.purpose_only);
  add_flag("recall", rest.recall);
  if (rest.notify_days) out["notify"] = {{"time_to_object_days", days(*rest.notify_days)}};
  add_flag("log", rest.log);
  if (rest.sunset) out["sunset"] = to_string(*rest.sunset);
  std::vector<json> suspensions;
  rest.suspended_when.must_hold.for_each([&](FactId fact) {
    suspensions.push_back({{scenario.vocabulary.fact_names.name(fact), true}});
  });
  rest.suspended_when.must_not_hold.for_each([&](FactId fact) {
    suspensions.push_back({{scenario.vocabulary.fact_names.name(fact), false}});
  });
  if (!suspensions.empty()) out["suspended_when"] = sorted(std::move(suspensions));
  return out;
}

ordered_json to_json(const Answer& answer, const Policy& policy, const Scenario& scenario) {
  if (answer.cases.size() == 1) return to_json(answer.cases.front().explanation, policy, scenario);
  ordered_json out = {{"verdict", "depends"}};
  out["depends_on"] = json::array();
  for (const AttributeId attribute : answer.depends_on)
    out["depends_on"].push_back(scenario.vocabulary.attribute_names.name(attribute));
  out["cases"] = ordered_json::array();
  for (const AnswerCase& c : answer.cases) {
    ordered_json one;
    for (const AttributeId attribute : answer.depends_on)
      one["subject"][scenario.vocabulary.attribute_names.name(attribute)] =
          scenario.vocabulary.attributes[attribute.index()].values.name(
              c.person[attribute.index()]);
    one["answer"] = to_json(c.explanation, policy, scenario);
    if (!c.values.empty()) {
      const AttributeId id = answer.depends_on.front();
      json values = json::array();
      for (const ValueId value : c.values)
        values.push_back(scenario.vocabulary.attributes[id.index()].values.name(value));
      one["subject"][scenario.vocabulary.attribute_names.name(id)] = std::move(values);
    }
    out["cases"].push_back(std::move(one));
  }
  return out;
}

json to_json(const Value& value) {
  switch (value.kind) {
    case Value::Kind::null: return nullptr;
    case Value::Kind::boolean: return value.truth;
    case Value::Kind::number: return value.integral ? json(value.integer) : json(value.number);
    case Value::Kind::string: return value.text;
    case Value::Kind::array: {
      json array = json::array();
      for (const Value& item : value.items) array.push_back(to_json(item));
      return array;
    }
    case Value::Kind::object: {
      json object = json::object();
      for (const Member& member : value.members) object[member.key] = to_json(member.value);
      return object;
    }
  }
  return nullptr;
}

}  // namespace onward
