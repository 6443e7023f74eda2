// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace onward {

/// Each policy, with the rules in which it differs from the first: `policies` of
/// scenarios/schema/report.schema.json.
[[nodiscard]] nlohmann::ordered_json policies_json(const Scenario& scenario,
                                                   const std::vector<std::size_t>& policies);

}  // namespace onward
