// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/offices.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace onward {
namespace {

template <class Waiting>
bool later(const Waiting& a, const Waiting& b) {
  return b.key.before(a.key);
}

}  // namespace

Offices::Offices(const Staffing& staffing, Calendar& calendar, bool cancels)
    : staffing_(&staffing),
      calendar_(&calendar),
      desks_(staffing.officers.size()),
      cancels_(cancels) {
  for (std::size_t d = 0; d < desks_.size(); ++d)
    desks_[d].free_at.assign(static_cast<std::size_t>(staffing.officers[d]), 0);
}

std::uint32_t Offices::post(const Case& posted) {
  // INVARIANT: people run ahead of the clock, never behind it.
  if (posted.key.time < clock_) throw std::logic_error("a case was posted before the clock");
  std::uint32_t ticket = static_cast<std::uint32_t>(cases_.size());
  if (free_tickets_.empty()) {
    cases_.emplace_back(posted);
  } else {
    ticket = free_tickets_.back();
    free_tickets_.pop_back();
    cases_[ticket] = posted;
  }
  Desk& desk = desks_[posted.desk];
  desk.tray.push_back({posted.key, ticket});
  std::push_heap(desk.tray.begin(), desk.tray.end(), later<Waiting>);
  announce(posted.desk, false);
  return ticket;
}

void Offices::withdraw(std::uint32_t desk, std::uint32_t ticket) {
  cases_[ticket].reset();
  announce(desk, false);
}

void Offices::release(std::uint32_t desk, double completion, double at) {
  if (at < clock_) throw std::logic_error("an officer was freed before the clock");
  Appointment appointment;
  appointment.key.time = at;
  appointment.key.cls = EventClass::calendar;
  appointment.key.part = releases_.size();
  appointment.with = Appointment::With::officer;
  appointment.who = static_cast<std::uint32_t>(releases_.size());
  releases_.push_back({desk, completion});
  calendar_->add(appointment);
}

void Offices::free_officer(const Appointment& appointment) {
  const Release& release = releases_[appointment.who];
  Desk& desk = desks_[release.desk];
  const auto busy = std::find(desk.free_at.begin(), desk.free_at.end(), release.completion);
  if (busy == desk.free_at.end()) throw std::logic_error("no officer is at the case");
  *busy = appointment.key.time;
  std::make_heap(desk.free_at.begin(), desk.free_at.end(), std::greater<>());
  announce(release.desk, false);
}

void Offices::drop_withdrawn(Desk& desk) {
  while (!desk.tray.empty() && !cases_[desk.tray.front().ticket]) {
    free_tickets_.push_back(desk.tray.front().ticket);
    std::pop_heap(desk.tray.begin(), desk.tray.end(), later<Waiting>);
    desk.tray.pop_back();
  }
}

/// When the desk takes its first case.
///
/// Whoever finds an officer free is served in the order of desk acts. Others come after all who
/// are posted at the same moment; but then it is known when their turn comes, unless somebody
/// may yet give up a place. A service of no length would set off events at the moment
/// at which it starts, in an order which only that moment knows: so it waits for it.
Key Offices::next_act(const Desk& desk) const {
  Key next = desk.tray.front().key;
  const double start = std::max(next.time, desk.free_at.front());
  const bool waits = start > next.time;
  const bool known = !cancels_ && start + cases_[desk.tray.front().ticket]->service_days > start;
  if (waits && known) {
    next.time = std::max(next.time, clock_);
    next.cls = EventClass::queue;
  } else {
    next.time = start;
  }
  return next;
}

/// Makes sure that the desk's next act is in the calendar.
void Offices::announce(std::uint32_t index, bool anew) {
  Desk& desk = desks_[index];
  drop_withdrawn(desk);
  if (desk.tray.empty()) {
    ++desk.stamp;
    desk.has_appointment = false;
    return;
  }
  const Key next = next_act(desk);
  const bool same = desk.has_appointment && !anew && next == desk.announced;
  if (same) return;
  desk.announced = next;
  desk.has_appointment = true;
  Appointment appointment;
  appointment.key = next;
  appointment.with = Appointment::With::desk;
  appointment.who = index;
  appointment.stamp = ++desk.stamp;
  calendar_->add(appointment);
}

Offices::Taken Offices::act(std::uint32_t index) {
  Desk& desk = desks_[index];
  const std::uint32_t ticket = desk.tray.front().ticket;
  std::pop_heap(desk.tray.begin(), desk.tray.end(), later<Waiting>);
  desk.tray.pop_back();
  Taken taken{*cases_[ticket], 0, 0};
  taken.start = std::max(taken.of.key.time, desk.free_at.front());
  cases_[ticket].reset();
  free_tickets_.push_back(ticket);
  taken.completion = taken.start + taken.of.service_days;
  if (taken.of.loads) {
    std::pop_heap(desk.free_at.begin(), desk.free_at.end(), std::greater<>());
    desk.free_at.back() = taken.completion;
    std::push_heap(desk.free_at.begin(), desk.free_at.end(), std::greater<>());
  }
  announce(index, true);
  return taken;
}

}  // namespace onward
