// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace onward::test_support {

/// A whole valid scenario with one dense random policy under `strategy` (prohibit, perm, invalid).
///
/// The same seed and strategy give the same document on every platform and standard library.
nlohmann::json random_scenario(std::uint64_t seed, const std::string& strategy);

/// A random request of the scenario, in the words of docs/method/decisions.md, section 1.
///
/// Half are made to fit a rule of the first policy, so that most of these match one; the rest is
/// uniform. `scenario` must come from `random_scenario`.
nlohmann::json random_request(const nlohmann::json& scenario, std::uint64_t seed);

/// The scenario without one rule of its first policy, and without the derogations from it.
nlohmann::json without_rule(nlohmann::json scenario, const std::string& id);

}  // namespace onward::test_support
