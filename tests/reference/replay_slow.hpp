// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/random/digest.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward::reference {

/// What one unit did: one policy in one replication.
struct SlowReplay {
  Digest digest;
  std::uint64_t person_events = 0;
  /// One line for each entry of the digest, in the order in which it happens; the cast too.
  std::vector<std::string> trace;
  /// Start minus posting of every case that started and is not of the cast.
  std::vector<double> waits;
  /// By harm: whether it happened and the accumulated hazard up to the threshold, for everybody
  /// whose life began, in the order of groups and members.
  std::map<std::string, std::vector<std::pair<double, double>>> harms;
  /// By benefit: how often it occurred.
  std::map<std::string, std::uint64_t> benefits;
  /// Officer time of the cases that load a desk, up to the horizon.
  double busy_days = 0;
};

/// Replays one unit slowly and plainly, from docs/method/engine.md alone: one list of events for
/// everybody, no caches. Throws std::logic_error if a flow's channel has a bandwidth.
///
/// `people` scales the groups as `--people` does.
SlowReplay replay_slow(const Scenario& scenario, std::size_t policy, std::uint32_t replication,
                       std::optional<int> people = {}, bool with_trace = false);

}  // namespace onward::reference
