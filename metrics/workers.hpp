// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace onward {

/// One task in a worker: what it returns goes to the parent. It may call `tick` whenever a part
/// of the task is done.
using WorkerTask = std::function<std::string(std::size_t task, const std::function<void()>& tick)>;

/// What the parent hears of. All are called in the parent, one after the other.
struct WorkerEvents {
  std::function<void(std::size_t task, const std::string& bytes)> finished;
  std::function<void()> tick;    ///< A part of some task is done.
  std::function<bool()> wanted;  ///< Asked several times a second; false ends all work at once.
};

/// A task that failed twice.
struct FailedTask {
  std::size_t task = 0;
  std::string reason;
};

/// Runs tasks 0 .. `tasks` - 1 in `jobs` processes, forked from this one, which must not have
/// used SimGrid. Tasks are handed out in order; they finish in any order.
///
/// A worker that is killed or whose task throws is replaced and its task is run once more; the
/// second time the task is given up. Workers ignore Ctrl-C (the parent decides) and end with
/// their parent. Where fewer than `jobs` processes can be had, those do the work. Returns what was
/// given up, by task. Throws std::system_error where no process can be had at all.
[[nodiscard]] std::vector<FailedTask> run_in_workers(std::size_t jobs, std::size_t tasks,
                                                     const WorkerTask& work,
                                                     const WorkerEvents& events);

}  // namespace onward
