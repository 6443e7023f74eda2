// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/date.hpp"
#include "sim/diagnostic.hpp"
#include "sim/people/outcomes.hpp"
#include "sim/people/plan.hpp"
#include "sim/people/population.hpp"
#include "sim/policy/cells.hpp"
#include "sim/policy/compiled_policy.hpp"
#include "sim/policy/lint.hpp"
#include "sim/policy/rule.hpp"
#include "sim/scenario/compose.hpp"
#include "sim/scenario/json_text.hpp"
#include "sim/scenario/override.hpp"
#include "sim/scenario/value.hpp"
#include "sim/world/world.hpp"

namespace onward {

/// When, for how long and how often a scenario is replayed.
struct Experiment {
  Date start;
  double horizon_days = 0;
  double warm_up_days = 0;
  int replications = 0;
  std::uint32_t seed = 0;
  int hop_limit = 8;
};

/// A scenario, read and checked whole. Immutable once loaded.
struct Scenario {
  Scenario() = default;
  // Why: the compiled policies point into it.
  Scenario(const Scenario&) = delete;
  Scenario& operator=(const Scenario&) = delete;

  std::string file;  ///< As shown to the user.
  std::string id;
  std::string title;
  std::string question;
  std::vector<std::string> headline_harms;
  std::vector<std::string> headline_benefits;
  std::optional<std::size_t> reference_group;  ///< With which the risks of others are compared.
  Vocabulary vocabulary;
  World world;
  Population population;
  std::vector<Policy> policies;
  Outcomes outcomes;
  Experiment experiment;
  std::optional<CellSpace> cells;
  std::vector<CompiledPolicy> compiled;  ///< One for each policy.
  Value suite;                           ///< A list of tests; null if there is none.
};

/// What a replay of the scenario is made of; points into it.
[[nodiscard]] Model model_of(const Scenario& scenario);

/// A policy of the scenario, to be looked over on the scenario's days.
[[nodiscard]] LintContext lint_context(const Scenario& scenario, std::size_t policy);

/// What loading gave: a scenario if there is no error; the diagnostics in any case.
struct LoadResult {
  std::unique_ptr<const Scenario> scenario;
  Diagnostics diagnostics;
  std::vector<SourceFile> sources;  ///< Every file that was read, the scenario's own first.
};

/// Loads a scenario by its file or its folder. Reads every file that it names,
/// checks each against its schema, then what it means; reports all problems.
/// All schema errors of all files are reported; if there are none, all errors
/// of meaning. `overrides` are set before anything is read.
[[nodiscard]] LoadResult load_scenario(const std::string& path,
                                       const std::vector<Override>& overrides = {});

/// The same from a text, for tests: blocks must be in place.
[[nodiscard]] LoadResult load_scenario_text(const std::string& text, const std::string& shown_as,
                                            const std::vector<Override>& overrides = {});

/// The same from a draft (compose.hpp), whose files need not be read again for each variant.
[[nodiscard]] LoadResult load_draft(const Draft& draft, const std::vector<Override>& overrides);

}  // namespace onward
