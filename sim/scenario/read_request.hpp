// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "sim/policy/ask.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward {

/// Reads a request that meets `suite.schema.json#/definitions/request`. Nothing,
/// with diagnostics, if it names something that the scenario does not have.
[[nodiscard]] std::optional<OpenRequest> read_request(const Value& value, const Scenario& scenario,
                                                      Diagnostics& diagnostics);

/// The same from a text, checked against the schema first.
[[nodiscard]] std::optional<OpenRequest> read_request_text(const std::string& text,
                                                           const std::string& shown_as,
                                                           const Scenario& scenario,
                                                           Diagnostics& diagnostics);

}  // namespace onward
