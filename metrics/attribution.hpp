// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "metrics/comparison.hpp"
#include "metrics/shapley.hpp"
#include "metrics/variants.hpp"
#include "sim/scenario/clauses.hpp"

namespace onward {

/// How much of the change in one measure each clause brings.
struct AttributedMeasure {
  std::string measure;
  Estimate whole;                ///< The policy less the baseline.
  std::vector<Estimate> shares;  ///< By clause; in each replication they add up to the whole.
  /// By clause: the standard error that comes from the orders being a sample; 0 if exact.
  std::vector<double> order_errors;
};

struct Attribution {
  Bill bill;
  bool exact = true;
  std::size_t policies = 0;  ///< Parts of the policy that were replayed.
  std::vector<AttributedMeasure> measures;
};

struct AttributionPlan {
  std::string baseline;
  std::string policy;
  std::size_t orders = 64;  ///< In which clauses join, if they are too many for all.
  VariantPlan variants;
};

/// The Shapley shares of a policy's clauses. Nothing if `progress` says to stop, or, with a
/// diagnostic, if the policy does not extend the baseline or some part of it cannot stand alone: a
/// grouping error.
[[nodiscard]] std::optional<Attribution> attribute(const Draft& draft, const AttributionPlan& plan,
                                                   Diagnostics& diagnostics,
                                                   const Progress& progress = {});

}  // namespace onward
