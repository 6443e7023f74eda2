// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "sim/people/life.hpp"
#include "sim/policy/request.hpp"

namespace onward {

/// How a message ended that brought nothing.
enum class Stopped : std::uint8_t { refused, rejected, lapsed, lost };

/// Hears of the decisions in the lives that it follows: what a Person does not keep, because it is
/// wanted of few.
class Narrator {
 public:
  /// A request that was put to the policy.
  struct Decided {
    Request request;
    CategoryId category;
    double time = 0;
    Hash lineage = 0;                   ///< Of the copies that it makes, if it is done.
    std::optional<std::uint32_t> flow;  ///< Index into the plan's; absent for a collection.
    bool done = false;                  ///< Permitted, not governed, or done all the same.
    bool barred = false;                ///< Of a query: its keys may not be shown.
  };

  Narrator() = default;
  Narrator(const Narrator&) = delete;
  Narrator& operator=(const Narrator&) = delete;
  virtual ~Narrator() = default;

  [[nodiscard]] virtual bool follows(const Person& person) const = 0;
  virtual void decided(const Person& person, const Decided& decided) = 0;
  virtual void stopped(const Person& person, const Message& message, Stopped how, double time) = 0;
};

}  // namespace onward
