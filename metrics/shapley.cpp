// SPDX-License-Identifier: Apache-2.0
#include "metrics/shapley.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "sim/random/draws.hpp"

namespace onward {
namespace {

Coalition one(std::size_t player) {
  return Coalition{1} << player;
}

std::vector<std::size_t> drawn_order(std::size_t players, std::uint32_t seed,
                                     std::uint32_t number) {
  const Luck luck({seed, 0}, hash_of("orders of players"), number);
  std::vector<std::size_t> order(players);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t left = players; left > 1; --left) {
    const double u = luck.uniform(site("join"), static_cast<std::uint32_t>(left));
    std::swap(order[left - 1], order[static_cast<std::size_t>(u * static_cast<double>(left))]);
  }
  return order;
}

}  // namespace

Coalition everybody(std::size_t players) {
  return players >= most_players ? ~Coalition{0} : one(players) - 1;
}

ShapleyPlan::ShapleyPlan(std::size_t players, std::size_t orders, std::uint32_t seed)
    : players_(players) {
  if (players <= most_players_exactly) {
    coalitions_.resize(std::size_t{1} << players);
    std::iota(coalitions_.begin(), coalitions_.end(), Coalition{0});
    return;
  }
  for (std::uint32_t pair = 0; orders_.size() < orders; ++pair) {
    orders_.push_back(drawn_order(players, seed, pair));
    orders_.emplace_back(orders_.back().rbegin(), orders_.back().rend());
  }
  for (const auto& order : orders_) {
    Coalition joined = 0;
    coalitions_.push_back(joined);
    for (const std::size_t player : order) coalitions_.push_back(joined |= one(player));
  }
  std::sort(coalitions_.begin(), coalitions_.end());
  coalitions_.erase(std::unique(coalitions_.begin(), coalitions_.end()), coalitions_.end());
}

double ShapleyPlan::worth_of(const std::vector<double>& worth, Coalition coalition) const {
  const auto at = std::lower_bound(coalitions_.begin(), coalitions_.end(), coalition);
  return worth[static_cast<std::size_t>(at - coalitions_.begin())];
}

std::vector<double> ShapleyPlan::added(const std::vector<double>& worth,
                                       const std::vector<std::size_t>& order) const {
  std::vector<double> adds(players_);
  Coalition joined = 0;
  double before = worth_of(worth, joined);
  for (const std::size_t player : order) {
    const double after = worth_of(worth, joined |= one(player));
    adds[player] = after - before;
    before = after;
  }
  return adds;
}

std::vector<double> ShapleyPlan::shares_exactly(const std::vector<double>& worth) const {
  // How likely the players of a coalition of that size are those who came before a given other.
  std::vector<double> chance(players_);
  for (std::size_t size = 0; size < players_; ++size)
    chance[size] = size == 0 ? 1 / static_cast<double>(players_)
                             : chance[size - 1] * static_cast<double>(size) /
                                   static_cast<double>(players_ - size);
  std::vector<double> shares(players_);
  for (Coalition before = 0; before < coalitions_.size(); ++before)
    for (std::size_t player = 0; player < players_; ++player)
      if ((before & one(player)) == 0)
        shares[player] += chance[static_cast<std::size_t>(std::popcount(before))] *
                          (worth[before | one(player)] - worth[before]);
  return shares;
}

std::vector<double> ShapleyPlan::shares(const std::vector<double>& worth) const {
  if (exact()) return shares_exactly(worth);
  std::vector<double> shares(players_);
  for (const auto& order : orders_) {
    const std::vector<double> adds = added(worth, order);
    for (std::size_t player = 0; player < players_; ++player)
      shares[player] += adds[player] / static_cast<double>(orders_.size());
  }
  return shares;
}

std::vector<double> ShapleyPlan::order_errors(const std::vector<double>& worth) const {
  std::vector<double> errors(players_);
  const std::size_t pairs = orders_.size() / 2;
  if (pairs < 2) return errors;
  const std::vector<double> means = shares(worth);
  // A pair is what was drawn: its two orders are not independent.
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    const std::vector<double> there = added(worth, orders_[2 * pair]);
    const std::vector<double> back = added(worth, orders_[2 * pair + 1]);
    for (std::size_t player = 0; player < players_; ++player) {
      const double off = (there[player] + back[player]) / 2 - means[player];
      errors[player] += off * off;
    }
  }
  for (double& error : errors)
    error = std::sqrt(error / (static_cast<double>(pairs - 1) * static_cast<double>(pairs)));
  return errors;
}

}  // namespace onward
