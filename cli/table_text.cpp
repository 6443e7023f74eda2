// SPDX-License-Identifier: Apache-2.0
#include "cli/table_text.hpp"

#include <algorithm>

namespace onward::cli {
namespace {

std::string drawn(const Cell& cell, std::size_t width) {
  const std::string text = padded(cell.text, width);
  return cell.colour ? coloured(*cell.colour, text) : text;
}

/// How many bytes of a word that is wider than a line go on the line: up to a hyphen, if there is
/// one.
std::size_t cut(std::string_view word, std::size_t width) {
  std::size_t end = 0;
  std::size_t hyphen = 0;
  for (std::size_t used = 0; end < word.size() && used < width; ++used) {
    if (word[end] == '-') hyphen = end + 1;
    ++end;
    while (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U) ++end;
  }
  return hyphen > 0 ? hyphen : end;
}

/// Words put into lines of at most `width`.
std::vector<std::string> lines_of(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!lines.back().empty() && columns(lines.back()) + 1 + columns(word) > width)
      lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    while (columns(word) > width) {
      const std::size_t first = cut(word, width);
      lines.back() += word.substr(0, first);
      lines.emplace_back();
      word.remove_prefix(first);
    }
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

std::vector<std::vector<Cell>> TableText::in_lines(const std::vector<Cell>& cells) const {
  std::vector<std::vector<Cell>> all(1, std::vector<Cell>(cells.size()));
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const std::vector<std::string> lines = lines_of(cells[c].text, cell_width_ - 1);
    if (all.size() < lines.size()) all.resize(lines.size(), std::vector<Cell>(cells.size()));
    for (std::size_t i = 0; i < lines.size(); ++i) all[i][c] = {lines[i], cells[c].colour};
  }
  return all;
}

void TableText::draw(const Cell& label, const std::vector<Cell>& cells) {
  std::string text = drawn(label, label_width_);
  for (const Cell& cell : cells) text += drawn(cell, cell_width_);
  line(text);
}

void TableText::row(const Cell& label, const std::vector<Cell>& cells) {
  const auto lines = in_lines(cells);
  for (std::size_t i = 0; i < lines.size(); ++i) draw(i == 0 ? label : Cell{}, lines[i]);
}

void TableText::wrapped_rows(const std::string& label, std::size_t indent,
                             const std::vector<std::vector<Cell>>& rows) {
  const std::vector<std::string> labels = lines_of(label, label_width_ - indent - 3);
  std::vector<std::vector<Cell>> lines;
  for (const std::vector<Cell>& row : rows)
    for (std::vector<Cell>& one : in_lines(row)) lines.push_back(std::move(one));
  for (std::size_t i = 0; i < std::max(labels.size(), lines.size()); ++i) {
    const std::string spaces(indent + (i == 0 ? 0 : 2), ' ');
    draw({i < labels.size() ? spaces + labels[i] : "", {}},
         i < lines.size() ? lines[i] : std::vector<Cell>{});
  }
}

}  // namespace onward::cli
