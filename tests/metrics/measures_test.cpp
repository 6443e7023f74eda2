// SPDX-License-Identifier: Apache-2.0
//
// The worked examples of docs/method/measures.md, on the model itself.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "metrics/comparison.hpp"
#include "metrics/comparison_json.hpp"
#include "metrics/stopping.hpp"
#include "tests/support/engine_scenarios.hpp"
#include "tests/support/measured.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::claim;
using test_support::disclosure;
using test_support::loaded;
using test_support::mean;
using test_support::replayed;
using test_support::told_of;
using test_support::with_counter;

TEST(Outliving, begins_when_the_collector_had_to_delete) {
  json document = told_of();
  document["policies"][0]["rules"]["collect"]["duties"] = {{"retain_days", 100}};
  EXPECT_EQ(mean(document, "exposure_days"), 365);
  EXPECT_EQ(mean(document, "outliving_days"), 265);
}

TEST(Outliving, counts_a_collector_who_does_not_delete) {
  json document = told_of();
  document["policies"][0]["rules"]["collect"]["duties"] = {{"retain_days", 100}};
  document["world"]["nodes"]["office"]["compliance"] = {{"retention", claim(0)}};
  EXPECT_EQ(mean(document, "outliving_days"), 2 * 265);
}

TEST(Outliving, is_none_where_copies_end_with_their_source_or_nothing_has_to_end) {
  EXPECT_EQ(mean(told_of(), "outliving_days"), 0);
  json document = told_of();
  document["policies"][0]["rules"]["collect"]["duties"] = {{"retain_days", 100}};
  document["policies"][0]["rules"]["tell"]["duties"] = {{"recall", true}};
  EXPECT_EQ(mean(document, "outliving_days"), 0);
}

TEST(Outliving, goes_by_what_was_collected_whatever_lies_between) {
  // Abroad tells a bureau; both outlive the office's copy.
  json document = told_of();
  document["world"]["nodes"]["bureau"] = {{"kind", "third_country"}, {"jurisdiction", "there"}};
  document["world"]["flows"]["on"] = disclosure({{"receipt", "identity"}}, "abroad", "bureau");
  document["policies"][0]["rules"]["collect"]["duties"] = {{"retain_days", 100}};
  EXPECT_EQ(mean(document, "outliving_days"), 2 * 265);
}

/// What is told is told for policing, though it was collected for work.
json told_for_policing() {
  json document = told_of();
  document["vocabulary"]["purposes"]["policing"] = json::object();
  document["world"]["flows"]["tell"]["purpose"] = "policing";
  return document;
}

std::vector<double> drift(const json& document) {
  std::vector<double> all;
  for (const char* kind : {"compatible", "by_statute", "unlawful", "ungoverned"})
    all.push_back(mean(document, std::string("purpose_drift.") + kind));
  return all;
}

TEST(PurposeDrift, is_compatible_or_by_statute_or_unlawful_or_nobody_is_bound) {
  EXPECT_EQ(drift(told_of()), (std::vector<double>{0, 0, 0, 0}));
  json document = told_for_policing();
  EXPECT_EQ(drift(document), (std::vector<double>{0, 1, 0, 0}));
  document["vocabulary"]["compatibility"] = json::array(
      {{{"from", "work"}, {"to", "policing"}, {"class", "compatible"}, {"basis", "Act, s. 9"}}});
  EXPECT_EQ(drift(document), (std::vector<double>{1, 0, 0, 0}));
  document["policies"][0]["rules"].erase("tell");
  document["world"]["nodes"]["office"]["compliance"] = {{"disclosure", claim(0)}};
  EXPECT_EQ(drift(document), (std::vector<double>{0, 0, 1, 0}));
}

TEST(PurposeDrift, counts_uses_and_what_those_do_whom_no_policy_binds) {
  json document = told_of();
  document["vocabulary"]["purposes"]["policing"] = json::object();
  document["world"]["flows"]["look"] = disclosure({{"receipt", "identity"}}, "abroad", "abroad");
  document["world"]["flows"]["look"]["action"] = "use";
  document["world"]["flows"]["look"].erase("to");
  document["world"]["flows"]["look"]["purpose"] = "policing";
  EXPECT_EQ(drift(document), (std::vector<double>{0, 0, 0, 1}));
}

TEST(OfficerHours, are_eight_for_a_day_of_service) {
  json document = with_counter(1, 365, 1, {{"mean", claim(2)}});
  document["population"]["groups"]["all"]["enter_day"] = 0;
  EXPECT_EQ(mean(document, "officer_hours"), 16);
}

TEST(OfficerHours, are_not_stretched_with_the_desk) {
  // One sampled of ten and 5 officers: half an officer, so one who takes twice as long.
  json document = with_counter(1, 365, 5, {{"mean", claim(2)}});
  document["population"]["groups"]["all"]["enter_day"] = 0;
  document["population"]["groups"]["all"]["size"] = claim(10);
  EXPECT_DOUBLE_EQ(mean(document, "officer_hours"), 16);
}

TEST(OfficerHours, stop_at_the_horizon) {
  json document = with_counter(1, 1.5, 1, {{"mean", claim(2)}});
  document["population"]["groups"]["all"]["enter_day"] = 0;
  EXPECT_EQ(mean(document, "officer_hours"), 12);
}

/// 20 people of the north and 12 of the south. The law tells of those of the north, the bill of the
/// others; who is told of gets papers, and is harmed with the chance.
json north_and_south(double chance) {
  json document = told_of();
  document["vocabulary"]["attributes"]["home"] = {{"values", {"north", "south"}},
                                                  {"recorded", "exact"}};
  auto& groups = document["population"]["groups"];
  groups = {{"north",
             {{"people", 20},
              {"enter_day", 0},
              {"journey", "stay"},
              {"attributes", {{"home", "north"}}}}},
            {"south",
             {{"people", 12},
              {"enter_day", 0},
              {"journey", "stay"},
              {"attributes", {{"home", "south"}}}}}};
  const auto of = [](const char* home) { return json{{"attribute", "home"}, {"is", home}}; };
  document["policies"][0]["rules"]["tell"]["subjects"] = of("north");
  document["policies"].push_back(
      {{"id", "bill"},
       {"extends", "law"},
       {"patch", json::array({{{"amend", "tell"}, {"set", {{"/subjects/is", "south"}}}}})}});
  const json receives = {{"node", "abroad"}, {"receives", "identity"}};
  document["outcomes"]["harms"]["found"]["raised"] =
      json::array({{{"at", receives}, {"chance", claim(chance)}}});
  document["outcomes"]["benefits"]["papers"] = {
      {"when", receives}, {"count", "once a person"}, {"serves", "person"}};
  document["headline"] = {{"harms", {"found"}}, {"benefits", {"papers"}}};
  return document;
}

const ComparedMeasure& row(const Comparison& comparison, const Accounts& accounts,
                           const std::string& name) {
  const std::size_t m = find_measure(accounts.measures, name).value();
  for (const ComparedMeasure& of : comparison.headline)
    if (of.measure == m) return of;
  throw std::out_of_range(name);
}

TEST(PersonTable, says_to_whom_it_happened_under_which_policy) {
  const auto scenario = loaded(north_and_south(1));
  const Accounts accounts = replayed(*scenario, 3);
  const Comparison comparison = compare(*scenario, accounts, 1);
  for (const char* name : {"harm.found", "benefit.papers"}) {
    const ComparedMeasure& of = row(comparison, accounts, name);
    EXPECT_EQ(of.people->both, 0U);
    EXPECT_EQ(of.people->only_baseline, 60U);
    EXPECT_EQ(of.people->only_policy, 36U);
    EXPECT_EQ(of.people->neither, 0U);
    EXPECT_EQ(of.groups.at(0)->only_baseline, 60U);
    EXPECT_EQ(of.groups.at(1)->only_policy, 36U);
    EXPECT_EQ(of.groups.at(1)->neither, 0U);
  }
}

TEST(PersonTable, follows_each_person_by_her_luck) {
  // The same people are told of under both, and harmed with a half: so the same are harmed.
  json document = north_and_south(0.5);
  document["policies"][1]["patch"] =
      json::array({{{"amend", "tell"}, {"set", {{"/label", "the same"}}}}});
  const auto scenario = loaded(document);
  const Accounts accounts = replayed(*scenario, 10);
  const ComparedMeasure of = row(compare(*scenario, accounts, 1), accounts, "harm.found");
  EXPECT_EQ(of.people->only_baseline, 0U);
  EXPECT_EQ(of.people->only_policy, 0U);
  EXPECT_EQ(static_cast<double>(of.people->both), *of.baseline.events);
  EXPECT_EQ(of.people->both + of.people->neither, 320U);
  EXPECT_EQ(of.change.mean, 0);
  EXPECT_EQ(of.variance_reduction, 1);
}

TEST(PersonTable, hides_cells_of_fewer_than_ten_people) {
  const auto scenario = loaded(north_and_south(1));
  json document = north_and_south(1);
  document["population"]["groups"]["south"]["people"] = 3;
  document["population"]["groups"]["north"]["people"] = 30;
  const auto few = loaded(document);
  Results results;
  results.scenario = few.get();
  results.policies = {&few->policies[0], &few->policies[1]};
  results.accounts = replayed(*few, 1, true);
  complete(results, model_of(*few));
  const json shown = json::parse(to_json({compare(*few, results.accounts, 1)}, results, "test"));
  const json& harm = shown["comparisons"][0]["headline"][1];
  EXPECT_EQ(harm["measure"], "harm.found");
  EXPECT_EQ(harm["people"]["only_baseline"], 30);
  EXPECT_TRUE(harm["people"]["only_policy"].is_null());
  EXPECT_EQ(harm["people"]["neither"], 0);
  EXPECT_FALSE(harm["groups"].contains("south"));
}

TEST(HarmPerBenefit, is_a_ratio_where_there_is_more_of_both) {
  // The bill tells of everybody, so of 12 more of 32; each of them is harmed with a quarter.
  json document = north_and_south(0.25);
  document["policies"][1]["patch"] = json::array(
      {{{"amend", "tell"}, {"set", {{"/subjects/is", json::array({"north", "south"})}}}}});
  document["world"]["flows"]["tell"]["propensity"] = claim(0.5);
  const auto scenario = loaded(document);
  const Accounts accounts = replayed(*scenario, 100);
  const Comparison comparison = compare(*scenario, accounts, 1, {1, 4});
  const std::size_t harm = find_measure(accounts.measures, "harm.found").value();
  ASSERT_EQ(comparison.exchanges.size(), 2U);  // Of exposure, and of the harm.
  const Exchange& of = comparison.exchanges[1];
  EXPECT_EQ(of.harm, harm);
  EXPECT_EQ(of.kind, Exchange::Kind::ratio);
  ASSERT_TRUE(of.set);
  EXPECT_EQ(of.set->kind, RatioSet::Kind::interval);
  EXPECT_TRUE(of.set->contains(0.25)) << of.set->low << " to " << of.set->high;
  EXPECT_TRUE(of.set->contains(of.ratio));
  // At a weight of 4 one harm weighs as much as the 4 benefits that it comes with.
  EXPECT_GT(of.net[0].net.interval->low, 0);
  EXPECT_TRUE(of.net[1].net.interval->low < 0 && of.net[1].net.interval->high > 0);
  EXPECT_NEAR(of.net[0].net.mean, 12.0 / 32 * 0.5 * 0.75, 0.03);
}

TEST(HarmPerBenefit, is_none_where_one_policy_dominates) {
  json document = north_and_south(0.25);
  document["policies"][1]["patch"] = json::array({{{"withdraw", "tell"}}});
  document["outcomes"]["benefits"]["papers"]["when"] = {
      {"not", {{"node", "abroad"}, {"knows", "identity"}}}};
  const auto scenario = loaded(document);
  const Accounts accounts = replayed(*scenario, 20);
  for (const Exchange& of : compare(*scenario, accounts, 1).exchanges) {
    EXPECT_NE(of.kind, Exchange::Kind::ratio);
    EXPECT_FALSE(of.set);
  }
}

TEST(HarmPerBenefit, is_never_of_an_absolute_harm) {
  json document = north_and_south(0.25);
  document["outcomes"]["harms"]["found"]["absolute"] = true;
  document["headline"]["reference_group"] = "north";
  const auto scenario = loaded(document);
  const Accounts accounts = replayed(*scenario, 20);
  const Comparison comparison = compare(*scenario, accounts, 1);
  const std::size_t harm = find_measure(accounts.measures, "harm.found").value();
  EXPECT_EQ(comparison.headline.front().measure, harm);
  EXPECT_TRUE(comparison.headline.front().absolute);
  for (const Exchange& of : comparison.exchanges) EXPECT_NE(of.harm, harm);
  for (const Disparity& of : comparison.disparities) EXPECT_NE(of.measure, harm);
}

TEST(DisparityBetweenGroups, is_a_multiple_of_the_reference_groups_risk) {
  // All are told of; those of the south are harmed with a half, those of the north with a quarter.
  json document = north_and_south(0.25);
  document["policies"][0]["rules"]["tell"].erase("subjects");
  document["policies"][1]["patch"] =
      json::array({{{"amend", "tell"}, {"set", {{"/label", "the same"}}}}});
  document["headline"]["reference_group"] = "north";
  const json receives = {{"node", "abroad"}, {"receives", "identity"}};
  document["outcomes"]["harms"]["found"]["raised"] = json::array(
      {{{"at", {{"all", json::array({receives, {{"attribute", "home"}, {"is", "south"}}})}}},
        {"chance", claim(0.5)}},
       {{"at", {{"all", json::array({receives, {{"attribute", "home"}, {"is", "north"}}})}}},
        {"chance", claim(0.25)}}});
  const auto scenario = loaded(document);
  const Accounts accounts = replayed(*scenario, 200);
  const Comparison comparison = compare(*scenario, accounts, 1);
  const std::size_t harm = find_measure(accounts.measures, "harm.found").value();
  bool seen = false;
  for (const Disparity& of : comparison.disparities) {
    EXPECT_EQ(of.group, 1U);
    if (of.measure != harm) continue;
    seen = true;
    EXPECT_NEAR(of.baseline->ratio, 2, 0.25);
    ASSERT_TRUE(of.baseline->set);
    EXPECT_TRUE(of.baseline->set->contains(2));
    EXPECT_FALSE(of.baseline->set->contains(1));
  }
  EXPECT_TRUE(seen);
}

TEST(BurdenOfExposure, is_the_mean_of_the_replications_own) {
  // Of 32 people 20 are exposed for the year: the median is 365, the top 1 % bear 0.32 of 20.
  const auto scenario = loaded(north_and_south(1));
  const Accounts accounts = replayed(*scenario, 2, true);
  const ComparedMeasure of = row(compare(*scenario, accounts, 1), accounts, "exposure_days");
  EXPECT_EQ(of.baseline_burden->median.mean, 365);
  EXPECT_EQ(of.policy_burden->median.mean, 0);
  EXPECT_DOUBLE_EQ(of.baseline_burden->share_of_top_1.mean, 0.32 / 20);
}

TEST(Measures, cost_nothing_and_change_nothing_when_not_asked_for) {
  const auto scenario = loaded(north_and_south(0.25));
  ExperimentPlan plan;
  plan.policies = {0, 1};
  plan.replications = 5;
  const Accounts all = replay_all(model_of(*scenario), scenario->compiled, plan);
  for (const Measure& measure : all.measures) {
    plan.measures = {measure.name};
    const Accounts one = replay_all(model_of(*scenario), scenario->compiled, plan);
    ASSERT_EQ(one.measures.size(), 1U);
    const std::size_t m = find_measure(all.measures, measure.name).value();
    for (std::size_t p = 0; p < 2; ++p) {
      EXPECT_EQ(Summary(one).figure(p, 0).mean, Summary(all).figure(p, m).mean) << measure.name;
      EXPECT_EQ(Summary(one).difference(p, 0).mean, Summary(all).difference(p, m).mean);
    }
  }
}

TEST(ReplayUntil, gives_the_same_as_one_run_of_as_many_replications) {
  const auto scenario = loaded(north_and_south(0.25));
  ExperimentPlan plan;
  plan.policies = {0, 1};
  plan.replications = 1000;
  Stopping stopping;
  const PrecisionGoal goal{0.05, true, {"harm.found"}};
  const Accounts until =
      replay_until(model_of(*scenario), scenario->compiled, plan, goal, {"law", "bill"}, stopping);
  // Everybody who is told of runs the same risk, in each replication alike, save for her luck.
  EXPECT_TRUE(stopping.reached) << stopping.reason;
  const auto checks = checkpoints(1000);
  EXPECT_NE(std::find(checks.begin(), checks.end(), until.replications()), checks.end());
  plan.replications = static_cast<int>(until.replications());
  const Accounts once = replay_all(model_of(*scenario), scenario->compiled, plan);
  EXPECT_EQ(until.numbers, once.numbers);
  for (std::size_t m = 0; m < once.measures.size(); ++m)
    EXPECT_EQ(Summary(until).difference(1, m).mean, Summary(once).difference(1, m).mean);
}

TEST(ReplayUntil, goes_to_the_end_where_nothing_varies_and_says_so) {
  const auto scenario = loaded(north_and_south(1));
  ExperimentPlan plan;
  plan.policies = {0};
  plan.replications = 50;
  Stopping stopping;
  const Accounts all = replay_until(model_of(*scenario), scenario->compiled, plan,
                                    {0.5, true, {"benefit.papers"}}, {"law"}, stopping);
  EXPECT_EQ(all.replications(), 50U);
  EXPECT_FALSE(stopping.reached);
  EXPECT_NE(stopping.reason.find("`benefit.papers` under `law`"), std::string::npos);
}

}  // namespace
}  // namespace onward
