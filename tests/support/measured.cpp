// SPDX-License-Identifier: Apache-2.0
#include "tests/support/measured.hpp"

#include "metrics/summary.hpp"
#include "tests/support/engine_scenarios.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward::test_support {

nlohmann::json told_of() {
  nlohmann::json document = met_by_office(1, 365);
  document["population"]["groups"]["all"]["enter_day"] = 0;
  document["world"]["flows"]["tell"] =
      disclosure({{"encounter", {{"node", "office"}}}}, "office", "abroad");
  document["policies"][0]["rules"]["tell"] = permit({"disclose"});
  return document;
}

Accounts replayed(const Scenario& scenario, int replications, bool burdens) {
  ExperimentPlan plan;
  for (std::size_t p = 0; p < scenario.policies.size(); ++p) plan.policies.push_back(p);
  plan.replications = replications;
  plan.burdens = burdens;
  return replay_all(model_of(scenario), scenario.compiled, plan);
}

double mean(const nlohmann::json& document, const std::string& measure) {
  const auto scenario = loaded(document);
  const Accounts accounts = replayed(*scenario);
  return Summary(accounts).figure(0, find_measure(accounts.measures, measure).value()).mean;
}

}  // namespace onward::test_support
