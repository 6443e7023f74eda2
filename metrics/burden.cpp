// SPDX-License-Identifier: Apache-2.0
#include "metrics/burden.hpp"

#include <algorithm>
#include <tuple>

namespace onward {
namespace {

constexpr double top = 0.01;

/// `most_first`: readings in descending order.
double quantile(const std::vector<WeightedReading>& most_first, double weight, double q) {
  // Who has more than the quantile are at most a share 1 - q.
  double above = 0;
  for (const WeightedReading& reading : most_first) {
    above += reading.weight;
    if (above > (1 - q) * weight) return reading.value;
  }
  return 0;
}

double share_of_top(const std::vector<WeightedReading>& most_first, double weight) {
  double sum = 0;
  for (const WeightedReading& reading : most_first) sum += reading.value * reading.weight;
  if (sum <= 0) return 0;
  double left = top * weight;
  double borne = 0;
  for (const WeightedReading& reading : most_first) {
    const double taken = std::min(left, reading.weight);
    borne += reading.value * taken;
    left -= taken;
    if (left <= 0) break;
  }
  return borne / sum;
}

}  // namespace

Burden burden_of(std::vector<WeightedReading> readings, double weight) {
  std::sort(readings.begin(), readings.end(),
            [](const WeightedReading& a, const WeightedReading& b) {
              return std::tie(a.value, a.weight) > std::tie(b.value, b.weight);
            });
  return {quantile(readings, weight, 0.5), quantile(readings, weight, 0.95),
          quantile(readings, weight, 0.99), share_of_top(readings, weight)};
}

}  // namespace onward
