// SPDX-License-Identifier: Apache-2.0
//
// Variants of a scenario: shares of clauses, sweeps of numbers, thresholds; with known answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "metrics/attribution.hpp"
#include "metrics/sensitivity.hpp"
#include "metrics/threshold.hpp"
#include "tests/support/engine_scenarios.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::claim;
using test_support::complaints;
using test_support::disclosure;
using test_support::invented;
using test_support::met_by_office;
using test_support::permit;
using testing::ElementsAre;
using testing::HasSubstr;

json ranged(double value, double low, double high) {
  return {{"value", value},
          {"low", low},
          {"high", high},
          {"dist", "uniform"},
          {"evidence", "illustrative"}};
}

/// Two flows to abroad, each permitted by a clause of its own; what abroad knows is a hazard.
json two_clauses() {
  json document = met_by_office(40, 10);
  document["population"]["groups"]["all"]["enter_day"] = 0;
  document["vocabulary"]["categories"]["address"] = json::object();
  document["population"]["journeys"]["stay"]["states"]["here"]["collects"] = {"identity",
                                                                              "address"};
  auto& flows = document["world"]["flows"];
  flows["name"] = disclosure({{"encounter", {{"node", "office"}}}}, "office", "abroad");
  flows["place"] = flows["name"];
  flows["place"]["data"] = "address";
  const auto of = [](const char* category) {
    json rule = permit({"disclose"});
    rule["data"] = category;
    return rule;
  };
  document["policies"].push_back(
      {{"id", "bill"},
       {"extends", "law"},
       {"patch", json::array({{{"add", "name"}, {"rule", of("identity")}},
                              {{"add", "place"}, {"rule", of("address")}}})}});
  const auto knows = [](const char* category) {
    return json{{"node", "abroad"}, {"knows", category}};
  };
  document["outcomes"]["harms"]["found"] = {
      {"while", {{"all", json::array({knows("identity"), knows("address")})}}},
      {"hazard", ranged(0.02, 0.01, 0.1)}};
  document["headline"]["harms"] = {"found"};
  return document;
}

Draft draft_of(const json& document) {
  Diagnostics diagnostics;
  auto draft = read_draft_text(document.dump(), "scenario.json", diagnostics);
  if (!draft) throw std::runtime_error(complaints(diagnostics));
  return std::move(*draft);
}

AttributionPlan attribution_plan(const std::vector<std::string>& measures) {
  AttributionPlan plan;
  plan.baseline = "law";
  plan.policy = "bill";
  plan.variants.measures = measures;
  plan.variants.replications = 20;
  plan.variants.jobs = 2;
  return plan;
}

TEST(Attribution, of_what_takes_both_clauses_is_half_and_half_and_of_the_rest_its_own) {
  const Draft draft = draft_of(two_clauses());
  Diagnostics diagnostics;
  const auto result =
      attribute(draft, attribution_plan({"harm.found", "reach.address"}), diagnostics);
  ASSERT_TRUE(result) << complaints(diagnostics);
  EXPECT_TRUE(result->exact);
  EXPECT_EQ(result->policies, 4U);
  EXPECT_EQ(result->bill.clauses[0].name, "add name");
  const AttributedMeasure& harm = result->measures[0];
  // What it takes both for is nobody's more than the other's.
  EXPECT_GT(harm.whole.mean, 0.1);
  EXPECT_DOUBLE_EQ(harm.shares[0].mean, harm.whole.mean / 2);
  EXPECT_DOUBLE_EQ(harm.shares[1].mean, harm.whole.mean / 2);
  ASSERT_TRUE(harm.shares[0].interval);
  EXPECT_DOUBLE_EQ(harm.shares[0].interval->low, harm.whole.interval->low / 2);
  // Who knows the address depends on one clause alone.
  EXPECT_EQ(result->measures[1].shares[0].mean, 0);
  EXPECT_EQ(result->measures[1].shares[1].mean, 1);
}

TEST(Attribution, is_the_same_for_any_number_of_jobs_and_is_what_a_run_gives) {
  const json document = two_clauses();
  const Draft draft = draft_of(document);
  AttributionPlan plan = attribution_plan({"harm.found"});
  Diagnostics diagnostics;
  const auto one = attribute(draft, plan, diagnostics);
  plan.variants.jobs = 1;
  const auto other = attribute(draft, plan, diagnostics);
  EXPECT_EQ(one->measures[0].shares[0].mean, other->measures[0].shares[0].mean);
  const auto scenario = test_support::loaded(document);
  ExperimentPlan run;
  run.policies = {0, 1};
  run.replications = 20;
  const Accounts accounts = replay_all(model_of(*scenario), scenario->compiled, run);
  const std::size_t m = find_measure(accounts.measures, "harm.found").value();
  EXPECT_DOUBLE_EQ(one->measures[0].whole.mean, Summary(accounts).difference(1, m).mean);
}

TEST(Attribution, keeps_together_what_touches_the_same_rule_or_derogates_from_it) {
  json document = two_clauses();
  document["policies"][0]["rules"]["no-place"] = {{"effect", "prohibit"},
                                                  {"action", "disclose"},
                                                  {"data", "address"},
                                                  {"basis", invented("Act, s. 2")}};
  auto& patch = document["policies"][1]["patch"];
  patch[1]["rule"]["derogates_from"] = "no-place";
  patch.push_back({{"amend", "no-place"}, {"set", {{"/label", "an exception exists"}}}});
  patch.push_back({{"amend", "name"}, {"set", {{"/label", "names"}}}});
  Diagnostics diagnostics;
  const auto bill = bill_of(draft_of(document), "law", "bill", diagnostics);
  ASSERT_TRUE(bill) << complaints(diagnostics);
  ASSERT_EQ(bill->clauses.size(), 2U);
  EXPECT_EQ(bill->clauses[0].name, "add name; amend name");
  EXPECT_EQ(bill->clauses[1].name, "add place; amend no-place");
}

TEST(Attribution, calls_it_a_grouping_error_where_a_part_cannot_stand_alone) {
  // The address may go abroad once the prohibition is narrowed: without that, the permit is void.
  json document = two_clauses();
  document["policies"][0]["rules"]["secret"] = {{"effect", "prohibit"},
                                                {"action", "disclose"},
                                                {"data", "address"},
                                                {"absolute", true},
                                                {"basis", invented("Act, s. 3")}};
  document["policies"][1]["patch"].push_back({{"withdraw", "secret"}});
  Diagnostics diagnostics;
  EXPECT_FALSE(attribute(draft_of(document), attribution_plan({"harm.found"}), diagnostics));
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_THAT(to_string(diagnostics[0]), HasSubstr("it came of taking `add place` alone"));
}

TEST(Attribution, wants_a_policy_that_extends_the_baseline) {
  AttributionPlan plan = attribution_plan({"harm.found"});
  std::swap(plan.baseline, plan.policy);
  Diagnostics diagnostics;
  EXPECT_FALSE(attribute(draft_of(two_clauses()), plan, diagnostics));
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].message, "`law` does not extend `bill`");
}

TEST(Threshold, finds_where_a_known_risk_crosses_the_line) {
  // All know everything from day 0: the risk is 1 - exp(-10 hazard), 0.3 at 0.0357.
  ThresholdPlan plan;
  plan.pointer = "/outcomes/harms/found/hazard";
  plan.from = 0.01;
  plan.to = 0.1;
  plan.policy = "bill";
  plan.line = 0.3;
  plan.variants.measures = {"harm.found"};
  plan.variants.replications = 100;
  Diagnostics diagnostics;
  const auto found = threshold(draft_of(two_clauses()), plan, diagnostics);
  ASSERT_TRUE(found) << complaints(diagnostics);
  ASSERT_EQ(found->crossings.size(), 1U);
  const double truth = -std::log(0.7) / 10;
  const Crossing& crossing = found->crossings[0];
  // 4,000 people: the mean of L has a standard error of at most 0.3 / sqrt(4000) = 0.005, and the
  // risk rises by 7 for each unit of hazard.
  EXPECT_NEAR(crossing.at, truth, 5 * 0.005 / 7);
  EXPECT_LT(crossing.certain_below.value(), truth);
  EXPECT_GT(crossing.certain_above.value(), truth);
}

TEST(Threshold, says_where_nothing_crosses_and_where_a_value_makes_no_scenario) {
  ThresholdPlan plan;
  plan.pointer = "/outcomes/harms/found/hazard";
  plan.from = 0.01;
  plan.to = 0.1;
  plan.policy = "bill";
  plan.baseline = "law";
  plan.variants.measures = {"harm.found"};
  plan.variants.replications = 10;
  Diagnostics diagnostics;
  const Draft draft = draft_of(two_clauses());
  EXPECT_TRUE(threshold(draft, plan, diagnostics)->crossings.empty());
  plan.to = 3;
  EXPECT_FALSE(threshold(draft, plan, diagnostics));
  EXPECT_THAT(complaints(diagnostics), HasSubstr("is not between `low` and `high`"));
}

SensitivityPlan sensitivity_plan(const Draft& draft) {
  SensitivityPlan plan;
  plan.policies = {"law", "bill"};
  plan.claims = claims_of(draft);
  plan.rows = 64;
  plan.variants.measures = {"harm.found"};
  plan.variants.replications = 4;
  plan.variants.jobs = 2;
  return plan;
}

TEST(Sensitivity, puts_all_on_the_only_number_and_gives_its_range) {
  const Draft draft = draft_of(two_clauses());
  Diagnostics diagnostics;
  const auto result = sensitivity(draft, sensitivity_plan(draft), diagnostics);
  ASSERT_TRUE(result) << complaints(diagnostics);
  ASSERT_EQ(result->figures.size(), 3U);  // Under the law, the bill, and the change.
  const SensitiveFigure& change = result->figures[2];
  EXPECT_TRUE(change.change);
  EXPECT_NEAR(change.indices.of[0].first, 1, 0.2);
  EXPECT_NEAR(change.indices.of[0].total, 1, 0.2);
  // From 1 - exp(-0.1) to 1 - exp(-1), less 2.5 % at each end.
  EXPECT_NEAR(change.range.low, 0.11, 0.05);
  EXPECT_NEAR(change.range.high, 0.62, 0.05);
  EXPECT_TRUE(result->figures[0].indices.of.empty());  // Nothing happens under the law.
}

TEST(Sensitivity, divides_between_two_numbers_as_theory_does) {
  // The risk is p (1 - exp(-10 h)): p uniform in 0.2 to 1, h in 0.01 to 0.1.
  json document = two_clauses();
  document["world"]["flows"]["name"]["propensity"] = ranged(0.5, 0.2, 1);
  const Draft draft = draft_of(document);
  SensitivityPlan plan = sensitivity_plan(draft);
  plan.rows = 256;
  ASSERT_EQ(plan.claims.size(), 2U);
  Diagnostics diagnostics;
  const auto result = sensitivity(draft, plan, diagnostics);
  ASSERT_TRUE(result) << complaints(diagnostics);
  // With E and V of each factor: V_p = E_h^2 V(p), V_h = E_p^2 V(h), V_ph = V(p) V(h).
  double mean = 0;
  double square = 0;
  constexpr int steps = 10000;
  for (int i = 0; i < steps; ++i) {
    const double h = 0.01 + 0.09 * (i + 0.5) / steps;
    const double g = 1 - std::exp(-10 * h);
    mean += g / steps;
    square += g * g / steps;
  }
  const double of_h = square - mean * mean;
  const double of_p = 0.8 * 0.8 / 12;
  const double vp = mean * mean * of_p;
  const double vh = 0.6 * 0.6 * of_h;
  const double all = vp + vh + of_p * of_h;
  const SobolIndices& indices = result->figures[2].indices;
  // Of 256 rows an index has a standard error of about 0.08.
  EXPECT_NEAR(indices.of[0].first, vp / all, 0.25) << plan.claims[0].pointer;
  EXPECT_NEAR(indices.of[1].first, vh / all, 0.25) << plan.claims[1].pointer;
  EXPECT_NEAR(indices.of[0].total, (vp + of_p * of_h) / all, 0.25);
  EXPECT_NEAR(indices.variance / all, 1, 0.35);
}

TEST(Sensitivity, leaves_out_what_cannot_be_moved_alone_and_says_why) {
  json document = two_clauses();
  document["vocabulary"]["attributes"]["home"] = {{"values", {"north", "south"}},
                                                  {"recorded", "exact"}};
  document["population"]["groups"]["all"]["attributes"]["home"] = {
      {"north", ranged(0.5, 0.4, 0.6)}, {"south", ranged(0.5, 0.4, 0.6)}};
  const Draft draft = draft_of(document);
  const Sweepable swept = sweepable(draft, claims_of(draft));
  ASSERT_EQ(swept.claims.size(), 1U);
  EXPECT_EQ(swept.claims[0].pointer, "/outcomes/harms/found/hazard");
  ASSERT_EQ(swept.left_out.size(), 2U);
  EXPECT_NE(swept.left_out[0].reason, "");
}

TEST(ValueAt, follows_the_spread_of_the_claim) {
  ClaimPlace claim{"", 4, 1, 16, true, false};
  EXPECT_DOUBLE_EQ(value_at(claim, 0), 1);
  EXPECT_DOUBLE_EQ(value_at(claim, 0.5), 4);
  EXPECT_DOUBLE_EQ(value_at(claim, 1), 16);
  claim.logarithmic = false;
  EXPECT_DOUBLE_EQ(value_at(claim, 0.5), 8.5);
  claim.triangular = true;
  // A fifth of the area lies below the mode, as 3 of 15 do; half of the area: 16 - sqrt(90).
  EXPECT_DOUBLE_EQ(value_at(claim, 0.2), 4);
  EXPECT_DOUBLE_EQ(value_at(claim, 0.5), 16 - std::sqrt(0.5 * 15 * 12));
}

}  // namespace
}  // namespace onward
