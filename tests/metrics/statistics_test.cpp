// SPDX-License-Identifier: Apache-2.0
//
// Statistics against known values, against their definitions worked out slowly, and against theory.
#include "metrics/statistics.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numbers>
#include <numeric>

#include "metrics/burden.hpp"
#include "metrics/shapley.hpp"
#include "metrics/sobol.hpp"
#include "metrics/stopping.hpp"
#include "sim/random/draws.hpp"

namespace onward {
namespace {

/// A normal variable at an address.
double normal(std::uint32_t row, std::uint32_t number) {
  const Luck luck({7, row}, hash_of("noise"), number);
  return std::sqrt(-2 * std::log(1 - luck.uniform(site("one")))) *
         std::cos(2 * std::numbers::pi * luck.uniform(site("two")));
}

TEST(Covariance, is_what_one_works_out_by_hand) {
  EXPECT_DOUBLE_EQ(covariance_of({1, 2, 3}, {2, 4, 9}), 3.5);
  EXPECT_DOUBLE_EQ(covariance_of({1, 2, 3}, {1, 2, 3}), 1);
}

TEST(Fieller, of_an_example_by_hand) {
  // Means 6 and 3; Student's t with 3 degrees of freedom is 3.182446.
  const std::vector<double> above{4, 4, 8, 8};
  const std::vector<double> below{2, 4, 2, 4};
  // variances 16/3 and 4/3, covariance 0: a = 9 - t^2/3, b = 18, c = 36 - 4 t^2/3.
  const double t2 = 3.182446305284263 * 3.182446305284263;
  const double a = 9 - t2 / 3;
  const double c = 36 - 4 * t2 / 3;
  const double root = std::sqrt(18.0 * 18 - a * c);
  const RatioSet set = fieller(above, below, 0.95);
  ASSERT_EQ(set.kind, RatioSet::Kind::interval);
  EXPECT_NEAR(set.low, (18 - root) / a, 1e-9);
  EXPECT_NEAR(set.high, (18 + root) / a, 1e-9);
}

RC_GTEST_PROP(Fieller, holds_a_ratio_if_students_interval_of_what_is_left_holds_0, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(2, 12);
  const auto number = rc::gen::map(rc::gen::inRange(-1000, 1000), [](int n) { return n / 100.0; });
  const auto above = *rc::gen::container<std::vector<double>>(size, number);
  const auto below = *rc::gen::container<std::vector<double>>(size, number);
  const double ratio = *rc::gen::map(rc::gen::inRange(-500, 500), [](int n) { return n / 50.0; });
  std::vector<double> left;
  for (std::size_t i = 0; i < size; ++i) left.push_back(above[i] - ratio * below[i]);
  const Interval interval = student(left, 0.95);
  const double edge = std::min(std::abs(interval.low), std::abs(interval.high));
  RC_PRE(edge > 1e-6);  // On the edge rounding decides.
  const RatioSet set = fieller(above, below, 0.95);
  RC_TAG(set.kind == RatioSet::Kind::interval   ? "interval"
         : set.kind == RatioSet::Kind::two_rays ? "two rays"
                                                : "whole line");
  RC_ASSERT(set.contains(ratio) == (interval.low <= 0 && 0 <= interval.high));
}

TEST(Fieller, has_all_three_forms) {
  EXPECT_EQ(fieller({1, 2, 3}, {10, 11, 12}, 0.95).kind, RatioSet::Kind::interval);
  EXPECT_EQ(fieller({10, 11, 12}, {-1, 0, 1.5}, 0.95).kind, RatioSet::Kind::two_rays);
  EXPECT_EQ(fieller({-1, 0, 1.2}, {1, -1, 0.1}, 0.95).kind, RatioSet::Kind::whole_line);
}

/// The chance of at most `hits` of `of`, summed term by term.
double at_most(int hits, int of, double chance) {
  double sum = 0;
  for (int k = 0; k <= hits; ++k)
    sum += std::exp(std::lgamma(of + 1) - std::lgamma(k + 1) - std::lgamma(of - k + 1) +
                    k * std::log(chance) + (of - k) * std::log(1 - chance));
  return sum;
}

TEST(PoissonRatio, is_where_the_binomial_tails_have_their_chance) {
  const Interval ratio = poisson_ratio(12, 300, 5, 200, 0.95);
  // At a ratio r the first has a share 300 r / (300 r + 200) of the 17.
  const auto share = [](double r) { return 300 * r / (300 * r + 200); };
  EXPECT_NEAR(at_most(12, 17, share(ratio.high)), 0.025, 1e-9);
  EXPECT_NEAR(1 - at_most(11, 17, share(ratio.low)), 0.025, 1e-9);
  EXPECT_TRUE(std::isinf(poisson_ratio(3, 1, 0, 1, 0.95).high));
  EXPECT_EQ(poisson_ratio(0, 1, 3, 1, 0.95).low, 0);
}

TEST(Burden, of_a_hundred_people_by_hand) {
  std::vector<WeightedReading> readings;
  for (int i = 1; i <= 60; ++i) readings.push_back({static_cast<double>(i), 1});
  const Burden burden = burden_of(readings, 100);  // 40 bear nothing.
  EXPECT_EQ(burden.median, 10);
  EXPECT_EQ(burden.percentile_95, 55);
  EXPECT_EQ(burden.percentile_99, 59);
  EXPECT_DOUBLE_EQ(burden.share_of_top_1, 60.0 / 1830);
}

TEST(Burden, counts_people_by_their_weight) {
  // Two people stand for 10 each, 80 bear nothing: the top 1 % is a tenth of the first.
  const Burden burden = burden_of({{1, 10}, {4, 10}}, 100);
  EXPECT_EQ(burden.median, 0);
  EXPECT_EQ(burden.percentile_95, 4);
  EXPECT_DOUBLE_EQ(burden.share_of_top_1, 4.0 / 50);
  EXPECT_EQ(burden_of({}, 10).share_of_top_1, 0);
}

RC_GTEST_PROP(Burden, is_the_same_whatever_the_order, ()) {
  const auto values = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 50));
  std::vector<WeightedReading> there;
  for (const int value : values) there.push_back({value / 7.0, 1.0 + value % 3});
  const std::vector<WeightedReading> back(there.rbegin(), there.rend());
  const Burden one = burden_of(there, 1000);
  const Burden other = burden_of(back, 1000);
  RC_ASSERT(one.median == other.median && one.percentile_95 == other.percentile_95 &&
            one.share_of_top_1 == other.share_of_top_1);
}

// Sobol indices, with noise that all points share and noise of their own.

constexpr std::size_t rows = 4096;
constexpr std::uint32_t replications = 4;

template <class F>
SobolIndices noisy(std::size_t parameters, const F& f, double common, double own) {
  const SobolDesign design = sobol_design(parameters, rows, 5);
  std::vector<std::vector<double>> values;
  for (std::uint32_t p = 0; p < design.points.size(); ++p) {
    auto& at = values.emplace_back();
    for (std::uint32_t r = 0; r < replications; ++r)
      at.push_back(f(design.points[p]) + common * normal(1000 + r, 0) + own * normal(r, p));
  }
  return sobol_indices(design, values);
}

double ishigami(const std::vector<double>& u) {
  const auto angle = [&](std::size_t k) { return std::numbers::pi * (2 * u[k] - 1); };
  return std::sin(angle(0)) + 7 * std::pow(std::sin(angle(1)), 2) +
         0.1 * std::pow(angle(2), 4) * std::sin(angle(0));
}

/// Ishigami and Homma, ISUMA 1990: with a = 7, b = 0.1 and angles in (-pi, pi).
void expect_ishigami(const SobolIndices& indices, double variance_off, double index_off) {
  const double pi4 = std::pow(std::numbers::pi, 4);
  const double v1 = 0.5 * std::pow(1 + 0.1 * pi4 / 5, 2);
  const double v2 = 49.0 / 8;
  const double v13 = 0.01 * pi4 * pi4 * (1.0 / 18 - 1.0 / 50);
  const double v = v1 + v2 + v13;
  EXPECT_NEAR(indices.variance / v, 1, variance_off);
  ASSERT_EQ(indices.of.size(), 3U);
  EXPECT_NEAR(indices.of[0].first, v1 / v, index_off);
  EXPECT_NEAR(indices.of[1].first, v2 / v, index_off);
  EXPECT_NEAR(indices.of[2].first, 0, index_off);
  EXPECT_NEAR(indices.of[0].total, (v1 + v13) / v, index_off);
  EXPECT_NEAR(indices.of[1].total, v2 / v, index_off);
  EXPECT_NEAR(indices.of[2].total, v13 / v, index_off);
}

TEST(Sobol, is_right_on_ishigami_and_takes_the_noise_out) {
  // Of 4,096 rows an index has a standard error of about 0.02; with four times that much.
  expect_ishigami(noisy(3, ishigami, 0, 0), 0.05, 0.08);
  // Noise of the function's own size would make the variance more than half as much again.
  expect_ishigami(noisy(3, ishigami, 10, 3.7), 0.1, 0.1);
}

TEST(Sobol, is_right_on_the_g_function) {
  // Saltelli and Sobol 1995; V_k = 1 / (3 (1 + a_k)^2).
  const std::vector<double> a{0, 1, 4.5, 9, 99, 99, 99, 99};
  const auto g = [&](const std::vector<double>& u) {
    double product = 1;
    for (std::size_t k = 0; k < a.size(); ++k)
      product *= (std::abs(4 * u[k] - 2) + a[k]) / (1 + a[k]);
    return product;
  };
  double all = 1;
  std::vector<double> v;
  for (const double ak : a) {
    v.push_back(1 / (3 * (1 + ak) * (1 + ak)));
    all *= 1 + v.back();
  }
  const SobolIndices indices = noisy(a.size(), g, 1, 0.5);
  EXPECT_NEAR(indices.variance / (all - 1), 1, 0.1);
  for (std::size_t k = 0; k < a.size(); ++k) {
    EXPECT_NEAR(indices.of[k].first, v[k] / (all - 1), 0.08) << k;
    EXPECT_NEAR(indices.of[k].total, v[k] * all / (1 + v[k]) / (all - 1), 0.08) << k;
    EXPECT_LE(indices.of[k].total_interval.low, v[k] * all / (1 + v[k]) / (all - 1) + 0.02) << k;
    EXPECT_GE(indices.of[k].total_interval.high, v[k] * all / (1 + v[k]) / (all - 1) - 0.02) << k;
  }
}

TEST(Sobol, of_noise_alone_finds_next_to_no_variance) {
  const SobolIndices indices = noisy(
      2, [](const auto&) { return 3.0; }, 10, 1);
  // The noise has a variance of 1; of its 4-fold mean 0.25 would be left if it were not taken out.
  EXPECT_LT(std::abs(indices.variance), 0.02);
}

TEST(Sobol, draws_points_that_no_replication_shares_and_moves_one_parameter_at_a_time) {
  const SobolDesign design = sobol_design(3, 2, 1);
  ASSERT_EQ(design.points.size(), 10U);
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t j = 0; j < 3; ++j)
      EXPECT_EQ(design.points[2 + k][j], design.points[j == k ? 1 : 0][j]);
}

// Shapley shares.

TEST(Shapley, of_the_glove_game) {
  // Player 0 has a left glove, 1 and 2 a right one each; a pair is worth 1.
  const ShapleyPlan plan(3, 0, 0);
  std::vector<double> worth;
  for (const Coalition c : plan.coalitions()) worth.push_back((c & 1U) != 0 && c > 1 ? 1 : 0);
  const std::vector<double> shares = plan.shares(worth);
  EXPECT_NEAR(shares[0], 2.0 / 3, 1e-15);
  EXPECT_NEAR(shares[1], 1.0 / 6, 1e-15);
  EXPECT_NEAR(shares[2], 1.0 / 6, 1e-15);
}

RC_GTEST_PROP(Shapley, shares_are_the_means_over_all_orders_and_add_up, ()) {
  const auto players = *rc::gen::inRange<std::size_t>(1, 6);
  const ShapleyPlan plan(players, 0, 0);
  std::vector<double> worth;
  for (std::size_t c = 0; c < plan.coalitions().size(); ++c)
    worth.push_back(*rc::gen::inRange(-100, 100) / 8.0);
  std::vector<std::size_t> order(players);
  std::iota(order.begin(), order.end(), 0U);
  std::vector<double> slow(players);
  double orders = 0;
  do {
    Coalition joined = 0;
    for (const std::size_t player : order) {
      const double before = worth[joined];
      joined |= Coalition{1} << player;
      slow[player] += worth[joined] - before;
    }
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  const std::vector<double> shares = plan.shares(worth);
  double sum = 0;
  for (std::size_t i = 0; i < players; ++i) {
    RC_ASSERT(std::abs(shares[i] - slow[i] / orders) < 1e-12);
    sum += shares[i];
  }
  RC_ASSERT(std::abs(sum - (worth.back() - worth.front())) < 1e-12);
}

TEST(Shapley, of_a_sample_of_orders_is_exact_where_nothing_depends_on_the_order) {
  const std::size_t players = 15;
  const ShapleyPlan plan(players, 20, 3);
  EXPECT_FALSE(plan.exact());
  std::vector<double> worth;
  for (const Coalition c : plan.coalitions()) {
    worth.push_back(0);
    for (std::size_t i = 0; i < players; ++i)
      if ((c >> i & 1U) != 0) worth.back() += static_cast<double>(i) + 1;
  }
  const std::vector<double> shares = plan.shares(worth);
  for (std::size_t i = 0; i < players; ++i)
    EXPECT_NEAR(shares[i], static_cast<double>(i) + 1, 1e-12);
  for (const double error : plan.order_errors(worth)) EXPECT_NEAR(error, 0, 1e-12);
}

TEST(Shapley, of_a_sample_of_orders_is_off_by_as_much_as_it_says) {
  // Worth 1 as soon as 3 of 14 are there: all the same share, 1/14.
  const ShapleyPlan plan(14, 2000, 1);
  std::vector<double> worth;
  for (const Coalition c : plan.coalitions()) worth.push_back(std::popcount(c) >= 3 ? 1 : 0);
  const std::vector<double> shares = plan.shares(worth);
  const std::vector<double> errors = plan.order_errors(worth);
  double sum = 0;
  for (std::size_t i = 0; i < 14; ++i) {
    EXPECT_GT(errors[i], 0);
    EXPECT_NEAR(shares[i], 1.0 / 14, 5 * errors[i]);
    sum += shares[i];
  }
  EXPECT_NEAR(sum, 1, 1e-12);
}

// When to stop.

TEST(Precision, is_read_as_a_share_or_a_number) {
  EXPECT_TRUE(read_precision("5%")->relative);
  EXPECT_DOUBLE_EQ(read_precision("5%")->half_width, 0.05);
  EXPECT_FALSE(read_precision("0.002")->relative);
  for (const char* text : {"", "x", "0", "-1", "5%%", "5 percent", "inf", "nan"})
    EXPECT_FALSE(read_precision(text)) << text;
}

TEST(Precision, is_asked_about_at_geometric_intervals) {
  EXPECT_EQ(checkpoints(20), (std::vector<std::size_t>{20}));
  EXPECT_EQ(checkpoints(30), (std::vector<std::size_t>{30}));
  EXPECT_EQ(checkpoints(200), (std::vector<std::size_t>{30, 45, 68, 102, 153, 200}));
}

/// A run of one person a replication to whom the measure adds these values.
Accounts run_of(const std::vector<double>& values, bool events) {
  Accounts accounts;
  Measure measure{Measure::Kind::benefit, 0, "benefit.x", "x", "times"};
  measure.has_events = events;
  accounts.measures.push_back(measure);
  accounts.weight = {1};
  accounts.people = {1};
  accounts.shares = {1};
  accounts.of.resize(1);
  for (const double value : values) {
    Account account;
    account.measures = 1;
    account.people = {1};
    account.entries.resize(1);
    account.entries[0].value.add(value);
    account.entries[0].events.add(value);
    account.entries[0].contributing = account.entries[0].eventful = value != 0 ? 1 : 0;
    accounts.of[0].push_back(account);
    accounts.numbers.push_back(static_cast<std::uint32_t>(accounts.numbers.size()));
  }
  return accounts;
}

TEST(Precision, is_never_reached_without_variance_or_with_too_few_events) {
  const PrecisionGoal goal{0.5, true, {"benefit.x"}};
  std::vector<double> values(100, 1.0);
  EXPECT_NE(not_yet_precise(run_of(values, true), goal, {"law"}), "");
  values[0] = 2;
  EXPECT_EQ(not_yet_precise(run_of(values, true), goal, {"law"}), "");
  EXPECT_NE(not_yet_precise(run_of(std::vector<double>(100), true), goal, {"law"}), "");
  // 29 events in 100 replications: their interval is narrow enough, but they are too few.
  std::vector<double> few(100);
  std::fill(few.begin(), few.begin() + 29, 1.0);
  EXPECT_NE(not_yet_precise(run_of(few, true), goal, {"law"}), "");
  few[29] = 1;
  EXPECT_EQ(not_yet_precise(run_of(few, true), goal, {"law"}), "");
}

TEST(Precision, is_of_half_the_width) {
  std::vector<double> values;
  for (int i = 0; i < 100; ++i) values.push_back(1 + i % 2);
  const double half =
      boost::math::quantile(boost::math::students_t(99), 0.975) * std::sqrt(25.0 / 99 / 100);
  const auto reached = [&](double width, bool relative) {
    return not_yet_precise(run_of(values, true), {width, relative, {"benefit.x"}}, {"law"}).empty();
  };
  EXPECT_TRUE(reached(half * 1.001, false));
  EXPECT_FALSE(reached(half * 0.999, false));
  EXPECT_TRUE(reached(half * 1.001 / 1.5, true));
  EXPECT_FALSE(reached(half * 0.999 / 1.5, true));
}

}  // namespace
}  // namespace onward
