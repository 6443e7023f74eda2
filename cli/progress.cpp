// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.hpp"

#include <unistd.h>

#include <cmath>
#include <iostream>

namespace onward::cli {
namespace {

constexpr std::size_t bar_width = 30;
constexpr std::chrono::milliseconds at_least_between{100};

std::string time_left(double seconds) {
  const auto whole = static_cast<long>(std::ceil(seconds));
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + std::to_string(whole / 60 % 60) + " min";
}

}  // namespace

ProgressBar::ProgressBar(std::string what)
    : what_(std::move(what)), wanted_(isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  if (shown_) std::cerr << "\r\033[K" << std::flush;
}

void ProgressBar::show(std::size_t done, std::size_t of) {
  const auto now = Clock::now();
  if (!wanted_ || of == 0 || (shown_ && now - last_ < at_least_between)) return;
  last_ = now;
  shown_ = true;
  const double share = static_cast<double>(done) / static_cast<double>(of);
  const double spent = std::chrono::duration<double>(now - begin_).count();
  const auto full = static_cast<std::size_t>(share * bar_width);
  std::cerr << "\r\033[K" << what_ << " [" << std::string(full, '#')
            << std::string(bar_width - full, '.') << "] " << static_cast<int>(100 * share)
            << " %, about " << time_left(spent / share - spent) << " left" << std::flush;
}

}  // namespace onward::cli
