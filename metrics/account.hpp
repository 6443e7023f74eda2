// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/burden.hpp"
#include "metrics/exact_sum.hpp"
#include "metrics/known_lives.hpp"
#include "sim/engine/replay.hpp"

namespace onward {

/// What a group adds to a measure in one unit.
struct Entry {
  ExactSum value;
  ExactSum events;
  ExactSum censored;
  ExactSum censorable;
  std::uint64_t contributing = 0;      ///< People who add something other than 0.
  std::uint64_t eventful = 0;          ///< People to whom it happened.
  std::uint64_t differing = 0;         ///< People who add something else than under the baseline.
  std::uint64_t eventful_in_both = 0;  ///< People to whom it happened under the baseline too.
};

/// One reading of one person, if it is not all 0.
struct PersonReading {
  std::uint32_t group = 0;
  std::uint32_t person = 0;
  std::uint64_t measure = 0;
  Reading reading;
};

/// What one unit came to. Plain: it travels between processes as bytes.
struct Account {
  std::size_t measures = 0;
  std::vector<std::uint64_t> people;  ///< By group, those who count.
  std::vector<Entry> entries;         ///< By group, then measure.
  UnitResult unit;
  std::vector<Burden> burdens;         ///< By measure, if they were asked for: has_burden.
  std::uint64_t suppressed = 0;        ///< Messages that went nowhere, for the notes.
  std::vector<PersonReading> persons;  ///< In no particular order; empty if not asked for.

  [[nodiscard]] Entry& at(std::size_t group, std::size_t measure) {
    return entries[group * measures + measure];
  }
  [[nodiscard]] const Entry& at(std::size_t group, std::size_t measure) const {
    return entries[group * measures + measure];
  }
};

[[nodiscard]] std::string to_bytes(const Account& account);
/// Takes an account off the front of some bytes. Throws std::runtime_error if they are cut short.
[[nodiscard]] Account take_account(std::string_view& bytes);

/// Each person's readings under the baseline, to be compared with those under other policies.
class Pairing {
 public:
  explicit Pairing(std::size_t groups) : people_(groups) {}

  void clear();
  void remember(std::size_t group, std::size_t index, const Readings& readings);
  /// Counts in the account what differs.
  void compare(std::size_t group, std::size_t index, const Readings& readings,
               Account& account) const;

  [[nodiscard]] std::string to_bytes() const;
  /// Throws std::runtime_error if the bytes are cut short.
  void restore(std::string_view bytes);

 private:
  struct Kept {
    float value = 0;
    std::uint16_t measure = 0;
    bool eventful = false;
  };
  /// Those of one person: a stretch of `kept_`.
  struct Stretch {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };

  std::vector<Kept> kept_;
  std::vector<std::vector<Stretch>> people_;  ///< By group.
};

/// Keeps the account of a unit.
class Bookkeeper final : public LifeObserver {
 public:
  enum class Role { baseline, compared };

  /// `from_day`: who enters before counts in nothing. The pairing is filled under the
  /// baseline, read under others.
  Bookkeeper(const Plan& plan, const Staffing& staffing, const std::vector<Measure>& measures,
             double from_day, Pairing& pairing, Role role);

  /// From now on keeps the readings that burdens need. `weight`: by group, of a person.
  void keep_burdens(const std::vector<double>& weight);

  /// From now on lives are remembered there.
  void remember_in(KnownLives& known) { known_ = &known; }

  void lived(const Life& life) override;
  /// Counts a person who need not live again.
  void count(const MeasuredPerson& person);
  /// What all lives came to. Only once.
  [[nodiscard]] Account finish(const UnitResult& unit);
  /// From now on the account also holds what each person adds.
  void keep_persons() { keeps_persons_ = true; }

 private:
  void count(std::size_t group, std::size_t measure, const Reading& reading);
  void add_censored();

  const std::vector<Measure>& measures_;
  PersonMeter meter_;
  double from_day_;
  Pairing& pairing_;
  Role role_;
  bool keeps_persons_ = false;
  KnownLives* known_ = nullptr;
  std::vector<Censoring> censoring_;       ///< By measure.
  std::vector<std::uint64_t> on_the_way_;  ///< By group: people whose journey had not ended.
  Account account_;
  const std::vector<double>* weight_ = nullptr;       ///< If burdens are kept.
  std::vector<std::vector<WeightedReading>> burden_;  ///< By measure, of those who add something.
};

/// Whether it is asked how a measure is spread over people: harms, and exposure.
[[nodiscard]] bool has_burden(const Measure& measure);

}  // namespace onward
