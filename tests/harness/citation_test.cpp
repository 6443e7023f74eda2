// SPDX-License-Identifier: Apache-2.0
//
// How a citation is read, and when it names an article.
#include "harness/citation.hpp"

#include <gtest/gtest.h>

namespace onward {
namespace {

bool names(const char* citation, const char* article) {
  return cites(citation, cited_articles(article).at(0));
}

TEST(Citation, names_the_article_of_its_act_only) {
  EXPECT_TRUE(
      names("Regulation (EU) 2018/1860 Article 15", "Regulation (EU) 2018/1860 Article 15"));
  EXPECT_FALSE(
      names("Regulation (EU) 2018/1860 Article 15", "Regulation (EU) 2018/1861 Article 15"));
  EXPECT_FALSE(
      names("Regulation (EU) 2018/1860 Article 15", "Regulation (EU) 2018/1860 Article 1"));
  EXPECT_FALSE(
      names("Regulation (EU) 2018/1860 Article 5", "Regulation (EU) 2018/1860 Article 50"));
}

TEST(Citation, a_range_and_a_list_name_all_that_is_in_them) {
  const char* list = "Regulation (EU) 2017/2226 Articles 23, 26-27 and 32-33";
  for (const char* article : {"23", "26", "27", "32", "33"})
    EXPECT_TRUE(names(list, (std::string("2017/2226 Article ") + article).c_str())) << article;
  for (const char* article : {"22", "24", "25", "28", "31", "34"})
    EXPECT_FALSE(names(list, (std::string("2017/2226 Article ") + article).c_str())) << article;
}

TEST(Citation, letters_of_inserted_articles_are_ordered) {
  const char* range = "Regulation (EC) 767/2008 Articles 22n-22r";
  EXPECT_TRUE(names(range, "767/2008 Article 22o"));
  EXPECT_FALSE(names(range, "767/2008 Article 22"));
  EXPECT_FALSE(names(range, "767/2008 Article 22m"));
  EXPECT_FALSE(names(range, "767/2008 Article 23"));
  EXPECT_FALSE(names("767/2008 Article 22o", "767/2008 Article 22"));
}

TEST(Citation, a_paragraph_is_named_by_itself_its_range_or_the_whole_article) {
  EXPECT_TRUE(names("2017/2226 Article 41(2)-(3)", "2017/2226 Article 41(3)"));
  EXPECT_TRUE(names("2017/2226 Article 41", "2017/2226 Article 41(3)"));
  EXPECT_TRUE(names("2017/2226 Article 41(2)-(3)", "2017/2226 Article 41"));
  EXPECT_FALSE(names("2017/2226 Article 41(2)-(3)", "2017/2226 Article 41(4)"));
  EXPECT_FALSE(names("2017/2226 Article 41(1)", "2017/2226 Article 41(2)"));
  EXPECT_TRUE(names("2016/794 Article 25(4a)", "2016/794 Article 25(4a)"));
  EXPECT_FALSE(names("2016/794 Article 25(4)", "2016/794 Article 25(4a)"));
}

TEST(Citation, paragraphs_in_a_list_belong_to_the_article_before_them) {
  const char* list = "2017/2226 Article 41(1), (5) and (6)";
  EXPECT_TRUE(names(list, "2017/2226 Article 41(5)"));
  EXPECT_TRUE(names(list, "2017/2226 Article 41(6)"));
  EXPECT_FALSE(names(list, "2017/2226 Article 41(2)"));
}

TEST(Citation, points_are_passed_over) {
  EXPECT_TRUE(names("2018/1861 Article 34(1)(a), (c) and 35", "2018/1861 Article 34(1)"));
  EXPECT_FALSE(names("2018/1861 Article 34(1)(a), (c) and 35", "2018/1861 Article 34(2)"));
  EXPECT_TRUE(names("2018/1861 Article 34(1)(a), (c) and 35", "2018/1861 Article 35"));
  EXPECT_TRUE(names("2018/1240 Article 54(1)(a)-(b)", "2018/1240 Article 54(1)"));
}

TEST(Citation, each_article_belongs_to_the_act_named_before_it) {
  const char* two = "Regulation (EU) 2019/817 Article 50; Regulation (EU) 2019/818 Article 51";
  EXPECT_TRUE(names(two, "2019/817 Article 50"));
  EXPECT_TRUE(names(two, "2019/818 Article 51"));
  EXPECT_FALSE(names(two, "2019/817 Article 51"));
  const char* with =
      "Regulation (EU) 2018/1860 Article 19 with Regulation (EU) 2018/1861 Article 39";
  EXPECT_TRUE(names(with, "2018/1861 Article 39"));
  EXPECT_FALSE(names(with, "2018/1860 Article 39"));
}

TEST(Citation, an_act_without_an_article_does_not_lend_its_number_to_the_next) {
  const char* two = "Regulation (EU) 2018/1240; Charter Article 4";
  EXPECT_TRUE(names(two, "Charter Article 4"));
  EXPECT_FALSE(names(two, "2018/1240 Article 4"));
}

TEST(Citation, an_act_that_only_replaced_it_is_not_the_act) {
  const char* replaced =
      "Regulation (EC) 767/2008 Article 31(2), as replaced by Regulation (EU) 2021/1134";
  EXPECT_TRUE(names(replaced, "Regulation (EC) 767/2008 Article 31(2)"));
  EXPECT_FALSE(names(replaced, "Regulation (EU) 2021/1134 Article 31"));
}

TEST(Citation, a_directive_has_its_number_before_the_last_slash) {
  EXPECT_TRUE(names("Directive 2013/32/EU Article 30", "Directive 2013/32 Article 30"));
}

TEST(Citation, an_act_without_a_number_goes_by_its_name) {
  EXPECT_TRUE(names("Charter Article 19(2)", "Charter Article 19"));
  EXPECT_FALSE(names("Charter Article 19(2)", "Convention Article 19"));
}

TEST(Citation, an_act_alone_and_plain_words_name_no_article) {
  EXPECT_TRUE(cited_articles("Regulation (EU) 2018/1240").empty());
  EXPECT_TRUE(cited_articles("Terms set for this scenario, 1: access").empty());
  EXPECT_TRUE(cited_articles("Article").empty());
  EXPECT_TRUE(cited_articles("Articles of association").empty());
  EXPECT_TRUE(cited_articles("").empty());
}

}  // namespace
}  // namespace onward
