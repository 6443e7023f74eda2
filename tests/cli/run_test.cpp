// SPDX-License-Identifier: Apache-2.0
//
// `onward run` as a person meets it.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/engine_scenarios.hpp"
#include "tests/support/run.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::fresh_folder;
using test_support::Outcome;
using test_support::read_file;
using test_support::run;
using test_support::write_file;
using testing::HasSubstr;

constexpr const char* example = "tests/scenario/data/classroom.json";

json results(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "run");
  arguments.emplace_back("--json");
  const Outcome outcome = run(arguments);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  return json::parse(outcome.out);
}

const json& policy(const json& all, const std::string& id) {
  return *std::find_if(all["policies"].begin(), all["policies"].end(),
                       [&](const json& of) { return of["id"] == id; });
}

/// A scenario in a file of its own.
std::string file_of(const json& scenario) {
  const std::string file = fresh_folder() + "/scenario.json";
  write_file(file, scenario.dump());
  return file;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    widest = std::max(widest,
                      static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
                        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
                      })));
  return widest;
}

TEST(Run, gives_the_values_by_hand_of_the_worked_example) {
  const json all = results({example});
  EXPECT_EQ(all["policies"][0]["id"], "law");
  EXPECT_EQ(policy(all, "law")["measures"]["harm.persecution"]["mean"], 0);
  EXPECT_EQ(policy(all, "safeguard")["measures"]["harm.persecution"]["mean"], 0);
  EXPECT_EQ(policy(all, "law")["measures"]["benefit.papers"]["mean"], 0);
  // 0.486 x (1 - exp(-0.365)), and 0.486, as MODEL has them.
  const json& harm = policy(all, "proposal")["measures"]["harm.persecution"];
  EXPECT_LT(harm["low"], 0.1488);
  EXPECT_GT(harm["high"], 0.1488);
  EXPECT_EQ(harm["evidence"], "illustrative");
  for (const char* id : {"proposal", "safeguard"}) {
    const json& papers = policy(all, id)["measures"]["benefit.papers"];
    EXPECT_LT(papers["low"], 0.486);
    EXPECT_GT(papers["high"], 0.486);
    EXPECT_EQ(papers["evidence"], "sourced");
  }
}

TEST(Run, says_how_little_nothing_is) {
  const json harm = policy(results({example}), "law")["measures"]["harm.persecution"];
  EXPECT_EQ(harm["events"], 0);
  EXPECT_TRUE(harm["low"].is_null());
  // Nothing is shared between people: 3 in 2,000.
  EXPECT_EQ(harm["bound"]["per"], "person");
  EXPECT_NEAR(harm["bound"]["at_most"], 3.0 / 2000, 1e-5);
}

TEST(Run, fits_into_100_columns_and_begins_with_the_headline) {
  for (const char* scenario : {example, "scenarios/classroom"}) {
    const Outcome outcome = run({"run", scenario, "--groups", "--replications", "20"});
    EXPECT_EQ(outcome.exit_code, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_LE(widest_line(outcome.out), 100U) << outcome.out;
    EXPECT_LT(outcome.out.find("HEADLINE"), outcome.out.find("ALSO MEASURED"));
    EXPECT_THAT(outcome.out, HasSubstr("Synthetic; not evidence about any person or claim."));
  }
}

TEST(Run, says_in_short_what_each_policy_changes) {
  const Outcome outcome = run({"run", "scenarios/classroom", "--replications", "50"});
  const std::string::size_type begin = outcome.out.find("IN SHORT, compared with law");
  const std::string text = outcome.out.substr(begin, outcome.out.find("HEADLINE") - begin);
  EXPECT_EQ(text,
            "IN SHORT, compared with law, each at 95 % certainty                   proposal       "
            "safeguard\n"
            "Absolute harms: never added up, weighed or set against anything\n"
            "  persecution of a person whose claim became known                    more           "
            "no difference\n"
            "What happens to data\n"
            "  exposure: days held by others, by holder and kind of data           more           "
            "more\n"
            "Benefits\n"
            "  travel papers can be issued                                         more           "
            "more\n\n");
}

TEST(Run, shows_in_a_million_what_is_too_rare_to_be_seen_in_a_thousand) {
  json scenario = json::parse(read_file(std::string(ONWARD_SOURCE_DIR) + "/" + example));
  scenario["outcomes"]["harms"]["persecution"]["hazard"] = {{"value", 1e-7},
                                                            {"low", 1e-8},
                                                            {"high", 1e-6},
                                                            {"unit", "per day"},
                                                            {"evidence", "illustrative"}};
  const Outcome outcome =
      run({"run", file_of(scenario), "--policy", "proposal", "--people", "1000"});
  // 0.486 x 365 days x 1e-7 = 17.7 in a million.
  EXPECT_THAT(outcome.out, HasSubstr("in a million, illustrative"));
  EXPECT_THAT(outcome.out, testing::ContainsRegex("persecution +1[78]\\.[0-9]"));
}

TEST(Run, is_the_same_in_step_and_ahead) {
  json ahead = results({"scenarios/classroom", "--replications", "20"});
  json in_step = results({"scenarios/classroom", "--replications", "20", "--engine", "sync"});
  ahead.erase("performance");
  in_step.erase("performance");
  EXPECT_EQ(ahead, in_step);
}

TEST(Run, gives_the_same_for_any_number_of_processes) {
  for (const std::string scenario : {"scenarios/classroom", "scenarios/partner-sharing"}) {
    json one = results({scenario, "--people", "300", "--replications", "7", "--jobs", "1"});
    one.erase("performance");
    for (const char* jobs : {"2", "4"}) {
      json several = results({scenario, "--people", "300", "--replications", "7", "--jobs", jobs});
      several.erase("performance");
      EXPECT_EQ(one, several) << scenario << ", " << jobs;
    }
  }
}

TEST(Run, of_one_policy_gives_the_same_figures_as_of_all) {
  const json all = results({example, "--replications", "30"});
  const json one = results({example, "--replications", "30", "--policy", "proposal"});
  EXPECT_EQ(one["baseline"], "proposal");
  EXPECT_EQ(one["differences"], json::array());
  EXPECT_EQ(one["policies"].size(), 1U);
  EXPECT_EQ(one["policies"][0], policy(all, "proposal"));
}

TEST(Run, another_baseline_turns_differences_round) {
  const json forth = results({example, "--policy", "law", "--policy", "proposal"});
  const json back = results({example, "--policy", "proposal", "--policy", "law"});
  for (const auto& [name, there] : forth["differences"][0]["measures"].items()) {
    const json& here = back["differences"][0]["measures"][name];
    EXPECT_DOUBLE_EQ(there["mean"].get<double>(), -here["mean"].get<double>()) << name;
    if (there["low"].is_number()) {
      EXPECT_DOUBLE_EQ(there["low"].get<double>(), -here["high"].get<double>()) << name;
    }
  }
}

TEST(Run, identical_policies_differ_by_exactly_0) {
  json scenario = json::parse(read_file(std::string(ONWARD_SOURCE_DIR) + "/" + example));
  scenario["policies"].push_back(
      {{"id", "again"}, {"extends", "proposal"}, {"patch", json::array()}});
  const json all = results({file_of(scenario), "--policy", "proposal", "--policy", "again"});
  for (const auto& [name, difference] : all["differences"][0]["measures"].items())
    EXPECT_EQ(difference["mean"], 0) << name;
  EXPECT_EQ(policy(all, "again")["measures"], policy(all, "proposal")["measures"]);
  EXPECT_THAT(all["notes"].dump(), HasSubstr("they differ by 0"));
}

TEST(Run, another_seed_gives_other_people) {
  const json one = results({example, "--replications", "20"});
  const json other = results({example, "--replications", "20", "--seed", "8"});
  EXPECT_NE(one["digest"], other["digest"]);
  EXPECT_EQ(other["seed"], 8);
}

TEST(Run, draws_as_many_people_as_asked_for) {
  const json all = results({example, "--people", "37", "--replications", "2"});
  EXPECT_EQ(all["people"], 37);
  EXPECT_EQ(all["replications"], 2);
}

TEST(Run, of_records_over_narrow_channels_compares_policies_too) {
  json scenario = test_support::met_by_office(5, 100);
  scenario["world"]["channels"]["line"] = {{"from", {{"node", "office"}}},
                                           {"to", {{"node", "abroad"}}},
                                           {"mode", "push"},
                                           {"latency_days", 1},
                                           {"bandwidth", test_support::claim(2)}};
  json tell = test_support::disclosure({{"encounter", {{"node", "office"}}}}, "office", "abroad");
  tell["via"] = "line";
  scenario["world"]["flows"]["tell"] = tell;
  scenario["experiment"]["replications"] = 12;
  scenario["population"]["groups"]["all"]["enter_days"] = {0, 50};
  scenario["policies"].push_back(
      {{"id", "open"},
       {"extends", "law"},
       {"patch", {{{"add", "tell"}, {"rule", test_support::permit({"disclose"})}}}}});
  const json all = results({file_of(scenario)});
  EXPECT_EQ(policy(all, "open")["measures"]["reach.identity"]["mean"], 2);
  EXPECT_EQ(all["differences"][0]["measures"]["reach.identity"]["mean"], 1);
  const json& exposure = all["differences"][0]["measures"]["exposure_days"];
  EXPECT_TRUE(exposure["low"].is_number()) << exposure;
}

TEST(Run, names_desks_by_kind_where_many_are_scaled_down) {
  const Outcome outcome =
      run({"run", "scenarios/partner-sharing", "--people", "300", "--replications", "1", "--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const json results = json::parse(outcome.out);
  std::string note;
  for (const json& one : results["notes"])
    if (one.get<std::string>().starts_with("Desks are scaled down")) note = one;
  EXPECT_THAT(note, HasSubstr(" desks (`authorisation` at 1 node, `consent` at "));
  EXPECT_THAT(note, testing::Not(HasSubstr("external.border/consent")));
}

TEST(Run, an_unknown_policy_is_answered_with_the_nearest) {
  const Outcome outcome = run({"run", example, "--policy", "propsal"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.err, "onward: unknown policy `propsal`\n  help: did you mean `proposal`?\n");
}

TEST(Run, refuses_numbers_that_mean_nothing) {
  for (const std::vector<std::string>& wrong :
       std::vector<std::vector<std::string>>{{"--people", "0"},
                                             {"--replications", "0"},
                                             {"--people", "many"},
                                             {"--seed", "-1"},
                                             {"--engine", "fast"}}) {
    std::vector<std::string> arguments{"run", example};
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << wrong.front();
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr(wrong.front()));
  }
}

TEST(Run, an_invalid_scenario_is_not_replayed) {
  const Outcome outcome = run({"run", "tests/cli/misspelt.json"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(outcome.out, "");
}

TEST(RunOut, writes_what_json_prints) {
  const std::string folder = fresh_folder() + "/new/results";
  const Outcome outcome = run({"run", example, "--replications", "5", "--json", "--out", folder});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(read_file(folder + "/results.json"), outcome.out);
}

TEST(RunOut, never_overwrites) {
  const std::string folder = fresh_folder();
  write_file(folder + "/results.json", "mine");
  const Outcome outcome = run({"run", example, "--out", folder});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("exists already"));
  EXPECT_EQ(read_file(folder + "/results.json"), "mine");
}

TEST(RunOut, says_at_once_where_nothing_can_be_written) {
  const std::string file = fresh_folder() + "/file";
  write_file(file, "");
  const Outcome outcome = run({"run", example, "--out", file});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("nothing can be written into"));
}

TEST(RunInterrupted, keeps_and_prints_what_is_finished) {
  const std::string folder = fresh_folder();
  const pid_t child = fork();
  if (child == 0) {
    const int out = open((folder + "/out").c_str(), O_WRONLY | O_CREAT, 0600);
    const int err = open((folder + "/err").c_str(), O_WRONLY | O_CREAT, 0600);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    if (chdir(ONWARD_SOURCE_DIR) != 0) _exit(126);
    execl(ONWARD_PROGRAM, ONWARD_PROGRAM, "run", example, "--people", "1000", "--replications",
          "1000000", "--json", static_cast<char*>(nullptr));
    _exit(127);
  }
  sleep(2);
  kill(child, SIGINT);
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 5);
  const json all = json::parse(read_file(folder + "/out"));
  const auto finished = all["replications"].get<std::size_t>();
  EXPECT_GT(finished, 0U);
  EXPECT_EQ(read_file(folder + "/err"), "onward run: stopped after " + std::to_string(finished) +
                                            " of 1000000 replications; these are shown\n");
  // What is shown is what a run of that length gives.
  const json whole =
      results({example, "--people", "1000", "--replications", std::to_string(finished)});
  EXPECT_EQ(whole["policies"], all["policies"]);
}

}  // namespace
}  // namespace onward
