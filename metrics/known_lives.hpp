// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "metrics/person_meter.hpp"
#include "sim/engine/replay.hpp"

namespace onward {

/// What is measured of one finished life.
struct MeasuredPerson {
  std::uint32_t group = 0;
  std::uint32_t index = 0;
  std::uint64_t suppressed = 0;  ///< Messages that went nowhere.
  const Readings* readings = nullptr;
};

/// Lives under policies that are made of marked parts, each replayed once for all that are the
/// same.
///
/// A life depends on a policy only by what the policy answers; what it answers depends only on
/// those marked rules that what was asked can meet (RuleMarks); and who needs nothing that is
/// scarce depends on nobody else. So two policies that have the same of the parts that a life met
/// give the same life, to the last bit: docs/method/measures.md, section 10.
class KnownLives {
 public:
  /// Readings are of the same measures for ever.
  explicit KnownLives(std::size_t measures) : readings_(measures) {}

  /// Lives of a replication from now on are looked up, and remembered, as those of a policy that
  /// has these parts, of so many. `always`: parts that every life meets.
  void go_to(std::uint32_t replication, Marks parts, std::size_t of, Marks always);

  /// Says who need not live again; `visit(measured person)` for each of them that counts.
  template <class Visit>
  [[nodiscard]] const Absent& recall(const Visit& visit) {
    absent_.assign(of_->size(), {});
    for (std::size_t g = 0; g < of_->size(); ++g) {
      absent_[g].assign((*of_)[g].size(), 0);
      for (std::size_t i = 0; i < (*of_)[g].size(); ++i)
        if (const Members* members = find((*of_)[g][i])) {
          absent_[g][i] = 1;
          for (const Member& member : *members) visit(restored(member));
        }
    }
    return absent_;
  }

  /// A member of the life that is remembered next, if she counts.
  void add(const MeasuredPerson& person);
  /// Remembers a life, if it can be of use again.
  void remember(const Life& life);

 private:
  struct Kept {
    std::uint32_t measure = 0;
    Reading reading;
  };
  struct Member {
    MeasuredPerson person;
    bool on_the_way = false;
    std::vector<Kept> readings;
  };
  using Members = std::vector<Member>;
  /// Lives that met the same parts, by those of them that were in force.
  struct Known {
    Marks met = 0;
    std::map<Marks, Members> by_parts;
  };
  /// By group and index of a life's first member.
  using Lives = std::vector<std::vector<std::vector<Known>>>;

  [[nodiscard]] const Members* find(const std::vector<Known>& lives) const;
  [[nodiscard]] MeasuredPerson restored(const Member& member);

  std::size_t parts_ = 0;
  Readings readings_;
  std::map<std::uint32_t, Lives> replications_;
  Lives* of_ = nullptr;
  Marks in_force_ = 0;
  Marks always_ = 0;
  Absent absent_;
  Members next_;
};

}  // namespace onward
