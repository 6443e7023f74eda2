// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "metrics/results_json.hpp"
#include "metrics/store/database.hpp"

namespace onward {

/// The names that the rows of one point of a run have in common.
struct RunNames {
  std::int64_t run = 0;
  std::vector<std::string> policies;  ///< In the order of the accounts.
  std::vector<std::string> groups;
  std::vector<std::string> measures;
};

/// What is stored of one replication, in the order of the keys of the tables.
struct ReplicationRows {
  std::vector<Row> replications;
  std::vector<Row> by_group;
  std::vector<Row> persons;
};

/// `accounts`: by policy.
[[nodiscard]] ReplicationRows rows_of(const RunNames& names, std::uint32_t replication,
                                      const std::vector<Account>& accounts);

/// Rows of `measures` and of `sampling`; `accounts` need hold no replication.
[[nodiscard]] std::vector<Row> measure_rows(const RunNames& names, const Accounts& accounts);
[[nodiscard]] std::vector<Row> sampling_rows(const RunNames& names, const Accounts& accounts);

/// Rows of `figures`.
[[nodiscard]] std::vector<Row> figure_rows(const RunNames& names, const Accounts& accounts);

}  // namespace onward
