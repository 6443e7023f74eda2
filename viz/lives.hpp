// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "viz/report.hpp"

namespace onward {

/// What a replay of the first replication shows: `map` and `stories` of
/// scenarios/schema/report.schema.json.
struct Replayed {
  nlohmann::ordered_json map;
  nlohmann::ordered_json stories;
};

[[nodiscard]] Replayed replay_for_report(const ReportRequest& request);

}  // namespace onward
