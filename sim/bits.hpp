// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace onward {

/// A set of ids below 64 * Words, held in place. Plain value.
template <class IdType, std::size_t Words>
class IdSet {
 public:
  static constexpr std::size_t capacity = 64 * Words;

  constexpr IdSet() = default;
  [[nodiscard]] static constexpr IdSet all() {
    IdSet set;
    set.words_.fill(~std::uint64_t{0});
    return set;
  }
  [[nodiscard]] static constexpr IdSet of(IdType id) {
    IdSet set;
    set.insert(id);
    return set;
  }

  constexpr void insert(IdType id) {
    words_[id.index() / 64] |= std::uint64_t{1} << (id.index() % 64);
  }
  [[nodiscard]] constexpr bool contains(IdType id) const {
    return ((words_[id.index() / 64] >> (id.index() % 64)) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool contains_all(const IdSet& other) const {
    std::uint64_t missing = 0;
    for (std::size_t w = 0; w < Words; ++w) missing |= other.words_[w] & ~words_[w];
    return missing == 0;
  }
  [[nodiscard]] constexpr bool intersects(const IdSet& other) const {
    std::uint64_t common = 0;
    for (std::size_t w = 0; w < Words; ++w) common |= other.words_[w] & words_[w];
    return common != 0;
  }
  [[nodiscard]] constexpr bool empty() const { return *this == IdSet{}; }

  constexpr IdSet& operator|=(const IdSet& other) {
    for (std::size_t w = 0; w < Words; ++w) words_[w] |= other.words_[w];
    return *this;
  }
  [[nodiscard]] friend constexpr IdSet operator|(IdSet a, const IdSet& b) { return a |= b; }
  [[nodiscard]] friend constexpr IdSet operator&(IdSet a, const IdSet& b) {
    for (std::size_t w = 0; w < Words; ++w) a.words_[w] &= b.words_[w];
    return a;
  }

  /// Calls `visit(id)` for each member, in ascending order.
  template <class Visit>
  constexpr void for_each(Visit visit) const {
    for (std::size_t w = 0; w < Words; ++w)
      for (std::uint64_t rest = words_[w]; rest != 0; rest &= rest - 1)
        visit(IdType(64 * w + static_cast<std::size_t>(std::countr_zero(rest))));
  }

  auto operator<=>(const IdSet&) const = default;

 private:
  std::array<std::uint64_t, Words> words_{};
};

/// A set of indices below a size that is known only at run time.
class DynamicSet {
 public:
  DynamicSet() = default;
  explicit DynamicSet(std::size_t size, bool full = false)
      : size_(size), words_((size + 63) / 64, full ? ~std::uint64_t{0} : 0) {
    if (full && size % 64 != 0) words_.back() = (std::uint64_t{1} << (size % 64)) - 1;
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  void insert(std::size_t index) { words_[index / 64] |= std::uint64_t{1} << (index % 64); }
  [[nodiscard]] bool contains(std::size_t index) const {
    return ((words_[index / 64] >> (index % 64)) & 1U) != 0;
  }
  [[nodiscard]] bool empty() const {
    for (const std::uint64_t word : words_)
      if (word != 0) return false;
    return true;
  }
  [[nodiscard]] std::size_t count() const {
    std::size_t total = 0;
    for (const std::uint64_t word : words_) total += static_cast<std::size_t>(std::popcount(word));
    return total;
  }
  [[nodiscard]] bool full() const { return count() == size_; }

  /// Both sets must have the same size.
  [[nodiscard]] bool contains_all(const DynamicSet& other) const {
    for (std::size_t w = 0; w < words_.size(); ++w)
      if ((other.words_[w] & ~words_[w]) != 0) return false;
    return true;
  }
  [[nodiscard]] bool intersects(const DynamicSet& other) const {
    for (std::size_t w = 0; w < words_.size(); ++w)
      if ((other.words_[w] & words_[w]) != 0) return true;
    return false;
  }
  /// Calls `visit(index)` for each member, in ascending order.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t w = 0; w < words_.size(); ++w)
      for (std::uint64_t rest = words_[w]; rest != 0; rest &= rest - 1)
        visit(64 * w + static_cast<std::size_t>(std::countr_zero(rest)));
  }
  DynamicSet& operator&=(const DynamicSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= other.words_[w];
    return *this;
  }
  DynamicSet& operator|=(const DynamicSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
    return *this;
  }
  /// Takes out what the other has.
  DynamicSet& operator-=(const DynamicSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= ~other.words_[w];
    return *this;
  }

  auto operator<=>(const DynamicSet&) const = default;

 private:
  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace onward
