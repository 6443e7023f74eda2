// SPDX-License-Identifier: Apache-2.0
#include "harness/proved_tests.hpp"

#include <algorithm>

#include "harness/proofs.hpp"
#include "sim/proof/describe.hpp"

namespace onward {
namespace {

constexpr std::size_t most_paths = 10;

/// Questions of which one must be answered with yes, or the condition never holds.
struct Needed {
  std::vector<Goal> any_of;
  bool enough = true;  ///< And if one is, the condition holds.
};

std::optional<Needed> needed(const Condition& condition);

/// Of several conditions that must hold together: the first that can be asked.
std::optional<Needed> needed_for_all(const std::vector<Condition>& parts) {
  std::optional<Needed> chosen;
  bool enough = true;
  std::vector<Predicate> people;
  for (const Condition& part : parts) {
    if (part.kind == Condition::Kind::attribute) {
      people.push_back(part.attribute);
      continue;
    }
    auto one = needed(part);
    // Each of several may hold, and yet never all at once.
    enough = enough && one && !chosen;
    if (one && !chosen) chosen = std::move(one);
  }
  if (!chosen) return {};
  chosen->enough = chosen->enough && enough;
  for (Goal& goal : chosen->any_of) {
    std::vector<Predicate> all = people;
    all.push_back(goal.person);
    goal.person = Predicate::all(std::move(all));
  }
  return chosen;
}

std::optional<Needed> needed(const Condition& condition) {
  using Kind = Condition::Kind;
  Needed all;
  switch (condition.kind) {
    case Kind::knows:
    case Kind::holds:
    case Kind::receives: {
      Goal goal;
      goal.node = condition.node;
      goal.data = condition.data;
      goal.inferred = condition.kind == Kind::knows;
      goal.by_message = condition.kind == Kind::receives;
      goal.received_from = condition.received_from;
      goal.purposes = condition.purposes;
      all.any_of.push_back(std::move(goal));
      return all;
    }
    case Kind::any:
      for (const Condition& part : condition.parts) {
        auto one = needed(part);
        if (!one) return {};
        all.enough = all.enough && one->enough;
        for (Goal& goal : one->any_of) all.any_of.push_back(std::move(goal));
      }
      return all;
    case Kind::all: return needed_for_all(condition.parts);
    default: return {};
  }
}

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all.empty() ? "no rule at all" : all;
}

/// What was found in all cases together.
struct Answers {
  bool impossible = true;  ///< In each of them.
  std::vector<AnsweredCase> possible;
  std::size_t states = 0;
  std::size_t cells = 0;
};

Answers answers_to(const Needed& needed, const SuiteTest& test, const Model& model,
                   const CompiledPolicy& policy) {
  Answers answers;
  for (Goal goal : needed.any_of) {
    goal.own_counts = test.in_world;
    for (const ProofCase& one : cases_of(test.in_world ? Realm::world : Realm::law, {})) {
      // The fewest assumptions come first: what is possible with them is possible with more.
      AnsweredCase answered;
      answered.label = one.label;
      answered.with = reach(model, policy, one.assumptions, goal, most_paths, by_witness());
      if (answered.with.derivations) {
        answers.states += answered.with.derivations->holdings().size();
        answers.cells = std::max(answers.cells, answered.with.situations->size());
      }
      answers.impossible = answers.impossible && answered.with.finding == Finding::impossible;
      if (answered.with.finding != Finding::possible) continue;
      answers.possible.push_back(std::move(answered));
      break;
    }
  }
  return answers;
}

/// The rules of the shortest ways that came true, each with the case it belongs to.
bool by_path(const Answers& answers, const std::vector<std::string>& path, std::string& best) {
  for (const AnsweredCase& one : answers.possible) {
    const std::size_t shortest = one.with.paths.front().hops.size();
    for (std::size_t p = 0; p < one.with.paths.size(); ++p) {
      if (one.with.paths[p].hops.size() > shortest) break;
      const auto rules = rules_of(*one.with.derivations, one.with.paths[p]);
      if (best.empty()) best = listed(rules);
      if (rules == path) return true;
    }
  }
  return false;
}

}  // namespace

std::optional<TestResult> prove(const SuiteTest& test, std::size_t policy,
                                const Scenario& scenario) {
  const auto goals = needed(test.condition);
  if (!goals) return {};
  const Model model = model_of(scenario);
  const Answers answers = answers_to(*goals, test, model, scenario.compiled[policy]);
  TestResult result;
  result.test = &test;
  result.policy = scenario.policies[policy].id;
  const std::string where = test.in_world ? "in the world" : "in law";
  const bool never = test.kind == TestKind::never;
  if (answers.impossible) {
    result.status = never ? TestStatus::passed : TestStatus::failed;
    result.evidence = std::string(never ? "proved" : "refuted") + ": impossible " + where +
                      ", by " + std::to_string(scenario.policies[policy].rules.size()) +
                      " rules, over " + std::to_string(answers.states) + " states of copies and " +
                      std::to_string(answers.cells) + (answers.cells == 1 ? " kind" : " kinds") +
                      " of people";
    return result;
  }
  if (answers.possible.empty() || !goals->enough) return {};
  const AnsweredCase& first = answers.possible.front();
  std::string best;
  const bool same = by_path(answers, test.path, best);
  const std::string assuming = where + " (" + first.label + ")";
  if (never) {
    result.status = TestStatus::failed;
    result.evidence = "refuted: possible " + assuming + ", by: " + best;
  } else {
    const bool passed = test.path.empty() || same;
    result.status = passed ? TestStatus::passed : TestStatus::failed;
    result.evidence = passed
                          ? "proved: possible " + assuming +
                                ", by: " + (test.path.empty() ? best : listed(test.path))
                          : "possible " + assuming + ", but not shortest by this path; by: " + best;
  }
  return result;
}

}  // namespace onward
