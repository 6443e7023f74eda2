// SPDX-License-Identifier: Apache-2.0
#include "viz/changes.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/scenario/policy_text.hpp"
#include "sim/scenario/rule_words.hpp"

namespace onward {
namespace {

using Json = nlohmann::ordered_json;

const Rule* find_rule(const Policy& policy, const std::string& id) {
  const auto at = std::find_if(policy.rules.begin(), policy.rules.end(),
                               [&](const Rule& rule) { return rule.id == id; });
  return at == policy.rules.end() ? nullptr : &*at;
}

/// What was done to a rule on its way from the first policy; empty: it is the same one.
const char* how_changed(const Rule& rule, const Policy& first) {
  const Rule* before = find_rule(first, rule.id);
  if (before == nullptr) return "added";
  const RuleChange& last = rule.history.back();
  const RuleChange& last_before = before->history.back();
  const bool same = rule.history.size() == before->history.size() &&
                    last.policy == last_before.policy && last.place.line == last_before.place.line;
  return same ? "" : "amended";
}

std::string standing(const Rule& rule) {
  const Standing standing = standing_of(rule);
  return standing == Standing::law ? "" : in_words(standing);
}

Json change_json(const Rule& rule, const char* how, const Scenario& scenario) {
  std::vector<std::string> conditions_and_duties = conditions(rule, scenario);
  for (std::string& duty : duties_in_words(rule, scenario))
    conditions_and_duties.push_back(std::move(duty));
  return {{"rule", rule.id},
          {"how", how},
          {"text", sentence(rule, scenario)},
          {"conditions", conditions_and_duties},
          {"citation", rule.basis.citation},
          {"standing", standing(rule)},
          {"note", rule.note}};
}

Json changes_json(const Policy& policy, const Policy& first, const Scenario& scenario) {
  Json changes = Json::array();
  for (const Rule& rule : policy.rules)
    if (const std::string how = how_changed(rule, first); !how.empty())
      changes.push_back(change_json(rule, how.c_str(), scenario));
  for (const Rule& rule : first.rules)
    if (find_rule(policy, rule.id) == nullptr)
      changes.push_back(change_json(rule, "withdrawn", scenario));
  return changes;
}

}  // namespace

Json policies_json(const Scenario& scenario, const std::vector<std::size_t>& policies) {
  Json all = Json::array();
  const Policy& first = scenario.policies[policies.front()];
  for (const std::size_t p : policies) {
    const Policy& policy = scenario.policies[p];
    all.push_back({{"id", policy.id},
                   {"label", policy.label.empty() ? policy.id : policy.label},
                   {"rules", policy.rules.size()},
                   {"changes", changes_json(policy, first, scenario)}});
  }
  return all;
}

}  // namespace onward
