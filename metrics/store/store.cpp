// SPDX-License-Identifier: Apache-2.0
#include "metrics/store/store.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "metrics/store/sha256.hpp"

namespace onward {
namespace {

void insert_all(Database& database, const char* table, const std::vector<Row>& rows) {
  for (const Row& row : rows) database.insert(store_table(table), row);
}

Facts read_facts(Database& database, const char* table) {
  Facts facts;
  database.read(store_table(table), [&](const Row& row) {
    facts.emplace_back(std::get<std::string>(row[0]), std::get<std::string>(row[1]));
  });
  return facts;
}

std::string in_words(const Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  return "";
}

/// Compares rows of a replication with those that are stored.
void compare(Database& database, const char* name, std::int64_t run, std::uint32_t replication,
             const std::vector<Row>& rows, std::vector<std::string>& found) {
  const Table& table = store_table(name);
  std::vector<Row> stored;
  database.select("SELECT * FROM \"" + std::string(name) +
                      "\" WHERE run = ? AND replication = ? ORDER BY " + table.key,
                  {run, replication}, [&](const Row& row) { stored.push_back(row); });
  const auto key_columns = static_cast<std::size_t>(std::count(
                               table.key, table.key + std::string(table.key).size(), ',')) +
                           1;
  std::vector<Row> differing;
  std::set_symmetric_difference(stored.begin(), stored.end(), rows.begin(), rows.end(),
                                std::back_inserter(differing));
  for (const Row& row : differing) {
    std::string key = std::string(name) + ":";
    for (std::size_t c = 1; c < key_columns; ++c) key += " " + in_words(row[c]);
    if (found.empty() || found.back() != key) found.push_back(key);
  }
}

}  // namespace

std::vector<StoredFile> stored_files(const std::vector<SourceFile>& sources,
                                     const std::string& first) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(first).lexically_normal().parent_path();
  std::map<std::string, StoredFile> files;
  for (const SourceFile& source : sources) {
    const fs::path path = fs::path(source.name).lexically_normal();
    const std::string name =
        folder.empty() ? path.string() : path.lexically_relative(folder).string();
    files[name] = {name, source.text.size(), sha256(source.text)};
  }
  std::vector<StoredFile> list;
  for (auto& [name, file] : files) list.push_back(std::move(file));
  return list;
}

RunNames names_of(const Contents& contents, std::int64_t run) {
  RunNames names;
  names.run = run;
  for (const Policy* policy : contents.policies) names.policies.push_back(policy->id);
  for (const Group& group : contents.scenario->population.groups) names.groups.push_back(group.id);
  return names;
}

void StoredRun::begin(const Accounts& accounts) {
  names_.measures.clear();
  for (const Measure& measure : accounts.measures) names_.measures.push_back(measure.name);
  people_ = 0;
  for (const int of_group : accounts.people) people_ += of_group;
  bool known = false;
  database_.select("SELECT run FROM runs WHERE run = ?", {names_.run},
                   [&](const Row&) { known = true; });
  if (known) return;
  database_.transaction([&] {
    Row row{names_.run, people_, std::int64_t{replications_}};
    row.resize(5);
    database_.insert(store_table("runs"), row);
    for (const Setting& setting : settings_) {
      Row values{names_.run, setting.factor, setting.json};
      values.resize(4);
      if (setting.number) values.back() = *setting.number;
      database_.insert(store_table("settings"), values);
    }
    insert_all(database_, "measures", measure_rows(names_, accounts));
    insert_all(database_, "sampling", sampling_rows(names_, accounts));
  });
}

std::optional<std::vector<Account>> StoredRun::kept(std::uint32_t replication) {
  std::optional<std::vector<Account>> accounts;
  database_.select("SELECT state FROM checkpoints WHERE run = ? AND replication = ?",
                   {names_.run, replication}, [&](const Row& row) {
                     std::string_view bytes = std::get<std::string>(row.front());
                     accounts.emplace();
                     while (!bytes.empty()) accounts->push_back(take_account(bytes));
                   });
  return accounts;
}

void StoredRun::keep(std::uint32_t replication, const std::vector<Account>& accounts) {
  const ReplicationRows rows = rows_of(names_, replication, accounts);
  std::string state;
  for (Account account : accounts) {
    account.persons.clear();
    state += to_bytes(account);
  }
  database_.transaction([&] {
    insert_all(database_, "replications", rows.replications);
    insert_all(database_, "by_group", rows.by_group);
    insert_all(database_, "persons", rows.persons);
    database_.insert(store_table("checkpoints"),
                     {names_.run, std::int64_t{replication}, std::move(state)});
  });
}

void StoredRun::complete(const Results& results) {
  database_.transaction([&] {
    insert_all(database_, "figures", figure_rows(names_, results.accounts));
    for (std::size_t n = 0; n < results.notes.size(); ++n)
      database_.insert(store_table("notes"),
                       {names_.run, static_cast<std::int64_t>(n), results.notes[n].text});
    database_.execute("DELETE FROM runs WHERE run = ?", {names_.run});
    database_.insert(store_table("runs"),
                     {names_.run, people_, static_cast<std::int64_t>(results.replications_planned),
                      static_cast<std::int64_t>(results.person_events), to_string(results.digest)});
    database_.execute("DELETE FROM checkpoints WHERE run = ?", {names_.run});
  });
}

void describe(Database& database, const Contents& contents) {
  database.transaction([&] {
    for (const auto& [name, value] : contents.identity.about)
      database.insert(store_table("about"), {name, value});
    for (const auto& [name, value] : contents.environment)
      database.insert(store_table("environment"), {name, value});
    for (const StoredFile& file : contents.identity.files)
      database.insert(store_table("files"),
                      {file.name, static_cast<std::int64_t>(file.bytes), file.sha256});
    std::int64_t place = 0;
    for (const StoredFactor& factor : contents.factors)
      database.insert(store_table("factors"), {factor.name, place++, factor.label, factor.varies});
    place = 0;
    for (const Policy* policy : contents.policies)
      database.insert(store_table("policies"), {policy->id, place++, policy->label});
    place = 0;
    for (const Group& group : contents.scenario->population.groups)
      database.insert(store_table("groups"), {group.id, place++, group.label});
  });
}

Identity identity_of(Database& database) {
  Identity identity;
  identity.about = read_facts(database, "about");
  database.read(store_table("files"), [&](const Row& row) {
    identity.files.push_back({std::get<std::string>(row[0]),
                              static_cast<std::uint64_t>(std::get<std::int64_t>(row[1])),
                              std::get<std::string>(row[2])});
  });
  return identity;
}

std::vector<std::string> differences(const Identity& stored, const Identity& asked) {
  std::vector<std::string> found;
  std::map<std::string, std::pair<std::string, std::string>> about;
  for (const auto& [name, value] : stored.about) about[name].first = value;
  for (const auto& [name, value] : asked.about) about[name].second = value;
  for (const auto& [name, values] : about)
    if (values.first != values.second)
      found.push_back(name + ": `" + values.first + "` there, `" + values.second + "` now");
  std::map<std::string, std::pair<std::string, std::string>> files;
  for (const StoredFile& file : stored.files) files[file.name].first = file.sha256;
  for (const StoredFile& file : asked.files) files[file.name].second = file.sha256;
  for (const auto& [name, hashes] : files)
    if (hashes.first.empty() || hashes.second.empty())
      found.push_back("file `" + name + "`: read only " + (hashes.first.empty() ? "now" : "then"));
    else if (hashes.first != hashes.second)
      found.push_back("file `" + name + "`: its text has changed");
  return found;
}

std::optional<std::string> stored_digest(Database& database, std::int64_t run) {
  std::optional<std::string> digest;
  database.select("SELECT digest FROM runs WHERE run = ? AND digest IS NOT NULL", {run},
                  [&](const Row& row) { digest = std::get<std::string>(row.front()); });
  return digest;
}

std::string whole_digest(Database& database, std::int64_t runs) {
  std::string all;
  for (std::int64_t run = 0; run < runs; ++run) {
    const auto digest = stored_digest(database, run);
    if (!digest) return "";
    if (runs == 1) return *digest;
    all += *digest + "\n";
  }
  return sha256(all).substr(0, 32);
}

std::vector<std::string> rows_that_differ(Database& database, std::int64_t run,
                                          std::uint32_t replication, const ReplicationRows& rows) {
  std::vector<std::string> found;
  compare(database, "replications", run, replication, rows.replications, found);
  compare(database, "by_group", run, replication, rows.by_group, found);
  compare(database, "persons", run, replication, rows.persons, found);
  return found;
}

}  // namespace onward
