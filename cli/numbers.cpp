// SPDX-License-Identifier: Apache-2.0
#include "cli/numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace onward::cli {
namespace {

/// Commas between the thousands of a number's whole part.
std::string with_commas(std::string digits) {
  const std::size_t begin = digits.starts_with('-') ? 1 : 0;
  std::size_t end = std::min(digits.find('.'), digits.size());
  while (end > begin + 3) {
    end -= 3;
    digits.insert(end, ",");
  }
  return digits;
}

}  // namespace

Scale scale_of(const Measure& measure) {
  if (measure.unit == "people") return {1000, "in 1,000 people"};
  if (measure.unit == "times") return {1000, "times in 1,000"};
  return {1, measure.unit + " a person"};
}

std::string shown(double value) {
  if (value == 0) return "0";
  const int whole_digits = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
  const int digits = whole_digits < 0 ? 2 : 3;
  const int decimals = std::max(0, digits - whole_digits);
  std::array<char, 64> text{};
  if (decimals > 9) return "about 0";
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return with_commas(text.data());
}

std::string signed_number(double value) {
  return value > 0 ? "+" + shown(value) : shown(value);
}

std::string shown(const Interval& interval, double factor) {
  return shown(factor * interval.low) + " to " + shown(factor * interval.high);
}

std::string shown(const Bound& bound) {
  if (bound.per == Bound::Per::person) return "< " + shown(1000 * bound.at_most) + " in 1,000";
  return "in < " + shown(100 * bound.at_most) + " % of runs";
}

}  // namespace onward::cli
