// SPDX-License-Identifier: Apache-2.0
#include "metrics/workers.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <deque>
#include <exception>
#include <optional>
#include <system_error>

namespace onward {
namespace {

constexpr int poll_milliseconds = 100;

/// What a worker sends: a kind, the length of what follows, and that.
enum class Message : std::uint32_t { tick, finished, failed };
struct Header {
  Message kind = Message::tick;
  std::uint32_t unused = 0;
  std::uint64_t length = 0;
};

[[noreturn]] void give_up(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

bool write_all(int file, const void* from, std::size_t size) {
  const char* bytes = static_cast<const char*>(from);
  while (size > 0) {
    const ssize_t wrote = write(file, bytes, size);
    if (wrote < 0 && errno != EINTR) return false;
    if (wrote <= 0) continue;
    bytes += wrote;
    size -= static_cast<std::size_t>(wrote);
  }
  return true;
}

bool read_all(int file, void* to, std::size_t size) {
  char* bytes = static_cast<char*>(to);
  while (size > 0) {
    const ssize_t got = read(file, bytes, size);
    if (got == 0 || (got < 0 && errno != EINTR)) return false;
    if (got < 0) continue;
    bytes += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

void send(int file, Message kind, const std::string& bytes) {
  const Header header{kind, 0, bytes.size()};
  // Why _exit: a worker whose parent is gone has nobody left to tell.
  if (!write_all(file, &header, sizeof header) || !write_all(file, bytes.data(), bytes.size()))
    _exit(1);
}

/// A worker's life. Never returns: the parent's own clean-up is not the worker's.
[[noreturn]] void serve(const WorkerTask& work, int tasks, int answers) {
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  std::uint64_t task = 0;
  while (read_all(tasks, &task, sizeof task)) {
    try {
      const std::string bytes = work(task, [&] { send(answers, Message::tick, {}); });
      send(answers, Message::finished, bytes);
    } catch (const std::exception& problem) {
      send(answers, Message::failed, problem.what());
      _exit(1);
    }
  }
  _exit(0);
}

std::string reason_of(int status) {
  if (WIFSIGNALED(status)) {
    const char* name = strsignal(WTERMSIG(status));
    return std::string("its process was ended by a signal: ") +
           (name != nullptr ? name : "unknown");
  }
  return "its process ended with code " + std::to_string(WEXITSTATUS(status));
}

/// The parent's end of one worker.
struct Worker {
  pid_t process = -1;
  int tasks = -1;
  int answers = -1;
  std::optional<std::size_t> task;
  std::string received;
};

class Pool {
 public:
  Pool(std::size_t tasks, const WorkerTask& work, const WorkerEvents& events)
      : work_(work), events_(events), attempts_(tasks) {
    for (std::size_t t = 0; t < tasks; ++t) waiting_.push_back(t);
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() {
    for (Worker& worker : workers_) end(worker);
    std::signal(SIGPIPE, previous_);
  }

  std::vector<FailedTask> run(std::size_t jobs) {
    workers_.resize(std::min(jobs, waiting_.size()));
    for (Worker& worker : workers_) hand_out(worker);
    while (events_.wanted() && busy()) listen();
    std::sort(failed_.begin(), failed_.end(),
              [](const FailedTask& a, const FailedTask& b) { return a.task < b.task; });
    return std::move(failed_);
  }

 private:
  [[nodiscard]] bool busy() const {
    return std::any_of(workers_.begin(), workers_.end(),
                       [](const Worker& worker) { return worker.task.has_value(); });
  }

  /// Returns false where the system allows no more processes or pipes.
  bool start(Worker& worker) {
    std::array<int, 2> tasks{-1, -1};
    std::array<int, 2> answers{-1, -1};
    const pid_t parent = getpid();
    pid_t child = -1;
    if (pipe(tasks.data()) == 0 && pipe(answers.data()) == 0) child = fork();
    if (child < 0) {
      const int reason = errno;
      for (const int end : {tasks[0], tasks[1], answers[0], answers[1]})
        if (end >= 0) close(end);
      errno = reason;
      return false;
    }
    if (child == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (getppid() != parent) _exit(1);
      // Why: another worker's pipe that stays open here would never be seen to end.
      for (const Worker& other : workers_)
        if (other.process > 0) close(other.tasks), close(other.answers);
      close(tasks[1]);
      close(answers[0]);
      serve(work_, tasks[0], answers[1]);
    }
    close(tasks[0]);
    close(answers[1]);
    worker = {child, tasks[1], answers[0], {}, {}};
    return true;
  }

  /// Ends a worker, whatever it is doing; returns how it ended.
  static int end(Worker& worker) {
    int status = 0;
    if (worker.process <= 0) return status;
    close(worker.tasks);
    close(worker.answers);
    if (worker.task) kill(worker.process, SIGKILL);
    while (waitpid(worker.process, &status, 0) < 0 && errno == EINTR) {
    }
    worker = {};
    return status;
  }

  /// Gives a worker without a task the next one; starts it if need be.
  void hand_out(Worker& worker) {
    if (waiting_.empty()) return;
    if (worker.process <= 0 && !start(worker)) {
      // The others go on without it, and take its task in their turn.
      if (busy()) return;
      give_up("no process can be started");
    }
    const std::uint64_t task = waiting_.front();
    waiting_.pop_front();
    worker.task = task;
    ++attempts_[task];
    // If the worker is gone, its end is noticed where answers are read.
    (void)write_all(worker.tasks, &task, sizeof task);
  }

  void listen() {
    std::vector<pollfd> ends;
    std::vector<Worker*> whose;
    for (Worker& worker : workers_)
      if (worker.task) {
        ends.push_back({worker.answers, POLLIN, 0});
        whose.push_back(&worker);
      }
    if (poll(ends.data(), ends.size(), poll_milliseconds) < 0 && errno != EINTR) give_up("poll");
    for (std::size_t i = 0; i < ends.size(); ++i)
      if (ends[i].revents != 0) hear(*whose[i]);
  }

  void hear(Worker& worker) {
    std::array<char, 65536> buffer{};
    const ssize_t got = read(worker.answers, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) return;
    if (got <= 0) {
      lost(worker);
      return;
    }
    worker.received.append(buffer.data(), static_cast<std::size_t>(got));
    Header header;
    while (worker.received.size() >= sizeof header) {
      std::memcpy(&header, worker.received.data(), sizeof header);
      if (worker.received.size() < sizeof header + header.length) return;
      const std::string bytes = worker.received.substr(sizeof header, header.length);
      worker.received.erase(0, sizeof header + header.length);
      if (!take(worker, header.kind, bytes)) return;
    }
  }

  /// Returns whether the worker lives on.
  bool take(Worker& worker, Message kind, const std::string& bytes) {
    if (kind == Message::tick) {
      events_.tick();
      return true;
    }
    const std::size_t task = *worker.task;
    worker.task.reset();
    if (kind == Message::finished) {
      events_.finished(task, bytes);
    } else {
      end(worker);
      again(task, bytes);
    }
    hand_out(worker);
    return kind == Message::finished;
  }

  /// Its end of the pipe is closed, in the middle of a task.
  void lost(Worker& worker) {
    const std::size_t task = *worker.task;
    worker.task.reset();
    again(task, reason_of(end(worker)));
    hand_out(worker);
  }

  void again(std::size_t task, const std::string& reason) {
    if (attempts_[task] < 2)
      waiting_.push_front(task);
    else
      failed_.push_back({task, reason});
  }

  const WorkerTask& work_;
  const WorkerEvents& events_;
  void (*previous_)(int) = std::signal(SIGPIPE, SIG_IGN);
  std::vector<Worker> workers_;
  std::deque<std::size_t> waiting_;
  std::vector<int> attempts_;  ///< By task.
  std::vector<FailedTask> failed_;
};

}  // namespace

std::vector<FailedTask> run_in_workers(std::size_t jobs, std::size_t tasks, const WorkerTask& work,
                                       const WorkerEvents& events) {
  return Pool(tasks, work, events).run(jobs);
}

}  // namespace onward
