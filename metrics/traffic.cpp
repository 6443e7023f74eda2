// SPDX-License-Identifier: Apache-2.0
#include "metrics/traffic.hpp"

#include <algorithm>

namespace onward {

void Traffic::lived(const Life& life) {
  for (const Person& person : life.members)
    if (person.cast < 0) add(person);
}

std::size_t Traffic::step_of(double time) const {
  return std::min(steps_ - 1, static_cast<std::size_t>(std::max(0.0, time) / days_per_step_));
}

void Traffic::add(const Person& person) {
  ++people_;
  std::map<Told, std::pair<std::set<std::size_t>, bool>> told;  // Categories, and whether lawful.
  std::set<Pair> held;
  const auto note = [&](NodeId from, NodeId to, Hash lineage, double time, CategoryId category,
                        bool lawful) {
    auto& [categories, all_lawful] =
        told.try_emplace({{from.index(), to.index()}, lineage, time}, std::set<std::size_t>(), true)
            .first->second;
    categories.insert(category.index());
    all_lawful = all_lawful && lawful;
  };
  for (const Copy& copy : person.copies) {
    if (copy.sender)
      note(*copy.sender, copy.holder, copy.lineage, copy.from, copy.category, copy.lawful);
    if (!copy.falsely()) held.insert({copy.holder.index(), copy.category.index()});
  }
  for (const ActRecord& act : person.acts)
    if (act.from != act.to) note(act.from, act.to, 0, act.time, act.category, act.lawful);

  std::set<Pair> pairs;
  for (const auto& [one, what] : told) {
    TrafficBetween& between = between_[one.between];
    between.by_category.resize(categories_);
    between.by_step.resize(steps_);
    for (const std::size_t category : what.first) ++between.by_category[category];
    ++between.by_step[step_of(one.time)];
    between.unlawful = between.unlawful || !what.second;
    pairs.insert(one.between);
  }
  for (const Pair& pair : pairs) ++between_[pair].people;
  for (const Pair& pair : held) ++holdings_[pair];
}

}  // namespace onward
