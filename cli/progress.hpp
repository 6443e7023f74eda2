// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace onward::cli {

/// A bar with the time that is left, on standard error if that is a terminal; else nothing.
/// It goes when it is destroyed.
class ProgressBar {
 public:
  explicit ProgressBar(std::string what);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar();

  void show(std::size_t done, std::size_t of);

 private:
  using Clock = std::chrono::steady_clock;

  std::string what_;
  bool wanted_ = false;
  bool shown_ = false;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point last_ = begin_;
};

}  // namespace onward::cli
