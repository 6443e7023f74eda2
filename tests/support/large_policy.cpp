// SPDX-License-Identifier: Apache-2.0
#include "tests/support/large_policy.hpp"

#include <random>
#include <string>
#include <vector>

#include "tests/support/dice.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward::test_support {
namespace {

using nlohmann::json;
using Names = std::vector<std::string>;
using Random = Dice<std::mt19937_64>;

constexpr std::size_t tags = 20;
constexpr std::size_t purposes = 12;

Names numbered(const std::string& prefix, std::size_t count) {
  Names names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(prefix + std::to_string(i));
  return names;
}

json nodes(Random& random, std::size_t count) {
  const Names kinds = {"authority", "eu_agency", "database", "service"};
  json all = json::object();
  for (const std::string& id : numbered("n", count)) {
    const bool abroad = random.percent(15);
    all[id] = {{"kind", abroad ? "third_country" : random.pick(kinds)},
               {"jurisdiction", abroad ? "there" : "here"},
               {"tags", random.sample(numbered("t", tags), 2)}};
  }
  return all;
}

json selector(Random& random, const Extent& extent) {
  const std::size_t draw = random.below(10);
  if (draw < 5) return {{"tag", random.pick(numbered("t", tags))}};
  if (draw < 9) return {{"node", random.pick(numbered("n", extent.nodes))}};
  return {{"kind", "third_country"}};
}

void add_conditions(Random& random, json& rule) {
  if (random.percent(25))
    rule["subjects"] = {{"attribute", random.pick(numbered("a", 4))}, {"is", "v0"}};
  if (random.percent(20)) rule["when"] = {{random.pick(numbered("f", 6)), random.percent(80)}};
}

json rule(Random& random, const Extent& extent) {
  const std::size_t draw = random.below(100);
  json rule = {{"from", selector(random, extent)},
               {"to", selector(random, extent)},
               {"data", random.sample(numbered("c", extent.categories), random.between(1, 6))},
               {"basis", invented("Large Act")}};
  if (draw < 70) {
    rule["effect"] = "permit";
    rule["action"] = random.percent(50) ? json("query") : json({"disclose", "retain"});
    rule["purpose"] = random.sample(numbered("p", purposes), random.between(1, 2));
    rule["duties"] = {{"retain_days", 30 * random.between(1, 40)}, {"log", true}};
    add_conditions(random, rule);
  } else if (draw < 90) {
    rule["effect"] = "prohibit";
    rule["action"] = {"disclose", "query"};
    rule.erase("from");
    if (random.percent(40)) rule["data_from"] = selector(random, extent);
    if (random.percent(30)) rule["inferred"] = true;
  } else {
    rule["effect"] = "require";
    rule["action"] = "disclose";
    rule["duties"] = {{"purpose_only", true}};
    add_conditions(random, rule);
  }
  return rule;
}

void add_vocabulary(const Extent& extent, json& scenario) {
  json& vocabulary = scenario["vocabulary"];
  for (const std::string& id : numbered("c", extent.categories))
    vocabulary["categories"][id] = json::object();
  for (const std::string& id : numbered("p", purposes)) vocabulary["purposes"][id] = json::object();
  for (const std::string& id : numbered("f", 6)) vocabulary["facts"][id] = json::object();
  for (const std::string& id : numbered("a", 4))
    vocabulary["attributes"][id] = {
        {"values", numbered("v", 3)}, {"initial", "v0"}, {"recorded", "exact"}};
}

}  // namespace

json large_scenario(const Extent& extent) {
  Random random(20260701);
  json scenario = small_scenario();
  scenario["id"] = "large";
  add_vocabulary(extent, scenario);
  scenario["world"]["nodes"] = nodes(random, extent.nodes);
  for (const std::string& id : numbered("i", 8))
    scenario["world"]["inferences"][id] = {
        {"holding", random.pick(numbered("c", extent.categories / 2))},
        {"received_from", selector(random, extent)},
        {"reveals", "c" + std::to_string(extent.categories - 1 - random.below(5))}};
  json& policy = scenario["policies"][0];
  policy["binds"] = {{"jurisdiction", "here"}};
  for (const std::string& id : numbered("r", extent.rules))
    policy["rules"][id] = rule(random, extent);
  return scenario;
}

}  // namespace onward::test_support
