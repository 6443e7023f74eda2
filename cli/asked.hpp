// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/commands.hpp"
#include "metrics/store/manifest.hpp"

namespace onward::cli {

/// What is asked of a run, as a store says it.
[[nodiscard]] Contents contents_of(const RunOptions& options, const LoadResult& loaded,
                                   const std::vector<std::size_t>& policies);

/// What was asked for then, by its name; empty if nothing was said.
[[nodiscard]] std::string asked(const Facts& about, const std::string& name);

/// Fills in what the options leave open with what was asked for then.
void ask_the_same(const Facts& about, RunOptions& options);

/// Of a run that begins.
[[nodiscard]] Manifest manifest_for(const RunOptions& options, const Scenario& scenario,
                                    const std::string& path);

}  // namespace onward::cli
