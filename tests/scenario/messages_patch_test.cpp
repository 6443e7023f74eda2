// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/messages.hpp"

namespace onward::tests {
namespace {

/// Messages about policies that extend others.
const MessageCase patch_cases[] = {
    {"a second policy of the same id", R"({ "id": "proposal", "extends")",
     R"({ "id": "law", "extends")",
     "scenario.json:96:13: /policies/1/id: a second policy has the id `law`\n"
     "  help: rename one of the two\n"},
    {"a policy that extends an unknown one", R"("extends": "law")", R"("extends": "lav")",
     "scenario.json:96:36: /policies/1/extends: unknown policy `lav`\n"
     "  help: did you mean `law`?\n"},
    {"two policies that extend each other", R"("extends": "law", "patch")",
     R"("extends": "b", "patch": [] }, { "id": "b", "extends": "proposal", "patch")",
     "scenario.json:96:36: /policies/1/extends: `extends` leads back to itself: `proposal` "
     "extends `b` extends `proposal`\n"
     "  help: one of them must stand on its own\n"
     "scenario.json:96:80: /policies/2/extends: `extends` leads back to itself: `b` extends "
     "`proposal` extends `b`\n"
     "  help: one of them must stand on its own\n"},
    {"a patch to nothing", R"("extends": "law", "patch")",
     R"("binds": { "node": "border" }, "strategy": "perm", "rules": {}, "patch")",
     "scenario.json:96:98: /policies/1/patch: a patch needs a policy to change\n"
     "  help: add `extends` with the id of that policy, or write `rules`\n"},
    {"another strategy than that of the law", R"("extends": "law",)",
     R"("extends": "law", "strategy": "perm",)",
     "scenario.json:96:55: /policies/1/strategy: the strategy cannot change from `prohibit` "
     "to `perm`\n"
     "  help: a proposal is compared under the strategy of the law that it changes\n"},
    {"binds layers and rules again", R"("extends": "law",)",
     R"("extends": "law", "binds": { "node": "border" }, "layers": ["one"], "rules": {},)",
     "scenario.json:96:52: /policies/1/binds: `binds` comes from the policy that is extended\n"
     "  help: leave it out\n"
     "scenario.json:96:84: /policies/1/layers: `layers` comes from the policy that is extended\n"
     "  help: leave it out\n"
     "scenario.json:96:102: /policies/1/rules: `rules` comes from the policy that is extended\n"
     "  help: add rules by `patch`\n"},
    {"a patch item that changes nothing",
     R"({ "amend": "collect", "set": { "/duties/retain_days": 50 } })", R"({ "note": "to do" })",
     "scenario.json:103:7: /policies/1/patch/1: this changes nothing\n"
     "  help: write one of `add`, `replace`, `amend` and `withdraw`\n"},
    {"adding a rule that exists", R"({ "add": "push")", R"({ "add": "collect")",
     "scenario.json:97:16: /policies/1/patch/0/add: there is a rule `collect` already\n"
     "  help: use `replace` or `amend`\n"},
    {"replacing a rule that does not exist", R"({ "add": "push")", R"({ "replace": "push")",
     "scenario.json:97:20: /policies/1/patch/0/replace: there is no rule `push`\n"
     "  help: the rules are `collect`, `search`, `no-search`, `secret`, `union-limit` and "
     "`log-all`\n"},
    {"amending a rule with a slip", R"({ "amend": "collect")", R"({ "amend": "colect")",
     "scenario.json:103:18: /policies/1/patch/1/amend: there is no rule `colect`\n"
     "  help: did you mean `collect`?\n"},
    {"withdrawing a rule twice", R"({ "amend": "collect", "set": { "/duties/retain_days": 50 } })",
     R"({ "withdraw": "collect" }, { "withdraw": "collect" })",
     "scenario.json:103:48: /policies/1/patch/2/withdraw: there is no rule `collect`\n"
     "  help: it was withdrawn before\n"},
    {"setting what the rule does not have", R"("/duties/retain_days")", R"("/duty/retain_days")",
     "scenario.json:103:38: /policies/1/patch/1/set/~1duty~1retain_days: the rule has "
     "nothing at `/duty/retain_days`\n"
     "  help: the keys there are `effect`, `action`, `from`, `to`, `purpose`, `layer`, "
     "`duties` and `basis`\n"},
    {"a pointer deeper than the rule", R"("/duties/retain_days")", R"("/effect/deep")",
     "scenario.json:103:38: /policies/1/patch/1/set/~1effect~1deep: the rule has nothing at "
     "`/effect/deep`\n"
     "  help: the pointer goes deeper than the rule does\n"},
    {"setting what does not fit", R"("/duties/retain_days": 50)",
     R"("/duties/retain_days": "fifty")",
     "scenario.json:103:61: /policies/1/patch/1/set/~1duties~1retain_days: expected a whole "
     "number, found the text `fifty`\n"},
    {"setting an unknown key", R"("/duties/retain_days": 50)", R"("/duties/retain": 50)",
     "scenario.json:103:38: /policies/1/patch/1/set/~1duties~1retain: unknown key `retain`\n"
     "  help: the keys here are `aggregate_only`, `authorised_by`, `consent_of_origin`, "
     "`guardian`, `hit_only`, `human_verification`, `log`, `no_onward`, `notify`, "
     "`pseudonymise`, `purpose_only`, `recall` and 4 more\n"},
    {"setting null", R"("/duties/retain_days": 50)", R"("/from": null)",
     "scenario.json:103:47: /policies/1/patch/1/set/~1from: expected a text or an object, "
     "found null\n"
     "  help: a node selector, or the word `subject`: the person herself\n"},
    {"setting the empty key", R"("/duties/retain_days": 50)", R"("/": 50)",
     "scenario.json:103:38: /policies/1/patch/1/set/~1: unknown key ``\n"
     "  help: the keys here are `absolute`, `action`, `basis`, `data`, `data_from`, "
     "`derogates_from`, `duties`, `effect`, `from`, `in_force`, `inferred`, `label` and 7 more\n"},
    {"appending an unknown action", R"("/duties/retain_days": 50)", R"("/action/-": "qery")",
     "scenario.json:103:51: /policies/1/patch/1/set/~1action~1-: unknown action `qery`\n"
     "  help: did you mean `query`?\n"},
    {"appending a repeated action", R"("/duties/retain_days": 50)", R"("/action/-": "retain")",
     "scenario.json:103:51: /policies/1/patch/1/set/~1action~1-: `retain` is listed twice\n"
     "  help: delete one of the two\n"},
    {"an error in what a patch adds is said once for all that extend it",
     R"("purpose": "return", "subjects")", R"("purpose": "retrun", "subjects")",
     "scenario.json:99:50: /policies/1/patch/0/rule/purpose: unknown purpose `retrun`\n"
     "  help: did you mean `return`?\n"},
    {"two changes in one item", R"({ "amend": "collect", "set": { "/duties/retain_days": 50 } })",
     R"({ "add": "x", "withdraw": "collect", "rule": { "effect": "permit", "action": "use",)"
     "\n"
     R"(        "basis": { "status": "invented", "citation": "s. 31" } } })",
     "scenario.json:103:7: /policies/1/patch/1: this is more than one change\n"
     "  help: write one of `add`, `replace`, `amend` and `withdraw`\n"},
    {"a rule beside a withdrawal",
     R"({ "amend": "collect", "set": { "/duties/retain_days": 50 } })",
     R"({ "withdraw": "collect", "rule": { "effect": "permit", "action": "use",)"
     "\n"
     R"(        "basis": { "status": "invented", "citation": "s. 31" } } })",
     "scenario.json:103:32: /policies/1/patch/1/rule: `rule` means nothing beside `withdraw`\n"},
    {"a rule beside an amendment",
     R"({ "amend": "collect", "set": { "/duties/retain_days": 50 } })",
     R"({ "amend": "collect", "set": { "/label": "x" }, "rule": { "effect": "permit", )"
     R"("action": "use",)"
     "\n"
     R"(        "basis": { "status": "invented", "citation": "s. 31" } } })",
     "scenario.json:103:55: /policies/1/patch/1/rule: `rule` means nothing beside `amend`\n"},
};

class PatchMessages : public testing::TestWithParam<MessageCase> {};

TEST_P(PatchMessages, are_word_for_word) {
  EXPECT_EQ(messages(edited(GetParam())), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(, PatchMessages, testing::ValuesIn(patch_cases), case_name);

}  // namespace
}  // namespace onward::tests
