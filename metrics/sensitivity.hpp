// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "metrics/comparison.hpp"
#include "metrics/sobol.hpp"
#include "metrics/variants.hpp"

namespace onward {

struct SensitivityPlan {
  std::vector<std::string> policies;  ///< By id; the first is the baseline.
  std::vector<ClaimPlace> claims;     ///< What is swept.
  std::size_t rows = 64;
  VariantPlan variants;
};

/// One figure over the ranges of the claims: two intervals, never one.
struct SensitiveFigure {
  std::string measure;
  std::size_t policy = 0;  ///< In the plan's.
  bool change = false;     ///< From the baseline, instead of the figure itself.
  Interval range;          ///< Of the figure, over 95 % of the ranges of the claims.
  Estimate central;        ///< At the scenario's own values, with the sampling interval.
  SobolIndices indices;    ///< By claim.
};

struct SweptFigures {
  std::size_t points = 0;
  std::vector<SensitiveFigure> figures;  ///< By measure; of each policy, then changes.
};

/// The value of a claim at a share of its spread: low at 0, high at 1.
[[nodiscard]] double value_at(const ClaimPlace& claim, double share);

/// Those of the claims that can be set alone to both ends of their range, and why the others
/// cannot: a share, for one, must make 1 with those beside it.
struct Sweepable {
  std::vector<ClaimPlace> claims;
  struct Left {
    std::string pointer;
    std::string reason;
  };
  std::vector<Left> left_out;
};
[[nodiscard]] Sweepable sweepable(const Draft& draft, const std::vector<ClaimPlace>& claims);

/// Sweeps the claims. Nothing if `progress` says to stop, or, with a diagnostic, if some values
/// together make no scenario.
[[nodiscard]] std::optional<SweptFigures> sensitivity(const Draft& draft,
                                                      const SensitivityPlan& plan,
                                                      Diagnostics& diagnostics,
                                                      const Progress& progress = {});

}  // namespace onward
