// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace onward {

/// The page as it was built from viz/web; empty where the program was built without Node.
[[nodiscard]] std::string_view page_template();

}  // namespace onward
