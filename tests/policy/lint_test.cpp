// SPDX-License-Identifier: Apache-2.0
//
// What lint says a rule does to verdicts, against the slow reference, which shares no code with it:
// the rule is taken away, and verdicts are compared.
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <ctime>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "sim/policy/rule_use.hpp"
#include "sim/scenario/lint_report.hpp"
#include "tests/reference/decide_slow.hpp"
#include "tests/support/dice.hpp"
#include "tests/support/large_policy.hpp"
#include "tests/support/random_policy.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using reference::SlowVerdict;
using test_support::loaded;
using test_support::without_rule;

constexpr int scenarios_per_strategy = 300;
constexpr int requests_per_rule = 120;
using Random = test_support::Dice<std::mt19937_64>;

SlowVerdict slow(const json& scenario, const json& request) {
  return reference::decide_slow(scenario, scenario["policies"][0], request, request["data"]);
}

std::vector<std::string> less(std::vector<std::string> rules, const std::string& rule) {
  std::erase(rules, rule);
  return rules;
}

/// Sections 5 and 6 of decisions.md: what is permitted, by which rules, under which duties.
bool same_permission(const SlowVerdict& with, const SlowVerdict& without, const std::string& rule) {
  if (with.verdict != without.verdict) return false;
  if (with.verdict != "permit") return true;
  std::vector<std::string> rules = with.rules;
  std::vector<std::string> left = without.rules;
  const bool own = rules.front() == rule;
  if (own) {
    rules.erase(rules.begin());
    left.erase(left.begin());
  }
  return less(rules, rule) == left && with.duties == without.duties &&
         (own || (less(with.derogates_from, rule) == without.derogates_from &&
                  less(with.overrides, rule) == without.overrides));
}

bool same_reason(const SlowVerdict& with, const SlowVerdict& without, const std::string& rule) {
  return with.verdict == "permit" ||
         (with.because == without.because && less(with.rules, rule) == without.rules);
}

/// The chances and periods of a grant, which no verdict shows.
void strip_grants(json& rules) {
  for (json& rule : rules)
    if (rule.contains("duties") && rule["duties"].contains("authorised_by"))
      for (const char* key : {"grants", "expires_days"}) rule["duties"]["authorised_by"].erase(key);
}

/// A random scenario with few rules, some of them copies that say less.
json scenario_to_lint(std::uint64_t seed, const std::string& strategy) {
  json scenario = test_support::random_scenario(seed, strategy);
  Random random(seed);
  json& rules = scenario["policies"][0]["rules"];
  std::vector<std::string> ids;
  for (const auto& [id, rule] : rules.items()) ids.push_back(id);
  const std::vector<std::string> kept = random.sample(ids, random.between(2, 8));
  for (const std::string& id : ids)
    if (std::find(kept.begin(), kept.end(), id) == kept.end())
      scenario = without_rule(scenario, id);
  json& left = scenario["policies"][0]["rules"];
  strip_grants(left);
  const std::size_t copies = random.below(3);
  for (std::size_t c = 0; c < copies; ++c) {
    json copy = left[random.pick(kept)];
    if (random.percent(50)) copy["data"] = "c0";
    if (random.percent(30)) copy["purpose"] = "p0";
    if (random.percent(20)) copy["subjects"] = {{"attribute", "trait0"}, {"is", "v0"}};
    left[(random.percent(50) ? "a" : "z") + std::to_string(c)] = copy;
  }
  return scenario;
}

class Lint {
 public:
  Lint(const json& document, std::map<Use, int>& seen) : document_(document), seen_(seen) {}

  /// Empty if all that is said of every rule is right.
  std::string wrong(std::uint64_t seed) {
    const auto scenario = loaded(document_);
    const LintContext context = lint_context(*scenario, 0);
    const RequestSituations situations(context.compiled, context.vocabulary, context.world, context.cells,
                                context.days);
    const Policy& policy = scenario->policies.front();
    for (std::size_t r = 0; r < policy.rules.size(); ++r) {
      const RuleUse use = use_of(RuleId(r), context.compiled, situations);
      ++seen_[use.use];
      id_ = policy.rules[r].id;
      permit_ = policy.rules[r].effect == Effect::permit;
      less_ = without_rule(document_, id_);
      std::string what = check_example(use, *scenario);
      if (what.empty() && use.use != Use::effective) what = check_requests(use.use, seed + r);
      if (!what.empty())
        return id_ + " " + std::to_string(static_cast<int>(use.use)) + ": " + what + "\n" +
               document_.dump(1);
    }
    return "";
  }

 private:
  /// A rule that is said to make a difference makes one where it is said: so none is missed.
  std::string check_example(const RuleUse& use, const Scenario& scenario) const {
    if (use.use == Use::unknown) return "given up";
    if (use.example.has_value() != (use.use != Use::never_applies)) return "example";
    if (!use.example) return "";
    json request = request_json(*use.example, scenario);
    const SlowVerdict with = slow(document_, request);
    const SlowVerdict without = slow(less_, request);
    if (use.use == Use::effective && same_permission(with, without, id_))
      return "no other permission: " + request.dump();
    if (use.use == Use::idle && same_reason(with, without, id_))
      return "no other reason: " + request.dump();
    return "";
  }

  std::string check_requests(Use use, std::uint64_t seed) const {
    json aimed = document_;
    aimed["policies"][0]["rules"] = {{id_, document_["policies"][0]["rules"][id_]}};
    const std::string start = document_["experiment"]["start"];
    for (int n = 0; n < requests_per_rule; ++n) {
      json request =
          test_support::random_request(aimed, seed * 7919U + static_cast<std::uint64_t>(n));
      if (request.value("on", start) < start) continue;
      const json categories = request["data"];
      for (const json& category : categories) {
        request["data"] = category;
        const SlowVerdict with = slow(document_, request);
        const SlowVerdict without = slow(less_, request);
        const bool taken = permit_ && with.verdict == "permit" && with.rules.front() == id_;
        const bool bare = use == Use::redundant || use == Use::never_applies;
        if (!same_permission(with, without, id_) || (bare && !same_reason(with, without, id_)) ||
            (taken && use != Use::redundant && use != Use::idle))
          return "refuted by " + request.dump();
      }
    }
    return "";
  }

  const json& document_;
  std::map<Use, int>& seen_;
  std::string id_;
  bool permit_ = false;
  json less_;
};

void findings_are_right(const std::string& strategy) {
  std::map<Use, int> seen;
  const bool passed = rc::check("lint is right under " + strategy, [&] {
    const auto seed = *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
    const json document = scenario_to_lint(seed, strategy);
    const std::string wrong = Lint(document, seen).wrong(seed);
    if (!wrong.empty()) RC_FAIL(wrong);
  });
  EXPECT_TRUE(passed);
  // Each answer is common enough to be tested.
  for (const Use use :
       {Use::never_applies, Use::shadowed, Use::redundant, Use::idle, Use::effective})
    EXPECT_GE(seen[use], 20) << static_cast<int>(use);
}

class LintIsRight : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::string parameters =
        "seed=20260701 max_success=" + std::to_string(scenarios_per_strategy);
    setenv("RC_PARAMS", parameters.c_str(), 1);
  }
};

TEST_F(LintIsRight, under_prohibit) {
  findings_are_right("prohibit");
}
TEST_F(LintIsRight, under_perm) {
  findings_are_right("perm");
}
TEST_F(LintIsRight, under_invalid) {
  findings_are_right("invalid");
}

TEST(LintIsFast, two_hundred_rules_over_120_nodes_and_40_categories_take_less_than_2_seconds) {
  const auto scenario = loaded(test_support::large_scenario({}));
  const std::clock_t start = std::clock();
  const std::vector<LintFinding> findings = lint(lint_context(*scenario, 0));
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  RecordProperty("seconds", std::to_string(seconds));
  RecordProperty("findings", std::to_string(findings.size()));
  for (const LintFinding& finding : findings) EXPECT_NE(finding.code, LintFinding::Code::too_large);
  EXPECT_LT(seconds, 2.0);
}

}  // namespace
}  // namespace onward
