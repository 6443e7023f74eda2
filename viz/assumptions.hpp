// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace onward {

/// Every claim of a scenario as it is written, in the order of writing: `assumptions` of
/// scenarios/schema/report.schema.json. `file` is the scenario's. Throws std::runtime_error if it
/// can no longer be read.
[[nodiscard]] nlohmann::ordered_json assumptions_of(const std::string& file);

}  // namespace onward
