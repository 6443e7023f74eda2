// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward::cli {

struct ValidateOptions {
  std::vector<std::string> paths;
};

struct ExplainOptions {
  std::string scenario;
  std::string request;                ///< JSON, or the path of a file with it.
  std::vector<std::string> policies;  ///< Empty: all.
  bool json = false;
};

struct TestOptions {
  std::vector<std::string> paths;
  std::string filter;
  bool list = false;
};

/// Each writes results to standard output and talk to standard error.
[[nodiscard]] Exit validate(const ValidateOptions& options);
[[nodiscard]] Exit explain(const ExplainOptions& options);
[[nodiscard]] Exit test(const TestOptions& options);

/// Loads a scenario, and logs how long it took.
[[nodiscard]] LoadResult load(const std::string& path);

/// Sends the log to standard error; debug messages only if `verbose`.
void start_log(bool verbose);

/// The files that a path of the command line means: a file itself; a folder's
/// `scenario.json`; else every `scenario.json` and `*.suite.json` below the
/// folder, in the order of their names. Empty if there is none.
[[nodiscard]] std::vector<std::string> files_meant(const std::string& path);

/// Whether the file name ends with `.suite.json`.
[[nodiscard]] bool is_suite_file(const std::string& path);

}  // namespace onward::cli
