// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace onward {

/// Plain values as bytes, between processes of one program. `take` takes what `put` wrote, in the
/// same order, and throws std::runtime_error if the bytes are cut short.
template <class T>
void put(std::string& bytes, const T* from, std::size_t count) {
  static_assert(std::is_trivially_copyable_v<T>);
  bytes.append(reinterpret_cast<const char*>(from), count * sizeof(T));
}

template <class T>
void put(std::string& bytes, const std::vector<T>& list) {
  const std::size_t size = list.size();
  put(bytes, &size, 1);
  put(bytes, list.data(), size);
}

template <class T>
void take(std::string_view& bytes, T* to, std::size_t count) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (bytes.size() < count * sizeof(T)) throw std::runtime_error("a unit's result is cut short");
  if (count > 0) std::memcpy(to, bytes.data(), count * sizeof(T));
  bytes.remove_prefix(count * sizeof(T));
}

template <class T>
void take(std::string_view& bytes, std::vector<T>& list) {
  std::size_t size = 0;
  take(bytes, &size, 1);
  list.resize(size);
  take(bytes, list.data(), size);
}

}  // namespace onward
