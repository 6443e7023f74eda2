// SPDX-License-Identifier: Apache-2.0
#include "metrics/account.hpp"

#include "metrics/bytes.hpp"

namespace onward {

bool has_burden(const Measure& measure) {
  return measure.kind == Measure::Kind::harm || measure.kind == Measure::Kind::exposure;
}

std::string to_bytes(const Account& account) {
  std::string bytes;
  put(bytes, &account.measures, 1);
  put(bytes, account.people);
  put(bytes, account.entries);
  put(bytes, account.burdens);
  put(bytes, &account.unit, 1);
  put(bytes, &account.suppressed, 1);
  put(bytes, account.persons);
  return bytes;
}

Account take_account(std::string_view& bytes) {
  Account account;
  take(bytes, &account.measures, 1);
  take(bytes, account.people);
  take(bytes, account.entries);
  take(bytes, account.burdens);
  take(bytes, &account.unit, 1);
  take(bytes, &account.suppressed, 1);
  take(bytes, account.persons);
  return account;
}

void Pairing::clear() {
  kept_.clear();
  for (auto& people : people_) people.clear();
}

void Pairing::remember(std::size_t group, std::size_t index, const Readings& readings) {
  auto& people = people_[group];
  if (people.size() <= index) people.resize(index + 1);
  const auto first = static_cast<std::uint32_t>(kept_.size());
  readings.for_each([&](std::size_t m, const Reading& reading) {
    kept_.push_back(
        {static_cast<float>(reading.value), static_cast<std::uint16_t>(m), reading.events != 0});
  });
  people[index] = {first, static_cast<std::uint32_t>(kept_.size()) - first};
}

void Pairing::compare(std::size_t group, std::size_t index, const Readings& readings,
                      Account& account) const {
  // INVARIANT: the same people live under every policy.
  const Stretch& stretch = people_[group].at(index);
  const Kept* kept = kept_.data() + stretch.first;
  const Kept* const end = kept + stretch.count;
  const auto differs = [&](std::size_t m, float one, float other) {
    if (one != other) ++account.at(group, m).differing;
  };
  readings.for_each([&](std::size_t m, const Reading& reading) {
    for (; kept != end && kept->measure < m; ++kept) differs(kept->measure, kept->value, 0);
    const bool there = kept != end && kept->measure == m;
    differs(m, there ? kept->value : 0, static_cast<float>(reading.value));
    if (there && kept->eventful && reading.events != 0) ++account.at(group, m).eventful_in_both;
    kept += there ? 1 : 0;
  });
  for (; kept != end; ++kept) differs(kept->measure, kept->value, 0);
}

std::string Pairing::to_bytes() const {
  std::string bytes;
  put(bytes, kept_);
  for (const auto& people : people_) put(bytes, people);
  return bytes;
}

void Pairing::restore(std::string_view bytes) {
  take(bytes, kept_);
  for (auto& people : people_) take(bytes, people);
}

Bookkeeper::Bookkeeper(const Plan& plan, const Staffing& staffing,
                       const std::vector<Measure>& measures, double from_day, Pairing& pairing,
                       Role role)
    : measures_(measures),
      meter_(plan, staffing, measures),
      from_day_(from_day),
      pairing_(pairing),
      role_(role) {
  const std::size_t groups = plan.model.population->groups.size();
  for (const Measure& measure : measures) censoring_.push_back(censoring_of(measure.kind));
  on_the_way_.resize(groups);
  account_.measures = measures.size();
  account_.people.resize(groups);
  account_.entries.resize(groups * measures.size());
}

void Bookkeeper::keep_burdens(const std::vector<double>& weight) {
  weight_ = &weight;
  burden_.resize(measures_.size());
}

/// Adds what is the same for many measures, so that it need not be counted for each person.
void Bookkeeper::add_censored() {
  for (std::size_t g = 0; g < account_.people.size(); ++g)
    for (std::size_t m = 0; m < measures_.size(); ++m) {
      Entry& entry = account_.at(g, m);
      if (censoring_[m] == Censoring::own) continue;
      entry.censorable.add(static_cast<double>(account_.people[g]));
      if (censoring_[m] == Censoring::journey)
        entry.censored.add(static_cast<double>(on_the_way_[g]));
    }
}

Account Bookkeeper::finish(const UnitResult& unit) {
  account_.unit = unit;
  add_censored();
  if (weight_ != nullptr) {
    double weight = 0;
    for (std::size_t g = 0; g < account_.people.size(); ++g)
      weight += (*weight_)[g] * static_cast<double>(account_.people[g]);
    for (auto& readings : burden_)
      account_.burdens.push_back(burden_of(std::move(readings), weight));
  }
  return std::move(account_);
}

void Bookkeeper::lived(const Life& life) {
  for (const Person& person : life.members) {
    if (person.cast >= 0 || person.entry < from_day_) continue;
    const MeasuredPerson measured{person.group, person.index, person.tally.suppressed,
                                  &meter_.read(person)};
    count(measured);
    if (known_ != nullptr) known_->add(measured);
  }
  if (known_ != nullptr) known_->remember(life);
}

void Bookkeeper::count(const MeasuredPerson& person) {
  const Readings& readings = *person.readings;
  ++account_.people[person.group];
  account_.suppressed += person.suppressed;
  on_the_way_[person.group] += readings.on_the_way ? 1U : 0U;
  readings.for_each([&](std::size_t m, const Reading& reading) {
    count(person.group, m, reading);
    if (keeps_persons_) account_.persons.push_back({person.group, person.index, m, reading});
  });
  if (role_ == Role::baseline)
    pairing_.remember(person.group, person.index, readings);
  else
    pairing_.compare(person.group, person.index, readings, account_);
}

void Bookkeeper::count(std::size_t group, std::size_t measure, const Reading& reading) {
  Entry& entry = account_.at(group, measure);
  if (reading.value != 0) {
    entry.value.add(reading.value);
    ++entry.contributing;
    if (weight_ != nullptr && has_burden(measures_[measure]))
      burden_[measure].push_back({reading.value, (*weight_)[group]});
  }
  if (reading.events != 0) {
    entry.events.add(reading.events);
    ++entry.eventful;
  }
  if (censoring_[measure] == Censoring::journey) return;
  if (reading.censored != 0) entry.censored.add(reading.censored);
  if (censoring_[measure] == Censoring::own) entry.censorable.add(reading.censorable);
}

}  // namespace onward
