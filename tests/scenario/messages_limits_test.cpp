// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/messages.hpp"

namespace onward::tests {
namespace {

/// `, "x0": {}, "x1": {}, ...`: more entries for a map of the base scenario.
std::string more(const std::string& prefix, int count, const std::string& value = "{}") {
  std::string text;
  for (int i = 0; i < count; ++i) text += ", \"" + prefix + std::to_string(i) + "\": " + value;
  return text;
}

TEST(MessagesAboutLimits, more_categories_than_the_decision_core_holds) {
  EXPECT_EQ(messages(replaced(R"("categories": { "identity": {})",
                              R"("categories": { "identity": {})" + more("c", 300))),
            "scenario.json:6:19: /vocabulary/categories: there are 304 categories, at most 128 "
            "are possible\n"
            "  help: put together those that no rule tells apart\n");
}

TEST(MessagesAboutLimits, more_purposes_and_facts_than_the_decision_core_holds) {
  std::string text =
      replaced(R"("purposes": { "border": {})", R"("purposes": { "border": {})" + more("p", 126));
  const std::string facts = R"("facts": { "urgency": {})";
  text.insert(text.find(facts) + facts.size(), more("f", 64));
  EXPECT_EQ(messages(text),
            "scenario.json:7:17: /vocabulary/purposes: there are 129 purposes, at most 128 "
            "are possible\n"
            "  help: put together those that no rule tells apart\n"
            "scenario.json:8:14: /vocabulary/facts: there are 65 facts, at most 64 are possible\n"
            "  help: put together those that no rule tells apart\n");
}

TEST(MessagesAboutLimits, as_many_as_the_decision_core_holds_are_accepted) {
  EXPECT_EQ(messages(replaced(R"("categories": { "identity": {})",
                              R"("categories": { "identity": {})" + more("c", 124))),
            "");
}

TEST(MessagesAboutLimits, a_map_with_more_keys_than_anybody_writes) {
  EXPECT_EQ(messages(replaced(R"("facts": { "urgency": {})",
                              R"("facts": { "urgency": {})" + more("f", 10000))),
            "scenario.json:8:14: /vocabulary/facts: the number of keys is out of range\n"
            "  help: there must be at most 10000 keys\n");
}

TEST(MessagesAboutLimits, more_nodes_than_ids_after_the_states_are_written_out) {
  const std::string node = R"({ "kind": "service", "jurisdiction": "x" })";
  const std::string north = R"("states": { "north": {})";
  std::string text = replaced(north, north + more("s", 5));
  const std::string local = R"("nodes": { "office": { "kind": "service", "jurisdiction": "local",
        "joint_with": "other.office" })";
  text.replace(text.find(local), local.size(),
               R"("nodes": { "office": )" + node + more("n", 9999, node));
  EXPECT_EQ(messages(text),
            "scenario.json:21:14: /world/nodes: there are 70005 nodes, at most 60000 are "
            "possible\n");
}

TEST(MessagesAboutLimits, a_text_and_a_key_of_4000_bytes_and_one_more) {
  EXPECT_EQ(messages(replaced("A secret", std::string(4000, 'x'))), "");
  EXPECT_EQ(messages(replaced("A secret", std::string(4001, 'x'))),
            "scenario.json:2:12: /title: the text is longer than 4000 bytes\n");
  EXPECT_EQ(messages(replaced("\"title\"", "\"" + std::string(4001, 'x') + "\"")),
            "scenario.json:2:3: the text is longer than 4000 bytes\n");
}

TEST(MessagesAboutLimits, more_levels_than_anybody_nests) {
  const std::string deep = std::string(65, '[') + std::string(65, ']');
  std::string pointer;
  for (int level = 0; level < 64; ++level) pointer += "/0";
  EXPECT_EQ(messages(deep),
            "scenario.json:1:65: " + pointer + ": more than 64 levels are nested\n");
}

TEST(MessagesAboutLimits, a_byte_that_is_not_utf_8) {
  EXPECT_EQ(messages(replaced("A secret", "A \xFFsecret")),
            "scenario.json:2:15: the text is not valid UTF-8\n"
            "  help: save the file as UTF-8\n");
}

TEST(MessagesAboutLimits, rules_that_tell_too_many_kinds_of_people_apart) {
  std::string attributes;
  std::string rules;
  for (int a = 0; a < 17; ++a) {
    const std::string name = "a" + std::to_string(a);
    attributes +=
        "\"" + name + R"(": { "initial": "no", "recorded": "exact", "values": ["no", "yes"] },)";
    rules += "\"r-" + name +
             R"(": { "effect": "permit", "action": "match", "subjects": { "attribute": ")" + name +
             R"(", "is": "yes" }, "basis": { "status": "invented", "citation": "s. 30" } },)";
  }
  std::string text = replaced("\"attributes\": {\n", "\"attributes\": {" + attributes + "\n");
  const std::string first_rule = R"("collect": { "effect")";
  text.insert(text.find(first_rule), rules);
  EXPECT_EQ(messages(text),
            "scenario.json:74:5: /policies/0: the rules tell more than 65536 kinds of people "
            "apart\n"
            "  help: coarsen the attributes that the rules divide most: `a0`, `a1`, `a2`, `a3`, "
            "`a4`, `a5`, `a6`, `a7`, `a8`, `a9`, `a10`, `a11` and 6 more\n");
}

TEST(MessagesAboutLimits, rules_that_tell_too_many_sources_apart) {
  std::string nodes;
  std::string rules;
  for (int n = 0; n < 300; ++n) {
    const std::string name = "n" + std::to_string(n);
    nodes += "\"" + name + R"(": { "kind": "service", "jurisdiction": "EU" },)";
    rules += "\"r-" + name +
             R"(": { "effect": "permit", "action": "match", "data_from": { "node": ")" + name +
             R"(" }, "basis": { "status": "invented", "citation": "s. 30" } },)";
  }
  std::string text = replaced("\"nodes\": {\n", "\"nodes\": {" + nodes + "\n");
  const std::string first_rule = R"("collect": { "effect")";
  text.insert(text.find(first_rule), rules);
  EXPECT_EQ(messages(text),
            "scenario.json:74:5: /policies/0: the rules tell 300 classes of sources apart, more "
            "than 256\n"
            "  help: write fewer or coarser `data_from` and inferences\n"
            "scenario.json:96:5: /policies/1: the rules tell 300 classes of sources apart, more "
            "than 256\n"
            "  help: write fewer or coarser `data_from` and inferences\n");
}

}  // namespace
}  // namespace onward::tests
