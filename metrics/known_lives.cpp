// SPDX-License-Identifier: Apache-2.0
#include "metrics/known_lives.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace onward {
namespace {

/// What met all parts but these few is the same under hardly any other policy: not worth its room.
constexpr std::size_t fewest_not_met = 2;

}  // namespace

void KnownLives::go_to(std::uint32_t replication, Marks parts, std::size_t of, Marks always) {
  parts_ = of;
  of_ = &replications_[replication];
  in_force_ = parts;
  always_ = always;
}

const KnownLives::Members* KnownLives::find(const std::vector<Known>& lives) const {
  for (const Known& known : lives)
    if (const auto at = known.by_parts.find(in_force_ & known.met); at != known.by_parts.end())
      return &at->second;
  return nullptr;
}

MeasuredPerson KnownLives::restored(const Member& member) {
  readings_.clear();
  readings_.on_the_way = member.on_the_way;
  for (const Kept& kept : member.readings) readings_.at(kept.measure) = kept.reading;
  MeasuredPerson person = member.person;
  person.readings = &readings_;
  return person;
}

void KnownLives::add(const MeasuredPerson& person) {
  Member& member = next_.emplace_back();
  member.person = person;
  member.on_the_way = person.readings->on_the_way;
  person.readings->for_each([&](std::size_t m, const Reading& reading) {
    member.readings.push_back({static_cast<std::uint32_t>(m), reading});
  });
}

void KnownLives::remember(const Life& life) {
  Members members = std::exchange(next_, {});
  const Marks met = life.met | always_;
  const Person& first = life.members.front();
  if (life.scarce || first.cast >= 0 ||
      static_cast<std::size_t>(std::popcount(met)) + fewest_not_met > parts_)
    return;
  if (of_->size() <= first.group) of_->resize(first.group + 1);
  auto& group = (*of_)[first.group];
  if (group.size() <= first.index) group.resize(first.index + 1);
  auto& lives = group[first.index];
  auto at = std::find_if(lives.begin(), lives.end(),
                         [met](const Known& known) { return known.met == met; });
  if (at == lives.end()) at = lives.insert(at, Known{met, {}});
  at->by_parts.emplace(in_force_ & met, std::move(members));
}

}  // namespace onward
