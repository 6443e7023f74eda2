// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "metrics/experiment.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward::test_support {

/// One person who is met by the office on day 0, for a year; the office tells abroad of her.
[[nodiscard]] nlohmann::json told_of();

/// All policies of a scenario, the first of them the baseline.
[[nodiscard]] Accounts replayed(const Scenario& scenario, int replications = 1,
                                bool burdens = false);

/// The mean of a measure under the first policy, in one replication.
[[nodiscard]] double mean(const nlohmann::json& document, const std::string& measure);

}  // namespace onward::test_support
