// SPDX-License-Identifier: Apache-2.0
#include "tests/support/stored.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/run.hpp"

namespace onward::test_support {

std::map<std::string, std::vector<Row>> stored_in(const std::string& folder) {
  std::map<std::string, std::vector<Row>> contents;
  Database database(folder + "/results.sqlite", Database::Access::read);
  for (const Table& table : store_tables())
    database.read(table, [&](const Row& row) { contents[table.name].push_back(row); });
  return contents;
}

std::string results_in(const std::string& folder) {
  nlohmann::json results = nlohmann::json::parse(read_file(folder + "/results.json"));
  results.erase("performance");
  return results.dump(1);
}

std::size_t replications_in(const std::string& folder) {
  if (!std::filesystem::exists(folder + "/results.sqlite")) return 0;
  std::size_t count = 0;
  // Why for writing: what a killed process left half written is taken back.
  Database database(folder + "/results.sqlite", Database::Access::write);
  database.select("SELECT DISTINCT run, replication FROM replications", {},
                  [&](const Row&) { ++count; });
  return count;
}

}  // namespace onward::test_support
