// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "metrics/account.hpp"

namespace onward {

/// Policies that are made of marked parts, whose lives need be lived only once where they are the
/// same.
struct Sharing {
  const RuleMarks* marks = nullptr;
  std::vector<Marks> parts;     ///< By policy of the plan: those that it has.
  KnownLives* known = nullptr;  ///< Goes on from one experiment to the next.
};

/// How a scenario is replayed; the first of `policies` is the baseline.
struct ExperimentPlan {
  std::vector<std::size_t> policies;  ///< Indices into the scenario's; not empty.
  std::uint32_t first = 0;            ///< The number of the first replication.
  int replications = 1;
  double warm_up_days = 0;
  std::optional<int> people;          ///< Of all groups together; absent: as the scenario says.
  bool sync = false;                  ///< Everybody in the calendar: slower, the same result.
  std::vector<std::string> measures;  ///< Only these are measured; empty: all.
  bool burdens = false;               ///< How measures are spread over people, too.
  /// Processes that share the replications, with the same result for any number; 0: this one alone.
  std::size_t jobs = 0;
  bool persons = false;  ///< Whether the archive is handed what each person adds.
  /// Changes no figure; but digests and person-events are then those of the lives that were lived.
  const Sharing* sharing = nullptr;
};

/// A replication that failed twice.
struct FailedReplication {
  std::uint32_t number = 0;
  std::string reason;
};

/// The accounts of every finished replication.
struct Accounts {
  std::vector<Measure> measures;
  std::vector<std::uint32_t> numbers;     ///< Of the finished replications, ascending.
  std::vector<FailedReplication> failed;  ///< Left out.
  /// By policy (in the order of the plan) and place in `numbers`.
  std::vector<std::vector<Account>> of;
  std::vector<double> weight;       ///< By group: real people for each sampled one.
  std::vector<int> people;          ///< By group: sampled in each replication, as planned.
  std::vector<double> desk_factor;  ///< By desk: staff for each real member of staff.
  std::vector<std::string> desks;   ///< `node/desk`, in the same order.
  std::vector<char> shares;         ///< By policy: something is shared between people.

  [[nodiscard]] std::size_t replications() const { return numbers.size(); }
};

/// Told after each unit, and now and then between; says whether to go on.
using Progress = std::function<bool(std::size_t units_done, std::size_t units_planned)>;

/// Where replications are kept as they are finished, so that they need not be replayed again.
/// Only the process that replays calls it; what it throws ends the replay.
class Archive {
 public:
  Archive() = default;
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  virtual ~Archive() = default;

  /// Called first, and again for each further run of replications: everything about the accounts to
  /// come, none of which is there yet.
  virtual void begin(const Accounts& accounts) = 0;
  /// The accounts, by policy, of a replication that was kept before.
  [[nodiscard]] virtual std::optional<std::vector<Account>> kept(std::uint32_t replication) = 0;
  virtual void keep(std::uint32_t replication, const std::vector<Account>& accounts) = 0;
};

/// Replays each replication under each policy, save those that the archive has. If `progress` says
/// to stop, what is kept are the replications that are finished under all policies: the first ones,
/// whatever was finished out of turn. With jobs a replication that fails twice is left out and
/// named, and this process must not have used SimGrid; without, what it throws is thrown.
[[nodiscard]] Accounts replay_all(const Model& model, const std::vector<CompiledPolicy>& compiled,
                                  const ExperimentPlan& plan, const Progress& progress = {},
                                  Archive* archive = nullptr);

/// Of how many people it must be known that they differ: section 4 of docs/method/measures.md.
inline constexpr std::uint64_t enough_people = 30;

}  // namespace onward
