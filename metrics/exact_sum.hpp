// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace onward {

/// A sum that is the same whatever the order of its terms: lives end in no particular order.
///
/// Fixed point: each term counts to 2^-50; terms and sums stay below 2^76 in absolute value.
class ExactSum {
 public:
  void add(double term) { units_ += static_cast<Wide>(term * scale); }
  ExactSum& operator+=(const ExactSum& other) {
    units_ += other.units_;
    return *this;
  }
  [[nodiscard]] double value() const { return static_cast<double>(units_) / scale; }

 private:
  __extension__ using Wide = __int128;
  static constexpr double scale = 1125899906842624.0;  // 2^50

  Wide units_ = 0;
};

}  // namespace onward
