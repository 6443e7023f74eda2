// SPDX-License-Identifier: Apache-2.0
//
// Kept results survive the sudden end of any process.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

#include "tests/support/run.hpp"
#include "tests/support/stored.hpp"

namespace onward {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using std::chrono::duration;
using test_support::fresh_folder;
using test_support::Outcome;
using test_support::replications_in;
using test_support::results_in;
using test_support::run;
using test_support::start;
using test_support::stored_in;
using test_support::wait_for;

constexpr int replications = 40;

std::vector<std::string> kept_in(const std::string& folder, const std::string& jobs = "2") {
  return {"run",
          "tests/scenario/data/classroom.json",
          "--people",
          "200",
          "--replications",
          std::to_string(replications),
          "--out",
          folder,
          "--jobs",
          jobs,
          "--resume"};
}

void sleep_seconds(double seconds) {
  std::this_thread::sleep_for(duration<double>(seconds));
}

/// Whether a process lives; one that has ended but was not waited for does not.
bool lives(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  if (!std::getline(file, text)) return false;
  const char state = text[text.rfind(')') + 2];
  return state != 'Z' && state != 'X';
}

std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> children;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream file(entry.path() / "stat");
    std::string text;
    if (!std::getline(file, text)) continue;
    std::istringstream rest(text.substr(text.rfind(')') + 1));
    char state = ' ';
    pid_t of = 0;
    rest >> state >> of;
    if (of == parent && state != 'Z') children.push_back(std::stoi(name));
  }
  return children;
}

/// What a run that nobody disturbs gives, and how long it takes.
class Kill : public testing::Test {
 protected:
  void SetUp() override {
    const auto begin = Clock::now();
    ASSERT_EQ(run(kept_in(whole_)).exit_code, 0);
    seconds_ = duration<double>(Clock::now() - begin).count();
  }

  void expect_same(const std::string& folder, const std::string& what) const {
    EXPECT_EQ(results_in(folder), results_in(whole_)) << what;
    const auto there = stored_in(folder);
    for (const auto& [table, rows] : stored_in(whole_))
      EXPECT_TRUE(there.contains(table) && there.at(table) == rows) << table << ", " << what;
  }

  std::string whole_ = fresh_folder();
  double seconds_ = 0;
};

TEST_F(Kill, at_any_moment_and_resumed_gives_the_identical_results) {
  std::mt19937 dice(20260701);
  std::uniform_real_distribution<double> moment(0, 1.1 * seconds_);
  int partly = 0;
  for (int trial = 0; trial < 50; ++trial) {
    const std::string folder = fresh_folder();
    const double after = moment(dice);
    const pid_t process = start(kept_in(folder));
    sleep_seconds(after);
    kill(process, SIGKILL);
    wait_for(process);
    const std::size_t before = replications_in(folder);
    if (before > 0 && before < replications) ++partly;
    const Outcome resumed = run(kept_in(folder));
    ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
    expect_same(folder, "killed after " + std::to_string(after) + " s with " +
                            std::to_string(before) + " replications");
    fs::remove_all(folder);
  }
  // Else nothing was tried.
  EXPECT_GE(partly, 5);
}

TEST_F(Kill, again_and_again_in_one_folder_changes_nothing) {
  std::mt19937 dice(7);
  const std::string folder = fresh_folder();
  for (int trial = 0; trial < 5; ++trial) {
    const pid_t process = start(kept_in(folder));
    sleep_seconds(std::uniform_real_distribution<double>(0.3, 0.7)(dice) * seconds_);
    kill(process, SIGKILL);
    wait_for(process);
  }
  ASSERT_EQ(run(kept_in(folder)).exit_code, 0);
  expect_same(folder, "killed five times");
}

TEST_F(Kill, of_workers_is_noticed_and_their_replication_is_run_again) {
  std::mt19937 dice(20260702);
  for (int trial = 0; trial < 5; ++trial) {
    const std::string folder = fresh_folder();
    const pid_t process = start(kept_in(folder, "3"));
    for (int victim = 0; victim < 4; ++victim) {
      sleep_seconds(std::uniform_real_distribution<double>(0, 0.3 * seconds_)(dice));
      const std::vector<pid_t> workers = children_of(process);
      if (!workers.empty()) kill(workers[dice() % workers.size()], SIGKILL);
    }
    // A replication that had bad luck twice is left out and the run says so.
    const int code = wait_for(process);
    EXPECT_TRUE(code == 0 || code == 1) << code;
    if (code == 1) {
      EXPECT_THAT(test_support::read_file(folder + "/manifest.json"), testing::HasSubstr("Killed"));
    }
    ASSERT_EQ(run(kept_in(folder)).exit_code, 0);
    expect_same(folder, "workers killed");
  }
}

TEST_F(Kill, of_the_parent_ends_its_workers) {
  for (int trial = 0; trial < 5; ++trial) {
    const pid_t process = start({"run", "tests/scenario/data/classroom.json", "--people", "5000",
                                 "--replications", "10000", "--jobs", "3"});
    std::vector<pid_t> workers;
    while (workers.size() < 3 && lives(process)) workers = children_of(process);
    ASSERT_EQ(workers.size(), 3U);
    kill(process, SIGKILL);
    wait_for(process);
    const auto deadline = Clock::now() + std::chrono::seconds(20);
    const auto any_lives = [&] {
      return std::any_of(workers.begin(), workers.end(),
                         [](pid_t worker) { return lives(worker); });
    };
    while (any_lives() && Clock::now() < deadline) sleep_seconds(0.01);
    EXPECT_FALSE(any_lives());
  }
}

}  // namespace
}  // namespace onward
