// SPDX-License-Identifier: Apache-2.0
#include "sim/diagnostic.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <tuple>

namespace onward {
namespace {

constexpr std::size_t longest_quote = 60;
constexpr std::size_t longest_list = 12;

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

/// Optimal string alignment: edits, with a swap of neighbours as one.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

std::string joined(const std::vector<std::string>& names, const char* last) {
  std::string text;
  const std::size_t shown = names.size() <= longest_list ? names.size() : longest_list;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == names.size() ? last : ", ";
    text += ticked(names[i]);
  }
  if (shown < names.size()) text += " and " + std::to_string(names.size() - shown) + " more";
  return text;
}

}  // namespace

const char* to_string(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "";
}

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void sort_by_place(Diagnostics& diagnostics) {
  std::map<std::string, std::size_t> file_order;
  const auto file_of = [](const Diagnostic& d) { return d.place.file ? *d.place.file : ""; };
  for (const Diagnostic& d : diagnostics) file_order.emplace(file_of(d), file_order.size());
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) {
                     return std::tuple(file_order[file_of(a)], a.place.line, a.place.column) <
                            std::tuple(file_order[file_of(b)], b.place.line, b.place.column);
                   });
}

std::string to_string(const Diagnostic& diagnostic) {
  const Place& place = diagnostic.place;
  std::string text;
  if (place.file) {
    text += *place.file + ":";
    if (place.line > 0)
      text += std::to_string(place.line) + ":" + std::to_string(place.column) + ":";
    text += " ";
  }
  if (!place.pointer.empty()) text += place.pointer + ": ";
  if (diagnostic.severity != Severity::error)
    text += std::string(to_string(diagnostic.severity)) + ": ";
  text += diagnostic.message + "\n";
  if (!diagnostic.help.empty()) text += "  help: " + diagnostic.help + "\n";
  return text;
}

std::string ticked(std::string_view text) {
  std::string shown = "`";
  std::size_t length = 0;
  for (const char c : text) {
    const bool starts_character = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (starts_character && ++length > longest_quote) {
      shown += "...";
      break;
    }
    shown += static_cast<unsigned char>(c) < 0x20U || c == 0x7F ? '?' : c;
  }
  return shown + "`";
}

std::string one_of(const std::vector<std::string>& names) {
  return joined(names, " or ");
}

std::string all_of(const std::vector<std::string>& names) {
  return joined(names, " and ");
}

std::string nearest(std::string_view typed, const std::vector<std::string>& names) {
  if (typed.size() > 200) return "";
  const std::string wanted = lower_case(typed);
  std::string best;
  std::size_t least = std::max<std::size_t>(1, typed.size() / 3) + 1;
  for (const std::string& name : names) {
    if (name.size() > typed.size() + least || typed.size() > name.size() + least) continue;
    const std::size_t distance = edit_distance(wanted, lower_case(name));
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

std::string suggest(std::string_view typed, const std::vector<std::string>& names,
                    std::string_view what) {
  const std::string guess = nearest(typed, names);
  if (!guess.empty()) return "did you mean " + ticked(guess) + "?";
  if (names.empty()) return "there are no " + std::string(what) + " yet";
  if (names.size() == 1) return "there is only " + ticked(names.front());
  return "the " + std::string(what) + " are " + all_of(names);
}

}  // namespace onward
