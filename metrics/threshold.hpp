// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "metrics/comparison.hpp"
#include "metrics/variants.hpp"

namespace onward {

struct ThresholdPlan {
  std::string pointer;  ///< Of the claim, or the number, that is moved.
  double from = 0;
  double to = 1;
  bool logarithmic = false;
  std::size_t points = 9;    ///< At first, ends included; at least 2.
  std::size_t halvings = 6;  ///< Of each gap in which a line is crossed.
  std::string policy;
  std::optional<std::string> baseline;  ///< The figure less this one's; else ...
  double line = 0;                      ///< ... the figure less this.
  VariantPlan variants;                 ///< With one measure.
};

/// The figure, less what it is held against, at one value of the parameter.
struct ThresholdPoint {
  double at = 0;
  Estimate over;
};

/// Where the line is crossed.
struct Crossing {
  double at = 0;
  /// Outside of these the figure is, with 95 % certainty, on one side; absent: nowhere tried.
  std::optional<double> certain_below;
  std::optional<double> certain_above;
};

struct Threshold {
  std::vector<ThresholdPoint> points;  ///< Ascending.
  std::vector<Crossing> crossings;     ///< Ascending.
};

/// Moves the parameter, always with the same people with the same luck, and halves every gap in
/// which the mean changes its sign. A line that is crossed and crossed back within a gap is missed.
/// Nothing if `progress` says to stop, or, with a diagnostic, if some value makes no scenario.
[[nodiscard]] std::optional<Threshold> threshold(const Draft& draft, const ThresholdPlan& plan,
                                                 Diagnostics& diagnostics,
                                                 const Progress& progress = {});

}  // namespace onward
