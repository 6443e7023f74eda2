// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/messages.hpp"

namespace onward::tests {
namespace {

/// Messages about what does not have the form that the schemas give.
const MessageCase schema_cases[] = {
    {"the root is a list", "", "[]",
     "scenario.json:1:1: expected an object, found a list\n"
     "  help: a scenario: its question, and its blocks, each in place or as the path of a "
     "file\n"},
    {"the root is a text", "", R"("scenario")",
     "scenario.json:1:1: expected an object, found `scenario`\n"
     "  help: a scenario: its question, and its blocks, each in place or as the path of a "
     "file\n"},
    {"the root is null", "", "null",
     "scenario.json:1:1: expected an object, found null\n"
     "  help: a scenario: its question, and its blocks, each in place or as the path of a "
     "file\n"},
    {"an empty object", "", "{}",
     "scenario.json:1:1: `experiment` is missing\n"
     "  help: an experiment (experiment.schema.json) or the path of one\n"
     "scenario.json:1:1: `headline` is missing\n"
     "  help: the harms and benefits by which the scenario will be judged, declared before "
     "any run\n"
     "scenario.json:1:1: `id` is missing\n"
     "  help: a name that other parts of the scenario use: a letter, then letters, digits, "
     "`_` or `-`, at most 80\n"
     "scenario.json:1:1: `onward` is missing\n"
     "  help: version of the format\n"
     "scenario.json:1:1: `outcomes` is missing\n"
     "  help: outcomes (outcomes.schema.json) or the path of them\n"
     "scenario.json:1:1: `policies` is missing\n"
     "  help: policies (policy.schema.json) or paths of them\n"
     "scenario.json:1:1: `population` is missing\n"
     "  help: a population (population.schema.json) or the path of one\n"
     "scenario.json:1:1: `question` is missing\n"
     "  help: the question that the scenario answers, in one sentence\n"
     "scenario.json:1:1: `title` is missing\n"
     "scenario.json:1:1: `vocabulary` is missing\n"
     "  help: a vocabulary (vocabulary.schema.json) or the path of one\n"
     "scenario.json:1:1: `world` is missing\n"
     "  help: a world (world.schema.json) or the path of one\n"},
    {"an unknown key near a known one", R"("question": "Is)", R"("qestion": "Is)",
     "scenario.json:1:1: `question` is missing\n"
     "  help: the question that the scenario answers, in one sentence\n"
     "scenario.json:3:3: /qestion: unknown key `qestion`\n"
     "  help: did you mean `question`?\n"},
    {"an unknown key near none", R"("experiment": {)", R"("xyzzy": 1, "experiment": {)",
     "scenario.json:113:3: /xyzzy: unknown key `xyzzy`\n"
     "  help: the keys here are `cast`, `experiment`, `headline`, `id`, `note`, `onward`, "
     "`outcomes`, `policies`, `population`, `question`, `suite`, `title` and 2 more\n"},
    {"two unknown keys in one object", R"("warm_up_days": 5)", R"("warmup_days": 5, "horizon": 3)",
     "scenario.json:113:63: /experiment/warmup_days: unknown key `warmup_days`\n"
     "  help: did you mean `warm_up_days`?\n"
     "scenario.json:113:81: /experiment/horizon: unknown key `horizon`\n"
     "  help: the keys here are `extends`, `hop_limit`, `horizon_days`, `note`, "
     "`replications`, `seed`, `start` and `warm_up_days`\n"},
    {"a key is missing in the root", R"("title": "A secret",)", "",
     "scenario.json:1:1: `title` is missing\n"},
    {"a required block is missing",
     R"("headline": { "harms": ["persecution"], "benefits": ["papers"] },)", "",
     "scenario.json:1:1: `headline` is missing\n"
     "  help: the harms and benefits by which the scenario will be judged, declared before "
     "any run\n"},
    {"another version of the format", R"("onward": 1)", R"("onward": 2)",
     "scenario.json:1:13: /onward: `2` is not possible here\n"
     "  help: it can be `1`\n"},
    {"a number in place of a text", R"("A secret")", "3",
     "scenario.json:2:12: /title: expected a text, found `3`\n"},
    {"null in place of a text", R"("A secret")", "null",
     "scenario.json:2:12: /title: expected a text, found null\n"},
    {"a list in place of a text", R"("A secret")", R"(["A secret"])",
     "scenario.json:2:12: /title: expected a text, found a list\n"},
    {"a fraction in place of a whole number", R"("seed": 7)", R"("seed": 7.5)",
     "scenario.json:114:34: /experiment/seed: expected a whole number, found `7.5`\n"},
    {"a negative seed", R"("seed": 7)", R"("seed": -1)",
     "scenario.json:114:34: /experiment/seed: `-1` is out of range\n"
     "  help: it must be at least 0 and at most 4294967295\n"},
    {"a seed beyond 32 bits", R"("seed": 7)", R"("seed": 4294967296)",
     "scenario.json:114:34: /experiment/seed: `4294967296` is out of range\n"
     "  help: it must be at least 0 and at most 4294967295\n"},
    {"a horizon of zero days", R"("horizon_days": 465)", R"("horizon_days": 0)",
     "scenario.json:113:58: /experiment/horizon_days: `0` is out of range\n"
     "  help: it must be more than 0 and at most 100000\n"},
    {"a horizon beyond the calendar", R"("horizon_days": 465)", R"("horizon_days": 100001)",
     "scenario.json:113:58: /experiment/horizon_days: `100001` is out of range\n"
     "  help: it must be more than 0 and at most 100000\n"},
    {"a negative number of days", R"("warm_up_days": 5)", R"("warm_up_days": -5)",
     "scenario.json:113:79: /experiment/warm_up_days: `-5` is out of range\n"
     "  help: it must be at least 0 and at most 100000\n"},
    {"a chance above one", R"("value": 0.4)", R"("value": 1.4)",
     "scenario.json:67:67: /population/journeys/claim/states/arrives/next/0/chance/value: "
     "`1.4` is out of range\n"
     "  help: it must be at least 0 and at most 1\n"},
    {"a chance below zero", R"("low": 0.3)", R"("low": -0.3)",
     "scenario.json:67:79: /population/journeys/claim/states/arrives/next/0/chance/low: "
     "`-0.3` is out of range\n"
     "  help: it must be at least 0 and at most 1\n"},
    {"a date in another order", R"("2026-07-01")", R"("01-07-2026")",
     "scenario.json:113:28: /experiment/start: `01-07-2026` is not of the right form\n"
     "  help: a day, as YYYY-MM-DD\n"},
    {"a date that is a number", R"("2026-07-01")", "20260701",
     "scenario.json:113:28: /experiment/start: expected a text, found `20260701`\n"
     "  help: a day, as YYYY-MM-DD\n"},
    {"an id with a space", R"("id": "base")", R"("id": "my base")",
     "scenario.json:1:22: /id: `my base` is not of the right form\n"
     "  help: a name that other parts of the scenario use: a letter, then letters, digits, "
     "`_` or `-`, at most 80\n"},
    {"an id that begins with a digit", R"("id": "base")", R"("id": "1base")",
     "scenario.json:1:22: /id: `1base` is not of the right form\n"
     "  help: a name that other parts of the scenario use: a letter, then letters, digits, "
     "`_` or `-`, at most 80\n"},
    {"an id that is too long", R"("id": "base")",
     R"("id": )"
     R"("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")",
     "scenario.json:1:22: /id: the number of characters is out of range\n"
     "  help: there must be at most 80 characters\n"},
    {"an empty id", R"("id": "base")", R"("id": "")",
     "scenario.json:1:22: /id: `` is not of the right form\n"
     "  help: a name that other parts of the scenario use: a letter, then letters, digits, "
     "`_` or `-`, at most 80\n"},
    {"an empty title", R"("A secret")", R"("")",
     "scenario.json:2:12: /title: nothing is written here\n"
     "  help: there must be at least 1 character and at most 4000 characters\n"},
    {"a name of a node with a space", R"("police": {)", R"("the police": {)",
     "scenario.json:36:7: /world/nodes/the police: `the police` cannot be a name here\n"
     "  help: a name that other parts of the scenario use: a letter, then letters, digits, "
     "`_` or `-`, at most 80\n"},
    {"a name of a node that is empty", R"("police": {)", R"("": {)",
     "scenario.json:36:7: /world/nodes/: `` cannot be a name here\n"
     "  help: a name that other parts of the scenario use: a letter, then letters, digits, "
     "`_` or `-`, at most 80\n"},
    {"a repeated reference", R"(["collect", "retain"])", R"(["collect", "collect"])",
     "scenario.json:76:62: /policies/0/rules/collect/action/1: `collect` is listed twice\n"
     "  help: delete one of the two\n"},
    {"an unknown key of a selector", R"("from": { "node": "register" })",
     R"("from": { "nodes": "register" })",
     "scenario.json:50:74: /world/flows/search/from/nodes: unknown key `nodes`\n"
     "  help: did you mean `node`?\n"},
    {"a text where a selector is needed", R"("from": { "node": "register" })",
     R"("from": "register")",
     "scenario.json:50:72: /world/flows/search/from: expected an object, found `register`\n"
     "  help: selects nodes\n"},
    {"a selector for a rule that is another word than subject", R"("from": "subject")",
     R"("from": "person")",
     "scenario.json:76:81: /policies/0/rules/collect/from: `person` is not of the right form\n"
     "  help: a node selector, or the word `subject`: the person herself\n"},
    {"a list where a selector or subject is needed", R"("from": "subject")",
     R"("from": ["subject"])",
     "scenario.json:76:81: /policies/0/rules/collect/from: expected a text or an object, "
     "found a list\n"
     "  help: a node selector, or the word `subject`: the person herself\n"},
    {"the word subject where a rule leads to", R"("to": { "node": "homeland" }, "purpose")",
     R"("to": "subject", "purpose")",
     "scenario.json:99:15: /policies/1/patch/0/rule/to: expected an object, found `subject`\n"
     "  help: selects nodes\n"},
    {"an attribute without its value",
     R"("subjects": { "attribute": "status",)"
     "\n"
     R"(          "is": "refused" })",
     R"("subjects": { "attribute": "status" })",
     "scenario.json:99:72: /policies/1/patch/0/rule/subjects: `attribute` needs `is` beside "
     "it\n"
     "  help: one id or a list of ids: any of them\n"},
    {"a value without its attribute",
     R"("subjects": { "attribute": "status",)"
     "\n"
     R"(          "is": "refused" })",
     R"("subjects": { "is": "refused" })",
     "scenario.json:99:72: /policies/1/patch/0/rule/subjects: `is` needs `attribute` beside "
     "it\n"
     "  help: a name that other parts of the scenario use: a letter, then letters, digits, "
     "`_` or `-`, at most 80\n"},
    {"another word than illustrative",
     R"("hazard": { "value": 0.001, "low": 0.0001, "high": 0.01, "dist": "log-uniform",)"
     "\n"
     R"(        "evidence": "illustrative" })",
     R"("hazard": { "value": 0.001, "evidence": "guessed" })",
     "scenario.json:107:47: /outcomes/harms/persecution/hazard/evidence: `guessed` is not of "
     "the right form\n"
     "  help: where a number comes from: a source, or the word `illustrative` for a number "
     "that is only swept between low and high\n"},
    {"evidence without a source", R"("kind": "law", "source": "s. 2")", R"("kind": "law")",
     "scenario.json:25:49: /world/nodes/border/desks/review/officers/evidence: `source` is "
     "missing\n"},
    {"evidence of an unknown kind", R"("kind": "law", "source": "s. 2")",
     R"("kind": "statistic", "source": "s. 2")",
     "scenario.json:25:59: /world/nodes/border/desks/review/officers/evidence/kind: "
     "`statistic` is not possible here\n"
     "  help: it can be `law`, `official-statistic`, `study` or `expert-assumption`\n"},
    {"a number without evidence", R"("value": 2, "evidence": { "kind": "law", "source": "s. 2" })",
     R"("value": 2)",
     "scenario.json:25:23: /world/nodes/border/desks/review/officers: `evidence` is missing\n"
     "  help: where a number comes from: a source, or the word `illustrative` for a number "
     "that is only swept between low and high\n"},
    {"a bare number where a claim is needed",
     R"("officers": { "value": 2, "evidence": { "kind": "law", "source": "s. 2" } })",
     R"("officers": 2)",
     "scenario.json:25:23: /world/nodes/border/desks/review/officers: expected an object, "
     "found `2`\n"
     "  help: an empirical claim: a number from 0 upwards, with its unit, its range and its "
     "evidence\n"},
    {"a wrong word for published uncertainty", R"("kind": "law", "source": "s. 2")",
     R"("kind": "study", "source": "s. 2", "uncertainty": "unknown")",
     "scenario.json:25:101: /world/nodes/border/desks/review/officers/evidence/uncertainty: "
     "`unknown` is not possible here\n"
     "  help: it can be `not published`\n"},
    {"an unknown distribution of a claim", R"("dist": "log-uniform")", R"("dist": "normal")",
     "scenario.json:107:72: /outcomes/harms/persecution/hazard/dist: `normal` is not possible "
     "here\n"
     "  help: it can be `uniform`, `log-uniform` or `triangular`\n"},
    {"an unknown distribution of a duration", R"("dist": "uniform")", R"("dist": "unifrom")",
     "scenario.json:43:33: /world/channels/letter/latency_days/dist: `unifrom` is not "
     "possible here\n"
     "  help: did you mean `uniform`? it can be `exponential`, `log-normal`, `erlang`, "
     "`uniform` or `empirical`\n"},
    {"a duration without its distribution", R"("dist": "uniform", "low": 1)", R"("low": 1)",
     "scenario.json:43:23: /world/channels/letter/latency_days: `dist` is missing\n"},
    {"a negative duration", R"("after_days": 80)", R"("after_days": -80)",
     "scenario.json:69:40: /population/journeys/claim/states/arrives/next/1/after_days: `-80` "
     "is out of range\n"
     "  help: it must be at least 0 and at most 100000\n"},
    {"an erlang shape that is no whole number", R"("after_days": 80)",
     R"("after_days": { "dist": "erlang", "mean": 3, "shape": 1.5 })",
     "scenario.json:69:80: "
     "/population/journeys/claim/states/arrives/next/1/after_days/shape: expected a whole "
     "number, found `1.5`\n"
     "  help: number of stages, for erlang\n"},
    {"a block that is a list", R"("cast": {)", R"("vocabulary2": [], "cast": {)",
     "scenario.json:71:3: /vocabulary2: unknown key `vocabulary2`\n"
     "  help: did you mean `vocabulary`?\n"},
    {"a world that is a number",
     R"("population": {)"
     "\n"
     R"(    "groups")",
     R"("population": 3, "cast2": {)"
     "\n"
     R"(    "groups")",
     "scenario.json:56:17: /population: expected a text or an object, found `3`\n"
     "  help: a population (population.schema.json) or the path of one\n"
     "scenario.json:56:20: /cast2: unknown key `cast2`\n"
     "  help: did you mean `cast`?\n"},
    {"policies as an object",
     R"("policies": [)"
     "\n"
     R"(    { "id": "law")",
     R"("policies": {}, "was": [)"
     "\n"
     R"(    { "id": "law")",
     "scenario.json:73:15: /policies: expected a list, found an object\n"
     "  help: policies (policy.schema.json) or paths of them\n"
     "scenario.json:73:19: /was: unknown key `was`\n"
     "  help: the keys here are `cast`, `experiment`, `headline`, `id`, `note`, `onward`, "
     "`outcomes`, `policies`, `population`, `question`, `suite`, `title` and 2 more\n"},
    {"a policy that is a number", R"({ "id": "proposal", "extends": "law",)",
     R"(7, { "id": "proposal", "extends": "law",)",
     "scenario.json:96:5: /policies/1: expected a text or an object, found `7`\n"},
    {"a headline without benefits",
     R"("headline": { "harms": ["persecution"], "benefits": ["papers"] })",
     R"("headline": { "harms": ["persecution"] })",
     "scenario.json:4:15: /headline: `benefits` is missing\n"},
    {"a headline that names a harm twice", R"("harms": ["persecution"])",
     R"("harms": ["persecution", "persecution"])",
     "scenario.json:4:42: /headline/harms/1: `persecution` is listed twice\n"
     "  help: delete one of the two\n"},
    {"a cast member without a group", R"("cast": { "Abrenis": { "group": "claimants", )",
     R"("cast": { "Abrenis": { )",
     "scenario.json:71:24: /cast/Abrenis: `group` is missing\n"
     "  help: a name that other parts of the scenario use: a letter, then letters, digits, "
     "`_` or `-`, at most 80\n"},
    {"an unknown sensitivity", R"("sensitivity": "high")", R"("sensitivity": "very high")",
     "scenario.json:6:71: /vocabulary/categories/asylum_status/sensitivity: `very high` is "
     "not possible here\n"
     "  help: it can be `low`, `normal` or `high`\n"},
    {"a kind of node with a slip", R"("kind": "third_country")", R"("kind": "third-country")",
     "scenario.json:37:29: /world/nodes/homeland/kind: `third-country` is not possible here\n"
     "  help: did you mean `third_country`? it can be `authority`, `eu_agency`, `database`, "
     "`service`, `third_country`, `civil_society`, `carrier`, `contractor` or `oversight`\n"},
    {"a kind of node far from all", R"("kind": "third_country")", R"("kind": "ministry")",
     "scenario.json:37:29: /world/nodes/homeland/kind: `ministry` is not possible here\n"
     "  help: it can be `authority`, `eu_agency`, `database`, `service`, `third_country`, "
     "`civil_society`, `carrier`, `contractor` or `oversight`\n"},
    {"a node without jurisdiction", R"("kind": "third_country", "jurisdiction": "homeland")",
     R"("kind": "third_country")",
     "scenario.json:37:19: /world/nodes/homeland: `jurisdiction` is missing\n"
     "  help: one word or a list of words: any of them\n"},
    {"an unknown mode", R"("mode": "letter")", R"("mode": "post")",
     "scenario.json:42:15: /world/channels/letter/mode: `post` is not possible here\n"
     "  help: it can be `query`, `push`, `liaison`, `meeting`, `letter` or `telephone`\n"},
    {"a text where true or false is needed", R"("processor": true)", R"("processor": "yes")",
     "scenario.json:33:22: /world/nodes/register/processor: expected true or false, found "
     "`yes`\n"
     "  help: it acts only for its controllers\n"},
    {"journey states that collect without a node",
     R"("at": "border", "collects": "identity", "purpose": "border", "next")",
     R"("collects": "identity", "next")",
     "scenario.json:66:18: /population/journeys/claim/states/arrives: `collects` needs `at` "
     "beside it\n"
     "  help: the node that the person meets\n"
     "scenario.json:66:18: /population/journeys/claim/states/arrives: `collects` needs "
     "`purpose` beside it\n"
     "  help: a name that other parts of the scenario use: a letter, then letters, digits, "
     "`_` or `-`, at most 80\n"},
    {"a confidence of one", R"("within": [0, 0.1])", R"("within": [0, 0.1], "confidence": 1)",
     "scenario.json:124:111: /suite/2/confidence: `1` is out of range\n"
     "  help: it must be more than 0 and less than 1\n"},
    {"too many people", R"("people": 10)", R"("people": 100000001)",
     "scenario.json:57:42: /population/groups/claimants/people: `100000001` is out of range\n"
     "  help: it must be at least 0 and at most 100000000\n"},
    {"a wrong way of arriving", R"("people": 10)", R"("arrivals": "Poisson", "people": 10)",
     "scenario.json:57:44: /population/groups/claimants/arrivals: `Poisson` is not possible "
     "here\n"
     "  help: did you mean `poisson`? it can be `uniform` or `poisson`\n"},
    {"recorded by somebody", R"("initial": "arrived", "recorded": "exact")",
     R"("initial": "arrived", "recorded": "exactly")",
     "scenario.json:13:87: /vocabulary/attributes/status/recorded: `exactly` is not of the "
     "right form\n"
     "  help: how institutions record it: `exact`, or an error table by recording node: true "
     "value, recorded value, chance\n"},
    {"an attribute that does not say how it is recorded",
     R"("nodes": ["homeland"], "recorded": "exact")", R"("nodes": ["homeland"])",
     "scenario.json:14:17: /vocabulary/attributes/origin: `recorded` is missing\n"
     "  help: how institutions record it: `exact`, or an error table by recording node: true "
     "value, recorded value, chance\n"},
    {"an error table without otherwise",
     R"("otherwise": "exact",)"
     "\n"
     R"(        "by")",
     R"("by")",
     "scenario.json:16:58: /vocabulary/attributes/age/recorded: `otherwise` is missing\n"},
    {"an action that is included in nothing", R"("included_in": "disclose")", R"("label": "send")",
     "scenario.json:9:26: /vocabulary/actions/send: `included_in` is missing\n"
     "  help: a name that other parts of the scenario use: a letter, then letters, digits, "
     "`_` or `-`, at most 80\n"},
    {"a class of compatibility with a slip", R"("class": "compatible")", R"("class": "compatable")",
     "scenario.json:10:69: /vocabulary/compatibility/0/class: `compatable` is not possible "
     "here\n"
     "  help: did you mean `compatible`? it can be `compatible` or `authorised`\n"},
    {"an unknown effect", R"("effect": "require")", R"("effect": "requires")",
     "scenario.json:94:30: /policies/0/rules/log-all/effect: `requires` is not possible here\n"
     "  help: did you mean `require`? it can be `permit`, `prohibit` or `require`\n"},
    {"a rule without a basis",
     R"("log": true },)"
     "\n"
     R"(        "basis": { "status": "invented", "citation": "s. 15" })",
     R"("log": true })",
     "scenario.json:94:18: /policies/0/rules/log-all: `basis` is missing\n"
     "  help: where the rule stands\n"},
    {"an unknown status of a basis", R"("status": "in-force")", R"("status": "in force")",
     "scenario.json:101:30: /policies/1/patch/0/rule/basis/status: `in force` is not possible "
     "here\n"
     "  help: did you mean `in-force`? it can be `in-force`, `not-yet`, `proposed`, "
     "`practice` or `invented`\n"},
    {"an unknown strategy", R"("strategy": "prohibit")", R"("strategy": "permit")",
     "scenario.json:74:67: /policies/0/strategy: `permit` is not possible here\n"
     "  help: did you mean `perm`? it can be `prohibit`, `perm` or `invalid`\n"},
    {"a retention that is no whole number", R"("retain_days": 100)", R"("retain_days": 100.5)",
     "scenario.json:78:78: /policies/0/rules/collect/duties/retain_days: expected a whole "
     "number, found `100.5`\n"},
    {"an unknown duty", R"("log": true)", R"("logging": true)",
     "scenario.json:94:75: /policies/0/rules/log-all/duties/logging: unknown key `logging`\n"
     "  help: the keys here are `aggregate_only`, `authorised_by`, `consent_of_origin`, "
     "`guardian`, `hit_only`, `human_verification`, `log`, `no_onward`, `notify`, "
     "`pseudonymise`, `purpose_only`, `recall` and 4 more\n"},
    {"a desk without its node", R"("authorised_by": { "of": "border", "desk": "review" })",
     R"("authorised_by": { "desk": "review" })",
     "scenario.json:83:38: /policies/0/rules/search/duties/authorised_by: `of` is missing\n"
     "  help: the id of something defined elsewhere\n"},
    {"a layer list that is empty",
     R"("layers": ["union",)"
     "\n"
     R"(      "national"])",
     R"("layers": [])",
     "scenario.json:74:89: /policies/0/layers: nothing is written here\n"
     "  help: there must be at least 1 item and at most 32 items\n"},
    {"facts that are no truth values", R"("when": { "urgency": true })",
     R"("when": { "urgency": "yes" })",
     "scenario.json:80:79: /policies/0/rules/search/when/urgency: expected true or false, "
     "found `yes`\n"},
    {"a policy without an id", R"({ "id": "proposal", "extends": "law",)", R"({ "extends": "law",)",
     "scenario.json:96:5: /policies/1: `id` is missing\n"
     "  help: a name that other parts of the scenario use: a letter, then letters, digits, "
     "`_` or `-`, at most 80\n"},
    {"a patch item with an unknown key", R"({ "amend": "collect",)",
     R"({ "change": "collect", "amend": "collect",)",
     "scenario.json:103:9: /policies/1/patch/1/change: unknown key `change`\n"
     "  help: the keys here are `add`, `amend`, `note`, `replace`, `rule`, `set` and "
     "`withdraw`\n"},
    {"an addition without a rule",
     R"({ "amend": "collect", "set": { "/duties/retain_days": 50 } })", R"({ "add": "more" })",
     "scenario.json:103:7: /policies/1/patch/1: `add` needs `rule` beside it\n"
     "  help: one permit, prohibition or requirement\n"},
    {"an amendment without a set",
     R"({ "amend": "collect", "set": { "/duties/retain_days": 50 } })", R"({ "amend": "collect" })",
     "scenario.json:103:7: /policies/1/patch/1: `amend` needs `set` beside it\n"
     "  help: JSON pointers inside the rule, each with its new value\n"},
    {"a set without an amendment",
     R"({ "amend": "collect", "set": { "/duties/retain_days": 50 } })",
     R"({ "withdraw": "collect", "set": { "/duties/retain_days": 50 } })",
     "scenario.json:103:7: /policies/1/patch/1: `set` needs `amend` beside it\n"
     "  help: a name that other parts of the scenario use: a letter, then letters, digits, "
     "`_` or `-`, at most 80\n"},
    {"a harm with a while but no hazard",
     R"("hazard": { "value": 0.001, "low": 0.0001, "high": 0.01, "dist": "log-uniform",)"
     "\n"
     R"(        "evidence": "illustrative" },)",
     "",
     "scenario.json:105:31: /outcomes/harms/persecution: `while` needs `hazard` beside it\n"
     "  help: the hazard, per day\n"},
    {"a chance where a hazard is needed",
     R"("absolute": true,)"
     "\n"
     R"(      "hazard")",
     R"("raised": [ { "while": { "node": "homeland", "knows": "identity" }, "chance": { )"
     R"("value": 1, "evidence": { "kind": "law", "source": "s" } } } ],)"
     "\n"
     R"(      "hazard")",
     "scenario.json:106:19: /outcomes/harms/persecution/raised/0: `chance` needs `at` beside "
     "it\n"
     "  help: an event at which it may happen with a chance\n"
     "scenario.json:106:19: /outcomes/harms/persecution/raised/0: `while` needs `hazard` "
     "beside it\n"
     "  help: an empirical claim: a number from 0 upwards, with its unit, its range and its "
     "evidence\n"},
    {"an unknown way of counting", R"("count": "once a person")", R"("count": "once per person")",
     "scenario.json:112:16: /outcomes/benefits/papers/count: `once per person` is not "
     "possible here\n"
     "  help: did you mean `once a person`? it can be `once a person` or `each time`\n"},
    {"an unknown beneficiary", R"("serves": "authority")", R"("serves": "state")",
     "scenario.json:112:43: /outcomes/benefits/papers/serves: `state` is not possible here\n"
     "  help: it can be `person`, `authority` or `public`\n"},
    {"a benefit without when",
     R"("when": { "node": "subject.origin", "receives": "identity",)"
     "\n"
     R"(      "purpose": "return" },)"
     "\n"
     R"(      "count")",
     R"("count")",
     "scenario.json:110:29: /outcomes/benefits/papers: `when` is missing\n"
     "  help: something about a person's data or the person that holds or not: a node "
     "`knows` (holds or infers), `holds`, `receives` or `believes` (by a false match too) a "
     "category; or a true attribute; or `all`, `any`, `not` of conditions\n"},
    {"a test without a name", R"({ "name": "the number", )", "{ ",
     "scenario.json:124:5: /suite/2: `name` is missing\n"},
    {"a measure with a slip", R"("measure": "harm.persecution")",
     R"("measure": "harms.persecution")",
     "scenario.json:124:57: /suite/2/measure: `harms.persecution` is not of the right form\n"
     "  help: `harm.ID`, `benefit.ID` or `reach.CATEGORY`\n"},
    {"a decision without an expectation",
     ",\n"
     R"(      "expect": { "identity": { "verdict": "deny", "rules": [], "because": )"
     R"("prohibited" } })",
     "",
     "scenario.json:116:5: /suite/0: `decide` needs `expect` beside it\n"
     "  help: what is expected, by category\n"},
    {"an expectation without a verdict", R"("verdict": "deny", "rules": [])", R"("rules": [])",
     "scenario.json:121:31: /suite/0/expect/identity: `verdict` is missing\n"},
    {"an unknown verdict", R"("verdict": "deny")", R"("verdict": "refuse")",
     "scenario.json:121:44: /suite/0/expect/identity/verdict: `refuse` is not possible here\n"
     "  help: it can be `permit`, `deny` or `not-governed`\n"},
    {"an unknown reason", R"("because": "prohibited")", R"("because": "forbidden")",
     "scenario.json:121:76: /suite/0/expect/identity/because: `forbidden` is not possible here\n"
     "  help: it can be `conflict`, `prohibited`, `duty-unmet` or `no-permit`\n"},
    {"a path without possible",
     R"("policy": "proposal", "path": ["push", "sender-tells"],)"
     "\n"
     R"(      "possible": { "node": "subject.origin", "knows": "asylum_status" })",
     R"("policy": "proposal", "path": ["push"])",
     "scenario.json:122:5: /suite/1: `path` needs `possible` beside it\n"
     "  help: something about a person's data or the person that holds or not: a node "
     "`knows` (holds or infers), `holds`, `receives` or `believes` (by a false match too) a "
     "category; or a true attribute; or `all`, `any`, `not` of conditions\n"},
    {"a comparison without a difference",
     ",\n"
     R"(      "difference": [-1, 1])",
     "", "scenario.json:125:5: /suite/3: `compare` needs `difference` beside it\n"},
    {"a comparison of a policy with itself", R"("compare": ["law", "proposal"])",
     R"("compare": ["law", "law"])",
     "scenario.json:125:48: /suite/3/compare/1: `law` is listed twice\n"
     "  help: delete one of the two\n"},
    {"a request without an action", R"("decide": { "action": "disclose", )", R"("decide": { )",
     "scenario.json:117:17: /suite/0/decide: `action` is missing\n"
     "  help: what is to be done: `collect`, `retain`, `query`, `disclose`, `use`, `match`, "
     "or an action of the vocabulary\n"},
    {"errors of several blocks come in the order of the file", R"("seed": 7)",
     R"("seed": "seven", "sead": 7, "hop_limit": 0)",
     "scenario.json:114:34: /experiment/seed: expected a whole number, found the text `seven`\n"
     "scenario.json:114:43: /experiment/sead: unknown key `sead`\n"
     "  help: did you mean `seed`?\n"
     "scenario.json:114:67: /experiment/hop_limit: `0` is out of range\n"
     "  help: it must be at least 1 and at most 64\n"},
};

class SchemaMessages : public testing::TestWithParam<MessageCase> {};

TEST_P(SchemaMessages, are_word_for_word) {
  EXPECT_EQ(messages(edited(GetParam())), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(, SchemaMessages, testing::ValuesIn(schema_cases), case_name);

}  // namespace
}  // namespace onward::tests
