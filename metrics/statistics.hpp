// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace onward {

struct Interval {
  double low = 0;
  double high = 0;
};

[[nodiscard]] double mean_of(const std::vector<double>& values);

/// Student's two-sided interval for the expectation of values that are independent. At
/// least two values.
[[nodiscard]] Interval student(const std::vector<double>& values, double confidence);

/// A number of people to whom something happened, each of one weight.
struct WeightedCount {
  double weight = 0;  ///< What one of them adds to the figure.
  double count = 0;
};

/// Two-sided interval for the expectation of a weighted sum of independent Poisson counts: Fay and
/// Feuer, Statistics in Medicine 16 (1997) 791, formula (4) with the largest weight. With equal
/// weights it is Garwood's (Biometrika 28 (1936) 437), which is exact.
[[nodiscard]] Interval fay_feuer(const std::vector<WeightedCount>& counts, double confidence);

/// Exact one-sided upper bound on a chance: Clopper and Pearson, Biometrika 26 (1934) 404.
/// 1 if all of them did.
[[nodiscard]] double clopper_pearson_upper(double hits, double of, double confidence);

}  // namespace onward
