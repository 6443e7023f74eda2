// SPDX-License-Identifier: Apache-2.0
//
// The command line as a person meets it: exit code, standard output and standard error apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
using testing::StartsWith;

const std::string refused =
    R"({"action": "disclose", "from": "asylum", "to": "homeland", "data": "identity", "purpose": "return",
        "subject": {"status": "refused", "origin": "homeland"}})";

TEST(Help, opens_with_what_it_is_and_examples) {
  const Outcome help = run({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_EQ(help.err, "");
  EXPECT_LT(help.out.find("Examples:"), help.out.find("Usage:"));
  EXPECT_THAT(help.out, HasSubstr("onward validate scenarios/classroom"));
}

TEST(Help, of_each_command_opens_with_examples) {
  for (const char* command : {"run", "validate", "explain", "test"}) {
    const Outcome help = run({command, "--help"});
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_LT(help.out.find("Examples:"), help.out.find("Usage:")) << help.out;
  }
}

TEST(Help, has_no_line_over_100_columns) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"--help"},
                                             {"run", "--help"},
                                             {"validate", "--help"},
                                             {"explain", "--help"},
                                             {"test", "--help"}}) {
    std::istringstream lines(run(arguments).out);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
  }
}

TEST(Version, is_one_line) {
  const Outcome version = run({"--version"});
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_EQ(version.out, "onward 0.1.0\n");
}

TEST(Usage, an_unknown_command_is_answered_with_the_nearest) {
  const Outcome wrong = run({"valdiate", "scenarios"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_EQ(wrong.out, "");
  EXPECT_EQ(wrong.err, "onward: unknown command `valdiate`\n  help: did you mean `validate`?\n");
}

TEST(Usage, an_unknown_option_is_answered_with_the_nearest) {
  const Outcome wrong = run({"test", "scenarios/classroom", "--fliter", "x"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_EQ(wrong.err,
            "onward test: unknown option `--fliter`\n  help: did you mean `--filter`?\n");
}

TEST(Usage, a_command_is_needed) {
  const Outcome wrong = run({});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_EQ(wrong.err, "onward: a command is missing\n  help: see `onward --help`\n");
}

TEST(Validate, a_good_scenario_by_its_folder_and_by_its_file) {
  const std::string line =
      "scenarios/classroom/scenario.json: valid (3 nodes, 3 policies with 8 rules, "
      "1 group of people, 12 tests)\n";
  const Outcome folder = run({"validate", "scenarios/classroom"});
  EXPECT_EQ(folder.exit_code, 0);
  EXPECT_EQ(folder.out, line);
  EXPECT_EQ(folder.err, "");
  EXPECT_EQ(run({"validate", "scenarios/classroom/scenario.json"}).out, line);
}

TEST(Validate, everything_that_is_shipped_is_valid_without_a_warning) {
  const Outcome all = run({"validate", "scenarios"});
  EXPECT_EQ(all.exit_code, 0);
  EXPECT_EQ(all.err, "");
}

TEST(Validate, the_worked_example_of_the_format_loads_as_it_stands) {
  const Outcome example = run({"validate", "tests/scenario/data/classroom.json"});
  EXPECT_EQ(example.exit_code, 0);
  EXPECT_EQ(example.out,
            "tests/scenario/data/classroom.json: valid (3 nodes, 3 policies with 5 rules, "
            "1 group of people, 5 tests)\n");
  EXPECT_EQ(example.err, "");
}

TEST(Validate, all_problems_are_reported_in_one_go_with_exit_code_3) {
  json broken = test_support::small_scenario();
  broken["policies"][0]["binds"]["node"] = "ofice";
  broken["experiment"]["start"] = "2026-02-30";
  const std::string file = fresh_folder() + "/broken.json";
  write_file(file, broken.dump(1));
  const Outcome wrong = run({"validate", file});
  EXPECT_EQ(wrong.exit_code, 3);
  EXPECT_EQ(wrong.out, "");
  EXPECT_THAT(
      wrong.err,
      HasSubstr("/policies/0/binds/node: unknown node `ofice`\n  help: did you mean `office`?\n"));
  EXPECT_THAT(wrong.err,
              HasSubstr("/experiment/start: `2026-02-30` is not a day of the calendar\n"));
  EXPECT_THAT(wrong.err, testing::EndsWith("\n2 errors\n"));
}

TEST(Validate, a_file_that_is_not_there) {
  const Outcome wrong = run({"validate", "nowhere.json"});
  EXPECT_EQ(wrong.exit_code, 3);
  EXPECT_EQ(wrong.err, "nowhere.json: there is no such file\n");
}

TEST(Validate, a_folder_without_a_scenario) {
  const std::string folder = fresh_folder();
  const Outcome wrong = run({"validate", folder});
  EXPECT_EQ(wrong.exit_code, 3);
  EXPECT_THAT(wrong.err, StartsWith(folder + ": there is no scenario in this folder\n  help: "));
}

TEST(Validate, a_block_in_a_file_of_its_own_is_checked_against_the_schema_that_it_names) {
  const std::string folder = fresh_folder();
  write_file(folder + "/good.json",
             R"({"$schema": "../schema/experiment.schema.json", "seed": 3})");
  write_file(folder + "/bad.json", R"({"$schema": "../schema/experiment.schema.json", "sead": 3})");
  EXPECT_EQ(run({"validate", folder + "/good.json"}).exit_code, 0);
  const Outcome bad = run({"validate", folder + "/bad.json"});
  EXPECT_EQ(bad.exit_code, 3);
  EXPECT_EQ(bad.err,
            folder + "/bad.json:1:49: /sead: unknown key `sead`\n  help: did you mean `seed`?\n");
}

TEST(Explain, says_verdict_reason_article_and_strategy_for_each_policy) {
  const Outcome explained = run({"explain", "scenarios/classroom", "--request", refused});
  EXPECT_EQ(explained.exit_code, 0);
  EXPECT_EQ(explained.err, "");
  EXPECT_EQ(explained.out,
            test_support::read_file(ONWARD_SOURCE_DIR "/tests/cli/explain.expected"));
}

TEST(Explain, one_policy_only) {
  const Outcome explained =
      run({"explain", "scenarios/classroom", "--request", refused, "--policy", "law"});
  EXPECT_EQ(explained.exit_code, 0);
  EXPECT_THAT(explained.out, HasSubstr("\npolicy law: no letters\n"));
  EXPECT_THAT(explained.out, testing::Not(HasSubstr("policy proposal")));
}

TEST(Explain, an_unknown_policy_is_wrong_usage) {
  const Outcome wrong =
      run({"explain", "scenarios/classroom", "--request", refused, "--policy", "lwa"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_EQ(wrong.err, "onward: unknown policy `lwa`\n  help: did you mean `law`?\n");
}

TEST(Explain, as_json) {
  const Outcome explained = run({"explain", "scenarios/classroom", "--request", refused, "--json"});
  EXPECT_EQ(explained.exit_code, 0);
  const json out = json::parse(explained.out);
  EXPECT_EQ(out["scenario"], "classroom");
  ASSERT_EQ(out["policies"].size(), 3U);
  const json& law = out["policies"][0]["verdicts"]["identity"];
  EXPECT_EQ(law["verdict"], "deny");
  EXPECT_EQ(law["because"], "prohibited");
  EXPECT_EQ(law["rules"], json::array({"secrecy"}));
  EXPECT_EQ(law["basis"]["secrecy"]["citation"], "Classroom Act, s. 2");
  const json& proposal = out["policies"][1]["verdicts"]["identity"];
  EXPECT_EQ(proposal["verdict"], "permit");
  EXPECT_EQ(proposal["rules"], json::array({"letters"}));
  EXPECT_EQ(proposal["duties"], json::object());
}

TEST(Explain, a_request_from_a_file) {
  const std::string file = fresh_folder() + "/request.json";
  write_file(file, refused);
  const Outcome explained = run({"explain", "scenarios/classroom", "--request", file});
  EXPECT_EQ(explained.exit_code, 0);
  EXPECT_EQ(explained.out, run({"explain", "scenarios/classroom", "--request", refused}).out);
}

TEST(Explain, a_request_with_an_unknown_name_is_invalid) {
  const Outcome wrong = run(
      {"explain", "scenarios/classroom", "--request",
       R"({"action": "disclose", "from": "asylim", "to": "homeland", "data": "identity", "purpose": "return"})"});
  EXPECT_EQ(wrong.exit_code, 3);
  EXPECT_EQ(wrong.err,
            "--request:1:32: /from: unknown node `asylim`\n  help: did you mean `asylum`?\n");
}

TEST(Explain, what_is_neither_json_nor_a_file_is_wrong_usage) {
  const Outcome wrong = run({"explain", "scenarios/classroom", "--request", "disclose"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_THAT(
      wrong.err,
      StartsWith("onward: `disclose` is neither a request nor a file that can be read\n  help: "));
}

TEST(Explain, an_open_attribute_on_which_the_verdict_depends_is_named) {
  const Outcome explained = run(
      {"explain", "scenarios/classroom", "--policy", "proposal", "--request",
       R"({"action": "disclose", "from": "asylum", "to": "homeland", "data": "identity", "purpose": "return"})"});
  EXPECT_EQ(explained.exit_code, 0);
  EXPECT_THAT(explained.out, HasSubstr("IT DEPENDS on `status`, which the request leaves open:\n"));
  EXPECT_THAT(explained.out,
              HasSubstr("* a person with status = arrived, applicant or protected:\n    DENIED"));
}

TEST(Test, the_classroom_passes) {
  const Outcome tested = run({"test", "scenarios/classroom"});
  EXPECT_EQ(tested.exit_code, 0);
  EXPECT_THAT(tested.out, HasSubstr("\n19 passed, 0 failed\n"));
  EXPECT_EQ(tested.err, "");
}

TEST(Test, one_file_named_twice_is_run_once) {
  const Outcome once = run({"test", "scenarios/classroom"});
  EXPECT_EQ(run({"test", "./scenarios/classroom", "scenarios/classroom/scenario.json",
                 "scenarios/classroom/classroom.suite.json"})
                .out,
            once.out);
}

TEST(Test, a_suite_that_a_scenario_names_is_run_once) {
  const std::string folder = fresh_folder();
  for (const char* file : {"scenario.json", "classroom.suite.json"})
    write_file(folder + "/a/" + file,
               read_file(std::string(ONWARD_SOURCE_DIR) + "/scenarios/classroom/" + file));
  const Outcome all = run({"test", folder});
  EXPECT_EQ(all.out, run({"test", folder + "/a"}).out);
  EXPECT_THAT(all.out, HasSubstr("\n19 passed, 0 failed\n"));
}

/// The worked example with this test alone, in a file.
std::string with_test(const json& test) {
  json scenario = json::parse(read_file(ONWARD_SOURCE_DIR "/tests/scenario/data/classroom.json"));
  scenario["suite"] = json::array({test});
  const std::string file = fresh_folder() + "/scenario.json";
  write_file(file, scenario.dump());
  return file;
}

const json secret = {{"node", "subject.origin"}, {"knows", "asylum_status"}};

/// More than the proof can ask: whether both hold at once.
const json secret_of_refused = {{"all", {secret, {{"in_state", "refusal"}}}}};

TEST(ProvedTest, never_is_proved_for_every_person) {
  const Outcome tested = run(
      {"test", with_test({{"name", "kept"}, {"policy", {"law", "safeguard"}}, {"never", secret}})});
  EXPECT_EQ(tested.exit_code, 0);
  EXPECT_THAT(tested.out, HasSubstr("proved: impossible in law, by "));
  EXPECT_THAT(tested.out, Not(HasSubstr("replications")));
}

TEST(ProvedTest, never_is_refuted_with_the_path) {
  const Outcome tested =
      run({"test", with_test({{"name", "kept"}, {"policy", "proposal"}, {"never", secret}})});
  EXPECT_EQ(tested.exit_code, 4);
  EXPECT_THAT(tested.out, HasSubstr("refuted: possible in law (by governed acts alone), by: "
                                    "collect, push, sender-tells"));
}

TEST(ProvedTest, possible_may_be_asked_for_by_its_path) {
  const auto tested = [](const json& path) {
    return run(
        {"test",
         with_test(
             {{"name", "told"}, {"policy", "proposal"}, {"possible", secret}, {"path", path}})});
  };
  EXPECT_EQ(tested({"collect", "push", "sender-tells"}).exit_code, 0);
  const Outcome other = tested({"push", "collect", "sender-tells"});
  EXPECT_EQ(other.exit_code, 4);
  EXPECT_THAT(other.out, HasSubstr("but not shortest by this path; by:"));
}

TEST(ProvedTest, the_world_may_be_asked_instead_of_the_law) {
  const Outcome tested = run({"test", with_test({{"name", "kept"},
                                                 {"policy", "proposal"},
                                                 {"never", secret},
                                                 {"in", "world"}})});
  EXPECT_EQ(tested.exit_code, 4);
  EXPECT_THAT(tested.out, HasSubstr("refuted: possible in the world"));
}

TEST(SimulatedTest, what_is_never_to_happen_and_does_names_somebody_to_whom_it_did) {
  const std::string file =
      with_test({{"name", "kept"}, {"policy", "proposal"}, {"never", secret_of_refused}});
  const Outcome tested = run({"test", file});
  EXPECT_EQ(tested.exit_code, 4);
  EXPECT_THAT(tested.out, HasSubstr("FAIL  kept [proposal]"));
  EXPECT_THAT(tested.out, HasSubstr("found in replication 0: `onward explain " + file));
}

TEST(SimulatedTest, what_is_possible_may_be_asked_for_by_its_path) {
  const auto tested = [](const json& path) {
    return run({"test", with_test({{"name", "told"},
                                   {"policy", "proposal"},
                                   {"possible", secret_of_refused},
                                   {"path", path}})});
  };
  EXPECT_THAT(tested({"collect", "push", "sender-tells"}).out, HasSubstr("by this path"));
  const Outcome other = tested({"push", "collect", "sender-tells"});
  EXPECT_EQ(other.exit_code, 4);
  EXPECT_THAT(other.out,
              HasSubstr("found, but never by this path; by: collect, push, sender-tells"));
}

TEST(SimulatedTest, what_was_not_seen_is_labelled_with_a_bound) {
  const json nobody = {
      {"all", {{{"in_state", "arrival"}}, {{"attribute", "status"}, {"is", "refused"}}}}};
  const Outcome tested =
      run({"test", with_test({{"name", "kept"}, {"policy", "law"}, {"never", nobody}})});
  EXPECT_EQ(tested.exit_code, 0);
  EXPECT_THAT(tested.out, HasSubstr("no case in 200 replications, upper bound 0.001498 a person"));
  const Outcome possible =
      run({"test", with_test({{"name", "told"}, {"policy", "law"}, {"possible", nobody}})});
  EXPECT_EQ(possible.exit_code, 4);
  EXPECT_THAT(possible.out, HasSubstr("no case in 200 replications"));
}

TEST(SimulatedTest, a_measure_fails_only_if_its_interval_lies_wholly_outside) {
  const auto tested = [](double low, double high) {
    return run({"test", with_test({{"name", "risk"},
                                   {"policy", "proposal"},
                                   {"measure", "harm.persecution"},
                                   {"within", {low, high}},
                                   {"confidence", 0.99}})});
  };
  // The interval is 0.142 to 0.162.
  EXPECT_THAT(tested(0.11, 0.19).out, HasSubstr("shown by simulation"));
  EXPECT_THAT(tested(0.15, 0.19).out, HasSubstr("undecided by simulation"));
  EXPECT_EQ(tested(0.15, 0.19).exit_code, 0);
  EXPECT_THAT(tested(0.17, 0.19).out, HasSubstr("refuted by simulation"));
  EXPECT_EQ(tested(0.17, 0.19).exit_code, 4);
  EXPECT_EQ(tested(0, 0.1).exit_code, 4);
}

TEST(SimulatedTest, a_comparison_is_the_first_policy_less_the_second) {
  const auto tested = [](const char* first, const char* second, double low, double high) {
    return run({"test", with_test({{"name", "papers"},
                                   {"compare", {first, second}},
                                   {"measure", "benefit.papers"},
                                   {"difference", {low, high}}})});
  };
  EXPECT_EQ(tested("proposal", "safeguard", 0, 0).exit_code, 0);
  EXPECT_EQ(tested("proposal", "safeguard", 0.1, 0.2).exit_code, 4);
  EXPECT_EQ(tested("proposal", "law", 0.4, 0.6).exit_code, 0);
  EXPECT_EQ(tested("law", "proposal", 0.4, 0.6).exit_code, 4);
  EXPECT_EQ(tested("law", "proposal", -0.6, -0.4).exit_code, 0);
}

TEST(Test, a_failure_shows_expected_against_actual_and_ends_with_exit_code_4) {
  json failing = test_support::small_scenario();
  failing["suite"] = json::array({{{"name", "offices tell"},
                                   {"policy", "law"},
                                   {"decide",
                                    {{"action", "disclose"},
                                     {"from", "office"},
                                     {"to", "abroad"},
                                     {"data", "identity"},
                                     {"purpose", "work"}}},
                                   {"expect", {{"identity", {{"verdict", "permit"}}}}}}});
  const std::string file = fresh_folder() + "/failing.json";
  write_file(file, failing.dump());
  const Outcome tested = run({"test", file});
  EXPECT_EQ(tested.exit_code, 4);
  EXPECT_EQ(tested.err, "");
  const std::string name = file + "\n";
  const std::string alone =
      "        alone: `onward test " + file + " --filter 'offices tell' --policy law`\n";
  EXPECT_EQ(tested.out, name +
                            "  FAIL  offices tell [law]\n"
                            "        " +
                            file +
                            ":1\n"
                            "                          expected  actual\n"
                            "      identity\n"
                            "        verdict           permit    deny  <- differs\n"
                            "        because                     no-permit\n"
                            "        rules                       none\n" +
                            alone + "\n0 passed, 1 failed\n");
}

TEST(Test, a_verdict_that_depends_on_an_open_attribute_is_an_error_that_names_it) {
  const std::string folder = fresh_folder();
  write_file(folder + "/open.suite.json", R"({"scenario": "scenario.json", "tests": [
    {"name": "open", "policy": "proposal",
     "decide": {"action": "disclose", "from": "asylum", "to": "homeland", "data": "identity", "purpose": "return"},
     "expect": {"identity": {"verdict": "permit"}}}]})");
  write_file(folder + "/scenario.json",
             test_support::read_file(ONWARD_SOURCE_DIR "/tests/scenario/data/classroom.json"));
  const Outcome tested = run({"test", folder + "/open.suite.json"});
  EXPECT_EQ(tested.exit_code, 4);
  EXPECT_THAT(tested.out, HasSubstr("  ERROR open [proposal]\n"));
  EXPECT_THAT(tested.out, HasSubstr("depends on `status`"));
}

TEST(Test, a_filter_that_matches_nothing_is_wrong_usage) {
  const Outcome tested = run({"test", "scenarios/classroom", "--filter", "nonsense"});
  EXPECT_EQ(tested.exit_code, 2);
  EXPECT_EQ(tested.out, "");
  EXPECT_EQ(tested.err,
            "onward test: no test has `nonsense` in its name\n  help: `onward test --list` shows "
            "the names\n");
}

TEST(Test, a_scenario_without_tests_is_invalid) {
  const std::string file = fresh_folder() + "/empty.json";
  write_file(file, test_support::small_scenario().dump());
  const Outcome tested = run({"test", file});
  EXPECT_EQ(tested.exit_code, 3);
  EXPECT_EQ(tested.err, file + ": there is no test here\n  help: add tests to `suite`\n");
}

TEST(Test, list_runs_nothing) {
  const Outcome listed = run({"test", "scenarios/classroom", "--list", "--filter", "secret"});
  EXPECT_EQ(listed.exit_code, 0);
  EXPECT_EQ(listed.out,
            "scenarios/classroom/scenario.json\n"
            "  decide    with the safeguard the asylum office keeps the secret\n"
            "  never     the secret is kept\n");
}

TEST(Verbose, talks_on_standard_error_only) {
  const Outcome quiet = run({"validate", "scenarios/classroom"});
  const Outcome loud = run({"--verbose", "validate", "scenarios/classroom"});
  EXPECT_EQ(loud.out, quiet.out);
  EXPECT_THAT(loud.err, HasSubstr("onward: read scenarios/classroom/scenario.json in "));
}

}  // namespace
}  // namespace onward
