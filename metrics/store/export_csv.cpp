// SPDX-License-Identifier: Apache-2.0
#include "metrics/store/export_csv.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <fstream>

namespace onward {
namespace {

namespace fs = std::filesystem;

constexpr const char* codebook_name = "codebook.csv";

/// A file that gets its name when it is whole, and goes if it is not.
class NewFile {
 public:
  explicit NewFile(const fs::path& file)
      : file_(file), unfinished_(file.string() + ".part"), out_(unfinished_, std::ios::binary) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    std::error_code error;
    fs::remove(unfinished_, error);
  }

  std::ostream& out() { return out_; }

  void finish() {
    out_.close();
    std::error_code error;
    if (out_ && is_on_disk()) fs::rename(unfinished_, file_, error);
    if (!out_ || error || fs::exists(unfinished_))
      throw StoreError("`" + file_.string() +
                       "` cannot be written: is the disk full, or the folder not yours?");
  }

 private:
  /// Why: after a power cut the name must not lead to an empty file.
  [[nodiscard]] bool is_on_disk() const {
    const int file = open(unfinished_.c_str(), O_RDONLY | O_CLOEXEC);
    const bool done = file >= 0 && fsync(file) == 0;
    if (file >= 0) close(file);
    return done;
  }

  fs::path file_;
  fs::path unfinished_;
  std::ofstream out_;
};

std::string text_of(double number) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string text_of(const Cell& cell) {
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
  if (const auto* number = std::get_if<double>(&cell)) return text_of(*number);
  if (const auto* text = std::get_if<std::string>(&cell)) return quoted(*text);
  return "";
}

void write_line(std::ostream& out, const Row& row) {
  for (std::size_t c = 0; c < row.size(); ++c) out << (c == 0 ? "" : ",") << text_of(row[c]);
  out << "\r\n";
}

void export_table(Database& database, const Table& table, const fs::path& file) {
  NewFile csv(file);
  Row header;
  for (const Column& column : table.columns) header.emplace_back(column.name);
  write_line(csv.out(), header);
  database.read(table, [&](const Row& row) { write_line(csv.out(), row); });
  csv.finish();
}

void write_codebook(const fs::path& file) {
  NewFile csv(file);
  write_line(csv.out(), {"table", "column", "type", "unit", "range", "can_be_empty", "meaning",
                         "table_meaning"});
  for (const Table& table : store_tables())
    for (const Column& column : table.columns)
      if (table.kind != Table::Kind::working_memory)
        write_line(csv.out(), {table.name, column.name, column.type, column.unit, column.range,
                               column.can_be_empty ? "yes" : "no", column.meaning, table.meaning});
  csv.finish();
}

}  // namespace

void write_whole(const fs::path& file, const std::string& text) {
  NewFile out(file);
  out.out() << text;
  out.finish();
}

void export_csv(Database& database, const fs::path& folder) {
  for (const Table& table : store_tables())
    if (table.kind != Table::Kind::working_memory)
      export_table(database, table, folder / (std::string(table.name) + ".csv"));
  write_codebook(folder / codebook_name);
}

std::vector<std::string> csv_names() {
  std::vector<std::string> names;
  for (const Table& table : store_tables())
    if (table.kind != Table::Kind::working_memory)
      names.push_back(std::string(table.name) + ".csv");
  names.emplace_back(codebook_name);
  return names;
}

}  // namespace onward
