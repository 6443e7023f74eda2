// SPDX-License-Identifier: Apache-2.0
//
// Units one after the other, and in processes of their own.
#include <gtest/gtest.h>
#include <malloc.h>

#include "sim/engine/in_child.hpp"
#include "sim/engine/replay.hpp"
#include "tests/support/engine_scenarios.hpp"
#include "tests/support/random_replay.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;

/// Two people meet the office at the same moment; it tells the database abroad of each over a line
/// that carries `records_a_day`.
json line_of_limited_capacity(double records_a_day) {
  json document = test_support::small_scenario();
  document["population"]["groups"]["all"]["people"] = 2;
  document["population"]["groups"]["all"]["enter_day"] = 10;
  document["population"]["journeys"]["stay"]["states"]["here"] = {
      {"at", "office"}, {"collects", "identity"}, {"purpose", "work"}};
  document["world"]["channels"]["line"] = {{"from", {{"node", "office"}}},
                                           {"to", {{"node", "abroad"}}},
                                           {"mode", "push"},
                                           {"latency_days", 2},
                                           {"bandwidth", test_support::claim(records_a_day)}};
  document["world"]["flows"]["tell"] = {{"on", {{"encounter", {{"node", "office"}}}}},
                                        {"from", {{"node", "office"}}},
                                        {"to", {{"node", "abroad"}}},
                                        {"action", "disclose"},
                                        {"data", "identity"},
                                        {"purpose", "work"},
                                        {"via", "line"}};
  document["policies"][0]["rules"]["all"] = {{"effect", "permit"},
                                             {"action", {"collect", "retain", "disclose"}},
                                             {"basis", test_support::invented("Line Act")}};
  return document;
}

struct ArrivalTimes : LifeObserver {
  std::vector<double> times;
  void lived(const Life& life) override {
    for (const Person& person : life.members)
      for (const Copy& copy : person.copies)
        if (copy.sender) times.push_back(copy.from);
  }
};

std::string replay_over_line(const json& document, std::uint32_t replication) {
  return in_child([&] {
    const auto scenario = test_support::loaded(document);
    Replay replay(model_of(*scenario), scenario->compiled);
    ArrivalTimes arrivals;
    ReplayOptions options;
    options.observer = &arrivals;
    const UnitResult unit = replay.run(0, replication, options);
    std::string answer = to_string(unit.digest);
    for (const double time : arrivals.times) answer += " " + std::to_string(time);
    return answer;
  });
}

TEST(Units, records_share_a_channel_of_limited_capacity) {
  // Two records at half a record a day each: both are through after 4 days, and there after 2 more.
  const std::string answer = replay_over_line(line_of_limited_capacity(0.5), 0);
  EXPECT_EQ(answer.substr(33), "16.000000 16.000000");
}

TEST(Units, a_channel_that_is_never_full_only_delays) {
  const std::string answer = replay_over_line(line_of_limited_capacity(1e6), 0);
  EXPECT_EQ(answer.substr(33), "12.000002 12.000002");
}

TEST(Units, a_unit_with_transfers_has_the_same_digest_in_every_process) {
  const json document = line_of_limited_capacity(0.3);
  const std::string once = replay_over_line(document, 3);
  (void)replay_over_line(document, 1);
  EXPECT_EQ(replay_over_line(document, 3), once);
}

TEST(Units, a_second_unit_with_transfers_is_refused_in_the_same_process) {
  const std::string answer = in_child([] {
    const auto scenario = test_support::loaded(line_of_limited_capacity(1));
    Replay replay(model_of(*scenario), scenario->compiled);
    (void)replay.run(0, 0);
    try {
      (void)replay.run(0, 1);
    } catch (const std::logic_error& refused) {
      return std::string(refused.what());
    }
    return std::string("not refused");
  });
  EXPECT_EQ(answer, "this unit needs a process of its own: see in_child.hpp");
}

TEST(Units, transfers_that_the_horizon_cuts_off_are_not_left_behind) {
  // 0.001 records a day: they would take years.
  const std::string answer = replay_over_line(line_of_limited_capacity(0.001), 0);
  EXPECT_EQ(answer.size(), 32U) << "nothing arrives: " << answer;
}

TEST(Units, what_a_child_throws_comes_out_in_the_parent) {
  try {
    (void)in_child([]() -> std::string { throw std::runtime_error("no luck"); });
    FAIL();
  } catch (const std::runtime_error& problem) {
    EXPECT_STREQ(problem.what(), "no luck");
  }
}

TEST(Units, a_child_that_dies_is_noticed) {
  EXPECT_THROW((void)in_child([]() -> std::string { abort(); }), std::runtime_error);
}

TEST(Units, a_large_answer_comes_through) {
  EXPECT_EQ(in_child([] { return std::string(5'000'000, 'x'); }).size(), 5'000'000U);
}

// What is kept between units (answers of the policy, room of lives) is bounded: 900 more
// replications need no more than a few lives' room.
TEST(Units, memory_does_not_grow_over_1000_replications) {
  const auto scenario = test_support::loaded(test_support::random_replay_scenario(3));
  Replay replay(model_of(*scenario), scenario->compiled);
  std::size_t after_100 = 0;
  for (std::uint32_t k = 0; k < 1000; ++k) {
    (void)replay.run(k % scenario->policies.size(), k);
    if (k == 100) after_100 = mallinfo2().uordblks;
  }
  const std::size_t after_1000 = mallinfo2().uordblks;
  EXPECT_LT(after_1000, after_100 + after_100 / 10 + 300'000);
}

}  // namespace
}  // namespace onward
