// SPDX-License-Identifier: Apache-2.0
#include "metrics/store/verify.hpp"

namespace onward {

void Verification::begin(const Accounts& accounts) {
  names_.measures.clear();
  for (const Measure& measure : accounts.measures) names_.measures.push_back(measure.name);
}

bool Verification::is_stored(std::uint32_t replication) const {
  bool found = false;
  database_.select("SELECT 1 FROM replications WHERE run = ? AND replication = ? LIMIT 1",
                   {names_.run, replication}, [&](const Row&) { found = true; });
  return found;
}

int Verification::stored() const {
  std::int64_t last = -1;
  database_.select(
      "SELECT replication FROM replications WHERE run = ? ORDER BY replication DESC "
      "LIMIT 1",
      {names_.run}, [&](const Row& row) { last = std::get<std::int64_t>(row.front()); });
  return static_cast<int>(last + 1);
}

std::optional<std::vector<Account>> Verification::kept(std::uint32_t /*replication*/) {
  return {};
}

void Verification::keep(std::uint32_t replication, const std::vector<Account>& accounts) {
  if (!is_stored(replication)) return;
  const ReplicationRows rows = rows_of(names_, replication, accounts);
  const std::vector<std::string> found = rows_that_differ(database_, names_.run, replication, rows);
  differing_.insert(differing_.end(), found.begin(), found.end());
  ++compared_;
  rows_ += rows.replications.size() + rows.by_group.size() + rows.persons.size();
}

}  // namespace onward
