// SPDX-License-Identifier: Apache-2.0
#include "metrics/workers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <stdexcept>

#include "tests/support/run.hpp"

namespace onward {
namespace {

using test_support::fresh_folder;
using test_support::write_file;
using testing::HasSubstr;
using testing::IsEmpty;

/// What a pool of processes came to.
struct Outcome {
  std::map<std::size_t, std::string> finished;
  std::size_t ticks = 0;
  std::vector<FailedTask> failed;
};

Outcome pool(std::size_t jobs, std::size_t tasks, const WorkerTask& work) {
  Outcome outcome;
  WorkerEvents events;
  events.finished = [&](std::size_t task, const std::string& bytes) {
    EXPECT_TRUE(outcome.finished.emplace(task, bytes).second) << "twice: " << task;
  };
  events.tick = [&] { ++outcome.ticks; };
  events.wanted = [] { return true; };
  outcome.failed = run_in_workers(jobs, tasks, work, events);
  return outcome;
}

/// True the first time that it is asked for this file, in whatever process.
bool first_time(const std::string& file) {
  if (std::filesystem::exists(file)) return false;
  write_file(file, "");
  return true;
}

TEST(Workers, finish_every_task_once_and_hand_over_its_bytes_whole) {
  for (const std::size_t jobs : {1U, 2U, 7U}) {
    const Outcome outcome = pool(jobs, 20, [](std::size_t task, const auto& tick) {
      tick();
      tick();
      return std::string(task * 40'000, static_cast<char>('a' + task));
    });
    ASSERT_EQ(outcome.finished.size(), 20U);
    for (const auto& [task, bytes] : outcome.finished)
      EXPECT_EQ(bytes, std::string(task * 40'000, static_cast<char>('a' + task)));
    EXPECT_EQ(outcome.ticks, 40U);
    EXPECT_THAT(outcome.failed, IsEmpty());
  }
}

TEST(Workers, work_in_other_processes) {
  const pid_t here = getpid();
  const Outcome outcome = pool(2, 4, [&](std::size_t, const auto&) {
    return std::string(getpid() == here ? "here" : "elsewhere");
  });
  for (const auto& [task, bytes] : outcome.finished) EXPECT_EQ(bytes, "elsewhere") << task;
}

TEST(Workers, that_are_killed_are_replaced_and_their_task_is_run_again) {
  const std::string folder = fresh_folder();
  const Outcome outcome = pool(2, 10, [&](std::size_t task, const auto&) {
    if (task % 3 == 0 && first_time(folder + "/" + std::to_string(task))) raise(SIGKILL);
    return std::to_string(task);
  });
  EXPECT_EQ(outcome.finished.size(), 10U);
  EXPECT_EQ(outcome.finished.at(9), "9");
  EXPECT_THAT(outcome.failed, IsEmpty());
}

TEST(Workers, give_up_a_task_that_fails_twice_and_finish_the_rest) {
  const Outcome outcome = pool(2, 6, [&](std::size_t task, const auto&) -> std::string {
    if (task == 1) throw std::runtime_error("no such luck");
    if (task == 4) raise(SIGKILL);
    return "";
  });
  EXPECT_EQ(outcome.finished.size(), 4U);
  ASSERT_EQ(outcome.failed.size(), 2U);
  EXPECT_EQ(outcome.failed[0].task, 1U);
  EXPECT_EQ(outcome.failed[0].reason, "no such luck");
  EXPECT_EQ(outcome.failed[1].task, 4U);
  EXPECT_THAT(outcome.failed[1].reason, HasSubstr("ended by a signal"));
}

TEST(Workers, throw_once_and_then_succeed) {
  const std::string file = fresh_folder() + "/thrown";
  const Outcome outcome = pool(1, 1, [&](std::size_t, const auto&) -> std::string {
    if (first_time(file)) throw std::runtime_error("at first");
    return "then";
  });
  EXPECT_EQ(outcome.finished.at(0), "then");
}

TEST(Workers, of_whom_only_some_can_be_started_do_all_the_work) {
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  // Two descriptors a worker, and those that are open already.
  const rlimit few{20, before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &few);
  const Outcome outcome =
      pool(50, 60, [](std::size_t task, const auto&) { return std::to_string(task); });
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(outcome.finished.size(), 60U);
  EXPECT_THAT(outcome.failed, IsEmpty());
}

TEST(Workers, are_ended_at_once_when_nothing_is_wanted_any_more) {
  WorkerEvents events;
  std::size_t finished = 0;
  events.finished = [&](std::size_t, const std::string&) { ++finished; };
  events.tick = [] {};
  events.wanted = [&] { return finished < 3; };
  const auto failed = run_in_workers(
      2, 1000,
      [](std::size_t task, const auto&) {
        if (task > 10) sleep(1000);
        return std::string();
      },
      events);
  EXPECT_THAT(failed, IsEmpty());
  EXPECT_GE(finished, 3U);
  EXPECT_LT(finished, 12U);
}

}  // namespace
}  // namespace onward
