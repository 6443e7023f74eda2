// SPDX-License-Identifier: Apache-2.0
//
// `onward lint` as a person meets it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/support/run.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::fresh_folder;
using test_support::invented;
using test_support::Outcome;
using test_support::run;
using test_support::write_file;
using testing::EndsWith;
using testing::HasSubstr;

/// An office that tells abroad, twice.
json twice() {
  json scenario = test_support::small_scenario();
  json& rules = scenario["policies"][0]["rules"];
  rules["first"] = {{"effect", "permit"},
                    {"action", "disclose"},
                    {"data", "identity"},
                    {"to", {{"node", "abroad"}}},
                    {"basis", invented("Small Act, s. 1")}};
  rules["second"] = rules["first"];
  rules["second"]["basis"] = invented("Small Act, s. 2");
  return scenario;
}

std::string written(const json& scenario) {
  const std::string file = fresh_folder() + "/scenario.json";
  write_file(file, scenario.dump(1));
  return file;
}

/// What a shell prints when a person pastes a line into it.
std::string pasted(const std::string& command) {
  const std::string line = "cd " ONWARD_SOURCE_DIR "; onward() { " ONWARD_PROGRAM
                           " \"$@\"; }; NO_COLOR=1; export NO_COLOR; " +
                           command + " 2>&1";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(line.c_str(), "r"), pclose);
  std::string out;
  for (int c = fgetc(pipe.get()); c != EOF; c = fgetc(pipe.get())) out += static_cast<char>(c);
  return out;
}

/// Pastes every example of an output, and sees what it says. Returns how many there are.
int paste_examples(const std::string& output) {
  const std::regex block("  example: ([^']*'[^']*')\n  answer: ([A-Z ]+)([^\n]*)");
  int examples = 0;
  for (std::sregex_iterator at(output.begin(), output.end(), block), end; at != end; ++at) {
    ++examples;
    EXPECT_THAT(pasted((*at)[1]), HasSubstr((*at)[2].str())) << (*at)[1];
  }
  return examples;
}

TEST(LintCommand, a_finding_has_a_place_a_way_out_and_an_example_to_paste) {
  const std::string file = written(twice());
  const Outcome found = run({"lint", file});
  EXPECT_EQ(found.exit_code, 4);
  EXPECT_EQ(found.err, "");
  EXPECT_THAT(found.out, HasSubstr("/policies/0/rules/first: warning: `first` adds nothing: "));
  EXPECT_THAT(found.out, HasSubstr("[redundant]\n"));
  EXPECT_THAT(found.out, HasSubstr("--policy law --request '{"));
  EXPECT_THAT(found.out, HasSubstr("  answer: PERMITTED, by `first`\n"));
  EXPECT_THAT(found.out, EndsWith("\nsmall: 2 warnings, 0 notes\n"));
  EXPECT_EQ(paste_examples(found.out), 2);
}

TEST(LintCommand, every_example_of_what_ships_gets_the_answer_that_is_stated) {
  EXPECT_GE(paste_examples(run({"lint"}).out), 20);
}

TEST(LintCommand, examples_as_json_get_the_answer_that_is_stated) {
  for (const char* scenario : {"scenarios/classroom", "scenarios/partner-sharing"}) {
    const json found = json::parse(run({"lint", scenario, "--json"}).out);
    for (const json& finding : found["findings"]) {
      if (!finding.contains("example")) continue;
      const json& example = finding["example"];
      const Outcome told = run({"explain", scenario, "--policy", example["policy"], "--json",
                                "--request", example["request"].dump()});
      ASSERT_EQ(told.exit_code, 0) << told.err;
      const json answer = json::parse(told.out)["policies"][0]["verdicts"];
      const json& verdict = answer.begin().value();
      EXPECT_EQ(verdict["verdict"], example["verdict"]) << example.dump();
      EXPECT_EQ(verdict["rules"], example["rules"]) << example.dump();
      EXPECT_EQ(verdict.value("because", ""), example.value("because", "")) << example.dump();
    }
  }
}

TEST(LintCommand, exit_codes_follow_what_is_denied) {
  const std::string file = written(twice());
  EXPECT_EQ(run({"lint", file}).exit_code, 4);
  EXPECT_EQ(run({"lint", file, "--deny", "nothing"}).exit_code, 0);
  json notes = twice();
  notes["policies"][0]["rules"]["first"]["effect"] = "prohibit";
  notes["policies"][0]["rules"].erase("second");
  const std::string only_notes = written(notes);
  EXPECT_EQ(run({"lint", only_notes}).exit_code, 0);
  EXPECT_EQ(run({"lint", only_notes, "--deny", "notes"}).exit_code, 4);
  EXPECT_EQ(run({"lint", only_notes, "--deny", "all"}).exit_code, 2);
}

TEST(LintCommand, what_several_policies_share_is_said_once) {
  json scenario = twice();
  scenario["policies"].push_back({{"id", "bill"}, {"extends", "law"}, {"patch", json::array()}});
  const Outcome found = run({"lint", written(scenario)});
  EXPECT_THAT(found.out, HasSubstr("  in: `law` and `bill`\n"));
  EXPECT_THAT(found.out, EndsWith("\nsmall: 2 warnings, 0 notes\n"));
}

TEST(LintCommand, only_one_policy) {
  const Outcome found = run({"lint", "scenarios/classroom", "--policy", "law", "--json"});
  for (const json& finding : json::parse(found.out)["findings"])
    EXPECT_EQ(finding["policies"], json::array({"law"}));
  EXPECT_EQ(run({"lint", "scenarios/classroom", "--policy", "lawn"}).exit_code, 2);
}

TEST(LintCommand, a_patch_that_permits_what_is_prohibited_is_refused_with_the_article) {
  json scenario = twice();
  json& rules = scenario["policies"][0]["rules"];
  const json permit = rules["first"];
  rules["first"]["effect"] = "prohibit";
  rules.erase("second");
  scenario["policies"].push_back(
      {{"id", "bill"}, {"extends", "law"}, {"patch", {{{"add", "tells"}, {"rule", permit}}}}});
  const Outcome refused = run({"lint", written(scenario)});
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_EQ(refused.out, "");
  EXPECT_THAT(refused.err, HasSubstr("`tells` permits what `first` (Small Act, s. 1) prohibits: "
                                     "disclose `identity` from `office` to `abroad` for `work`\n"));
}

}  // namespace
}  // namespace onward
