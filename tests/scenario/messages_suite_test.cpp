// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/messages.hpp"

namespace onward::tests {
namespace {

/// Messages about the tests of a scenario.
const MessageCase suite_cases[] = {
    {"two tests of one name", R"("name": "the number")", R"("name": "no request today")",
     "scenario.json:124:15: /suite/2/name: a second test is called `no request today`\n"
     "  help: the first is in line 116\n"},
    {"a test of nothing", R"("policy": "law", "measure": "harm.persecution", "within": [0, 0.1])",
     R"("policy": "law")",
     "scenario.json:124:5: /suite/2: this tests nothing\n"
     "  help: a test has one of `decide`, `never`, `possible`, `compare`, or `measure` with "
     "`within`\n"},
    {"a measure beside never",
     R"("policy": "law", "measure": "harm.persecution", "within": [0, 0.1])",
     R"("policy": "law", "measure": "harm.persecution", "never": { "node": "border", )"
     R"("knows": "identity" })",
     "scenario.json:124:46: /suite/2/measure: `measure` means nothing beside `never`\n"},
    {"a test of an unknown policy", R"("policy": "proposal", "path")",
     R"("policy": "porposal", "path")",
     "scenario.json:122:50: /suite/1/policy: unknown policy `porposal`\n"
     "  help: did you mean `proposal`?\n"},
    {"a test of two policies one of them unknown", R"("policy": "proposal", "path")",
     R"("policy": ["proposal", "laws"], "path")",
     "scenario.json:122:63: /suite/1/policy/1: unknown policy `laws`\n"
     "  help: did you mean `law`?\n"},
    {"a comparison with an unknown policy", R"("compare": ["law", "proposal"])",
     R"("compare": ["law", "propsal"])",
     "scenario.json:125:48: /suite/3/compare/1: unknown policy `propsal`\n"
     "  help: did you mean `proposal`?\n"},
    {"an unknown measure", R"("measure": "harm.persecution")", R"("measure": "harm.prosecution")",
     "scenario.json:124:57: /suite/2/measure: unknown measure `harm.prosecution`\n"
     "  help: did you mean `harm.persecution`?\n"},
    {"the reach of an unknown category", R"("measure": "harm.persecution")",
     R"("measure": "reach.identities")",
     "scenario.json:124:57: /suite/2/measure: unknown measure `reach.identities`\n"
     "  help: did you mean `reach.identity`?\n"},
    {"an interval that ends before it begins", R"("within": [0, 0.1])", R"("within": [0.1, 0])",
     "scenario.json:124:87: /suite/2/within: the interval ends before it begins\n"},
    {"a difference that ends before it begins", R"("difference": [-1, 1])",
     R"("difference": [1, -1])",
     "scenario.json:126:21: /suite/3/difference: the interval ends before it begins\n"},
    {"a path with an unknown step", R"("path": ["push", "sender-tells"])",
     R"("path": ["pusch", "sender-tells"])",
     "scenario.json:122:71: /suite/1/path/0: unknown rule or inference `pusch`\n"
     "  help: did you mean `push`?\n"},
    {"a condition on an unknown category",
     R"("possible": { "node": "subject.origin", "knows": "asylum_status" })",
     R"("possible": { "node": "subject.origin", "knows": "asylum" })",
     "scenario.json:123:56: /suite/1/possible/knows: unknown category `asylum`\n"
     "  help: the categories are `hit`, `no_hit`, `identity` and `asylum_status`\n"},
    {"a request with an unknown action", R"("decide": { "action": "disclose")",
     R"("decide": { "action": "disclosed")",
     "scenario.json:117:29: /suite/0/decide/action: unknown action `disclosed`\n"
     "  help: did you mean `disclose`?\n"},
    {"a request from an unknown node", R"("from": "asylum", "to": "homeland", "data")",
     R"("from": "asilum", "to": "homeland", "data")",
     "scenario.json:117:49: /suite/0/decide/from: unknown node `asilum`\n"
     "  help: did you mean `asylum`?\n"},
    {"a request to an unknown node", R"("from": "asylum", "to": "homeland", "data")",
     R"("from": "asylum", "to": "homelan", "data")",
     "scenario.json:117:65: /suite/0/decide/to: unknown node `homelan`\n"
     "  help: did you mean `homeland`?\n"},
    {"a disclosure without a sender", R"("from": "asylum", "to": "homeland", "data")",
     R"("to": "homeland", "data")",
     "scenario.json:117:17: /suite/0/decide: `from` must be a node here\n"
     "  help: it is the node that hands over\n"},
    {"a disclosure by the person", R"("from": "asylum", "to": "homeland", "data")",
     R"("from": "subject", "to": "homeland", "data")",
     "scenario.json:117:49: /suite/0/decide/from: `from` must be a node here\n"
     "  help: it is the node that hands over\n"},
    {"a query without the node asked", R"("decide": { "action": "disclose", "from": "asylum", )",
     R"("decide": { "action": "query", )",
     "scenario.json:117:17: /suite/0/decide: `from` must be a node here\n"
     "  help: it is the node asked\n"},
    {"a request to collect from a node", R"("decide": { "action": "disclose")",
     R"("decide": { "action": "collect")",
     "scenario.json:117:48: /suite/0/decide/from: data is collected from the person herself\n"
     R"(  help: write `"from": "subject"`, or leave it out)"
     "\n"},
    {"a request to retain without a sender",
     R"("decide": { "action": "disclose", "from": "asylum", )",
     R"("decide": { "action": "retain", )",
     "scenario.json:117:17: /suite/0/decide: `from` is missing\n"
     "  help: it is the sender, or `subject` for what was collected\n"},
    {"a request about an unknown category", R"("to": "homeland", "data": "identity")",
     R"("to": "homeland", "data": "identiti")",
     "scenario.json:117:85: /suite/0/decide/data: unknown category `identiti`\n"
     "  help: did you mean `identity`?\n"},
    {"a request for an unknown purpose",
     R"("data": "identity",)"
     "\n"
     R"(        "purpose": "return",)"
     "\n"
     R"(        "subject")",
     R"("data": "identity",)"
     "\n"
     R"(        "purpose": "retun",)"
     "\n"
     R"(        "subject")",
     "scenario.json:118:20: /suite/0/decide/purpose: unknown purpose `retun`\n"
     "  help: did you mean `return`?\n"},
    {"a request with an unknown attribute", R"("subject": { "status": "refused" })",
     R"("subject": { "stauts": "refused" })",
     "scenario.json:119:22: /suite/0/decide/subject/stauts: unknown attribute `stauts`\n"
     "  help: did you mean `status`?\n"},
    {"a request with an unknown value", R"("subject": { "status": "refused" })",
     R"("subject": { "status": "refusd" })",
     "scenario.json:119:32: /suite/0/decide/subject/status: unknown value of `status`: "
     "`refusd`\n"
     "  help: did you mean `refused`?\n"},
    {"a request with an unknown provenance", R"("provenance": { "nodes": "border" })",
     R"("provenance": { "nodes": "boder" })",
     "scenario.json:119:70: /suite/0/decide/provenance/nodes: unknown node `boder`\n"
     "  help: did you mean `border`?\n"},
    {"a request with an unknown purpose in its provenance",
     R"("provenance": { "nodes": "border" })", R"("provenance": { "purpose_only": "bordr" })",
     "scenario.json:119:77: /suite/0/decide/provenance/purpose_only: unknown purpose `bordr`\n"
     "  help: did you mean `border`?\n"},
    {"a request with an unknown fact", R"("facts": "urgency")", R"("facts": "urgent")",
     "scenario.json:120:20: /suite/0/decide/facts: unknown fact `urgent`\n"
     "  help: did you mean `urgency`?\n"},
    {"a request over an unknown channel", R"("facts": "urgency", "via": "letter")",
     R"("facts": "urgency", "via": "lettr")",
     "scenario.json:120:38: /suite/0/decide/via: unknown channel `lettr`\n"
     "  help: did you mean `letter`?\n"},
    {"a request on no day", R"("facts": "urgency", "via": "letter")",
     R"("facts": "urgency", "on": "2026-06-31")",
     "scenario.json:120:37: /suite/0/decide/on: `2026-06-31` is not a day of the calendar\n"},
    {"an expectation about an unknown category", R"("expect": { "identity")",
     R"("expect": { "idntity")",
     "scenario.json:121:19: /suite/0/expect/idntity: unknown category `idntity`\n"
     "  help: did you mean `identity`?\n"},
    {"an expectation about what is not asked", R"("expect": { "identity")",
     R"("expect": { "asylum_status")",
     "scenario.json:121:19: /suite/0/expect/asylum_status: the request is not about "
     "`asylum_status`\n"
     "  help: add it to the `data` of `decide`\n"},
    {"a reason for what is not denied", R"("verdict": "deny", "rules": [])",
     R"("verdict": "permit", "rules": [])",
     "scenario.json:121:78: /suite/0/expect/identity/because: `because` is only for the "
     "verdict `deny`\n"},
    {"an expectation of an unknown rule", R"("verdict": "deny", "rules": [])",
     R"("verdict": "deny", "rules": ["serch"])",
     "scenario.json:121:62: /suite/0/expect/identity/rules/0: unknown rule `serch`\n"
     "  help: did you mean `search`?\n"},
    {"an expected article that is an act alone", R"("verdict": "deny", "rules": [])",
     R"("verdict": "deny", "articles": ["Regulation (EU) 2018/1860"])",
     "scenario.json:121:65: /suite/0/expect/identity/articles/0: `Regulation (EU) 2018/1860` is "
     "not one article\n"
     "  help: write the act, `Article` and a number, such as "
     "`Regulation (EU) 2018/1860 Article 15(3)`\n"},
    {"a use between two nodes", R"("decide": { "action": "disclose")",
     R"("decide": { "action": "use")",
     "scenario.json:117:44: /suite/0/decide/from: the data stays with its holder\n"
     "  help: leave `from` out; `to` is the holder\n"},
};

class SuiteMessages : public testing::TestWithParam<MessageCase> {};

TEST_P(SuiteMessages, are_word_for_word) {
  EXPECT_EQ(suite_messages(edited(GetParam())), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(, SuiteMessages, testing::ValuesIn(suite_cases), case_name);

}  // namespace
}  // namespace onward::tests
