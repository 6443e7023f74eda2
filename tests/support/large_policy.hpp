// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

namespace onward::test_support {

/// How large a scenario is.
struct Extent {
  std::size_t nodes = 120;
  std::size_t categories = 40;
  std::size_t rules = 200;
};

/// A valid scenario as large as a law of many institutions: selectors by tag, kind and name,
/// narrow permits, some prohibitions with provenance or inference, a few requirements. The same
/// everywhere.
[[nodiscard]] nlohmann::json large_scenario(const Extent& extent);

}  // namespace onward::test_support
