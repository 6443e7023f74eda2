// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "metrics/store/tables.hpp"

namespace onward {

/// A value in the store; `std::monostate` is an empty one.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;
using Row = std::vector<Cell>;

/// What keeps the store from being read or written, in words for its owner.
struct StoreError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The tables of tables.hpp in one SQLite file.
///
/// What is written inside `transaction` is there whole or not at all, whatever ends the process.
/// Not to be used in a process that was forked from the one that opened it. Everything throws
/// StoreError.
class Database {
 public:
  enum class Access { read, write };

  /// To write: makes the file and its tables where they are missing.
  Database(const std::string& file, Access access);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void transaction(const std::function<void()>& work);

  /// A row as wide as the table. In order: a BLOB is written from a text.
  void insert(const Table& table, const Row& row);
  /// One whole number for each `?` of a statement that gives no rows.
  void execute(const std::string& sql, const std::vector<std::int64_t>& numbers = {});

  using Take = std::function<void(const Row&)>;
  /// Hands over each row that a statement gives.
  void select(const std::string& sql, const std::vector<std::int64_t>& numbers, const Take& take);
  /// All rows of a table in the order of its key.
  void read(const Table& table, const Take& take);

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

/// The version of SQLite.
[[nodiscard]] std::string database_version();

}  // namespace onward
