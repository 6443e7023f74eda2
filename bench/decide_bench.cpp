// SPDX-License-Identifier: Apache-2.0
//
// How long one decision takes, on a policy of the size of the law in force: 64
// nodes, 80 categories, 24 purposes, 120 rules of which a sixth prohibit.
#include <benchmark/benchmark.h>

#include <nlohmann/json.hpp>

#include "tests/reference/decide_slow.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;

constexpr std::size_t nodes = 64;
constexpr std::size_t categories = 80;
constexpr std::size_t purposes = 24;
constexpr std::size_t rules = 120;

/// A small generator, so that the benchmark measures the same everywhere.
class Dice {
 public:
  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>((state_ >> 33U) % bound);
  }
  bool chance(std::size_t percent) { return below(100) < percent; }
  std::string name(const char* prefix, std::size_t bound) {
    return prefix + std::to_string(below(bound));
  }
  json names(const char* prefix, std::size_t bound, std::size_t most) {
    json list = json::array();
    const std::size_t first = below(bound);
    const std::size_t number = 1 + below(most);
    for (std::size_t i = 0; i < number; ++i)
      list.push_back(prefix + std::to_string((first + 7 * i) % bound));
    return list;
  }

 private:
  std::uint64_t state_ = 20260701;
};

json rule(Dice& dice, std::size_t index) {
  const bool prohibits = index % 6 == 0;
  json one = {{"effect", prohibits         ? "prohibit"
                         : index % 12 == 1 ? "require"
                                           : "permit"},
              {"action", dice.chance(50) ? json("disclose") : json({"disclose", "query"})},
              {"data", dice.names("c", categories, 12)},
              {"basis", test_support::invented("Article " + std::to_string(index))}};
  if (dice.chance(80))
    one["from"] = dice.chance(40) ? json{{"tag", dice.name("t", 8)}}
                                  : json{{"node", dice.names("n", nodes, 6)}};
  if (dice.chance(20))
    one["to"] = {{"node", "subject.origin"}};
  else if (dice.chance(80))
    one["to"] = dice.chance(40) ? json{{"tag", dice.name("t", 8)}}
                                : json{{"node", dice.names("n", nodes, 6)}};
  if (dice.chance(60)) one["purpose"] = dice.names("p", purposes, 6);
  if (dice.chance(30))
    one["subjects"] = {{"attribute", dice.name("a", 4)}, {"is", dice.name("v", 4)}};
  if (dice.chance(20)) one["data_from"] = {{"node", dice.names("n", nodes, 3)}};
  if (dice.chance(10)) one["when"] = {{dice.name("f", 4), true}};
  if (prohibits && dice.chance(30)) one["inferred"] = true;
  if (one["effect"] == "require" || (!prohibits && dice.chance(60)))
    one["duties"] = {{"retain_days", 30 + dice.below(3000)}, {"log", true}};
  return one;
}

json document() {
  Dice dice;
  json scenario = test_support::small_scenario();
  json& words = scenario["vocabulary"];
  for (std::size_t c = 0; c < categories; ++c)
    words["categories"]["c" + std::to_string(c)] = json::object();
  for (std::size_t p = 0; p < purposes; ++p)
    words["purposes"]["p" + std::to_string(p)] = json::object();
  for (std::size_t f = 0; f < 4; ++f) words["facts"]["f" + std::to_string(f)] = json::object();
  for (std::size_t a = 0; a < 4; ++a)
    words["attributes"]["a" + std::to_string(a)] = {
        {"values", {"v0", "v1", "v2", "v3"}}, {"initial", "v0"}, {"recorded", "exact"}};
  words["attributes"]["origin"] = {
      {"nodes", {"n1", "n2", "n3", "n4"}}, {"initial", "n1"}, {"recorded", "exact"}};
  for (std::size_t n = 0; n < nodes; ++n)
    scenario["world"]["nodes"]["n" + std::to_string(n)] = {
        {"kind", n < 8 ? "third_country" : "authority"},
        {"jurisdiction", n < 8 ? "there" : "here"},
        {"tags", {"t" + std::to_string(n % 8)}}};
  for (std::size_t i = 0; i < 10; ++i)
    scenario["world"]["inferences"]["i" + std::to_string(i)] = {
        {"holding", dice.name("c", categories)},
        {"received_from", {{"node", dice.names("n", nodes, 4)}}},
        {"reveals", dice.name("c", categories)}};
  scenario["policies"][0]["binds"] = {{"jurisdiction", "here"}};
  for (std::size_t r = 0; r < rules; ++r)
    scenario["policies"][0]["rules"]["r" + std::to_string(r)] = rule(dice, r);
  return scenario;
}

struct Question {
  Request request;
  CategoryId category;
};

/// Half are about nodes, data and purpose of some rule, half are anything.
std::vector<Question> questions(const Scenario& scenario) {
  Dice dice;
  std::vector<Question> all;
  const Policy& policy = scenario.policies.front();
  while (all.size() < 4096) {
    Question q;
    q.request.action = ActionId(dice.chance(50) ? 3 : 2);
    q.request.from = NodeId(dice.below(scenario.world.nodes.size()));
    q.request.to = NodeId(dice.below(scenario.world.nodes.size()));
    q.request.purpose = PurposeId(dice.below(scenario.vocabulary.purposes.size()));
    q.category = CategoryId(dice.below(scenario.vocabulary.categories.size()));
    q.request.cell = CellId(dice.below(scenario.cells->size()));
    q.request.on = scenario.experiment.start.days_since_1970();
    if (dice.chance(30))
      q.request.provenance.sources =
          scenario.compiled.front().sources_of(NodeId(dice.below(nodes)));
    if (dice.chance(50)) {
      const Rule& like = policy.rules[dice.below(policy.rules.size())];
      if (!like.data.contains(q.category) || !like.purposes.contains(q.request.purpose) ||
          (like.from && !like.from->possible().contains(q.request.from->index())))
        continue;
    }
    all.push_back(q);
  }
  return all;
}

/// `only_matching`: without the requests that no rule is about, which are the quickest.
void decide(benchmark::State& state, bool only_matching) {
  const auto scenario = test_support::loaded(document());
  const CompiledPolicy& policy = scenario->compiled.front();
  std::vector<Question> asked = questions(*scenario);
  if (only_matching)
    std::erase_if(asked, [&](const Question& q) {
      return policy.decide(q.request, q.category).because == Because::no_permit;
    });
  std::size_t i = 0;
  std::size_t permitted = 0;
  std::size_t matched = 0;
  for (auto step : state) {
    const Question& q = asked[i++ % asked.size()];
    const Decision decision = policy.decide(q.request, q.category);
    permitted += decision.verdict == Verdict::permit;
    matched += decision.because != Because::no_permit;
    benchmark::DoNotOptimize(permitted);
  }
  const auto all = static_cast<double>(state.iterations());
  state.counters["permitted"] = static_cast<double>(permitted) / all;
  state.counters["not_no_permit"] = static_cast<double>(matched) / all;
}
BENCHMARK_CAPTURE(decide, all, false);
BENCHMARK_CAPTURE(decide, only_matching, true);

void reference_decides(benchmark::State& state) {
  const json scenario = document();
  json request = {
      {"action", "disclose"},
      {"from", "n9"},
      {"to", "n10"},
      {"data", {"c1"}},
      {"purpose", "p1"},
      {"subject", {{"a0", "v0"}, {"a1", "v0"}, {"a2", "v0"}, {"a3", "v0"}, {"origin", "n1"}}}};
  for (auto step : state)
    benchmark::DoNotOptimize(
        reference::decide_slow(scenario, scenario["policies"][0], request, "c1"));
}
BENCHMARK(reference_decides);

}  // namespace
}  // namespace onward

BENCHMARK_MAIN();
