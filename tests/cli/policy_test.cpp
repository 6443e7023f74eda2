// SPDX-License-Identifier: Apache-2.0
//
// `onward policy` as a person meets it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/run.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::fresh_folder;
using test_support::invented;
using test_support::Outcome;
using test_support::run;
using test_support::write_file;
using testing::HasSubstr;
using testing::Not;

std::size_t columns(const std::string& line) {
  std::size_t count = 0;
  for (const char c : line) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return count;
}

TEST(PolicyList, says_id_label_number_of_rules_and_what_is_changed) {
  const Outcome list = run({"policy", "list", "scenarios/classroom"});
  EXPECT_EQ(list.exit_code, 0);
  EXPECT_EQ(list.out,
            "law        no letters; 2 rules\n"
            "proposal   every office writes for papers; 3 rules; changes law\n"
            "safeguard  only the border police write; 3 rules; changes proposal\n");
  EXPECT_EQ(list.err, "");
}

TEST(PolicyList, without_a_scenario_means_the_main_one) {
  EXPECT_THAT(run({"policy", "list"}).out, HasSubstr("safeguards"));
}

TEST(PolicyShow, a_rule_says_who_may_do_what_and_where_each_change_came_from) {
  const Outcome shown =
      run({"policy", "show", "safeguard", "scenarios/classroom", "--rule", "letters"});
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_THAT(shown.out,
              HasSubstr("\nPERMITTED, 1 rule\n"
                        "  letters\n"
                        "    Border police may hand identity to the person's own origin (State of "
                        "origin); for return\n"
                        "    only            about people of whom is recorded: status is refused\n"
                        "    NOT LAW         Classroom Bill, s. 1 (invented, not law)\n"
                        "    origin          added by proposal, "
                        "scenarios/classroom/scenario.json:113\n"
                        "                    amended by safeguard, "
                        "scenarios/classroom/scenario.json:127\n"
                        "                      /from: {\"tag\": \"office\"} became "
                        "{\"node\": \"border\"}\n"));
}

TEST(PolicyShow, fits_100_columns) {
  for (const char* policy : {"law", "proposal", "safeguards"}) {
    const Outcome shown = run({"policy", "show", policy});
    EXPECT_EQ(shown.exit_code, 0);
    std::istringstream lines(shown.out);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), 100U) << line;
  }
}

TEST(PolicyShow, withdrawn_rules_stand_apart_with_the_patch_that_took_them_away) {
  const std::string text = run({"policy", "show", "safeguards"}).out;
  EXPECT_THAT(text, HasSubstr("\nWITHDRAWN\n  state-of-origin-looks-up: "));
  EXPECT_THAT(text, HasSubstr("withdrawn by safeguards, "
                              "scenarios/partner-sharing/policies/safeguards.json:"));
}

json with_rules() {
  json scenario = test_support::small_scenario();
  json& rules = scenario["policies"][0]["rules"];
  rules["now"] = {{"effect", "permit"}, {"action", "disclose"}, {"basis", invented("Now Act")}};
  rules["soon"] = rules["now"];
  rules["soon"]["in_force"] = {{"from", "2027-01-01"}};
  rules["past"] = rules["now"];
  rules["past"]["in_force"] = {{"until", "2026-07-02"}};
  return scenario;
}

TEST(PolicyShow, rules_out_of_force_on_the_day_stand_apart) {
  const std::string file = fresh_folder() + "/dated.json";
  write_file(file, with_rules().dump(1));
  const std::string start = run({"policy", "show", "law", file}).out;
  EXPECT_THAT(start, HasSubstr("as of             2026-07-01\n"));
  EXPECT_LT(start.find("\n  past\n"), start.find("NOT YET IN FORCE ON 2026-07-01"));
  EXPECT_LT(start.find("NOT YET IN FORCE ON 2026-07-01"), start.find("\n  soon\n"));
  EXPECT_THAT(start, Not(HasSubstr("NO LONGER")));

  const std::string later = run({"policy", "show", "law", file, "--as-of", "2027-01-01"}).out;
  EXPECT_LT(later.find("\n  soon\n"), later.find("NO LONGER IN FORCE ON 2027-01-01"));
  EXPECT_LT(later.find("NO LONGER IN FORCE ON 2027-01-01"), later.find("\n  past\n"));
  EXPECT_THAT(later, Not(HasSubstr("NOT YET")));
}

TEST(PolicyShow, only_what_is_law_is_called_an_article) {
  json scenario = test_support::small_scenario();
  json& rules = scenario["policies"][0]["rules"];
  const json rule = {{"effect", "permit"}, {"action", "disclose"}};
  const auto add = [&](const char* id, const char* status) {
    rules[id] = rule;
    rules[id]["basis"] = {{"status", status}, {"citation", std::string("Act ") + id}};
  };
  add("a", "in-force");
  add("b", "practice");
  add("c", "invented");
  add("d", "proposed");
  add("e", "not-yet");
  add("f", "in-force");
  rules["f"]["unmodelled"] = {"The article was not read."};
  const std::string file = fresh_folder() + "/basis.json";
  write_file(file, scenario.dump(1));
  const std::string text = run({"policy", "show", "law", file}).out;
  EXPECT_THAT(text, HasSubstr("article         Act a (in force)\n"));
  EXPECT_THAT(text, HasSubstr("NOT LAW         Act b (practice, not law)\n"));
  EXPECT_THAT(text, HasSubstr("NOT LAW         Act c (invented, not law)\n"));
  EXPECT_THAT(text, HasSubstr("NOT LAW         Act d (proposed, not law)\n"));
  EXPECT_THAT(text, HasSubstr("article         Act e (adopted, not yet in force)\n"));
  EXPECT_THAT(text, HasSubstr("NOT READ        Act f (not read in full, not to be cited)\n"));
}

TEST(PolicyShow, a_replaced_rule_shows_what_changed) {
  json scenario = with_rules();
  json instead = scenario["policies"][0]["rules"]["now"];
  instead["action"] = "query";
  instead["to"] = {{"node", "office"}};
  scenario["policies"].push_back(
      {{"id", "bill"},
       {"extends", "law"},
       {"patch", {{{"replace", "now"}, {"rule", instead}, {"note", "Ask, do not tell."}}}}});
  const std::string file = fresh_folder() + "/replaced.json";
  write_file(file, scenario.dump(1));
  const std::string text = run({"policy", "show", "bill", file, "--rule", "now"}).out;
  EXPECT_THAT(text, HasSubstr("replaced by bill, "));
  EXPECT_THAT(text, HasSubstr("Ask, do not tell.\n"));
  EXPECT_THAT(text, HasSubstr("/action: \"disclose\" became \"query\"\n"));
  EXPECT_THAT(text, HasSubstr("/to: nothing became {\"node\":\"office\"}\n"));
}

TEST(PolicyShow, as_json_has_places_and_values) {
  const Outcome shown =
      run({"policy", "show", "safeguard", "scenarios/classroom", "--rule", "secrecy", "--json"});
  const json text = json::parse(shown.out);
  ASSERT_EQ(text["rules"].size(), 1U);
  const json& history = text["rules"][0]["history"];
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[0]["change"], "written");
  EXPECT_EQ(history[1]["policy"], "proposal");
  EXPECT_EQ(history[1]["values"][1]["pointer"], "/basis/citation");
  EXPECT_EQ(history[1]["values"][1]["before"], "Classroom Act, s. 2");
  EXPECT_EQ(history[2]["values"][0]["before"], false);
  EXPECT_EQ(history[2]["values"][0]["after"], true);
  EXPECT_EQ(text["rules"][0]["basis"]["standing"], "invented");
}

TEST(PolicyShow, what_is_unknown_is_answered_with_the_nearest) {
  const Outcome policy = run({"policy", "show", "saveguard", "scenarios/classroom"});
  EXPECT_EQ(policy.exit_code, 2);
  EXPECT_EQ(policy.err, "onward: unknown policy `saveguard`\n  help: did you mean `safeguard`?\n");
  const Outcome rule = run({"policy", "show", "law", "scenarios/classroom", "--rule", "secret"});
  EXPECT_EQ(rule.exit_code, 2);
  EXPECT_EQ(rule.err,
            "onward policy show: unknown rule `secret` of `law`\n"
            "  help: did you mean `secrecy`?\n");
  const Outcome day = run({"policy", "show", "law", "scenarios/classroom", "--as-of", "soon"});
  EXPECT_EQ(day.exit_code, 2);
  EXPECT_EQ(day.err,
            "onward policy show: `soon` is not a day of the calendar\n"
            "  help: write it as 2026-07-01\n");
}

TEST(Policy, a_misspelt_option_or_command_is_answered) {
  EXPECT_EQ(run({"policy", "show", "law", "--rul", "x"}).err,
            "onward policy show: unknown option `--rul`\n  help: did you mean `--rule`?\n");
  EXPECT_EQ(run({"policy", "shwo", "law"}).exit_code, 2);
  EXPECT_EQ(run({"policy"}).exit_code, 2);
}

}  // namespace
}  // namespace onward
