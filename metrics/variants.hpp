// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "metrics/experiment.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward {

/// How variants of a scenario are replayed. All have the same seed: the same people with the same
/// luck live in each, so that a difference comes from the variant.
struct VariantPlan {
  std::vector<std::string> measures;  ///< By name.
  int replications = 2;
  std::optional<int> people;
  std::optional<std::uint32_t> seed;
  std::size_t jobs = 1;
};

/// One variant to be replayed.
struct Variant {
  LoadResult loaded;
  std::vector<std::string> policies;  ///< By id, in the order in which they are answered.
  /// Where policies are made of marked parts: the parts, and which of them each policy has. Every
  /// variant has the same marks.
  std::unique_ptr<RuleMarks> marks = nullptr;
  std::vector<Marks> parts = {};
};

/// What one variant came to.
struct VariantValues {
  std::string problem;  ///< Not empty: it could not be read or replayed, and why.
  /// By policy, measure and replication.
  std::vector<std::vector<std::vector<double>>> values;
};

/// Replays `count` variants, each made in the process that replays it. The same answer for any
/// number of jobs. Nothing if `progress` says to stop.
[[nodiscard]] std::optional<std::vector<VariantValues>> run_variants(
    std::size_t count, const std::function<Variant(std::size_t)>& make, const VariantPlan& plan,
    const Progress& progress = {});

}  // namespace onward
