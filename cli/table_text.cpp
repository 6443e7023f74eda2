// SPDX-License-Identifier: Apache-2.0
#include "cli/table_text.hpp"

#include <algorithm>

namespace onward::cli {
namespace {

std::string drawn(const Cell& cell, std::size_t width) {
  const std::string text = padded(cell.text, width);
  return cell.colour ? coloured(*cell.colour, text) : text;
}

/// Words put into lines of at most `width`.
std::vector<std::string> lines_of(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!lines.back().empty() && columns(lines.back()) + 1 + columns(word) > width)
      lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
  }
  return lines;
}

}  // namespace

void TableText::line(const std::string& text) {
  const std::size_t end = text.find_last_not_of(' ');
  text_ += (end == std::string::npos ? "" : text.substr(0, end + 1)) + "\n";
}

void TableText::paragraph(const std::string& text, std::size_t indent, const std::string& mark) {
  line(std::string(indent - columns(mark), ' ') + mark + wrapped(text, indent, indent));
}

void TableText::row(const Cell& label, const std::vector<Cell>& cells) {
  std::string text = drawn(label, label_width_);
  for (const Cell& cell : cells) text += drawn(cell, cell_width_);
  line(text);
}

void TableText::wrapped_rows(const std::string& label, std::size_t indent,
                             const std::vector<std::vector<Cell>>& rows) {
  const std::vector<std::string> lines = lines_of(label, label_width_ - indent - 3);
  for (std::size_t i = 0; i < std::max(lines.size(), rows.size()); ++i) {
    const std::string spaces(indent + (i == 0 ? 0 : 2), ' ');
    row({i < lines.size() ? spaces + lines[i] : "", {}},
        i < rows.size() ? rows[i] : std::vector<Cell>{});
  }
}

}  // namespace onward::cli
