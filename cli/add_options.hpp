// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"

namespace onward::cli {

/// Each adds a command, whose words are read into the options.
void add_run(CLI::App& app, RunOptions& options);
void add_sweep(CLI::App& app, SweepOptions& options);
void add_export(CLI::App& app, ExportOptions& options);
void add_report(CLI::App& app, ReportOptions& options);
void add_verify(CLI::App& app, VerifyOptions& options);
void add_compare(CLI::App& app, CompareOptions& options);
void add_attribute(CLI::App& app, AttributeOptions& options);
void add_sensitivity(CLI::App& app, SensitivityOptions& options);
void add_threshold(CLI::App& app, ThresholdOptions& options);

/// How many processes share the work.
void add_jobs(CLI::App& command, std::optional<std::size_t>& jobs);

/// How much is replayed.
void add_sample(CLI::App& command, RunOptions& options);

}  // namespace onward::cli
