// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/diagnostic.hpp"
#include "sim/policy/situations.hpp"

namespace onward {

/// Something about a rule that its author hardly meant, or that a reader should know.
struct LintFinding {
  /// What it is; docs/method/lint.md has a paragraph for each.
  enum class Code {
    permits_prohibited,       ///< A patch permits what stays prohibited.
    consent_of_authority,     ///< A public authority relies on consent.
    transfer_without_ground,  ///< To a third country.
    regime_switch,            ///< From the GDPR into the LED or back.
    no_law,                   ///< The rule rests on practice.
    not_read,                 ///< The rule says itself that its source was not read.
    no_ground,                ///< A permit names no ground of processing.
    never_applies,
    shadowed,
    duties_unmet,
    redundant,
    idle,
    conflict,
    too_large  ///< What the rule does was not worked out.
  };

  Code code = Code::no_law;
  Severity severity = Severity::warning;
  RuleId rule;
  std::vector<RuleId> others;  ///< The rules that it has to do with.
  std::string message;
  std::string help;
  std::optional<Situation> example;
};

/// The name that people see, such as `never-applies`.
[[nodiscard]] const char* to_string(LintFinding::Code code);

/// What loading reports of it.
[[nodiscard]] Diagnostic to_diagnostic(const LintFinding& finding, const Policy& policy);

}  // namespace onward
