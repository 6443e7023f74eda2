// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "viz/report.hpp"

namespace onward {

/// Every combination of the clauses that the scenario names, replayed like the results:
/// `switches` of scenarios/schema/report.schema.json; null where it names none. `headline` are the
/// measures that are kept. Of a combination that is no policy, it says why. Throws
/// std::runtime_error where a clause names what is not there.
[[nodiscard]] nlohmann::ordered_json switches_json(const ReportRequest& request,
                                                   const nlohmann::ordered_json& results,
                                                   const nlohmann::ordered_json& headline);

}  // namespace onward
