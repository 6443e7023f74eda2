// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "metrics/comparison.hpp"
#include "metrics/results_json.hpp"

namespace onward::cli {

/// The comparisons as text for the terminal.
[[nodiscard]] std::string compare_table(const std::vector<Comparison>& comparisons,
                                        const Results& results);

}  // namespace onward::cli
