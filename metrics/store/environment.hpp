// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/store/store.hpp"

namespace onward {

/// With what this program was built and runs: compiler, libraries, processor, system; nothing
/// that names a computer or its owner.
[[nodiscard]] Facts environment_facts();

}  // namespace onward
