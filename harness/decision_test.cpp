// SPDX-License-Identifier: Apache-2.0
#include "harness/decision_test.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/scenario/decision_json.hpp"

namespace onward {
namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "none" : text;
}

std::vector<std::string> names_of(const std::vector<RuleId>& rules, const Policy& policy) {
  std::vector<std::string> names;
  for (const RuleId rule : rules) names.push_back(policy.rule(rule).id);
  return names;
}

/// Compares what is expected of a category with what the policy says.
class Comparison {
 public:
  Comparison(const Scenario& scenario, const Policy& policy, std::vector<Compared>& lines)
      : scenario_(scenario), policy_(policy), lines_(lines) {}

  void compare(const Expectation& expected, const Explanation& actual) {
    category_ = scenario_.vocabulary.category_names.name(expected.category);
    add("verdict", to_string(expected.verdict), to_string(actual.verdict));
    // Why: where the verdict differs, its reasons help even if the test does not name them.
    const bool differs = expected.verdict != actual.verdict;
    if (expected.because || (differs && actual.verdict == Verdict::deny))
      add("because",
          expected.because ? std::optional<std::string>(to_string(*expected.because))
                           : std::nullopt,
          actual.verdict == Verdict::deny ? to_string(actual.because) : "none");
    if (expected.rules || differs)
      add("rules", list(expected.rules), listed(names_of(actual.rules, policy_)));
    if (expected.derogates_from)
      add("derogates_from", list(expected.derogates_from),
          listed(names_of(actual.derogates_from, policy_)));
    if (expected.overrides)
      add("overrides", list(expected.overrides), listed(names_of(actual.overrides, policy_)));
    // Why through the plain type: there the order of keys does not count.
    if (expected.duties)
      add("duties", expected.duties, nlohmann::json(to_json(actual.duties, scenario_)).dump());
  }

 private:
  static std::optional<std::string> list(const std::optional<std::vector<std::string>>& names) {
    return names ? std::optional(listed(*names)) : std::nullopt;
  }

  void add(const char* what, std::optional<std::string> expected, std::string actual) {
    lines_.push_back({category_, what, std::move(expected), std::move(actual)});
  }

  const Scenario& scenario_;
  const Policy& policy_;
  std::vector<Compared>& lines_;
  std::string category_;
};

std::string open_attributes(const Answer& answer, const Scenario& scenario) {
  std::string names;
  for (const AttributeId attribute : answer.depends_on)
    names +=
        (names.empty() ? "" : ", ") + ticked(scenario.vocabulary.attribute_names.name(attribute));
  return names;
}

bool all_same(const std::vector<Compared>& lines) {
  return std::all_of(lines.begin(), lines.end(), [](const Compared& line) { return line.same(); });
}

/// Compares for everybody whom the request may be about. False if it is met for some and not
/// for others, or if the verdict itself differs between them.
bool compare_cases(const Expectation& expected, const Answer& answer, const Scenario& scenario,
                   const Policy& policy, std::vector<Compared>& shown) {
  const auto compared = [&](const AnswerCase& c) {
    std::vector<Compared> lines;
    Comparison(scenario, policy, lines).compare(expected, c.explanation);
    return lines;
  };
  const std::vector<Compared> first = compared(answer.cases.front());
  for (const AnswerCase& c : answer.cases)
    if (c.explanation.verdict != answer.cases.front().explanation.verdict ||
        all_same(compared(c)) != all_same(first))
      return false;
  shown.insert(shown.end(), first.begin(), first.end());
  return true;
}

}  // namespace

TestResult run_decision(const SuiteTest& test, const CompiledPolicy& compiled,
                        const Scenario& scenario) {
  const Policy& policy = compiled.policy();
  TestResult result{&test, policy.id, TestStatus::passed, {}, {}, {}};
  const std::vector<Answer> answers = ask(compiled, *scenario.cells, test.request);
  for (const Expectation& expected : test.expectations) {
    const auto answer = std::find_if(answers.begin(), answers.end(), [&](const Answer& a) {
      return a.category == expected.category;
    });
    if (compare_cases(expected, *answer, scenario, policy, result.compared)) continue;
    return {&test,
            result.policy,
            TestStatus::broken,
            {},
            "the answer for " + ticked(scenario.vocabulary.category_names.name(expected.category)) +
                " depends on " + open_attributes(*answer, scenario) +
                ", which the request leaves open; give it in `subject`",
            {}};
  }
  if (!all_same(result.compared))
    result.status = TestStatus::failed;
  else
    result.compared.clear();
  return result;
}

}  // namespace onward
