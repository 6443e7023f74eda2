// SPDX-License-Identifier: Apache-2.0
//
// `onward sweep` as a person meets it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <cmath>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <thread>
#include <tuple>

#include "tests/support/run.hpp"
#include "tests/support/stored.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::fresh_folder;
using test_support::Outcome;
using test_support::read_file;
using test_support::run;
using test_support::start;
using test_support::stored_in;
using test_support::wait_for;
using test_support::write_file;
using testing::HasSubstr;

std::string example() {
  return read_file(std::string(ONWARD_SOURCE_DIR) + "/tests/scenario/data/classroom.json");
}

/// A sweep over a copy of the worked example, in a folder of its own.
std::string sweep_of(json sweep) {
  const std::string folder = fresh_folder();
  write_file(folder + "/scenario.json", example());
  sweep["id"] = "test";
  sweep["scenario"] = "scenario.json";
  write_file(folder + "/test.sweep.json", sweep.dump(1));
  return folder + "/test.sweep.json";
}

json three_by_two() {
  return {{"people", 60},
          {"replications", 3},
          {"factors",
           {{"days",
             {{"set", {"/experiment/horizon_days"}}, {"low", 100}, {"high", 400}, {"steps", 3}}},
            {"letters", {{"rule", "push"}, {"policies", {"proposal"}}}}}}};
}

/// The lines of a dry run without the first.
std::vector<std::vector<std::string>> points_of(const std::string& file) {
  const Outcome outcome = run({"sweep", file, "--dry-run"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  std::istringstream lines(outcome.out);
  std::vector<std::vector<std::string>> points;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    points.emplace_back(std::istream_iterator<std::string>(words),
                        std::istream_iterator<std::string>());
  }
  return points;
}

std::string text(const Cell& cell) {
  return std::get<std::string>(cell);
}

TEST(Sweep, lists_every_combination) {
  const Outcome outcome = run({"sweep", sweep_of(three_by_two()), "--dry-run"});
  EXPECT_EQ(outcome.out,
            "point  days  letters\n"
            "0      100   \"on\"   \n"
            "1      100   \"off\"  \n"
            "2      250   \"on\"   \n"
            "3      250   \"off\"  \n"
            "4      400   \"on\"   \n"
            "5      400   \"off\"  \n");
}

TEST(Sweep, gives_at_each_point_what_a_run_of_that_scenario_gives) {
  const std::string folder = fresh_folder();
  const Outcome outcome = run({"sweep", sweep_of(three_by_two()), "--out", folder});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("test: 6 points, 18 replications, digest "));
  auto stored = stored_in(folder);
  ASSERT_EQ(stored["runs"].size(), 6U);
  for (const int days : {100, 250, 400}) {
    json scenario = json::parse(example(), nullptr, true, true);
    scenario["experiment"]["horizon_days"] = days;
    const std::string file = fresh_folder() + "/scenario.json";
    write_file(file, scenario.dump());
    const Outcome single = run({"run", file, "--people", "60", "--replications", "3", "--json"});
    const json results = json::parse(single.out);
    const auto point = static_cast<std::size_t>((days - 100) / 150 * 2);
    EXPECT_EQ(text(stored["runs"][point][4]), results["digest"]) << days;
  }
}

TEST(Sweep, takes_a_rule_out_of_its_policy_alone) {
  const std::string folder = fresh_folder();
  ASSERT_EQ(run({"sweep", sweep_of(three_by_two()), "--out", folder}).exit_code, 0);
  std::map<std::tuple<std::int64_t, std::string>, double> papers;
  for (const Row& row : stored_in(folder)["figures"])
    if (text(row[1]) == "policy" && text(row[3]).empty() && text(row[4]) == "benefit.papers")
      papers[{std::get<std::int64_t>(row[0]), text(row[2])}] = std::get<double>(row[5]);
  EXPECT_GT((papers[{4, "proposal"}]), 0.3);
  EXPECT_EQ((papers[{5, "proposal"}]), 0);
  EXPECT_EQ((papers[{4, "safeguard"}]), (papers[{5, "safeguard"}]));
  EXPECT_GT((papers[{5, "safeguard"}]), 0.3);
  EXPECT_EQ(papers.size(), 18U);
}

TEST(Sweep, of_a_latin_hypercube_has_one_point_in_each_stratum_of_each_factor) {
  json sweep = {{"latin_hypercube", 20},
                {"seed", 3},
                {"factors",
                 {{"days", {{"set", {"/experiment/horizon_days"}}, {"low", 100}, {"high", 300}}},
                  {"hazard",
                   {{"set", {"/outcomes/harms/persecution/hazard"}},
                    {"low", 1e-4},
                    {"high", 1e-2},
                    {"scale", "log"}}}}}};
  const std::string file = sweep_of(sweep);
  const auto points = points_of(file);
  ASSERT_EQ(points.size(), 20U);
  std::set<int> days;
  std::set<int> hazards;
  for (const auto& point : points) {
    days.insert(static_cast<int>((std::stod(point[1]) - 100) / 10));
    hazards.insert(static_cast<int>(std::log10(std::stod(point[2]) / 1e-4) * 10));
  }
  EXPECT_EQ(days.size(), 20U);
  EXPECT_EQ(hazards.size(), 20U);
  EXPECT_EQ(points, points_of(file));
  // A factor's draws have its name as address: another beside it changes nothing.
  sweep["factors"]["a"] = {
      {"set", {"/experiment/hop_limit"}}, {"low", 2}, {"high", 5}, {"whole", true}};
  const auto more = points_of(sweep_of(sweep));
  std::multiset<std::string> hops;
  for (std::size_t p = 0; p < points.size(); ++p) {
    EXPECT_EQ(more[p][2], points[p][1]);
    EXPECT_EQ(more[p][3], points[p][2]);
    hops.insert(more[p][1]);
  }
  for (const char* hop : {"2", "3", "4", "5"}) EXPECT_EQ(hops.count(hop), 5U) << hop;
  sweep["seed"] = 4;
  EXPECT_NE(points_of(sweep_of(sweep)), more);
}

TEST(Sweep, that_was_killed_is_resumed_to_the_identical_results) {
  const std::string file = sweep_of(three_by_two());
  const std::string whole = fresh_folder();
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(run({"sweep", file, "--out", whole}).exit_code, 0);
  const auto length = std::chrono::steady_clock::now() - begin;
  for (const double share : {0.3, 0.5, 0.6, 0.7, 0.8, 0.9}) {
    const std::string folder = fresh_folder();
    const pid_t process = start({"sweep", file, "--out", folder});
    std::this_thread::sleep_for(share * length);
    kill(process, SIGKILL);
    wait_for(process);
    const Outcome resumed = run({"sweep", file, "--out", folder, "--resume"});
    EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
    EXPECT_EQ(stored_in(folder), stored_in(whole)) << share;
  }
}

TEST(Sweep, is_verified_like_a_run) {
  const std::string folder = fresh_folder();
  ASSERT_EQ(run({"sweep", sweep_of(three_by_two()), "--out", folder}).exit_code, 0);
  const Outcome outcome = run({"verify", folder});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("18 replications replayed"));
}

TEST(Sweep, takes_own_marginals_from_a_table) {
  json scenario = json::parse(example(), nullptr, true, true);
  json sweep = three_by_two();
  sweep["marginals"] = {{"file", "mine.csv"}, {"evidence", "illustrative"}};
  const std::string file = sweep_of(sweep);
  const std::string folder = file.substr(0, file.rfind('/'));
  const auto table = [&](const std::string& lines) {
    write_file(folder + "/mine.csv", "share,value,group,attribute\n" + lines);
    return run({"sweep", file, "--dry-run"});
  };
  EXPECT_EQ(table("0.25,arrived,claimants,status\n0.75,applicant,claimants,status\n").exit_code, 0);
  Outcome outcome = table("0.25,arrived,claimants,status\n0.70,applicant,claimants,status\n");
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("add up to"));
  EXPECT_THAT(outcome.err, HasSubstr("mine.csv:2"));
  outcome = table("some,arrived,claimants,status\n");
  EXPECT_THAT(outcome.err, HasSubstr("mine.csv:2:1: `some` is no share"));
  outcome = table("1,arrived,nobody,status\n");
  EXPECT_THAT(outcome.err, HasSubstr("mine.csv:2"));
  EXPECT_EQ(outcome.exit_code, 3);
}

TEST(Sweep, answers_mistakes_all_at_once_with_their_place) {
  json sweep = three_by_two();
  sweep["factors"]["days"]["set"] = {"/experiment/horizon_dys"};
  sweep["factors"]["letters"]["rule"] = "leters";
  Outcome outcome = run({"sweep", sweep_of(sweep), "--dry-run"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("test.sweep.json:"));
  EXPECT_THAT(outcome.err, HasSubstr("horizon_dys"));
  sweep = three_by_two();
  sweep["factors"]["letters"]["rule"] = "leters";
  outcome = run({"sweep", sweep_of(sweep), "--dry-run"});
  EXPECT_THAT(outcome.err, HasSubstr("there is no rule `leters`\n  help: did you mean `letters`?"));
  sweep["factors"]["letters"]["policies"] = {"propsal"};
  outcome = run({"sweep", sweep_of(sweep), "--dry-run"});
  EXPECT_THAT(outcome.err, HasSubstr("unknown policy `propsal`\n  help: did you mean `proposal`?"));
  sweep = three_by_two();
  sweep["factors"]["days"].erase("steps");
  sweep["factors"]["letters"] = {{"label", "nothing"}};
  sweep["factors"]["odd"] = {{"set", {"/a"}}, {"values", {1}}, {"low", 3}, {"high", 2}};
  outcome = run({"sweep", sweep_of(sweep), "--dry-run"});
  EXPECT_THAT(outcome.err, HasSubstr("a range needs `steps`"));
  EXPECT_THAT(outcome.err, HasSubstr("it is not clear what this factor varies"));
  EXPECT_THAT(outcome.err, HasSubstr("`high` is not above `low`"));
  EXPECT_EQ(run({"sweep", sweep_of(three_by_two())}).exit_code, 2);
}

TEST(Validate, knows_sweeps) {
  const Outcome outcome = run({"validate", "scenarios/classroom/letters.sweep.json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("valid (12 points of "));
}

}  // namespace
}  // namespace onward
