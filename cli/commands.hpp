// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
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
  std::string request;  ///< JSON, or the path of a file with it; or else ...
  std::string person;   ///< ... GROUP:INDEX, or ...
  std::string cast;     ///< ... a name of the cast.
  std::uint32_t replication = 0;
  std::optional<int> people;
  std::optional<std::uint32_t> seed;
  std::vector<std::string> policies;  ///< Empty: all.
  bool json = false;
};

struct TestOptions {
  std::vector<std::string> paths;
  std::string filter;
  std::vector<std::string> policies;  ///< Empty: all.
  bool list = false;
  bool fail_fast = false;
  std::optional<std::uint32_t> seed;
  bool fresh_seed = false;
  // Files for machines; `-` is standard output, in place of the text for people.
  std::string junit;
  std::string sarif;
  std::string json;
};

struct RunOptions {
  std::string scenario;       ///< Empty: the main one.
  std::optional<int> people;  ///< Of all groups together.
  std::optional<int> replications;
  std::optional<std::uint32_t> seed;
  std::optional<std::size_t> jobs;    ///< Processes; absent: one for each core.
  std::vector<std::string> policies;  ///< Empty: all. The first is the baseline.
  std::string engine = "free";        ///< Or `sync`.
  bool groups = false;                ///< Show the figures of each group too.
  bool json = false;
  std::string out;  ///< A folder for results; empty: none.
};

/// Each writes results to standard output and talk to standard error.
[[nodiscard]] Exit validate(const ValidateOptions& options);
[[nodiscard]] Exit explain(const ExplainOptions& options);
[[nodiscard]] Exit test(const TestOptions& options);
[[nodiscard]] Exit run(const RunOptions& options);

/// The policies with these ids, or all if there are none, each once; nothing, with a message, if
/// one is unknown.
[[nodiscard]] std::optional<std::vector<std::size_t>> policies_named(
    const Scenario& scenario, const std::vector<std::string>& ids);

/// Loads a scenario, and logs how long it took.
[[nodiscard]] LoadResult load(const std::string& path);

/// The folder of the scenario that `onward run` replays if none is named: below the present folder,
/// or a folder above the program. Empty if it is not there.
[[nodiscard]] std::string main_scenario();

/// Sends the log to standard error; debug messages only if `verbose`.
void start_log(bool verbose);

[[nodiscard]] bool is_folder(const std::string& path);

/// Every `scenario.json` and `*.suite.json` in a folder or below it, in the order of their names.
[[nodiscard]] std::vector<std::string> files_below(const std::string& folder);

/// The files that a path of the command line means to who asks about scenarios: a file itself; a
/// folder's `scenario.json`; else all files below the folder. Empty if there is none.
[[nodiscard]] std::vector<std::string> files_meant(const std::string& path);

/// Whether the file name ends with `.suite.json`.
[[nodiscard]] bool is_suite_file(const std::string& path);

}  // namespace onward::cli
