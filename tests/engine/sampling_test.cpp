// SPDX-License-Identifier: Apache-2.0
//
// Samples and weights: section 7 of docs/method/engine.md.
//
// What a sample promises is that a desk can do as many cases for each that comes. So where people
// wait because more come than it can serve, waits are those of the real population, but for terms
// of the size of one case in all that the sample has. Where they wait because cases come
// unevenly, a desk of few officers lets them wait longer than the real one of many at the same
// load, and no scaling can help: the last test shows by how much.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>

#include "tests/support/engine_scenarios.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::claim;
using test_support::has_mean;
using test_support::loaded;
using test_support::permit;
using test_support::same_mean;
using test_support::Sample;
using test_support::with_counter;

constexpr int common_size = 4000;
constexpr int rare_size = 80;
constexpr int officers = 50;
constexpr double hazard = 0.02;

/// Everybody comes on day 0 and needs the one desk; while they wait they are in danger.
json rush(int common, int rare) {
  json document = with_counter(1, 365, officers, {{"dist", "exponential"}, {"mean", claim(1)}});
  document["population"]["groups"] = json::object();
  const auto add = [&](const char* id, int people, int size) {
    document["population"]["groups"][id] = {
        {"people", people}, {"size", claim(size)}, {"enter_day", 0}, {"journey", "stay"}};
  };
  add("common", common, common_size);
  add("rare", rare, rare_size);
  document["outcomes"]["harms"]["danger"] = {
      {"background", claim(hazard)},
      {"lowered",
       {{{"while", {{"node", "abroad"}, {"knows", "identity"}}}, {"factor", claim(0)}}}}};
  return document;
}

/// Of each replication, the means of the real population that the sample stands for.
struct Means {
  Sample wait;
  Sample harmed;
  Sample wait_of_rare;
};

/// Replays with so many people of all groups.
Means replayed(const json& document, std::optional<int> people, std::uint32_t replications) {
  const auto scenario = loaded(document);
  Replay replay(model_of(*scenario), scenario->compiled, people);
  std::vector<double> weight;
  double size = 0;
  for (const Group& group : scenario->population.groups) {
    weight.push_back(group.size->value / replay.staffing().people[weight.size()]);
    size += group.size->value;
  }
  Means means;
  for (std::uint32_t k = 0; k < replications; ++k) {
    std::vector<double> waited(weight.size(), 0);
    double harmed = 0;
    std::size_t never_started = 0;
    test_support::watch(replay, 0, k, [&](const Person& person) {
      if (person.harms[0].happened >= 0) harmed += weight[person.group];
      if (person.cases.size() != 1 || person.cases[0].started < 0) ++never_started;
      for (const CaseRecord& record : person.cases)
        waited[person.group] += (record.started - record.posted) * weight[person.group];
    });
    EXPECT_EQ(never_started, 0U);
    means.wait.add((waited[0] + waited[1]) / size);
    means.wait_of_rare.add(waited[1] / rare_size);
    means.harmed.add(harmed / size);
  }
  return means;
}

/// The mean wait of one among others who all come at once, each of whom loads the desk or not.
///
/// With j who load it before her she waits for the (j - officers + 1)th completion, and each place
/// among those who load it is as likely as another.
class Rush {
 public:
  explicit Rush(const Staffing& staffing) : staffing_(staffing) {}

  double wait(int group) const {
    const int common = staffing_.people[0] - (group == 0 ? 1 : 0);
    const int rare = staffing_.people[1] - (group == 1 ? 1 : 0);
    const double loads = staffing_.load_chance(0, 1);
    double sum = 0;
    for (int k = 0; k <= rare; ++k) sum += chance(k, rare, loads) * after(common + k);
    return sum;
  }

  double mean() const {
    return (wait(0) * common_size + wait(1) * rare_size) / (common_size + rare_size);
  }

 private:
  double after(int others) const {
    const double waits = others - staffing_.officers[0] + 1;
    if (waits <= 0) return 0;
    // Why not by the staffing: this is the capacity that the contract promises.
    const double a_day = staffing_.factor[0] * officers;
    return waits * (waits + 1) / 2 / (others + 1) / a_day;
  }

  /// Of the binomial distribution.
  static double chance(int hits, int of, double p) {
    if (p >= 1) return hits == of ? 1 : 0;
    return std::exp(std::lgamma(of + 1.0) - std::lgamma(hits + 1.0) - std::lgamma(of - hits + 1.0) +
                    hits * std::log(p) + (of - hits) * std::log1p(-p));
  }

  const Staffing& staffing_;
};

constexpr int few = 160;

/// As many people as there are: nothing is sampled.
Means in_full() {
  return replayed(rush(common_size, rare_size), {}, 60);
}

TEST(Sampling, more_people_and_all_people_wait_and_suffer_as_few_people_do) {
  const json sampled = rush(80, 80);
  const Means less = replayed(sampled, few, 400);
  const Means more = replayed(sampled, 10 * few, 100);
  const Means all = in_full();
  for (const auto& part : {&Means::wait, &Means::wait_of_rare, &Means::harmed}) {
    EXPECT_TRUE(same_mean(less.*part, more.*part));
    EXPECT_TRUE(same_mean(less.*part, all.*part));
    EXPECT_TRUE(same_mean(more.*part, all.*part));
  }
}

TEST(Sampling, waits_in_a_rush_are_what_the_order_of_cases_says_however_the_desk_was_scaled) {
  const json sampled = rush(80, 80);
  // With 200 people there is one officer for 1.25, so each of his cases takes 0.8 as long.
  for (const int people : {few, 200, 10 * few}) {
    const auto scenario = loaded(sampled);
    const Replay replay(model_of(*scenario), scenario->compiled, people);
    const Rush rush(replay.staffing());
    const Means means = replayed(sampled, people, 100);
    EXPECT_TRUE(has_mean(means.wait, rush.mean())) << people << " people";
    EXPECT_TRUE(has_mean(means.wait_of_rare, rush.wait(1))) << people << " people";
  }
}

TEST(Sampling, a_desk_is_as_small_as_the_sparsest_group_that_can_come_to_it) {
  json document = rush(80, 80);
  document["world"]["nodes"]["abroad"]["desks"]["quiet"] = {{"officers", claim(3)},
                                                            {"service_days", {{"mean", claim(2)}}}};
  const auto scenario = loaded(document);
  const auto staffing = [&](std::optional<int> people) {
    return Replay(model_of(*scenario), scenario->compiled, people).staffing();
  };
  const Staffing as_written = staffing({});
  EXPECT_EQ(as_written.people, (std::vector<int>{80, 80}));
  EXPECT_EQ(as_written.rate, (std::vector<double>{0.02, 1}));
  const auto desk_of = [&](const char* node) {
    const NodeId id = *scenario->world.node_names.find(node);
    const Replay replay(model_of(*scenario), scenario->compiled);
    return replay.plan(0).desks_of[id.index()].front();
  };
  const std::size_t counter = desk_of("office");
  EXPECT_DOUBLE_EQ(as_written.factor[counter], 0.02);
  EXPECT_EQ(as_written.officers[counter], 1);
  EXPECT_DOUBLE_EQ(as_written.service[counter].mean, 1);
  EXPECT_DOUBLE_EQ(as_written.load_chance(counter, 0), 1);
  EXPECT_DOUBLE_EQ(as_written.load_chance(counter, 1), 0.02);

  const Staffing ten_times = staffing(10 * few);
  EXPECT_EQ(ten_times.people, (std::vector<int>{800, 800}));
  EXPECT_EQ(ten_times.officers[counter], 10);
  EXPECT_DOUBLE_EQ(ten_times.service[counter].mean, 1);
  EXPECT_DOUBLE_EQ(ten_times.load_chance(counter, 1), 0.02);

  // 0.025 of 50 officers are 1.25: one, who works faster. 0.01 of them are a half: one, slower.
  EXPECT_EQ(staffing(200).officers[counter], 1);
  EXPECT_DOUBLE_EQ(staffing(200).service[counter].mean, 1 / 1.25);
  EXPECT_EQ(staffing(80).officers[counter], 1);
  EXPECT_DOUBLE_EQ(staffing(80).service[counter].mean, 2);

  // Nobody can come there.
  const std::size_t quiet = desk_of("abroad");
  EXPECT_DOUBLE_EQ(ten_times.factor[quiet], 1);
  EXPECT_EQ(ten_times.officers[quiet], 3);
  EXPECT_DOUBLE_EQ(ten_times.service[quiet].mean, 2);
}

TEST(Sampling, a_desk_to_which_only_the_rare_can_come_is_as_large_as_they_are) {
  json document = rush(80, 80);
  document["world"]["nodes"]["clinic"] = {{"kind", "service"}, {"jurisdiction", "here"}};
  document["population"]["journeys"]["other"] = {
      {"first", "there"},
      {"states", {{"there", {{"at", "clinic"}, {"collects", "identity"}, {"purpose", "work"}}}}}};
  document["population"]["groups"]["common"]["journey"] = "other";
  const auto scenario = loaded(document);
  const Replay replay(model_of(*scenario), scenario->compiled);
  EXPECT_EQ(replay.staffing().factor[0], 1);
  EXPECT_EQ(replay.staffing().officers[0], officers);
}

/// All cases of one unit, in the order in which they were posted.
std::vector<CaseRecord> cases_of(Replay& replay) {
  std::vector<CaseRecord> cases;
  test_support::watch(replay, 0, 0, [&](const Person& person) {
    cases.insert(cases.end(), person.cases.begin(), person.cases.end());
  });
  std::sort(cases.begin(), cases.end(),
            [](const CaseRecord& a, const CaseRecord& b) { return a.posted < b.posted; });
  return cases;
}

TEST(Sampling, shadows_wait_in_the_queue_and_occupy_nobody) {
  json document = rush(400, 400);
  for (json& group : document["population"]["groups"]) {
    group.erase("enter_day");
    group["enter_days"] = {0, 100};
  }
  const auto scenario = loaded(document);
  Replay replay(model_of(*scenario), scenario->compiled);
  const std::vector<CaseRecord> cases = cases_of(replay);
  // The queue again, in which only those who load the desk take an officer.
  std::priority_queue<double, std::vector<double>, std::greater<>> free_at;
  for (int o = 0; o < replay.staffing().officers[0]; ++o) free_at.push(0);
  std::size_t shadows = 0;
  std::size_t waited = 0;
  for (const CaseRecord& record : cases) {
    ASSERT_EQ(record.started, std::max(record.posted, free_at.top()));
    if (record.started > record.posted) ++waited;
    if (record.loads) {
      free_at.pop();
      free_at.push(record.due);
    } else {
      ++shadows;
    }
  }
  EXPECT_TRUE(test_support::is_share(shadows, 400, 1 - 0.02));
  EXPECT_GT(waited, cases.size() / 10);
}

TEST(Sampling, a_steady_queue_is_that_of_the_few_officers_and_not_of_the_many) {
  constexpr double load = 0.8;
  constexpr double half = 2000;
  const auto waits = [&](std::optional<int> people) {
    json document = with_counter(static_cast<int>(2 * half * load * 10), 3 * half, 10,
                                 {{"dist", "exponential"}, {"mean", claim(1)}});
    json& group = document["population"]["groups"]["all"];
    group["arrivals"] = "poisson";
    group["enter_days"] = {0, 2 * half};
    const auto scenario = loaded(document);
    Replay replay(model_of(*scenario), scenario->compiled, people);
    Sample sample;
    for (std::uint32_t k = 0; k < 40; ++k) {
      double sum = 0;
      test_support::watch(replay, 0, k, [&](const Person& person) {
        for (const CaseRecord& record : person.cases)
          if (record.posted >= half) sum += record.started - record.posted;
      });
      sample.add(sum / (replay.staffing().people[0] / 2.0));
    }
    return sample;
  };
  EXPECT_TRUE(has_mean(waits({}), test_support::mean_wait(load, 10)));
  EXPECT_TRUE(has_mean(waits(static_cast<int>(2 * half * load)), test_support::mean_wait(load, 1)));
}

}  // namespace
}  // namespace onward
