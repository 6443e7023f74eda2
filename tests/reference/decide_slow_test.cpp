// SPDX-License-Identifier: Apache-2.0
#include "decide_slow.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace onward::reference {
namespace {

using nlohmann::json;
using Names = std::vector<std::string>;

/// Three governed nodes, one that is not; `R.camp` and `S.camp` stand for nodes of two states.
json small_scenario() {
  return json::parse(R"({
    "vocabulary": {
      "categories": {"identity": {}, "photo": {}, "asylum_status": {}, "health": {}},
      "purposes": {"border": {}, "return": {}},
      "attributes": {
        "origin": {"nodes": ["homeland", "neighbour"], "initial": "homeland"},
        "status": {"values": ["applicant", "refused"], "initial": "applicant"},
        "first": {"states": ["R", "S"], "initial": "R"}},
      "facts": {"urgent": {}, "suspended": {}},
      "actions": {"play": {"included_in": "use"}, "replay": {"included_in": "play"},
                  "hand-over": {"included_in": "disclose"}}},
    "world": {
      "nodes": {
        "border": {"kind": "authority", "jurisdiction": "EU", "tags": ["frontline"],
                   "regime": "led"},
        "asylum": {"kind": "authority", "jurisdiction": ["EU", "R"], "tags": ["frontline"],
                   "regime": "gdpr"},
        "database": {"kind": "database", "jurisdiction": "EU", "tags": []},
        "R.camp": {"kind": "service", "jurisdiction": "R"},
        "S.camp": {"kind": "service", "jurisdiction": "S"},
        "homeland": {"kind": "third_country", "jurisdiction": "homeland"},
        "neighbour": {"kind": "third_country", "jurisdiction": "neighbour"}},
      "channels": {
        "letter": {"mode": "letter"}, "call": {"mode": "telephone"}, "talk": {"mode": "meeting"},
        "taped": {"mode": "telephone", "logged": true, "recallable": true},
        "dark": {"mode": "push", "logged": false, "recallable": false}}},
    "experiment": {"start": "2026-07-01"}})");
}

/// A policy that binds all in the EU.
json policy_of(const std::string& strategy, const std::string& rules) {
  return {{"id", "law"},
          {"binds", {{"jurisdiction", "EU"}}},
          {"strategy", strategy},
          {"rules", json::parse(rules)}};
}

/// The border discloses to the homeland for return, unless `changes` say otherwise.
json request_with(const std::string& changes = "{}") {
  json request = json::parse(R"({
    "action": "disclose", "from": "border", "to": "homeland", "data": ["identity"],
    "purpose": "return",
    "subject": {"origin": "homeland", "status": "refused", "first": "R"}})");
  request.update(json::parse(changes));
  return request;
}

SlowVerdict decide(const std::string& strategy, const std::string& rules,
                   const std::string& changes = "{}", const std::string& category = "identity") {
  return decide_slow(small_scenario(), policy_of(strategy, rules), request_with(changes), category);
}

/// Whether one permit with the given further keys matches the request.
bool matches(const std::string& rule, const std::string& changes = "{}",
             const std::string& category = "identity") {
  json permit = json::parse(rule);
  permit["effect"] = "permit";
  const json rules = {{"it", permit}};
  return decide("prohibit", rules.dump(), changes, category).verdict == "permit";
}

/// Whether one permit with the given duties and nothing else can be used.
bool can_be_met(const std::string& duties, const std::string& changes = "{}") {
  const json rules = {{"it", {{"effect", "permit"}, {"duties", json::parse(duties)}}}};
  const SlowVerdict verdict = decide("prohibit", rules.dump(), changes);
  if (verdict.verdict == "permit") return true;
  EXPECT_EQ(verdict.because, "duty-unmet");
  EXPECT_EQ(verdict.rules, Names{"it"});
  return false;
}

// ---- Section 1 ----

TEST(Section1, AskingTheActorDependsOnTheRootAction) {
  const std::string all = R"({"it": {"effect": "permit"}})";
  const auto verdict = [&](const std::string& changes) {
    return decide("prohibit", all, changes).verdict;
  };
  EXPECT_EQ(verdict(R"({"action": "disclose", "from": "border", "to": "homeland"})"), "permit");
  EXPECT_EQ(verdict(R"({"action": "hand-over", "from": "homeland", "to": "border"})"),
            "not-governed");
  EXPECT_EQ(verdict(R"({"action": "query", "from": "homeland", "to": "border"})"), "permit");
  EXPECT_EQ(verdict(R"({"action": "query", "from": "neighbour", "to": "homeland"})"),
            "not-governed");
  EXPECT_EQ(verdict(R"({"action": "retain", "from": "homeland", "to": "border"})"), "permit");
  EXPECT_EQ(verdict(R"({"action": "collect", "from": "subject", "to": "border"})"), "permit");
  EXPECT_EQ(verdict(R"({"action": "match", "from": "homeland", "to": "homeland"})"),
            "not-governed");
}

TEST(Section1, FromMayBeLeftOutWhereTheActionGivesIt) {
  json collect = request_with(R"({"action": "collect", "to": "border"})");
  collect.erase("from");
  json use = request_with(R"({"action": "use", "to": "border"})");
  use.erase("from");
  json disclose = request_with();
  disclose.erase("from");
  const json policy = policy_of("prohibit", R"({
    "person": {"effect": "permit", "from": "subject"},
    "holder": {"effect": "permit", "from": {"node": "border"}}})");
  const auto decided = [&](const json& request) {
    return decide_slow(small_scenario(), policy, request, "identity");
  };
  EXPECT_EQ(decided(collect).rules, Names{"person"});
  EXPECT_EQ(decided(use).rules, Names{"holder"});
  EXPECT_ANY_THROW(decided(disclose));
}

TEST(Section1, ARuleCoversTheActionsIncludedInItsAction) {
  const std::string replay = R"({"action": "replay", "from": "border", "to": "border"})";
  EXPECT_TRUE(matches(R"({"action": "use"})", replay));
  EXPECT_TRUE(matches(R"({"action": ["collect", "play"]})", replay));
  EXPECT_TRUE(matches(R"({"action": "replay"})", replay));
  EXPECT_FALSE(matches(R"({"action": "disclose"})", replay));
  EXPECT_FALSE(matches(R"({"action": "replay"})",
                       R"({"action": "play", "from": "border", "to": "border"})"));
}

// ---- Section 2 ----

TEST(Section2, AnUnboundActorIsNotGovernedEvenByAProhibition) {
  const SlowVerdict verdict = decide("prohibit", R"({"no": {"effect": "prohibit"}})",
                                     R"({"from": "homeland", "to": "border"})");
  EXPECT_EQ(verdict.verdict, "not-governed");
  EXPECT_EQ(verdict.because, "");
  EXPECT_TRUE(verdict.rules.empty());
  EXPECT_EQ(verdict.duties, json::object());
}

/// An asker that is not bound queries a bound database.
const char* const from_outside = R"({"action": "query", "from": "database", "to": "homeland"})";

TEST(Section2, AQueryOfABoundNodeIsGovernedWhoeverAsks) {
  EXPECT_EQ(decide("prohibit", "{}", from_outside).because, "no-permit");
  EXPECT_EQ(
      decide("prohibit", R"({"it": {"effect": "permit", "action": "query"}})", from_outside).rules,
      Names{"it"});
}

TEST(Section2, AnIncludedActionIsAQueryToo) {
  json scenario = small_scenario();
  scenario["vocabulary"]["actions"]["look-up"] = {{"included_in", "query"}};
  json request = request_with(from_outside);
  request["action"] = "look-up";
  const auto because = [&](const std::string& rules) {
    return decide_slow(scenario, policy_of("prohibit", rules), request, "identity").because;
  };
  EXPECT_EQ(because("{}"), "no-permit");
  EXPECT_EQ(because(R"({"no": {"effect": "prohibit", "action": "disclose"}})"), "prohibited");
}

TEST(Section2, OnlyQueriesAreGovernedForTheSakeOfTheOtherSide) {
  EXPECT_EQ(
      decide("prohibit", "{}", R"({"action": "retain", "from": "database", "to": "homeland"})")
          .verdict,
      "not-governed");
  EXPECT_EQ(
      decide("prohibit", "{}", R"({"action": "disclose", "from": "homeland", "to": "database"})")
          .verdict,
      "not-governed");
}

TEST(Section2, APermitToSendIsNoPermitToBeSearched) {
  EXPECT_EQ(
      decide("prohibit", R"({"it": {"effect": "permit", "action": "disclose"}})", from_outside)
          .because,
      "no-permit");
}

TEST(Section2, ARequirementForDisclosureDoesNotReachTheQuery) {
  const SlowVerdict verdict = decide("prohibit", R"({
    "it": {"effect": "permit", "action": "query"},
    "need": {"effect": "require", "action": "disclose", "duties": {"log": true}}})",
                                     from_outside);
  EXPECT_EQ(verdict.rules, Names{"it"});
  EXPECT_EQ(verdict.duties, json::object());
}

/// Permits all queries and prohibits disclosure with the further keys given.
SlowVerdict decide_searched(const std::string& prohibition, const std::string& changes,
                            const std::string& category = "identity") {
  json rules = json::parse(R"({"it": {"effect": "permit", "action": "query"}})");
  rules["no"] = json::parse(prohibition);
  rules["no"]["effect"] = "prohibit";
  return decide("prohibit", rules.dump(), changes, category);
}

TEST(Section2, AProhibitionToDiscloseReachesTheQueryFromOutside) {
  const std::string disclose = R"({"action": "disclose"})";
  EXPECT_EQ(decide_searched(disclose, from_outside).rules, Names{"no"});
  EXPECT_EQ(decide_searched(R"({"action": "query"})", from_outside).rules, Names{"no"});
  EXPECT_EQ(decide_searched(R"({"action": "hand-over"})", from_outside).verdict, "permit");
  EXPECT_EQ(decide_searched(R"({"action": ["use", "retain"]})", from_outside).verdict, "permit");
}

TEST(Section2, ItsOtherKeysMustMatchTheSameWay) {
  const auto verdict = [](const std::string& prohibition) {
    return decide_searched(prohibition, from_outside).verdict;
  };
  EXPECT_EQ(verdict(R"({"action": "disclose", "from": {"node": "database"}})"), "deny");
  EXPECT_EQ(verdict(R"({"action": "disclose", "from": {"node": "homeland"}})"), "permit");
  EXPECT_EQ(verdict(R"({"action": "disclose", "to": {"node": "homeland"}})"), "deny");
  EXPECT_EQ(verdict(R"({"action": "disclose", "data": "photo"})"), "permit");
  EXPECT_EQ(verdict(R"({"action": "disclose", "purpose": "border"})"), "permit");
}

TEST(Section2, AProhibitionToDiscloseDoesNotReachTheQueryOfABoundAsker) {
  EXPECT_EQ(decide_searched(R"({"action": "disclose"})",
                            R"({"action": "query", "from": "database", "to": "border"})")
                .verdict,
            "permit");
}

// ---- Section 3 ----

TEST(Section3, FromLeftOutMatchesThePersonAndASelectorNeverDoes) {
  const std::string collect = R"({"action": "collect", "from": "subject", "to": "border"})";
  EXPECT_TRUE(matches("{}", collect));
  EXPECT_TRUE(matches(R"({"from": "subject"})", collect));
  EXPECT_FALSE(matches(R"({"from": "subject"})"));
  EXPECT_FALSE(matches(R"({"from": {"not": {"node": "border"}}})", collect));
}

TEST(Section3, EveryKeyOfASelectorMustHold) {
  EXPECT_TRUE(matches(R"({"from": {"tag": "frontline", "jurisdiction": "EU"}})"));
  EXPECT_FALSE(matches(R"({"from": {"tag": "frontline", "jurisdiction": "R"}})"));
  EXPECT_TRUE(matches(R"({"from": {"kind": ["service", "authority"]}})"));
  EXPECT_TRUE(matches(R"({"from": {"regime": "led"}})"));
  EXPECT_FALSE(matches(R"({"to": {"regime": ["led", "gdpr"]}})"));
  EXPECT_TRUE(matches(R"({"from": {"any": [{"node": "asylum"}, {"kind": "authority"}]}})"));
  EXPECT_FALSE(matches(R"({"from": {"any": [{"node": "asylum"}], "kind": "authority"}})"));
  EXPECT_FALSE(matches(R"({"from": {"kind": "authority", "not": {"node": "border"}}})"));
}

TEST(Section3, AJurisdictionIsASet) {
  EXPECT_TRUE(matches(R"({"from": {"jurisdiction": "R"}})", R"({"from": "asylum"})"));
  EXPECT_TRUE(matches(R"({"from": {"jurisdiction": ["S", "EU"]}})", R"({"from": "asylum"})"));
}

TEST(Section3, ASubjectNodeIsTheRecordedValue) {
  EXPECT_TRUE(matches(R"({"to": {"node": "subject.origin"}})"));
  EXPECT_FALSE(matches(R"({"to": {"node": "subject.origin"}})", R"({"to": "neighbour"})"));
  EXPECT_FALSE(matches(R"({"to": {"not": {"node": ["subject.origin", "border"]}}})"));
  EXPECT_TRUE(matches(R"({"to": {"node": "subject.first.camp"}})", R"({"to": "R.camp"})"));
  EXPECT_FALSE(matches(R"({"to": {"node": "subject.first.camp"}})", R"({"to": "S.camp"})"));
}

TEST(Section3, SubjectPredicatesNest) {
  EXPECT_TRUE(matches(R"({"subjects": {"attribute": "status", "is": "refused"}})"));
  EXPECT_TRUE(matches(R"({"subjects": {"attribute": "status", "is": ["applicant", "refused"]}})"));
  EXPECT_FALSE(matches(R"({"subjects": {"not": {"attribute": "status", "is": "refused"}}})"));
  EXPECT_FALSE(matches(R"({"subjects": {"all": [{"attribute": "status", "is": "refused"},
                                                {"attribute": "first", "is": "S"}]}})"));
  EXPECT_TRUE(matches(R"({"subjects": {"any": [{"attribute": "status", "is": "applicant"},
                                               {"attribute": "first", "is": "R"}]}})"));
}

TEST(Section3, DataAndPurposeMustBeListed) {
  EXPECT_TRUE(matches(R"({"data": ["identity", "photo"], "purpose": "return"})"));
  EXPECT_FALSE(matches(R"({"data": "photo"})"));
  EXPECT_FALSE(matches(R"({"purpose": ["border"]})"));
  EXPECT_TRUE(matches(R"({"data": "hit"})", "{}", "hit"));
}

TEST(Section3, DataFromLooksAtTheSenderAndTheProvenance) {
  const std::string through = R"({"provenance": {"nodes": ["asylum", "database"]}})";
  EXPECT_TRUE(matches(R"({"data_from": {"node": "border"}})"));
  EXPECT_FALSE(matches(R"({"data_from": {"node": "database"}})"));
  EXPECT_TRUE(matches(R"({"data_from": {"node": "database"}})", through));
  EXPECT_FALSE(matches(R"({"data_from": {"node": "homeland"}})", through));
}

TEST(Section3, ThePersonIsNoSourceOfProvenance) {
  const std::string collect = R"({"action": "collect", "from": "subject", "to": "border"})";
  EXPECT_FALSE(matches(R"({"data_from": {"not": {"node": "border"}}})", collect));
}

TEST(Section3, EachFactMustHaveTheValueGiven) {
  EXPECT_TRUE(
      matches(R"({"when": {"urgent": true, "suspended": false}})", R"({"facts": ["urgent"]})"));
  EXPECT_FALSE(matches(R"({"when": {"urgent": true}})"));
  EXPECT_FALSE(matches(R"({"when": {"suspended": false}})", R"({"facts": ["suspended"]})"));
}

TEST(Section3, DatesOfForceAreInclusiveAndTheStartIsTheDefault) {
  const std::string day = R"({"in_force": {"from": "2026-07-01", "until": "2026-07-01"}})";
  EXPECT_TRUE(matches(day));
  EXPECT_FALSE(matches(day, R"({"on": "2026-06-30"})"));
  EXPECT_FALSE(matches(day, R"({"on": "2026-07-02"})"));
  EXPECT_TRUE(matches(R"({"in_force": {"from": "2026-07-01"}})", R"({"on": "2030-01-01"})"));
  EXPECT_TRUE(matches(R"({"in_force": {"until": "2026-07-01"}})", R"({"on": "2020-01-01"})"));
}

// ---- Section 4 ----

/// Permits all, prohibits what the given category is revealed by, under the given inferences.
SlowVerdict decide_inferred(const std::string& inferences, const std::string& changes = "{}",
                            const std::string& category = "identity", bool inferred = true) {
  json scenario = small_scenario();
  scenario["world"]["inferences"] = json::parse(inferences);
  json policy = policy_of("prohibit", R"({"all": {"effect": "permit"},
    "secret": {"effect": "prohibit", "data": ["asylum_status"]}})");
  policy["rules"]["secret"]["inferred"] = inferred;
  return decide_slow(scenario, policy, request_with(changes), category);
}

const char* const photo_from_asylum = R"({
  "tells": {"holding": ["photo", "health"], "received_from": {"node": "asylum"},
            "reveals": "asylum_status"}})";

const char* const chain = R"({
  "second": {"holding": "health", "received_from": {"kind": "authority"},
             "reveals": "asylum_status"},
  "first": {"holding": "photo", "received_from": {"node": "border"}, "reveals": "health"}})";

const char* const hit_tells = R"({
  "asked": {"holding": "hit", "received_from": {"node": "database"}, "reveals": "asylum_status"}})";

TEST(Section4, AProhibitionReachesWhatRevealsItsCategory) {
  const SlowVerdict verdict = decide_inferred(photo_from_asylum, R"({"from": "asylum"})", "photo");
  EXPECT_EQ(verdict.because, "prohibited");
  EXPECT_EQ(verdict.rules, Names{"secret"});
}

TEST(Section4, TheInferenceNeedsItsSenderItsHoldingAndTheKeyInferred) {
  const std::string asylum = R"({"from": "asylum"})";
  EXPECT_EQ(decide_inferred(photo_from_asylum, "{}", "photo").verdict, "permit");
  EXPECT_EQ(decide_inferred(photo_from_asylum, asylum, "identity").verdict, "permit");
  EXPECT_EQ(decide_inferred(photo_from_asylum, asylum, "photo", false).verdict, "permit");
  EXPECT_EQ(decide_inferred(photo_from_asylum, asylum, "asylum_status", false).verdict, "deny");
}

TEST(Section4, ProvenanceInferencesCountTheSender) {
  const std::string inference = R"({"tells": {"holding": "photo",
    "provenance": {"node": "asylum"}, "reveals": "asylum_status"}})";
  EXPECT_EQ(decide_inferred(inference, R"({"from": "asylum"})", "photo").verdict, "deny");
  EXPECT_EQ(decide_inferred(inference, R"({"provenance": {"nodes": ["asylum"]}})", "photo").verdict,
            "deny");
  EXPECT_EQ(decide_inferred(inference, "{}", "photo").verdict, "permit");
}

TEST(Section4, InferencesChainFromOneSender) {
  EXPECT_EQ(decide_inferred(chain, "{}", "photo").verdict, "deny");
  EXPECT_EQ(decide_inferred(chain, R"({"from": "asylum"})", "photo").verdict, "permit");
}

TEST(Section4, OnlyDisclosureAndQueryReveal) {
  const std::string changes = R"({"action": "retain", "from": "asylum", "to": "border"})";
  EXPECT_EQ(decide_inferred(photo_from_asylum, changes, "photo").verdict, "permit");
  const std::string included = R"({"action": "hand-over", "from": "asylum"})";
  EXPECT_EQ(decide_inferred(photo_from_asylum, included, "photo").verdict, "deny");
}

TEST(Section4, TheAnswerToAQueryAlwaysCarriesAHit) {
  const std::string query = R"({"action": "query", "from": "database", "to": "border"})";
  EXPECT_EQ(decide_inferred(hit_tells, query).rules, Names{"secret"});
  const std::string disclosure = R"({"from": "database", "to": "border"})";
  EXPECT_EQ(decide_inferred(hit_tells, disclosure).verdict, "permit");
  EXPECT_EQ(decide_inferred(hit_tells, disclosure, "hit").verdict, "deny");
}

TEST(Section4, AListedAnswerReachesEveryCategoryOfAQuery) {
  const std::string query = R"({"action": "query", "from": "database", "to": "border"})";
  for (const std::string listed : {R"("hit")", R"("no_hit")", R"(["photo", "no_hit"])"}) {
    for (const std::string inferred : {"true", "false"}) {
      const std::string rules = R"({"all": {"effect": "permit"}, "no": {"effect": "prohibit",
        "data": )" + listed + R"(, "inferred": )" +
                                inferred + "}}";
      EXPECT_EQ(decide("prohibit", rules, query, "identity").rules, Names{"no"});
      EXPECT_EQ(decide("prohibit", rules, query, "hit").rules, Names{"no"});
      EXPECT_EQ(decide("prohibit", rules, "{}", "identity").verdict, "permit");
    }
  }
}

TEST(Section4, OnlyAProhibitionReachesFurtherByAListedAnswer) {
  const std::string query = R"({"action": "query", "from": "database", "to": "border"})";
  EXPECT_FALSE(matches(R"({"data": "hit"})", query));
  EXPECT_EQ(decide("prohibit", R"({"all": {"effect": "permit"}, "need": {"effect": "require",
              "data": "hit", "duties": {"log": true}}})",
                   query)
                .rules,
            Names{"all"});
}

TEST(Section4, TheOtherKeysOfAProhibitionOfAnswersStillCount) {
  const std::string query = R"({"action": "query", "from": "database", "to": "border"})";
  for (const std::string key :
       {R"("action": "use")", R"("purpose": "border")", R"("to": {"node": "asylum"})"}) {
    const std::string rules =
        R"({"all": {"effect": "permit"}, "no": {"effect": "prohibit", "data": "hit", )" + key +
        "}}";
    EXPECT_EQ(decide("prohibit", rules, query).verdict, "permit") << key;
  }
}

TEST(Section4, AnswersToQueriesFromOutsideAreReachedByProhibitionsToDisclose) {
  EXPECT_EQ(decide_searched(R"({"action": "disclose", "data": "hit"})", from_outside).rules,
            Names{"no"});
  EXPECT_EQ(decide_searched(R"({"action": "disclose", "data": "no_hit"})", from_outside).rules,
            Names{"no"});
}

TEST(Section4, InferencesReachQueriesFromOutsideByProhibitionsToDisclose) {
  json scenario = small_scenario();
  const json policy = policy_of("prohibit", R"({"all": {"effect": "permit"},
    "no": {"effect": "prohibit", "action": "disclose", "data": "asylum_status",
           "inferred": true}})");
  const json request = request_with(from_outside);
  EXPECT_EQ(decide_slow(scenario, policy, request, "photo").verdict, "permit");
  scenario["world"]["inferences"] = json::parse(hit_tells);
  EXPECT_EQ(decide_slow(scenario, policy, request, "photo").rules, Names{"no"});
}

TEST(Section4, WhereBothConditionsAreGivenBothMustHold) {
  const std::string both = R"({"tells": {"holding": "photo", "received_from": {"node": "border"},
    "provenance": {"node": "asylum"}, "reveals": "asylum_status"}})";
  const std::string through_asylum = R"("provenance": {"nodes": ["asylum"]}})";
  EXPECT_EQ(decide_inferred(both, "{" + through_asylum, "photo").verdict, "deny");
  EXPECT_EQ(decide_inferred(both, "{}", "photo").verdict, "permit");
  EXPECT_EQ(decide_inferred(both, R"({"from": "asylum"})", "photo").verdict, "permit");
  EXPECT_EQ(decide_inferred(both, R"({"from": "database", )" + through_asylum, "photo").verdict,
            "permit");
}

TEST(Section4, WhereNoConditionIsGivenAnySourceWillDo) {
  const std::string neither = R"({"tells": {"holding": "photo", "reveals": "asylum_status"}})";
  EXPECT_EQ(decide_inferred(neither, "{}", "photo").verdict, "deny");
  EXPECT_EQ(decide_inferred(neither, R"({"from": "database"})", "photo").verdict, "deny");
  EXPECT_EQ(decide_inferred(neither, "{}", "identity").verdict, "permit");
}

TEST(Section4, TheOtherKeysOfTheProhibitionStillCount) {
  json scenario = small_scenario();
  scenario["world"]["inferences"] = json::parse(photo_from_asylum);
  const json policy = policy_of("prohibit", R"({"all": {"effect": "permit"},
    "secret": {"effect": "prohibit", "data": "asylum_status", "inferred": true,
               "to": {"node": "neighbour"}}})");
  const json request = request_with(R"({"from": "asylum"})");
  EXPECT_EQ(decide_slow(scenario, policy, request, "photo").verdict, "permit");
}

// ---- Section 5 ----

TEST(Section5, ADerogationIsItsOwnAlternativeOnly) {
  const SlowVerdict verdict = decide("prohibit", R"({
    "a-plain": {"effect": "permit"},
    "b-special": {"effect": "permit", "derogates_from": ["no", "elsewhere"]},
    "elsewhere": {"effect": "prohibit", "to": {"node": "neighbour"}},
    "no": {"effect": "prohibit"}})");
  EXPECT_EQ(verdict.verdict, "permit");
  EXPECT_EQ(verdict.rules, Names{"b-special"});
  EXPECT_EQ(verdict.derogates_from, Names{"no"});
  EXPECT_TRUE(verdict.overrides.empty());
  EXPECT_TRUE(verdict.alternatives.empty());
}

TEST(Section5, DerogatingFromOneOfTwoProhibitionsIsNotEnough) {
  const SlowVerdict verdict = decide("prohibit", R"({
    "it": {"effect": "permit", "derogates_from": ["no-1"]},
    "no-1": {"effect": "prohibit"}, "no-2": {"effect": "prohibit"}})");
  EXPECT_EQ(verdict.because, "prohibited");
  EXPECT_EQ(verdict.rules, Names{"no-2"});
}

SlowVerdict decide_layered(const std::string& permit_layer, const std::string& prohibition_layer,
                           const std::string& strategy = "perm") {
  json policy =
      policy_of(strategy, R"({"it": {"effect": "permit"}, "no": {"effect": "prohibit"}})");
  policy["layers"] = {"union", "national"};
  if (!permit_layer.empty()) policy["rules"]["it"]["layer"] = permit_layer;
  if (!prohibition_layer.empty()) policy["rules"]["no"]["layer"] = prohibition_layer;
  return decide_slow(small_scenario(), policy, request_with(), "identity");
}

TEST(Section5, UnderPermOnlyAHigherLayerBars) {
  EXPECT_EQ(decide_layered("national", "union").because, "prohibited");
  EXPECT_EQ(decide_layered("national", "").because, "prohibited");
  EXPECT_EQ(decide_layered("union", "national").overrides, Names{"no"});
  EXPECT_EQ(decide_layered("national", "national").overrides, Names{"no"});
  EXPECT_EQ(decide_layered("", "").verdict, "permit");
  EXPECT_EQ(decide_layered("union", "national", "prohibit").verdict, "deny");
}

TEST(Section5, UnderPermAnAbsoluteProhibitionBars) {
  const SlowVerdict verdict = decide("perm", R"({
    "it": {"effect": "permit"}, "no": {"effect": "prohibit"},
    "never": {"effect": "prohibit", "absolute": true}})");
  EXPECT_EQ(verdict.because, "prohibited");
  EXPECT_EQ(verdict.rules, Names{"never"});
}

TEST(Section5, UnderPermADerogationIsNotAnOverride) {
  const SlowVerdict verdict = decide("perm", R"({
    "it": {"effect": "permit", "derogates_from": ["no-1"]},
    "no-1": {"effect": "prohibit"}, "no-2": {"effect": "prohibit"}})");
  EXPECT_EQ(verdict.derogates_from, Names{"no-1"});
  EXPECT_EQ(verdict.overrides, Names{"no-2"});
}

TEST(Section5, UnderInvalidOnePairVoidsTheCategoryForAllAlternatives) {
  const SlowVerdict verdict = decide("invalid", R"({
    "plain": {"effect": "permit"},
    "special": {"effect": "permit", "derogates_from": ["no"]},
    "no": {"effect": "prohibit"}})");
  EXPECT_EQ(verdict.verdict, "deny");
  EXPECT_EQ(verdict.because, "conflict");
  EXPECT_EQ(verdict.rules, (Names{"no", "plain"}));
}

TEST(Section5, UnderInvalidWithoutAPairTheStrategyIsProhibit) {
  const std::string rules = R"({
    "special": {"effect": "permit", "derogates_from": ["no"], "data": "identity"},
    "no": {"effect": "prohibit"}})";
  EXPECT_EQ(decide("invalid", rules).derogates_from, Names{"no"});
  EXPECT_EQ(decide("invalid", rules, "{}", "photo").because, "prohibited");
}

TEST(Section5, ARequirementAddsItsDuties) {
  const SlowVerdict verdict = decide("prohibit", R"({
    "it": {"effect": "permit", "duties": {"retain_days": 90}},
    "z-need": {"effect": "require", "duties": {"retain_days": 30, "log": true}},
    "a-need": {"effect": "require", "data": "identity", "duties": {"pseudonymise": true}},
    "other": {"effect": "require", "data": "photo", "duties": {"hit_only": true}}})");
  EXPECT_EQ(verdict.rules, (Names{"it", "a-need", "z-need"}));
  EXPECT_EQ(verdict.duties, json::parse(R"({"retain_days": 30, "log": true,
                                            "pseudonymise": true})"));
}

TEST(Section5, DutiesTogetherAreTheStrictest) {
  const SlowVerdict verdict = decide("prohibit", R"({
    "it": {"effect": "permit", "duties": {
      "retain_days": 30, "sunset": "2027-01-01", "notify": {"time_to_object_days": 5},
      "redact": ["photo", "health"], "suspended_when": {"urgent": true, "suspended": true},
      "guardian": {"of": "to", "desk": "front"},
      "authorised_by": {"of": "asylum", "desk": "front"}}},
    "need": {"effect": "require", "duties": {
      "retain_days": 60, "sunset": "2026-12-31", "notify": {"time_to_object_days": 9},
      "redact": ["photo", "asylum_status"], "suspended_when": {"urgent": true},
      "guardian": {"of": "actor", "desk": "front"},
      "authorised_by": {"of": "asylum", "desk": "front"}}}})");
  EXPECT_EQ(verdict.duties, json::parse(R"({
    "retain_days": 30, "sunset": "2026-12-31", "notify": {"time_to_object_days": 9},
    "redact": ["asylum_status", "health", "photo"],
    "suspended_when": [{"suspended": true}, {"urgent": true}],
    "guardian": [{"desk": "front", "of": "actor"}, {"desk": "front", "of": "to"}],
    "authorised_by": [{"desk": "front", "of": "asylum"}]})"));
}

TEST(Section5, DutiesOfTwoPermitsAreNeverPutTogether) {
  const SlowVerdict verdict = decide("prohibit", R"({
    "a": {"effect": "permit", "duties": {"retain_days": 90}},
    "b": {"effect": "permit", "duties": {"log": true, "retain_days": 30}}})");
  EXPECT_EQ(verdict.duties, json::parse(R"({"retain_days": 90})"));
  EXPECT_EQ(verdict.alternatives, Names{"b"});
}

TEST(Section5, LogAndRecallNeedAChannelThatCan) {
  for (const std::string duties : {R"({"log": true})", R"({"recall": true})"}) {
    EXPECT_TRUE(can_be_met(duties));
    EXPECT_TRUE(can_be_met(duties, R"({"via": "letter"})"));
    EXPECT_TRUE(can_be_met(duties, R"({"via": "taped"})"));
    EXPECT_FALSE(can_be_met(duties, R"({"via": "call"})"));
    EXPECT_FALSE(can_be_met(duties, R"({"via": "talk"})"));
    EXPECT_FALSE(can_be_met(duties, R"({"via": "dark"})"));
  }
}

TEST(Section5, TheDayOfSunsetIsTheLast) {
  EXPECT_TRUE(can_be_met(R"({"sunset": "2026-07-01"})"));
  EXPECT_FALSE(can_be_met(R"({"sunset": "2026-06-30"})"));
  EXPECT_FALSE(can_be_met(R"({"sunset": "2026-07-01"})", R"({"on": "2026-07-02"})"));
}

TEST(Section5, AnyOneSuspendingFactSuspends) {
  const std::string duties = R"({"suspended_when": {"urgent": true, "suspended": false}})";
  EXPECT_FALSE(can_be_met(duties));
  EXPECT_FALSE(can_be_met(duties, R"({"facts": ["urgent", "suspended"]})"));
  EXPECT_TRUE(can_be_met(duties, R"({"facts": ["suspended"]})"));
}

TEST(Section5, TravellingNoOnwardStopsDisclosureAndQueryOnly) {
  const std::string copy = R"("provenance": {"no_onward": true}})";
  EXPECT_FALSE(can_be_met("{}", "{" + copy));
  EXPECT_FALSE(can_be_met("{}", R"({"action": "hand-over", )" + copy));
  EXPECT_FALSE(
      can_be_met("{}", R"({"action": "query", "from": "database", "to": "border", )" + copy));
  EXPECT_TRUE(can_be_met("{}", R"({"action": "retain", "to": "border", )" + copy));
  EXPECT_TRUE(can_be_met("{}", R"({"action": "use", "to": "border", )" + copy));
}

TEST(Section5, TravellingPurposeOnlyStopsOtherPurposesExceptCollection) {
  const std::string other = R"("provenance": {"purpose_only": ["border"]}})";
  EXPECT_FALSE(can_be_met("{}", "{" + other));
  EXPECT_FALSE(can_be_met("{}", R"({"action": "use", "to": "border", )" + other));
  EXPECT_TRUE(
      can_be_met("{}", R"({"action": "collect", "from": "subject", "to": "border", )" + other));
  EXPECT_TRUE(can_be_met("{}", R"({"provenance": {"purpose_only": ["border", "return"]}})"));
}

TEST(Section5, TheSameWordsAsDutiesOfAPermitStopNothingNow) {
  EXPECT_TRUE(can_be_met(R"({"no_onward": true, "purpose_only": true})"));
}

TEST(Section5, RedactOfTheCategoryLeavesNothing) {
  EXPECT_FALSE(can_be_met(R"({"redact": ["photo", "identity"]})"));
  EXPECT_TRUE(can_be_met(R"({"redact": ["photo"]})"));
  EXPECT_FALSE(can_be_met(R"({"redact": "identity"})"));
}

TEST(Section5, RedactOfARequirementCountsToo) {
  EXPECT_EQ(decide("prohibit", R"({"it": {"effect": "permit", "duties": {"redact": "photo"}},
              "need": {"effect": "require", "duties": {"redact": "identity"}}})")
                .because,
            "duty-unmet");
}

TEST(Section5, HitOnlyIsForQueries) {
  const std::string duties = R"({"hit_only": true})";
  EXPECT_TRUE(can_be_met(duties, R"({"action": "query", "from": "database", "to": "border"})"));
  EXPECT_TRUE(can_be_met(duties, from_outside));
  EXPECT_FALSE(can_be_met(duties));
  EXPECT_FALSE(can_be_met(duties, R"({"action": "retain", "to": "border"})"));
  EXPECT_FALSE(can_be_met(duties, R"({"action": "match", "to": "border"})"));
  EXPECT_FALSE(can_be_met(duties, R"({"action": "collect", "from": "subject", "to": "border"})"));
}

TEST(Section5, TravellingRecallNeedsAChannelThatCan) {
  const std::string recall = R"("provenance": {"recall": true}})";
  EXPECT_TRUE(can_be_met("{}", "{" + recall));
  EXPECT_TRUE(can_be_met("{}", R"({"via": "letter", )" + recall));
  EXPECT_TRUE(can_be_met("{}", R"({"via": "taped", )" + recall));
  EXPECT_FALSE(can_be_met("{}", R"({"via": "call", )" + recall));
  EXPECT_FALSE(can_be_met("{}", R"({"via": "dark", )" + recall));
  EXPECT_FALSE(can_be_met("{}", R"({"via": "talk", "action": "use", "to": "border", )" + recall));
  EXPECT_TRUE(can_be_met("{}", R"({"via": "call", "provenance": {"recall": false}})"));
}

TEST(Section5, InAVoidCategoryNoAlternativeStands) {
  const SlowVerdict verdict = decide("invalid", R"({
    "plain": {"effect": "permit"},
    "special": {"effect": "permit", "derogates_from": ["no"], "duties": {"log": true}},
    "no": {"effect": "prohibit"}})",
                                     R"({"via": "call"})");
  EXPECT_EQ(verdict.because, "conflict");
  EXPECT_EQ(verdict.rules, (Names{"no", "plain"}));
  EXPECT_TRUE(verdict.alternatives.empty());
}

/// The effective desks of `duty` where a permit and a requirement name these.
json desks_of(const std::string& duty, const std::string& of_permit, const std::string& of_need) {
  json rules = json::parse(R"({"it": {"effect": "permit"}, "need": {"effect": "require"}})");
  rules["it"]["duties"][duty] = json::parse(of_permit);
  rules["need"]["duties"][duty] = json::parse(of_need);
  return decide("prohibit", rules.dump()).duties.at(duty);
}

TEST(Section5, CaseByCaseIsTheDefaultAndNotWritten) {
  EXPECT_EQ(desks_of("authorised_by", R"({"of": "to", "desk": "front", "basis": "case"})",
                     R"({"of": "to", "desk": "front"})"),
            json::parse(R"([{"of": "to", "desk": "front"}])"));
}

TEST(Section5, AGeneralAuthorisationIsAnother) {
  EXPECT_EQ(desks_of("authorised_by", R"({"of": "to", "desk": "front", "basis": "general"})",
                     R"({"of": "to", "desk": "front"})"),
            json::parse(R"([{"basis": "general", "desk": "front", "of": "to"},
                            {"desk": "front", "of": "to"}])"));
}

TEST(Section5, WhatElseIsSaidOfAGrantIsNoPartOfTheDesk) {
  EXPECT_EQ(desks_of("authorised_by",
                     R"({"of": "to", "desk": "front", "expires_days": 30,
                         "grants": {"value": 0.5, "evidence": "illustrative"}})",
                     R"({"of": "to", "desk": "front", "basis": "case", "expires_days": 60})"),
            json::parse(R"([{"of": "to", "desk": "front"}])"));
}

TEST(Section5, DesksAreComparedAsWritten) {
  EXPECT_EQ(desks_of("guardian", R"({"of": "to", "desk": "front"})",
                     R"({"of": "homeland", "desk": "front"})")
                .size(),
            2U);
}

// ---- Section 6 ----

TEST(Section6, WithoutADeskThenLongerRetentionThenTheId) {
  const SlowVerdict verdict = decide("prohibit", R"({
    "a-desk": {"effect": "permit", "duties": {"guardian": {"of": "to", "desk": "front"}}},
    "b-short": {"effect": "permit", "duties": {"retain_days": 30}},
    "c-long": {"effect": "permit", "duties": {"retain_days": 90}},
    "r10": {"effect": "permit"},
    "r9": {"effect": "permit", "duties": {"authorised_by":
      {"of": "to", "desk": "front", "basis": "general"}}},
    "z-desk": {"effect": "permit", "duties": {"authorised_by": {"of": "to", "desk": "front"}}}})");
  EXPECT_EQ(verdict.rules, Names{"r10"});
  EXPECT_EQ(verdict.alternatives, (Names{"r9", "c-long", "b-short", "a-desk", "z-desk"}));
}

/// The permit taken and the alternatives of a request by these permits with their duties.
Names order_of(const std::string& duties_by_permit, const std::string& changes = "{}",
               const std::string& needed = "{}") {
  json rules = json::object();
  const json by_permit = json::parse(duties_by_permit);
  for (const auto& [id, duties] : by_permit.items()) {
    rules[id] = {{"effect", "permit"}, {"duties", duties}};
  }
  rules["need"] = {{"effect", "require"}, {"duties", json::parse(needed)}};
  const SlowVerdict verdict = decide("prohibit", rules.dump(), changes);
  Names order = {verdict.rules.at(0)};
  order.insert(order.end(), verdict.alternatives.begin(), verdict.alternatives.end());
  return order;
}

TEST(Section6, TheDataItselfBeforeLessThanIt) {
  EXPECT_EQ(order_of(R"({"a": {"hit_only": true}, "b": {"pseudonymise": true},
                         "c": {"aggregate_only": true}, "d": {"retain_days": 1}})",
                     R"({"action": "query", "from": "database", "to": "border"})"),
            (Names{"d", "a", "b", "c"}));
}

TEST(Section6, FreeBeforeBoundHands) {
  EXPECT_EQ(order_of(R"({"a": {"no_onward": true}, "b": {"purpose_only": true},
                         "c": {"recall": true}, "d": {"retain_days": 1}})"),
            (Names{"d", "a", "b", "c"}));
}

TEST(Section6, DeskThenLessDataThenBoundHandsThenRetention) {
  EXPECT_EQ(order_of(R"({
    "a": {"guardian": {"of": "to", "desk": "front"}},
    "b": {"pseudonymise": true},
    "c": {"no_onward": true},
    "d": {"retain_days": 1},
    "e": {"pseudonymise": true, "no_onward": true},
    "f": {"guardian": {"of": "to", "desk": "front"}, "aggregate_only": true}})"),
            (Names{"d", "c", "b", "e", "a", "f"}));
}

TEST(Section6, MoreOfTheSameBurdenIsNoFurtherBurden) {
  EXPECT_EQ(order_of(R"({"a": {"pseudonymise": true, "aggregate_only": true,
                               "no_onward": true, "recall": true},
                         "b": {"pseudonymise": true, "no_onward": true}})"),
            (Names{"a", "b"}));
}

TEST(Section6, RedactAndLogAndNoticeAreNoBurdenInTheOrder) {
  EXPECT_EQ(order_of(R"({"a": {"redact": ["photo"], "log": true,
                               "notify": {"time_to_object_days": 3}}, "b": {}})"),
            (Names{"a", "b"}));
}

TEST(Section6, BurdensOfARequirementCountForAll) {
  const std::string permits = R"({"a": {"pseudonymise": true, "no_onward": true}, "b": {}})";
  EXPECT_EQ(order_of(permits), (Names{"b", "a"}));
  EXPECT_EQ(order_of(permits, "{}", R"({"aggregate_only": true})"), (Names{"b", "a"}));
  EXPECT_EQ(order_of(permits, "{}", R"({"aggregate_only": true, "recall": true})"),
            (Names{"a", "b"}));
}

TEST(Section6, OnlyAlternativesThatCanMeetTheirDutiesAreListed) {
  EXPECT_EQ(order_of(R"({"a": {"hit_only": true}, "b": {"redact": "identity"},
                         "c": {"retain_days": 2}, "d": {"retain_days": 1}})"),
            (Names{"c", "d"}));
}

TEST(Section6, TheOrderIsThatOfEffectiveDuties) {
  const SlowVerdict verdict = decide("prohibit", R"({
    "a": {"effect": "permit", "duties": {"retain_days": 60}}, "b": {"effect": "permit"},
    "need": {"effect": "require", "duties": {"retain_days": 30}}})");
  EXPECT_EQ(verdict.rules, (Names{"a", "need"}));
  EXPECT_EQ(verdict.alternatives, Names{"b"});
}

TEST(Section6, AnAlternativeThatCannotMeetItsDutiesIsPassedOver) {
  const SlowVerdict verdict = decide("prohibit", R"({
    "a": {"effect": "permit", "duties": {"log": true}},
    "b": {"effect": "permit", "duties": {"retain_days": 1}}})",
                                     R"({"via": "call"})");
  EXPECT_EQ(verdict.rules, Names{"b"});
  EXPECT_TRUE(verdict.alternatives.empty());
}

TEST(Section6, WithoutAPermitAllMatchingProhibitionsAreNamed) {
  const SlowVerdict verdict = decide("perm", R"({
    "no-2": {"effect": "prohibit"}, "no-10": {"effect": "prohibit"},
    "photos": {"effect": "prohibit", "data": "photo"}})");
  EXPECT_EQ(verdict.because, "prohibited");
  EXPECT_EQ(verdict.rules, (Names{"no-10", "no-2"}));
}

TEST(Section6, AStandingAlternativeMakesItDutyUnmetInsteadOfProhibited) {
  const SlowVerdict verdict = decide("prohibit", R"({
    "barred": {"effect": "permit"},
    "stands": {"effect": "permit", "derogates_from": ["no"], "duties": {"log": true}},
    "no": {"effect": "prohibit"}})",
                                     R"({"via": "call"})");
  EXPECT_EQ(verdict.because, "duty-unmet");
  EXPECT_EQ(verdict.rules, Names{"stands"});
}

TEST(Section6, ARequirementMayMakeADutyUnmet) {
  const SlowVerdict verdict = decide("prohibit", R"({
    "b": {"effect": "permit"}, "a": {"effect": "permit"},
    "need": {"effect": "require", "duties": {"log": true}}})",
                                     R"({"via": "call"})");
  EXPECT_EQ(verdict.because, "duty-unmet");
  EXPECT_EQ(verdict.rules, (Names{"a", "b"}));
  EXPECT_EQ(verdict.duties, json::object());
}

TEST(Section6, WithoutAnyRuleOrWithARequirementOnlyThereIsNoPermit) {
  for (const std::string rules : {"{}", R"({"need": {"effect": "require"}})"}) {
    const SlowVerdict verdict = decide("invalid", rules);
    EXPECT_EQ(verdict.verdict, "deny");
    EXPECT_EQ(verdict.because, "no-permit");
    EXPECT_TRUE(verdict.rules.empty());
  }
}

// ---- Section 8 ----

/// ODRL 2.2: use is prohibited, playing, which is included in it, is permitted.
SlowVerdict decide_odrl(const std::string& strategy, const std::string& action = "play") {
  return decide(strategy,
                R"({"may-play": {"effect": "permit", "action": "play"},
                    "no-use": {"effect": "prohibit", "action": "use"}})",
                json{{"action", action}, {"from", "border"}, {"to", "border"}}.dump());
}

TEST(Section8, OdrlPermPlaysInSpiteOfTheProhibition) {
  EXPECT_EQ(decide_odrl("perm").verdict, "permit");
  EXPECT_EQ(decide_odrl("perm").rules, Names{"may-play"});
  EXPECT_EQ(decide_odrl("perm").overrides, Names{"no-use"});
}

TEST(Section8, OdrlProhibitDoesNotPlay) {
  EXPECT_EQ(decide_odrl("prohibit").because, "prohibited");
  EXPECT_EQ(decide_odrl("prohibit").rules, Names{"no-use"});
}

TEST(Section8, OdrlInvalidIsAConflictOfThatRequestOnly) {
  EXPECT_EQ(decide_odrl("invalid").because, "conflict");
  EXPECT_EQ(decide_odrl("invalid").rules, (Names{"may-play", "no-use"}));
  EXPECT_EQ(decide_odrl("invalid", "use").because, "prohibited");
  EXPECT_EQ(decide_odrl("invalid", "match").because, "no-permit");
}

}  // namespace
}  // namespace onward::reference
