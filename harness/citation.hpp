// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace onward {

/// A number of an article or paragraph, such as 22 or 22o. Ordered as printed: 22, 22n, 22o, 23.
struct LegalNumber {
  int number = 0;
  char letter = '\0';
};

/// A run of articles of one act, both ends included, and of the paragraphs cited of it.
struct CitedArticles {
  std::string act;  ///< Year and number, such as `2018/1860`; without one: its name.
  LegalNumber first, last;
  std::optional<LegalNumber> first_paragraph, last_paragraph;  ///< Absent: the whole article.
};

/// What a citation such as `Regulation (EU) 2017/2226 Articles 32-33 and 41(2)-(3)` names.
/// Acts cited without an article name nothing. Points of a paragraph are not told apart.
[[nodiscard]] std::vector<CitedArticles> cited_articles(std::string_view citation);

/// Whether a citation names an article or, if `article` has one, its paragraph. An article
/// cited without a paragraph is cited whole.
[[nodiscard]] bool cites(std::string_view citation, const CitedArticles& article);

}  // namespace onward
