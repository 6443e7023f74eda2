// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "sim/engine/arrivals.hpp"
#include "sim/engine/offices.hpp"
#include "sim/engine/platform.hpp"
#include "sim/engine/replay.hpp"

namespace onward {

/// A life in memory, used again when it has ended.
struct Slot {
  Life life;
  std::uint32_t stamp = 0;
  bool alive = false;
};

/// Lives in memory, kept from one unit to the next for the room that they have.
struct Slots {
  std::vector<std::unique_ptr<Slot>> all;
  std::vector<std::uint32_t> free;
};

/// Brings people and institutions together in one order of time: docs/method/engine.md, 9.
///
/// A life without a waiting case runs ahead of the clock until it needs something
/// scarce; one with a waiting case stands in the calendar at its next event. So
/// nothing is posted before the clock, and nothing happens out of order. One
/// conductor replays one unit, as SimGrid's only actor.
class Conductor final : public Counter {
 public:
  /// What is kept in `alternatives` and `slots` changes no result.
  Conductor(const Plan& plan, const Staffing& staffing, Replication replication, Platform& platform,
            Alternatives& alternatives, Slots& slots, const ReplayOptions& options);

  /// The whole unit.
  void run();
  [[nodiscard]] const UnitResult& result() const { return result_; }

  std::uint32_t post(const Case& posted) override;
  void withdraw(std::uint32_t desk, std::uint32_t ticket) override;
  void release(std::uint32_t desk, double completion, double at) override;
  void transmit(Life& life, std::uint32_t message, ChannelId channel, const Key& key) override;

 private:
  struct Sending {
    Slot* slot = nullptr;
    std::uint32_t message = 0;
    std::size_t channel = 0;
  };

  [[nodiscard]] bool admits_before(double day) const;
  void admit();
  void admit_cast();
  Slot& new_slot();
  void begin(Slot& slot);
  void attend(const Appointment& appointment);
  void act(std::uint32_t desk, double now);
  void put_on_channel(const Appointment& appointment);
  [[nodiscard]] bool receive_before(double day);
  void settle(Slot& slot);
  void stand(Slot& slot);
  void finish(Slot& slot);
  void drop_stale();
  [[nodiscard]] const Life* life_of(const Appointment& appointment) const;
  void foresee() const;

  const Plan& plan_;
  const Staffing& staffing_;
  Replication replication_;
  Platform& platform_;
  ReplayOptions options_;
  Calendar calendar_;
  Offices offices_;
  Alternatives& alternatives_;
  Process process_;
  Arrivals arrivals_;
  std::size_t next_person_ = 0;
  std::size_t next_household_ = 0;
  Slots& slots_;
  std::size_t in_flight_ = 0;
  std::vector<Sending> sendings_;
  std::vector<std::uint32_t> sending_of_transfer_;
  UnitResult result_;
};

}  // namespace onward
