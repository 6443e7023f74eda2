// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "metrics/summary.hpp"

namespace onward::cli {

/// How figures of a unit are shown: shares as people in 1,000.
struct Scale {
  double factor = 1;
  std::string unit;  ///< `days a person`, `in 1,000 people`.
};
[[nodiscard]] Scale scale_of(const Measure& measure);

/// Three significant digits (two below 0.1), thousands with commas: `1,230`, `0.012`, `0`.
[[nodiscard]] std::string shown(double value);
/// The same with its sign; `0` has none.
[[nodiscard]] std::string signed_number(double value);
[[nodiscard]] std::string shown(const Interval& interval, double factor);
/// `< 0.3 in 1,000`, `in < 7 % of runs`.
[[nodiscard]] std::string shown(const Bound& bound);

}  // namespace onward::cli
