// SPDX-License-Identifier: Apache-2.0
//
// What a scenario is after its files, states and patches have been put together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/scenario/decision_json.hpp"
#include "tests/support/run.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::complaints;
using test_support::fresh_folder;
using test_support::invented;
using test_support::loaded;
using test_support::small_scenario;
using test_support::write_file;
using testing::ElementsAre;

json permit(const std::string& to) {
  return {{"effect", "permit"},   {"action", "disclose"}, {"from", {{"node", "office"}}},
          {"to", {{"node", to}}}, {"data", "identity"},   {"basis", invented("Act")}};
}

std::vector<std::string> rule_ids(const Policy& policy) {
  std::vector<std::string> ids;
  for (const Rule& rule : policy.rules) ids.push_back(rule.id);
  return ids;
}

TEST(Extends, merges_maps_by_id_replaces_equal_ids_and_keeps_the_rest) {
  const std::string folder = fresh_folder();
  json scenario = small_scenario();
  const json world = scenario["world"];
  scenario["world"] = {{"extends", "worlds/base.json"},
                       {"nodes",
                        {{"abroad", {{"kind", "third_country"}, {"jurisdiction", "elsewhere"}}},
                         {"court", {{"kind", "oversight"}, {"jurisdiction", "here"}}}}}};
  write_file(folder + "/worlds/base.json", world.dump());
  write_file(folder + "/scenario.json", scenario.dump());
  const LoadResult result = load_scenario(folder);
  ASSERT_NE(result.scenario, nullptr) << complaints(result.diagnostics);
  const World& merged = result.scenario->world;
  EXPECT_THAT(merged.node_names.names(), ElementsAre("abroad", "office", "court"));
  EXPECT_THAT(merged.nodes[0].jurisdictions, ElementsAre("elsewhere"));
}

TEST(Extends, merges_what_exists_in_every_state) {
  const std::string folder = fresh_folder();
  json scenario = small_scenario();
  json world = scenario["world"];
  world["for_each_state"] = {
      {"states", {{"A", json::object()}, {"B", json::object()}}},
      {"nodes", {{"police", {{"kind", "authority"}, {"jurisdiction", "Union"}}}}}};
  scenario["world"] = {{"extends", "base.json"},
                       {"for_each_state", {{"states", {{"C", json::object()}}}}}};
  write_file(folder + "/base.json", world.dump());
  write_file(folder + "/scenario.json", scenario.dump());
  const LoadResult result = load_scenario(folder);
  ASSERT_NE(result.scenario, nullptr) << complaints(result.diagnostics);
  EXPECT_THAT(result.scenario->world.node_names.names(),
              ElementsAre("abroad", "office", "A.police", "B.police", "C.police"));
}

TEST(States, a_bare_name_is_the_same_states_and_other_is_every_other_states) {
  json scenario = small_scenario();
  scenario["world"]["for_each_state"] = {
      {"states",
       {{"A", json::object()}, {"B", {{"jurisdiction", "north"}}}, {"C", json::object()}}},
      {"nodes", {{"police", {{"kind", "authority"}, {"jurisdiction", "Union"}}}}},
      {"channels",
       {{"wire",
         {{"from", {{"node", "police"}}},
          {"to", {{"node", {"other.police", "abroad"}}}},
          {"mode", "push"},
          {"latency_days", 0}}}}}};
  const auto read = loaded(scenario);
  const World& world = read->world;
  EXPECT_THAT(world.states, ElementsAre("A", "B", "C"));
  EXPECT_THAT(world.nodes[world.node_names.find("B.police")->index()].jurisdictions,
              ElementsAre("Union", "north", "B"));
  const Channel& wire = world.channels[world.channel_names.find("B.wire")->index()];
  const auto selects = [&](const NodeSelector& selector, const char* node) {
    return selector.possible().contains(world.node_names.find(node)->index());
  };
  EXPECT_TRUE(selects(wire.from, "B.police"));
  EXPECT_FALSE(selects(wire.from, "A.police"));
  EXPECT_TRUE(selects(wire.to, "A.police"));
  EXPECT_TRUE(selects(wire.to, "C.police"));
  EXPECT_TRUE(selects(wire.to, "abroad"));
  EXPECT_FALSE(selects(wire.to, "B.police"));
}

TEST(States, the_jurisdictions_same_and_other_narrow_a_tag_to_this_state_and_to_the_others) {
  json scenario = small_scenario();
  scenario["world"]["nodes"]["abroad"]["tags"] = {"guard"};
  const auto guards = [](const json& jurisdiction) {
    return json{{"tag", "guard"}, {"jurisdiction", jurisdiction}};
  };
  scenario["world"]["for_each_state"] = {
      {"states", {{"A", json::object()}, {"B", json::object()}, {"C", json::object()}}},
      {"nodes",
       {{"police", {{"kind", "authority"}, {"jurisdiction", "Union"}, {"tags", {"guard"}}}}}},
      {"channels",
       {{"wire",
         {{"from", guards("same")},
          {"to", guards("other")},
          {"mode", "push"},
          {"latency_days", 0}}},
        {"post",
         {{"from", {{"tag", "guard"}}},
          {"to", {{"not", guards({"same", "there"})}}},
          {"mode", "letter"},
          {"latency_days", 0}}}}}};
  const auto read = loaded(scenario);
  const World& world = read->world;
  const auto selected = [&](const NodeSelector& selector) {
    std::vector<std::string> names;
    for (std::size_t n = 0; n < world.nodes.size(); ++n)
      if (selector.possible().contains(n)) names.push_back(world.node_names.names()[n]);
    return names;
  };
  const Channel& wire = world.channels[world.channel_names.find("B.wire")->index()];
  EXPECT_THAT(selected(wire.from), ElementsAre("B.police"));
  EXPECT_THAT(selected(wire.to), ElementsAre("A.police", "C.police"));
  const Channel& post = world.channels[world.channel_names.find("B.post")->index()];
  EXPECT_THAT(selected(post.from), ElementsAre("abroad", "A.police", "B.police", "C.police"));
  EXPECT_THAT(selected(post.to), ElementsAre("office", "A.police", "C.police"));
}

TEST(States, a_label_names_the_state_too) {
  json scenario = small_scenario();
  scenario["world"]["for_each_state"] = {
      {"states", {{"A", {{"label", "the first"}}}, {"B", json::object()}}},
      {"nodes",
       {{"police", {{"kind", "authority"}, {"jurisdiction", "Union"}, {"label", "Police"}}},
        {"border", {{"kind", "authority"}, {"jurisdiction", "Union"}}}}}};
  const auto read = loaded(scenario);
  const auto label = [&](const char* node) {
    return read->world.nodes[read->world.node_names.find(node)->index()].label;
  };
  EXPECT_EQ(label("A.police"), "Police (the first)");
  EXPECT_EQ(label("B.police"), "Police (B)");
  EXPECT_EQ(label("A.border"), "A.border");
}

TEST(States, an_attribute_of_states_names_a_node_of_the_persons_state) {
  json scenario = small_scenario();
  scenario["world"]["for_each_state"] = {
      {"states", {{"A", json::object()}, {"B", json::object()}}},
      {"nodes", {{"police", {{"kind", "authority"}, {"jurisdiction", "Union"}}}}}};
  scenario["vocabulary"]["attributes"]["lives"] = {
      {"states", true}, {"initial", "A"}, {"recorded", "exact"}};
  json rule = permit("abroad");
  rule["to"] = {{"node", "subject.lives.police"}};
  scenario["policies"][0]["rules"]["home"] = rule;
  const auto read = loaded(scenario);
  const auto verdict = [&](const char* to) {
    return test_support::answer(*read, 0,
                                {{"action", "disclose"},
                                 {"from", "office"},
                                 {"to", to},
                                 {"data", "identity"},
                                 {"purpose", "work"},
                                 {"subject", {{"lives", "B"}}}})
        .verdict;
  };
  EXPECT_EQ(verdict("B.police"), Verdict::permit);
  EXPECT_EQ(verdict("A.police"), Verdict::deny);
}

TEST(Patch, adds_amends_replaces_and_withdraws_in_order) {
  json scenario = small_scenario();
  scenario["policies"][0]["rules"] = {{"kept", permit("abroad")},
                                      {"changed", permit("abroad")},
                                      {"gone", permit("abroad")},
                                      {"new", permit("abroad")}};
  scenario["policies"].push_back(
      {{"id", "bill"},
       {"extends", "law"},
       {"patch",
        {{{"withdraw", "gone"}},
         {{"amend", "changed"},
          {"set", {{"/to/node", "office"}, {"/duties", {{"retain_days", 30}}}}}},
         {{"amend", "changed"}, {"set", {{"/duties/retain_days", 20}}}},
         {{"replace", "new"}, {"rule", permit("office")}},
         {{"add", "added"}, {"rule", permit("abroad")}}}}});
  const auto read = loaded(scenario);
  EXPECT_THAT(rule_ids(read->policies[0]), ElementsAre("changed", "gone", "kept", "new"));
  const Policy& bill = read->policies[1];
  EXPECT_THAT(rule_ids(bill), ElementsAre("added", "changed", "kept", "new"));
  EXPECT_EQ(bill.rules[1].duties.retain_days, 20);
  const std::size_t office = read->world.node_names.find("office")->index();
  EXPECT_TRUE(bill.rules[1].to->possible().contains(office));
  EXPECT_TRUE(bill.rules[3].to->possible().contains(office));
  EXPECT_FALSE(bill.rules[2].from_patch);
  EXPECT_TRUE(bill.rules[1].from_patch);
  EXPECT_EQ(read->policies[0].rules[0].duties.retain_days, std::nullopt);
}

TEST(Patch, a_policy_may_extend_one_that_stands_later_in_the_list) {
  json scenario = small_scenario();
  json law = scenario["policies"][0];
  scenario["policies"] = {
      {{"id", "bill"}, {"extends", "law"}, {"patch", {{{"add", "x"}, {"rule", permit("abroad")}}}}},
      law};
  const auto read = loaded(scenario);
  EXPECT_EQ(read->policies[0].id, "bill");
  EXPECT_THAT(rule_ids(read->policies[0]), ElementsAre("x"));
  EXPECT_TRUE(read->policies[1].rules.empty());
}

TEST(Conditions, may_speak_of_a_state_of_a_harm_and_of_somebody_else) {
  json scenario = small_scenario();
  scenario["population"]["links"]["kin"] = {{"of", "all"}, {"with", "all"}};
  scenario["outcomes"]["harms"]["arrest"] = {
      {"background", {{"value", 0.1}, {"low", 0.01}, {"high", 1}, {"evidence", "illustrative"}}}};
  const json when = {
      {"all",
       {{{"in_state", "here"}}, {{"tied_by", "kin"}, {"to_whom", {{"happened", "arrest"}}}}}}};
  scenario["outcomes"]["benefits"]["warned"] = {
      {"when", when}, {"count", "once a person"}, {"serves", "person"}};
  const auto read = loaded(scenario);
  const Condition& both = read->outcomes.benefits[0].when;
  ASSERT_EQ(both.parts.size(), 2U);
  EXPECT_EQ(both.parts[0].kind, Condition::Kind::in_state);
  EXPECT_EQ(both.parts[1].kind, Condition::Kind::tied);
  EXPECT_THAT(both.parts[1].parts[0].names, ElementsAre("arrest"));

  json& written = scenario["outcomes"]["benefits"]["warned"]["when"]["all"];
  written[0]["in_state"] = "hre";
  written[1]["tied_by"] = "kim";
  written[1]["to_whom"]["happened"] = "arest";
  const LoadResult wrong = load_scenario_text(scenario.dump(), "scenario.json");
  EXPECT_THAT(
      complaints(wrong.diagnostics),
      testing::AllOf(testing::HasSubstr("unknown state `hre`\n  help: did you mean `here`?"),
                     testing::HasSubstr("unknown link `kim`\n  help: did you mean `kin`?"),
                     testing::HasSubstr("unknown harm `arest`\n  help: did you mean `arrest`?")));
}

TEST(Permuting, the_order_of_rules_and_nodes_in_the_file_changes_no_answer) {
  json scenario = small_scenario();
  scenario["policies"][0]["rules"] = {{"b", permit("abroad")}, {"a", permit("abroad")}};
  const json request = {{"action", "disclose"},
                        {"from", "office"},
                        {"to", "abroad"},
                        {"data", "identity"},
                        {"purpose", "work"}};
  const auto sorted = loaded(scenario);
  // Why by text: the JSON library would sort the keys.
  std::string text = scenario.dump();
  const std::string a = "\"a\":" + permit("abroad").dump();
  const std::string b = "\"b\":" + permit("abroad").dump();
  const std::size_t at = text.find(a + "," + b);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, a.size() + 1 + b.size(), b + "," + a);
  const LoadResult permuted = load_scenario_text(text, "scenario.json");
  ASSERT_NE(permuted.scenario, nullptr);
  const auto taken = [&](const Scenario& s) {
    return s.policies[0].rule(test_support::answer(s, 0, request).rules.front()).id;
  };
  EXPECT_EQ(taken(*sorted), "a");
  EXPECT_EQ(taken(*permuted.scenario), "a");
}

}  // namespace
}  // namespace onward
