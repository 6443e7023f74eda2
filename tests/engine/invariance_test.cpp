// SPDX-License-Identifier: Apache-2.0
//
// What must not change a digest: how it is replayed, what was replayed before, and whatever is
// added that does nothing.
#include <gtest/gtest.h>

#include <set>

#include "sim/engine/replay.hpp"
#include "tests/support/random_replay.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

using nlohmann::json;

constexpr std::uint32_t scenarios = 40;

/// The digests of all policies in two replications, under the ids of the policies.
std::map<std::string, std::string> digests(const json& document, ReplayOptions options = {}) {
  const auto scenario = test_support::loaded(document);
  Replay replay(model_of(*scenario), scenario->compiled);
  std::map<std::string, std::string> all;
  for (std::size_t p = 0; p < scenario->policies.size(); ++p)
    for (std::uint32_t k = 0; k < 2; ++k)
      all[scenario->policies[p].id + "/" + std::to_string(k)] =
          to_string(replay.run(p, k, options).digest);
  return all;
}

/// Calls `change(document)` on random scenarios; the digests must stay as they are.
template <class Change>
void expect_unchanged_by(Change change) {
  for (std::uint32_t number = 0; number < scenarios; ++number) {
    const json document = test_support::random_replay_scenario(number);
    json changed = document;
    change(changed);
    ASSERT_NE(changed, document);
    ASSERT_EQ(digests(changed), digests(document)) << "scenario " << number;
  }
}

TEST(EngineInvariance, everybody_in_the_calendar_gives_the_same_digest) {
  ReplayOptions sync;
  sync.sync = true;
  for (std::uint32_t number = 0; number < scenarios; ++number) {
    const json document = test_support::random_replay_scenario(number);
    ASSERT_EQ(digests(document, sync), digests(document)) << "scenario " << number;
  }
}

TEST(EngineInvariance, what_was_replayed_before_does_not_matter) {
  for (std::uint32_t number = 0; number < scenarios; ++number) {
    const auto scenario = test_support::loaded(test_support::random_replay_scenario(number));
    Replay used(model_of(*scenario), scenario->compiled);
    for (std::uint32_t k = 0; k < 3; ++k)
      for (std::size_t p = scenario->policies.size(); p-- > 0;) (void)used.run(p, 2 - k);
    for (std::size_t p = 0; p < scenario->policies.size(); ++p)
      for (std::uint32_t k = 0; k < 3; ++k) {
        Replay fresh(model_of(*scenario), scenario->compiled);
        ASSERT_EQ(used.run(p, k).digest, fresh.run(p, k).digest) << "scenario " << number;
      }
  }
}

TEST(EngineInvariance, the_order_of_policies_does_not_matter) {
  std::size_t reordered = 0;
  for (std::uint32_t number = 0; number < scenarios; ++number) {
    json document = test_support::random_replay_scenario(number);
    if (document["policies"].size() < 2) continue;
    const auto before = digests(document);
    // Written out, so that it does not have to follow what it extends.
    json other = document["policies"][0];
    other["id"] = "other";
    document["policies"].insert(document["policies"].begin(), other);
    auto after = digests(document);
    for (const char* unit : {"other/0", "other/1"}) after.erase(unit);
    ASSERT_EQ(after, before) << "scenario " << number;
    ++reordered;
  }
  EXPECT_GE(reordered, 10U);
}

TEST(EngineInvariance, an_inert_node_changes_nothing) {
  expect_unchanged_by([](json& document) {
    document["world"]["nodes"]["aaa_nowhere"] = {
        {"kind", "oversight"},
        {"jurisdiction", "nowhere"},
        {"desks",
         {{"nobody",
           {{"officers", {{"value", 1}, {"low", 1}, {"high", 1}, {"evidence", "illustrative"}}},
            {"service_days",
             {{"mean",
               {{"value", 1}, {"low", 1}, {"high", 1}, {"evidence", "illustrative"}}}}}}}}}};
  });
}

TEST(EngineInvariance, an_inert_flow_changes_nothing) {
  expect_unchanged_by([](json& document) {
    document["world"]["nodes"]["aaa_nowhere"] = {{"kind", "oversight"},
                                                 {"jurisdiction", "nowhere"}};
    json flow = {{"on", {{"periodic", 7}}},
                 {"from", {{"node", "aaa_nowhere"}}},
                 {"action", "use"},
                 {"data", document["vocabulary"]["categories"].begin().key()},
                 {"purpose", document["vocabulary"]["purposes"].begin().key()}};
    document["world"]["flows"]["aaa-nothing"] = flow;
  });
}

TEST(EngineInvariance, an_inert_rule_changes_nothing) {
  expect_unchanged_by([](json& document) {
    document["world"]["nodes"]["aaa_nowhere"] = {{"kind", "oversight"},
                                                 {"jurisdiction", "nowhere"}};
    for (json& policy : document["policies"])
      if (policy.contains("rules"))
        policy["rules"]["aaa-nothing"] = {{"effect", "permit"},
                                          {"action", "disclose"},
                                          {"from", {{"node", "aaa_nowhere"}}},
                                          {"duties", {{"recall", true}, {"sunset", "2026-08-01"}}},
                                          {"data_from", {{"node", "aaa_nowhere"}}},
                                          {"basis", test_support::invented("Nothing Act")}};
  });
}

TEST(EngineInvariance, an_inert_value_changes_nothing) {
  std::size_t added = 0;
  for (std::uint32_t number = 0; number < scenarios; ++number) {
    const json document = test_support::random_replay_scenario(number);
    json changed = document;
    for (json& attribute : changed["vocabulary"]["attributes"])
      if (attribute.contains("values"))
        attribute["values"].insert(attribute["values"].begin(), "aaa_nobody");
    if (changed == document) continue;
    ++added;
    ASSERT_EQ(digests(changed), digests(document)) << "scenario " << number;
  }
  EXPECT_GE(added, scenarios / 2);
}

/// What happened to everybody but the idlers.
std::multiset<std::string> lives_of_others(const json& document) {
  const auto scenario = test_support::loaded(document);
  Replay replay(model_of(*scenario), scenario->compiled);
  std::multiset<std::string> lives;
  for (std::size_t p = 0; p < scenario->policies.size(); ++p) {
    std::vector<std::string> trace;
    ReplayOptions options;
    options.trace = &trace;
    (void)replay.run(p, 1, options);
    for (const std::string& line : trace)
      if (line.rfind("aaa_idlers:", 0) != 0) lives.insert(scenario->policies[p].id + line);
  }
  return lives;
}

// Idlers meet nobody, but what nobody causes can still happen to them: so their own lives count.
TEST(EngineInvariance, a_group_that_meets_nobody_changes_nothing_for_the_others) {
  for (std::uint32_t number = 0; number < scenarios; ++number) {
    const json document = test_support::random_replay_scenario(number);
    json changed = document;
    json group = document["population"]["groups"].front();
    group["journey"] = "aaa_idle";
    group["people"] = 3;
    group.erase("size");
    changed["population"]["journeys"]["aaa_idle"] = {{"first", "idle"},
                                                     {"states", {{"idle", json::object()}}}};
    changed["population"]["groups"]["aaa_idlers"] = group;
    ASSERT_EQ(lives_of_others(changed), lives_of_others(document)) << "scenario " << number;
  }
}

TEST(EngineInvariance, titles_and_labels_and_the_suite_change_nothing) {
  expect_unchanged_by([](json& document) {
    document["title"] = "Another title";
    for (json& node : document["world"]["nodes"]) node["label"] = "another label";
    for (json& flow : document["world"]["flows"]) flow["label"] = "another label";
  });
}

/// The same document with every object's members written in the opposite order.
void write_backwards(const json& value, std::string& text) {
  if (value.is_object()) {
    text += '{';
    for (auto member = value.end(); member != value.begin();) {
      --member;
      text += json(member.key()).dump() + ":";
      write_backwards(member.value(), text);
      if (member != value.begin()) text += ',';
    }
    text += '}';
  } else if (value.is_array()) {
    text += '[';
    for (auto item = value.begin(); item != value.end(); ++item) {
      if (item != value.begin()) text += ',';
      write_backwards(*item, text);
    }
    text += ']';
  } else {
    text += value.dump();
  }
}

TEST(EngineInvariance, the_order_of_what_stands_in_the_file_changes_nothing) {
  for (std::uint32_t number = 0; number < scenarios; ++number) {
    const json document = test_support::random_replay_scenario(number);
    std::string backwards;
    write_backwards(document, backwards);
    LoadResult result = load_scenario_text(backwards, "backwards.json");
    ASSERT_TRUE(result.scenario) << test_support::complaints(result.diagnostics);
    const Scenario& scenario = *result.scenario;
    Replay replay(model_of(scenario), scenario.compiled);
    const auto expected = digests(document);
    for (std::size_t p = 0; p < scenario.policies.size(); ++p)
      for (std::uint32_t k = 0; k < 2; ++k)
        ASSERT_EQ(to_string(replay.run(p, k).digest),
                  expected.at(scenario.policies[p].id + "/" + std::to_string(k)))
            << "scenario " << number;
  }
}

TEST(EngineInvariance, a_run_has_one_digest_whatever_the_order_of_its_units) {
  const std::vector<UnitName> units = {{"a", 0, {1, 2}}, {"a", 1, {3, 4}}, {"b", 0, {5, 6}}};
  const std::vector<UnitName> shuffled = {units[2], units[0], units[1]};
  EXPECT_EQ(digest_of(units), digest_of(shuffled));
  const std::vector<UnitName> swapped = {{"a", 0, {3, 4}}, {"a", 1, {1, 2}}, {"b", 0, {5, 6}}};
  EXPECT_NE(to_string(digest_of(units)), to_string(digest_of(swapped)));
}

}  // namespace
}  // namespace onward
