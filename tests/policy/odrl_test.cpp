// SPDX-License-Identifier: Apache-2.0
//
// The conflict examples of the ODRL Information Model 2.2, section 2.10: policy
// 0001 (example 32) permits `use`, policy 0002 (example 33) permits `display` and
// prohibits `print`; all three are the merged policy's rules here.
// https://www.w3.org/TR/odrl-model/#conflict
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::loaded;

json permit(const std::string& action) {
  return {{"effect", "permit"}, {"action", action}, {"basis", test_support::invented("ODRL")}};
}

json prohibit(const std::string& action) {
  return {{"effect", "prohibit"}, {"action", action}, {"basis", test_support::invented("ODRL")}};
}

json scenario(const std::string& strategy, const json& rules) {
  json document = test_support::small_scenario();
  document["vocabulary"]["actions"] = {{"play", {{"included_in", "use"}}},
                                       {"display", {{"included_in", "use"}}},
                                       {"print", {{"included_in", "use"}}}};
  document["policies"] = json::array({{{"id", "merged"},
                                       {"binds", {{"node", "office"}}},
                                       {"strategy", strategy},
                                       {"rules", rules}}});
  return document;
}

json examples_32_and_33() {
  return {{"use", permit("use")}, {"display", permit("display")}, {"print", prohibit("print")}};
}

Explanation ask_for(const Scenario& scenario, const std::string& action) {
  return test_support::answer(
      scenario, 0,
      {{"action", action}, {"to", "office"}, {"data", "identity"}, {"purpose", "work"}});
}

std::vector<std::string> rules(const Scenario& scenario, const std::vector<RuleId>& ids) {
  std::vector<std::string> names;
  for (const RuleId id : ids) names.push_back(scenario.policies.front().rule(id).id);
  return names;
}

using Names = std::vector<std::string>;

TEST(OdrlConflict, under_perm_the_permission_to_use_overrides_the_prohibition_to_print) {
  const auto merged = loaded(scenario("perm", examples_32_and_33()));
  const Explanation print = ask_for(*merged, "print");
  EXPECT_EQ(print.verdict, Verdict::permit);
  EXPECT_EQ(rules(*merged, print.rules), Names{"use"});
  EXPECT_EQ(rules(*merged, print.overrides), Names{"print"});
  EXPECT_EQ(ask_for(*merged, "display").verdict, Verdict::permit);
  EXPECT_EQ(ask_for(*merged, "use").verdict, Verdict::permit);
}

TEST(OdrlConflict, under_prohibit_the_prohibition_to_print_overrides_the_permission_to_use) {
  const auto merged = loaded(scenario("prohibit", examples_32_and_33()));
  const Explanation print = ask_for(*merged, "print");
  EXPECT_EQ(print.verdict, Verdict::deny);
  EXPECT_EQ(print.because, Because::prohibited);
  EXPECT_EQ(rules(*merged, print.rules), Names{"print"});
  EXPECT_EQ(ask_for(*merged, "display").verdict, Verdict::permit);
  EXPECT_EQ(ask_for(*merged, "use").verdict, Verdict::permit);
}

// ODRL voids the whole policy; the stated difference is that here only the
// request in which the conflict shows is void.
TEST(OdrlConflict, under_invalid_the_request_in_which_the_conflict_shows_is_void) {
  const auto merged = loaded(scenario("invalid", examples_32_and_33()));
  const Explanation print = ask_for(*merged, "print");
  EXPECT_EQ(print.verdict, Verdict::deny);
  EXPECT_EQ(print.because, Because::conflict);
  EXPECT_EQ(rules(*merged, print.rules), (Names{"print", "use"}));
  EXPECT_EQ(ask_for(*merged, "display").verdict, Verdict::permit);
}

TEST(OdrlConflict, a_permission_to_play_conflicts_with_a_prohibition_to_use) {
  const json both = {{"allowed", permit("play")}, {"barred", prohibit("use")}};
  const auto perm = loaded(scenario("perm", both));
  EXPECT_EQ(ask_for(*perm, "play").verdict, Verdict::permit);
  EXPECT_EQ(rules(*perm, ask_for(*perm, "play").overrides), Names{"barred"});
  const auto prohibited = loaded(scenario("prohibit", both));
  EXPECT_EQ(ask_for(*prohibited, "play").because, Because::prohibited);
  const auto invalid = loaded(scenario("invalid", both));
  EXPECT_EQ(ask_for(*invalid, "play").because, Because::conflict);
}

TEST(OdrlConflict, a_permission_to_play_says_nothing_about_use_as_such) {
  const auto one = loaded(scenario("perm", {{"allowed", permit("play")}}));
  EXPECT_EQ(ask_for(*one, "play").verdict, Verdict::permit);
  EXPECT_EQ(ask_for(*one, "use").because, Because::no_permit);
}

// ODRL voids a policy with two values of `conflict`; here it does not load.
TEST(OdrlConflict, a_policy_cannot_change_the_strategy_of_the_one_that_it_extends) {
  json document = scenario("perm", examples_32_and_33());
  document["policies"].push_back({{"id", "second"},
                                  {"extends", "merged"},
                                  {"strategy", "prohibit"},
                                  {"patch", json::array()}});
  const LoadResult result = load_scenario_text(document.dump(), "odrl.json");
  ASSERT_EQ(result.scenario, nullptr);
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(result.diagnostics[0].message, "the strategy cannot change from `perm` to `prohibit`");
}

}  // namespace
}  // namespace onward
