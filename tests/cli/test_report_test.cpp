// SPDX-License-Identifier: Apache-2.0
//
// What `onward test` writes for machines, and how tests are chosen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/support/run.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::fresh_folder;
using test_support::Outcome;
using test_support::read_file;
using test_support::run;
using test_support::write_file;
using testing::HasSubstr;
using testing::Not;

json decision(const std::string& name, const char* verdict) {
  return {{"name", name},
          {"policy", "law"},
          {"decide",
           {{"action", "disclose"},
            {"from", "office"},
            {"to", "abroad"},
            {"data", "identity"},
            {"purpose", "work"}}},
          {"expect", {{"identity", {{"verdict", verdict}}}}}};
}

/// One test that passes, one that fails and one that is skipped, with awkward names.
std::string three_tests() {
  json scenario = test_support::small_scenario();
  json skipped = decision("later", "deny");
  skipped["skip"] = "the bill is not out yet";
  scenario["suite"] = json::array(
      {decision("offices <do> & \"don't\"", "deny"), decision("it's told", "permit"), skipped});
  const std::string file = fresh_folder() + "/scenario.json";
  write_file(file, scenario.dump());
  return file;
}

/// What xmllint makes of a path in a document.
std::string xpath(const std::string& file, const std::string& path) {
  const std::string out = file + ".out";
  const std::string command = "xmllint --xpath '" + path + "' " + file + " > " + out + " 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0) << read_file(out);
  std::string text = read_file(out);
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

TEST(TestReport, junit_is_xml_that_counts_and_explains) {
  const std::string file = three_tests();
  const std::string junit = fresh_folder() + "/tests.xml";
  const Outcome tested = run({"test", file, "--junit", junit});
  EXPECT_EQ(tested.exit_code, 4);
  EXPECT_THAT(tested.out, HasSubstr("1 passed, 1 failed, 1 skipped"));
  EXPECT_EQ(xpath(junit, "string(/testsuites/@tests)"), "3");
  EXPECT_EQ(xpath(junit, "string(/testsuites/testsuite/@failures)"), "1");
  EXPECT_EQ(xpath(junit, "string(//testcase[1]/@name)"), "offices <do> & \"don't\" [law]");
  EXPECT_EQ(xpath(junit, "count(//testcase[1]/*)"), "0");
  EXPECT_EQ(xpath(junit, "string(//testcase[2]/failure/@message)"),
            "identity, verdict: expected permit, actual deny");
  EXPECT_THAT(xpath(junit, "string(//testcase[2]/failure)"),
              HasSubstr("run it alone: onward test " + file + " --filter 'it'\\''s told'"));
  EXPECT_EQ(xpath(junit, "string(//testcase[3]/skipped/@message)"), "the bill is not out yet");
}

TEST(TestReport, sarif_names_the_place_of_what_failed) {
  const std::string file = three_tests();
  const Outcome tested = run({"test", file, "--sarif", "-"});
  EXPECT_EQ(tested.exit_code, 4);
  const json sarif = json::parse(tested.out);
  EXPECT_EQ(sarif["version"], "2.1.0");
  const json& results = sarif["runs"][0]["results"];
  ASSERT_EQ(results.size(), 3U);
  EXPECT_EQ(results[0]["kind"], "pass");
  EXPECT_EQ(results[0]["level"], "none");
  EXPECT_EQ(results[1]["kind"], "fail");
  EXPECT_EQ(results[1]["level"], "error");
  EXPECT_EQ(results[1]["ruleId"], "decide");
  const json& place = results[1]["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], file);
  EXPECT_EQ(place["region"]["startLine"], 1);
  EXPECT_EQ(results[2]["kind"], "notApplicable");
}

TEST(TestReport, several_forms_are_written_at_once_and_agree) {
  const std::string file = three_tests();
  const std::string folder = fresh_folder();
  const Outcome tested = run({"test", file, "--json", "-", "--junit", folder + "/tests.xml",
                              "--sarif", folder + "/tests.sarif"});
  const json all = json::parse(tested.out);
  EXPECT_EQ(all["passed"], 1);
  EXPECT_EQ(all["failed"], 1);
  EXPECT_EQ(all["skipped"], 1);
  const json& failed = all["suites"][0]["tests"][1];
  EXPECT_EQ(failed["status"], "failed");
  EXPECT_EQ(failed["compared"][0]["expected"], "permit");
  EXPECT_EQ(failed["compared"][0]["actual"], "deny");
  EXPECT_EQ(xpath(folder + "/tests.xml", "string(/testsuites/@failures)"), "1");
  EXPECT_EQ(json::parse(read_file(folder + "/tests.sarif"))["runs"][0]["results"].size(), 3U);
}

TEST(TestReport, only_one_form_is_printed) {
  const Outcome tested = run({"test", "scenarios/classroom", "--json", "-", "--junit", "-"});
  EXPECT_EQ(tested.exit_code, 2);
  EXPECT_EQ(tested.out, "");
  EXPECT_THAT(tested.err, HasSubstr("only one form can be printed"));
}

TEST(TestReport, that_cannot_be_written_is_an_error_of_the_tool) {
  const Outcome tested = run({"test", "scenarios/classroom", "--filter", "keep", "--junit",
                              fresh_folder() + "/nowhere/tests.xml"});
  EXPECT_EQ(tested.exit_code, 1);
  EXPECT_THAT(tested.out, HasSubstr("passed, 0 failed"));
  EXPECT_THAT(tested.err, HasSubstr("could not be written"));
}

TEST(TestChoice, a_policy_keeps_its_own_tests_and_comparisons_with_both) {
  const Outcome law = run({"test", "scenarios/classroom", "--policy", "law", "--list"});
  const Outcome all = run({"test", "scenarios/classroom", "--list"});
  EXPECT_THAT(all.out, HasSubstr("compare "));
  EXPECT_THAT(law.out, Not(HasSubstr("compare ")));
  EXPECT_THAT(law.out, Not(HasSubstr("the proposal lets")));
  const Outcome both = run(
      {"test", "scenarios/classroom", "--policy", "proposal", "--policy", "safeguard", "--list"});
  EXPECT_THAT(both.out, HasSubstr("compare "));
}

TEST(TestChoice, an_unknown_policy_is_answered_with_the_nearest) {
  const Outcome tested = run({"test", "scenarios/classroom", "--policy", "lwa"});
  EXPECT_EQ(tested.exit_code, 2);
  EXPECT_EQ(tested.err, "onward test: unknown policy `lwa`\n  help: did you mean `law`?\n");
}

TEST(TestChoice, fail_fast_stops_at_the_first_failure) {
  json scenario = test_support::small_scenario();
  scenario["suite"] = json::array(
      {decision("first", "deny"), decision("second", "permit"), decision("third", "permit")});
  const std::string file = fresh_folder() + "/scenario.json";
  write_file(file, scenario.dump());
  const Outcome tested = run({"test", file, "--fail-fast"});
  EXPECT_EQ(tested.exit_code, 4);
  EXPECT_THAT(tested.out, HasSubstr("1 passed, 1 failed\n"));
  EXPECT_THAT(tested.out, Not(HasSubstr("third")));
}

TEST(TestChoice, a_fresh_seed_is_named_and_gives_the_same_again) {
  const std::vector<std::string> arguments = {"test", "scenarios/classroom", "--policy",
                                              "proposal"};
  std::vector<std::string> fresh = arguments;
  fresh.emplace_back("--fresh-seed");
  const Outcome first = run(fresh);
  EXPECT_THAT(first.err, testing::MatchesRegex("seed [0-9]+; the same again: `--seed [0-9]+`\n"));
  std::vector<std::string> again = arguments;
  again.emplace_back("--seed");
  again.push_back(first.err.substr(5, first.err.find(';') - 5));
  EXPECT_EQ(run(again).out, first.out);
}

}  // namespace
}  // namespace onward
