// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "metrics/store/database.hpp"

namespace onward::test_support {

/// All rows of all tables and views of the store in a folder, by name.
[[nodiscard]] std::map<std::string, std::vector<Row>> stored_in(const std::string& folder);

/// results.json of a folder without what differs from run to run: `performance`.
[[nodiscard]] std::string results_in(const std::string& folder);

/// How many replications the store in a folder holds; 0 if there is no store.
[[nodiscard]] std::size_t replications_in(const std::string& folder);

}  // namespace onward::test_support
