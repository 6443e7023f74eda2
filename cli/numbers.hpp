// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "metrics/summary.hpp"

namespace onward::cli {

/// How figures of a unit are shown: shares as people in so many.
struct Scale {
  double factor = 1;
  std::string unit;  ///< `days a person`, `in 1,000 people`, `in a million`.
};
/// For figures of which `largest` is the one farthest from 0: in a million people where in 1,000
/// there would be next to nobody.
[[nodiscard]] Scale scale_of(const Measure& measure, double largest);

/// Three significant digits (two below 0.1), thousands with commas: `1,230`, `0.012`, `0`.
[[nodiscard]] std::string shown(double value);
/// The same with its sign; `0` has none.
[[nodiscard]] std::string signed_number(double value);
/// With as many more digits as tell the two ends apart.
[[nodiscard]] std::string shown(const Interval& interval, double factor);
/// `< 0.3 in 1,000`, `< 7 % of runs`.
[[nodiscard]] std::string shown(const Bound& bound);
/// What is shown of a difference: 1, more than the baseline; -1, less; 0, neither.
[[nodiscard]] int direction(const Figure& figure);
/// The mean, or `none` where nothing was seen.
[[nodiscard]] std::string value(const Figure& figure, const Measure& measure, const Scale& scale);
/// The interval, or else the bound.
[[nodiscard]] std::string certainty(const Figure& figure, const Scale& scale);
/// A difference, and whether it is shown.
[[nodiscard]] std::string change(const Figure& figure, const Scale& scale);
/// A count, thousands with commas.
[[nodiscard]] std::string counted(std::uint64_t count);

}  // namespace onward::cli
