// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "metrics/experiment.hpp"

namespace onward {

/// How precise figures must be before replications stop: docs/method/measures.md, section 9.
struct PrecisionGoal {
  double half_width = 0;              ///< Of the 95 % interval, at most.
  bool relative = false;              ///< As a share of the figure; else in its unit.
  std::vector<std::string> measures;  ///< By name; each under every policy.
};

/// `5%` is relative, `0.002` absolute. Nothing if it is neither, or not above 0.
[[nodiscard]] std::optional<PrecisionGoal> read_precision(const std::string& text);

inline constexpr std::size_t fewest_replications = 30;
inline constexpr double fewest_events = 30;

/// After how many replications it is asked whether to stop: from `fewest_replications` on, each
/// half as many again, then `most`. Why not after each: who looks often enough stops by chance.
[[nodiscard]] std::vector<std::size_t> checkpoints(std::size_t most);

/// What is not yet precise enough, in words; empty if all is. A figure that does not vary, or of
/// which fewer than `fewest_events` were seen, is never precise.
[[nodiscard]] std::string not_yet_precise(const Accounts& accounts, const PrecisionGoal& goal,
                                          const std::vector<std::string>& policies);

/// Why a run has ended.
struct Stopping {
  bool reached = false;
  bool by_hand = false;  ///< Before it was known whether the goal is reached.
  std::string reason;
};

/// As `replay_all`, until the goal is reached, but at most `plan.replications` times: the
/// replications are the first of those that it gives. `policies`: their ids, in the order of the
/// plan.
[[nodiscard]] Accounts replay_until(const Model& model, const std::vector<CompiledPolicy>& compiled,
                                    const ExperimentPlan& plan, const PrecisionGoal& goal,
                                    const std::vector<std::string>& policies, Stopping& stopping,
                                    const Progress& progress = {}, Archive* archive = nullptr);

}  // namespace onward
