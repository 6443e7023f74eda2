// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/run.hpp"

namespace onward {
namespace {

using test_support::run;

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

test_support::Outcome asked(const std::vector<std::string>& more) {
  std::vector<std::string> words = {"reach", "scenarios/classroom", "--data", "asylum_status",
                                    "--to",  "subject.origin"};
  words.insert(words.end(), more.begin(), more.end());
  return run(words);
}

TEST(Reach, SaysFirstWhatIsImpossibleInLaw) {
  const auto outcome = asked({"--policy", "safeguard"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_TRUE(first_line(outcome.out).starts_with("IMPOSSIBLE in law")) << outcome.out;
  EXPECT_NE(outcome.out.find("NOT MODELLED"), std::string::npos);
}

TEST(Reach, ShowsTheWayWithItsArticlesAndWhatClosesIt) {
  const auto outcome = asked({"--policy", "proposal"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_TRUE(first_line(outcome.out).starts_with("POSSIBLE in law")) << outcome.out;
  for (const char* part : {"came true in a replay", "Classroom Act, s. 1", "Classroom Bill, s. 1",
                           "letterhead", "closed by"})
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
}

TEST(Reach, FitsAHundredColumns) {
  std::istringstream lines(asked({}).out);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 104U) << line;
}

TEST(Reach, AsksTheWorldWhetherAFlowDoesIt) {
  EXPECT_TRUE(first_line(asked({"--policy", "proposal", "--in-world"}).out)
                  .starts_with("POSSIBLE in the world"));
  EXPECT_TRUE(first_line(asked({"--policy", "law", "--in-world"}).out)
                  .starts_with("IMPOSSIBLE in the world"));
}

TEST(Reach, LiftsComplianceNodeByNode) {
  const auto outcome = asked({"--policy", "law", "--noncompliant", "asylum"});
  EXPECT_TRUE(first_line(outcome.out).starts_with("POSSIBLE in law")) << outcome.out;
  EXPECT_NE(outcome.out.find("against the rules"), std::string::npos) << outcome.out;
}

TEST(Reach, PrintsJsonAndGraphs) {
  const auto json = nlohmann::json::parse(asked({"--policy", "proposal", "--json"}).out);
  EXPECT_EQ(json["answers"][0]["with_inferences"]["finding"], "possible");
  EXPECT_EQ(json["answers"][0]["told"], "impossible");
  EXPECT_EQ(json["answers"][0]["with_inferences"]["paths"][0]["steps"][0]["rule"], "collect");
  EXPECT_TRUE(asked({"--policy", "proposal", "--dot"}).out.starts_with("digraph"));
  EXPECT_NE(asked({"--policy", "proposal", "--graphml"}).out.find("<graphml"), std::string::npos);
}

TEST(Reach, NamesWhatItDoesNotKnow) {
  const auto outcome =
      run({"reach", "scenarios/classroom", "--data", "identitty", "--to", "homland"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("did you mean `identity`?"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("did you mean `homeland`?"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace onward
