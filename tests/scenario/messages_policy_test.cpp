// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/messages.hpp"

namespace onward::tests {
namespace {

/// Messages about policies and their lint.
const MessageCase policy_cases[] = {
    {"a policy that binds nobody", R"("binds": { "jurisdiction": "EU" })",
     R"("binds": { "jurisdiction": "EU", "kind": "third_country" })",
     "scenario.json:74:29: /policies/0/binds: warning: this selects no node, so the policy "
     "governs nothing\n"},
    {"a policy whose reach depends on the person", R"("binds": { "jurisdiction": "EU" })",
     R"("binds": { "node": "subject.origin" })",
     "scenario.json:74:29: /policies/0/binds: whom a policy binds cannot depend on the person\n"},
    {"an unknown action of a rule", R"("action": ["collect", "retain"])",
     R"("action": ["collect", "retian"])",
     "scenario.json:76:62: /policies/0/rules/collect/action/1: unknown action `retian`\n"
     "  help: did you mean `retain`?\n"},
    {"a rule that collects from a node", R"("action": ["collect", "retain"], "from": "subject")",
     R"("action": "collect", "from": { "node": "police" })",
     "scenario.json:76:69: /policies/0/rules/collect/from: data is collected from the person "
     "herself\n"
     R"(  help: write `"from": "subject"`, or leave it out)"
     "\n"},
    {"a rule that selects no node",
     R"("from": { "node": "border" }, "data": "identity",)"
     "\n"
     R"(        "to")",
     R"("from": { "node": "border", "kind": "carrier" }, "data": "identity",)"
     "\n"
     R"(        "to")",
     "scenario.json:98:17: /policies/1/patch/0/rule/from: warning: this selects no node, so "
     "the rule never matches\n"},
    {"a rule to no node", R"("to": { "node": "homeland" }, "purpose": "return")",
     R"("to": { "node": "homeland", "tag": "frontline" }, "purpose": "return")",
     "scenario.json:99:15: /policies/1/patch/0/rule/to: warning: this selects no node, so the "
     "rule never matches\n"},
    {"an unknown category of a rule",
     R"("data": "asylum_status",)"
     "\n"
     R"(        "to")",
     R"("data": "asylum-status",)"
     "\n"
     R"(        "to")",
     "scenario.json:87:71: /policies/0/rules/secret/data: unknown category `asylum-status`\n"
     "  help: did you mean `asylum_status`?\n"},
    {"an unknown purpose of a rule", R"("purpose": "border", "layer")",
     R"("purpose": "bordr", "layer")",
     "scenario.json:78:20: /policies/0/rules/collect/purpose: unknown purpose `bordr`\n"
     "  help: did you mean `border`?\n"},
    {"an unknown attribute of a rule", R"("subjects": { "attribute": "status")",
     R"("subjects": { "attribute": "stat")",
     "scenario.json:99:87: /policies/1/patch/0/rule/subjects/attribute: unknown attribute "
     "`stat`\n"
     "  help: the attributes are `status`, `origin`, `arrival` and `age`\n"},
    {"an unknown value of a rule", R"("is": "refused" })", R"("is": "refuse" })",
     "scenario.json:100:17: /policies/1/patch/0/rule/subjects/is: unknown value of `status`: "
     "`refuse`\n"
     "  help: did you mean `refused`?\n"},
    {"data from what it did not come through", R"("action": "use", "layer")",
     R"("action": "use", "data_from": { "not": { "node": "border" } }, "layer")",
     "scenario.json:91:76: /policies/0/rules/union-limit/data_from: this says only what the "
     "data did not come through\n"
     "  help: all data came through something else as well; name what it came through, or "
     "write a prohibition for data from the rest\n"},
    {"data from no node", R"("action": "use", "layer")",
     R"("action": "use", "data_from": { "node": "border", "kind": "carrier" }, "layer")",
     "scenario.json:91:76: /policies/0/rules/union-limit/data_from: warning: this selects no "
     "node, so the rule never matches\n"},
    {"data from an unknown node", R"("action": "use", "layer")",
     R"("action": "use", "data_from": { "node": "bordr" }, "layer")",
     "scenario.json:91:86: /policies/0/rules/union-limit/data_from/node: unknown node `bordr`\n"
     "  help: did you mean `border`?\n"},
    {"a rule that begins on no day", R"("in_force": { "from": "2026-01-01" })",
     R"("in_force": { "from": "2026-13-01" })",
     "scenario.json:92:31: /policies/0/rules/union-limit/in_force/from: `2026-13-01` is not a "
     "day of the calendar\n"},
    {"a rule that ends before it begins", R"("in_force": { "from": "2026-01-01" })",
     R"("in_force": { "from": "2026-01-01", "until": "2025-12-31" })",
     "scenario.json:92:54: /policies/0/rules/union-limit/in_force/until: the rule ends on "
     "2025-12-31, before it begins on 2026-01-01\n"},
    {"a sunset before the beginning", R"("when": { "urgency": true },)",
     R"("when": { "urgency": true }, "in_force": { "from": "2027-01-02" },)",
     "scenario.json:84:21: /policies/0/rules/search/duties/sunset: the rule ends on "
     "2027-01-01, before it begins on 2027-01-02\n"},
    {"a prohibition that derogates", R"("action": "use", "layer")",
     R"("action": "use", "derogates_from": "secret", "layer")",
     "scenario.json:91:63: /policies/0/rules/union-limit/derogates_from: `derogates_from` is "
     "only for a permit\n"},
    {"a prohibition with duties", R"("action": "use", "layer")",
     R"("action": "use", "duties": { "log": true }, "layer")",
     "scenario.json:91:63: /policies/0/rules/union-limit/duties: a prohibition has no duties\n"
     "  help: what must be done when something is permitted is a rule with effect `require`\n"},
    {"an unknown layer", R"("layer": "union")", R"("layer": "onion")",
     "scenario.json:91:72: /policies/0/rules/union-limit/layer: unknown layer `onion`\n"
     "  help: did you mean `union`?\n"},
    {"a derogation from an unknown rule", R"("derogates_from": "no-search")",
     R"("derogates_from": "no-serch")",
     "scenario.json:81:27: /policies/0/rules/search/derogates_from: unknown rule `no-serch`\n"
     "  help: did you mean `no-search`?\n"},
    {"a derogation from a permit", R"("derogates_from": "no-search")",
     R"("derogates_from": "collect")",
     "scenario.json:81:27: /policies/0/rules/search/derogates_from: `collect` is no "
     "prohibition\n"
     "  help: only a prohibition can be derogated from\n"},
    {"a derogation from an absolute prohibition", R"("derogates_from": "no-search")",
     R"("derogates_from": "secret")",
     "scenario.json:81:27: /policies/0/rules/search/derogates_from: `secret` (s. 13) is "
     "absolute: nothing can derogate from it\n"
     "  help: take it out of `derogates_from`, and narrow the permit to what is not prohibited\n"},
    {"a derogation from a higher layer", R"("derogates_from": "no-search")",
     R"("derogates_from": "union-limit")",
     "scenario.json:81:27: /policies/0/rules/search/derogates_from: `union-limit` (s. 14) is "
     "of the higher layer `union`, the permit of `national`\n"
     "  help: a rule derogates only from its own layer or lower ones\n"},
    {"a desk of an unknown node", R"("of": "border", "desk")", R"("of": "bordr", "desk")",
     "scenario.json:83:46: /policies/0/rules/search/duties/authorised_by/of: unknown node "
     "`bordr`\n"
     "  help: did you mean `border`?\n"},
    {"a desk of a node without desks", R"("of": "border", "desk")", R"("of": "asylum", "desk")",
     "scenario.json:83:64: /policies/0/rules/search/duties/authorised_by/desk: the node "
     "`asylum` has no desk `review`\n"
     "  help: there are no desks there yet\n"},
    {"an unknown desk of the actor", R"("of": "border", "desk": "review")",
     R"("of": "actor", "desk": "revue")",
     "scenario.json:83:63: /policies/0/rules/search/duties/authorised_by/desk: no node has a "
     "desk `revue`\n"},
    {"a desk that not every recipient has",
     R"("when": { "urgency": true },)"
     "\n"
     R"(        "derogates_from": "no-search", "layer": "national", "basis": { "status": )"
     R"("invented",)"
     "\n"
     R"(          "citation": "s. 11" },)"
     "\n"
     R"(        "duties": { "authorised_by": { "of": "border")",
     R"("to": { "tag": "frontline" },)"
     "\n"
     R"(        "derogates_from": "no-search", "layer": "national", "basis": { "status": )"
     R"("invented",)"
     "\n"
     R"(          "citation": "s. 11" },)"
     "\n"
     R"(        "duties": { "authorised_by": { "of": "to")",
     "scenario.json:83:60: /policies/0/rules/search/duties/authorised_by/desk: the node "
     "`asylum` has no desk `review`\n"
     "  help: there are no desks there yet\n"},
    {"a desk that not every sender has",
     R"("when": { "urgency": true },)"
     "\n"
     R"(        "derogates_from": "no-search", "layer": "national", "basis": { "status": )"
     R"("invented",)"
     "\n"
     R"(          "citation": "s. 11" },)"
     "\n"
     R"(        "duties": { "authorised_by": { "of": "border")",
     R"("from": { "tag": "frontline" },)"
     "\n"
     R"(        "derogates_from": "no-search", "layer": "national", "basis": { "status": )"
     R"("invented",)"
     "\n"
     R"(          "citation": "s. 11" },)"
     "\n"
     R"(        "duties": { "authorised_by": { "of": "from")",
     "scenario.json:83:62: /policies/0/rules/search/duties/authorised_by/desk: the node "
     "`asylum` has no desk `review`\n"
     "  help: there are no desks there yet\n"},
    {"a desk that grants by an unknown attribute", R"("desk": "review" })",
     R"("desk": "review", "grants_by": { "attribute": "aga", "chances": { "x": { "value": )"
     R"(1, "evidence": { "kind": "law", "source": "s" } } } } })",
     "scenario.json:83:102: "
     "/policies/0/rules/search/duties/authorised_by/grants_by/attribute: unknown attribute "
     "`aga`\n"
     "  help: did you mean `age`?\n"},
    {"a desk that grants by an unknown value", R"("desk": "review" })",
     R"("desk": "review", "grants_by": { "attribute": "age", "chances": { "adlt": { )"
     R"("value": 1, "evidence": { "kind": "law", "source": "s" } } } } })",
     "scenario.json:83:122: "
     "/policies/0/rules/search/duties/authorised_by/grants_by/chances/adlt: unknown value of "
     "`age`: `adlt`\n"
     "  help: did you mean `adult`?\n"},
    {"a desk that is asked afterwards on an unknown fact", R"("desk": "review" })",
     R"("desk": "review", "ex_post": { "when": { "urgncy": true }, "within_days": 2 } })",
     "scenario.json:83:97: /policies/0/rules/search/duties/authorised_by/ex_post/when/urgncy: "
     "unknown fact `urgncy`\n"
     "  help: did you mean `urgency`?\n"},
    {"a sunset on no day", R"("sunset": "2027-01-01")", R"("sunset": "2027-02-29")",
     "scenario.json:84:21: /policies/0/rules/search/duties/sunset: `2027-02-29` is not a day "
     "of the calendar\n"},
    {"an unknown category that is redacted", R"("sunset": "2027-01-01")", R"("redact": "face")",
     "scenario.json:84:21: /policies/0/rules/search/duties/redact: unknown category `face`\n"
     "  help: the categories are `hit`, `no_hit`, `identity` and `asylum_status`\n"},
    {"a policy without what it needs",
     R"("binds": { "jurisdiction": "EU" }, "strategy": "prohibit", )", "",
     "scenario.json:74:5: /policies/0: `binds` is missing\n"
     "  help: a policy that extends no other needs `binds`, `strategy` and `rules`\n"
     "scenario.json:74:5: /policies/0: `strategy` is missing\n"
     "  help: a policy that extends no other needs `binds`, `strategy` and `rules`\n"},
    {"a policy without rules", R"({ "id": "proposal", "extends": "law",)",
     R"({ "id": "empty", "binds": { "jurisdiction": "EU" }, "strategy": "perm" }, { "id": )"
     R"("proposal", "extends": "law",)",
     "scenario.json:96:5: /policies/1: `rules` is missing\n"
     "  help: a policy that extends no other needs `binds`, `strategy` and `rules`\n"},
    {"a policy that transfers without a ground",
     ",\n"
     R"x(          "transfer_ground": "GDPR 49(1)(d)")x",
     "",
     "scenario.json:97:16: /policies/1/patch/0/add: warning: `push` transfers to a third "
     "country without a ground\n"
     "  help: write `transfer_ground` in its `basis`, such as `GDPR 49(1)(d)` or `LED 38`\n"},
    {"a public authority that relies on consent", R"x("ground": "GDPR 6(1)(e)")x",
     R"x("ground": "GDPR 6(1)(a)")x",
     "scenario.json:97:16: /policies/1/patch/0/add: warning: `push` lets a public authority "
     "rely on consent\n"
     "  help: where there is a clear imbalance consent is hardly given freely (GDPR recital "
     "43)\n"},
    {"a rule that leads out of the GDPR", R"("to": { "node": "homeland" }, "purpose": "return")",
     R"("to": { "node": "police" }, "purpose": "return")",
     "scenario.json:97:16: /policies/1/patch/0/add: warning: `push` leads from the regime of "
     "the GDPR into that of the LED\n"
     "  help: another law governs the recipient; say in the rule's `unmodelled` what the LED "
     "changes\n"},
    {"a rule that leads out of the LED",
     R"("from": { "node": "border" }, "data": "identity",)"
     "\n"
     R"(        "to": { "node": "homeland" })",
     R"("from": { "node": "police" }, "data": "identity",)"
     "\n"
     R"(        "to": { "node": "border" })",
     "scenario.json:97:16: /policies/1/patch/0/add: warning: `push` leads from the regime of "
     "the LED into that of the GDPR\n"
     "  help: another law governs the recipient; say in the rule's `unmodelled` what the GDPR "
     "changes\n"},
    {"a permit in a patch against an absolute prohibition",
     R"("from": { "node": "border" }, "data": "identity",)"
     "\n"
     R"(        "to": { "node": "homeland" }, "purpose": "return")",
     R"("from": { "node": "asylum" }, "data": "identity",)"
     "\n"
     R"(        "to": { "node": "homeland" }, "purpose": "return")",
     "scenario.json:97:16: /policies/1/patch/0/add: `push` permits what `secret` (s. 13) "
     "prohibits: send `identity` from `asylum` to `homeland` for `return`\n"
     "  help: the prohibition is absolute: narrow the permit, or withdraw or amend the "
     "prohibition in the patch\n"},
    {"a permit in a patch against a prohibition that can be derogated from",
     R"("action": "send",)"
     "\n"
     R"(        "from": { "node": "border" })",
     R"("action": "query",)"
     "\n"
     R"(        "from": { "node": "border" })",
     "scenario.json:97:16: /policies/1/patch/0/add: `push` permits what `no-search` (s. 12) "
     "prohibits: query `identity` from `border` to `homeland` for `return`\n"
     "  help: name `no-search` in `derogates_from`, withdraw or amend it in the patch, or "
     "narrow the permit\n"},
    {"a permit to retain against what is bought by use",
     R"("action": "send",)"
     "\n"
     R"(        "from": { "node": "border" }, "data": "identity",)"
     "\n"
     R"(        "to": { "node": "homeland" })",
     R"("action": "use",)"
     "\n"
     R"(        "from": { "node": "border" }, "data": "identity",)"
     "\n"
     R"(        "to": { "node": "border" })",
     "scenario.json:97:16: /policies/1/patch/0/add: `push` permits what `union-limit` (s. 14) "
     "prohibits: use `identity` from `border` to `border` for `return`\n"
     "  help: name `union-limit` in `derogates_from`, withdraw or amend it in the patch, or "
     "narrow the permit\n"},
    {"a permit that is absolute and infers", R"("when": { "urgency": true },)",
     R"("when": { "urgency": true },)"
     "\n"
     R"(        "absolute": true, "inferred": true,)",
     "scenario.json:81:9: /policies/0/rules/search/absolute: `absolute` is only for a "
     "prohibition\n"
     "scenario.json:81:27: /policies/0/rules/search/inferred: `inferred` is only for a "
     "prohibition\n"},
    {"a guardian at an unknown node", R"("desk": "review" },)",
     R"("desk": "review" },)"
     "\n"
     R"(          "guardian": { "of": "gaurdian", "desk": "review" },)",
     "scenario.json:84:31: /policies/0/rules/search/duties/guardian/of: unknown node "
     "`gaurdian`\n"
     "  help: the nodes are `border`, `asylum`, `register`, `police`, `homeland`, "
     "`north.office` and `south.office`\n"},
    {"consent of an unknown desk", R"("desk": "review" },)",
     R"("desk": "review" },)"
     "\n"
     R"(          "consent_of_origin": { "of": "origin", "desk": "consent" },)",
     "scenario.json:84:58: /policies/0/rules/search/duties/consent_of_origin/desk: no node "
     "has a desk `consent`\n"},
    {"verification at an unknown desk", R"("desk": "review" },)",
     R"("desk": "review" },)"
     "\n"
     R"(          "human_verification": { "of": "border", "desk": "reviev" },)",
     "scenario.json:84:59: /policies/0/rules/search/duties/human_verification/desk: the node "
     "`border` has no desk `reviev`\n"
     "  help: did you mean `review`?\n"},
};

class PolicyMessages : public testing::TestWithParam<MessageCase> {};

TEST_P(PolicyMessages, are_word_for_word) {
  EXPECT_EQ(messages(edited(GetParam())), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(, PolicyMessages, testing::ValuesIn(policy_cases), case_name);

}  // namespace
}  // namespace onward::tests
