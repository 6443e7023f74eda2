// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "sim/scenario/decision_words.hpp"
#include "sim/scenario/lint_report.hpp"

namespace onward::cli {
namespace {

std::string quoted_for_shell(const std::string& text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("/._-").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (plain && !text.empty()) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string answer_in_words(const Explanation& answer, const Policy& policy) {
  std::vector<std::string> names;
  for (const RuleId rule : answer.rules) names.push_back(policy.rule(rule).id);
  const std::string by = names.empty() ? "" : ", by " + all_of(names);
  switch (answer.verdict) {
    case Verdict::permit: return "PERMITTED" + by;
    case Verdict::not_governed: return "NOT GOVERNED: the policy does not bind the node that acts";
    case Verdict::deny: break;
  }
  return std::string("DENIED: ") + in_words(answer.because) + by;
}

void line(const char* label, const std::string& text) {
  std::cout << "  " << label << ": " << wrapped(text, 13, 6) << "\n";
}

void print(const ReportedFinding& one, const Scenario& scenario, const std::string& path) {
  const LintFinding& finding = one.finding;
  const Policy& policy = scenario.policies[one.policies.front()];
  std::string head = onward::to_string(to_diagnostic(finding, policy));
  head = head.substr(0, head.find('\n'));
  std::cout << wrapped(head + " [" + to_string(finding.code) + "]", 0, 4) << "\n";
  if (scenario.policies.size() > 1) {
    std::vector<std::string> names;
    for (const std::size_t p : one.policies) names.push_back(scenario.policies[p].id);
    line("in", all_of(names));
  }
  if (!finding.help.empty()) line("help", finding.help);
  if (!one.example) return;
  const Policy& answering = scenario.policies[one.example->policy];
  // Why not wrapped: it is there to be copied.
  std::cout << "  example: onward explain " << quoted_for_shell(path) << " --policy "
            << answering.id << " --request '" << roomy(one.example->request) << "'\n";
  line("answer", answer_in_words(one.example->explanation, answering));
}

std::string counted(std::size_t number, const char* what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

}  // namespace

Exit lint(const LintOptions& options) {
  const std::string path = scenario_meant("onward lint", options.scenario);
  if (path.empty()) return Exit::usage;
  const LoadResult loaded = load(path);
  if (!loaded.scenario) {
    print(loaded.diagnostics);
    return Exit::invalid;
  }
  const Scenario& scenario = *loaded.scenario;
  const auto policies = policies_named(scenario, options.policies);
  if (!policies) return Exit::usage;
  const std::vector<ReportedFinding> findings = lint_report(scenario, *policies);

  // What loading says about rules is among the findings.
  Diagnostics others = loaded.diagnostics;
  std::erase_if(others, [&](const Diagnostic& d) {
    return std::any_of(findings.begin(), findings.end(), [&](const ReportedFinding& one) {
      return one.finding.message == d.message;
    });
  });
  print(others);
  std::size_t warnings = others.size();
  std::size_t notes = 0;
  for (const ReportedFinding& one : findings)
    ++(one.finding.severity == Severity::note ? notes : warnings);
  if (options.json) {
    std::cout << to_json(findings, scenario).dump(2) << "\n";
  } else {
    for (const ReportedFinding& one : findings) print(one, scenario, path);
    std::cout << (findings.empty() ? "" : "\n") << scenario.id << ": "
              << counted(warnings, "warning") << ", " << counted(notes, "note") << "\n";
  }
  const bool denied =
      (options.deny != "nothing" && warnings > 0) || (options.deny == "notes" && notes > 0);
  return denied ? Exit::expectation_failed : Exit::ok;
}

}  // namespace onward::cli
