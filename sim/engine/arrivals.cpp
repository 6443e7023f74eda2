// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/arrivals.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace onward {

double entry_of(const Group& group, const Luck& luck) {
  const double window = group.enter_until - group.enter_from;
  return group.enter_from + (window > 0 ? window * luck.uniform(site("entry")) : 0);
}

namespace {

/// The times of entry of a group's members, in the order of their indices.
std::vector<double> entries(const Plan& plan, const Staffing& staffing, Replication replication,
                            std::size_t g) {
  const Group& group = plan.model.population->groups[g];
  const double window = group.enter_until - group.enter_from;
  const auto count = static_cast<std::uint32_t>(staffing.people[g]);
  std::vector<double> times;
  if (!group.poisson) {
    for (std::uint32_t i = 0; i < count; ++i) {
      const Luck luck(replication, plan.group_names[g], i);
      times.push_back(entry_of(group, luck));
    }
    return times;
  }
  // Where all enter on one day, the gaps are counted in a window of length 1.
  const double length = window > 0 ? window : 1;
  const double end = window > 0 ? group.enter_until : 1;
  double at = window > 0 ? group.enter_from : 0;
  for (std::uint32_t i = 0; count > 0; ++i) {
    const Luck luck(replication, plan.group_names[g], i);
    at += exponential(luck.uniform(site("gap"))) * length / count;
    if (at > end) break;
    times.push_back(window > 0 ? at : group.enter_from);
  }
  return times;
}

/// Somebody's place in the list of all who come.
struct Rank {
  std::size_t at = 0;
  bool comes = false;
};

/// Who belongs to whose household: a forest with path halving.
class Families {
 public:
  explicit Families(std::size_t people) : parent_(people) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t head(std::size_t person) {
    while (parent_[person] != person) person = parent_[person] = parent_[parent_[person]];
    return person;
  }
  void join(std::size_t a, std::size_t b) {
    const std::size_t x = head(a);
    const std::size_t y = head(b);
    parent_[std::max(x, y)] = std::min(x, y);
  }

 private:
  std::vector<std::size_t> parent_;
};

struct Pairing {
  std::size_t link;
  std::size_t one;
  std::size_t other;
};

/// The ties of those who come; `place` is by group and index.
std::vector<Pairing> draw_ties(const Plan& plan, const Staffing& staffing, Replication replication,
                               const std::vector<std::vector<Rank>>& place) {
  std::vector<Pairing> pairings;
  const std::vector<Link>& links = plan.model.population->links;
  for (std::size_t l = 0; l < links.size(); ++l) {
    const Link& link = links[l];
    const Hash where = site("tie", hash_of(link.id));
    for (std::uint32_t i = 0; i < place[link.of].size(); ++i) {
      if (!place[link.of][i].comes) continue;
      const Luck luck(replication, plan.group_names[link.of], i);
      if (link.chance && luck.uniform(where) >= link.chance->value) continue;
      const auto other =
          static_cast<std::size_t>(luck.uniform(where, 1) * staffing.people[link.with]);
      if ((link.of == link.with && other == i) || other >= place[link.with].size() ||
          !place[link.with][other].comes)
        continue;
      pairings.push_back({l, place[link.of][i].at, place[link.with][other].at});
    }
  }
  return pairings;
}

/// Moves those who are tied out of the list of people into households.
void form_households(const std::vector<Pairing>& pairings, std::vector<char> stocked,
                     Arrivals& all) {
  Families families(all.people.size());
  for (const Pairing& pairing : pairings) families.join(pairing.one, pairing.other);
  std::map<std::size_t, Household> by_head;
  std::vector<char> tied(all.people.size(), 0);
  for (const Pairing& pairing : pairings) tied[pairing.one] = tied[pairing.other] = 1;
  std::vector<std::uint16_t> number(all.people.size(), 0);
  for (std::size_t p = 0; p < all.people.size(); ++p) {
    if (!tied[p]) continue;
    Household& household = by_head[families.head(p)];
    const double begins = stocked[p] ? 0 : all.people[p].entry;
    if (household.members.empty() || begins < household.begins) household.begins = begins;
    number[p] = static_cast<std::uint16_t>(household.members.size());
    household.members.push_back(all.people[p]);
  }
  for (const Pairing& pairing : pairings)
    by_head[families.head(pairing.one)].ties.push_back(
        {pairing.link, number[pairing.one], number[pairing.other]});
  for (auto& [head, household] : by_head) all.households.push_back(std::move(household));
  std::stable_sort(all.households.begin(), all.households.end(),
                   [](const Household& a, const Household& b) { return a.begins < b.begins; });
  std::size_t kept = 0;
  for (std::size_t p = 0; p < all.people.size(); ++p)
    if (!tied[p]) {
      stocked[kept] = stocked[p];
      all.people[kept++] = all.people[p];
    }
  all.people.resize(kept);
  all.with_stock = static_cast<std::size_t>(
      std::count(stocked.begin(), stocked.begin() + static_cast<std::ptrdiff_t>(kept), 1));
}

}  // namespace

void leave_out(Arrivals& arrivals, const Absent& absent) {
  const auto away = [&](const Arrival& arrival) {
    if (arrival.group >= absent.size()) return false;
    const std::vector<char>& group = absent[arrival.group];
    return arrival.index < group.size() && group[arrival.index] != 0;
  };
  const auto stocked = arrivals.people.begin() + static_cast<std::ptrdiff_t>(arrivals.with_stock);
  arrivals.with_stock -=
      static_cast<std::size_t>(std::count_if(arrivals.people.begin(), stocked, away));
  std::erase_if(arrivals.people, away);
  std::erase_if(arrivals.households,
                [&](const Household& household) { return away(household.members.front()); });
}

Arrivals draw_arrivals(const Plan& plan, const Staffing& staffing, Replication replication) {
  const Population& population = *plan.model.population;
  Arrivals all;
  std::vector<Arrival> without_stock;
  for (std::uint32_t g = 0; g < population.groups.size(); ++g) {
    const std::vector<double> times = entries(plan, staffing, replication, g);
    for (std::uint32_t i = 0; i < times.size(); ++i) {
      const bool stock = !population.stock.empty() &&
                         has_stock(population, g, Luck(replication, plan.group_names[g], i));
      if (stock)
        all.people.push_back({times[i], g, i});
      else if (times[i] <= plan.model.horizon_days)
        without_stock.push_back({times[i], g, i});
    }
  }
  std::sort(without_stock.begin(), without_stock.end(), [](const Arrival& a, const Arrival& b) {
    return std::tie(a.entry, a.group, a.index) < std::tie(b.entry, b.group, b.index);
  });
  all.with_stock = all.people.size();
  all.people.insert(all.people.end(), without_stock.begin(), without_stock.end());
  if (population.links.empty()) return all;

  std::vector<std::vector<Rank>> place(population.groups.size());
  std::vector<char> stocked(all.people.size(), 0);
  for (std::size_t p = 0; p < all.people.size(); ++p) {
    stocked[p] = p < all.with_stock ? 1 : 0;
    auto& group = place[all.people[p].group];
    if (group.size() <= all.people[p].index) group.resize(all.people[p].index + 1);
    group[all.people[p].index] = {p, true};
  }
  form_households(draw_ties(plan, staffing, replication, place), std::move(stocked), all);
  return all;
}

}  // namespace onward
