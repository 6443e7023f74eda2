// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sim/scenario/compose.hpp"

namespace onward {

/// Works out each policy of the list: what it extends, then its own patch.
///
/// Reports unknown and circular `extends`, changes to rules that are not there,
/// and patched rules that no longer meet their schema. The values must outlive
/// the result.
[[nodiscard]] std::vector<ComposedPolicy> apply_patches(const std::vector<Value>& policies,
                                                        Diagnostics& diagnostics);

}  // namespace onward
