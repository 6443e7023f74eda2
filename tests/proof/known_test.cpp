// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "harness/proofs.hpp"
#include "sim/proof/describe.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward {
namespace {

std::unique_ptr<const Scenario> shipped(const std::string& name) {
  LoadResult loaded = load_scenario(ONWARD_SOURCE_DIR "/scenarios/" + name);
  EXPECT_TRUE(loaded.scenario);
  return std::move(loaded.scenario);
}

/// That the state of origin comes to know a category.
Goal told_to_origin(const Scenario& scenario, const std::string& category) {
  Goal goal;
  goal.node.eligible = DynamicSet(scenario.world.nodes.size(), true);
  goal.node.named = DynamicSet(scenario.world.nodes.size());
  const AttributeId origin = *scenario.vocabulary.attribute_names.find("origin");
  goal.node.subjects.push_back({origin, scenario.vocabulary.attributes[origin.index()].nodes});
  goal.data.insert(*scenario.vocabulary.category_names.find(category));
  return goal;
}

/// The model must outlive the answer.
AnsweredCase answered(const Model& model, const Scenario& scenario, std::size_t policy,
                      const Goal& goal, Realm realm, std::size_t which) {
  return answer_case(model, scenario.compiled[policy], goal, cases_of(realm, {})[which], 10);
}

TEST(PartnerSharing, LeavesNoLawfulWayToTellTheStateOfOriginThatAsylumWasSought) {
  const auto scenario = shipped("partner-sharing");
  const Model model = model_of(*scenario);
  const Goal goal = told_to_origin(*scenario, "asylum_claim");
  ASSERT_EQ(scenario->policies[0].id, "law");
  const AnsweredCase alone = answered(model, *scenario, 0, goal, Realm::law, 0);
  EXPECT_EQ(alone.without.finding, Finding::impossible);
  EXPECT_EQ(answered(model, *scenario, 0, goal, Realm::world, 1).with.finding, Finding::impossible);
}

TEST(PartnerSharing, TellsItUnderTheProposal) {
  const auto scenario = shipped("partner-sharing");
  const Model model = model_of(*scenario);
  const Goal goal = told_to_origin(*scenario, "asylum_claim");
  ASSERT_EQ(scenario->policies[1].id, "proposal");
  const AnsweredCase alone = answered(model, *scenario, 1, goal, Realm::law, 0);
  EXPECT_EQ(alone.with.finding, Finding::possible) << alone.with.because;
  EXPECT_EQ(alone.without.finding, Finding::impossible);
}

TEST(Classroom, TellsTheSecretByTheShortestPathThatThereIs) {
  const auto scenario = shipped("classroom");
  const Model model = model_of(*scenario);
  const Goal goal = told_to_origin(*scenario, "asylum_status");
  for (const std::size_t policy : {0U, 2U})
    for (const std::size_t which : {0U, 1U, 2U})
      EXPECT_EQ(answered(model, *scenario, policy, goal, Realm::law, which).with.finding,
                Finding::impossible);
  const AnsweredCase told = answered(model, *scenario, 1, goal, Realm::law, 0);
  ASSERT_EQ(told.with.finding, Finding::possible);
  EXPECT_EQ(rules_of(*told.with.derivations, told.with.paths.front()),
            (std::vector<std::string>{"collect", "letters", "letterhead"}));
  EXPECT_FALSE(safeguards_against(*told.with.derivations, told.with.paths.front()).empty());
  EXPECT_EQ(answered(model, *scenario, 1, goal, Realm::world, 1).with.finding, Finding::possible);
}

}  // namespace
}  // namespace onward
