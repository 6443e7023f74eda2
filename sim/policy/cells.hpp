// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/bits.hpp"
#include "sim/ids.hpp"
#include "sim/world/predicate.hpp"
#include "sim/world/vocabulary.hpp"

namespace onward {

/// The atoms of a set of predicates: people in one cell are treated alike by all of them.
///
/// A person's cell is found by adding one number for each attribute and one
/// look-up, so it costs little to keep it up to date.
class CellSpace {
 public:
  static constexpr std::size_t max_cells = 65536;
  /// Bound on the table from classes of values to cells.
  static constexpr std::size_t max_combinations = std::size_t{1} << 20U;

  /// One cell: nobody differs from anybody.
  CellSpace();

  /// The atoms of `predicates` over the attributes of `vocabulary`.
  ///
  /// Nothing if there are more than `max_cells`; then `crowded` gets the names of
  /// the attributes with the most distinctions, most first.
  [[nodiscard]] static std::optional<CellSpace> build(const Vocabulary& vocabulary,
                                                      const std::vector<Predicate>& predicates,
                                                      std::vector<std::string>& crowded);

  [[nodiscard]] std::size_t size() const { return representatives_.size(); }

  /// The cell of a person with these values, one for each attribute.
  [[nodiscard]] CellId cell(const AttributeValues& values) const {
    std::size_t combination = 0;
    for (std::size_t a = 0; a < offsets_.size(); ++a) combination += offsets_[a][values[a].index()];
    return cell_of_[combination];
  }

  /// Values of somebody in the cell.
  [[nodiscard]] const AttributeValues& representative(CellId cell) const {
    return representatives_[cell.index()];
  }

  /// A value of each kind that the predicates tell apart in an attribute.
  [[nodiscard]] const std::vector<ValueId>& examples(AttributeId attribute) const {
    return examples_[attribute.index()];
  }

  /// The cells in which a predicate holds. It must be built from those of the space.
  [[nodiscard]] DynamicSet where(const Predicate& predicate) const;

 private:
  std::vector<std::vector<ValueId>> examples_;  ///< By attribute: a value of each class.
  std::vector<std::vector<std::uint32_t>> offsets_;  ///< By attribute and value.
  std::vector<CellId> cell_of_;                      ///< By combination of classes.
  std::vector<AttributeValues> representatives_;     ///< By cell.
};

}  // namespace onward
