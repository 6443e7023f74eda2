// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sim/world/claim.hpp"

namespace onward {

enum class DurationShape { fixed, exponential, log_normal, erlang, uniform, empirical };

/// A number of days by design, or its distribution.
struct Duration {
  DurationShape shape = DurationShape::fixed;
  double mean = 0;             ///< Days. For fixed: the value itself.
  double cv = 0;               ///< Coefficient of variation, for log-normal.
  int stages = 1;              ///< For erlang.
  double low = 0;              ///< For uniform.
  double high = 0;             ///< For uniform.
  std::vector<double> values;  ///< For empirical.
};

/// How long an officer works on a case: the mean is a claim.
struct ServiceTime {
  DurationShape shape = DurationShape::fixed;
  Claim mean;  ///< Days.
  double cv = 0;
  int stages = 1;
};

}  // namespace onward
