// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

namespace onward::bench {

/// Forty institutions, people who meet some of them, and records that are passed on: about 15
/// person-events a person. `desks`: one flow in two, the rarer one, needs a desk of its sender;
/// the desks are at full load (the median one 0.9) for the number of people. Else no desk is asked.
[[nodiscard]] nlohmann::json replay_model(int people, bool desks);

}  // namespace onward::bench
