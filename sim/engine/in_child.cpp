// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/in_child.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <exception>
#include <stdexcept>
#include <system_error>

namespace onward {
namespace {

void write_all(int file, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t wrote = write(file, text.data() + done, text.size() - done);
    if (wrote < 0 && errno != EINTR) _exit(2);
    if (wrote > 0) done += static_cast<std::size_t>(wrote);
  }
}

std::string read_all(int file) {
  std::string text;
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t got = read(file, buffer.data(), buffer.size());
    if (got == 0 || (got < 0 && errno != EINTR)) return text;
    if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

/// Never returns: the parent's own clean-up is not the child's.
[[noreturn]] void serve(const std::function<std::string()>& work, int to_parent) {
  int code = 0;
  std::string answer;
  try {
    answer = work();
  } catch (const std::exception& problem) {
    answer = problem.what();
    code = 1;
  }
  write_all(to_parent, answer);
  _exit(code);
}

}  // namespace

std::string in_child(const std::function<std::string()>& work) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // Why: a parent that was gone before this line sends nothing any more.
    if (getppid() != parent) _exit(2);
    close(ends[0]);
    serve(work, ends[1]);
  }
  close(ends[1]);
  std::string answer = read_all(ends[0]);
  close(ends[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status))
    throw std::runtime_error("a unit's process was ended by signal " +
                             std::to_string(WTERMSIG(status)));
  if (WEXITSTATUS(status) != 0)
    throw std::runtime_error(answer.empty() ? "a unit's process failed" : answer);
  return answer;
}

}  // namespace onward
