// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/messages.hpp"

namespace onward::tests {
namespace {

/// Messages about the world, its numbers and the experiment.
const MessageCase world_cases[] = {
    {"a node named subject", R"("police": {)", R"("subject": {)",
     "scenario.json:36:7: /world/nodes/subject: `subject` cannot be a node\n"
     "  help: the word has a meaning of its own in names\n"},
    {"a node that is also a state", R"("police": {)", R"("north": {)",
     "scenario.json:36:7: /world/nodes/north: `north` is both a node and a state\n"
     "  help: rename one of the two\n"},
    {"a controller that does not exist", R"("controllers": "border")",
     R"("controllers": "boarder")",
     "scenario.json:32:78: /world/nodes/register/controllers: unknown node `boarder`\n"
     "  help: did you mean `border`?\n"},
    {"a processor without controllers",
     R"("controllers": "border",)"
     "\n"
     R"(        "processor": true)",
     R"("processor": true)",
     "scenario.json:32:76: /world/nodes/register/processor: a processor needs `controllers`\n"
     "  help: name those for whom it acts\n"},
    {"a joint controller that does not exist", R"("joint_with": "other.office")",
     R"("joint_with": ["office", "other.bureau"])",
     "scenario.json:40:34: /world/for_each_state/nodes/office/joint_with/1: unknown node "
     "`south.bureau`\n"
     "  help: the nodes are `border`, `asylum`, `register`, `police`, `homeland`, "
     "`north.office` and `south.office`\n"
     "scenario.json:40:34: /world/for_each_state/nodes/office/joint_with/1: unknown node "
     "`north.bureau`\n"
     "  help: the nodes are `border`, `asylum`, `register`, `police`, `homeland`, "
     "`north.office` and `south.office`\n"},
    {"a desk without officers", R"("officers": { "value": 2)", R"("officers": { "value": 0)",
     "scenario.json:25:34: /world/nodes/border/desks/review/officers/value: the desk `review` "
     "has no officers\n"
     "  help: a desk needs at least one, or its cases wait for ever\n"},
    {"a service time without what its distribution needs", R"("service_days": { "mean")",
     R"("service_days": { "dist": "log-normal", "mean")",
     "scenario.json:26:27: /world/nodes/border/desks/review/service_days: `cv` is missing\n"
     "  help: `log-normal` needs it\n"},
    {"a service time with what its distribution does not take", R"("service_days": { "mean")",
     R"("service_days": { "cv": 1, "shape": 2, "mean")",
     "scenario.json:26:29: /world/nodes/border/desks/review/service_days/cv: `cv` means "
     "nothing for `fixed`\n"
     "scenario.json:26:38: /world/nodes/border/desks/review/service_days/shape: `shape` means "
     "nothing for `fixed`\n"},
    {"an erlang service time without stages", R"("service_days": { "mean")",
     R"("service_days": { "dist": "erlang", "cv": 1, "mean")",
     "scenario.json:26:27: /world/nodes/border/desks/review/service_days: `shape` is missing\n"
     "  help: `erlang` needs it\n"
     "scenario.json:26:47: /world/nodes/border/desks/review/service_days/cv: `cv` means "
     "nothing for `erlang`\n"},
    {"a profile of an unknown attribute", R"("profile": { "status")", R"("profile": { "statos")",
     "scenario.json:34:22: /world/nodes/register/profile/statos: unknown attribute `statos`\n"
     "  help: did you mean `status`?\n"},
    {"a profile with an unknown value", R"("refused": { "value": 1, "evidence")",
     R"("denied": { "value": 1, "evidence")",
     "scenario.json:34:34: /world/nodes/register/profile/status/denied: unknown value of "
     "`status`: `denied`\n"
     "  help: the values are `arrived` and `refused`\n"},
    {"a profile whose shares do not add up", R"("refused": { "value": 1, "evidence")",
     R"("refused": { "value": 0.5, "evidence")",
     "scenario.json:34:32: /world/nodes/register/profile/status: the chances add up to 0.5, "
     "not to 1\n"},
    {"a channel from an unknown tag", R"("letter": { "from": { "tag": "frontline" })",
     R"("letter": { "from": { "tag": "fronline" })",
     "scenario.json:41:48: /world/channels/letter/from/tag: no node has the tag `fronline`\n"
     "  help: did you mean `frontline`?\n"},
    {"a channel to an unknown node",
     R"("to": { "node": "homeland" },)"
     "\n"
     R"(      "mode")",
     R"("to": { "node": "homland" },)"
     "\n"
     R"(      "mode")",
     "scenario.json:41:79: /world/channels/letter/to/node: unknown node `homland`\n"
     "  help: did you mean `homeland`?\n"},
    {"an unknown jurisdiction", R"("binds": { "jurisdiction": "EU" })",
     R"("binds": { "jurisdiction": "EV" })",
     "scenario.json:74:47: /policies/0/binds/jurisdiction: no node has the jurisdiction `EV`\n"
     "  help: did you mean `EU`?\n"},
    {"an unknown regime in a selector", R"("from": { "node": "register" })",
     R"("from": { "regime": "gdrp" })",
     "scenario.json:50:84: /world/flows/search/from/regime: no node has the regime `gdrp`\n"
     "  help: did you mean `gdpr`?\n"},
    {"an unknown kind in a selector", R"("from": { "node": "register" })",
     R"("from": { "kind": "databse" })",
     "scenario.json:50:82: /world/flows/search/from/kind: unknown kind of node `databse`\n"
     "  help: did you mean `database`?\n"},
    {"a kind with no node of it", R"("from": { "node": "register" })",
     R"("from": { "kind": "carrier" })",
     "scenario.json:50:72: /world/flows/search/from: warning: this selects no node, so the "
     "flow never happens\n"},
    {"an unknown node in any and not", R"("from": { "node": "register" })",
     R"("from": { "any": [ { "node": "regster" } ], "not": { "node": "polic" } })",
     "scenario.json:50:93: /world/flows/search/from/any/0/node: unknown node `regster`\n"
     "  help: did you mean `register`?\n"
     "scenario.json:50:125: /world/flows/search/from/not/node: unknown node `polic`\n"
     "  help: did you mean `police`?\n"},
    {"a duration with what its distribution does not take",
     R"("dist": "uniform", "low": 1, "high": 2)", R"("dist": "exponential", "mean": 1, "cv": 2)",
     "scenario.json:43:59: /world/channels/letter/latency_days/cv: `cv` means nothing for "
     "`exponential`\n"
     "  help: it takes `mean`\n"},
    {"a duration whose bounds are exchanged", R"("dist": "uniform", "low": 1, "high": 2)",
     R"("dist": "uniform", "low": 2, "high": 1)",
     "scenario.json:43:51: /world/channels/letter/latency_days/low: `low` is more than `high`\n"},
    {"a trigger that is two things", R"("on": { "status": "refused" })",
     R"("on": { "status": "refused", "periodic": 7 })",
     "scenario.json:45:33: /world/flows/ask-for-papers/on: a trigger is exactly one thing, "
     "here are 2\n"
     "  help: write one flow for each trigger\n"},
    {"a trigger on an unknown attribute", R"("on": { "status": "refused" })",
     R"("on": { "status": "refused", "attribute": "state" })",
     "scenario.json:45:69: /world/flows/ask-for-papers/on/attribute: unknown attribute "
     "`state`\n"
     "  help: the attributes are `status`, `origin`, `arrival` and `age`\n"},
    {"a trigger on an unknown value", R"("on": { "status": "refused" })",
     R"("on": { "status": "rejected" })",
     "scenario.json:45:45: /world/flows/ask-for-papers/on/status: unknown value of `status`: "
     "`rejected`\n"
     "  help: the values are `arrived` and `refused`\n"},
    {"a trigger on the value of another attribute", R"("on": { "status": "refused" })",
     R"("on": { "attribute": "age", "status": "refused" })",
     "scenario.json:45:65: /world/flows/ask-for-papers/on/status: unknown value of `age`: "
     "`refused`\n"
     "  help: the values are `minor` and `adult`\n"},
    {"a trigger on an unknown category", R"("on": { "status": "refused" })",
     R"("on": { "receipt": "identty" })",
     "scenario.json:45:46: /world/flows/ask-for-papers/on/receipt: unknown category `identty`\n"
     "  help: did you mean `identity`?\n"},
    {"a trigger on an unknown rule", R"("on": { "status": "refused" })",
     R"("on": { "rule_start": "colect" })",
     "scenario.json:45:49: /world/flows/ask-for-papers/on/rule_start: unknown rule `colect`\n"
     "  help: did you mean `collect`?\n"},
    {"a flow that collects",
     R"("action": "send", "data": "identity",)"
     "\n"
     R"(          "purpose")",
     R"("action": "collect", "data": "identity",)"
     "\n"
     R"(          "purpose")",
     "scenario.json:46:55: /world/flows/ask-for-papers/action: a flow cannot collect\n"
     "  help: data is collected at an encounter; see `collects` in the journeys\n"},
    {"a flow without a recipient", R"("to": { "node": "subject.origin" }, "action")", R"("action")",
     "scenario.json:45:25: /world/flows/ask-for-papers: `to` is missing\n"
     "  help: an act under `send` needs a node at the other end\n"},
    {"a flow that stays with its holder",
     R"("action": "send", "data": "identity",)"
     "\n"
     R"(          "purpose": "return",)"
     "\n"
     R"(        "via": "letter",)",
     R"("action": "use", "data": "identity",)"
     "\n"
     R"(          "purpose": "return",)",
     "scenario.json:46:15: /world/flows/ask-for-papers/to: `to` means nothing here\n"
     "  help: the data stays with its holder\n"},
    {"keys outside a query", R"("via": "letter", "asserts")",
     R"("via": "letter", "keys": "identity", "blind": true, "asserts")",
     "scenario.json:48:26: /world/flows/ask-for-papers/keys: `keys` is only for queries\n"
     "scenario.json:48:46: /world/flows/ask-for-papers/blind: `blind` is only for queries\n"},
    {"a query without keys", R"("action": "query", "keys": "identity",)", R"("action": "query",)",
     "scenario.json:50:17: /world/flows/search: `keys` is missing\n"
     "  help: a query shows something in order to ask\n"},
    {"a channel that joins other nodes",
     R"("from": { "tag": "frontline" },)"
     "\n"
     R"(        "to": { "node": "subject.origin" }, "action")",
     R"("from": { "node": "police" },)"
     "\n"
     R"(        "to": { "node": "subject.origin" }, "action")",
     "scenario.json:48:16: /world/flows/ask-for-papers/via: the channel `letter` does not "
     "lead from `from` to `to`\n"},
    {"an unknown channel", R"("via": "letter", "asserts")", R"("via": "leter", "asserts")",
     "scenario.json:48:16: /world/flows/ask-for-papers/via: unknown channel `leter`\n"
     "  help: did you mean `letter`?\n"},
    {"an unknown action of a flow",
     R"("action": "send", "data": "identity",)"
     "\n"
     R"(          "purpose")",
     R"("action": "sent", "data": "identity",)"
     "\n"
     R"(          "purpose")",
     "scenario.json:46:55: /world/flows/ask-for-papers/action: unknown action `sent`\n"
     "  help: did you mean `send`?\n"},
    {"an unknown purpose of a flow",
     R"("data": "identity",)"
     "\n"
     R"(          "purpose": "return")",
     R"("data": "identity",)"
     "\n"
     R"(          "purpose": "returns")",
     "scenario.json:47:22: /world/flows/ask-for-papers/purpose: unknown purpose `returns`\n"
     "  help: did you mean `return`?\n"},
    {"an unknown category of a flow", R"("data": "asylum_status", "purpose")",
     R"("data": "asylum", "purpose")",
     "scenario.json:52:19: /world/flows/search/data: unknown category `asylum`\n"
     "  help: the categories are `hit`, `no_hit`, `identity` and `asylum_status`\n"},
    {"an unknown fact of a flow", R"("asserts": { "urgency")", R"("asserts": { "urgent")",
     "scenario.json:48:39: /world/flows/ask-for-papers/asserts/urgent: unknown fact `urgent`\n"
     "  help: did you mean `urgency`?\n"},
    {"a flow whose nodes cannot be selected together", R"("from": { "node": "register" })",
     R"("from": { "node": "register", "tag": "frontline" })",
     "scenario.json:50:72: /world/flows/search/from: warning: this selects no node, so the "
     "flow never happens\n"},
    {"an inference of what is held already", R"("reveals": "asylum_status")",
     R"("reveals": "identity")",
     "scenario.json:55:18: /world/inferences/sender-tells/reveals: warning: holding "
     "`identity` reveals what is held already\n"},
    {"an inference of an unknown category", R"("reveals": "asylum_status")",
     R"("reveals": "asylum_statu")",
     "scenario.json:55:18: /world/inferences/sender-tells/reveals: unknown category "
     "`asylum_statu`\n"
     "  help: did you mean `asylum_status`?\n"},
    {"an illustrative number without a range", R"("value": 0.9, "low": 0.8, "high": 1,)",
     R"("value": 0.9,)",
     "scenario.json:30:32: /world/nodes/asylum/compliance/use: an illustrative number needs "
     "`low` and `high`\n"
     "  help: it has no source, so it can only be swept between two bounds\n"},
    {"a statistic without a range",
     R"("value": 0.9, "low": 0.8, "high": 1,)"
     "\n"
     R"(          "evidence": "illustrative")",
     R"("value": 0.9, "evidence": { "kind": "official-statistic", "source": "s" })",
     "scenario.json:30:32: /world/nodes/asylum/compliance/use: this number has no `low` and "
     "`high`\n"
     R"(  help: give its range, or write `"uncertainty": "not published"` in its evidence)"
     "\n"},
    {"a range with one end", R"("value": 0.9, "low": 0.8, "high": 1,)",
     R"("value": 0.9, "low": 0.8,)",
     "scenario.json:30:32: /world/nodes/asylum/compliance/use: `low` needs `high` beside it\n"},
    {"a range with the other end", R"("value": 0.9, "low": 0.8, "high": 1,)",
     R"("value": 0.9, "high": 1,)",
     "scenario.json:30:32: /world/nodes/asylum/compliance/use: `high` needs `low` beside it\n"},
    {"a range that is exchanged", R"("value": 0.9, "low": 0.8, "high": 1,)",
     R"("value": 0.9, "low": 1, "high": 0.8,)",
     "scenario.json:30:55: /world/nodes/asylum/compliance/use/low: `low` is more than `high`\n"},
    {"a value outside its range", R"("value": 0.9, "low": 0.8, "high": 1,)",
     R"("value": 0.7, "low": 0.8, "high": 1,)",
     "scenario.json:30:43: /world/nodes/asylum/compliance/use/value: `value` is not between "
     "`low` and `high`\n"},
    {"a range although the uncertainty is not published",
     R"("value": 0.9, "low": 0.8, "high": 1,)"
     "\n"
     R"(          "evidence": "illustrative")",
     R"("value": 0.9, "low": 0.8, "high": 1,)"
     "\n"
     R"(          "evidence": { "kind": "study", "source": "s", "uncertainty": "not )"
     R"(published" })",
     "scenario.json:31:23: /world/nodes/asylum/compliance/use/evidence: the uncertainty is "
     "called not published, but `low` and `high` are given\n"
     "  help: delete one of the two, or name the range's own source\n"},
    {"a logarithmic range from zero", R"("low": 0.0001)", R"("low": 0)",
     "scenario.json:107:42: /outcomes/harms/persecution/hazard/low: a log-uniform range must "
     "begin above 0\n"
     R"(  help: write `"dist": "uniform"` (the default is log-uniform), or a small number)"
     "\n"},
    {"an experiment without a start", R"("start": "2026-07-01", )", "",
     "scenario.json:113:17: /experiment: `start` is missing\n"},
    {"an experiment without anything",
     R"("start": "2026-07-01", "horizon_days": 465, "warm_up_days": 5,)"
     "\n"
     R"(    "replications": 200, "seed": 7)",
     "",
     "scenario.json:113:17: /experiment: `start` is missing\n"
     "scenario.json:113:17: /experiment: `horizon_days` is missing\n"
     "scenario.json:113:17: /experiment: `replications` is missing\n"
     "scenario.json:113:17: /experiment: `seed` is missing\n"},
    {"a day that the calendar does not have", R"("2026-07-01")", R"("2026-02-30")",
     "scenario.json:113:28: /experiment/start: `2026-02-30` is not a day of the calendar\n"},
    {"a warm-up as long as the horizon", R"("warm_up_days": 5)", R"("warm_up_days": 465)",
     "scenario.json:113:79: /experiment/warm_up_days: the warm-up is not shorter than the "
     "horizon\n"},
    {"names of nodes that depend on the person", R"("to": { "node": "subject.origin" }, "action")",
     R"("to": { "node": ["homeland", "subject.orign", "subject.status",)"
     "\n"
     R"(          "subject.origin.office", "subject.arrival", "subject.arrival.offices"] }, )"
     R"("action")",
     "scenario.json:46:38: /world/flows/ask-for-papers/to/node/1: unknown attribute `orign`\n"
     "  help: did you mean `origin`?\n"
     "scenario.json:46:55: /world/flows/ask-for-papers/to/node/2: `subject.status` is no node\n"
     "  help: the values of `status` are words; give it `nodes` instead\n"
     "scenario.json:47:11: /world/flows/ask-for-papers/to/node/3: `subject.origin.office` is "
     "no node\n"
     "  help: write `subject.origin`\n"
     "scenario.json:47:36: /world/flows/ask-for-papers/to/node/4: `subject.arrival` is a "
     "state, not a node\n"
     "  help: add the node: `subject.arrival.NODE`\n"
     "scenario.json:47:55: /world/flows/ask-for-papers/to/node/5: unknown node `north.offices`\n"
     "  help: did you mean `north.office`?\n"},
    {"a second unknown tag",
     R"("from": { "tag": "frontline" },)"
     "\n"
     R"(        "to": { "node": "subject.origin" }, "action")",
     R"("from": { "tag": ["frontline", "fronline"] },)"
     "\n"
     R"(        "to": { "node": "subject.origin" }, "action")",
     "scenario.json:45:89: /world/flows/ask-for-papers/from/tag/1: no node has the tag "
     "`fronline`\n"
     "  help: did you mean `frontline`?\n"},
    {"a part of another state outside for_each_state", R"("joint_with": "other.office")",
     R"("joint_with": "other.bureau")",
     "scenario.json:40:23: /world/for_each_state/nodes/office/joint_with: unknown node "
     "`south.bureau`\n"
     "  help: the nodes are `border`, `asylum`, `register`, `police`, `homeland`, "
     "`north.office` and `south.office`\n"
     "scenario.json:40:23: /world/for_each_state/nodes/office/joint_with: unknown node "
     "`north.bureau`\n"
     "  help: the nodes are `border`, `asylum`, `register`, `police`, `homeland`, "
     "`north.office` and `south.office`\n"},
    {"a node named other", R"("police": {)", R"("other": {)",
     "scenario.json:36:7: /world/nodes/other: `other` cannot be a node\n"
     "  help: the word has a meaning of its own in names\n"},
    {"a state named subject", R"("states": { "north": {})",
     R"("states": { "subject": {}, "north": {})",
     "scenario.json:38:37: /world/for_each_state/states/subject: `subject` cannot be a state\n"
     "  help: the word has a meaning of its own in names\n"},
    {"a state named other", R"("states": { "north": {})", R"("states": { "other": {}, "north": {})",
     "scenario.json:38:37: /world/for_each_state/states/other: `other` cannot be a state\n"
     "  help: the word has a meaning of its own in names\n"},
    {"a state named same", R"("states": { "north": {})", R"("states": { "same": {}, "north": {})",
     "scenario.json:38:37: /world/for_each_state/states/same: `same` cannot be a state\n"
     "  help: the word has a meaning of its own in names\n"},
    {"parts of states without states",
     R"("for_each_state": { "states": { "north": {}, "south": { "jurisdiction": "EEA" } },)",
     R"("for_each_state": {)",
     "scenario.json:38:23: /world/for_each_state: `states` is missing\n"
     "  help: name the states in which these parts exist\n"},
    {"a logarithmic range from zero by default",
     R"("low": 0.0001, "high": 0.01, "dist": "log-uniform")", R"("low": 0, "high": 0.01)",
     "scenario.json:107:42: /outcomes/harms/persecution/hazard/low: a log-uniform range must "
     "begin above 0\n"
     R"(  help: write `"dist": "uniform"` (the default is log-uniform), or a small number)"
     "\n"},
    {"matching without a profile", R"("desks": { "review")",
     R"("matching": { "finds": { "value": 1, "evidence": { "kind": "law", "source": "s" } },)"
     "\n"
     R"(          "false_match": { "value": 0, "evidence": { "kind": "law", "source": "s" } )"
     "},\n"
     R"(          "at_gallery": { "value": 9, "evidence": { "kind": "law", "source": "s" } )"
     "},\n"
     R"(          "gallery": { "value": 9, "evidence": { "kind": "law", "source": "s" } } },)"
     "\n"
     R"(        "desks": { "review")",
     "scenario.json:24:21: /world/nodes/border/matching: `matching` needs `profile` beside it\n"
     "  help: a false candidate's data are drawn from the profile of the database\n"},
    {"a channel the other way round",
     R"("from": { "tag": "frontline" },)"
     "\n"
     R"(        "to": { "node": "subject.origin" }, "action")",
     R"("from": { "node": "homeland" },)"
     "\n"
     R"(        "to": { "node": "border" }, "action")",
     "scenario.json:48:16: /world/flows/ask-for-papers/via: the channel `letter` does not "
     "lead from `from` to `to`\n"},
};

class WorldMessages : public testing::TestWithParam<MessageCase> {};

TEST_P(WorldMessages, are_word_for_word) {
  EXPECT_EQ(messages(edited(GetParam())), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(, WorldMessages, testing::ValuesIn(world_cases), case_name);

}  // namespace
}  // namespace onward::tests
