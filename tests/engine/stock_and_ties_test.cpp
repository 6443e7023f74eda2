// SPDX-License-Identifier: Apache-2.0
//
// Copies in stock end when they should; ties are seen from either side, and no further.
// Tolerances as in theory_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "tests/support/engine_scenarios.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::claim;
using test_support::has_distribution;
using test_support::has_mean;
using test_support::is_share;
using test_support::loaded;
using test_support::Sample;

constexpr double horizon = 20;
constexpr double kept_days = 30;
constexpr double oldest_days = 50;

/// The office may keep `identity` for 30 days; at the start it has files that are up to 50 days
/// old, of which it deletes nine in ten when it should.
json old_files(int people) {
  json document = test_support::met_by_office(people, horizon);
  document["population"]["groups"]["all"]["enter_day"] = 19;
  document["population"]["stock"]["files"] = {
      {"group", "all"},
      {"node", "office"},
      {"data", "identity"},
      {"purpose", "work"},
      {"collected_days_ago", {{"dist", "uniform"}, {"low", 0}, {"high", oldest_days}}}};
  document["world"]["nodes"]["office"]["compliance"] = {{"retention", claim(0.9)}};
  document["policies"][0]["rules"]["collect"]["duties"]["retain_days"] = kept_days;
  return document;
}

TEST(Stock, files_end_the_days_of_retention_after_they_were_made_and_old_ones_are_not_there) {
  const auto scenario = loaded(old_files(5000));
  Replay replay(model_of(*scenario), scenario->compiled);
  std::uint64_t people = 0;
  std::uint64_t for_ever = 0;
  std::vector<double> ends;
  test_support::watch(replay, 0, 0, [&](const Person& person) {
    ++people;
    for (const Copy& copy : person.copies) {
      if (copy.from > 0) continue;
      EXPECT_EQ(copy.ended, copy.until <= horizon);
      if (copy.until == std::numeric_limits<double>::infinity()) {
        ++for_ever;
        EXPECT_FALSE(copy.lawfully_kept);
      } else {
        ends.push_back(copy.until);
        EXPECT_EQ(copy.until, copy.from + kept_days);
        EXPECT_GT(copy.until, 0);
      }
    }
  });
  EXPECT_EQ(people, 5000U);
  EXPECT_TRUE(is_share(for_ever, people, 0.1));
  EXPECT_TRUE(is_share(ends.size(), people, 0.9 * kept_days / oldest_days));
  EXPECT_TRUE(
      has_distribution(ends, [](double day) { return std::clamp(day / kept_days, 0., 1.); }));
}

constexpr int children = 300;
constexpr int elders = 200;
constexpr double tied = 0.6;

json tied_to_somebody_in(const char* state) {
  return {{"when", {{"tied_by", "kin"}, {"to_whom", {{"in_state", state}}}}},
          {"count", "once a person"},
          {"serves", "person"}};
}

/// Six children in ten are tied to one elder each, whom chance picks.
json children_and_elders() {
  json document = test_support::small_scenario();
  json& population = document["population"];
  population["journeys"] = {
      {"child", {{"first", "young"}, {"states", {{"young", json::object()}}}}},
      {"elder", {{"first", "old"}, {"states", {{"old", json::object()}}}}}};
  population["groups"] = {{"children", {{"people", children}, {"journey", "child"}}},
                          {"elders", {{"people", elders}, {"journey", "elder"}}}};
  population["links"]["kin"] = {{"of", "children"}, {"with", "elders"}, {"chance", claim(tied)}};
  document["outcomes"]["benefits"] = {{"has_elder", tied_to_somebody_in("old")},
                                      {"has_child", tied_to_somebody_in("young")}};
  return document;
}

TEST(Ties, are_seen_from_either_side_and_lead_no_further_than_to_the_other) {
  const auto scenario = loaded(children_and_elders());
  Replay replay(model_of(*scenario), scenario->compiled);
  std::map<std::string, Sample> shares;  // By group and benefit.
  for (std::uint32_t k = 0; k < 60; ++k) {
    std::map<std::string, double> counts;
    test_support::watch(replay, 0, k, [&](const Person& person) {
      const Group& group = scenario->population.groups[person.group];
      for (std::size_t b = 0; b < person.benefits.size(); ++b)
        counts[group.id + " " + scenario->outcomes.benefits[b].id] +=
            static_cast<double>(person.benefits[b]) / group.people;
    });
    for (const auto& [what, share] : counts) shares[what].add(share);
  }
  EXPECT_TRUE(has_mean(shares["children has_elder"], tied));
  EXPECT_TRUE(has_mean(shares["elders has_child"],
                       1 - std::pow(1 - tied / elders, static_cast<double>(children))));
  // Brothers and sisters share an elder, but are not tied to one another.
  EXPECT_EQ(shares["children has_child"].mean(), 0);
  EXPECT_EQ(shares["elders has_elder"].mean(), 0);
}

}  // namespace
}  // namespace onward
