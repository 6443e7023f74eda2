// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/messages.hpp"

namespace onward::tests {
namespace {

/// Messages about harms, benefits and the headline.
const MessageCase outcomes_cases[] = {
    {"a harm that nothing causes",
     R"("while": { "node": "subject.origin", "knows": "asylum_status" },)"
     "\n"
     R"(      "absolute": true,)"
     "\n"
     R"(      "hazard": { "value": 0.001, "low": 0.0001, "high": 0.01, "dist": )"
     R"("log-uniform",)"
     "\n"
     R"(        "evidence": "illustrative" },)",
     "",
     "scenario.json:105:31: /outcomes/harms/persecution: nothing causes the harm `persecution`\n"
     "  help: add `while` and `hazard`, `raised` or `background`\n"},
    {"a harm that is lowered and monotone",
     R"("absolute": true,)"
     "\n"
     R"(      "hazard")",
     R"("monotone": true, "lowered": [ { "while": { "node": "border", "knows": "identity" )"
     R"(}, "factor": { "value": 0.5, "evidence": { "kind": "law", "source": "s" } } } ],)"
     "\n"
     R"(      "hazard")",
     "scenario.json:106:19: /outcomes/harms/persecution/monotone: the harm is not monotone: "
     "something that is known or held makes it less likely\n"
     "  help: delete `monotone`, or what is `lowered` and each `not`\n"},
    {"a harm that leads to an unknown state", R"("then": { "go": "grant" })",
     R"("then": { "go": "grnt" })",
     "scenario.json:109:69: /outcomes/harms/persecution/then/go: unknown state `grnt`\n"
     "  help: did you mean `grant`?\n"},
    {"a harm to an unknown person", R"("who": { "attribute": "age", "is": "adult" })",
     R"("who": { "attribute": "age", "is": "adolt" })",
     "scenario.json:109:42: /outcomes/harms/persecution/who/is: unknown value of `age`: "
     "`adolt`\n"
     "  help: did you mean `adult`?\n"},
    {"a condition on an unknown category",
     R"("knows": "asylum_status" },)"
     "\n"
     R"(      "absolute")",
     R"("knows": "asylum" },)"
     "\n"
     R"(      "absolute")",
     "scenario.json:105:79: /outcomes/harms/persecution/while/knows: unknown category "
     "`asylum`\n"
     "  help: the categories are `hit`, `no_hit`, `identity` and `asylum_status`\n"},
    {"a condition without a node", R"("while": { "node": "subject.origin", "knows")",
     R"("while": { "knows")",
     "scenario.json:105:42: /outcomes/harms/persecution/while: this does not say which node "
     "it is about\n"
     "  help: add `node`, `tag` or `kind`\n"},
    {"a condition without what the node does",
     R"("node": "subject.origin", "knows": "asylum_status" },)"
     "\n"
     R"(      "absolute")",
     R"("node": "subject.origin" },)"
     "\n"
     R"(      "absolute")",
     "scenario.json:105:44: /outcomes/harms/persecution/while/node: this does not say what "
     "the node knows, holds, receives or believes\n"
     "  help: add one of `knows`, `holds`, `receives` and `believes`\n"},
    {"a condition with two things that the node does",
     R"("node": "subject.origin", "knows": "asylum_status" },)"
     "\n"
     R"(      "absolute")",
     R"("node": "subject.origin", "knows": "asylum_status", "receives": "identity" },)"
     "\n"
     R"(      "absolute")",
     "scenario.json:105:108: /outcomes/harms/persecution/while/receives: `receives` stands "
     "beside another of `knows`, `holds`, `receives` and `believes`\n"
     "  help: put them into `all` or `any`\n"},
    {"a condition on an unknown purpose",
     R"("purpose": "return" },)"
     "\n"
     R"(      "count")",
     R"("purpose": "retrn" },)"
     "\n"
     R"(      "count")",
     "scenario.json:111:18: /outcomes/benefits/papers/when/purpose: unknown purpose `retrn`\n"
     "  help: did you mean `return`?\n"},
    {"a condition with only a source",
     R"("when": { "node": "subject.origin", "receives": "identity",)"
     "\n"
     R"(      "purpose": "return" })",
     R"("when": { "received_from": { "node": "asylum" } })",
     "scenario.json:110:41: /outcomes/benefits/papers/when/received_from: this does not say "
     "what the node knows, holds, receives or believes\n"
     "  help: add one of `knows`, `holds`, `receives` and `believes`\n"},
    {"a condition with an unknown source",
     R"("receives": "identity",)"
     "\n"
     R"(      "purpose": "return" })",
     R"("receives": "identity", "received_from": { "node": "asylm" } })",
     "scenario.json:110:118: /outcomes/benefits/papers/when/received_from/node: unknown node "
     "`asylm`\n"
     "  help: did you mean `asylum`?\n"},
    {"a mistake inside any all and not",
     R"("when": { "node": "subject.origin", "receives": "identity",)"
     "\n"
     R"(      "purpose": "return" })",
     R"("when": { "any": [ { "all": [ { "attribute": "age", "is": "grown" } ] }, { "not": { )"
     R"("node": "homland", "holds": "identity" } } ] })",
     "scenario.json:110:89: /outcomes/benefits/papers/when/any/0/all/0/is: unknown value of "
     "`age`: `grown`\n"
     "  help: the values are `minor` and `adult`\n"
     "scenario.json:110:123: /outcomes/benefits/papers/when/any/1/not/node: unknown node "
     "`homland`\n"
     "  help: did you mean `homeland`?\n"},
    {"a condition on an unknown attribute",
     R"("when": { "node": "subject.origin", "receives": "identity",)"
     "\n"
     R"(      "purpose": "return" })",
     R"("when": { "attribute": "statos", "is": "refused" })",
     "scenario.json:110:54: /outcomes/benefits/papers/when/attribute: unknown attribute "
     "`statos`\n"
     "  help: did you mean `status`?\n"},
    {"a headline with an unknown harm", R"("harms": ["persecution"])",
     R"("harms": ["prosecution"])",
     "scenario.json:4:27: /headline/harms/0: unknown harm `prosecution`\n"
     "  help: did you mean `persecution`?\n"},
    {"a monotone harm with a not",
     R"("absolute": true,)"
     "\n"
     R"(      "hazard")",
     R"("monotone": true,)"
     "\n"
     R"(      "raised": [ { "while": { "not": { "node": "border", "knows": "identity" } },)"
     "\n"
     R"(        "hazard": { "value": 1, "evidence": { "kind": "law", "source": "s" } } } ],)"
     "\n"
     R"(      "hazard")",
     "scenario.json:106:19: /outcomes/harms/persecution/monotone: the harm is not monotone: "
     "something that is known or held makes it less likely\n"
     "  help: delete `monotone`, or what is `lowered` and each `not`\n"},
};

class OutcomesMessages : public testing::TestWithParam<MessageCase> {};

TEST_P(OutcomesMessages, are_word_for_word) {
  EXPECT_EQ(messages(edited(GetParam())), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(, OutcomesMessages, testing::ValuesIn(outcomes_cases), case_name);

}  // namespace
}  // namespace onward::tests
