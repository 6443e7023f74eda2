// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metrics/grade.hpp"

namespace onward {

/// One thing that is measured: docs/method/measures.md, section 2.
struct Measure {
  enum class Kind {
    reach,
    inferred,
    exposure,
    exposure_of_regime,
    beyond_remedy,
    outliving,
    onward_depth,
    purpose_drift,
    false_match_found,
    false_match,
    delay,
    officer_hours,
    harm,
    benefit
  };

  Kind kind = Kind::reach;
  std::size_t of = 0;  ///< A category, a regime (of `regimes_of`), a drift, a harm or a benefit.
  std::string name;    ///< As in tests and results: `reach.identity`.
  std::string label;
  std::string unit;
  bool counts_people = false;  ///< A person adds 0 or 1, or the chance of it.
  bool has_events = false;     ///< There is something to be counted.
  Grade grade = Grade::sourced;
};

/// Of what the share that the horizon cuts off is a share: docs/method/measures.md, section 2.
enum class Censoring {
  own,      ///< Of days or cases, which each reading says.
  journey,  ///< Of everybody, those whose journey had not ended.
  risk      ///< Of everybody, those whom the harm could still meet.
};
[[nodiscard]] Censoring censoring_of(Measure::Kind kind);

/// What the law says of an act for another purpose than that of the collection.
enum class Drift : std::uint8_t { compatible, by_statute, unlawful, ungoverned };
inline constexpr std::size_t drifts = 4;

/// The legal regimes of a world's nodes, in the order of names; `unstated` where none is given.
[[nodiscard]] std::vector<std::string> regimes_of(const World& world);
[[nodiscard]] const std::string& regime_of(const Node& node);

/// Everything that is measured of a model, in a fixed order.
[[nodiscard]] std::vector<Measure> measures_of(const Model& model, const Grades& grades);

/// Those of them with these names, in their order.
[[nodiscard]] std::vector<Measure> only(std::vector<Measure> measures,
                                        const std::vector<std::string>& names);

/// The index of a measure by its name.
[[nodiscard]] std::optional<std::size_t> find_measure(const std::vector<Measure>& measures,
                                                      const std::string& name);

}  // namespace onward
