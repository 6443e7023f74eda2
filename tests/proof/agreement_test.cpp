// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdio>

#include "sim/engine/in_proof.hpp"
#include "sim/scenario/scenario.hpp"
#include "tests/support/random_replay.hpp"

namespace onward {
namespace {

/// Scenarios in which nobody breaks a rule and no search finds the wrong person: then every copy
/// must be inside the proof.
nlohmann::json without_exempt_causes(nlohmann::json scenario) {
  for (auto& node : scenario["world"]["nodes"]) {
    node.erase("compliance");
    if (node.contains("matching")) node["matching"]["false_match"]["value"] = 0;
    if (node.contains("matching")) node["matching"]["false_match"]["low"] = 0;
  }
  return scenario;
}

class RandomLives : public ::testing::TestWithParam<std::uint32_t> {};

TEST_P(RandomLives, AreInsideTheProof) {
  constexpr std::uint32_t scenarios = 50;
  std::size_t copies = 0;
  for (std::uint32_t i = 0; i < scenarios; ++i) {
    const std::uint32_t number = GetParam() * scenarios + i;
    auto document = test_support::uncalibrated_replay_scenario(number);
    if (number % 2 == 0) document = without_exempt_causes(document);
    const LoadResult loaded = load_scenario_text(document.dump(), "random");
    ASSERT_TRUE(loaded.scenario) << number;
    const Model model = model_of(*loaded.scenario);
    Replay replay(model, loaded.scenario->compiled);
    for (std::size_t policy = 0; policy < loaded.scenario->policies.size(); ++policy)
      for (const Realm realm : {Realm::world, Realm::law}) {
        InProof check(model, loaded.scenario->compiled[policy], realm);
        ReplayOptions options;
        options.observer = &check;
        (void)replay.run(policy, 0, options);
        EXPECT_TRUE(check.outside().empty())
            << "scenario " << number << ", policy " << policy
            << (realm == Realm::law ? ", in law: " : ", in the world: ") << check.outside();
        copies += check.checked();
      }
  }
  EXPECT_GT(copies, 1000U);
  std::printf("%zu copies are inside the proof\n", copies);
}

INSTANTIATE_TEST_SUITE_P(Slices, RandomLives, ::testing::Range(0U, 10U));

}  // namespace
}  // namespace onward
