// SPDX-License-Identifier: Apache-2.0
//
// A value of a scenario that is set before the scenario is read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/scenario/override.hpp"
#include "tests/scenario/messages.hpp"
#include "tests/support/run.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using test_support::complaints;
using test_support::fresh_folder;
using test_support::small_scenario;
using test_support::write_file;
using testing::Contains;
using testing::Field;

/// The base scenario with values set, each written `POINTER=JSON`.
LoadResult with(const std::vector<std::string>& texts) {
  std::vector<Override> overrides;
  LoadResult result;
  for (const std::string& text : texts) {
    auto one = read_override(text, "--set", result.diagnostics);
    if (!one) return result;
    overrides.push_back(std::move(*one));
  }
  return load_scenario_text(tests::base_scenario, "scenario.json", overrides);
}

std::string said(const std::string& text) {
  return complaints(with({text}).diagnostics);
}

TEST(Override, sets_a_number_and_leaves_the_rest) {
  const LoadResult result = with({"/experiment/horizon_days=400", "/experiment/seed=9"});
  ASSERT_NE(result.scenario, nullptr) << complaints(result.diagnostics);
  EXPECT_EQ(result.scenario->experiment.horizon_days, 400);
  EXPECT_EQ(result.scenario->experiment.seed, 9U);
  EXPECT_EQ(result.scenario->experiment.warm_up_days, 5);
}

TEST(Override, sets_the_value_of_a_claim_whether_named_or_not) {
  for (const char* text : {"/outcomes/harms/persecution/hazard=0.002",
                           "/outcomes/harms/persecution/hazard/value=0.002"}) {
    const LoadResult result = with({text});
    ASSERT_NE(result.scenario, nullptr) << complaints(result.diagnostics);
    const Claim& hazard = result.scenario->outcomes.harms[0].raised[0].rate;
    EXPECT_EQ(hazard.value, 0.002);
    EXPECT_EQ(hazard.high, 0.01);
  }
}

TEST(Override, reaches_a_policy_by_its_id_and_those_that_extend_it) {
  const LoadResult result = with({"/policies/law/rules/collect/duties/retain_days=70"});
  ASSERT_NE(result.scenario, nullptr) << complaints(result.diagnostics);
  EXPECT_EQ(result.scenario->policies[0].rules[0].duties.retain_days, 70);
  // The proposal amends this very duty.
  EXPECT_EQ(result.scenario->policies[1].rules[0].duties.retain_days, 50);
}

TEST(Override, replaces_a_patch) {
  const LoadResult result = with(
      {R"(/policies/proposal/patch=[{"amend": "collect", "set": {"/duties/retain_days": 7}}])"});
  ASSERT_NE(result.scenario, nullptr) << complaints(result.diagnostics);
  EXPECT_EQ(result.scenario->policies[1].rules.size(), result.scenario->policies[0].rules.size());
  EXPECT_EQ(result.scenario->policies[1].rules[0].duties.retain_days, 7);
}

TEST(Override, is_set_in_every_state_and_through_files_that_extend_one_another) {
  const std::string folder = fresh_folder();
  nlohmann::json scenario = small_scenario();
  nlohmann::json world = scenario["world"];
  world["for_each_state"] = {
      {"states", {{"A", nlohmann::json::object()}, {"B", nlohmann::json::object()}}},
      {"nodes", {{"police", {{"kind", "authority"}, {"jurisdiction", "Union"}}}}}};
  write_file(folder + "/base.json", world.dump());
  scenario["world"] = {{"extends", "base.json"}};
  write_file(folder + "/scenario.json", scenario.dump());
  Diagnostics diagnostics;
  const auto override =
      read_override("/world/for_each_state/nodes/police/kind=\"oversight\"", "--set", diagnostics);
  const LoadResult result = load_scenario(folder, {override.value()});
  ASSERT_NE(result.scenario, nullptr) << complaints(result.diagnostics);
  std::size_t found = 0;
  for (const Node& node : result.scenario->world.nodes)
    found += node.kind == NodeKind::oversight ? 1U : 0U;
  EXPECT_EQ(found, 2U);
}

TEST(Override, says_what_is_wrong_and_where_it_was_asked_for) {
  EXPECT_EQ(said("/experiment/horizn_days=3"),
            "--set: /experiment/horizn_days: unknown key `horizn_days`\n"
            "  help: did you mean `horizon_days`?\n");
  EXPECT_EQ(said("/outcomes/harms/prosecution/hazard=0.1"),
            "--set: /outcomes/harms/prosecution/hazard: the scenario has nothing at "
            "`/outcomes/harms/prosecution/hazard`\n  help: did you mean `persecution`?\n");
  EXPECT_EQ(said("/experiments/seed=3"),
            "--set: /experiments/seed: a scenario has no block `experiments`\n"
            "  help: did you mean `experiment`?\n");
  EXPECT_EQ(said("/policies/laws/rules/collect/duties/retain_days=70"),
            "--set: /policies/laws/rules/collect/duties/retain_days: unknown policy `laws`\n"
            "  help: did you mean `law`?\n");
  EXPECT_EQ(said("/policies/law=3"),
            "--set: /policies/law: a policy cannot be set whole\n"
            "  help: set its `patch`, or one of its `rules`\n");
  EXPECT_EQ(said("/outcomes/harms/persecution/hazard=1"),
            "--set: /outcomes/harms/persecution/hazard/value: `value` is not between `low` and "
            "`high`\n");
  EXPECT_EQ(said("/world=3"),
            "--set: /world: this pointer leads to no value of a scenario\n"
            "  help: write it like `/experiment/horizon_days`, or `/policies/ID/rules/...`\n");
  EXPECT_EQ(said("/experiment/seed/a/b=3"),
            "--set: /experiment/seed/a/b: the scenario has nothing at `/experiment/seed/a/b`\n"
            "  help: the pointer goes deeper than the scenario does\n");
  EXPECT_EQ(said("experiment/seed=3"),
            "--set: `experiment/seed=3` does not say what is to be set to what\n"
            "  help: write POINTER=VALUE, like `/experiment/horizon_days=365`\n");
}

TEST(Override, tells_all_problems_at_once) {
  EXPECT_EQ(with({"/experiment/replications=0", "/experiment/seed=-1"}).diagnostics.size(), 2U);
  EXPECT_EQ(with({"/nothing/a=0", "/nowhere/b=-1"}).diagnostics.size(), 2U);
}

TEST(Override, gives_the_same_from_a_draft_as_from_the_text) {
  Diagnostics diagnostics;
  const auto draft = read_draft_text(tests::base_scenario, "scenario.json", diagnostics);
  ASSERT_TRUE(draft);
  for (const double days : {300.0, 200.0}) {
    const LoadResult result =
        load_draft(*draft, {override_number("/experiment/horizon_days", days, "sweep")});
    ASSERT_NE(result.scenario, nullptr);
    EXPECT_EQ(result.scenario->experiment.horizon_days, days);
  }
}

TEST(ClaimsOf, finds_what_can_be_swept_and_nothing_else) {
  Diagnostics diagnostics;
  const auto draft = read_draft_text(tests::base_scenario, "scenario.json", diagnostics);
  ASSERT_TRUE(draft);
  const std::vector<ClaimPlace> claims = claims_of(*draft);
  std::vector<std::string> pointers;
  for (const ClaimPlace& claim : claims) pointers.push_back(claim.pointer);
  EXPECT_THAT(pointers,
              testing::ElementsAre("/world/nodes/asylum/compliance/use",
                                   "/population/journeys/claim/states/arrives/next/0/chance",
                                   "/outcomes/harms/persecution/hazard"));
  EXPECT_EQ(claims[2].value, 0.001);
  EXPECT_EQ(claims[2].low, 0.0001);
  EXPECT_EQ(claims[2].high, 0.01);
  EXPECT_TRUE(claims[2].logarithmic);
}

}  // namespace
}  // namespace onward
