// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include "metrics/measure.hpp"
#include "sim/people/life.hpp"
#include "sim/people/staffing.hpp"

namespace onward {

/// What one person adds to one measure.
struct Reading {
  double value = 0;
  double events = 0;    ///< A harm's N; else as `value` where something is counted.
  double censored = 0;  ///< Of `censorable`, what was cut off by the horizon.
  double censorable = 0;

  [[nodiscard]] bool nothing() const {
    return value == 0 && events == 0 && censored == 0 && censorable == 0;
  }
};

/// What one person adds to all measures; those to which she adds nothing are left out, for they are
/// most, and this is where measuring costs.
class Readings {
 public:
  explicit Readings(std::size_t measures) : all_(measures), marks_((measures + 63) / 64) {}

  void clear() { std::fill(marks_.begin(), marks_.end(), 0U); }
  /// The reading of a measure, to be filled in; 0 if it was left out so far.
  [[nodiscard]] Reading& at(std::size_t measure) {
    std::uint64_t& marks = marks_[measure / 64];
    const std::uint64_t mark = std::uint64_t{1} << (measure % 64);
    if ((marks & mark) == 0) all_[measure] = {};
    marks |= mark;
    return all_[measure];
  }
  /// `visit(measure, reading)`, in the order of measures.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t word = 0; word < marks_.size(); ++word)
      for (std::uint64_t left = marks_[word]; left != 0; left &= left - 1) {
        const std::size_t measure = 64 * word + static_cast<std::size_t>(std::countr_zero(left));
        visit(measure, all_[measure]);
      }
  }

  bool on_the_way = false;  ///< Her journey has not ended.

 private:
  std::vector<Reading> all_;
  std::vector<std::uint64_t> marks_;
};

/// Reads the measures off finished lives: docs/method/measures.md, section 2.
class PersonMeter {
 public:
  /// The plan, the staffing and the measures must outlive it. What no measure needs is not done.
  PersonMeter(const Plan& plan, const Staffing& staffing, const std::vector<Measure>& measures);

  /// Valid until the next call.
  [[nodiscard]] const Readings& read(const Person& person);

 private:
  static constexpr std::uint32_t none = 0xffffffffU;

  /// A copy with one of its controllers.
  struct Holding {
    double from = 0;
    double until = 0;
    double overdue_from = 0;
    std::uint32_t next = none;  ///< Of the same controller and category.
    bool collected = false;
    bool beyond_remedy = false;
  };
  /// What a controller has of a category.
  struct Had {
    std::uint32_t first = none;  ///< Of its holdings.
    std::uint32_t last = none;
    bool touched = false;
    bool known = false;  ///< Else only inferred.
  };
  struct End {
    double at = 0;
    int received = 0;
    int collected = 0;
    int beyond_remedy = 0;
    int overdue = 0;
  };
  /// Days, and those that belong to what is still held at the end.
  struct Days {
    double all = 0;
    double open = 0;
  };

  [[nodiscard]] bool wants(std::initializer_list<Measure::Kind> kinds) const;
  void find_origins(const Person& person);
  void collect_holdings(const Person& person);
  [[nodiscard]] Had& had(CategoryId category, std::size_t controller);
  void read_reach();
  void read_exposure();
  void sweep(const Had& had, Days& exposure);
  void add_days(const Holding& only, Days& exposure);
  void read_drift(const Person& person);
  void drifts_by(const Person& person, std::int32_t origin, PurposeId purpose, bool lawful,
                 NodeId actor, NodeId other);
  [[nodiscard]] double withdrawn(const Person& person, const CaseRecord& one) const;
  [[nodiscard]] Reading read_delay(const Person& person) const;
  [[nodiscard]] Reading read_hours(const Person& person) const;
  [[nodiscard]] Reading reading(const Measure& measure, const Person& person) const;
  [[nodiscard]] double counted(const Measure& measure, const Person& person) const;
  [[nodiscard]] bool on_the_way(const Person& person) const;

  const Plan& plan_;
  const std::vector<Measure>& measures_;
  std::vector<std::vector<std::size_t>> controllers_;  ///< By node.
  std::vector<std::size_t> regime_;                    ///< By node.
  std::vector<char> without_remedy_;                   ///< By node.
  std::vector<double> hours_a_day_;                    ///< By desk: of a day of service.
  std::vector<Drift> drift_;  ///< By purpose of collection, then of the act, if lawful and bound.
  bool wants_reach_ = false;
  bool wants_days_ = false;
  bool wants_drift_ = false;
  std::vector<std::uint32_t> reach_of_;     ///< By category: the measure, or `none`.
  std::vector<std::uint32_t> inferred_of_;  ///< By category.
  std::vector<std::size_t> others_;         ///< Measures that are neither.

  std::vector<Holding> holdings_;
  std::vector<End> ends_;
  std::vector<Had> had_;                ///< By category, then controller.
  std::vector<std::uint32_t> touched_;  ///< Those that are not empty.
  std::vector<Days> by_regime_;
  Days exposure_;
  Days beyond_remedy_;
  Days outliving_;
  std::vector<std::int32_t> origins_;  ///< By copy: the first of its chain.
  std::array<double, drifts> drifted_{};
  Readings readings_;
};

}  // namespace onward
