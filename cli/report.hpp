// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/commands.hpp"

namespace onward::cli {

/// Which tests are run for a page.
enum class TestsForPage {
  none,
  quick,  ///< Decisions; proofs take their time, figures would be replayed once more.
  all
};

/// What the page of a run shows: `json` is its results. Nothing, with a message, where it cannot be
/// made.
[[nodiscard]] std::optional<std::string> document_of_run(const RunOptions& options,
                                                         const LoadResult& loaded,
                                                         const std::vector<std::size_t>& policies,
                                                         const std::string& json,
                                                         TestsForPage tests);

}  // namespace onward::cli
