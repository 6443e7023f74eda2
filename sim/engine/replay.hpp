// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/arrivals.hpp"
#include "sim/engine/platform.hpp"
#include "sim/people/process.hpp"

namespace onward {

/// Watches a replay. A life is handed over when it has ended, whole; lives end in no
/// particular order.
class LifeObserver {
 public:
  LifeObserver() = default;
  LifeObserver(const LifeObserver&) = delete;
  LifeObserver& operator=(const LifeObserver&) = delete;
  virtual ~LifeObserver() = default;
  virtual void lived(const Life& life) = 0;
};

struct ReplayOptions {
  bool sync = false;  ///< Everybody always stands in the calendar: slower, the same result.
  bool cast = true;   ///< The cast walks in replication 0.
  std::vector<std::string>* trace = nullptr;  ///< Gets a line for each entry of the digest.
  LifeObserver* observer = nullptr;
  Narrator* narrator = nullptr;  ///< Hears of the decisions in lives that it follows.
  /// Who does not come, because it is known how they live; they must need nothing that is scarce.
  const Absent* absent = nullptr;
};

/// What one policy in one replication came to.
struct UnitResult {
  Digest digest;
  std::uint64_t people = 0;  ///< Without the cast.
  std::uint64_t person_events = 0;
  std::size_t most_in_flight = 0;  ///< Lives held in memory at once.
};

/// A scenario ready to be replayed: each policy's plan, the staffing, the platform.
///
/// Model and policies must outlive it. Not for several threads; make one in each process.
class Replay {
 public:
  /// One plan for each policy. `people`, if given, is the number of people of all groups together;
  /// `marks`, if given, must outlive it: then every life says which marked rules it met.
  Replay(const Model& model, const std::vector<CompiledPolicy>& compiled,
         std::optional<int> people = {}, const RuleMarks* marks = nullptr);
  ~Replay();
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  /// One unit: docs/method/engine.md. The same answer whatever was run before.
  [[nodiscard]] UnitResult run(std::size_t policy, std::uint32_t replication,
                               const ReplayOptions& options = {});

  /// Whether records travel over channels of limited capacity. Then SimGrid says when
  /// they arrive, to the last bits by its own clock, and each unit needs a process of its own
  /// (in_child.hpp): a second one in the same process is refused with std::logic_error.
  [[nodiscard]] bool transmits() const { return transmits_; }

  [[nodiscard]] const Plan& plan(std::size_t policy) const { return *plans_[policy]; }
  [[nodiscard]] const Staffing& staffing() const { return staffing_; }

 private:
  Model model_;
  std::vector<std::unique_ptr<const Plan>> plans_;
  std::vector<std::unique_ptr<Alternatives>> alternatives_;  ///< By policy.
  Staffing staffing_;
  bool transmits_ = false;
  std::unique_ptr<struct Slots> slots_;
  std::unique_ptr<Platform> platform_;  ///< Made when it is first needed.
};

/// The digest of a run: those of its units, by policy id and replication, whatever their order.
struct UnitName {
  std::string policy;
  std::uint32_t replication = 0;
  Digest digest;
};
[[nodiscard]] Digest digest_of(std::vector<UnitName> units);

}  // namespace onward
