// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/table_text.hpp"
#include "metrics/results_json.hpp"

namespace onward::cli {

/// The results as a table of at most `text_width()` columns, the declared headline first.
/// `groups`: with the figures of each group.
[[nodiscard]] std::string results_table(const Results& results, bool groups);

/// What must be said with every result.
void add_notes(TableText& out, const std::vector<Note>& notes);

}  // namespace onward::cli
