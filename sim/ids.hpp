// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace onward {

/// Index of a named thing within its table. Ids of different things do not mix.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : value_(static_cast<std::uint16_t>(index)) {}

  [[nodiscard]] constexpr std::size_t index() const { return value_; }
  auto operator<=>(const Id&) const = default;

 private:
  std::uint16_t value_ = 0;
};

/// Every table of named things is smaller than this, so that an Id can hold its indices.
inline constexpr std::size_t max_named_things = 60000;

using NodeId = Id<struct NodeTag>;
using ChannelId = Id<struct ChannelTag>;
using CategoryId = Id<struct CategoryTag>;
using PurposeId = Id<struct PurposeTag>;
using AttributeId = Id<struct AttributeTag>;
using FactId = Id<struct FactTag>;
using ActionId = Id<struct ActionTag>;
/// Index of a rule within its policy; rules are in the byte order of their ids.
using RuleId = Id<struct RuleTag>;
/// Index of a value within its attribute.
using ValueId = Id<struct ValueTag>;
/// Index of a cell within a CellSpace.
using CellId = Id<struct CellTag>;

}  // namespace onward
