// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/keeping.hpp"
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
  std::vector<std::string> policies;  ///< Empty: all.
  bool list = false;
  bool fail_fast = false;
  std::optional<std::size_t> jobs;  ///< Processes; absent: one for each core.
  std::optional<std::uint32_t> seed;
  bool fresh_seed = false;
  // Files for machines; `-` is standard output, in place of the text for people.
  std::string junit;
  std::string sarif;
  std::string json;
};

struct PolicyOptions {
  bool list = false;  ///< Else show.
  std::string id;
  std::string scenario;  ///< Empty: the main one.
  std::string as_of;     ///< Empty: the scenario's start.
  std::string rule;      ///< Only this one; empty: all.
  bool json = false;
};

struct LintOptions {
  std::string scenario;               ///< Empty: the main one.
  std::vector<std::string> policies;  ///< Empty: all.
  std::string deny = "warnings";      ///< Or `notes`, `nothing`.
  bool json = false;
};

struct RunOptions {
  std::string scenario;       ///< Empty: the main one.
  std::optional<int> people;  ///< Of all groups together.
  std::optional<int> replications;
  std::optional<std::uint32_t> seed;
  std::optional<std::size_t> jobs;    ///< Processes; absent: one for each core.
  std::vector<std::string> policies;  ///< Empty: all. The first is the baseline.
  std::string engine = "ahead";       ///< Or `sync`.
  bool groups = false;                ///< Show the figures of each group too.
  bool json = false;
  std::string precision;                  ///< `5%` or `0.002`; empty: a number of replications.
  std::vector<std::string> precision_of;  ///< Measures; empty: the headline.
  KeepOptions keep;
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

struct SweepOptions {
  std::string sweep;  ///< The file; empty: that of the run that is resumed.
  std::optional<std::size_t> jobs;
  bool dry_run = false;  ///< Only list the points.
  KeepOptions keep;
};

struct ExportOptions {
  std::string folder;  ///< Of results.
  std::string to;      ///< Empty: a folder `csv` in it.
  bool force = false;
};

struct VerifyOptions {
  std::string folder;    ///< Of results.
  std::string scenario;  ///< Empty: where it was.
  std::optional<std::uint32_t> replication;
  std::optional<std::size_t> jobs;
};

struct ReachOptions {
  std::string scenario;
  std::string data;
  std::string to;
  std::vector<std::string> subjects;  ///< ATTRIBUTE=VALUE,VALUE: all of them must hold.
  std::vector<std::string> policies;  ///< Empty: all.
  std::vector<std::string> purposes;  ///< Empty: any.
  std::vector<std::string> noncompliant;
  bool in_law = false;  ///< The default.
  bool in_world = false;
  int most = 10;  ///< Ways that are shown.
  bool json = false;
  bool dot = false;
  bool graphml = false;
};

struct ReportOptions {
  std::string what;  ///< A scenario, or a folder of results; empty: the main scenario.
  std::string output = "report.html";
  bool force = false;
  bool tests = true;
  bool json = false;  ///< Print what the page shows, and write none.
  RunOptions run;     ///< How much is replayed, and which policies.
};

/// Each writes results to standard output and talk to standard error.
[[nodiscard]] Exit validate(const ValidateOptions& options);
[[nodiscard]] Exit explain(const ExplainOptions& options);
[[nodiscard]] Exit test(const TestOptions& options);
[[nodiscard]] Exit run(const RunOptions& options);
[[nodiscard]] Exit reach(const ReachOptions& options);
[[nodiscard]] Exit policy(const PolicyOptions& options);
[[nodiscard]] Exit lint(const LintOptions& options);
[[nodiscard]] Exit report(const ReportOptions& options);

/// The path, or that of the main scenario if it is empty; empty, with a message, if there is none.
[[nodiscard]] std::string scenario_meant(const std::string& command, const std::string& path);
[[nodiscard]] Exit sweep(const SweepOptions& options);
[[nodiscard]] Exit export_results(const ExportOptions& options);
[[nodiscard]] Exit verify(const VerifyOptions& options);
[[nodiscard]] Exit compare(const CompareOptions& options);
[[nodiscard]] Exit attribute(const AttributeOptions& options);
[[nodiscard]] Exit sensitivity(const SensitivityOptions& options);
[[nodiscard]] Exit threshold(const ThresholdOptions& options);

/// The policies with these ids, or all if there are none, each once; nothing, with a message, if
/// one is unknown.
[[nodiscard]] std::optional<std::vector<std::size_t>> policies_named(
    const Scenario& scenario, const std::vector<std::string>& ids);

/// Loads a scenario, and logs how long it took.
[[nodiscard]] LoadResult load(const std::string& path);

/// How many processes share the work: as many as were asked for, or one for each core.
[[nodiscard]] std::size_t jobs_or_cores(const std::optional<std::size_t>& jobs);

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
