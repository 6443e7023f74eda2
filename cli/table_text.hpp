// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/terminal.hpp"

namespace onward::cli {

/// Text of one colour; nothing is the terminal's own.
struct Cell {
  std::string text;
  std::optional<Colour> colour;
};

/// Text in lines, some of them in columns: a label and cells of one width. A cell too long for its
/// column goes on below, so that no two columns run together.
class TableText {
 public:
  /// The widths of rows from now on.
  void set_columns(std::size_t label_width, std::size_t cell_width) {
    label_width_ = label_width;
    cell_width_ = cell_width;
  }

  /// Without the spaces at its end.
  void line(const std::string& text = "");
  /// Wrapped; every line begins at `indent`, the first with `mark` before it.
  void paragraph(const std::string& text, std::size_t indent = 0, const std::string& mark = "");
  void row(const Cell& label, const std::vector<Cell>& cells);
  /// Rows whose label may take several lines, of which those after the first are indented by two
  /// more.
  void wrapped_rows(const std::string& label, std::size_t indent,
                    const std::vector<std::vector<Cell>>& rows);

  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  /// The cells in as many lines as the longest needs.
  [[nodiscard]] std::vector<std::vector<Cell>> in_lines(const std::vector<Cell>& cells) const;
  void draw(const Cell& label, const std::vector<Cell>& cells);

  std::string text_;
  std::size_t label_width_ = 0;
  std::size_t cell_width_ = 0;
};

}  // namespace onward::cli
