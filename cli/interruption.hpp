// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>

namespace onward::cli {

/// Notices the first Ctrl-C; the second one ends the program.
class Interruption {
 public:
  Interruption() { previous_ = std::signal(SIGINT, &Interruption::notice); }
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  ~Interruption() { std::signal(SIGINT, previous_); }

  [[nodiscard]] static bool happened() { return happened_ != 0; }

 private:
  static void notice(int) {
    happened_ = 1;
    std::signal(SIGINT, SIG_DFL);
  }

  // Why global: a signal's handler can reach nothing else.
  inline static volatile std::sig_atomic_t happened_ = 0;
  void (*previous_)(int) = SIG_DFL;
};

}  // namespace onward::cli
