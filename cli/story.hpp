// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/commands.hpp"

namespace onward::cli {

/// `onward explain --person` and `--cast`: one life under each policy.
[[nodiscard]] Exit explain_life(const ExplainOptions& options, const Scenario& scenario,
                                const std::vector<std::size_t>& policies);

}  // namespace onward::cli
