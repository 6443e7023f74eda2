// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace onward {

/// A day of the Gregorian calendar, counted from 1970-01-01.
class Date {
 public:
  constexpr Date() = default;
  constexpr explicit Date(std::int32_t days_since_1970) : days_(days_since_1970) {}

  [[nodiscard]] constexpr std::int32_t days_since_1970() const { return days_; }
  auto operator<=>(const Date&) const = default;

 private:
  std::int32_t days_ = 0;
};

/// Reads `YYYY-MM-DD`; nothing if it is not a day that exists.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

/// Writes `YYYY-MM-DD`.
[[nodiscard]] std::string to_string(Date date);

}  // namespace onward
