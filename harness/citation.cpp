// SPDX-License-Identifier: Apache-2.0
#include "harness/citation.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <tuple>

namespace onward {
namespace {

constexpr std::string_view keyword = "Article";

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}
bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool operator<=(const LegalNumber& a, const LegalNumber& b) {
  return std::tie(a.number, a.letter) <= std::tie(b.number, b.letter);
}

/// Reads a list of articles from the left of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool skip(std::string_view what) {
    if (text_.substr(0, what.size()) != what) return false;
    text_.remove_prefix(what.size());
    return true;
  }

  std::optional<LegalNumber> number() {
    std::size_t digits = 0;
    while (digits < text_.size() && is_digit(text_[digits])) ++digits;
    if (digits == 0 || digits > 4) return {};
    LegalNumber read{std::stoi(std::string(text_.substr(0, digits)))};
    text_.remove_prefix(digits);
    const bool has_letter = !text_.empty() && is_letter(text_[0]);
    if (has_letter && (text_.size() == 1 || !is_letter(text_[1]))) {
      read.letter = text_[0];
      text_.remove_prefix(1);
    }
    return read;
  }

  /// A paragraph in brackets; the points behind it are passed over.
  std::optional<LegalNumber> paragraph() {
    const std::string_view before = text_;
    if (!skip("(")) return {};
    const auto read = number();
    if (!read || !skip(")")) {
      text_ = before;
      return {};
    }
    while (point()) continue;
    return read;
  }

  /// Passes over a point of a paragraph, such as `(a)`.
  bool point() {
    if (text_.size() < 3 || text_[0] != '(' || is_digit(text_[1])) return false;
    const std::size_t end = text_.find(')');
    if (end == std::string_view::npos) return false;
    text_.remove_prefix(end + 1);
    return true;
  }

  bool separator() {
    for (const std::string_view between : {", and ", ", ", " and "}) {
      const bool goes_on = text_.size() > between.size() &&
                           (is_digit(text_[between.size()]) || text_[between.size()] == '(');
      if (goes_on && skip(between)) return true;
    }
    return false;
  }

 private:
  std::string_view text_;
};

/// One item of a list; `before` is the item that a bare paragraph or point belongs to.
std::optional<CitedArticles> read_item(Scanner& scanner, const CitedArticles* before) {
  CitedArticles item;
  if (const auto number = scanner.number()) {
    item.first = item.last = *number;
  } else {
    if (before == nullptr) return {};
    if (scanner.point()) return *before;
    item.first = item.last = before->last;
  }
  item.first_paragraph = item.last_paragraph = scanner.paragraph();
  if (!scanner.skip("-")) return item;
  if (const auto paragraph = scanner.paragraph()) {
    item.last_paragraph = paragraph;
  } else if (const auto number = scanner.number()) {
    item.last = *number;
    scanner.paragraph();
    item.first_paragraph = item.last_paragraph = {};
  }
  return item;
}

/// The year and number that end nearest to the end of a text, or else the text itself.
std::string name_of_act(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  std::size_t begin = slash == std::string_view::npos ? 0 : slash;
  while (begin > 0 && slash != std::string_view::npos && is_digit(text[begin - 1])) --begin;
  if (slash != std::string_view::npos && begin < slash) {
    std::size_t end = slash + 1;
    while (end < text.size() && is_digit(text[end])) ++end;
    // Why: `2013/32/EU` has its number before the last slash.
    if (end == slash + 1) return name_of_act(text.substr(0, slash));
    return std::string(text.substr(begin, end - begin));
  }
  while (!text.empty() && !is_letter(text.front())) text.remove_prefix(1);
  while (!text.empty() && !is_letter(text.back())) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace

std::vector<CitedArticles> cited_articles(std::string_view citation) {
  std::vector<CitedArticles> cited;
  std::size_t part = 0;  // Where the words begin in which the act is named.
  for (std::size_t at = citation.find(keyword); at != std::string_view::npos;
       at = citation.find(keyword, at + 1)) {
    const std::size_t semicolon = citation.substr(0, at).rfind(';');
    if (semicolon != std::string_view::npos) part = std::max(part, semicolon + 1);
    const std::string act = name_of_act(citation.substr(part, at - part));
    Scanner scanner(citation.substr(at + keyword.size()));
    scanner.skip("s");
    if (!scanner.skip(" ")) continue;
    const std::size_t first = cited.size();
    do {
      auto item = read_item(scanner, cited.size() > first ? &cited.back() : nullptr);
      if (!item) break;
      item->act = act;
      cited.push_back(*item);
    } while (scanner.separator());
    part = at + keyword.size();
  }
  return cited;
}

bool cites(std::string_view citation, const CitedArticles& article) {
  const auto covers = [&](const CitedArticles& cited) {
    if (cited.act != article.act) return false;
    if (!(cited.first <= article.first && article.last <= cited.last)) return false;
    if (!article.first_paragraph || !cited.first_paragraph) return true;
    return *cited.first_paragraph <= *article.first_paragraph &&
           *article.last_paragraph <= *cited.last_paragraph;
  };
  const std::vector<CitedArticles> cited = cited_articles(citation);
  return std::any_of(cited.begin(), cited.end(), covers);
}

}  // namespace onward
