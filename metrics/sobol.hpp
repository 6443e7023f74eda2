// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "metrics/statistics.hpp"

namespace onward {

/// Where a function of several parameters is to be worked out so that its Sobol indices can be
/// estimated: rows of the points A, B, and for each parameter A with that parameter as in B.
///
/// I. M. Sobol, Mathematics and Computers in Simulation 55 (2001) 271; A. Saltelli and others,
/// Computer Physics Communications 181 (2010) 259.
struct SobolDesign {
  std::size_t parameters = 0;
  std::size_t rows = 0;
  /// In the unit cube; row by row: A, B, then one for each parameter.
  std::vector<std::vector<double>> points;

  [[nodiscard]] std::size_t points_a_row() const { return parameters + 2; }
};

/// The design of that many rows. Its points are drawn in a domain of their own: no replication
/// of a scenario has the same luck, whatever its seed.
[[nodiscard]] SobolDesign sobol_design(std::size_t parameters, std::size_t rows,
                                       std::uint32_t seed);

/// What one parameter contributes to the variance, as a share of it.
struct SobolIndex {
  double first = 0;  ///< Alone.
  double total = 0;  ///< Alone and together with others.
  Interval first_interval;
  Interval total_interval;
};

struct SobolIndices {
  double variance = 0;         ///< Of the expectation of a replication, over the parameters.
  std::vector<SobolIndex> of;  ///< By parameter; empty if the variance is not above 0.
};

/// The indices of the *expectation* of the values at a point, of which each point has some
/// replications, the same number and the same luck at all points.
///
/// A product of two means of replications would count their common noise; so every product is
/// taken of different replications only, which makes its expectation that of the noiseless one.
/// What all points have in common in a replication is taken off first. First-order: Saltelli's
/// estimator, `E[f(B) (f(AB) - f(A))]`; total: Jansen's, `E[(f(A) - f(AB))^2] / 2`. The intervals
/// (95 %) are percentiles of a bootstrap over rows. `values`: by point and replication; at least
/// two of each.
[[nodiscard]] SobolIndices sobol_indices(const SobolDesign& design,
                                         const std::vector<std::vector<double>>& values);

}  // namespace onward
