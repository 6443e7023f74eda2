// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Random123/philox.h>

#include <cstdint>
#include <string_view>

namespace onward {

/// A 64-bit hash of a name or of an address (docs/method/engine.md, section 1).
using Hash = std::uint64_t;

/// Spreads the bits of a word over all of it; one to one.
[[nodiscard]] constexpr Hash scramble(Hash x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  return x;
}

/// `M(a, b)`: what follows b after a. Not symmetric.
[[nodiscard]] constexpr Hash fold(Hash a, Hash b) {
  return scramble(a * 0x9e3779b97f4a7c15ULL + (b ^ 0xa0761d6478bd642fULL));
}

/// `M(a, b, ..)`, folded from the left.
template <class... More>
[[nodiscard]] constexpr Hash fold(Hash a, Hash b, More... more) {
  return fold(fold(a, b), more...);
}

/// `H(text)`.
[[nodiscard]] constexpr Hash hash_of(std::string_view text) {
  Hash hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return scramble(hash ^ text.size());
}

/// One replication of a seed.
struct Replication {
  std::uint32_t seed = 0;
  std::uint32_t number = 0;
};

/// The luck of one person in one replication, asked for by address: the same
/// address gives the same number, whenever and however often it is asked.
///
/// Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
/// SC 2011) with key (seed, replication) and counter (index, site, block).
class Luck {
 public:
  Luck() = default;
  /// `group` is the hash of the group's name, `index` the person's number in it.
  Luck(Replication replication, Hash group, std::uint32_t index)
      : replication_(replication),
        index_(index),
        group_(group),
        tie_base_(fold(hash_of("tie"), replication.seed, replication.number, group, index)) {}

  /// Uniform number `n` in [0, 1) at a site, with 53 bits.
  [[nodiscard]] double uniform(Hash site, std::uint32_t n = 0) const {
    using Philox = r123::Philox4x32;
    const Hash address = group_ + site;
    const Philox::ctr_type counter = {{index_, static_cast<std::uint32_t>(address),
                                       static_cast<std::uint32_t>(address >> 32), n / 2}};
    const Philox::key_type key = {{replication_.seed, replication_.number}};
    const Philox::ctr_type words = Philox()(counter, key);
    const std::size_t half = 2 * static_cast<std::size_t>(n % 2);
    const std::uint64_t bits = (std::uint64_t{words[half + 1]} << 32) | words[half];
    return static_cast<double>(bits >> 11) * 0x1p-53;
  }

  /// The tie-breaker of one of this person's lineages.
  [[nodiscard]] Hash tie(Hash lineage) const { return fold(tie_base_, lineage); }

  [[nodiscard]] Hash group() const { return group_; }
  [[nodiscard]] std::uint32_t index() const { return index_; }

 private:
  Replication replication_;
  std::uint32_t index_ = 0;
  Hash group_ = 0;
  Hash tie_base_ = 0;
};

/// A word of the program's own, hashed when it is compiled.
class Word {
 public:
  consteval Word(const char* text) : text_(text), hash_(hash_of(text)) {}  // NOLINT: implicit
  [[nodiscard]] constexpr const char* text() const { return text_; }
  [[nodiscard]] constexpr Hash hash() const { return hash_; }

 private:
  const char* text_;
  Hash hash_;
};

/// The site of a draw: what it is for, then the parts of its address.
template <class... Parts>
[[nodiscard]] constexpr Hash site(Word kind, Parts... parts) {
  if constexpr (sizeof...(parts) == 0)
    return kind.hash();
  else
    return fold(kind.hash(), static_cast<Hash>(parts)...);
}

}  // namespace onward
