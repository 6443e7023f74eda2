// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/messages.hpp"

namespace onward::tests {
namespace {

/// Messages about the vocabulary.
const MessageCase vocabulary_cases[] = {
    {"a category named hit", R"("categories": { "identity": {})",
     R"("categories": { "hit": {}, "identity": {})",
     "scenario.json:6:21: /vocabulary/categories/hit: `hit` exists already\n"
     "  help: it is the answer to a query; choose another name\n"},
    {"a category named no_hit", R"("categories": { "identity": {})",
     R"("categories": { "no_hit": {}, "identity": {})",
     "scenario.json:6:21: /vocabulary/categories/no_hit: `no_hit` exists already\n"
     "  help: it is the answer to a query; choose another name\n"},
    {"an action that exists already", R"("actions": { "send")",
     R"("actions": { "query": { "included_in": "disclose" }, "send")",
     "scenario.json:9:18: /vocabulary/actions/query: `query` exists already\n"
     "  help: choose another name\n"},
    {"an action included in itself", R"("actions": { "send")",
     R"("actions": { "tell": { "included_in": "tell" }, "send")",
     "scenario.json:9:43: /vocabulary/actions/tell/included_in: `tell` is included in itself\n"
     "  help: the chain of `included_in` must end at one of `collect`, `retain`, `query`, "
     "`disclose`, `use` or `match`\n"},
    {"two actions included in each other", R"("actions": { "send")",
     R"("actions": { "tell": { "included_in": "say" }, "say": { "included_in": "tell" }, )"
     R"("send")",
     "scenario.json:9:43: /vocabulary/actions/tell/included_in: `tell` is included in itself\n"
     "  help: the chain of `included_in` must end at one of `collect`, `retain`, `query`, "
     "`disclose`, `use` or `match`\n"},
    {"compatibility of an unknown purpose", R"("from": "border", "to": "asylum", "class")",
     R"("from": "boarder", "to": "exile", "class")",
     "scenario.json:10:34: /vocabulary/compatibility/0/from: unknown purpose `boarder`\n"
     "  help: did you mean `border`?\n"
     "scenario.json:10:51: /vocabulary/compatibility/0/to: unknown purpose `exile`\n"
     "  help: the purposes are `border`, `asylum` and `return`\n"},
    {"an attribute without values", R"("nodes": ["homeland"], "recorded")", R"("recorded")",
     "scenario.json:14:17: /vocabulary/attributes/origin: the attribute has no values\n"
     "  help: give one of `values`, `nodes` and `states`\n"},
    {"an attribute with values of two kinds", R"("nodes": ["homeland"], "recorded")",
     R"("nodes": ["homeland"], "values": ["elsewhere"], "recorded")",
     "scenario.json:14:17: /vocabulary/attributes/origin: the attribute has values of two "
     "kinds\n"
     "  help: give one of `values`, `nodes` and `states`\n"},
    {"an attribute of a node that does not exist", R"("nodes": ["homeland"], "recorded")",
     R"("nodes": ["homelnad"], "recorded")",
     "scenario.json:14:29: /vocabulary/attributes/origin/nodes/0: unknown node `homelnad`\n"
     "  help: did you mean `homeland`?\n"},
    {"an initial value that does not exist", R"("initial": "arrived")", R"("initial": "arived")",
     "scenario.json:13:64: /vocabulary/attributes/status/initial: unknown value of `status`: "
     "`arived`\n"
     "  help: did you mean `arrived`?\n"},
    {"a recording node that does not exist", R"("by": { "border": {)", R"("by": { "bordr": {)",
     "scenario.json:17:17: /vocabulary/attributes/age/recorded/by/bordr: unknown node `bordr`\n"
     "  help: did you mean `border`?\n"},
    {"a true value that does not exist", R"("minor": { "adult": { "value": 1)",
     R"("minr": { "adult": { "value": 1)",
     "scenario.json:18:9: /vocabulary/attributes/age/recorded/by/border/minr: unknown value "
     "of `age`: `minr`\n"
     "  help: did you mean `minor`?\n"},
    {"a recorded value that does not exist", R"("minor": { "adult": { "value": 1)",
     R"("minor": { "grown": { "value": 1)",
     "scenario.json:18:20: /vocabulary/attributes/age/recorded/by/border/minor/grown: "
     "unknown value of `age`: `grown`\n"
     "  help: the values are `minor` and `adult`\n"},
    {"shares that do not add up", R"("minor": { "adult": { "value": 1)",
     R"("minor": { "adult": { "value": 0.25)",
     "scenario.json:18:18: /vocabulary/attributes/age/recorded/by/border/minor: the chances "
     "add up to 0.25, not to 1\n"},
    {"an initial state that does not exist", R"("initial": "north")", R"("initial": "nort")",
     "scenario.json:15:47: /vocabulary/attributes/arrival/initial: unknown value of "
     "`arrival`: `nort`\n"
     "  help: did you mean `north`?\n"},
};

class VocabularyMessages : public testing::TestWithParam<MessageCase> {};

TEST_P(VocabularyMessages, are_word_for_word) {
  EXPECT_EQ(messages(edited(GetParam())), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(, VocabularyMessages, testing::ValuesIn(vocabulary_cases), case_name);

}  // namespace
}  // namespace onward::tests
