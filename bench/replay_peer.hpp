// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/scenario/scenario.hpp"

namespace onward::bench {

/// What the desks did, all together.
struct DeskAccount {
  std::uint64_t cases = 0;  ///< That an officer began.
  double waited = 0;        ///< Days, from posting to start.
  double busy = 0;          ///< Officers' days before `until`.
  double until = 0;

  /// A case that an officer began.
  void add(double posted, double started, double completed) {
    ++cases;
    waited += started - posted;
    busy += std::max(0.0, std::min(completed, until) - std::min(started, until));
  }
};

/// What one replay came to, whoever did it.
struct Replayed {
  std::uint64_t people = 0;
  std::uint64_t person_events = 0;
  DeskAccount desks;
};

/// What waits for the day on which copies must go. Actors are what S4U offers; timers are of
/// SimGrid's kernel, and cheaper.
enum class Deadlines { actors, timers };

/// Replays the first policy of the bench's scenario (bench/replay_model.hpp) on plain SimGrid: an
/// actor for each person and each message; desks are semaphores. Knows only what that scenario
/// has in it. Once a process, which must end by _exit: people are still under way at the horizon.
/// `busy_until`: the day up to which the desks' work is counted.
[[nodiscard]] Replayed replay_on_simgrid(const Scenario& scenario, double busy_until,
                                         Deadlines deadlines);

}  // namespace onward::bench
