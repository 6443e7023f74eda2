// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/commands.hpp"
#include "metrics/results_json.hpp"

namespace onward::cli {

/// How a command replays a scenario, whatever else it does.
struct ReplayRequest {
  std::optional<int> people;  ///< Absent: as the scenario says; so are the next two.
  std::optional<int> replications;
  std::optional<std::uint32_t> seed;
  std::uint32_t first = 0;          ///< Number of the first replication.
  std::optional<std::size_t> jobs;  ///< Absent: one for each core.
  bool sync = false;
  bool persons = false;
  bool burdens = false;                    ///< How harms are spread over people, too.
  std::optional<PrecisionGoal> goal = {};  ///< At most `replications`, until it is reached.
};

/// Tells how much is done, in all; asked several times a second.
using Show = std::function<void(std::size_t done, std::size_t of)>;

/// Replays until all is done or Ctrl-C is pressed. Notes and digest are there if any replication
/// was finished.
[[nodiscard]] Results replay(const ReplayRequest& request, const Scenario& scenario,
                             const std::vector<std::size_t>& policies, const Show& show,
                             Archive* archive = nullptr);

/// Says on standard error what is missing from the results, and why. `again` is a command that
/// replays the same.
[[nodiscard]] Exit missing_from(const Results& results, const std::string& command,
                                const std::string& again);

}  // namespace onward::cli
