// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/asked.hpp"
#include "metrics/sweep/sweep.hpp"

namespace onward::cli {

/// A sweep with its scenario and its points.
struct SweepStudy {
  Sweep sweep;
  Draft draft;
  Design design;  ///< At least one point.

  [[nodiscard]] LoadResult load(std::size_t point) const {
    return load_point(draft, sweep, design[point]);
  }
  /// What a run of one point would be asked.
  [[nodiscard]] RunOptions options() const;
  /// What the store says of it; `loaded` is its first point.
  [[nodiscard]] Contents contents(const RunOptions& options, const LoadResult& loaded,
                                  const std::vector<std::size_t>& policies) const;
  /// The values at a point, each with its factor.
  [[nodiscard]] std::vector<Setting> settings(std::size_t point) const;
};

/// Whether the file name ends with `.sweep.json`.
[[nodiscard]] bool is_sweep_file(const std::string& path);

/// Reads a sweep and its scenario; nothing if there is any error.
[[nodiscard]] std::optional<SweepStudy> read_study(const std::string& path,
                                                   Diagnostics& diagnostics);

/// Reads the scenario at every point, and reports what is wrong at any; once what is wrong at
/// several. True if all is well.
[[nodiscard]] bool check_points(const SweepStudy& study, Diagnostics& diagnostics);

}  // namespace onward::cli
