// SPDX-License-Identifier: Apache-2.0
//
// The engine against formulas. Every tolerance comes from the number of samples and the chance of
// a false alarm (tests/support/engine_scenarios.hpp); seeds are fixed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <tuple>
#include <utility>

#include "tests/support/engine_scenarios.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;
using test_support::claim;
using test_support::disclosure;
using test_support::exponential_days;
using test_support::has_distribution;
using test_support::has_mean;
using test_support::has_variance;
using test_support::is_share;
using test_support::loaded;
using test_support::met_by_office;
using test_support::permit;
using test_support::Sample;
using test_support::with_counter;

/// Shows everybody under a policy in the replications from 0 on.
void live(const Scenario& scenario, std::uint32_t replications,
          const std::function<void(const Person&)>& seen,
          const std::function<void()>& after_each = {}, std::size_t policy = 0) {
  Replay replay(model_of(scenario), scenario.compiled);
  for (std::uint32_t k = 0; k < replications; ++k) {
    test_support::watch(replay, policy, k, seen);
    if (after_each) after_each();
  }
}

json encounter_with(const std::string& node) {
  return {{"encounter", {{"node", node}}}};
}

json knows(const std::string& node) {
  return {{"node", node}, {"knows", "identity"}};
}

// ---- Queues ----

constexpr double loads[] = {0.5, 0.8, 0.95};

/// Mean waits of those who came in the second half of a long window, one a replication.
///
/// The sum of the waits is divided by how many are expected to come: that has the expected mean
/// exactly, while the mean over those who came has not.
Sample waits(double load, int officers) {
  // Why: what a queue M/M/1 remembers of its beginning fades at this rate, and faster with more
  // officers; after 16 such times 1e-7 of it is left.
  const double relaxation = 1 / (officers * std::pow(1 - std::sqrt(load), 2));
  const double half = std::max(16 * relaxation, 3000.0 / officers);
  const double a_day = load * officers;
  json document = with_counter(static_cast<int>(std::lround(2 * half * a_day)), 3 * half, officers,
                               {{"dist", "exponential"}, {"mean", claim(1)}});
  json& group = document["population"]["groups"]["all"];
  group["arrivals"] = "poisson";
  group["enter_days"] = {0, 2 * half};
  Sample sample;
  double sum = 0;
  std::size_t never_started = 0;
  const auto seen = [&](const Person& person) {
    for (const CaseRecord& record : person.cases) {
      if (record.posted < half) continue;
      if (record.started < 0) ++never_started;
      sum += record.started - record.posted;
    }
  };
  live(*loaded(document), 40, seen, [&] {
    sample.add(sum / (half * a_day));
    sum = 0;
  });
  EXPECT_EQ(never_started, 0U);
  return sample;
}

TEST(QueueTheory, one_officer_lets_people_wait_as_in_a_queue_m_m_1) {
  for (const double load : loads) {
    EXPECT_DOUBLE_EQ(test_support::mean_wait(load, 1), load / (1 - load));
    EXPECT_TRUE(has_mean(waits(load, 1), load / (1 - load))) << "at a load of " << load;
  }
}

TEST(QueueTheory, three_officers_let_people_wait_as_erlang_says) {
  for (const double load : loads)
    EXPECT_TRUE(has_mean(waits(load, 3), test_support::mean_wait(load, 3)))
        << "at a load of " << load;
}

// ---- Exposure ----

constexpr double horizon = 100;

/// Days that a copy made at a time uniform in the horizon is held in it, on average.
double mean_days(double retention) {
  return retention - retention * retention / (2 * horizon);
}

/// The office keeps `identity` for 30 days and tells two others, one bound and one not.
json kept_by_three(int people) {
  json document = met_by_office(people, horizon);
  json& nodes = document["world"]["nodes"];
  nodes["partner"] = {
      {"kind", "authority"}, {"jurisdiction", "here"}, {"compliance", {{"retention", claim(0.9)}}}};
  nodes["abroad"]["keeps_undertakings"] = claim(0.7);
  document["world"]["flows"] = {
      {"tell-partner", disclosure(encounter_with("office"), "office", "partner")},
      {"tell-abroad", disclosure(encounter_with("office"), "office", "abroad")}};
  json& law = document["policies"][0];
  law["binds"] = {{"node", {"office", "partner"}}};
  const auto keep = [&](const char* id, const char* to, int days) {
    law["rules"][id] = permit({"retain"});
    law["rules"][id]["to"] = {{"node", to}};
    law["rules"][id]["duties"]["retain_days"] = days;
  };
  law["rules"]["collect"] = permit({"collect"});
  keep("keep", "office", 30);
  keep("keep-longer", "partner", 45);
  law["rules"]["tell"] = permit({"disclose"});
  law["rules"]["tell"]["duties"]["retain_days"] = 60;
  return document;
}

TEST(ExposureTheory, copies_are_held_as_long_as_retention_compliance_and_the_horizon_say) {
  const int people = 1000;
  const auto scenario = loaded(kept_by_three(people));
  std::map<std::string, Sample> by_holder;
  std::map<std::string, double> days;
  std::size_t wrongly_marked = 0;
  const auto seen = [&](const Person& person) {
    for (const Copy& copy : person.copies) {
      days[scenario->world.node_names.name(copy.holder)] +=
          (std::min(copy.until, horizon) - copy.from) / people;
      if (copy.ended != (copy.until <= horizon)) ++wrongly_marked;
    }
  };
  live(*scenario, 100, seen, [&] {
    for (auto& [holder, sum] : days) by_holder[holder].add(std::exchange(sum, 0));
  });
  EXPECT_EQ(wrongly_marked, 0U);
  EXPECT_TRUE(has_mean(by_holder["office"], mean_days(30)));
  EXPECT_TRUE(has_mean(by_holder["partner"], 0.9 * mean_days(45) + 0.1 * mean_days(horizon)));
  EXPECT_TRUE(has_mean(by_holder["abroad"], 0.7 * mean_days(60) + 0.3 * mean_days(horizon)));
}

// ---- Harm ----

json raised(const json& during, double a_day) {
  return {{"while", during}, {"hazard", claim(a_day)}};
}

json harm_while(const json& during, double a_day) {
  return {{"raised", {raised(during, a_day)}}};
}

json in_state(const char* state) {
  return {{"in_state", state}};
}

/// All enter on day 0; 30 days in `first`, 20 in `second`, where the office abroad meets them.
json three_states(int people) {
  json document = met_by_office(people, horizon);
  json& population = document["population"];
  population["groups"]["all"]["enter_day"] = 0;
  json& states = population["journeys"]["stay"]["states"];
  states["here"]["next"] = {{{"to", "second"}, {"after_days", 30}}};
  states["second"] = {{"at", "abroad"},
                      {"collects", "identity"},
                      {"purpose", "work"},
                      {"next", {{{"to", "last"}, {"after_days", 20}}}}};
  states["last"] = json::object();
  return document;
}

/// What became of many people, all alike and independent.
struct Fate {
  std::uint64_t people = 0;
  std::map<std::string, std::uint64_t> harmed;
  std::map<std::string, Sample> compensator;  ///< One of each person.
  std::uint64_t reached_second = 0;
};

Fate fate_of(const json& document, std::uint32_t replications, std::size_t policy = 0) {
  const auto scenario = loaded(document);
  Fate fate;
  const auto seen = [&](const Person& person) {
    ++fate.people;
    for (std::size_t h = 0; h < person.harms.size(); ++h) {
      const std::string& id = scenario->outcomes.harms[h].id;
      if (person.harms[h].happened >= 0) ++fate.harmed[id];
      fate.compensator[id].add(person.harms[h].compensator(scenario->experiment.horizon_days));
    }
    if (person.visits.size() > 1) ++fate.reached_second;
  };
  live(*scenario, replications, seen, {}, policy);
  return fate;
}

/// The share of those harmed and the mean of the compensator are one number.
void expect_harm(Fate& fate, const std::string& harm, double chance) {
  EXPECT_TRUE(is_share(fate.harmed[harm], fate.people, chance)) << harm;
  EXPECT_TRUE(has_mean(fate.compensator[harm], chance)) << harm;
}

constexpr int crowd = 2000;
constexpr std::uint32_t crowds = 20;

TEST(HarmTheory, a_constant_hazard_harms_by_one_minus_exp_of_it_times_the_days) {
  json document = three_states(crowd);
  document["policies"][0]["rules"]["collect"]["duties"]["retain_days"] = 40;
  document["outcomes"]["harms"] = {{"kept", harm_while(knows("office"), 0.02)},
                                   {"always", {{"background", claim(0.005)}}},
                                   {"second", harm_while(in_state("second"), 0.05)}};
  Fate fate = fate_of(document, crowds);
  expect_harm(fate, "kept", 1 - std::exp(-0.02 * 40));
  expect_harm(fate, "always", 1 - std::exp(-0.005 * horizon));
  expect_harm(fate, "second", 1 - std::exp(-0.05 * 20));
  EXPECT_EQ(fate.reached_second, fate.people);
}

TEST(HarmTheory, a_harm_that_ends_the_journey_is_as_likely_and_keeps_people_from_what_follows) {
  json document = three_states(crowd);
  json harm = {{"raised", {raised(in_state("here"), 0.02), raised(in_state("second"), 0.03)}},
               {"then", {{"end", true}}}};
  document["outcomes"]["harms"] = {{"end", harm}, {"after", harm_while(knows("abroad"), 0.01)}};
  Fate fate = fate_of(document, crowds);
  expect_harm(fate, "end", 1 - std::exp(-0.02 * 30 - 0.03 * 20));
  EXPECT_TRUE(is_share(fate.reached_second, fate.people, std::exp(-0.02 * 30)));
  expect_harm(fate, "after", std::exp(-0.02 * 30) * (1 - std::exp(-0.01 * 70)));
}

TEST(HarmTheory, of_two_harms_that_end_the_journey_each_comes_first_by_its_share_of_the_hazard) {
  json document = three_states(crowd);
  const auto ending = [](double a_day) {
    json harm = harm_while(in_state("here"), a_day);
    harm["then"] = {{"end", true}};
    return harm;
  };
  document["outcomes"]["harms"] = {{"one", ending(0.02)}, {"other", ending(0.03)}};
  Fate fate = fate_of(document, crowds);
  const double either = 1 - std::exp(-0.05 * 30);
  expect_harm(fate, "one", 0.4 * either);
  expect_harm(fate, "other", 0.6 * either);
}

TEST(HarmTheory, a_harm_raised_by_another_comes_after_both_times) {
  json document = three_states(crowd);
  document["outcomes"]["harms"] = {{"first", {{"background", claim(0.02)}}},
                                   {"then", harm_while({{"happened", "first"}}, 0.05)}};
  Fate fate = fate_of(document, crowds);
  expect_harm(fate, "first", 1 - std::exp(-0.02 * horizon));
  expect_harm(fate, "then",
              1 - (0.05 * std::exp(-0.02 * horizon) - 0.02 * std::exp(-0.05 * horizon)) / 0.03);
}

TEST(HarmTheory, chances_at_events_add_up_to_the_chance_that_one_of_them_happens) {
  json document = three_states(crowd);
  document["world"]["flows"] = {
      {"at-once", disclosure(encounter_with("office"), "office", "abroad")},
      {"later", disclosure(encounter_with("office"), "office", "abroad")}};
  document["world"]["flows"]["later"]["after_days"] = 40;
  document["policies"][0]["rules"]["tell"] = permit({"disclose"});
  json harm = harm_while(in_state("second"), 0.01);
  harm["raised"].push_back(
      {{"at", {{"node", "abroad"}, {"receives", "identity"}}}, {"chance", claim(0.3)}});
  json halved = harm;
  halved["lowered"] = {{{"while", in_state("second")}, {"factor", claim(0.5)}}};
  document["outcomes"]["harms"] = {{"told", harm}, {"halved", halved}};
  Fate fate = fate_of(document, crowds);
  expect_harm(fate, "told", 1 - 0.7 * 0.7 * std::exp(-0.01 * 20));
  expect_harm(fate, "halved", 1 - 0.7 * std::sqrt(0.7) * std::exp(-0.5 * 0.01 * 20));
}

TEST(HarmTheory, sharing_that_lowers_a_hazard_prevents_the_harm_it_should) {
  json document = three_states(crowd);
  document["world"]["flows"]["tell"] = disclosure(encounter_with("office"), "office", "abroad");
  document["world"]["flows"]["tell"]["after_days"] = 10;
  document["population"]["journeys"]["stay"]["states"]["second"].erase("collects");
  document["outcomes"]["harms"]["neglect"] = {
      {"background", claim(0.02)},
      {"lowered", {{{"while", knows("abroad")}, {"factor", claim(0.25)}}}}};
  document["policies"].push_back({{"id", "bill"},
                                  {"extends", "law"},
                                  {"patch", {{{"add", "tell"}, {"rule", permit({"disclose"})}}}}});
  Fate without = fate_of(document, crowds, 0);
  Fate with = fate_of(document, crowds, 1);
  expect_harm(without, "neglect", 1 - std::exp(-0.02 * 100));
  expect_harm(with, "neglect", 1 - std::exp(-0.02 * (10 + 0.25 * 90)));
  // With the same luck nobody is worse off, and some are better off.
  EXPECT_LT(with.harmed["neglect"], without.harmed["neglect"]);
}

// ---- The compensator ----

/// Harms counted less their compensators, each unit in its own standard deviation, must be a
/// standard normal sample. (They nearly are: the mean is off by about half of 1 / sqrt(harms in a
/// unit), which is a tenth of what the tests below allow.)
void expect_standard_normal(const json& document) {
  const auto scenario = loaded(document);
  Sample sample;
  double harms = 0;
  double compensators = 0;
  double fewest = 1e9;
  const auto seen = [&](const Person& person) {
    for (const HarmState& harm : person.harms) {
      if (harm.happened >= 0) ++harms;
      compensators += harm.compensator(scenario->experiment.horizon_days);
    }
  };
  live(*scenario, 200, seen, [&] {
    fewest = std::min(fewest, compensators);
    sample.add((harms - compensators) / std::sqrt(compensators));
    harms = compensators = 0;
  });
  EXPECT_GT(fewest, 200);
  EXPECT_TRUE(has_mean(sample, 0));
  EXPECT_TRUE(has_variance(sample, 1));
  EXPECT_TRUE(has_distribution(sample.values(),
                               [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2)); }));
}

/// People who are met again and again; the office tells those abroad, who forget after a while.
json met_again(int people) {
  json document = three_states(people);
  document["population"]["groups"]["all"].erase("enter_day");
  json& states = document["population"]["journeys"]["stay"]["states"];
  states["second"] = {{"next", {{{"to", "here"}, {"after_days", exponential_days(12)}}}}};
  states["here"]["next"] = {
      {{"to", "second"}, {"after_days", exponential_days(8)}, {"chance", claim(0.8)}},
      {{"to", "last"}, {"after_days", 10}}};
  document["world"]["flows"]["tell"] = disclosure(encounter_with("office"), "office", "abroad");
  document["world"]["flows"]["tell"]["after_days"] = exponential_days(3);
  json tell = permit({"disclose"});
  tell["duties"]["retain_days"] = 15;
  document["policies"][0]["rules"]["tell"] = tell;
  return document;
}

constexpr int met = 800;

TEST(CompensatorTheory, it_fits_a_plain_harm) {
  json document = met_again(met);
  document["outcomes"]["harms"]["harm"] = harm_while(knows("abroad"), 0.04);
  expect_standard_normal(document);
}

TEST(CompensatorTheory, it_fits_harms_that_change_the_journey) {
  json document = met_again(met);
  json moves = harm_while(knows("abroad"), 0.08);
  moves["then"] = {{"go", "last"}};
  json ends = harm_while(in_state("second"), 0.02);
  ends["then"] = {{"end", true}};
  document["outcomes"]["harms"] = {{"moves", moves},
                                   {"ends", ends},
                                   {"waits", harm_while(in_state("last"), 0.02)},
                                   {"follows", harm_while({{"happened", "moves"}}, 0.02)}};
  expect_standard_normal(document);
}

TEST(CompensatorTheory, it_fits_chances_at_events) {
  json document = met_again(met);
  json harm = harm_while(knows("abroad"), 0.01);
  harm["raised"].push_back(
      {{"at", {{"node", "abroad"}, {"receives", "identity"}}}, {"chance", claim(0.15)}});
  harm["raised"].push_back({{"at", knows("abroad")}, {"chance", claim(0.1)}});
  document["outcomes"]["harms"]["harm"] = harm;
  expect_standard_normal(document);
}

TEST(CompensatorTheory, it_fits_what_is_lowered) {
  json document = met_again(met);
  json harm = {
      {"background", claim(0.015)},
      {"lowered",
       {{{"while", knows("abroad")}, {"factor", claim(0.3)}},
        {{"while", in_state("last")}, {"factor", claim(0)}}}},
      {"raised",
       {{{"at", {{"node", "abroad"}, {"receives", "identity"}}}, {"chance", claim(0.5)}}}}};
  document["outcomes"]["harms"]["harm"] = harm;
  expect_standard_normal(document);
}

TEST(CompensatorTheory, it_fits_people_who_are_tied) {
  json document = met_again(met);
  document["population"]["links"]["kin"] = {{"of", "all"}, {"with", "all"}, {"chance", claim(0.6)}};
  document["outcomes"]["harms"] = {
      {"own", harm_while(knows("abroad"), 0.03)},
      {"shared", harm_while({{"tied_by", "kin"}, {"to_whom", knows("abroad")}}, 0.03)},
      {"grief", harm_while({{"tied_by", "kin"}, {"to_whom", {{"happened", "own"}}}}, 0.02)}};
  expect_standard_normal(document);
}

TEST(CompensatorTheory, it_fits_people_who_wait_at_a_desk_and_may_give_up) {
  json document = with_counter(met, horizon, 2, {{"dist", "exponential"}, {"mean", claim(0.22)}});
  json neglect = {{"background", claim(0.03)},
                  {"lowered", {{{"while", knows("abroad")}, {"factor", claim(0.2)}}}},
                  {"then", {{"end", true}}}};
  document["outcomes"]["harms"] = {{"neglect", neglect},
                                   {"told", harm_while(knows("abroad"), 0.02)}};
  expect_standard_normal(document);
}

// ---- Searches ----

constexpr double finds = 0.8;
constexpr double misses = 0.3;
constexpr double accepts = 0.4;
// A false match at 1000 records with a chance of 0.001; there are 400 000.
const double false_candidate = 1 - std::pow(1 - 0.001, 400);

/// Everybody has a record in the register; the office searches for it when it meets them.
json searched_for(int people, bool verified) {
  json document = met_by_office(people, horizon);
  document["vocabulary"]["categories"]["record"] = json::object();
  document["vocabulary"]["attributes"]["status"] = {
      {"values", {"known", "unknown"}}, {"initial", "known"}, {"recorded", "exact"}};
  document["world"]["nodes"]["register"] = {
      {"kind", "database"},
      {"jurisdiction", "here"},
      {"matching",
       {{"finds", claim(finds)},
        {"false_match", claim(0.001)},
        {"at_gallery", claim(1000)},
        {"gallery", claim(400000)}}},
      {"profile", {{"status", {{"known", claim(0.5)}, {"unknown", claim(0.5)}}}}}};
  document["world"]["flows"]["search"] = {{"on", encounter_with("office")},
                                          {"from", {{"node", "register"}}},
                                          {"to", {{"node", "office"}}},
                                          {"action", "query"},
                                          {"keys", "identity"},
                                          {"data", "record"},
                                          {"purpose", "work"}};
  document["population"]["stock"]["records"] = {{"group", "all"},
                                                {"node", "register"},
                                                {"data", "record"},
                                                {"purpose", "work"},
                                                {"collected_days_ago", 10}};
  document["population"]["groups"]["all"]["enter_days"] = {0, 50};
  json search = permit({"query"});
  if (verified) {
    document["world"]["nodes"]["office"]["desks"]["check"] = {
        {"officers", claim(1)},
        {"service_days", {{"mean", claim(0.0001)}}},
        {"misses", claim(misses)},
        {"accepts_false", claim(accepts)}};
    search["duties"]["human_verification"] = {{"of", "office"}, {"desk", "check"}};
  }
  document["policies"][0]["rules"]["search"] = search;
  return document;
}

/// How many searches ended with the true record, with a false one, with both and with neither.
struct Found {
  std::uint64_t people = 0;
  std::uint64_t truly = 0;
  std::uint64_t falsely = 0;
  std::uint64_t both = 0;
  std::uint64_t no_hit = 0;
};

Found search_all(bool verified) {
  const auto scenario = loaded(searched_for(crowd, verified));
  const CategoryId record = *scenario->vocabulary.category_names.find("record");
  const NodeId office = *scenario->world.node_names.find("office");
  Found found;
  live(*scenario, crowds, [&](const Person& person) {
    const auto has = [&](CategoryId category, bool falsely) {
      return std::any_of(person.copies.begin(), person.copies.end(), [&](const Copy& copy) {
        return copy.holder == office && copy.category == category && copy.falsely() == falsely;
      });
    };
    const bool truly = has(record, false);
    const bool falsely = has(record, true);
    ++found.people;
    if (truly) ++found.truly;
    if (falsely) ++found.falsely;
    if (truly && falsely) ++found.both;
    if (has(Vocabulary::no_hit, false)) ++found.no_hit;
  });
  return found;
}

/// The two kinds of match are independent.
void expect_found(const Found& found, double truly, double falsely) {
  EXPECT_TRUE(is_share(found.truly, found.people, truly));
  EXPECT_TRUE(is_share(found.falsely, found.people, falsely));
  EXPECT_TRUE(is_share(found.both, found.people, truly * falsely));
  EXPECT_TRUE(is_share(found.no_hit, found.people, (1 - truly) * (1 - falsely)));
}

TEST(SearchTheory, records_are_found_and_confused_as_often_as_the_gallery_says) {
  expect_found(search_all(false), finds, false_candidate);
}

TEST(SearchTheory, manual_verification_errs_both_ways_as_often_as_it_should) {
  expect_found(search_all(true), finds * (1 - misses), false_candidate * accepts);
}

// ---- Delays ----

/// From the office by way of the register to those abroad.
json two_hops(int people, const json& first, const json& second, const json& latency) {
  json document = met_by_office(people, 1000);
  document["population"]["groups"]["all"]["enter_day"] = 0;
  document["world"]["nodes"]["register"] = {{"kind", "database"}, {"jurisdiction", "here"}};
  document["world"]["channels"]["post"] = {{"from", {{"node", "register"}}},
                                           {"to", {{"node", "abroad"}}},
                                           {"mode", "letter"},
                                           {"latency_days", latency}};
  json& flows = document["world"]["flows"];
  flows["one"] = disclosure(encounter_with("office"), "office", "register");
  flows["one"]["after_days"] = first;
  flows["two"] = disclosure({{"receipt", "identity"}}, "register", "abroad");
  flows["two"]["after_days"] = second;
  flows["two"]["via"] = "post";
  document["policies"][0]["rules"]["tell"] = permit({"disclose"});
  return document;
}

/// When those abroad learn of each person.
std::vector<double> arrivals(const json& document, std::uint32_t replications) {
  const auto scenario = loaded(document);
  const NodeId abroad = *scenario->world.node_names.find("abroad");
  std::vector<double> times;
  live(*scenario, replications, [&](const Person& person) {
    for (const Copy& copy : person.copies)
      if (copy.holder == abroad) times.push_back(copy.from);
  });
  return times;
}

TEST(DelayTheory, two_exponential_delays_add_up_to_a_hypoexponential_one) {
  // Why the horizon of 1000 days does not matter: one in e^140 is later.
  const std::vector<double> times =
      arrivals(two_hops(crowd, exponential_days(3), exponential_days(7), 0), crowds);
  ASSERT_EQ(times.size(), static_cast<std::size_t>(crowd) * crowds);
  EXPECT_TRUE(has_distribution(
      times, [](double t) { return 1 - (7 * std::exp(-t / 7) - 3 * std::exp(-t / 3)) / 4; }));
}

TEST(DelayTheory, delay_and_latency_of_the_second_hop_add_up_alike) {
  EXPECT_TRUE(has_distribution(
      arrivals(two_hops(crowd, 0, exponential_days(3), exponential_days(7)), crowds),
      [](double t) { return 1 - (7 * std::exp(-t / 7) - 3 * std::exp(-t / 3)) / 4; }));
}

TEST(DelayTheory, fixed_delays_add_up_exactly) {
  const std::vector<double> times = arrivals(two_hops(50, 2, 4, 1.5), 1);
  EXPECT_EQ(times, std::vector<double>(50, 7.5));
}

// ---- Monotonicity ----

/// When each harm of each person happened; infinity: never.
using Harms = std::map<std::tuple<std::uint32_t, std::uint32_t, std::size_t>, double>;

Harms harms_under(const Scenario& scenario, std::size_t policy) {
  Harms harms;
  const auto seen = [&](const Person& person) {
    for (std::size_t h = 0; h < person.harms.size(); ++h) {
      const double day = person.harms[h].happened;
      harms[{person.group, person.index, h}] = day >= 0 ? day : never_ends;
    }
  };
  live(scenario, 1, seen, {}, policy);
  return harms;
}

struct Compared {
  std::size_t same = 0;
  std::size_t earlier = 0;
  std::size_t later = 0;
};

Compared compare(const Scenario& scenario) {
  // Why not 0: hazards are summed over other pieces, each with an error of T / 2^53 at most.
  const double rounding = scenario.experiment.horizon_days * 1000 * 0x1p-53;
  const Harms before = harms_under(scenario, 0);
  const Harms after = harms_under(scenario, 1);
  EXPECT_EQ(before.size(), after.size());
  Compared compared;
  for (const auto& [who, day] : before) {
    const double then = after.at(who);
    if (then == day || std::abs(then - day) <= rounding)
      ++compared.same;
    else
      ++(then < day ? compared.earlier : compared.later);
  }
  return compared;
}

/// A small scenario within the monotone fragment, and a second policy that only adds permits.
///
/// The fragment: strategy `prohibit`, no desks, full compliance, flows set off by encounters,
/// changes of status and receipts, journeys that depend on no copy or harm, hazards that add up,
/// permits without a duty but `retain_days`. Two conditions more, for a sender with several copies
/// sends one of them, and a permit may change which: no flow leads back to where data
/// have been, and nothing depends on what a copy came through.
class Fragment {
 public:
  explicit Fragment(std::uint32_t number) : bits_(number) {}

  json write() {
    json document = test_support::small_scenario();
    document["id"] = "fragment";
    document["vocabulary"] = {
        {"categories", {{"a", json::object()}, {"b", json::object()}, {"secret", json::object()}}},
        {"purposes", {{"work", json::object()}, {"play", json::object()}}},
        {"attributes",
         {{"status", {{"values", {"new", "old"}}, {"initial", "new"}, {"recorded", "exact"}}}}}};
    json& world = document["world"];
    world["nodes"] = json::object();
    for (int n = 0; n < nodes; ++n)
      world["nodes"][node(n)] = {{"kind", n % 2 == 0 ? "authority" : "third_country"},
                                 {"jurisdiction", "here"},
                                 {"keeps_undertakings", claim(0.5)}};
    for (int f = below(6) + 7; f > 0; --f) world["flows"]["flow" + std::to_string(f)] = flow();
    world["inferences"]["tells"] = {
        {"holding", "a"}, {"received_from", some_nodes()}, {"reveals", "secret"}};
    write_people(document["population"]);
    json rules = {{"collect-0", permit_for("collect")}, {"retain-0", permit_for("retain")}};
    for (int r = below(3) + 1; r > 0; --r)
      rules["permit-" + std::to_string(r)] = permit_for(any_action());
    for (int r = below(3); r > 0; --r) {
      prohibitions_.push_back("never-" + std::to_string(r));
      rules[prohibitions_.back()] = prohibition();
    }
    for (auto& [id, rule] : rules.items())
      if (rule["effect"] == "permit" && below(3) == 0)
        rule["duties"]["retain_days"] = below(30) + 1;
    json patch = json::array();
    for (int r = below(3) + 1; r > 0; --r) {
      json rule = permit_for(any_action());
      // Why all: a permit in a patch must name whatever prohibits what it permits.
      if (rule["action"][0] == "disclose" && !prohibitions_.empty())
        rule["derogates_from"] = prohibitions_;
      patch.push_back({{"add", "new-" + std::to_string(r)}, {"rule", rule}});
    }
    document["policies"] = {{{"id", "law"},
                             {"binds", {{"kind", "authority"}}},
                             {"strategy", "prohibit"},
                             {"rules", rules}},
                            {{"id", "more"}, {"extends", "law"}, {"patch", patch}}};
    document["outcomes"]["harms"] = {{"one", harm()}, {"two", harm()}};
    document["experiment"]["horizon_days"] = horizon;
    document["experiment"]["seed"] = below(1000);
    return document;
  }

 private:
  static constexpr int nodes = 6;

  int below(int bound) { return static_cast<int>(bits_() % static_cast<std::uint64_t>(bound)); }
  static std::string node(int n) { return "n" + std::to_string(n); }
  json some_nodes() {
    const int one = below(nodes - 1);
    return {{"node", {node(one), node(one + 1 + below(nodes - one - 1))}}};
  }
  std::string category() { return below(2) == 0 ? "a" : "b"; }
  std::string purpose() { return below(2) == 0 ? "work" : "play"; }
  std::string any_action() {
    const char* const actions[] = {"disclose", "disclose", "retain", "collect"};
    return actions[below(4)];
  }
  json delay() { return below(2) == 0 ? json(below(4)) : exponential_days(below(6) + 1); }

  /// Always from a lower number to a higher one.
  json flow() {
    const int from = below(nodes - 1);
    const int to = from + 1 + below(nodes - from - 1);
    json flow = disclosure(json(), node(from), node(to));
    const int kind = below(4);
    flow["on"] = kind == 0   ? encounter_with(node(from))
                 : kind == 1 ? json({{"status", below(2) == 0 ? "old" : "new"}})
                             : json({{"receipt", category()}});
    flow["data"] = below(2) == 0 ? json({"a", "b"}) : json(category());
    flow["purpose"] = purpose();
    flow["after_days"] = delay();
    if (below(4) == 0) flow["propensity"] = claim(0.7);
    if (below(5) == 0) flow["subjects"] = {{"attribute", "status"}, {"is", "old"}};
    return flow;
  }

  void write_people(json& population) {
    json& states = population["journeys"]["stay"]["states"];
    states = json::object();
    const char* const names[] = {"here", "there", "end"};
    for (int s = 0; s < 3; ++s) {
      json& state = states[names[s]];
      state = {{"at", node(below(4))}, {"collects", {"a", "b"}}, {"purpose", purpose()}};
      if (below(2) == 0) state["set"]["status"] = below(3) == 0 ? "new" : "old";
      if (s < 2) state["next"] = {{{"to", names[s + 1]}, {"after_days", delay()}}};
    }
    population["groups"]["all"] = {{"people", 30}, {"journey", "stay"}, {"enter_days", {0, 40}}};
    if (below(3) == 0) population["links"]["kin"] = {{"of", "all"}, {"with", "all"}};
    tied_ = population.contains("links");
  }

  json permit_for(const std::string& action) {
    json rule = permit({action});
    if (below(2) == 0) rule["to"] = some_nodes();
    if (below(3) == 0) rule["data"] = category();
    if (below(3) == 0) rule["purpose"] = purpose();
    if (below(4) == 0) rule["subjects"] = {{"attribute", "status"}, {"is", "old"}};
    return rule;
  }

  json prohibition() {
    json rule = permit({"disclose"});
    rule["effect"] = "prohibit";
    rule["to"] = some_nodes();
    rule["data"] = below(2) == 0 ? "secret" : category();
    rule["inferred"] = true;
    return rule;
  }

  json condition() {
    json at_node = {{"node", node(below(4) + 2)}};
    switch (below(tied_ ? 6 : 5)) {
      case 0: at_node["knows"] = "secret"; return at_node;
      case 1: at_node["holds"] = category(); return at_node;
      case 2: return {{"all", {condition(), in_state("end")}}};
      case 3: return {{"any", {condition(), {{"happened", "one"}}}}};
      case 4: at_node["knows"] = category(); return at_node;
      default: return {{"tied_by", "kin"}, {"to_whom", condition()}};
    }
  }

  json harm() {
    json harm = {{"background", claim(0.002)}, {"raised", json::array()}};
    for (int r = below(3) + 1; r > 0; --r)
      harm["raised"].push_back(raised(condition(), 0.01 * (below(5) + 1)));
    if (below(2) == 0)
      harm["raised"].push_back({{"at", {{"node", node(below(4) + 2)}, {"receives", category()}}},
                                {"chance", claim(0.2)}});
    return harm;
  }

  std::mt19937_64 bits_;
  std::vector<std::string> prohibitions_;
  bool tied_ = false;
};

TEST(Monotonicity, within_the_fragment_a_permit_more_never_makes_a_harm_later) {
  std::size_t earlier = 0;
  for (std::uint32_t number = 0; number < 600; ++number) {
    const Compared compared = compare(*loaded(Fragment(number).write()));
    ASSERT_EQ(compared.later, 0U) << "scenario " << number;
    earlier += compared.earlier;
  }
  // Why: else nothing was put to the test.
  EXPECT_GE(earlier, 500U);
}

/// A second policy with one permit more.
void add_bill(json& document, const json& rule) {
  document["policies"].push_back(
      {{"id", "bill"}, {"extends", "law"}, {"patch", {{{"add", "bill"}, {"rule", rule}}}}});
}

TEST(Monotonicity, outside_it_cases_that_a_permit_adds_make_others_wait_and_their_harm_later) {
  json document = with_counter(20, horizon, 1, {{"mean", claim(10)}});
  document["vocabulary"]["attributes"]["status"] = {
      {"values", {"late", "early"}}, {"initial", "late"}, {"recorded", "exact"}};
  json& groups = document["population"]["groups"];
  groups["all"] = {{"people", 1}, {"journey", "stay"}, {"enter_day", 1}};
  groups["others"] = groups["all"];
  groups["others"]["enter_day"] = 0;
  groups["others"]["attributes"]["status"] = "early";
  document["outcomes"]["harms"]["harm"] = harm_while(knows("abroad"), 0.5);
  json& refer = document["policies"][0]["rules"]["refer"];
  json also = refer;
  refer["subjects"] = {{"attribute", "status"}, {"is", "late"}};
  also["subjects"] = {{"attribute", "status"}, {"is", "early"}};
  add_bill(document, also);
  const auto scenario = loaded(document);
  const Compared compared = compare(*scenario);
  EXPECT_EQ(compared.earlier, 1U);
  EXPECT_EQ(compared.later, 1U);
  // Her case is posted on day 1 and begins at once, or else when the other's is done on day 10.
  const double before = harms_under(*scenario, 0).at({0, 0, 0});
  EXPECT_NEAR(harms_under(*scenario, 1).at({0, 0, 0}), before + 9, 1e-9);
}

TEST(Monotonicity, outside_it_a_permit_that_protects_makes_harm_later) {
  json document = met_by_office(100, horizon);
  document["world"]["flows"]["tell"] = disclosure(encounter_with("office"), "office", "abroad");
  document["outcomes"]["harms"]["harm"] = {
      {"background", claim(0.02)},
      {"lowered", {{{"while", knows("abroad")}, {"factor", claim(0.5)}}}}};
  add_bill(document, permit({"disclose"}));
  const Compared compared = compare(*loaded(document));
  EXPECT_EQ(compared.earlier, 0U);
  EXPECT_GT(compared.later, 0U);
}

// The office that may collect sends to the register, which passes on what it has had longest: and
// that does not go back to the office, which would have written abroad.
TEST(Monotonicity, outside_it_a_permit_can_keep_data_from_coming_back_and_going_further) {
  json document = met_by_office(1, horizon);
  for (const char* node : {"register", "agency"})
    document["world"]["nodes"][node] = {{"kind", "database"}, {"jurisdiction", "here"}};
  json& states = document["population"]["journeys"]["stay"]["states"];
  states["here"]["next"] = {{{"to", "there"}, {"after_days", 5}}};
  states["there"] = {{"at", "register"}, {"collects", "identity"}, {"purpose", "work"}};
  document["population"]["groups"]["all"]["enter_day"] = 0;
  document["world"]["flows"] = {
      {"register", disclosure(encounter_with("office"), "office", "register")},
      {"pass-on", disclosure(encounter_with("register"), "register", "agency")},
      {"return", disclosure({{"receipt", "identity"}}, "agency", "office")},
      {"write", disclosure({{"receipt", "identity"}}, "office", "abroad")}};
  json& rules = document["policies"][0]["rules"];
  rules = {{"keep", permit({"retain"})}, {"tell", permit({"disclose"})}};
  document["outcomes"]["harms"]["harm"] = harm_while(knows("abroad"), 0.5);
  add_bill(document, permit({"collect"}));
  const auto scenario = loaded(document);
  EXPECT_LT(harms_under(*scenario, 0).at({0, 0, 0}), never_ends);
  EXPECT_EQ(harms_under(*scenario, 1).at({0, 0, 0}), never_ends);
}

}  // namespace
}  // namespace onward
