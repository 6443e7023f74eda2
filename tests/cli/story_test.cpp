// SPDX-License-Identifier: Apache-2.0
//
// `onward explain --person` and `--cast`: the life story.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/engine_scenarios.hpp"
#include "tests/support/run.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::claim;
using test_support::disclosure;
using test_support::fresh_folder;
using test_support::Outcome;
using test_support::permit;
using test_support::run;
using test_support::write_file;
using testing::HasSubstr;
using testing::Not;

Outcome explain(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "explain");
  return run(arguments);
}

json story(std::vector<std::string> arguments) {
  arguments.emplace_back("--json");
  const Outcome outcome = explain(arguments);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  return json::parse(outcome.out);
}

/// The entries of a kind under a policy.
std::vector<json> entries(const json& told, const std::string& policy, const std::string& kind) {
  std::vector<json> found;
  for (const json& of : told["stories"])
    if (of["policy"] == policy)
      for (const json& entry : of["entries"])
        if (entry["kind"] == kind) found.push_back(entry);
  return found;
}

std::string file_of(const json& scenario) {
  const std::string file = fresh_folder() + "/scenario.json";
  write_file(file, scenario.dump());
  return file;
}

TEST(LifeStory, of_a_refused_person_by_hand) {
  const json told = story({"scenarios/classroom", "--cast", "Ilvane"});
  const auto told_by_asylum = [&](const char* policy) {
    std::vector<json> all = entries(told, policy, "told");
    std::erase_if(all, [](const json& entry) { return entry["from"] != "asylum"; });
    return all;
  };
  EXPECT_TRUE(entries(told, "law", "told").empty());
  EXPECT_TRUE(told_by_asylum("safeguard").empty());
  // 5 + 80 + 9 + 1 days after arrival.
  ASSERT_EQ(told_by_asylum("proposal").size(), 1U);
  const json letter = told_by_asylum("proposal").front();
  EXPECT_EQ(letter["day"], 95);
  EXPECT_EQ(letter["data"], json({"identity"}));
  EXPECT_EQ(letter["to"], "homeland");
  EXPECT_TRUE(letter["until"].is_null());
  EXPECT_EQ(letter["rules"][0]["id"], "letters");
  EXPECT_EQ(letter["rules"][0]["citation"], "Classroom Bill, s. 1");
  EXPECT_EQ(letter["reveals"],
            json({"asylum_status: a letter from the asylum office tells that asylum was sought"}));
}

TEST(LifeStory, says_what_was_denied_and_by_which_article) {
  const json told = story({"scenarios/classroom", "--cast", "Ilvane"});
  std::vector<json> denied = entries(told, "law", "denied");
  ASSERT_EQ(denied.size(), 2U);
  std::sort(denied.begin(), denied.end(),
            [](const json& a, const json& b) { return a["from"] < b["from"]; });
  EXPECT_EQ(denied[0]["day"], 94);
  EXPECT_EQ(denied[0]["what"], "it is prohibited");
  EXPECT_EQ(denied[0]["from"], "asylum");
  EXPECT_EQ(denied[0]["rules"][0]["citation"], "Classroom Act, s. 2");
  EXPECT_EQ(denied[1]["from"], "border");
  EXPECT_EQ(denied[1]["what"], "no rule permits it");
  EXPECT_TRUE(entries(told, "proposal", "denied").empty());
}

TEST(LifeStory, names_the_first_divergence) {
  const json told = story({"scenarios/classroom", "--cast", "Ilvane"});
  const json& parting = told["divergences"][0];
  EXPECT_EQ(parting["between"], json({"law", "proposal"}));
  const json& law = told["stories"][0]["entries"][parting["entries"][0].get<std::size_t>()];
  const json& proposal = told["stories"][1]["entries"][parting["entries"][1].get<std::size_t>()];
  EXPECT_EQ(law["kind"], "denied");
  EXPECT_EQ(law["day"], 94);
  EXPECT_EQ(proposal["kind"], "told");
  EXPECT_EQ(proposal["day"], 95);
  const json same = story({"scenarios/classroom", "--cast", "Ilvane", "--policy", "law"});
  EXPECT_TRUE(same["divergences"].empty());
}

TEST(LifeStory, fits_into_100_columns_and_says_that_it_is_synthetic) {
  const Outcome outcome = explain({"scenarios/classroom", "--cast", "Ilvane"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("\nSynthetic; not evidence about any person or claim.\n"));
  std::istringstream lines(outcome.out);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
}

TEST(LifeStory, of_anybody_in_any_replication) {
  const json zero = story({"scenarios/classroom", "--person", "claimants:3"});
  const json one = story({"scenarios/classroom", "--person", "claimants:3", "--replication", "1"});
  EXPECT_EQ(zero["person"], "claimants:3");
  EXPECT_EQ(one["replication"], 1);
  // Ten people, each refused with a chance of a half: some life differs between replications.
  bool differ = false;
  for (int i = 0; i < 10; ++i) {
    const std::string person = "claimants:" + std::to_string(i);
    differ = differ || story({"scenarios/classroom", "--person", person})["stories"] !=
                           story({"scenarios/classroom", "--person", person, "--replication",
                                  "1"})["stories"];
  }
  EXPECT_TRUE(differ);
}

TEST(LifeStory, shows_the_wait_at_a_desk) {
  json scenario = test_support::with_counter(3, 100, 1, {{"dist", "fixed"}, {"mean", claim(2)}});
  scenario["population"]["groups"]["all"]["enter_day"] = 0;
  const std::string file = file_of(scenario);
  std::vector<double> waits;
  for (const char* person : {"all:0", "all:1", "all:2"}) {
    const json told = story({file, "--person", person});
    const std::vector<json> cases = entries(told, "law", "waited");
    ASSERT_EQ(cases.size(), 1U);
    EXPECT_EQ(cases[0]["day"], 0);
    waits.push_back(cases[0]["until"].get<double>());
    const std::vector<json> arrived = entries(told, "law", "told");
    ASSERT_EQ(arrived.size(), 1U);
    EXPECT_DOUBLE_EQ(arrived[0]["day"].get<double>(), waits.back() + 2);
    EXPECT_THAT(arrived[0]["duties"].dump(), HasSubstr("authorised by the desk"));
  }
  std::sort(waits.begin(), waits.end());
  EXPECT_EQ(waits, (std::vector<double>{0, 2, 4}));
}

TEST(LifeStory, says_that_a_desk_refused) {
  json scenario = test_support::with_counter(1, 100, 1, {{"dist", "fixed"}, {"mean", claim(2)}});
  scenario["policies"][0]["rules"]["refer"]["duties"]["authorised_by"]["grants"] = claim(0);
  scenario["policies"][0]["rules"]["refer"]["duties"]["authorised_by"]["grants"]["dist"] =
      "uniform";
  const json told = story({file_of(scenario), "--person", "all:0"});
  const std::vector<json> stopped = entries(told, "law", "stopped");
  ASSERT_EQ(stopped.size(), 1U);
  EXPECT_EQ(stopped[0]["what"], "the desk refused");
  EXPECT_TRUE(entries(told, "law", "told").empty());
}

TEST(LifeStory, marks_what_no_rule_governs) {
  json scenario = test_support::met_by_office(1, 100);
  scenario["world"]["nodes"]["third"] = {{"kind", "third_country"}, {"jurisdiction", "there"}};
  scenario["world"]["flows"]["tell"] =
      disclosure({{"encounter", {{"node", "office"}}}}, "office", "abroad");
  scenario["world"]["flows"]["pass-on"] = disclosure({{"receipt", "identity"}}, "abroad", "third");
  scenario["policies"][0]["rules"]["tell"] = permit({"disclose"});
  const std::vector<json> told =
      entries(story({file_of(scenario), "--person", "all:0"}), "law", "told");
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0]["governed"], true);
  EXPECT_EQ(told[1]["to"], "third");
  EXPECT_EQ(told[1]["governed"], false);
  EXPECT_EQ(told[1]["rules"], json::array());
}

TEST(LifeStory, over_a_narrow_channel) {
  json scenario = test_support::met_by_office(1, 100);
  scenario["population"]["groups"]["all"]["enter_day"] = 0;
  scenario["world"]["channels"]["line"] = {{"from", {{"node", "office"}}},
                                           {"to", {{"node", "abroad"}}},
                                           {"mode", "push"},
                                           {"latency_days", 1},
                                           {"bandwidth", claim(0.5)}};
  json tell = disclosure({{"encounter", {{"node", "office"}}}}, "office", "abroad");
  tell["via"] = "line";
  scenario["world"]["flows"]["tell"] = tell;
  scenario["policies"][0]["rules"]["tell"] = permit({"disclose"});
  const std::vector<json> told =
      entries(story({file_of(scenario), "--person", "all:0"}), "law", "told");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_NEAR(told[0]["day"].get<double>(), 3, 1e-6);
  EXPECT_EQ(told[0]["channel"], "line");
  EXPECT_EQ(told[0]["rules"][0]["id"], "tell");
}

TEST(LifeStoryUsage, wants_exactly_one_thing_to_explain) {
  for (const std::vector<std::string>& wrong :
       std::vector<std::vector<std::string>>{{}, {"--cast", "Ilvane", "--person", "claimants:0"}}) {
    std::vector<std::string> arguments{"scenarios/classroom"};
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    const Outcome outcome = explain(arguments);
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_THAT(outcome.err, HasSubstr("give one of `--request`, `--person`, `--cast`"));
  }
}

TEST(LifeStoryUsage, unknown_names_are_answered_with_a_way_out) {
  const auto complaint = [](const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"scenarios/classroom"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = explain(arguments);
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_EQ(outcome.out, "");
    return outcome.err;
  };
  EXPECT_EQ(complaint({"--cast", "Ilvan"}),
            "onward explain: nobody in the cast is called `Ilvan`\n"
            "  help: did you mean `Ilvane`?\n");
  EXPECT_EQ(complaint({"--person", "claimant:0"}),
            "onward explain: unknown group `claimant`\n  help: did you mean `claimants`?\n");
  EXPECT_EQ(complaint({"--person", "claimants:10"}),
            "onward explain: `claimants` has 10 people\n"
            "  help: the first is 0, the last 9; `--people` makes the sample larger\n");
  EXPECT_EQ(complaint({"--person", "claimants"}),
            "onward explain: `claimants` names nobody\n"
            "  help: write GROUP:INDEX, such as `claimants:0`\n");
  EXPECT_EQ(complaint({"--cast", "Ilvane", "--replication", "3"}),
            "onward explain: the cast walks in replication 0 only\n"
            "  help: leave `--replication` out\n");
  EXPECT_THAT(complaint({"--cast", "Ilvane", "--policy", "lwa"}),
              HasSubstr("unknown policy `lwa`"));
}

}  // namespace
}  // namespace onward
