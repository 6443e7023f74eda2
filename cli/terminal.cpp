// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace onward::cli {
namespace {

constexpr std::size_t most_diagnostics = 200;
constexpr std::size_t narrowest = 50;
constexpr std::size_t widest = 100;

bool colours_wanted() {
  const char* no_color = std::getenv("NO_COLOR");
  return (no_color == nullptr || *no_color == '\0') && isatty(STDOUT_FILENO) == 1;
}

}  // namespace

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::size_t text_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return widest;
  return std::clamp<std::size_t>(size.ws_col, narrowest, widest);
}

std::string coloured(Colour colour, std::string_view text) {
  static const bool wanted = colours_wanted();
  if (!wanted) return std::string(text);
  const char* code = "1";
  switch (colour) {
    case Colour::green: code = "32"; break;
    case Colour::red: code = "31"; break;
    case Colour::yellow: code = "33"; break;
    case Colour::bold: code = "1"; break;
    case Colour::dim: code = "2"; break;
  }
  return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
}

std::string wrapped(std::string_view text, std::size_t start, std::size_t indent) {
  std::string lines;
  std::size_t column = start;
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!first && column + 1 + columns(word) > text_width()) {
      lines += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (!first) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += columns(word);
    first = false;
  }
  return lines;
}

std::string roomy(const std::string& json) {
  std::string text;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    text += json[i];
    if (json[i] == '"' && (i == 0 || json[i - 1] != '\\')) in_string = !in_string;
    if (!in_string && (json[i] == ',' || json[i] == ':')) text += ' ';
  }
  return text;
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  if (columns(text) < width) out.append(width - columns(text), ' ');
  return out;
}

void print(const Diagnostics& diagnostics) {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  std::size_t shown = 0;
  for (const Diagnostic& d : diagnostics) {
    ++(d.severity == Severity::error ? errors : warnings);
    if (shown++ < most_diagnostics) std::cerr << to_string(d);
  }
  if (diagnostics.size() > most_diagnostics)
    std::cerr << "... and " << diagnostics.size() - most_diagnostics << " more\n";
  if (errors + warnings < 2) return;
  if (errors > 0) std::cerr << errors << (errors == 1 ? " error" : " errors");
  if (errors > 0 && warnings > 0) std::cerr << ", ";
  if (warnings > 0) std::cerr << warnings << (warnings == 1 ? " warning" : " warnings");
  std::cerr << "\n";
}

}  // namespace onward::cli
