// SPDX-License-Identifier: Apache-2.0
#include "tests/support/small_scenario.hpp"

#include <stdexcept>

#include "sim/scenario/read_request.hpp"

namespace onward::test_support {

nlohmann::json small_scenario() {
  return nlohmann::json::parse(R"({
    "onward": 1, "id": "small", "title": "Small", "question": "Does it load?",
    "headline": { "harms": [], "benefits": [] },
    "vocabulary": { "categories": { "identity": {} }, "purposes": { "work": {} } },
    "world": { "nodes": { "office": { "kind": "authority", "jurisdiction": "here" },
                          "abroad": { "kind": "third_country", "jurisdiction": "there" } } },
    "population": { "groups": { "all": { "people": 1, "journey": "stay" } },
                    "journeys": { "stay": { "first": "here", "states": { "here": {} } } } },
    "policies": [ { "id": "law", "binds": { "node": "office" }, "strategy": "prohibit", "rules": {} } ],
    "outcomes": {},
    "experiment": { "start": "2026-07-01", "horizon_days": 365, "replications": 1, "seed": 1 } })");
}

nlohmann::json invented(const std::string& citation) {
  return {{"status", "invented"}, {"citation", citation}};
}

std::unique_ptr<const Scenario> loaded(const nlohmann::json& document) {
  LoadResult result = load_scenario_text(document.dump(), "scenario.json");
  if (!result.scenario) throw std::runtime_error(complaints(result.diagnostics));
  return std::move(result.scenario);
}

Explanation answer(const Scenario& scenario, std::size_t policy, const nlohmann::json& request) {
  Diagnostics diagnostics;
  const auto open = read_request_text(request.dump(), "request", scenario, diagnostics);
  if (!open) throw std::runtime_error(complaints(diagnostics));
  const Answer answer = ask(scenario.compiled[policy], *scenario.cells, *open).front();
  if (answer.cases.size() != 1) throw std::runtime_error("the answer depends on open attributes");
  return answer.cases.front().explanation;
}

std::string complaints(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) text += to_string(d);
  return text;
}

}  // namespace onward::test_support
