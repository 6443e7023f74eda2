// SPDX-License-Identifier: Apache-2.0
#include "metrics/store/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace onward {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), &length, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("the library has no SHA-256");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < length; ++i) {
    text += digits[hash[i] / 16];
    text += digits[hash[i] % 16];
  }
  return text;
}

}  // namespace onward
