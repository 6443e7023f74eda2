// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace onward::test_support {

/// Whole numbers from a source of random bits: the distributions of the standard library differ
/// between platforms.
template <class Bits>
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : bits_(seed) {}

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(bits_() % bound); }

  std::size_t between(std::size_t low, std::size_t high) { return low + below(high - low + 1); }

  bool percent(std::size_t chance) { return below(100) < chance; }

  template <typename Item>
  const Item& pick(const std::vector<Item>& items) {
    return items.at(below(items.size()));
  }

  /// `count` distinct items in their original order.
  std::vector<std::string> sample(std::vector<std::string> items, std::size_t count) {
    while (items.size() > count)
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(below(items.size())));
    return items;
  }

  std::vector<std::string> some(const std::vector<std::string>& items) {
    return sample(items, between(1, items.size()));
  }

 private:
  Bits bits_;
};

}  // namespace onward::test_support
