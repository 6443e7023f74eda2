// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <vector>

#include "sim/bits.hpp"
#include "sim/ids.hpp"
#include "sim/world/vocabulary.hpp"

namespace onward {

/// Which people, by the values of their attributes. Plain value; the factory
/// functions fold what is always or never true.
struct Predicate {
  enum class Kind { always, never, is, all, any, negation };

  Kind kind = Kind::always;
  AttributeId attribute;         ///< For `is`.
  DynamicSet values;             ///< For `is`: the values that will do.
  std::vector<Predicate> parts;  ///< For `all`, `any`; one for `negation`.

  [[nodiscard]] static Predicate always() { return {}; }
  [[nodiscard]] static Predicate never();
  [[nodiscard]] static Predicate is(AttributeId attribute, DynamicSet values);
  [[nodiscard]] static Predicate all(std::vector<Predicate> parts);
  [[nodiscard]] static Predicate any(std::vector<Predicate> parts);
  [[nodiscard]] static Predicate negation(Predicate part);

  [[nodiscard]] bool holds(const AttributeValues& values_of_person) const;

  /// What is left to be asked once an attribute is known to have a value.
  [[nodiscard]] Predicate given(AttributeId known, ValueId value) const;

  bool operator==(const Predicate&) const = default;
  /// Any fixed order, for sets.
  std::strong_ordering operator<=>(const Predicate& other) const;
};

}  // namespace onward
