// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "metrics/summary.hpp"

namespace onward {

using Json = nlohmann::ordered_json;

/// A figure as in scenarios/schema/results.schema.json.
[[nodiscard]] Json as_json(const Figure& figure, const Measure& measure);

/// The same text everywhere: indented, with what is not UTF-8 replaced.
[[nodiscard]] std::string dumped(const Json& json);

/// How many people are sampled in each replication.
[[nodiscard]] std::uint64_t people_of(const Accounts& accounts);

}  // namespace onward
