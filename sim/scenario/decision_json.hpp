// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "sim/policy/ask.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward {

/// The duties of an alternative: each desk as a list of references in the order
/// of their texts, numbers in days, flags that are true. Nothing that is not asked.
[[nodiscard]] nlohmann::ordered_json to_json(const EffectiveDuties& duties,
                                             const Scenario& scenario);

/// What `onward explain --json` prints of one answer.
[[nodiscard]] nlohmann::ordered_json to_json(const Answer& answer, const Policy& policy,
                                             const Scenario& scenario);

/// A value as JSON, without its places.
[[nodiscard]] nlohmann::json to_json(const Value& value);

}  // namespace onward
