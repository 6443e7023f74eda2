// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
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

/// Reads the measures off finished lives: docs/method/measures.md, section 2.
class PersonMeter {
 public:
  /// The plan, the staffing and the measures must outlive it. What no measure needs is not done.
  PersonMeter(const Plan& plan, const Staffing& staffing, const std::vector<Measure>& measures);

  /// The readings of all measures, in their order; valid until the next call.
  [[nodiscard]] const std::vector<Reading>& read(const Person& person);

 private:
  /// A copy with one of its controllers.
  struct Holding {
    std::uint64_t what = 0;  ///< Category and controller.
    double from = 0;
    double until = 0;
    bool collected = false;
    bool beyond_remedy = false;
    double overdue_from = 0;
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
  void read_reach();
  void read_exposure();
  void sweep(std::size_t first, std::size_t last, Days& exposure);
  void read_drift(const Person& person);
  void drifts_by(const Person& person, std::int32_t origin, PurposeId purpose, bool lawful,
                 NodeId actor, NodeId other);
  [[nodiscard]] double withdrawn(const Person& person, const CaseRecord& one) const;
  [[nodiscard]] Reading read_delay(const Person& person) const;
  [[nodiscard]] Reading read_hours(const Person& person) const;
  [[nodiscard]] Reading reading(const Measure& measure, const Person& person) const;
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

  std::vector<Holding> holdings_;
  std::vector<End> ends_;
  std::vector<std::uint64_t> known_;
  std::vector<double> reach_;     ///< By category.
  std::vector<double> inferred_;  ///< By category.
  std::vector<Days> by_regime_;
  Days exposure_;
  Days beyond_remedy_;
  Days outliving_;
  std::vector<std::int32_t> origins_;  ///< By copy: the first of its chain.
  std::array<double, drifts> drifted_{};
  std::vector<Reading> readings_;
};

}  // namespace onward
