// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
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
/// A decision diagram: one step for each attribute that some predicate tests. Its
/// size follows the distinctions that the predicates make together, not the
/// product of the attributes.
class CellSpace {
 public:
  static constexpr std::size_t max_cells = 65536;

  /// One cell: nobody differs from anybody.
  CellSpace();

  /// The atoms of `predicates` over the attributes of `vocabulary`.
  ///
  /// Nothing if there are more than `max_cells`, or would be on the way there; then
  /// `crowded` gets the names of the attributes with the most distinctions, most first.
  [[nodiscard]] static std::optional<CellSpace> build(const Vocabulary& vocabulary,
                                                      const std::vector<Predicate>& predicates,
                                                      std::vector<std::string>& crowded);

  [[nodiscard]] std::size_t size() const { return representatives_.size(); }

  /// The cell of a person with these values, one for each attribute.
  [[nodiscard]] CellId cell(const AttributeValues& values) const {
    std::size_t state = 0;
    for (const Step& step : steps_)
      state = step.next[state * step.classes + step.class_of_value[values[step.attribute].index()]];
    return CellId(state);
  }

  /// Values of somebody in the cell.
  [[nodiscard]] const AttributeValues& representative(CellId cell) const {
    return representatives_[cell.index()];
  }

  /// What is known of a person: a value, or nothing, for each attribute.
  using Known = std::vector<std::optional<ValueId>>;

  /// The cells of the people with the known values, each with one of them.
  [[nodiscard]] std::map<CellId, AttributeValues> people(const Known& known) const;

  /// The number of values of an attribute.
  [[nodiscard]] std::size_t values(AttributeId attribute) const {
    return values_[attribute.index()];
  }

  /// The attributes not known that decide between labels: those of which a change
  /// alone gives somebody another label. `label` is by cell.
  [[nodiscard]] std::vector<AttributeId> deciding(const Known& known,
                                                  const std::map<CellId, std::size_t>& label) const;

  /// The cells in which a predicate holds. It must be built from those of the space.
  [[nodiscard]] DynamicSet where(const Predicate& predicate) const;

 private:
  /// What one attribute adds to what is known: from state and class of value to state.
  struct Step {
    std::size_t attribute = 0;
    std::size_t classes = 0;
    std::vector<std::uint32_t> class_of_value;
    std::vector<std::uint32_t> next;
  };

  /// The classes of a step's attribute that a person with the known values may have.
  [[nodiscard]] static std::vector<std::size_t> open_classes(const Step& step, const Known& known);

  std::vector<Step> steps_;
  std::vector<std::size_t> values_;               ///< By attribute.
  std::vector<std::vector<ValueId>> examples_;    ///< By attribute: a value of each class.
  std::vector<AttributeValues> representatives_;  ///< By cell.
};

}  // namespace onward
