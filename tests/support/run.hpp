// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace onward::test_support {

/// What a run of the program gave.
struct Outcome {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// Runs `onward` with these arguments in the folder of the sources, without a terminal.
[[nodiscard]] Outcome run(const std::vector<std::string>& arguments);

/// Starts `onward` in the same way, and returns at once; what it prints goes nowhere. Bytes that a
/// file of its may have; 0: any number.
[[nodiscard]] pid_t start(const std::vector<std::string>& arguments, std::size_t most_bytes = 0);

/// Waits for it to end; returns its exit code, or -1 if a signal ended it.
int wait_for(pid_t process);

/// A fresh folder that is deleted when the test's process ends well.
[[nodiscard]] std::string fresh_folder();

/// Writes a file and the folders above it.
void write_file(const std::string& path, const std::string& text);

[[nodiscard]] std::string read_file(const std::string& path);

}  // namespace onward::test_support
