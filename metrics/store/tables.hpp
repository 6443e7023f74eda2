// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace onward {

/// One column of the store, as the codebook tells it.
struct Column {
  const char* name;
  const char* type;  ///< Of SQLite: TEXT, INTEGER, REAL or BLOB.
  const char* unit;  ///< Empty: none.
  const char* range;
  const char* meaning;
  bool can_be_empty = false;
};

/// One table of the store, or a view over its tables.
struct Table {
  enum class Kind { table, view, working_memory };

  const char* name;
  const char* meaning;
  std::vector<Column> columns;
  const char* key;  ///< Columns that tell the rows apart, and their order.
  Kind kind = Kind::table;
  const char* select = "";  ///< Of a view.
};

/// Everything that a store holds. The tables, the codebook and the CSV files are made from this.
[[nodiscard]] const std::vector<Table>& store_tables();

/// The table of that name, which must exist.
[[nodiscard]] const Table& store_table(std::string_view name);

/// The SQL that makes it.
[[nodiscard]] std::string create_statement(const Table& table);

}  // namespace onward
