// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace onward {

struct Interval {
  double low = 0;
  double high = 0;
};

[[nodiscard]] double mean_of(const std::vector<double>& values);

/// The unbiased estimate of the covariance; of the variance, for twice the same. At least two.
[[nodiscard]] double covariance_of(const std::vector<double>& one,
                                   const std::vector<double>& other);

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

/// Two-sided interval for the ratio of the expectations of two independent Poisson counts, each
/// over its own exposure: `(one / one_exposure) / (other / other_exposure)`. Given the sum of the
/// counts the first is binomial: Przyborowski and Wilenski, Biometrika 31 (1940) 313, with Clopper
/// and Pearson's interval, so it is never too narrow. `high` is infinite if `other` is 0.
[[nodiscard]] Interval poisson_ratio(double one, double one_exposure, double other,
                                     double other_exposure, double confidence);

/// The values that the ratio of two expectations may have: not always an interval.
struct RatioSet {
  enum class Kind {
    interval,   ///< From `low` to `high`.
    two_rays,   ///< Up to `low`, and from `high` on.
    whole_line  ///< Nothing is excluded; `low` and `high` mean nothing.
  };
  Kind kind = Kind::whole_line;
  double low = 0;
  double high = 0;

  [[nodiscard]] bool contains(double ratio) const;
};

/// Fieller's set for the ratio of the expectations of paired values: Fieller, Journal of the Royal
/// Statistical Society B 16 (1954) 175. At least two pairs. Exact where the pairs are normal.
[[nodiscard]] RatioSet fieller(const std::vector<double>& numerators,
                               const std::vector<double>& denominators, double confidence);

}  // namespace onward
