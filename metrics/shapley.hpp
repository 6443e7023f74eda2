// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace onward {

/// A set of players; bit i is player i.
using Coalition = std::uint64_t;

inline constexpr std::size_t most_players_exactly = 12;
inline constexpr std::size_t most_players = 64;

/// The coalition of all of so many players.
[[nodiscard]] Coalition everybody(std::size_t players);

/// Which coalitions are worth what: orders in which players join, each giving every player the
/// worth that she adds when she joins; a share is the mean over orders. L. S. Shapley,
/// Contributions to the Theory of Games II (1953) 307.
class ShapleyPlan {
 public:
  /// Up to `most_players_exactly` players: all coalitions, exactly. Beyond: `orders` orders drawn
  /// with a seed, in pairs of an order and its reverse.
  ShapleyPlan(std::size_t players, std::size_t orders, std::uint32_t seed);

  [[nodiscard]] bool exact() const { return orders_.empty(); }
  /// Those whose worth is needed, ascending; the empty one and that of everybody among them.
  [[nodiscard]] const std::vector<Coalition>& coalitions() const { return coalitions_; }
  /// Each player's share of the worth of everybody less that of nobody, which they add up to.
  /// `worth`: of each of `coalitions()`.
  [[nodiscard]] std::vector<double> shares(const std::vector<double>& worth) const;
  /// The standard error of each share that comes from the orders being a sample; 0 if exact.
  [[nodiscard]] std::vector<double> order_errors(const std::vector<double>& worth) const;

 private:
  [[nodiscard]] std::vector<double> shares_exactly(const std::vector<double>& worth) const;
  [[nodiscard]] double worth_of(const std::vector<double>& worth, Coalition coalition) const;
  /// What each player adds in an order.
  [[nodiscard]] std::vector<double> added(const std::vector<double>& worth,
                                          const std::vector<std::size_t>& order) const;

  std::size_t players_;
  std::vector<std::vector<std::size_t>> orders_;  ///< Empty: exactly.
  std::vector<Coalition> coalitions_;
};

}  // namespace onward
