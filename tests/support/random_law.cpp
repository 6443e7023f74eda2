// SPDX-License-Identifier: Apache-2.0
#include "tests/support/random_law.hpp"

#include <random>
#include <string>
#include <vector>

#include "tests/support/dice.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward::test_support {
namespace {

using nlohmann::json;
using Names = std::vector<std::string>;

class Writer {
 public:
  explicit Writer(std::uint32_t number) : dice_(number * 7919ULL + 5) {}

  json write() {
    json all = {
        {"onward", 1},
        {"id", "law"},
        {"title", "A random law"},
        {"question", "What can be?"},
        {"headline", {{"harms", json::array()}, {"benefits", json::array()}}},
        {"outcomes", {{"harms", json::object()}, {"benefits", json::object()}}},
        {"suite", json::array()},
        {"experiment",
         {{"start", "2026-07-01"}, {"horizon_days", 30}, {"replications", 1}, {"seed", 1}}}};
    name_nodes();
    categories_.resize(dice_.between(1, 4));
    purposes_.resize(dice_.between(1, 2));
    facts_.resize(dice_.between(0, 2));
    all["vocabulary"] = vocabulary();
    all["world"] = world();
    all["population"] = population();
    all["policies"] = json::array({policy()});
    return all;
  }

 private:
  void name_nodes() {
    for (std::size_t i = dice_.between(1, 4); i > 0; --i) bound_.push_back("b" + std::to_string(i));
    for (std::size_t i = dice_.between(1, 3); i > 0; --i) free_.push_back("f" + std::to_string(i));
    nodes_ = bound_;
    nodes_.insert(nodes_.end(), free_.begin(), free_.end());
  }

  static json map_of(const Names& names) {
    json map = json::object();
    for (const std::string& name : names) map[name] = json::object();
    return map;
  }

  json chance() {
    return {{"value", 0.5}, {"low", 0.25}, {"high", 0.75}, {"evidence", "illustrative"}};
  }

  json vocabulary() {
    json words = {{"categories", map_of(categories_)},
                  {"purposes", map_of(purposes_)},
                  {"facts", map_of(facts_)},
                  {"attributes", json::object()}};
    json status = {{"values", statuses_}, {"initial", statuses_[0]}, {"recorded", "exact"}};
    if (dice_.percent(40)) {
      json by;
      by[dice_.pick(bound_)][statuses_[0]] = {{statuses_[1], chance()}, {statuses_[0], chance()}};
      status["recorded"] = {{"by", by}, {"otherwise", "exact"}};
    }
    words["attributes"]["status"] = status;
    if (dice_.percent(50))
      words["attributes"]["origin"] = {
          {"nodes", free_}, {"initial", free_[0]}, {"recorded", "exact"}};
    with_origin_ = words["attributes"].contains("origin");
    return words;
  }

  json world() {
    json nodes = json::object();
    for (const std::string& node : bound_)
      nodes[node] = {{"kind", dice_.percent(50) ? "authority" : "database"},
                     {"jurisdiction", "EU"}};
    for (const std::string& node : free_)
      nodes[node] = {{"kind", dice_.percent(70) ? "third_country" : "carrier"},
                     {"jurisdiction", node}};
    json inferences = json::object();
    for (std::size_t i = dice_.between(0, 2); i > 0; --i) {
      Names holdings = categories_;
      holdings.push_back("hit");
      const std::string reveals = dice_.pick(categories_);
      std::string holding = dice_.pick(holdings);
      if (holding == reveals) holding = "hit";
      json inference = {{"holding", holding}, {"reveals", reveals}};
      if (dice_.percent(60)) inference["received_from"] = anybody();
      if (dice_.percent(40)) inference["provenance"] = anybody();
      if (dice_.percent(30)) inference["chance"] = chance();
      inferences["i" + std::to_string(i)] = inference;
    }
    return {{"nodes", nodes},
            {"channels", json::object()},
            {"flows", json::object()},
            {"inferences", inferences}};
  }

  json population() {
    json states = json::object();
    const std::size_t count = dice_.between(1, 3);
    for (std::size_t s = 0; s < count; ++s) {
      json state = json::object();
      if (dice_.percent(60)) state["set"]["status"] = dice_.pick(statuses_);
      if (dice_.percent(50)) state["at"] = dice_.pick(bound_);
      if (s + 1 < count) state["next"] = {{{"to", "s" + std::to_string(s + 1)}, {"after_days", 1}}};
      states["s" + std::to_string(s)] = state;
    }
    return {{"groups", {{"g", {{"people", 1}, {"journey", "j"}}}}},
            {"journeys", {{"j", {{"first", "s0"}, {"states", states}}}}}};
  }

  json anybody() {
    switch (dice_.below(with_origin_ ? 5U : 4U)) {
      case 0: return {{"jurisdiction", "EU"}};
      case 1: return {{"kind", "third_country"}};
      case 4: return {{"node", "subject.origin"}};
      default: return {{"node", dice_.pick(nodes_)}};
    }
  }

  json subjects() {
    if (with_origin_ && dice_.percent(20))
      return {{"attribute", "origin"}, {"is", dice_.pick(free_)}};
    const json is = {{"attribute", "status"}, {"is", dice_.sample(statuses_, dice_.between(1, 2))}};
    return dice_.percent(30) ? json({{"not", is}}) : is;
  }

  void date(json& rule) {
    if (dice_.percent(75)) return;
    const std::size_t day = dice_.between(2, 12);
    const auto date_of = [](std::size_t d) {
      return std::string("2026-07-") + (d < 10 ? "0" : "") + std::to_string(d);
    };
    if (dice_.percent(50))
      rule["in_force"]["from"] = date_of(day);
    else
      rule["in_force"]["until"] = date_of(day);
  }

  json policy() {
    json rules = json::object();
    const std::size_t prohibitions = dice_.between(0, 3);
    for (std::size_t i = 0; i < prohibitions; ++i) {
      json rule = {{"effect", "prohibit"},
                   {"action", dice_.percent(70) ? "disclose" : "query"},
                   {"data", dice_.pick(categories_)},
                   {"basis", invented("P")}};
      if (dice_.percent(70)) rule["to"] = anybody();
      if (dice_.percent(40)) rule["subjects"] = subjects();
      if (dice_.percent(40)) rule["data_from"] = {{"node", dice_.pick(nodes_)}};
      if (!facts_.empty() && dice_.percent(25))
        rule["when"][dice_.pick(facts_)] = dice_.percent(70);
      if (dice_.percent(40)) rule["inferred"] = true;
      date(rule);
      rules["p" + std::to_string(i)] = rule;
    }
    rules["c"] = {
        {"effect", "permit"},    {"action", {"collect", "retain"}}, {"from", "subject"},
        {"to", anybody_bound()}, {"data", dice_.some(categories_)}, {"basis", invented("C")}};
    if (dice_.percent(60)) rules["c"]["duties"]["retain_days"] = dice_.between(1, 6);
    if (dice_.percent(40)) rules["c"]["subjects"] = subjects();
    for (std::size_t i = dice_.between(1, 4); i > 0; --i) {
      const bool query = dice_.percent(30);
      json rule = {{"effect", "permit"},
                   {"from", query ? anybody() : anybody_bound()},
                   {"to", query ? anybody_bound() : anybody()},
                   {"action", Names{query ? "query" : "disclose"}},
                   {"data", dice_.some(categories_)},
                   {"basis", invented("R")}};
      if (query && dice_.percent(25)) rule["to"] = anybody();
      if (dice_.percent(50)) rule["action"].push_back("retain");
      if (dice_.percent(50)) rule["purpose"] = dice_.pick(purposes_);
      if (dice_.percent(50)) rule["subjects"] = subjects();
      if (!facts_.empty() && dice_.percent(40))
        rule["when"][dice_.pick(facts_)] = dice_.percent(70);
      if (dice_.percent(20)) rule["data_from"] = {{"node", dice_.pick(nodes_)}};
      if (prohibitions > 0 && dice_.percent(40))
        rule["derogates_from"] = "p" + std::to_string(dice_.below(prohibitions));
      if (dice_.percent(40)) rule["duties"]["retain_days"] = dice_.between(1, 6);
      if (dice_.percent(15)) rule["duties"]["no_onward"] = true;
      if (dice_.percent(15)) rule["duties"]["purpose_only"] = true;
      if (query && dice_.percent(25)) rule["duties"]["hit_only"] = true;
      date(rule);
      rules["r" + std::to_string(i)] = rule;
    }
    if (dice_.percent(30)) {
      json rule = {{"effect", "require"}, {"action", "disclose"}, {"basis", invented("Q")}};
      rule["duties"] = dice_.percent(50) ? json({{"no_onward", true}}) : json({{"retain_days", 2}});
      if (dice_.percent(50)) rule["subjects"] = subjects();
      rules["q"] = rule;
    }
    const Names strategies = {"prohibit", "prohibit", "perm", "invalid"};
    return {{"id", "law"},
            {"binds", {{"jurisdiction", "EU"}}},
            {"strategy", dice_.pick(strategies)},
            {"rules", rules}};
  }

  json anybody_bound() {
    return dice_.percent(50) ? json({{"jurisdiction", "EU"}})
                             : json({{"node", dice_.pick(bound_)}});
  }

  Dice<std::mt19937_64> dice_;
  Names bound_;
  Names free_;
  Names nodes_;
  Names categories_ = {"name", "photo", "claim", "route"};
  Names purposes_ = {"border", "asylum"};
  Names facts_ = {"urgent", "asked"};
  Names statuses_ = {"new", "open", "closed"};
  bool with_origin_ = false;
};

}  // namespace

json random_law(std::uint32_t number) {
  return Writer(number).write();
}

}  // namespace onward::test_support
