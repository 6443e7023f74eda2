// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "sim/proof/paths.hpp"

namespace onward {

/// One person with a journey and flows made for one path.
struct ConstructedLife {
  Vocabulary vocabulary;  ///< With an attribute `step` at its end, which sets the flows off.
  World world;
  Population population;
  double horizon_days = 0;
};

/// Builds it into a world whose flows and channels are left out; nothing if the path asks for
/// moments or records that cannot be.
[[nodiscard]] std::optional<ConstructedLife> construct_life(const Search& search, const Path& path,
                                                            const World& world);

}  // namespace onward
