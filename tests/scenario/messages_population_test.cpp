// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/messages.hpp"

namespace onward::tests {
namespace {

/// Messages about people, journeys and the cast.
const MessageCase population_cases[] = {
    {"nobody", R"("people": 10)", R"("people": 0)",
     "scenario.json:57:15: /population/groups: the population is empty\n"
     "  help: give at least one group with `people` of 1 or more\n"},
    {"two ways of entering", R"("enter_day": 0)", R"("enter_day": 0, "enter_days": [1, 2])",
     "scenario.json:57:76: /population/groups/claimants/enter_days: both `enter_day` and "
     "`enter_days` are given\n"
     "  help: delete one of the two\n"},
    {"entry that ends before it begins", R"("enter_day": 0)", R"("enter_days": [9, 2])",
     "scenario.json:57:60: /population/groups/claimants/enter_days: the last day of entry is "
     "before the first\n"},
    {"entry after the horizon", R"("enter_day": 0)", R"("enter_day": 465)",
     "scenario.json:57:59: /population/groups/claimants/enter_day: this group enters after "
     "the horizon, so it never counts\n"},
    {"entry between days after the horizon", R"("enter_day": 0)", R"("enter_days": [500, 600])",
     "scenario.json:57:60: /population/groups/claimants/enter_days: this group enters after "
     "the horizon, so it never counts\n"},
    {"an unknown journey", R"("journey": "claim",)", R"("journey": "clam",)",
     "scenario.json:57:73: /population/groups/claimants/journey: unknown journey `clam`\n"
     "  help: did you mean `claim`?\n"},
    {"a group without the value of an attribute", R"("attributes": { "origin": "homeland", "age")",
     R"("attributes": { "age")",
     "scenario.json:57:30: /population/groups/claimants: the group `claimants` has no value "
     "of `origin`\n"
     "  help: add it to `attributes`, or give the attribute an `initial` value\n"},
    {"a group with an unknown attribute", R"("attributes": { "origin": "homeland", "age")",
     R"("attributes": { "orgin": "homeland", "origin": "homeland", "age")",
     "scenario.json:59:23: /population/groups/claimants/attributes/orgin: unknown attribute "
     "`orgin`\n"
     "  help: did you mean `origin`?\n"},
    {"a group with an unknown value", R"("attributes": { "origin": "homeland", "age")",
     R"("attributes": { "origin": "homland", "age")",
     "scenario.json:59:33: /population/groups/claimants/attributes/origin: unknown value of "
     "`origin`: `homland`\n"
     "  help: did you mean `homeland`?\n"},
    {"a group with shares of an unknown value", R"("age": { "adult": { "value": 1)",
     R"("age": { "grown": { "value": 1)",
     "scenario.json:59:54: /population/groups/claimants/attributes/age/grown: unknown value "
     "of `age`: `grown`\n"
     "  help: the values are `minor` and `adult`\n"},
    {"a group whose shares do not add up", R"("age": { "adult": { "value": 1)",
     R"("age": { "adult": { "value": 0.123456789)",
     "scenario.json:59:52: /population/groups/claimants/attributes/age: the chances add up to "
     "0.123457, not to 1\n"},
    {"a first state that does not exist", R"("first": "arrives")", R"("first": "arrive")",
     "scenario.json:65:39: /population/journeys/claim/first: unknown state `arrive`\n"
     "  help: did you mean `arrives`?\n"},
    {"a next state that does not exist", R"("to": "grant", "after_days")",
     R"("to": "grants", "after_days")",
     "scenario.json:69:17: /population/journeys/claim/states/arrives/next/1/to: unknown state "
     "`grants`\n"
     "  help: did you mean `grant`?\n"},
    {"a state that nobody can reach", R"("grant": {} })", R"("grant": {}, "exile": {} })",
     "scenario.json:70:67: /population/journeys/claim/states/exile: nobody can reach the "
     "state `exile`\n"
     "  help: lead to it from a state after `arrives`, or delete it\n"},
    {"a way on without a chance that is not the last",
     R"("after_days": 90, "chance": { "value": 0.4, "low": 0.3, "high": 0.5,)"
     "\n"
     R"(          "evidence": "illustrative" })",
     R"("after_days": 90)",
     "scenario.json:67:9: /population/journeys/claim/states/arrives/next/0: only the last way "
     "on can do without `chance`\n"
     "  help: it takes what is left\n"},
    {"chances above one", R"("after_days": 80 })",
     R"("after_days": 80, "chance": { "value": 0.7, "evidence": { "kind": "law", "source": )"
     R"("s" } } })",
     "scenario.json:66:89: /population/journeys/claim/states/arrives/next: the chances add up "
     "to 1.1, more than 1\n"
     "  help: a last way on without `chance` takes what is left\n"},
    {"chances below one", R"("after_days": 80 })",
     R"("after_days": 80, "chance": { "value": 0.5, "evidence": { "kind": "law", "source": )"
     R"("s" } } })",
     "scenario.json:66:89: /population/journeys/claim/states/arrives/next: the chances add up "
     "to 0.9, less than 1\n"
     "  help: a last way on without `chance` takes what is left\n"},
    {"two ways to one state", R"({ "to": "grant", "after_days": 80 })",
     R"({ "to": "refusal", "after_days": 80 })",
     "scenario.json:69:17: /population/journeys/claim/states/arrives/next/1/to: two ways lead "
     "from `arrives` to `refusal`\n"
     "  help: make one of the two, with the sum of their chances\n"},
    {"a round in which no time passes", R"("grant": {} })",
     R"("grant": { "next": [{ "to": "exile", "after_days": 0 }] }, "exile": { "next": [{ "to": "grant", )"
     R"("after_days": { "dist": "uniform", "low": 0, "high": 0 } }] } })",
     "scenario.json:70:54: /population/journeys/claim/states/grant: from the state `grant` on "
     "people go from state to state for ever and no time passes\n"
     "  help: give a way on `after_days`, or let one state be the last\n"},
    {"an encounter at an unknown node", R"("at": "border")", R"("at": "boarder")",
     "scenario.json:66:26: /population/journeys/claim/states/arrives/at: unknown node "
     "`boarder`\n"
     "  help: did you mean `border`?\n"},
    {"an encounter at the node of an unknown attribute", R"("at": "border")",
     R"("at": "subject.orgin")",
     "scenario.json:66:26: /population/journeys/claim/states/arrives/at: unknown attribute "
     "`orgin`\n"
     "  help: did you mean `origin`?\n"},
    {"an encounter that collects an unknown category", R"("collects": "identity")",
     R"("collects": "identities")",
     "scenario.json:66:48: /population/journeys/claim/states/arrives/collects: unknown "
     "category `identities`\n"
     "  help: did you mean `identity`?\n"},
    {"an encounter with an unknown purpose", R"("collects": "identity", "purpose": "border")",
     R"("collects": "identity", "purpose": "broder")",
     "scenario.json:66:71: /population/journeys/claim/states/arrives/purpose: unknown purpose "
     "`broder`\n"
     "  help: did you mean `border`?\n"},
    {"a state that sets an unknown attribute", R"("set": { "status": "refused" })",
     R"("set": { "statu": "refused" })",
     "scenario.json:70:29: /population/journeys/claim/states/refusal/set/statu: unknown "
     "attribute `statu`\n"
     "  help: did you mean `status`?\n"},
    {"a state that sets an unknown value", R"("set": { "status": "refused" })",
     R"("set": { "status": "refusd" })",
     "scenario.json:70:39: /population/journeys/claim/states/refusal/set/status: unknown "
     "value of `status`: `refusd`\n"
     "  help: did you mean `refused`?\n"},
    {"a link of an unknown group", R"("of": "claimants")", R"("of": "claimant")",
     "scenario.json:61:37: /population/links/relatives/of: unknown group `claimant`\n"
     "  help: did you mean `claimants`?\n"},
    {"stock of an unknown group", R"("group": "claimants", "node")",
     R"("group": "claiments", "node")",
     "scenario.json:62:36: /population/stock/files/group: unknown group `claiments`\n"
     "  help: did you mean `claimants`?\n"},
    {"stock at an unknown node", R"("node": "asylum", "data")", R"("node": "asilum", "data")",
     "scenario.json:62:57: /population/stock/files/node: unknown node `asilum`\n"
     "  help: did you mean `asylum`?\n"},
    {"stock of an unknown category", R"("node": "asylum", "data": "identity")",
     R"("node": "asylum", "data": "idenity")",
     "scenario.json:62:75: /population/stock/files/data: unknown category `idenity`\n"
     "  help: did you mean `identity`?\n"},
    {"stock for an unknown purpose",
     R"("data": "identity",)"
     "\n"
     R"(      "purpose": "asylum")",
     R"("data": "identity",)"
     "\n"
     R"(      "purpose": "asilum")",
     "scenario.json:63:18: /population/stock/files/purpose: unknown purpose `asilum`\n"
     "  help: did you mean `asylum`?\n"},
    {"a cast member of an unknown group", R"("cast": { "Abrenis": { "group": "claimants")",
     R"("cast": { "Abrenis": { "group": "claimant")",
     "scenario.json:71:35: /cast/Abrenis/group: unknown group `claimant`\n"
     "  help: did you mean `claimants`?\n"},
    {"a cast member with an unknown attribute", R"("attributes": { "age": "adult" })",
     R"("attributes": { "agee": "adult" })",
     "scenario.json:71:64: /cast/Abrenis/attributes/agee: unknown attribute `agee`\n"
     "  help: did you mean `age`?\n"},
    {"a cast member with an unknown value", R"("attributes": { "age": "adult" })",
     R"("attributes": { "age": "adlt" })",
     "scenario.json:71:71: /cast/Abrenis/attributes/age: unknown value of `age`: `adlt`\n"
     "  help: did you mean `adult`?\n"},
    {"a cast member who chooses an unknown state", R"("choices": { "arrives": "refusal" })",
     R"("choices": { "arrives": "refused" })",
     "scenario.json:72:29: /cast/Abrenis/choices/arrives: unknown state `refused`\n"
     "  help: did you mean `refusal`?\n"},
    {"a cast member who chooses at an unknown state", R"("choices": { "arrives": "refusal" })",
     R"("choices": { "arrived": "refusal" })",
     "scenario.json:72:18: /cast/Abrenis/choices/arrived: unknown state `arrived`\n"
     "  help: did you mean `arrives`?\n"},
    {"a cast member who chooses what does not follow", R"("choices": { "arrives": "refusal" })",
     R"("choices": { "refusal": "grant" })",
     "scenario.json:72:29: /cast/Abrenis/choices/refusal: `grant` does not follow `refusal`\n"},
};

class PopulationMessages : public testing::TestWithParam<MessageCase> {};

TEST_P(PopulationMessages, are_word_for_word) {
  EXPECT_EQ(messages(edited(GetParam())), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(, PopulationMessages, testing::ValuesIn(population_cases), case_name);

}  // namespace
}  // namespace onward::tests
