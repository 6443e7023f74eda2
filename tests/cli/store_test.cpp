// SPDX-License-Identifier: Apache-2.0
//
// What `onward run --out`, `export` and `verify` keep, refuse and tell.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "metrics/store/sha256.hpp"
#include "tests/support/run.hpp"
#include "tests/support/stored.hpp"

namespace onward {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test_support::fresh_folder;
using test_support::Outcome;
using test_support::read_file;
using test_support::results_in;
using test_support::run;
using test_support::stored_in;
using test_support::write_file;
using testing::HasSubstr;

constexpr const char* example = "tests/scenario/data/classroom.json";

std::vector<std::string> small(const std::string& folder, std::vector<std::string> more = {}) {
  std::vector<std::string> words{"run",   example, "--people",       "100",
                                 "--out", folder,  "--replications", "6"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::string kept(std::vector<std::string> more = {}) {
  const std::string folder = fresh_folder();
  const Outcome outcome = run(small(folder, std::move(more)));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  return folder;
}

/// Changes a store behind the program's back.
void tamper(const std::string& folder, const std::string& sql) {
  Database(folder + "/results.sqlite", Database::Access::write).execute(sql);
}

/// Takes a store back to where its run was not complete.
void make_unfinished(const std::string& folder) {
  tamper(folder, "UPDATE runs SET digest = NULL");
}

std::string text(const Cell& cell) {
  return std::get<std::string>(cell);
}
double number(const Cell& cell) {
  return std::get<double>(cell);
}

TEST(Sha256, is_that_of_the_standard) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Store, holds_what_results_json_says) {
  const std::string folder = kept();
  const json results = json::parse(read_file(folder + "/results.json"));
  auto stored = stored_in(folder);
  EXPECT_EQ(text(stored["runs"].at(0).at(4)), results["digest"]);
  std::size_t compared = 0;
  for (const Row& row : stored["figures"]) {
    const bool differs = text(row[1]) == "difference";
    const json& list = results[differs ? "differences" : "policies"];
    for (const json& of : list) {
      if (of[differs ? "policy" : "id"] != text(row[2])) continue;
      const json& measures = text(row[3]).empty() ? of["measures"] : of["groups"][text(row[3])];
      const json& figure = measures[text(row[4])];
      EXPECT_EQ(figure["mean"], number(row[5]));
      EXPECT_EQ(figure["low"].is_null(), std::holds_alternative<std::monostate>(row[6]));
      if (!figure["low"].is_null()) {
        EXPECT_EQ(figure["low"], number(row[6]));
      }
      ++compared;
    }
  }
  EXPECT_EQ(compared, stored["figures"].size());
  EXPECT_GT(compared, 50U);
  EXPECT_TRUE(stored["checkpoints"].empty());
}

TEST(Store, has_means_by_replication_whose_mean_is_the_figure) {
  const std::string folder = kept();
  auto stored = stored_in(folder);
  std::map<std::pair<std::string, std::string>, double> sums;
  for (const Row& row : stored["by_replication"])
    sums[{text(row[1]), text(row[3])}] += number(row[4]);
  std::size_t compared = 0;
  for (const Row& row : stored["figures"]) {
    // Above a risk of 0.5 a harm's figure is another estimate.
    if (text(row[1]) != "policy" || !text(row[3]).empty() || text(row[4]).starts_with("harm."))
      continue;
    const double mean = sums.at({text(row[2]), text(row[4])}) / 6;
    EXPECT_NEAR(mean, number(row[5]), 1e-9 * (1 + std::abs(mean))) << text(row[4]);
    ++compared;
  }
  EXPECT_GT(compared, 10U);
}

TEST(Store, is_the_same_for_any_number_of_processes) {
  const auto one = stored_in(kept({"--jobs", "1", "--persons"}));
  for (const char* jobs : {"2", "4"})
    EXPECT_EQ(one, stored_in(kept({"--jobs", jobs, "--persons"})));
}

TEST(Store, of_persons_adds_up_to_the_groups) {
  auto stored = stored_in(kept({"--persons"}));
  EXPECT_TRUE(stored_in(kept())["persons"].empty());
  std::map<std::string, double> sums;
  const auto key = [](const Row& row, std::size_t measure) {
    return text(row[1]) + std::to_string(std::get<std::int64_t>(row[2])) + text(row[3]) +
           text(row[measure]);
  };
  for (const Row& row : stored["persons"]) {
    sums[key(row, 5)] += number(row[6]);
    EXPECT_TRUE(number(row[6]) != 0 || number(row[7]) != 0 || number(row[9]) != 0);
  }
  EXPECT_GT(stored["persons"].size(), 1000U);
  for (const Row& row : stored["by_group"])
    EXPECT_NEAR(sums[key(row, 4)], number(row[6]), 1e-9 * (1 + number(row[6])));
}

TEST(Store, names_every_file_with_its_hash) {
  const std::string folder = fresh_folder();
  ASSERT_EQ(run({"run", "scenarios/partner-sharing", "--people", "60", "--replications", "1",
                 "--out", folder})
                .exit_code,
            0);
  auto stored = stored_in(folder);
  const std::string root = std::string(ONWARD_SOURCE_DIR) + "/scenarios/partner-sharing/";
  std::vector<std::string> names;
  for (const Row& row : stored["files"]) {
    names.push_back(text(row[0]));
    EXPECT_EQ(text(row[2]), sha256(read_file(root + text(row[0])))) << text(row[0]);
  }
  EXPECT_THAT(names, testing::IsSupersetOf(
                         {"scenario.json", "policies/proposal.json", "../worlds/eu-2026.json"}));
  const json manifest = json::parse(read_file(folder + "/manifest.json"));
  EXPECT_EQ(manifest["files"].size(), names.size());
  EXPECT_EQ(manifest["complete"], true);
  EXPECT_EQ(manifest["digest"], json::parse(read_file(folder + "/results.json"))["digest"]);
  EXPECT_EQ(manifest["command"][1], "run");
}

TEST(Store, is_not_overwritten_unless_forced) {
  const std::string folder = kept();
  const std::string before = read_file(folder + "/results.json");
  const Outcome refused = run(small(folder));
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_EQ(refused.out, "");
  EXPECT_THAT(refused.err, HasSubstr("exists already\n  help: name another folder; `--resume`"));
  EXPECT_EQ(read_file(folder + "/results.json"), before);
  write_file(folder + "/mine.txt", "mine");
  EXPECT_EQ(run(small(folder, {"--force", "--seed", "9"})).exit_code, 0);
  EXPECT_EQ(json::parse(read_file(folder + "/results.json"))["seed"], 9);
  EXPECT_EQ(read_file(folder + "/mine.txt"), "mine");
}

TEST(Resume, of_what_is_complete_says_so_and_changes_nothing) {
  const std::string folder = kept();
  const auto before = stored_in(folder);
  const Outcome outcome = run({"run", "--out", folder, "--resume", "--json"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("is complete, digest "));
  EXPECT_EQ(outcome.out, read_file(folder + "/results.json"));
  EXPECT_EQ(stored_in(folder), before);
}

TEST(Resume, refuses_what_is_not_the_same_and_names_the_difference) {
  const std::string scenario = fresh_folder() + "/scenario.json";
  const std::string original = read_file(std::string(ONWARD_SOURCE_DIR) + "/" + example);
  write_file(scenario, original);
  const std::string folder = fresh_folder();
  const std::vector<std::string> words{"run",   scenario, "--people",       "50",
                                       "--out", folder,   "--replications", "3"};
  ASSERT_EQ(run(words).exit_code, 0);
  make_unfinished(folder);
  const auto refused = [&](std::vector<std::string> more) {
    std::vector<std::string> again{"run", "--out", folder, "--resume"};
    again.insert(again.end(), more.begin(), more.end());
    const auto before = stored_in(folder);
    const Outcome outcome = run(again);
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_EQ(stored_in(folder), before);
    return outcome.err;
  };
  EXPECT_THAT(refused({"--seed", "8"}), HasSubstr("seed: `7` there, `8` now"));
  EXPECT_THAT(refused({"--replications", "4"}), HasSubstr("replications: `3` there, `4` now"));
  EXPECT_THAT(refused({"--people", "51"}), HasSubstr("people: `50` there, `51` now"));
  EXPECT_THAT(refused({"--policy", "law"}), HasSubstr("policies: `"));
  EXPECT_THAT(refused({"--persons"}), HasSubstr("persons: `no` there, `yes` now"));
  EXPECT_THAT(refused({"scenarios/classroom"}),
              HasSubstr("file `classroom.suite.json`: read only now"));
  write_file(scenario, original + "\n");
  EXPECT_THAT(refused({}), HasSubstr("file `scenario.json`: its text has changed"));
  write_file(scenario, original);
  tamper(folder, "UPDATE about SET value = '0.0.9' WHERE name = 'version'");
  EXPECT_THAT(refused({}), HasSubstr("version: `0.0.9` there, `"));
}

TEST(Resume, needs_something_to_resume_or_a_scenario) {
  const Outcome outcome = run({"run", "--out", fresh_folder(), "--resume"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("there is nothing to resume in"));
}

TEST(Disk, that_is_full_keeps_what_was_stored) {
  const std::string whole = kept();
  const auto size = fs::file_size(whole + "/results.sqlite");
  int kept_some = 0;
  // From a store that cannot even be made to one that is nearly whole.
  for (const double share : {0.01, 0.3, 0.5, 0.7, 0.9}) {
    const std::string folder = fresh_folder();
    const auto limit = static_cast<std::size_t>(share * static_cast<double>(size));
    const int code = test_support::wait_for(test_support::start(small(folder), limit));
    EXPECT_EQ(code, 1) << share;
    if (test_support::replications_in(folder) > 0) ++kept_some;
    const Outcome resumed = run(small(folder, {"--resume"}));
    ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
    EXPECT_EQ(results_in(folder), results_in(whole));
    EXPECT_EQ(stored_in(folder), stored_in(whole));
  }
  EXPECT_GE(kept_some, 1);
}

TEST(Disk, that_is_full_is_said) {
  // 100 blocks of 1,024 bytes.
  const std::string folder = fresh_folder();
  const std::string err = folder + "-err";
  std::string command =
      "bash -c 'ulimit -f 100; " + std::string(ONWARD_PROGRAM) + " run " + ONWARD_SOURCE_DIR + "/" +
      example + " --people 50 --replications 20 --out " + folder + " 2>" + err + " >/dev/null'";
  EXPECT_EQ(std::system(command.c_str()) >> 8, 1);
  EXPECT_THAT(read_file(err), HasSubstr("the disk is full"));
  EXPECT_THAT(read_file(err), HasSubstr("what was stored before is kept; go on with `onward run"));
}

TEST(Export, writes_tidy_tables_and_a_codebook_of_every_column) {
  const std::string folder = kept({"--persons"});
  const Outcome outcome = run({"export", folder});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const std::string codebook = read_file(folder + "/csv/codebook.csv");
  for (const Table& table : store_tables()) {
    if (table.kind == Table::Kind::working_memory) continue;
    const std::string csv = read_file(folder + "/csv/" + table.name + ".csv");
    std::string header;
    for (const Column& column : table.columns) {
      header += (header.empty() ? "" : ",") + std::string(column.name);
      EXPECT_THAT(codebook, HasSubstr("\n" + std::string(table.name) + "," + column.name + ","));
      EXPECT_STRNE(column.meaning, "");
    }
    EXPECT_TRUE(csv.starts_with(header + "\r\n")) << table.name;
  }
  const Outcome again = run({"export", folder});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.err, HasSubstr("exists already"));
  EXPECT_EQ(run({"export", folder, "--force"}).exit_code, 0);
  EXPECT_EQ(run({"export", folder, "--to", fresh_folder()}).exit_code, 0);
}

TEST(Export, of_no_results_says_what_it_takes) {
  const Outcome outcome = run({"export", fresh_folder()});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("holds no results"));
}

TEST(Verify, finds_everything_as_it_was) {
  const std::string folder = kept({"--persons"});
  Outcome outcome = run({"verify", folder});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("6 replications replayed, "));
  EXPECT_THAT(outcome.out, HasSubstr("all the same"));
  outcome = run({"verify", folder, "--replication", "4"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("1 replication replayed, "));
  EXPECT_EQ(run({"verify", folder, "--replication", "6"}).exit_code, 2);
}

TEST(Verify, finds_one_number_that_was_changed) {
  const std::string folder = kept();
  tamper(folder,
         "UPDATE by_group SET value = value + 1e-9 WHERE replication = 3 AND policy = 'law' AND "
         "measure = 'exposure_days'");
  const Outcome outcome = run({"verify", folder});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.out, HasSubstr("by_group: law 3 "));
  EXPECT_EQ(run({"verify", folder, "--replication", "2"}).exit_code, 0);
}

TEST(Verify, does_not_mistake_another_scenario_for_it) {
  const std::string folder = kept();
  const Outcome outcome = run({"verify", folder, "scenarios/classroom"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("the scenario is not the one of then"));
}

TEST(Damage, to_the_store_is_said) {
  const std::string folder = kept();
  write_file(folder + "/results.sqlite", "this is no store");
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"run", "--out", folder, "--resume"}, {"export", folder}, {"verify", folder}}) {
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.exit_code, 1) << words.front();
    EXPECT_THAT(outcome.err, HasSubstr("it is damaged, or no store")) << words.front();
  }
  write_file(folder + "/manifest.json", "{}");
  const Outcome outcome = run({"run", "--out", folder, "--resume"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("`manifest.json` is damaged"));
}

TEST(Suite, says_the_same_for_any_number_of_processes) {
  const Outcome one = run({"test", "scenarios/classroom", "--jobs", "1"});
  EXPECT_EQ(one.exit_code, 0);
  EXPECT_EQ(run({"test", "scenarios/classroom", "--jobs", "3"}).out, one.out);
}

}  // namespace
}  // namespace onward
