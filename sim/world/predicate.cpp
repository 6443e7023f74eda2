// SPDX-License-Identifier: Apache-2.0
#include "sim/world/predicate.hpp"

#include <algorithm>
#include <tuple>

namespace onward {
namespace {

using Kind = Predicate::Kind;

/// `all` and `any` alike: `neutral` parts drop out, one `deciding` part decides.
Predicate fold(Kind kind, Kind neutral, Kind deciding, std::vector<Predicate> parts) {
  Predicate folded;
  folded.kind = kind;
  for (Predicate& part : parts) {
    if (part.kind == deciding) return part;
    if (part.kind != neutral) folded.parts.push_back(std::move(part));
  }
  if (folded.parts.empty())
    return neutral == Kind::always ? Predicate::always() : Predicate::never();
  if (folded.parts.size() == 1) return Predicate(std::move(folded.parts.front()));
  return folded;
}

}  // namespace

Predicate Predicate::never() {
  Predicate predicate;
  predicate.kind = Kind::never;
  return predicate;
}

Predicate Predicate::is(AttributeId attribute, DynamicSet values) {
  if (values.empty()) return never();
  if (values.full()) return always();
  Predicate predicate;
  predicate.kind = Kind::is;
  predicate.attribute = attribute;
  predicate.values = std::move(values);
  return predicate;
}

Predicate Predicate::all(std::vector<Predicate> parts) {
  return fold(Kind::all, Kind::always, Kind::never, std::move(parts));
}

Predicate Predicate::any(std::vector<Predicate> parts) {
  return fold(Kind::any, Kind::never, Kind::always, std::move(parts));
}

Predicate Predicate::negation(Predicate part) {
  if (part.kind == Kind::always) return never();
  if (part.kind == Kind::never) return always();
  if (part.kind == Kind::negation) return Predicate(std::move(part.parts.front()));
  Predicate predicate;
  predicate.kind = Kind::negation;
  predicate.parts.push_back(std::move(part));
  return predicate;
}

Predicate Predicate::given(AttributeId known, ValueId value) const {
  if (kind == Kind::is) {
    if (attribute != known) return *this;
    return values.contains(value.index()) ? always() : never();
  }
  if (parts.empty()) return *this;
  if (kind == Kind::negation) return negation(parts.front().given(known, value));
  std::vector<Predicate> left;
  for (const Predicate& part : parts) left.push_back(part.given(known, value));
  return kind == Kind::all ? all(std::move(left)) : any(std::move(left));
}

std::strong_ordering Predicate::operator<=>(const Predicate& other) const {
  if (const auto order =
          std::tie(kind, attribute, values) <=> std::tie(other.kind, other.attribute, other.values);
      order != 0)
    return order;
  return std::lexicographical_compare_three_way(parts.begin(), parts.end(), other.parts.begin(),
                                                other.parts.end());
}

bool Predicate::holds(const AttributeValues& values_of_person) const {
  const auto part_holds = [&](const Predicate& part) { return part.holds(values_of_person); };
  switch (kind) {
    case Kind::always: return true;
    case Kind::never: return false;
    case Kind::is: return values.contains(values_of_person[attribute.index()].index());
    case Kind::all: return std::all_of(parts.begin(), parts.end(), part_holds);
    case Kind::any: return std::any_of(parts.begin(), parts.end(), part_holds);
    case Kind::negation: return !parts.front().holds(values_of_person);
  }
  return false;
}

}  // namespace onward
