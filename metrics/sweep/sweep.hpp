// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace onward {

/// One thing that a sweep varies.
struct Factor {
  std::string name;
  std::string label;
  Place place;
  std::vector<std::string> pointers;  ///< What is set ...
  std::vector<Value> values;          ///< ... to each of these, ...
  double low = 0;                     ///< ... or to a number of a range.
  double high = 0;
  int steps = 0;
  bool is_range = false;
  bool logarithmic = false;
  bool whole = false;
  std::string rule;                   ///< Or a rule that is in force or not ...
  std::vector<std::string> policies;  ///< ... in these policies.

  /// What is varied, in one text.
  [[nodiscard]] std::string varies() const;
};

/// A file that says how a scenario is replayed at many points.
struct Sweep {
  std::string file;  ///< As shown to the user.
  std::string id;
  std::string title;
  std::string scenario;  ///< Its path, seen from the present folder.
  std::optional<int> people;
  std::optional<int> replications;
  std::optional<std::uint32_t> seed;
  std::vector<std::string> policies;
  std::vector<Override> set;  ///< At every point; own marginals among them.
  std::vector<Factor> factors;
  std::optional<int> latin_hypercube;  ///< Absent: every combination.
  std::vector<SourceFile> sources;     ///< The sweep's own file, then that of the marginals.
};

/// Reads a sweep. Nothing, with all problems reported, if anything is wrong.
[[nodiscard]] std::optional<Sweep> read_sweep(const std::string& path, Diagnostics& diagnostics);

/// The value of a factor at a point.
struct Level {
  std::string json;
  std::optional<double> number;
  Value value;
};

/// The levels of a sweep's factors, by point. `seed` draws a Latin hypercube.
using Design = std::vector<std::vector<Level>>;

/// More points than this are refused.
inline constexpr std::size_t most_points = 100000;

/// Nothing, with all problems reported, if the design has too many points.
[[nodiscard]] std::optional<Design> design_of(const Sweep& sweep, std::uint32_t seed,
                                              Diagnostics& diagnostics);

/// The scenario at one point.
[[nodiscard]] LoadResult load_point(const Draft& draft, const Sweep& sweep,
                                    const std::vector<Level>& levels);

}  // namespace onward
