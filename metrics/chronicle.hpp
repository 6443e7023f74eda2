// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "sim/engine/replay.hpp"

namespace onward {

/// A life with the decisions in it. Valid while it is told.
struct ToldLife {
  /// A message that brought nothing.
  struct Ended {
    Stopped how = Stopped::refused;
    double time = 0;
    Hash lineage = 0;
    std::uint32_t flow = 0;
    NodeId from;
    NodeId to;
    std::vector<CategoryId> data;
  };

  const Plan* plan = nullptr;
  const Person* person = nullptr;
  std::vector<Narrator::Decided> decisions;  ///< In the order in which they were taken.
  std::vector<Ended> ended;

  /// The decision under which a copy was made; null if none is known (stock).
  [[nodiscard]] const Narrator::Decided* decision_on(const Copy& copy) const;
  /// What a decision stood on.
  [[nodiscard]] Explanation explanation_of(const Narrator::Decided& decision) const;

  /// The rules by which the data of a copy came from the person to its holder, then the inferences
  /// by which it reveals a category (none if it is the copy's own). A hop that no rule governs adds
  /// nothing.
  [[nodiscard]] std::vector<std::string> way_of(std::int32_t copy, CategoryId category) const;
  /// The inferences by which a copy reveals a category, in order; empty for its own.
  [[nodiscard]] std::vector<std::size_t> inferences_to(const Copy& copy, CategoryId category) const;
};

/// Follows some people through a unit, and tells of each when her life has ended.
class Chronicle final : public LifeObserver, public Narrator {
 public:
  using Follow = std::function<bool(const Person&)>;
  using Tell = std::function<void(const ToldLife&)>;

  Chronicle(const Plan& plan, Follow follow, Tell tell)
      : plan_(plan), follow_(std::move(follow)), tell_(std::move(tell)) {}

  [[nodiscard]] bool follows(const Person& person) const override { return follow_(person); }
  void decided(const Person& person, const Decided& decided) override;
  void stopped(const Person& person, const Message& message, Stopped how, double time) override;
  void lived(const Life& life) override;

 private:
  using Who = std::tuple<std::int32_t, std::uint32_t, std::uint32_t>;
  [[nodiscard]] ToldLife& of(const Person& person) {
    return lives_[{person.cast, person.group, person.index}];
  }

  const Plan& plan_;
  Follow follow_;
  Tell tell_;
  std::map<Who, ToldLife> lives_;
};

}  // namespace onward
