// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "sim/engine/replay.hpp"

namespace onward {

/// What went from one node to another in one unit.
struct TrafficBetween {
  std::uint64_t people = 0;                ///< About whom something was told.
  std::vector<std::uint64_t> by_category;  ///< Disclosures that had it among their data.
  std::vector<std::uint64_t> by_step;      ///< Disclosures, by the time of their arrival.
  bool unlawful = false;                   ///< One of them was against the rules.
};

/// Watches one unit: who told whom what, and who held what. A disclosure is all that one message
/// brought; queries disclose twice. The cast is left out; so are false copies among holdings.
class Traffic final : public LifeObserver {
 public:
  using Pair = std::pair<std::size_t, std::size_t>;

  /// Time from 0 to the horizon in equal steps.
  Traffic(std::size_t categories, double days_per_step, std::size_t steps)
      : categories_(categories), days_per_step_(days_per_step), steps_(steps) {}

  void lived(const Life& life) override;

  [[nodiscard]] std::uint64_t people() const { return people_; }
  /// By sender and recipient.
  [[nodiscard]] const std::map<Pair, TrafficBetween>& between() const { return between_; }
  /// By holder and category: of how many people the holder held or saw it.
  [[nodiscard]] const std::map<Pair, std::uint64_t>& holdings() const { return holdings_; }

 private:
  struct Told {
    Pair between;
    Hash lineage = 0;
    double time = 0;
    auto operator<=>(const Told&) const = default;
  };
  void add(const Person& person);
  [[nodiscard]] std::size_t step_of(double time) const;

  std::size_t categories_;
  double days_per_step_;
  std::size_t steps_;
  std::uint64_t people_ = 0;
  std::map<Pair, TrafficBetween> between_;
  std::map<Pair, std::uint64_t> holdings_;
};

}  // namespace onward
