// SPDX-License-Identifier: Apache-2.0
#include "metrics/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>

namespace onward {
namespace {

using boost::math::chi_squared;
using boost::math::quantile;

/// How many standard errors a two-sided interval over so many values reaches to each side.
double student_quantile(std::size_t values, double confidence) {
  return quantile(boost::math::students_t(static_cast<double>(values) - 1), 0.5 + confidence / 2);
}

}  // namespace

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double covariance_of(const std::vector<double>& one, const std::vector<double>& other) {
  const double mean_of_one = mean_of(one);
  const double mean_of_other = mean_of(other);
  double sum = 0;
  for (std::size_t i = 0; i < one.size(); ++i)
    sum += (one[i] - mean_of_one) * (other[i] - mean_of_other);
  return sum / (static_cast<double>(one.size()) - 1);
}

Interval student(const std::vector<double>& values, double confidence) {
  const double mean = mean_of(values);
  const double error =
      std::sqrt(covariance_of(values, values) / static_cast<double>(values.size()));
  const double t = student_quantile(values.size(), confidence);
  return {mean - t * error, mean + t * error};
}

Interval fay_feuer(const std::vector<WeightedCount>& counts, double confidence) {
  double sum = 0;
  double variance = 0;
  double largest = 0;
  for (const WeightedCount& of : counts) {
    sum += of.weight * of.count;
    variance += of.weight * of.weight * of.count;
    largest = std::max(largest, of.weight);
  }
  const double tail = (1 - confidence) / 2;
  Interval interval;
  if (sum > 0)
    interval.low = variance / (2 * sum) * quantile(chi_squared(2 * sum * sum / variance), tail);
  if (largest <= 0) return interval;
  const double upper_sum = sum + largest;
  const double upper_variance = variance + largest * largest;
  interval.high = upper_variance / (2 * upper_sum) *
                  quantile(chi_squared(2 * upper_sum * upper_sum / upper_variance), 1 - tail);
  return interval;
}

double clopper_pearson_upper(double hits, double of, double confidence) {
  if (hits >= of) return 1;
  return quantile(boost::math::beta_distribution<>(hits + 1, of - hits), confidence);
}

Interval poisson_ratio(double one, double one_exposure, double other, double other_exposure,
                       double confidence) {
  const double tail = (1 - confidence) / 2;
  const double scale = other_exposure / one_exposure;
  // A share p of all events is the first's where the ratio of the rates is p / (1 - p) x scale.
  const auto ratio = [&](double share) {
    return share >= 1 ? std::numeric_limits<double>::infinity() : share / (1 - share) * scale;
  };
  const double low =
      one == 0 ? 0 : quantile(boost::math::beta_distribution<>(one, other + 1), tail);
  const double high =
      other == 0 ? 1 : quantile(boost::math::beta_distribution<>(one + 1, other), 1 - tail);
  return {ratio(low), ratio(high)};
}

bool RatioSet::contains(double ratio) const {
  switch (kind) {
    case Kind::interval: return low <= ratio && ratio <= high;
    case Kind::two_rays: return ratio <= low || high <= ratio;
    case Kind::whole_line: return true;
  }
  return true;
}

RatioSet fieller(const std::vector<double>& numerators, const std::vector<double>& denominators,
                 double confidence) {
  const double n = static_cast<double>(numerators.size());
  const double t = student_quantile(numerators.size(), confidence);
  const double above = mean_of(numerators);
  const double below = mean_of(denominators);
  // The ratios r with a r^2 - 2 b r + c <= 0: those at which numerator - r x denominator may have
  // the expectation 0.
  const double squared = t * t / n;
  const double a = below * below - squared * covariance_of(denominators, denominators);
  const double b = above * below - squared * covariance_of(numerators, denominators);
  const double c = above * above - squared * covariance_of(numerators, numerators);
  const double discriminant = b * b - a * c;
  if (a > 0) {
    const double root = std::sqrt(std::max(0.0, discriminant));
    return {RatioSet::Kind::interval, (b - root) / a, (b + root) / a};
  }
  if (a == 0 || discriminant <= 0) return {};
  const double root = std::sqrt(discriminant);
  return {RatioSet::Kind::two_rays, (b + root) / a, (b - root) / a};
}

}  // namespace onward
