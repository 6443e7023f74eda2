// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

namespace onward::test_support {

/// A small world with a law of few rules: at most 8 nodes, 4 categories and some 16 kinds of
/// people; status changes, wrong records, provenance, inferences, derogations, dates and retention.
/// The same number gives the same scenario.
[[nodiscard]] nlohmann::json random_law(std::uint32_t number);

}  // namespace onward::test_support
