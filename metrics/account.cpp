// SPDX-License-Identifier: Apache-2.0
#include "metrics/account.hpp"

#include <cstring>
#include <stdexcept>
#include <type_traits>

namespace onward {
namespace {

template <class T>
void put(std::string& bytes, const T* from, std::size_t count) {
  static_assert(std::is_trivially_copyable_v<T>);
  bytes.append(reinterpret_cast<const char*>(from), count * sizeof(T));
}

template <class T>
void put(std::string& bytes, const std::vector<T>& list) {
  const std::size_t size = list.size();
  put(bytes, &size, 1);
  put(bytes, list.data(), size);
}

/// Takes what `put` wrote, in the same order.
template <class T>
void take(std::string_view& bytes, T* to, std::size_t count) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (bytes.size() < count * sizeof(T)) throw std::runtime_error("a unit's result is cut short");
  if (count > 0) std::memcpy(to, bytes.data(), count * sizeof(T));
  bytes.remove_prefix(count * sizeof(T));
}

template <class T>
void take(std::string_view& bytes, std::vector<T>& list) {
  std::size_t size = 0;
  take(bytes, &size, 1);
  list.resize(size);
  take(bytes, list.data(), size);
}

}  // namespace

std::string to_bytes(const Account& account) {
  std::string bytes;
  put(bytes, &account.measures, 1);
  put(bytes, account.people);
  put(bytes, account.entries);
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
}

void Pairing::compare(std::size_t group, std::size_t index, const std::vector<Reading>& readings,
                      Account& account) const {
  // INVARIANT: the same people live under every policy.
  const float* row = &baseline_[group].at(index * readings.size());
  for (std::size_t m = 0; m < readings.size(); ++m)
    if (row[m] != static_cast<float>(readings[m].value)) ++account.at(group, m).differing;
}

std::string Pairing::to_bytes() const {
  std::string bytes;
  for (const auto& readings : baseline_) put(bytes, readings);
  return bytes;
}

void Pairing::restore(std::string_view bytes) {
  for (auto& readings : baseline_) take(bytes, readings);
}

Bookkeeper::Bookkeeper(const Plan& plan, const std::vector<Measure>& measures, double from_day,
                       Pairing& pairing, Role role)
    : meter_(plan, measures), from_day_(from_day), pairing_(pairing), role_(role) {
  const std::size_t groups = plan.model.population->groups.size();
  account_.measures = measures.size();
  account_.people.resize(groups);
  account_.entries.resize(groups * measures.size());
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
    entry.value.add(reading.value);
    entry.events.add(reading.events);
    entry.censored.add(reading.censored);
    entry.censorable.add(reading.censorable);
    entry.contributing += reading.value != 0 ? 1U : 0U;
    entry.eventful += reading.events != 0 ? 1U : 0U;
    if (keeps_persons_ && !reading.nothing())
      account_.persons.push_back({person.group, person.index, m, reading});
  }
  if (role_ == Role::baseline)
    pairing_.remember(person.group, person.index, readings);
  else
    pairing_.compare(person.group, person.index, readings, account_);
}

}  // namespace onward
