// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

namespace onward::bench {

/// Forty institutions, people who meet some of them, and records that are passed on: about 15
/// person-events a person. `desks`: one flow in two, the rarer one, needs a desk of its sender;
/// the desks are sized for the number of people: some offices are at full load, most are not
/// (replay_bench prints how busy they are). Else no desk is asked.
[[nodiscard]] nlohmann::json replay_model(int people, bool desks);

}  // namespace onward::bench
