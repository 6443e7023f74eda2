// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "metrics/store/database.hpp"

namespace onward {

/// Writes a text into a file that is there whole or not at all. Throws StoreError.
void write_whole(const std::filesystem::path& file, const std::string& text);

/// Writes each table and view of a store as `TABLE.csv` (RFC 4180, UTF-8, a header of column
/// names, numbers that read back to the same bits, nothing for an empty cell), and `codebook.csv`,
/// which says what every column means, in what unit and range. Tables without rows keep their
/// header. Throws StoreError.
void export_csv(Database& database, const std::filesystem::path& folder);

/// The names of the files that `export_csv` writes.
[[nodiscard]] std::vector<std::string> csv_names();

}  // namespace onward
