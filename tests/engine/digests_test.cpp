// SPDX-License-Identifier: Apache-2.0
//
// Digests that were written down once: the same in debug and release builds, with and without
// fused multiply-add (see digests_without_fma in tests/CMakeLists.txt), and tomorrow.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "sim/engine/replay.hpp"
#include "tests/support/random_replay.hpp"
#include "tests/support/small_scenario.hpp"

namespace onward {
namespace {

std::string lines_of(const std::string& name, const Scenario& scenario) {
  std::string lines;
  Replay replay(model_of(scenario), scenario.compiled);
  for (std::size_t p = 0; p < scenario.policies.size(); ++p)
    for (std::uint32_t k = 0; k < 2; ++k)
      lines += name + " " + scenario.policies[p].id + " " + std::to_string(k) + " " +
               to_string(replay.run(p, k).digest) + "\n";
  return lines;
}

std::string all_digests() {
  const LoadResult classroom = load_scenario(ONWARD_SOURCE_DIR "/scenarios/classroom");
  std::string all = lines_of("classroom", *classroom.scenario);
  for (std::uint32_t number = 0; number < 40; ++number)
    all += lines_of("random/" + std::to_string(number),
                    *test_support::loaded(test_support::uncalibrated_replay_scenario(number)));
  return all;
}

// ONWARD_UPDATE=1 writes them anew, after a change of the contract.
TEST(Digests, are_those_that_were_written_down) {
  const std::string file = ONWARD_SOURCE_DIR "/tests/engine/digests.expected";
  const std::string digests = all_digests();
  if (std::getenv("ONWARD_UPDATE") != nullptr) std::ofstream(file) << digests;
  std::ifstream in(file);
  const std::string expected{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(digests, expected);
}

}  // namespace
}  // namespace onward
