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

/// In how many people a share is shown, at the least so that somebody is seen.
constexpr double usual_crowd = 1000;
constexpr double large_crowd = 1'000'000;
constexpr double somebody = 0.1;
constexpr int most_decimals = 9;

/// How many decimals show three significant digits, two below 0.1.
int decimals_of(double value) {
  const int whole_digits = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
  return std::max(0, (whole_digits < 0 ? 2 : 3) - whole_digits);
}

std::string with_decimals(double value, int decimals) {
  if (value == 0) return "0";
  if (decimals > most_decimals) return "about 0";
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return with_commas(text.data());
}

}  // namespace

Scale scale_of(const Measure& measure, double largest) {
  const bool people = measure.unit == "people";
  if (!people && measure.unit != "times") return {1, measure.unit + " a person"};
  const bool few = largest != 0 && usual_crowd * std::abs(largest) < somebody;
  const std::string what = people ? "in " : "times in ";
  if (few) return {large_crowd, what + "a million"};
  return {usual_crowd, what + "1,000" + (people ? " people" : "")};
}

std::string shown(double value) {
  return value == 0 ? "0" : with_decimals(value, decimals_of(value));
}

std::string signed_number(double value) {
  return value > 0 ? "+" + shown(value) : shown(value);
}

std::string shown(const Interval& interval, double factor) {
  const double low = factor * interval.low;
  const double high = factor * interval.high;
  std::string from = shown(low);
  std::string to = shown(high);
  for (int more = 1; from == to && low != high && low != 0 && more < most_decimals; ++more) {
    from = with_decimals(low, decimals_of(low) + more);
    to = with_decimals(high, decimals_of(high) + more);
  }
  return from + " to " + to;
}

std::string shown(const Bound& bound) {
  if (bound.per == Bound::Per::person) return "< " + shown(1000 * bound.at_most) + " in 1,000";
  return "< " + shown(100 * bound.at_most) + " % of runs";
}

int direction(const Figure& figure) {
  if (!figure.interval) return 0;
  return figure.interval->low > 0 ? 1 : figure.interval->high < 0 ? -1 : 0;
}

std::string value(const Figure& figure, const Measure& measure, const Scale& scale) {
  if (figure.mean == 0 && (!measure.has_events || figure.events == 0.0)) return "none";
  return shown(scale.factor * figure.mean);
}

std::string certainty(const Figure& figure, const Scale& scale) {
  if (figure.interval) return shown(*figure.interval, scale.factor);
  return figure.bound ? shown(*figure.bound) : "in every run";
}

std::string change(const Figure& figure, const Scale& scale) {
  if (figure.mean == 0) return "no difference";
  const std::string mean = signed_number(scale.factor * figure.mean);
  return direction(figure) == 0 ? mean + ", not shown" : mean;
}

std::string counted(std::uint64_t count) {
  return with_commas(std::to_string(count));
}

}  // namespace onward::cli
