// SPDX-License-Identifier: Apache-2.0
//
// A decision test that names articles passes only if a deciding rule cites each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/run.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::Outcome;

json rule(const char* effect, const char* citation) {
  return {{"effect", effect},
          {"action", "disclose"},
          {"basis", {{"status", "invented"}, {"citation", citation}}}};
}

/// The outcome of one test of `verdict` and `articles` under a policy of these rules.
Outcome tested(const json& rules, const char* verdict, const json& articles) {
  json scenario = test_support::small_scenario();
  scenario["policies"][0]["rules"] = rules;
  scenario["suite"] =
      json::array({{{"name", "the office tells"},
                    {"policy", "law"},
                    {"decide",
                     {{"action", "disclose"},
                      {"from", "office"},
                      {"to", "abroad"},
                      {"data", "identity"},
                      {"purpose", "work"}}},
                    {"expect", {{"identity", {{"verdict", verdict}, {"articles", articles}}}}}}});
  const std::string file = test_support::fresh_folder() + "/scenario.json";
  test_support::write_file(file, scenario.dump());
  return test_support::run({"test", file});
}

const json ban = {{"ban", rule("prohibit", "Regulation (EU) 1990/1 Article 5; Charter Article 7")}};

TEST(Articles, of_a_denial_are_those_of_the_prohibition) {
  EXPECT_EQ(tested(ban, "deny", {"Regulation (EU) 1990/1 Article 5"}).exit_code, 0);
  EXPECT_EQ(tested(ban, "deny", {"Regulation (EU) 1990/1 Article 5(2)"}).exit_code, 0);
  EXPECT_EQ(tested(ban, "deny", {"Regulation (EU) 1990/1 Article 6"}).exit_code, 4);
}

TEST(Articles, must_all_be_cited) {
  EXPECT_EQ(tested(ban, "deny", {"1990/1 Article 5", "Charter Article 7"}).exit_code, 0);
  EXPECT_EQ(tested(ban, "deny", {"1990/1 Article 5", "Charter Article 8"}).exit_code, 4);
}

TEST(Articles, may_be_cited_by_the_permit_or_by_a_requirement) {
  const json rules = {{"may", rule("permit", "1990/1 Article 1")},
                      {"log", [] {
                         json require = rule("require", "1990/1 Article 2");
                         require["duties"] = {{"log", true}};
                         return require;
                       }()}};
  EXPECT_EQ(tested(rules, "permit", {"1990/1 Article 1", "1990/1 Article 2"}).exit_code, 0);
  EXPECT_EQ(tested(rules, "permit", {"1990/1 Article 3"}).exit_code, 4);
}

TEST(Articles, cannot_be_cited_where_no_rule_decides) {
  const Outcome none = tested(json::object(), "deny", {"1990/1 Article 1"});
  EXPECT_EQ(none.exit_code, 4);
  EXPECT_THAT(none.out, testing::HasSubstr("article           1990/1 Article 1  none  <- differs"));
}

TEST(Articles, that_differ_are_shown_beside_what_is_cited) {
  EXPECT_THAT(tested(ban, "deny", {"1990/1 Article 6"}).out,
              testing::HasSubstr("Regulation (EU) 1990/1 Article 5; Charter Article 7"));
}

}  // namespace
}  // namespace onward
