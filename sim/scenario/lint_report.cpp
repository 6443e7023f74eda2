// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/lint_report.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "sim/policy/ask.hpp"
#include "sim/scenario/read_request.hpp"

namespace onward {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// Above this, a request says all of the person: to find out what counts would take too long.
constexpr std::size_t most_cells = 4096;

OpenRequest open_request(const Situation& situation, const Scenario& scenario) {
  OpenRequest open;
  open.request = situation.request;
  open.request.provenance.sources = {};
  open.came_through = situation.came_through;
  open.data = {situation.category};
  for (const ValueId value : scenario.cells->representative(situation.request.cell))
    open.subject.emplace_back(value);
  return open;
}

/// Leaves open what the answer does not depend on.
void forget_what_does_not_count(OpenRequest& open, const Scenario& scenario, std::size_t policy) {
  if (scenario.cells->size() > most_cells) return;
  const auto answer = [&] { return ask(scenario.compiled[policy], *scenario.cells, open).front(); };
  // What decides for nobody is left out at once; then, one by one, what does not decide here.
  const auto known =
      std::exchange(open.subject, std::vector<std::optional<ValueId>>(open.subject.size()));
  const std::vector<AttributeId> depends_on = answer().depends_on;
  for (const AttributeId attribute : depends_on)
    open.subject[attribute.index()] = known[attribute.index()];
  for (const AttributeId attribute : depends_on) {
    open.subject[attribute.index()].reset();
    if (answer().cases.size() > 1) open.subject[attribute.index()] = known[attribute.index()];
  }
}

void add_provenance(const OpenRequest& open, const Scenario& scenario, ordered_json& out) {
  ordered_json provenance = ordered_json::object();
  for (const NodeId node : open.came_through)
    provenance["nodes"].push_back(scenario.world.node_names.name(node));
  const Provenance& travels = open.request.provenance;
  if (travels.no_onward) provenance["no_onward"] = true;
  if (travels.recall) provenance["recall"] = true;
  if (travels.purpose_only)
    travels.purposes.for_each([&](PurposeId purpose) {
      provenance["purpose_only"].push_back(scenario.vocabulary.purpose_names.name(purpose));
    });
  if (!provenance.empty()) out["provenance"] = std::move(provenance);
}

ordered_json to_json(const OpenRequest& open, std::optional<ChannelId> via,
                     const Scenario& scenario) {
  const Request& request = open.request;
  const Vocabulary& words = scenario.vocabulary;
  ordered_json out = {{"action", words.action_names.name(request.action)}};
  const RootAction root = words.root(request.action);
  if (root != RootAction::use && root != RootAction::match)
    out["from"] = request.from ? scenario.world.node_names.name(*request.from) : "subject";
  out["to"] = scenario.world.node_names.name(request.to);
  out["data"] = words.category_names.name(open.data.front());
  out["purpose"] = words.purpose_names.name(request.purpose);
  for (std::size_t a = 0; a < open.subject.size(); ++a)
    if (open.subject[a])
      out["subject"][words.attribute_names.names()[a]] =
          words.attributes[a].values.name(*open.subject[a]);
  add_provenance(open, scenario, out);
  request.facts.for_each([&](FactId fact) { out["facts"].push_back(words.fact_names.name(fact)); });
  if (via) out["via"] = scenario.world.channel_names.name(*via);
  const Date day(static_cast<std::int32_t>(request.on));
  if (day != scenario.experiment.start) out["on"] = to_string(day);
  return out;
}

Example example_of(const Situation& situation, const Scenario& scenario, std::size_t policy) {
  OpenRequest open = open_request(situation, scenario);
  forget_what_does_not_count(open, scenario, policy);
  Explanation explanation =
      ask(scenario.compiled[policy], *scenario.cells, open).front().cases.front().explanation;
  return {to_json(open, situation.via, scenario).dump(), policy, std::move(explanation)};
}

/// What makes two findings one.
auto key_of(const LintFinding& finding, const Rule& rule) {
  const std::string file = rule.place.file ? *rule.place.file : "";
  return std::tuple(finding.code, rule.id, finding.message, file, rule.place.line);
}

ordered_json ids(const std::vector<RuleId>& rules, const Policy& policy) {
  ordered_json names = ordered_json::array();
  for (const RuleId rule : rules) names.push_back(policy.rule(rule).id);
  return names;
}

}  // namespace

ordered_json request_json(const Situation& situation, const Scenario& scenario) {
  return to_json(open_request(situation, scenario), situation.via, scenario);
}

std::vector<ReportedFinding> lint_report(const Scenario& scenario,
                                         const std::vector<std::size_t>& policies) {
  std::vector<ReportedFinding> report;
  std::map<decltype(key_of(LintFinding{}, Rule{})), std::size_t> known;
  for (const std::size_t p : policies)
    for (LintFinding& finding : lint(lint_context(scenario, p))) {
      const Rule& rule = scenario.policies[p].rule(finding.rule);
      const auto [entry, is_new] = known.emplace(key_of(finding, rule), report.size());
      if (is_new) {
        std::optional<Example> example;
        if (finding.example) example = example_of(*finding.example, scenario, p);
        report.push_back({std::move(finding), {}, std::move(example)});
      }
      report[entry->second].policies.push_back(p);
    }
  const auto place_of = [&](const ReportedFinding& one) {
    const Place& place = scenario.policies[one.policies.front()].rule(one.finding.rule).place;
    return std::tuple(place.file ? *place.file : "", place.line, place.column);
  };
  std::stable_sort(report.begin(), report.end(),
                   [&](const ReportedFinding& a, const ReportedFinding& b) {
                     return place_of(a) < place_of(b);
                   });
  return report;
}

ordered_json to_json(const std::vector<ReportedFinding>& findings, const Scenario& scenario) {
  ordered_json out = {{"scenario", scenario.id}, {"findings", ordered_json::array()}};
  for (const ReportedFinding& one : findings) {
    const LintFinding& finding = one.finding;
    const Policy& policy = scenario.policies[one.policies.front()];
    const Rule& rule = policy.rule(finding.rule);
    ordered_json item = {{"code", to_string(finding.code)},
                         {"severity", to_string(finding.severity)},
                         {"policies", ordered_json::array()},
                         {"rule", rule.id}};
    for (const std::size_t p : one.policies) item["policies"].push_back(scenario.policies[p].id);
    item["place"] = {{"file", rule.place.file ? *rule.place.file : ""},
                     {"line", rule.place.line},
                     {"column", rule.place.column},
                     {"pointer", rule.place.pointer}};
    item["message"] = finding.message;
    item["help"] = finding.help;
    item["others"] = ids(finding.others, policy);
    if (one.example) {
      const Explanation& answer = one.example->explanation;
      item["example"] = {{"policy", scenario.policies[one.example->policy].id},
                         {"request", ordered_json::parse(one.example->request)},
                         {"verdict", to_string(answer.verdict)}};
      if (answer.verdict == Verdict::deny) item["example"]["because"] = to_string(answer.because);
      item["example"]["rules"] = ids(answer.rules, policy);
    }
    out["findings"].push_back(std::move(item));
  }
  return out;
}

}  // namespace onward
