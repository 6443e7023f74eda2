// SPDX-License-Identifier: Apache-2.0
#include "sim/random/draws.hpp"

#include <Random123/philox.h>

namespace onward {

double Luck::uniform(Hash site, std::uint32_t n) const {
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

}  // namespace onward
