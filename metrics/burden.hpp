// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace onward {

/// How a measure is spread over the people of one replication.
struct Burden {
  double median = 0;
  double percentile_95 = 0;
  double percentile_99 = 0;
  /// Of the whole, what the 1 % of people bear who bear most; 0 if there is nothing to bear.
  double share_of_top_1 = 0;
};

/// A person's reading, for so many real people.
struct WeightedReading {
  double value = 0;
  double weight = 0;
};

/// A q-quantile is the least value such that people of a share q have at most that much. The people
/// who bear most are taken whole, but for the last of them, of whom as much is taken as is missing.
///
/// `readings`: of everybody to whom it is not 0; `weight`: of all people, those included. The same
/// whatever the order of the readings.
[[nodiscard]] Burden burden_of(std::vector<WeightedReading> readings, double weight);

}  // namespace onward
