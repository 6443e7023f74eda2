// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace onward {

/// The duties of an alternative as phrases; empty if there are none.
[[nodiscard]] std::vector<std::string> in_words(const EffectiveDuties& duties,
                                                const Scenario& scenario);

/// Why a request was denied; empty for `none`.
[[nodiscard]] const char* in_words(Because because);

/// What happens when a permit and a prohibition meet.
[[nodiscard]] const char* in_words(Strategy strategy);

}  // namespace onward
