// SPDX-License-Identifier: Apache-2.0
#include "metrics/account.hpp"

#include "metrics/bytes.hpp"

namespace onward {
namespace {

/// How many words have a bit for each of so many measures.
std::size_t words_for(std::size_t measures) {
  return (measures + 63) / 64;
}

}  // namespace

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

void Pairing::remember(std::size_t group, std::size_t index, const std::vector<Reading>& readings) {
  std::vector<float>& rows = baseline_[group];
  const std::size_t columns = readings.size();
  if (rows.size() < (index + 1) * columns) rows.resize((index + 1) * columns);
  float* row = rows.data() + index * columns;
  for (const Reading& reading : readings) *row++ = static_cast<float>(reading.value);
  std::vector<std::uint64_t>& marks = eventful_[group];
  const std::size_t words = words_for(columns);
  if (marks.size() < (index + 1) * words) marks.resize((index + 1) * words);
  for (std::size_t m = 0; m < columns; ++m)
    if (readings[m].events != 0) marks[index * words + m / 64] |= std::uint64_t{1} << (m % 64);
}

void Pairing::compare(std::size_t group, std::size_t index, const std::vector<Reading>& readings,
                      Account& account) const {
  // INVARIANT: the same people live under every policy.
  const float* row = &baseline_[group].at(index * readings.size());
  const std::uint64_t* marks = &eventful_[group].at(index * words_for(readings.size()));
  for (std::size_t m = 0; m < readings.size(); ++m) {
    if (row[m] != static_cast<float>(readings[m].value)) ++account.at(group, m).differing;
    if (readings[m].events != 0 && (marks[m / 64] >> (m % 64) & 1U) != 0)
      ++account.at(group, m).eventful_in_both;
  }
}

std::string Pairing::to_bytes() const {
  std::string bytes;
  for (const auto& readings : baseline_) put(bytes, readings);
  for (const auto& marks : eventful_) put(bytes, marks);
  return bytes;
}

void Pairing::restore(std::string_view bytes) {
  for (auto& readings : baseline_) take(bytes, readings);
  for (auto& marks : eventful_) take(bytes, marks);
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
  account_.measures = measures.size();
  account_.people.resize(groups);
  account_.entries.resize(groups * measures.size());
}

void Bookkeeper::keep_burdens(const std::vector<double>& weight) {
  weight_ = &weight;
  burden_.resize(measures_.size());
}

Account Bookkeeper::finish(const UnitResult& unit) {
  account_.unit = unit;
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
  for (const Person& person : life.members)
    if (person.cast < 0 && person.entry >= from_day_) count(person);
}

void Bookkeeper::count(const Person& person) {
  const std::vector<Reading>& readings = meter_.read(person);
  ++account_.people[person.group];
  account_.suppressed += person.tally.suppressed;
  for (std::size_t m = 0; m < readings.size(); ++m) {
    const Reading& reading = readings[m];
    Entry& entry = account_.at(person.group, m);
    // Why not always: most readings are 0, and this is where measuring costs most.
    if (reading.value != 0) {
      entry.value.add(reading.value);
      ++entry.contributing;
    }
    if (reading.events != 0) {
      entry.events.add(reading.events);
      ++entry.eventful;
    }
    if (reading.censored != 0) entry.censored.add(reading.censored);
    if (reading.censorable != 0) entry.censorable.add(reading.censorable);
    if (weight_ != nullptr && reading.value != 0 && has_burden(measures_[m]))
      burden_[m].push_back({reading.value, (*weight_)[person.group]});
    if (keeps_persons_ && !reading.nothing())
      account_.persons.push_back({person.group, person.index, m, reading});
  }
  if (role_ == Role::baseline)
    pairing_.remember(person.group, person.index, readings);
  else
    pairing_.compare(person.group, person.index, readings, account_);
}

}  // namespace onward
