// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/conductor.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace onward {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

void fetch(const void* from, std::size_t bytes) {
  const char* at = static_cast<const char*>(from);
  for (std::size_t offset = 0; offset < bytes; offset += 64) __builtin_prefetch(at + offset);
}

}  // namespace

Conductor::Conductor(const Plan& plan, const Staffing& staffing, Replication replication,
                     Platform& platform, Alternatives& alternatives, Slots& slots,
                     const ReplayOptions& options)
    : plan_(plan),
      staffing_(staffing),
      replication_(replication),
      platform_(platform),
      options_(options),
      offices_(staffing, calendar_, plan.cancels),
      alternatives_(alternatives),
      process_(plan, staffing, alternatives, *this, options.trace, options.narrator),
      arrivals_(draw_arrivals(plan, staffing, replication)),
      slots_(slots) {
  if (options.absent != nullptr) leave_out(arrivals_, *options.absent);
}

void Conductor::run() {
  if (options_.cast && replication_.number == 0) admit_cast();
  for (;;) {
    drop_stale();
    const double next = calendar_.empty() ? never : calendar_.first().key.time;
    if (admits_before(next)) {
      admit();
    } else if (platform_.in_flight() && receive_before(next)) {
      continue;
    } else if (next > plan_.model.horizon_days) {
      break;
    } else {
      const Appointment appointment = calendar_.first();
      calendar_.drop_first();
      foresee();
      attend(appointment);
    }
  }
  for (const auto& slot : slots_.all)
    if (slot->alive) finish(*slot);
  result_.person_events = process_.person_events();
}

const Life* Conductor::life_of(const Appointment& appointment) const {
  if (appointment.with == Appointment::With::life) return &slots_.all[appointment.who]->life;
  if (appointment.with != Appointment::With::desk) return nullptr;
  const Case* next = offices_.next_case(appointment.who);
  return next == nullptr ? nullptr : next->life;
}

/// Has the lives that come next fetched into the cache while this one is attended to: many
/// thousands wait for the clock, and each is cold. Changes nothing else.
void Conductor::foresee() const {
  if (calendar_.empty()) return;
  calendar_.after_first([&](const Appointment& soon) {
    if (const Life* life = life_of(soon)) fetch(life, sizeof(Life));
  });
  const Life* next = life_of(calendar_.first());
  if (next == nullptr || next->members.empty()) return;
  const Person& person = next->members.front();
  fetch(next->events.data(), next->events.size() * sizeof(Event));
  fetch(next->messages.data(), next->messages.size() * sizeof(Message));
  fetch(person.copies.data(), (person.copies.size() + 4) * sizeof(Copy));
  fetch(person.held.data(), person.held.size() * sizeof(Held));
  fetch(person.lineages.data(), person.lineages.size() * sizeof(Hash));
  fetch(person.cases.data(), person.cases.size() * sizeof(CaseRecord));
  fetch(person.harms.data(), person.harms.size() * sizeof(HarmState));
  fetch(person.visits.data(), person.visits.size() * sizeof(Visit));
  fetch(person.visits_of.data(), person.visits_of.size() * sizeof(std::uint32_t));
  fetch(person.values.data(), 1);
  fetch(person.records.data(), 1);
  fetch(person.before.data(), 1);
}

/// Appointments that a newer one has replaced.
void Conductor::drop_stale() {
  const auto stale = [&](const Appointment& a) {
    if (a.with == Appointment::With::desk) return !offices_.current(a);
    return a.with == Appointment::With::life && slots_.all[a.who]->stamp != a.stamp;
  };
  while (!calendar_.empty() && stale(calendar_.first())) calendar_.drop_first();
}

void Conductor::attend(const Appointment& appointment) {
  const double now = appointment.key.time;
  offices_.set_clock(now);
  switch (appointment.with) {
    case Appointment::With::life: {
      Slot& slot = *slots_.all[appointment.who];
      process_.step(slot.life);
      settle(slot);
      break;
    }
    case Appointment::With::desk: act(appointment.who, now); break;
    case Appointment::With::officer: offices_.free_officer(appointment); break;
    case Appointment::With::channel: put_on_channel(appointment); break;
  }
}

/// Lets a life run as far as is known.
void Conductor::settle(Slot& slot) {
  Life& life = slot.life;
  ++slot.stamp;  // What it had in the calendar is past.
  while (!options_.sync && life.waiting == 0 && !life.events.empty()) process_.step(life);
  life.met |= alternatives_.take_met();
  if (!life.events.empty())
    stand(slot);
  else if (life.waiting == 0)
    finish(slot);
}

/// Puts a life into the calendar at its next event.
void Conductor::stand(Slot& slot) {
  Appointment appointment;
  appointment.key = slot.life.events.front().key();
  appointment.who = slot.life.slot;
  appointment.stamp = ++slot.stamp;
  calendar_.add(appointment);
}

void Conductor::act(std::uint32_t desk, double now) {
  platform_.follow(now);
  const Offices::Taken taken = offices_.act(desk);
  process_.case_taken(*taken.of.life, taken.of.message, now, taken.start, taken.completion);
  settle(*slots_.all[taken.of.life->slot]);
}

bool Conductor::admits_before(double day) const {
  const bool person =
      next_person_ < arrivals_.people.size() && arrivals_.begins(next_person_) <= day;
  const bool household = next_household_ < arrivals_.households.size() &&
                         arrivals_.households[next_household_].begins <= day;
  return person || household;
}

/// The next who comes.
void Conductor::admit() {
  const double person =
      next_person_ < arrivals_.people.size() ? arrivals_.begins(next_person_) : never;
  const double household = next_household_ < arrivals_.households.size()
                               ? arrivals_.households[next_household_].begins
                               : never;
  Slot& slot = new_slot();
  const auto add = [&](const Arrival& arrival) {
    process_.add_member(slot.life, replication_, arrival.group, arrival.index, -1, arrival.entry);
    ++result_.people;
  };
  if (person <= household) {
    add(arrivals_.people[next_person_++]);
  } else {
    const Household& all = arrivals_.households[next_household_++];
    for (const Arrival& arrival : all.members) add(arrival);
    slot.life.ties = all.ties;
  }
  offices_.set_clock(std::min(person, household));
  begin(slot);
}

void Conductor::admit_cast() {
  const Population& population = *plan_.model.population;
  for (std::size_t c = 0; c < population.cast.size(); ++c) {
    const CastMember& member = population.cast[c];
    const Group& group = population.groups[member.group];
    const Luck luck(replication_, hash_of("cast/" + member.name), 0);
    const double entry = member.enter_day ? *member.enter_day : entry_of(group, luck);
    Slot& slot = new_slot();
    process_.add_member(slot.life, replication_, static_cast<std::uint32_t>(member.group), 0,
                        static_cast<std::int32_t>(c), entry);
    // Why stand: nothing has happened yet, and they may enter late.
    if (!slot.life.events.empty()) stand(slot);
  }
}

/// A life's first event is its first appointment, or begins at once.
void Conductor::begin(Slot& slot) {
  if (options_.sync && !slot.life.events.empty())
    stand(slot);
  else
    settle(slot);
}

Slot& Conductor::new_slot() {
  if (slots_.free.empty()) {
    slots_.free.push_back(static_cast<std::uint32_t>(slots_.all.size()));
    slots_.all.push_back(std::make_unique<Slot>());
  }
  const std::uint32_t number = slots_.free.back();
  slots_.free.pop_back();
  result_.most_in_flight = std::max(result_.most_in_flight, ++in_flight_);
  Slot& slot = *slots_.all[number];
  slot.life.slot = number;
  slot.alive = true;
  return slot;
}

void Conductor::finish(Slot& slot) {
  for (const Person& person : slot.life.members)
    if (person.cast < 0) result_.digest += person.hash.digest();
  if (options_.observer != nullptr) options_.observer->lived(slot.life);
  slot.alive = false;
  ++slot.stamp;
  slot.life.clear();
  slots_.free.push_back(slot.life.slot);
  --in_flight_;
}

std::uint32_t Conductor::post(const Case& posted) {
  posted.life->scarce = true;
  return offices_.post(posted);
}

void Conductor::withdraw(std::uint32_t desk, std::uint32_t ticket) {
  offices_.withdraw(desk, ticket);
}

void Conductor::release(std::uint32_t desk, double completion, double at) {
  offices_.release(desk, completion, at);
}

void Conductor::transmit(Life& life, std::uint32_t message, ChannelId channel, const Key& key) {
  life.scarce = true;
  Appointment appointment;
  appointment.key = key;
  appointment.with = Appointment::With::channel;
  appointment.who = static_cast<std::uint32_t>(sendings_.size());
  sendings_.push_back({slots_.all[life.slot].get(), message, channel.index()});
  calendar_.add(appointment);
}

void Conductor::put_on_channel(const Appointment& appointment) {
  platform_.sleep_until(appointment.key.time);
  const std::uint32_t transfer = platform_.transmit(sendings_[appointment.who].channel, 1);
  if (sending_of_transfer_.size() <= transfer) sending_of_transfer_.resize(transfer + 1);
  sending_of_transfer_[transfer] = appointment.who;
}

/// Waits for a transfer that ends by `day`; what ends after the horizon is let go.
bool Conductor::receive_before(double day) {
  const auto arrived = platform_.wait_until(day);
  if (!arrived) return false;
  const Sending& sending = sendings_[sending_of_transfer_[arrived->transfer]];
  offices_.set_clock(arrived->day);
  if (!sending.slot->alive) return true;
  process_.transmitted(sending.slot->life, sending.message, arrived->day);
  settle(*sending.slot);
  return true;
}

}  // namespace onward
