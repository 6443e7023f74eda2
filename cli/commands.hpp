// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "metrics/results_json.hpp"
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
  bool list = false;
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
  std::string out;                        ///< A folder for results; empty: none.
  std::string precision;                  ///< `5%` or `0.002`; empty: a number of replications.
  std::vector<std::string> precision_of;  ///< Measures; empty: the headline.
  bool burdens = false;                   ///< Measure how harms are spread over people, too.
};

struct CompareOptions {
  RunOptions run;  ///< Its first policy is the baseline.
  std::string baseline;
  std::vector<std::string> policies;  ///< Empty: all others.
  std::vector<double> weights;        ///< Of one harm, in benefits; empty: the usual ones.
};

struct AttributeOptions {
  RunOptions run;
  std::string baseline;  ///< Empty: the first.
  std::string policy;
  std::vector<std::string> measures;  ///< Empty: the headline.
  std::size_t orders = 64;            ///< In which clauses join, where there are too many for all.
};

struct SensitivityOptions {
  RunOptions run;
  std::vector<std::string> measures;    ///< Empty: the headline.
  std::vector<std::string> parameters;  ///< JSON pointers; empty: all numbers with ranges.
  std::size_t rows = 64;                ///< Of the design.
};

struct ThresholdOptions {
  RunOptions run;
  std::string parameter;  ///< A JSON pointer.
  std::string measure;
  std::string baseline;  ///< Empty: the first.
  std::string policy;
  std::optional<double> line;  ///< Instead of the baseline's figure.
  std::optional<double> from;  ///< Absent: the `low` of the claim.
  std::optional<double> to;
  std::size_t points = 9;
};

/// Each writes results to standard output and talk to standard error.
[[nodiscard]] Exit validate(const ValidateOptions& options);
[[nodiscard]] Exit explain(const ExplainOptions& options);
[[nodiscard]] Exit test(const TestOptions& options);
[[nodiscard]] Exit run(const RunOptions& options);
[[nodiscard]] Exit compare(const CompareOptions& options);
[[nodiscard]] Exit attribute(const AttributeOptions& options);
[[nodiscard]] Exit sensitivity(const SensitivityOptions& options);
[[nodiscard]] Exit threshold(const ThresholdOptions& options);

/// Replays policies of a scenario, with a progress bar, until it is done or Ctrl-C.
[[nodiscard]] Results replay(const RunOptions& options, const Scenario& scenario,
                             const std::vector<std::size_t>& policies);
/// Says what is missing from the results, and why.
[[nodiscard]] Exit missing_from(const Results& results, const std::string& path);

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

/// The files that a path of the command line means: a file itself; a folder's
/// `scenario.json`; else every `scenario.json` and `*.suite.json` below the
/// folder, in the order of their names. Empty if there is none.
[[nodiscard]] std::vector<std::string> files_meant(const std::string& path);

/// Whether the file name ends with `.suite.json`.
[[nodiscard]] bool is_suite_file(const std::string& path);

}  // namespace onward::cli
