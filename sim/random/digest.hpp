// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <string>

#include "sim/random/draws.hpp"

namespace onward {

/// 128 bits that tell one outcome from another; independent of the order in which people are added.
struct Digest {
  Hash a = 0;
  Hash b = 0;

  Digest& operator+=(const Digest& other) {
    a += other.a;
    b += other.b;
    return *this;
  }
  bool operator==(const Digest&) const = default;
};

/// The hash of one person's life: section 10 of docs/method/engine.md.
class LifeHash {
 public:
  LifeHash() = default;
  LifeHash(Hash group, std::uint32_t index) : digest_{fold(group, index), fold(index, group)} {}

  /// Takes in words; numbers by their bits.
  template <class... Words>
  void add(Words... words) {
    empty_ = false;
    (take(words), ...);
  }

  /// Nothing happened, nothing is added.
  [[nodiscard]] Digest digest() const { return empty_ ? Digest{} : digest_; }

 private:
  void take(Hash word) {
    digest_.a = (std::rotl(digest_.a, 31) + word) * 0xd6e8feb86659fd93ULL;
    digest_.a ^= digest_.a >> 32;
    digest_.b = (std::rotl(digest_.b, 23) ^ word) * 0x9fb21c651e98df25ULL;
    digest_.b ^= digest_.b >> 29;
  }
  void take(double number) { take(std::bit_cast<Hash>(number)); }

  Digest digest_;
  bool empty_ = true;
};

/// 32 hexadecimal digits.
[[nodiscard]] std::string to_string(const Digest& digest);

}  // namespace onward
