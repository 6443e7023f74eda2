// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "metrics/comparison.hpp"
#include "metrics/results_json.hpp"

namespace onward {

/// Comparisons in the form of scenarios/schema/comparison.schema.json, indented.
[[nodiscard]] std::string to_json(const std::vector<Comparison>& comparisons,
                                  const Results& results, const std::string& version);

}  // namespace onward
