// SPDX-License-Identifier: Apache-2.0
//
// What lint says, word for word, of one policy at a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/scenario/lint_report.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::invented;
using test_support::loaded;

/// Code, severity and message of each finding, in order.
std::vector<std::string> said(const json& document) {
  const auto scenario = loaded(document);
  std::vector<std::string> all;
  for (const LintFinding& finding : lint(lint_context(*scenario, scenario->policies.size() - 1)))
    all.push_back(std::string(to_string(finding.code)) + ", " + to_string(finding.severity) + ": " +
                  finding.message);
  return all;
}

class LintWords : public testing::Test {
 protected:
  /// A rule of invented law on telling abroad, with more keys or others.
  json& add(const std::string& id, const std::string& effect, const json& more = json::object()) {
    json rule = {{"effect", effect},
                 {"action", "disclose"},
                 {"data", "identity"},
                 {"to", {{"node", "abroad"}}},
                 {"basis", invented("Act " + id)}};
    rule.update(more);
    return rules_[id] = rule;
  }

  void expect(const std::vector<std::string>& findings) {
    document_["policies"][0]["rules"] = rules_;
    EXPECT_EQ(said(document_), findings);
  }

  json document_ = test_support::small_scenario();
  json rules_ = json::object();
};

TEST_F(LintWords, nothing_is_said_of_a_rule_that_does_something) {
  add("tell", "permit");
  expect({});
}

TEST_F(LintWords, two_permits_that_say_the_same) {
  add("a", "permit");
  add("b", "permit", {{"data", {"identity"}}});
  expect(
      {"redundant, warning: `a` adds nothing: `b` (Act b) permits the same under the same duties",
       "shadowed, warning: `b` is never used: wherever it permits, `a` (Act a) is taken before "
       "it"});
}

TEST_F(LintWords, a_permit_that_is_barred_wherever_it_matches) {
  add("tell", "permit");
  add("wide", "permit", {{"data", {"identity", "hit"}}});
  add("never", "prohibit", {{"to", {{"kind", "third_country"}}}});
  expect(
      {"shadowed, warning: `tell` permits nothing: wherever it matches, `never` (Act never) "
       "prohibits it",
       "conflict, note: `wide` (Act wide) also permits what `never` (Act never) prohibits; there "
       "the prohibition wins"});
}

TEST_F(LintWords, a_prohibition_on_what_nothing_permits) {
  add("never", "prohibit");
  expect({"idle, note: `never` decides nothing by itself: no rule permits what it prohibits"});
}

TEST_F(LintWords, two_prohibitions_that_say_the_same) {
  add("tell", "permit", {{"data", {"identity", "hit"}}});
  add("a", "prohibit");
  add("b", "prohibit");
  expect({"redundant, note: `a` adds nothing: what it prohibits, `b` (Act b) prohibits too",
          "redundant, note: `b` adds nothing: what it prohibits, `a` (Act a) prohibits too",
          "conflict, note: `tell` (Act tell) also permits what `a` and `b` prohibit; there the "
          "prohibition wins"});
}

TEST_F(LintWords, a_prohibition_from_which_every_permit_derogates) {
  add("tell", "permit", {{"derogates_from", "but"}});
  add("but", "prohibit");
  // Idle, not redundant: it also gives the reason why a query from abroad is denied.
  expect(
      {"idle, note: `but` decides nothing by itself: every permit that it meets derogates from it "
       "or wins over it"});
}

TEST_F(LintWords, a_prohibition_beside_a_permit_that_is_taken_all_the_same) {
  document_["vocabulary"]["purposes"]["other"] = json::object();
  const json keep = {{"action", "retain"}, {"to", {{"node", "office"}}}};
  add("but", "prohibit", keep);
  add("first", "permit", keep)["derogates_from"] = "but";
  add("second", "permit", keep);
  // Idle: of data bound to another purpose `second` too would be a permit whose duty is not met.
  expect(
      {"idle, note: `but` decides nothing by itself: where it bars a permit, another one is taken "
       "all the same",
       "shadowed, warning: `second` permits nothing: wherever it matches, `but` (Act but) "
       "prohibits it"});
}

TEST_F(LintWords, a_requirement_on_what_nothing_permits) {
  add("log", "require", {{"duties", {{"log", true}}}});
  expect({"redundant, warning: `log` adds no duty: nothing that it matches is ever permitted"});
}

TEST_F(LintWords, a_requirement_of_what_is_asked_anyway) {
  add("tell", "permit", {{"duties", {{"log", true}}}});
  add("log", "require", {{"duties", {{"log", true}}}});
  expect({"redundant, warning: `log` adds no duty: `tell` (Act tell) asks for what it asks for"});
}

TEST_F(LintWords, a_permit_whose_duties_can_never_be_met) {
  add("tell", "permit", {{"duties", {{"hit_only", true}}}});
  expect(
      {"duties-unmet, warning: `tell` permits nothing: its duties can be met by no request that "
       "it matches"});
}

TEST_F(LintWords, a_rule_that_comes_after_the_scenario) {
  add("later", "permit", {{"in_force", {{"from", "2031-01-01"}}}});
  expect(
      {"never-applies, warning: `later` never applies: it is in force from 2031-01-01, the "
       "scenario runs from 2026-07-01 to 2027-07-01"});
}

TEST_F(LintWords, a_rule_for_nodes_that_the_policy_does_not_bind) {
  add("tell", "permit", {{"from", {{"node", "abroad"}}}, {"to", {{"node", "office"}}}});
  expect(
      {"never-applies, warning: `tell` never applies: the policy binds none of the nodes that "
       "would act under it"});
}

TEST_F(LintWords, a_rule_for_nobody) {
  document_["vocabulary"]["attributes"]["age"] = {
      {"values", {"child", "adult"}}, {"initial", "adult"}, {"recorded", "exact"}};
  const json child = {{"attribute", "age"}, {"is", "child"}};
  add("tell", "permit", {{"subjects", {{"all", {child, {{"not", child}}}}}}});
  expect({"never-applies, warning: `tell` never applies: nobody is as its `subjects` say"});
}

TEST_F(LintWords, a_rule_from_a_node_to_itself) {
  add("tell", "permit", {{"from", {{"node", "office"}}}, {"to", {{"node", "office"}}}});
  expect(
      {"never-applies, warning: `tell` never applies: no request fits all its conditions "
       "together"});
}

TEST_F(LintWords, a_conflict_makes_void_under_invalid) {
  document_["policies"][0]["strategy"] = "invalid";
  add("tell", "permit", {{"data", {"identity", "hit"}}});
  add("never", "prohibit");
  document_["policies"][0]["rules"] = rules_;
  EXPECT_EQ(said(document_).back(),
            "conflict, warning: `tell` (Act tell) also permits what `never` (Act never) prohibits; "
            "there the request is void");
}

TEST_F(LintWords, a_basis_that_is_no_law_or_was_not_read) {
  json basis = {{"status", "practice"}, {"citation", "As it is done"}};
  add("tell", "permit", {{"basis", basis}, {"unmodelled", {"The article was not read."}}});
  expect({"transfer-without-ground, warning: `tell` transfers to a third country without a ground",
          "no-law, warning: `tell` rests on practice, not on law",
          "not-read, note: `tell` says that a source of it was not read or not verified",
          "no-ground, note: `tell` names no ground of processing"});
}

/// The first example of a document's findings.
json first_example(const json& document) {
  const auto scenario = loaded(document);
  const auto found = lint_report(*scenario, {scenario->policies.size() - 1});
  return to_json(found, *scenario)["findings"][0]["example"];
}

TEST_F(LintWords, an_example_says_of_the_person_only_what_counts) {
  document_["vocabulary"]["attributes"] = {
      {"age", {{"values", {"child", "adult"}}, {"initial", "adult"}, {"recorded", "exact"}}},
      {"hair", {{"values", {"grey", "none"}}, {"initial", "grey"}, {"recorded", "exact"}}}};
  document_["population"]["groups"]["all"]["attributes"] = {{"age", "adult"}, {"hair", "grey"}};
  add("never", "prohibit", {{"subjects", {{"attribute", "age"}, {"is", "child"}}}});
  add("other", "permit", {{"data", "hit"}, {"subjects", {{"attribute", "hair"}, {"is", "none"}}}});
  document_["policies"][0]["rules"] = rules_;
  const json example = first_example(document_);
  EXPECT_EQ(example["request"]["subject"], json({{"age", "child"}}));
  EXPECT_EQ(example["because"], "prohibited");
}

}  // namespace
}  // namespace onward
