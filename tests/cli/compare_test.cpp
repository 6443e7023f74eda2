// SPDX-License-Identifier: Apache-2.0
//
// `onward compare`, `attribute`, `sensitivity` and `threshold` as a person meets them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/support/run.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::Outcome;
using test_support::run;
using testing::HasSubstr;
using testing::Not;

constexpr const char* classroom = "scenarios/classroom";

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    widest = std::max(widest,
                      static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
                        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
                      })));
  return widest;
}

/// What every table over policies must keep to.
void expect_guarded(const Outcome& outcome) {
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Synthetic; not evidence about any person or claim."));
  EXPECT_LE(widest_line(outcome.out), 100U);
  for (const char* word : {"proportionate", " safe ", "acceptable level"})
    EXPECT_THAT(outcome.out, Not(HasSubstr(word)));
}

TEST(Compare, shows_absolute_harms_first_and_in_no_ratio) {
  const Outcome outcome = run({"compare", "scenarios/partner-sharing", "--people", "400",
                               "--replications", "12", "--policy", "proposal"});
  expect_guarded(outcome);
  const std::size_t absolute = outcome.out.find("Absolute harms: never added up");
  EXPECT_LT(absolute, outcome.out.find("What happens to data"));
  EXPECT_LT(outcome.out.find("HEADLINE"), absolute);
  const std::size_t ratios = outcome.out.find("HARM FOR BENEFIT");
  ASSERT_NE(ratios, std::string::npos);
  const std::string below = outcome.out.substr(ratios, outcome.out.find("BETWEEN GROUPS") - ratios);
  EXPECT_THAT(below, Not(HasSubstr("persecution")));
  for (const char* part : {"TO WHOM IT HAPPENED", "GAINS AND LOSSES BY GROUP",
                           "HOW IT IS SPREAD OVER PEOPLE", "NET BENEFIT, BY WEIGHT"})
    EXPECT_THAT(outcome.out, HasSubstr(part));
}

TEST(Compare, has_the_figures_of_a_run) {
  const std::vector<std::string> sample{classroom, "--replications", "20", "--json"};
  std::vector<std::string> arguments = sample;
  arguments.insert(arguments.begin(), "compare");
  const json compared = json::parse(run(arguments).out);
  arguments.front() = "run";
  const json whole = json::parse(run(arguments).out);
  EXPECT_EQ(compared["digest"], whole["digest"]);
  for (std::size_t p = 0; p < 2; ++p)
    for (const json& row : compared["comparisons"][p]["headline"]) {
      const std::string name = row["measure"];
      EXPECT_EQ(row["baseline"], whole["policies"][0]["measures"][name]);
      EXPECT_EQ(row["policy"], whole["policies"][p + 1]["measures"][name]);
      EXPECT_EQ(row["change"], whole["differences"][p]["measures"][name]);
    }
}

TEST(Compare, of_two_policies_that_are_the_same_says_so) {
  const Outcome outcome =
      run({"compare", classroom, "--baseline", "law", "--policy", "law", "--replications", "3"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("there is nothing to compare `law` with"));
  EXPECT_THAT(run({"compare", classroom, "--policy", "lawn"}).err,
              HasSubstr("unknown policy `lawn`"));
}

TEST(Attribute, adds_up_to_the_change) {
  const Outcome outcome =
      run({"attribute", classroom, "--policy", "proposal", "--replications", "20", "--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  for (const json& of : json::parse(outcome.out)["measures"]) {
    double sum = 0;
    for (const json& clause : of["clauses"]) sum += clause["share"]["mean"].get<double>();
    EXPECT_NEAR(sum, of["change"]["mean"].get<double>(), 1e-12) << of["measure"];
  }
  expect_guarded(run({"attribute", classroom, "--policy", "proposal", "--replications", "20"}));
}

TEST(Sensitivity, prints_two_intervals_and_never_one) {
  const Outcome outcome = run({"sensitivity", classroom, "--replications", "10", "--rows", "16"});
  expect_guarded(outcome);
  EXPECT_THAT(outcome.out, HasSubstr("TWO INTERVALS, NEVER ONE"));
  EXPECT_THAT(outcome.out, HasSubstr("/outcomes/harms/persecution/hazard"));
  EXPECT_THAT(run({"sensitivity", classroom, "--parameter", "/outcomes/harm"}).err,
              HasSubstr("there is no number with a range at `/outcomes/harm`"));
}

TEST(Threshold, speaks_of_the_line_you_set) {
  const std::vector<std::string> arguments{"threshold",      classroom,
                                           "--policy",       "proposal",
                                           "--measure",      "harm.persecution",
                                           "--parameter",    "/outcomes/harms/persecution/hazard",
                                           "--line",         "0.1",
                                           "--replications", "40"};
  const Outcome outcome = run(arguments);
  expect_guarded(outcome);
  EXPECT_THAT(outcome.out, HasSubstr("It crosses the line you set at about"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("persecution is low")));
}

TEST(Threshold, says_what_is_wrong) {
  const auto complaint = [](std::vector<std::string> more) {
    std::vector<std::string> arguments{"threshold", classroom, "--policy", "proposal"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.exit_code, 2);
    return outcome.err;
  };
  const std::string hazard = "/outcomes/harms/persecution/hazard";
  EXPECT_THAT(complaint({"--measure", "harm.prosecution", "--parameter", hazard}),
              HasSubstr("unknown measure `harm.prosecution`\n  help: did you mean "
                        "`harm.persecution`?"));
  EXPECT_THAT(complaint({"--measure", "harm.persecution", "--parameter", "/experiment/seed"}),
              HasSubstr("help: say where it moves: `--from X --to Y`"));
  EXPECT_THAT(
      complaint({"--measure", "harm.persecution", "--parameter", hazard, "--baseline", "proposal"}),
      HasSubstr("`proposal` cannot be compared with itself"));
}

TEST(Run, goes_on_until_it_is_precise_or_says_why_not) {
  const json precise = json::parse(run({"run", classroom, "--precision", "0.1", "--precision-of",
                                        "benefit.papers", "--policy", "proposal", "--json"})
                                       .out);
  EXPECT_TRUE(precise["stopping"]["reached"]);
  EXPECT_GE(precise["replications"], 30);
  const Outcome law =
      run({"run", classroom, "--precision", "50%", "--replications", "45", "--policy", "law"});
  EXPECT_THAT(law.out, HasSubstr("not yet as precise as was asked"));
  EXPECT_EQ(run({"run", classroom, "--precision", "little"}).exit_code, 2);
  EXPECT_THAT(run({"run", classroom, "--precision", "5%", "--precision-of", "harm.x"}).err,
              HasSubstr("unknown measure `harm.x`"));
}

}  // namespace
}  // namespace onward
