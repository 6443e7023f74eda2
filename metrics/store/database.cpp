// SPDX-License-Identifier: Apache-2.0
#include "metrics/store/database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <map>

namespace onward {
namespace {

constexpr int wait_milliseconds = 5000;

/// Says in words what SQLite means.
[[noreturn]] void report(const std::string& file, const SQLite::Exception& problem) {
  const char* what = problem.what();
  switch (problem.getErrorCode()) {
    case SQLITE_FULL: what = "the disk is full"; break;
    case SQLITE_IOERR: what = "the disk is full, or fails"; break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: what = "it cannot be opened, or not for writing"; break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: what = "another process uses it"; break;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT: what = "it is damaged, or no store"; break;
    default: break;
  }
  throw StoreError("`" + file + "`: " + what);
}

void bind(SQLite::Statement& statement, int place, const Cell& cell, bool blob) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell))
    statement.bind(place, *whole);
  else if (const auto* number = std::get_if<double>(&cell))
    statement.bind(place, *number);
  else if (const auto* text = std::get_if<std::string>(&cell); text != nullptr && blob)
    statement.bindNoCopy(place, text->data(), static_cast<int>(text->size()));
  else if (text != nullptr)
    statement.bindNoCopy(place, *text);
  else
    statement.bind(place);
}

void take_into(Cell& cell, const SQLite::Column& column) {
  if (column.isInteger())
    cell = column.getInt64();
  else if (column.isFloat())
    cell = column.getDouble();
  else if (column.isNull())
    cell = std::monostate();
  else
    cell = column.getString();
}

}  // namespace

struct Database::Connection {
  Connection(const std::string& name, int flags)
      : file(name), database(name, flags, wait_milliseconds) {}

  std::string file;
  SQLite::Database database;
  std::map<std::string, SQLite::Statement> inserts;  ///< By table.

  template <class Work>
  auto guarded(const Work& work) {
    try {
      return work();
    } catch (const SQLite::Exception& problem) {
      report(file, problem);
    }
  }
};

Database::Database(const std::string& file, Access access) {
  try {
    const bool writes = access == Access::write;
    connection_ = std::make_unique<Connection>(
        file, writes ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY);
    if (!writes) {
      if (!connection_->database.tableExists("about"))
        throw StoreError("`" + file + "` is no store");
      return;
    }
    // Why: a power cut must not lose what a finished transaction wrote.
    connection_->database.exec("PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL");
    if (connection_->database.tableExists("about")) return;
  } catch (const SQLite::Exception& problem) {
    report(file, problem);
  }
  transaction([&] {
    for (const Table& table : store_tables()) execute(create_statement(table));
  });
}

Database::~Database() = default;

void Database::transaction(const std::function<void()>& work) {
  connection_->guarded([&] {
    SQLite::Transaction transaction(connection_->database);
    work();
    transaction.commit();
  });
}

void Database::insert(const Table& table, const Row& row) {
  connection_->guarded([&] {
    auto at = connection_->inserts.find(table.name);
    if (at == connection_->inserts.end()) {
      std::string sql = "INSERT INTO \"" + std::string(table.name) + "\" VALUES (?";
      for (std::size_t c = 1; c < table.columns.size(); ++c) sql += ", ?";
      at = connection_->inserts
               .emplace(table.name, SQLite::Statement(connection_->database, sql + ")"))
               .first;
    }
    SQLite::Statement& statement = at->second;
    statement.reset();
    for (std::size_t c = 0; c < row.size(); ++c)
      bind(statement, static_cast<int>(c) + 1, row[c],
           std::string_view(table.columns[c].type) == "BLOB");
    statement.exec();
  });
}

void Database::execute(const std::string& sql, const std::vector<std::int64_t>& numbers) {
  connection_->guarded([&] {
    SQLite::Statement statement(connection_->database, sql);
    for (std::size_t n = 0; n < numbers.size(); ++n)
      statement.bind(static_cast<int>(n) + 1, numbers[n]);
    statement.exec();
  });
}

void Database::select(const std::string& sql, const std::vector<std::int64_t>& numbers,
                      const Take& take) {
  connection_->guarded([&] {
    SQLite::Statement statement(connection_->database, sql);
    for (std::size_t n = 0; n < numbers.size(); ++n)
      statement.bind(static_cast<int>(n) + 1, numbers[n]);
    Row row(static_cast<std::size_t>(statement.getColumnCount()));
    while (statement.executeStep()) {
      for (std::size_t c = 0; c < row.size(); ++c)
        take_into(row[c], statement.getColumn(static_cast<int>(c)));
      take(row);
    }
  });
}

void Database::read(const Table& table, const Take& take) {
  select("SELECT * FROM \"" + std::string(table.name) + "\" ORDER BY " + table.key, {}, take);
}

std::string database_version() {
  return sqlite3_libversion();
}

}  // namespace onward
