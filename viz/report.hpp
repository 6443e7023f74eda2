// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metrics/store/store.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward {

/// What became of one test, as the page tells it.
struct ReportedTest {
  std::string name;
  std::string kind;
  std::string policy;  ///< Empty: about several.
  std::string status;  ///< `passed`, `failed`, `error`, `skipped`.
  std::string evidence;
  std::string explanation;  ///< Of one that did not pass.
};

/// What a report is made of. The scenario must be that of the results.
struct ReportRequest {
  const Scenario* scenario = nullptr;
  std::vector<std::size_t> policies;  ///< Indices into the scenario's, as in the results.
  std::string results;                ///< In the form of scenarios/schema/results.schema.json.
  std::optional<int> people;          ///< As the run was asked for.
  std::uint32_t seed = 0;
  std::optional<std::vector<ReportedTest>> suite;  ///< Absent: the tests were not run.
  std::vector<std::string> commands;               ///< Which reproduce it.
  std::vector<StoredFile> files;                   ///< That the results rest on.
  bool switches = false;  ///< Replay every combination of the clauses that the scenario names.
  std::size_t jobs = 1;   ///< Processes that share that work.
};

/// All that the page shows, in the form of scenarios/schema/report.schema.json. Replays the first
/// replication under each policy, each in a process of its own, for the map and the lives of the
/// cast. Throws std::runtime_error if the results are not in their form or a process dies.
[[nodiscard]] std::string report_document(const ReportRequest& request);

/// The page with a document in it, for a browser: one file that asks for nothing else.
[[nodiscard]] std::string report_page(const std::string& document);

/// Whether the page was built into this program.
[[nodiscard]] bool has_page();

}  // namespace onward
