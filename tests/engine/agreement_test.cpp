// SPDX-License-Identifier: Apache-2.0
//
// The engine against a plain list of all events (tests/reference/replay_slow.hpp), on random
// small scenarios whose desks are busy: at low load mistakes of order do not show.
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/engine/replay.hpp"
#include "tests/reference/replay_slow.hpp"
#include "tests/support/random_replay.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

constexpr std::uint32_t scenarios = 300;
constexpr std::uint32_t replications = 2;

std::vector<std::string> lines_of(const std::vector<std::string>& trace, const std::string& who) {
  std::vector<std::string> lines;
  for (const std::string& line : trace)
    if (line.substr(0, line.find(' ')) == who) lines.push_back(line);
  return lines;
}

/// The first line at which somebody's life parts, for whoever has to find out why.
std::string first_difference(const std::vector<std::string>& engine,
                             const std::vector<std::string>& reference) {
  for (const auto* trace : {&engine, &reference})
    for (const std::string& line : *trace) {
      const std::string who = line.substr(0, line.find(' '));
      const auto a = lines_of(engine, who);
      const auto b = lines_of(reference, who);
      const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
      if (x != a.end() || y != b.end())
        return "engine:    " + (x == a.end() ? "nothing more of " + who : *x) +
               "\nreference: " + (y == b.end() ? "nothing more of " + who : *y);
    }
  return "no life differs";
}

/// Adds up what the reference reports of every person.
struct Outcomes : LifeObserver {
  const Scenario* scenario = nullptr;
  std::map<std::string, double> happened;
  std::map<std::string, double> compensators;
  std::map<std::string, std::uint64_t> benefits;
  std::vector<double> waits;

  void lived(const Life& life) override {
    for (const Person& person : life.members) {
      if (person.cast >= 0 || !person.begun) continue;
      for (std::size_t h = 0; h < person.harms.size(); ++h) {
        const std::string& id = scenario->outcomes.harms[h].id;
        happened[id] += person.harms[h].happened >= 0 ? 1 : 0;
        compensators[id] += person.harms[h].compensator(scenario->experiment.horizon_days);
      }
      for (std::size_t b = 0; b < person.benefits.size(); ++b)
        benefits[scenario->outcomes.benefits[b].id] += person.benefits[b];
      for (const CaseRecord& one : person.cases)
        if (one.started >= 0) waits.push_back(one.started - one.posted);
    }
  }
};

void expect_agreement(const Scenario& scenario, std::uint32_t number, std::size_t policy,
                      std::uint32_t replication) {
  SCOPED_TRACE("scenario " + std::to_string(number) + ", policy " + std::to_string(policy) +
               ", replication " + std::to_string(replication));
  Outcomes outcomes;
  outcomes.scenario = &scenario;
  std::vector<std::string> trace;
  ReplayOptions options;
  options.observer = &outcomes;
  options.trace = &trace;
  Replay replay(model_of(scenario), scenario.compiled);
  const UnitResult unit = replay.run(policy, replication, options);
  reference::SlowReplay slow = reference::replay_slow(scenario, policy, replication, {}, true);
  ASSERT_EQ(to_string(unit.digest), to_string(slow.digest)) << first_difference(trace, slow.trace);
  EXPECT_EQ(unit.person_events, slow.person_events);
  std::sort(outcomes.waits.begin(), outcomes.waits.end());
  std::sort(slow.waits.begin(), slow.waits.end());
  EXPECT_EQ(outcomes.waits, slow.waits);
  for (const auto& [id, people] : slow.harms) {
    double happened = 0;
    double compensator = 0;
    for (const auto& [n, l] : people) {
      happened += n;
      compensator += l;
    }
    EXPECT_EQ(outcomes.happened[id], happened) << id;
    // The sums are over people in different orders.
    EXPECT_NEAR(outcomes.compensators[id], compensator, 1e-12 * (1 + compensator)) << id;
  }
  for (const auto& [id, occurred] : slow.benefits) EXPECT_EQ(outcomes.benefits[id], occurred) << id;
}

class EngineAgreement : public testing::TestWithParam<std::uint32_t> {};

TEST_P(EngineAgreement, with_a_plain_list_of_all_events_when_desks_are_busy) {
  std::size_t with_cases = 0;
  for (std::uint32_t number = GetParam(); number < scenarios; number += 10) {
    const test_support::Calibrated random = test_support::calibrated_replay_scenario(number);
    for (const double utilisation : random.utilisation) {
      EXPECT_GE(utilisation, 0.7) << number;
      EXPECT_LE(utilisation, 0.98) << number;
    }
    if (!random.utilisation.empty()) ++with_cases;
    const auto scenario = test_support::loaded(random.scenario);
    for (std::size_t policy = 0; policy < scenario->policies.size(); ++policy)
      for (std::uint32_t k = 0; k < replications; ++k)
        expect_agreement(*scenario, number, policy, k);
    if (HasFatalFailure()) return;
  }
  EXPECT_GE(with_cases, 24U) << "of 30 scenarios";
}

INSTANTIATE_TEST_SUITE_P(Tenths, EngineAgreement, testing::Range(0U, 10U));

}  // namespace
}  // namespace onward
