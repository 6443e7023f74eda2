// SPDX-License-Identifier: Apache-2.0
//
// The worked examples of docs/method/measures.md, section 2, on the model itself; those of
// outliving, drift and officer hours stand in measures_test.cpp.
#include <gtest/gtest.h>

#include <cmath>

#include "metrics/summary.hpp"
#include "tests/support/engine_scenarios.hpp"
#include "tests/support/measured.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::claim;
using test_support::disclosure;
using test_support::mean;
using test_support::permit;
using test_support::told_of;
using test_support::with_counter;

TEST(Reach, counts_controllers_who_hold_and_apart_those_who_infer) {
  json document = told_of();
  document["vocabulary"]["categories"]["claim"] = json::object();
  document["world"]["inferences"]["letterhead"] = {
      {"holding", "identity"}, {"received_from", {{"node", "office"}}}, {"reveals", "claim"}};
  EXPECT_EQ(mean(document, "reach.identity"), 2);
  EXPECT_EQ(mean(document, "inferred.identity"), 0);
  EXPECT_EQ(mean(document, "reach.claim"), 0);
  EXPECT_EQ(mean(document, "inferred.claim"), 1);
  // Abroad is a processor of the office: whoever it tells, the office holds it.
  document["world"]["nodes"]["abroad"]["controllers"] = {"office"};
  EXPECT_EQ(mean(document, "reach.identity"), 1);
}

TEST(Exposure, is_days_held_by_others_by_regime_and_beyond_remedy_where_no_right_reaches) {
  json document = told_of();
  document["world"]["nodes"]["abroad"]["regime"] = "foreign";
  EXPECT_EQ(mean(document, "exposure_days"), 365);
  EXPECT_EQ(mean(document, "exposure_days.foreign"), 365);
  EXPECT_EQ(mean(document, "exposure_days.unstated"), 0);
  EXPECT_EQ(mean(document, "beyond_remedy_days"), 365);
  // Told again when half of the year has gone: still one holder of one category.
  document["world"]["flows"]["tell"]["on"] = {{"periodic", 182.5}};
  EXPECT_EQ(mean(document, "exposure_days"), 182.5);
}

TEST(OnwardDepth, is_the_number_of_hops_from_collection) {
  json document = told_of();
  EXPECT_EQ(mean(document, "onward_depth"), 1);
  document["world"]["nodes"]["bureau"] = {{"kind", "third_country"}, {"jurisdiction", "there"}};
  document["world"]["flows"]["on"] = disclosure({{"receipt", "identity"}}, "abroad", "bureau");
  EXPECT_EQ(mean(document, "onward_depth"), 2);
}

/// The office searches a register in which somebody else is always taken for the person, and in
/// which she is not; an officer looks at what is found, and believes it with the chance.
json taken_for_another(double believed) {
  json document = told_of();
  document["vocabulary"]["categories"]["record"] = json::object();
  document["world"]["nodes"]["register"] = {{"kind", "database"},
                                            {"jurisdiction", "here"},
                                            {"matching",
                                             {{"finds", claim(1)},
                                              {"false_match", claim(1)},
                                              {"at_gallery", claim(1)},
                                              {"gallery", claim(1)}}}};
  document["world"]["nodes"]["office"]["desks"]["check"] = {{"officers", claim(1)},
                                                            {"service_days", {{"mean", claim(1)}}},
                                                            {"misses", claim(0)},
                                                            {"accepts_false", claim(believed)}};
  document["world"]["flows"]["search"] = {{"on", {{"encounter", {{"node", "office"}}}}},
                                          {"from", {{"node", "register"}}},
                                          {"to", {{"node", "office"}}},
                                          {"action", "query"},
                                          {"keys", "identity"},
                                          {"data", "record"},
                                          {"purpose", "work"}};
  json search = permit({"query"});
  search["duties"]["human_verification"] = {{"of", "office"}, {"desk", "check"}};
  document["policies"][0]["rules"]["search"] = search;
  return document;
}

TEST(FalseMatch, is_counted_before_and_after_verification) {
  EXPECT_EQ(mean(taken_for_another(0), "false_match.found"), 1);
  EXPECT_EQ(mean(taken_for_another(0), "false_match"), 0);
  EXPECT_EQ(mean(taken_for_another(1), "false_match.found"), 1);
  EXPECT_EQ(mean(taken_for_another(1), "false_match"), 1);
  // What is said of somebody else is held of nobody.
  EXPECT_EQ(mean(taken_for_another(1), "reach.record"), 0);
}

TEST(DelayDays, are_the_days_before_an_officer_begins) {
  // Two come on day 0 to one officer, who takes 2 days for each: one waits 2 days, one none.
  json document = with_counter(2, 365, 1, {{"mean", claim(2)}});
  document["population"]["groups"]["all"]["enter_day"] = 0;
  EXPECT_EQ(mean(document, "delay_days"), 1);
  // On day 1 the second still waits.
  document["experiment"]["horizon_days"] = 1;
  EXPECT_EQ(mean(document, "delay_days"), 0.5);
}

TEST(HarmAndBenefit, are_a_chance_and_a_count) {
  json document = told_of();
  constexpr int people = 4000;
  document["population"]["groups"]["all"]["people"] = people;
  document["experiment"]["horizon_days"] = 10;
  document["outcomes"]["harms"]["found"] = {{"while", {{"node", "abroad"}, {"knows", "identity"}}},
                                            {"hazard", claim(0.02)}};
  document["outcomes"]["benefits"]["papers"] = {
      {"when", {{"node", "abroad"}, {"receives", "identity"}}},
      {"count", "once a person"},
      {"serves", "person"}};
  EXPECT_EQ(mean(document, "benefit.papers"), 1);
  // L lies between 0 and 0.2, so its variance is at most 0.1 squared.
  EXPECT_NEAR(mean(document, "harm.found"), 1 - std::exp(-0.2), 5 * 0.1 / std::sqrt(people));
}

}  // namespace
}  // namespace onward
