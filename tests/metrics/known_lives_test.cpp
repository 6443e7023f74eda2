// SPDX-License-Identifier: Apache-2.0
//
// Lives that are lived once for many policies, held against living every one of them.
#include <gtest/gtest.h>

#include <cstring>

#include "metrics/experiment.hpp"
#include "sim/scenario/clauses.hpp"

#include "tests/support/random_replay.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;

constexpr std::uint32_t scenarios = 60;
constexpr std::size_t most_clauses = 5;

/// A scenario with a bill that takes rules out of its first policy, each a clause, and with every
/// part of the bill as a policy of its own; its id is `part-N`, N the coalition.
struct Parts {
  std::unique_ptr<const Scenario> scenario;
  std::vector<std::set<std::string>> clauses;
  std::size_t baseline = 0;
  std::size_t first = 0;  ///< Of the parts.
};

/// Nothing if some part makes no sense: another rule leans on one that was taken out.
std::optional<Parts> parts_of(std::uint32_t number) {
  json document = test_support::random_replay_scenario(number);
  json& policies = document["policies"];
  json& law = policies[0];
  json patch = json::array();
  const std::size_t stride = std::max<std::size_t>(1, law["rules"].size() / most_clauses);
  std::size_t place = 0;
  for (const auto& [id, rule] : law["rules"].items())
    if (place++ % stride == number % stride && patch.size() < most_clauses)
      patch.push_back({{"withdraw", id}});
  policies.push_back({{"id", "bill-of-the-test"}, {"extends", law["id"]}, {"patch", patch}});
  Diagnostics diagnostics;
  auto draft = read_draft_text(document.dump(), "scenario.json", diagnostics);
  if (!draft) return {};
  const auto bill = bill_of(*draft, law["id"].get<std::string>(), "bill-of-the-test", diagnostics);
  if (!bill) return {};
  Parts parts;
  for (const Clause& clause : bill->clauses) parts.clauses.push_back(clause.rules);
  const std::size_t clauses = bill->clauses.size();
  for (std::size_t part = 0; part < std::size_t{1} << clauses; ++part) {
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < clauses; ++i)
      if ((part >> i & 1U) != 0) members.push_back(i);
    add_part(*draft, *bill, members, "part-" + std::to_string(part));
  }
  parts.scenario = load_draft(*draft, {}).scenario;
  if (!parts.scenario) return {};
  parts.first = parts.scenario->policies.size() - (std::size_t{1} << clauses);
  return parts;
}

/// What one part came to in some replications.
Accounts accounts_of(const Parts& parts, std::size_t part, const Sharing* sharing) {
  ExperimentPlan plan;
  plan.policies = {parts.first + part};
  plan.replications = 2;
  plan.sharing = sharing;
  return replay_all(model_of(*parts.scenario), parts.scenario->compiled, plan);
}

void expect_the_same(const Account& shared, const Account& alone, const Accounts& of) {
  EXPECT_EQ(shared.people, alone.people);
  EXPECT_EQ(shared.suppressed, alone.suppressed);
  for (std::size_t g = 0; g < alone.people.size(); ++g)
    for (std::size_t m = 0; m < of.measures.size(); ++m) {
      const Entry& one = shared.at(g, m);
      const Entry& other = alone.at(g, m);
      EXPECT_EQ(one.value.value(), other.value.value()) << of.measures[m].name;
      EXPECT_EQ(one.events.value(), other.events.value()) << of.measures[m].name;
      EXPECT_EQ(one.censored.value(), other.censored.value()) << of.measures[m].name;
      EXPECT_EQ(one.censorable.value(), other.censorable.value()) << of.measures[m].name;
      EXPECT_EQ(one.contributing, other.contributing) << of.measures[m].name;
      EXPECT_EQ(one.eventful, other.eventful) << of.measures[m].name;
    }
}

TEST(KnownLives, change_no_figure_of_any_part_of_a_policy) {
  std::size_t compared = 0;
  std::uint64_t lived = 0;
  std::uint64_t all = 0;
  std::size_t busy = 0;
  for (std::uint32_t number = 0; number < scenarios; ++number) {
    const auto parts = parts_of(number);
    if (!parts) continue;
    SCOPED_TRACE("scenario " + std::to_string(number));
    RuleMarks marks(parts->clauses);
    for (const CompiledPolicy& policy : parts->scenario->compiled)
      if (&policy == &parts->scenario->compiled.front() || policy.policy().id == "bill-of-the-test")
        marks.add(policy);
    const std::size_t count = std::size_t{1} << parts->clauses.size();
    std::optional<KnownLives> known;
    for (std::size_t part = 0; part < count; ++part) {
      SCOPED_TRACE("part " + std::to_string(part));
      const Accounts alone = accounts_of(*parts, part, nullptr);
      if (!known) known.emplace(alone.measures.size());
      const Sharing sharing{&marks, {part}, &*known};
      const Accounts shared = accounts_of(*parts, part, &sharing);
      ASSERT_EQ(shared.replications(), alone.replications());
      for (std::size_t r = 0; r < alone.replications(); ++r) {
        expect_the_same(shared.of[0][r], alone.of[0][r], alone);
        lived += shared.of[0][r].unit.people;
        all += alone.of[0][r].unit.people;
        for (std::size_t m = 0; m < alone.measures.size(); ++m)
          if (alone.measures[m].kind == Measure::Kind::delay &&
              alone.of[0][r].at(0, m).contributing)
            ++busy;
      }
      ++compared;
    }
  }
  // The comparison is not idle: many parts, many lives that were shared, and desks at work.
  EXPECT_GT(compared, 8U * scenarios);
  EXPECT_LT(lived, all * 9 / 10);
  EXPECT_GT(busy, compared / 4);
}

}  // namespace
}  // namespace onward
