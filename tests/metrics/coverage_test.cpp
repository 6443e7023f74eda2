// SPDX-License-Identifier: Apache-2.0
//
// How often intervals and bounds hold what they should: 2,000 small experiments each, on the model
// itself, in which the answer is known. Everybody meets the office, which may tell abroad of her
// with chance p; what abroad knows raises a hazard, beside a background that nobody escapes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "metrics/summary.hpp"
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

constexpr std::size_t experiments = 2000;
constexpr double horizon = 10;
constexpr int replications = 20;
/// METHOD: a 95 % interval must cover in at least so many.
constexpr double floor = 0.935;
constexpr double ceiling = 0.965;

struct Case {
  double told = 1;    ///< The chance of being told of.
  double harmed = 1;  ///< Of those who are told of, by that alone; 1: all.
  int people = 100;
  double background = 0;  ///< The risk of those who are not told of.
  bool shared = false;
};

/// Hazards add up, so chances to escape multiply.
double risk_under_bill(const Case& one) {
  const double of_told = 1 - (1 - one.background) * (1 - one.harmed);
  return one.told * of_told + (1 - one.told) * one.background;
}

/// Under the law nobody is told of; under the bill, each with the chance.
json scenario_of(const Case& one) {
  json document = met_by_office(one.people, horizon);
  document["world"]["flows"]["tell"] =
      disclosure({{"encounter", {{"node", "office"}}}}, "office", "abroad");
  document["world"]["flows"]["tell"]["propensity"] = claim(one.told);
  document["policies"].push_back(
      {{"id", "bill"},
       {"extends", "law"},
       {"patch", json::array({{{"add", "tell"}, {"rule", permit({"disclose"})}}})}});
  const json knows = {{"node", "abroad"}, {"knows", "identity"}};
  json& harm = document["outcomes"]["harms"]["found"];
  harm["while"] = knows;
  harm["hazard"] = claim(one.harmed < 1 ? -std::log(1 - one.harmed) / horizon : 1e9);
  if (one.background > 0) harm["background"] = claim(-std::log(1 - one.background) / horizon);
  document["population"]["groups"]["all"]["enter_day"] = 0;
  if (one.shared)
    document["population"]["links"]["kin"] = {{"of", "all"}, {"with", "all"}, {"chance", claim(0)}};
  return document;
}

struct Covered {
  std::size_t intervals = 0;  ///< Experiments with an interval,
  std::size_t held = 0;       ///< and those of them that held the risk.
  std::size_t bounds = 0;     ///< Experiments with a bound and no interval,
  std::size_t kept = 0;       ///< and those of them in which it was not too low.

  void count(const Figure& figure, double truth, double chance_of_replication) {
    if (figure.interval) {
      ++intervals;
      held += figure.interval->low <= truth && truth <= figure.interval->high ? 1U : 0U;
    } else if (figure.bound) {
      ++bounds;
      const double what = figure.bound->per == Bound::Per::person ? truth : chance_of_replication;
      kept += what <= figure.bound->at_most ? 1U : 0U;
    }
  }
  [[nodiscard]] double of_intervals() const {
    return static_cast<double>(held) / static_cast<double>(intervals);
  }
  /// Of what is said, in whatever form, the share that is right.
  [[nodiscard]] double of_all() const {
    return static_cast<double>(held + kept) / static_cast<double>(experiments);
  }
};

struct Coverage {
  Covered law;
  Covered bill;
  Covered difference;
};

Coverage coverage(const Case& one) {
  const auto scenario = loaded(scenario_of(one));
  ExperimentPlan plan;
  plan.policies = {0, 1};
  plan.replications = replications;
  plan.measures = {"harm.found"};
  const double law = one.background;
  const double bill = risk_under_bill(one);
  const auto in_replication = [&](double risk) { return 1 - std::pow(1 - risk, one.people); };
  Coverage all;
  for (std::size_t e = 0; e < experiments; ++e) {
    plan.first = static_cast<std::uint32_t>(e) * replications;
    const Accounts accounts = replay_all(model_of(*scenario), scenario->compiled, plan);
    const Summary summary(accounts);
    all.law.count(summary.figure(0, 0), law, in_replication(law));
    all.bill.count(summary.figure(1, 0), bill, in_replication(bill));
    // A bound is on the chance that a replication has somebody who differs.
    all.difference.count(summary.difference(1, 0), bill - law, in_replication(one.told));
  }
  return all;
}

void record(const char* what, const Covered& covered) {
  testing::Test::RecordProperty(what, std::to_string(covered.held) + " of " +
                                          std::to_string(covered.intervals) + " intervals, " +
                                          std::to_string(covered.kept) + " of " +
                                          std::to_string(covered.bounds) + " bounds");
  std::printf("%s: %zu of %zu intervals, %zu of %zu bounds\n", what, covered.held,
              covered.intervals, covered.kept, covered.bounds);
}

/// For what is nearly continuous: the intervals are neither too narrow nor too wide.
void expect_exact(const Case& one) {
  const Coverage all = coverage(one);
  record("law", all.law);
  record("bill", all.bill);
  record("difference", all.difference);
  for (const Covered& covered : {all.bill, all.difference}) {
    // Where an experiment has too few for an interval, it has none: seldom here.
    EXPECT_GE(covered.intervals, experiments * 99 / 100);
    EXPECT_GE(covered.of_intervals(), floor);
    EXPECT_LE(covered.of_intervals(), ceiling);
  }
}

TEST(Coverage, of_a_risk_of_1_in_2) {
  expect_exact({.told = 0.8, .harmed = 0.5, .people = 40, .background = 1.0 / 6});
}

TEST(Coverage, of_a_risk_of_1_in_100) {
  expect_exact({.told = 0.1, .harmed = 0.075, .people = 100, .background = 0.0025});
}

TEST(Coverage, of_a_risk_of_1_in_5000_with_many_who_run_it) {
  expect_exact({.told = 0.02, .harmed = 0.0075, .people = 200, .background = 0.00005});
}

TEST(Coverage, of_a_risk_of_1_in_5000_with_hardly_anybody_who_runs_it) {
  // An exact interval for a count is wider than it need be; a bound stands where nobody was seen.
  const Coverage all = coverage({.told = 0.0002, .harmed = 1, .people = 250});
  record("bill", all.bill);
  record("difference", all.difference);
  EXPECT_GE(all.bill.of_all(), floor);
  EXPECT_GT(all.bill.intervals, experiments / 4);
  EXPECT_GT(all.bill.bounds, experiments / 4);
  // Of so few there is no interval for a difference.
  EXPECT_EQ(all.difference.intervals, 0U);
  EXPECT_GE(all.difference.of_all(), floor);
}

TEST(Coverage, of_a_risk_of_1_in_5000_where_people_share_something) {
  const Coverage all = coverage({.told = 0.0002, .harmed = 1, .people = 250, .shared = true});
  record("bill", all.bill);
  EXPECT_EQ(all.bill.intervals, 0U);
  EXPECT_EQ(all.bill.bounds, experiments);
  EXPECT_GE(all.bill.of_all(), floor);
  EXPECT_GE(all.difference.of_all(), floor);
}

}  // namespace
}  // namespace onward
