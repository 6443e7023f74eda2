// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/commands.hpp"
#include "metrics/stopping.hpp"

namespace onward::cli {

/// How often everything is replayed: as asked for, else as the scenario says; until figures are
/// precise, at most a thousand times or so.
[[nodiscard]] int replications_of(const RunOptions& options, const Scenario& scenario);

/// What must become precise; nothing if a number of replications was fixed. Puts false into `good`,
/// with a message, if what was asked makes no sense.
[[nodiscard]] std::optional<PrecisionGoal> goal_of(const RunOptions& options,
                                                   const Scenario& scenario, bool& good);

}  // namespace onward::cli
