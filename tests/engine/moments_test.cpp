// SPDX-License-Identifier: Apache-2.0
//
// Much at one moment: desks that take no time, journeys that would never get on.
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/engine/replay.hpp"
#include "tests/reference/replay_slow.hpp"
#include "tests/support/engine_scenarios.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::claim;
using test_support::disclosure;
using test_support::loaded;
using test_support::met_by_office;
using test_support::permit;

json permit_by_desk(const std::string& to, const std::string& desk) {
  json rule = permit({"disclose"});
  rule["to"] = {{"node", to}};
  rule["duties"]["authorised_by"] = {{"of", "office"}, {"desk", desk}};
  return rule;
}

/// All come on one day. The office tells a country at once, which its slow desk must allow; and a
/// partner, which its other desk allows in no time, and for whom the slow desk must then allow
/// the same: so at one moment some are at the slow desk before others have got there.
json two_desks_at_one_moment() {
  json document = met_by_office(40, 100);
  document["population"]["groups"]["all"]["enter_day"] = 10;
  json& world = document["world"];
  world["nodes"]["partner"] = {{"kind", "authority"}, {"jurisdiction", "here"}};
  const auto desk = [&](const char* name, double days) {
    world["nodes"]["office"]["desks"][name] = {
        {"officers", claim(2)}, {"service_days", {{"mean", claim(days)}, {"dist", "fixed"}}}};
  };
  desk("quick", 0);
  desk("slow", 1);
  const json encounter = {{"encounter", {{"node", "office"}}}};
  world["flows"]["tell"] = disclosure(encounter, "office", "abroad");
  world["flows"]["share"] = disclosure(encounter, "office", "partner");
  world["flows"]["pass-on"] = disclosure({{"receipt", "identity"}}, "partner", "abroad");
  json& law = document["policies"][0];
  law["binds"] = {{"node", {"office", "partner"}}};
  law["rules"]["share"] = permit_by_desk("partner", "quick");
  law["rules"]["tell"] = permit_by_desk("abroad", "slow");
  return document;
}

TEST(Moments, a_desk_that_takes_no_time_sends_people_to_another_in_the_order_of_that_moment) {
  const auto scenario = loaded(two_desks_at_one_moment());
  Replay replay(model_of(*scenario), scenario->compiled);
  for (std::uint32_t k = 0; k < 5; ++k) {
    std::vector<std::string> trace;
    ReplayOptions options;
    options.trace = &trace;
    const UnitResult unit = replay.run(0, k, options);
    const auto starts = std::count_if(trace.begin(), trace.end(), [](const std::string& line) {
      return line.find(" start ") != std::string::npos;
    });
    EXPECT_EQ(starts, 3 * 40) << "three cases each";
    options.sync = true;
    EXPECT_EQ(to_string(replay.run(0, k, options).digest), to_string(unit.digest));
    EXPECT_EQ(to_string(unit.digest),
              to_string(reference::replay_slow(*scenario, 0, k, {}, true).digest));
  }
}

TEST(Moments, a_journey_that_never_gets_on_ends_the_run_and_says_where) {
  json document = test_support::small_scenario();
  document["population"]["groups"]["all"]["enter_day"] = 10;
  // Why so short: 10 days and this are 10 days in a double, but it is not 0.
  document["population"]["journeys"]["stay"]["states"] = {
      {"here", {{"next", {{{"to", "there"}, {"after_days", 1e-30}}}}}},
      {"there", {{"next", {{{"to", "here"}, {"after_days", 1e-30}}}}}}};
  const auto scenario = loaded(document);
  Replay replay(model_of(*scenario), scenario->compiled);
  try {
    (void)replay.run(0, 0);
    FAIL() << "it came to an end";
  } catch (const std::runtime_error& problem) {
    const std::string what = problem.what();
    EXPECT_EQ(what.find("time stands still on day 10 for somebody in the group `all`, in the "
                        "state `"),
              0U)
        << what;
    EXPECT_NE(what.find("of the journey `stay`: give the states that follow one another a longer "
                        "`after_days`"),
              std::string::npos)
        << what;
  }
}

TEST(Moments, many_states_at_one_moment_are_no_matter) {
  json document = test_support::small_scenario();
  document["population"]["groups"]["all"]["enter_day"] = 10;
  json states = {{"last", json::object()}};
  std::string next = "last";
  for (int n = 500; n > 0; --n) {
    const std::string name = "s" + std::to_string(n);
    states[name]["next"] = json::array({{{"to", next}, {"after_days", 0}}});
    next = name;
  }
  document["population"]["journeys"]["stay"] = {{"first", next}, {"states", states}};
  const auto scenario = loaded(document);
  Replay replay(model_of(*scenario), scenario->compiled);
  std::size_t visits = 0;
  test_support::watch(replay, 0, 0, [&](const Person& person) { visits = person.visits.size(); });
  EXPECT_EQ(visits, 501U);
}

}  // namespace
}  // namespace onward
