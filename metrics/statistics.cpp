// SPDX-License-Identifier: Apache-2.0
#include "metrics/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

namespace onward {
namespace {

using boost::math::chi_squared;
using boost::math::quantile;

}  // namespace

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

Interval student(const std::vector<double>& values, double confidence) {
  const double n = static_cast<double>(values.size());
  const double mean = mean_of(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double error = std::sqrt(squares / (n - 1) / n);
  const double t = quantile(boost::math::students_t(n - 1), 0.5 + confidence / 2);
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

}  // namespace onward
