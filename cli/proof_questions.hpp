// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "harness/proofs.hpp"

namespace onward::cli {

/// What `onward reach` is asked; nothing, with messages, if it names what is not there.
[[nodiscard]] std::optional<Goal> goal_of(const ReachOptions& options, const Scenario& scenario);

/// Nodes by their ids; nothing, with messages, if one is unknown.
[[nodiscard]] std::optional<DynamicSet> nodes_named(const std::vector<std::string>& ids,
                                                    const Scenario& scenario);

}  // namespace onward::cli
