// SPDX-License-Identifier: Apache-2.0
#include "viz/switches.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "sim/scenario/compose.hpp"

namespace onward {
namespace {

using Json = nlohmann::ordered_json;

struct Clause {
  std::string label;
  std::vector<std::string> rules;
};

/// What a scenario says of its clauses.
struct Asked {
  std::string policy;
  std::vector<Clause> clauses;
};

std::optional<Asked> asked_by(const Draft& draft) {
  const Value* written = draft.root.find("clauses");
  if (written == nullptr) return {};
  Asked asked{written->find("policy")->text, {}};
  for (const Value& one : written->find("list")->items) {
    Clause& clause = asked.clauses.emplace_back(Clause{one.find("label")->text, {}});
    for (const Value& rule : one.find("rules")->items) clause.rules.push_back(rule.text);
  }
  return asked;
}

std::string text_of(const Value& object, const char* key) {
  const Value* value = object.find(key);
  return value != nullptr && value->is(Value::Kind::string) ? value->text : "";
}

/// The rule that an item of a patch is about.
std::string rule_of(const Value& item) {
  for (const char* key : {"add", "amend", "replace", "withdraw"})
    if (std::string rule = text_of(item, key); !rule.empty()) return rule;
  return "";
}

/// Leaves only the first policy, the one with the clauses, and those that it extends.
void keep_what_it_needs(Draft& draft, const std::string& policy) {
  std::set<std::string> needed{text_of(draft.policies.front(), "id")};
  for (std::string at = policy; !at.empty();) {
    needed.insert(at);
    const auto found = std::find_if(draft.policies.begin(), draft.policies.end(),
                                    [&](const Value& one) { return text_of(one, "id") == at; });
    if (found == draft.policies.end())
      throw std::runtime_error("`clauses` names a policy that is not there: `" + at + "`");
    at = text_of(*found, "extends");
  }
  std::erase_if(draft.policies,
                [&](const Value& one) { return !needed.contains(text_of(one, "id")); });
}

/// Takes the items about some rules out of a policy's patch.
void take_out(Draft& draft, const std::string& policy, const Clause& clause) {
  for (Value& one : draft.policies) {
    if (text_of(one, "id") != policy) continue;
    Value* patch = one.find("patch");
    for (const std::string& rule : clause.rules) {
      const std::size_t taken =
          patch == nullptr ? 0 : std::erase_if(patch->items, [&](const Value& item) {
            return rule_of(item) == rule;
          });
      if (taken == 0)
        throw std::runtime_error("the clause `" + clause.label +
                                 "` names a rule that the patch of `" + policy +
                                 "` does not touch: `" + rule + "`");
    }
  }
}

/// The differences from the first policy, as the results have them.
Json differences_of(const Scenario& scenario, const ReportRequest& request, const Json& results,
                    const std::string& policy) {
  const auto at = std::find_if(scenario.policies.begin(), scenario.policies.end(),
                               [&](const Policy& one) { return one.id == policy; });
  Model model = model_of(scenario);
  model.seed = request.seed;
  ExperimentPlan plan;
  plan.policies = {0, static_cast<std::size_t>(at - scenario.policies.begin())};
  plan.replications = results.at("replications").get<int>();
  plan.warm_up_days = scenario.experiment.warm_up_days;
  plan.people = request.people;
  plan.jobs = request.jobs;
  Results of;
  of.scenario = &scenario;
  of.policies = {&scenario.policies.front(), &*at};
  of.seed = request.seed;
  of.accounts = replay_all(model, scenario.compiled, plan);
  complete(of, model);
  return Json::parse(to_json(of, results.at("version").get<std::string>()))
      .at("differences")
      .at(0)
      .at("measures");
}

Json combination(const Draft& whole, const Asked& asked, std::size_t bits,
                 const ReportRequest& request, const Json& results, const Json& headline) {
  Draft draft = whole;
  for (std::size_t c = 0; c < asked.clauses.size(); ++c)
    if ((bits >> c & 1U) == 0) take_out(draft, asked.policy, asked.clauses[c]);
  const LoadResult loaded = load_draft(draft, {});
  if (!loaded.scenario) return loaded.diagnostics.front().message;
  const Json all = differences_of(*loaded.scenario, request, results, asked.policy);
  Json kept = Json::object();
  for (const Json& name : headline) kept[name.get<std::string>()] = all.at(name.get<std::string>());
  return kept;
}

}  // namespace

Json switches_json(const ReportRequest& request, const Json& results, const Json& headline) {
  Diagnostics diagnostics;
  auto draft = read_draft(request.scenario->file, diagnostics);
  if (!draft) throw std::runtime_error("the scenario can no longer be read");
  const auto asked = asked_by(*draft);
  if (!asked) return {};
  keep_what_it_needs(*draft, asked->policy);
  draft->suite = {};
  Json json = {
      {"policy", asked->policy}, {"clauses", Json::array()}, {"combinations", Json::array()}};
  for (const Clause& clause : asked->clauses)
    json["clauses"].push_back({{"label", clause.label}, {"rules", clause.rules}});
  for (std::size_t bits = 0; bits < std::size_t{1} << asked->clauses.size(); ++bits)
    json["combinations"].push_back(combination(*draft, *asked, bits, request, results, headline));
  return json;
}

}  // namespace onward
