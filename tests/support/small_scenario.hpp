// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "sim/policy/ask.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward::test_support {

/// A valid scenario with one office, one abroad, one category, one purpose and
/// one policy without rules, to be changed by tests.
[[nodiscard]] nlohmann::json small_scenario();

/// The basis of a rule of invented law.
[[nodiscard]] nlohmann::json invented(const std::string& citation);

/// Loads a document; throws with the diagnostics if there are errors.
[[nodiscard]] std::unique_ptr<const Scenario> loaded(const nlohmann::json& document);

/// What a policy says to the first category of a request; throws if it depends on
/// attributes that are left open.
[[nodiscard]] Explanation answer(const Scenario& scenario, std::size_t policy,
                                 const nlohmann::json& request);

/// All diagnostics as text.
[[nodiscard]] std::string complaints(const Diagnostics& diagnostics);

}  // namespace onward::test_support
