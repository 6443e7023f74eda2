// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "sim/engine/calendar.hpp"
#include "sim/people/process.hpp"

namespace onward {

/// The desks of all institutions: officers serve cases, first come, first served.
class Offices {
 public:
  /// Both must outlive the offices. `cancels`: cases may be withdrawn, officers freed.
  Offices(const Staffing& staffing, Calendar& calendar, bool cancels);

  /// As in Counter.
  std::uint32_t post(const Case& posted);
  void withdraw(std::uint32_t desk, std::uint32_t ticket);
  void release(std::uint32_t desk, double completion, double at);

  /// A case of which it is known when an officer begins it, now or later.
  struct Taken {
    Case of;
    double start = 0;
    double completion = 0;
  };
  /// Whether a desk's appointment is its newest.
  [[nodiscard]] bool current(const Appointment& appointment) const {
    return desks_[appointment.who].stamp == appointment.stamp;
  }
  /// The case that a desk will take next, if it has one.
  [[nodiscard]] const Case* next_case(std::uint32_t desk) const {
    const std::vector<Waiting>& tray = desks_[desk].tray;
    return tray.empty() || !cases_[tray.front().ticket] ? nullptr : &*cases_[tray.front().ticket];
  }
  /// An officer takes the first case, at once or as soon as she is free.
  [[nodiscard]] Taken act(std::uint32_t desk);
  /// An officer becomes free before her time (an appointment made by `release`).
  void free_officer(const Appointment& appointment);

  /// The latest moment that has been dealt with; nothing may be posted before it.
  void set_clock(double now) { clock_ = now; }

 private:
  struct Waiting {
    Key key;
    std::uint32_t ticket = 0;
  };
  struct Desk {
    std::vector<Waiting> tray;    ///< A heap, the first on top.
    std::vector<double> free_at;  ///< A heap by officer, the earliest on top.
    Key announced;
    std::uint32_t stamp = 0;
    bool has_appointment = false;
  };
  struct Release {
    std::uint32_t desk = 0;
    double completion = 0;
  };

  [[nodiscard]] Key next_act(const Desk& desk) const;
  void announce(std::uint32_t desk, bool anew);
  void drop_withdrawn(Desk& desk);

  const Staffing* staffing_;
  Calendar* calendar_;
  std::vector<Desk> desks_;
  std::vector<std::optional<Case>> cases_;  ///< By ticket; empty: withdrawn or free.
  std::vector<std::uint32_t> free_tickets_;
  std::vector<Release> releases_;
  double clock_ = 0;
  bool cancels_ = false;
};

}  // namespace onward
