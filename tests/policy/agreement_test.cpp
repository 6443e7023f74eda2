// SPDX-License-Identifier: Apache-2.0
//
// The decision core against the slow reference, which shares no code with it.
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/policy/ask.hpp"
#include "sim/scenario/decision_json.hpp"
#include "sim/scenario/read_request.hpp"
#include "sim/scenario/scenario.hpp"
#include "tests/reference/decide_slow.hpp"
#include "tests/support/random_policy.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::complaints;
using test_support::loaded;

constexpr int scenarios_per_strategy = 500;
constexpr int requests_per_scenario = 200;

json names(const std::vector<RuleId>& rules, const Policy& policy) {
  json list = json::array();
  for (const RuleId rule : rules) list.push_back(policy.rule(rule).id);
  return list;
}

/// What the core says, in a form that can be compared.
json fast(const Scenario& scenario, const json& request, const std::string& category) {
  Diagnostics diagnostics;
  const auto open = read_request_text(request.dump(), "request", scenario, diagnostics);
  if (!open) throw std::runtime_error(complaints(diagnostics));
  const Policy& policy = scenario.policies.front();
  for (const Answer& answer : ask(scenario.compiled.front(), *scenario.cells, *open)) {
    if (scenario.vocabulary.category_names.name(answer.category) != category) continue;
    if (answer.cases.size() != 1) throw std::runtime_error("the answer depends on something");
    const Explanation& e = answer.cases.front().explanation;
    Request decided = open->request;
    decided.cell = scenario.cells->cell(answer.cases.front().person);
    for (const NodeId node : open->came_through)
      decided.provenance.sources |= scenario.compiled.front().sources_of(node);
    const Decision decision = scenario.compiled.front().decide(decided, answer.category);
    const bool agree = decision.verdict == e.verdict && decision.because == e.because &&
                       (e.verdict != Verdict::permit || decision.permit == e.rules.front());
    return {{"verdict", to_string(e.verdict)},
            {"because", to_string(e.because)},
            {"rules", names(e.rules, policy)},
            {"derogates_from", names(e.derogates_from, policy)},
            {"overrides", names(e.overrides, policy)},
            {"alternatives", names(e.alternatives, policy)},
            {"duties", json(to_json(e.duties, scenario))},
            {"decide and explain agree", agree}};
  }
  throw std::runtime_error("no answer for " + category);
}

json slow(const json& scenario, const json& request, const std::string& category) {
  const reference::SlowVerdict v =
      reference::decide_slow(scenario, scenario["policies"][0], request, category);
  return {{"verdict", v.verdict},     {"because", v.because},
          {"rules", v.rules},         {"derogates_from", v.derogates_from},
          {"overrides", v.overrides}, {"alternatives", v.alternatives},
          {"duties", v.duties},       {"decide and explain agree", true}};
}

bool differs(const json& scenario, const json& request, const std::string& category) {
  return fast(*loaded(scenario), request, category) != slow(scenario, request, category);
}

/// Takes rules away for as long as the two still disagree.
json smallest(json scenario, const json& request, const std::string& category) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    const json rules = scenario["policies"][0]["rules"];
    for (const auto& [id, rule] : rules.items()) {
      json without = test_support::without_rule(scenario, id);
      if (!differs(without, request, category)) continue;
      scenario = std::move(without);
      smaller = true;
      break;
    }
  }
  return scenario;
}

void agree(const std::string& strategy) {
  std::map<std::string, int> outcomes;
  const bool passed = rc::check("core and reference agree under " + strategy, [&] {
    const auto seed = *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
    const json scenario = test_support::random_scenario(seed, strategy);
    const auto compiled = loaded(scenario);
    for (int r = 0; r < requests_per_scenario; ++r) {
      const json request =
          test_support::random_request(scenario, seed * 1000003U + static_cast<std::uint64_t>(r));
      for (const json& category : request["data"]) {
        const json expected = slow(scenario, request, category);
        const json actual = fast(*compiled, request, category);
        ++outcomes[expected["verdict"].get<std::string>() + " " +
                   expected["because"].get<std::string>()];
        if (actual == expected) continue;
        const json small = smallest(scenario, request, category);
        RC_FAIL("category " + category.get<std::string>() + "\nrequest " + request.dump() +
                "\npolicy " + small["policies"][0].dump(1) + "\nworld " + small["world"].dump() +
                "\nvocabulary " + small["vocabulary"].dump() + "\nreference " +
                slow(small, request, category).dump() + "\ncore " +
                fast(*loaded(small), request, category).dump());
      }
    }
  });
  EXPECT_TRUE(passed);
  int decided = 0;
  for (const auto& [outcome, number] : outcomes) decided += number;
  EXPECT_GE(decided, 100000);
  // Each outcome is seen often enough to be tested: at least one in a hundred.
  for (const char* outcome :
       {"permit ", "deny prohibited", "deny duty-unmet", "deny no-permit", "not-governed "})
    EXPECT_GE(outcomes[outcome], decided / 100) << outcome;
  if (strategy == "invalid") {
    EXPECT_GE(outcomes["deny conflict"], decided / 100);
  }
}

class Agreement : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::string parameters =
        "seed=20260701 max_success=" + std::to_string(scenarios_per_strategy);
    setenv("RC_PARAMS", parameters.c_str(), 1);
  }
};

TEST_F(Agreement, under_prohibit) {
  agree("prohibit");
}
TEST_F(Agreement, under_perm) {
  agree("perm");
}
TEST_F(Agreement, under_invalid) {
  agree("invalid");
}

}  // namespace
}  // namespace onward
