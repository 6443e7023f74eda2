// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sim/policy/lint.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward {

/// A request with the answer that it gets.
struct Example {
  std::string request;      ///< JSON, as `onward explain --request` takes it.
  std::size_t policy = 0;   ///< By which it is answered.
  Explanation explanation;  ///< For everybody whom the request may be about.
};

/// A finding of one or several policies.
struct ReportedFinding {
  LintFinding finding;                    ///< As the first of the policies has it.
  std::vector<std::size_t> policies;  ///< In the order of the scenario.
  std::optional<Example> example;
};

/// The findings of these policies, by file and line. What several have in common is reported once.
[[nodiscard]] std::vector<ReportedFinding> lint_report(const Scenario& scenario,
                                                       const std::vector<std::size_t>& policies);

/// A request in the form of request.schema.json, with all that is recorded of the person.
[[nodiscard]] nlohmann::ordered_json request_json(const Situation& situation,
                                                  const Scenario& scenario);

/// What `onward lint --json` prints: scenarios/schema/lint.schema.json.
[[nodiscard]] nlohmann::ordered_json to_json(const std::vector<ReportedFinding>& findings,
                                             const Scenario& scenario);

}  // namespace onward
