// SPDX-License-Identifier: Apache-2.0
#include "sim/random/digest.hpp"

#include <array>
#include <cinttypes>
#include <cstdio>

namespace onward {

std::string to_string(const Digest& digest) {
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "%016" PRIx64 "%016" PRIx64, digest.a, digest.b);
  return text.data();
}

}  // namespace onward
