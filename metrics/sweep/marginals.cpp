// SPDX-License-Identifier: Apache-2.0
#include "metrics/sweep/marginals.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>

namespace onward {
namespace {

/// A line of CSV in its fields; nothing if a quote is not closed.
std::optional<std::vector<std::string>> fields_of(const std::string& line) {
  std::vector<std::string> fields{""};
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool doubled = quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"';
    if (doubled)
      fields.back() += line[i++];
    else if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      fields.emplace_back();
    else
      fields.back() += c;
  }
  if (quoted) return {};
  return fields;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    if (!lines.back().empty() && lines.back().back() == '\r') lines.back().pop_back();
    begin = end + 1;
  }
  return lines;
}

class MarginalsReader {
 public:
  MarginalsReader(const std::string& shown_as, const Value& evidence, Diagnostics& diagnostics)
      : file_(std::make_shared<const std::string>(shown_as)),
        evidence_(evidence),
        diagnostics_(diagnostics) {}

  std::vector<Override> read(const std::vector<std::string>& lines) {
    if (lines.empty() || !read_header(lines.front())) return {};
    for (std::size_t l = 1; l < lines.size(); ++l)
      if (!lines[l].empty()) read_line(lines[l], l + 1);
    return std::move(overrides_);
  }

 private:
  static constexpr std::array<const char*, 4> names{"group", "attribute", "value", "share"};

  void report(std::size_t line, std::string message, std::string help) {
    diagnostics_.push_back(
        {Severity::error, {file_, line, 1, ""}, std::move(message), std::move(help)});
  }

  bool read_header(const std::string& line) {
    const auto header = fields_of(line);
    bool whole = header.has_value();
    for (std::size_t n = 0; whole && n < names.size(); ++n) {
      const auto at = std::find(header->begin(), header->end(), names[n]);
      whole = at != header->end();
      column_[n] = static_cast<std::size_t>(at - header->begin());
    }
    if (!whole)
      report(1, "the first line does not name the columns",
             "it must have `group`, `attribute`, `value` and `share`");
    return whole;
  }

  void read_line(const std::string& line, std::size_t number) {
    const auto fields = fields_of(line);
    const std::size_t needed = 1 + *std::max_element(column_.begin(), column_.end());
    if (!fields || fields->size() < needed) {
      report(number, fields ? "a field is missing" : "a quote is not closed",
             "each line has as many fields as the first");
      return;
    }
    const std::string& share = (*fields)[column_[3]];
    Value chance;
    chance.kind = Value::Kind::number;
    const auto [end, error] =
        std::from_chars(share.data(), share.data() + share.size(), chance.number);
    if (error != std::errc{} || end != share.data() + share.size()) {
      report(number, ticked(share) + " is no share", "write a number from 0 to 1, like `0.25`");
      return;
    }
    add((*fields)[column_[0]], (*fields)[column_[1]], (*fields)[column_[2]], std::move(chance),
        number);
  }

  void add(const std::string& group, const std::string& attribute, const std::string& value,
           Value chance, std::size_t line) {
    const Place place{file_, line, 1, ""};
    const std::string pointer = "/population/groups/" + escape_pointer_token(group) +
                                "/attributes/" + escape_pointer_token(attribute);
    auto at = std::find_if(overrides_.begin(), overrides_.end(),
                           [&](const Override& o) { return o.pointer == pointer; });
    if (at == overrides_.end()) {
      Value shares;
      shares.kind = Value::Kind::object;
      at = overrides_.insert(at, {pointer, std::move(shares), place});
    }
    if (at->value.find(value) != nullptr) {
      report(line, ticked(value) + " has a share already", "delete one of the two lines");
      return;
    }
    Value claim;
    claim.kind = Value::Kind::object;
    claim.members.push_back({"value", place, std::move(chance)});
    claim.members.push_back({"evidence", place, evidence_});
    at->value.members.push_back({value, place, std::move(claim)});
  }

  std::shared_ptr<const std::string> file_;
  const Value& evidence_;
  Diagnostics& diagnostics_;
  std::array<std::size_t, 4> column_{};
  std::vector<Override> overrides_;
};

}  // namespace

std::vector<Override> read_marginals(const std::string& text, const std::string& shown_as,
                                     const Value& evidence, Diagnostics& diagnostics) {
  return MarginalsReader(shown_as, evidence, diagnostics).read(lines_of(text));
}

}  // namespace onward
