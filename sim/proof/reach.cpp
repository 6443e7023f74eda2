// SPDX-License-Identifier: Apache-2.0
#include "sim/proof/reach.hpp"

#include <algorithm>

namespace onward {
namespace {

/// So many more ways are tried than are shown, before a question is left undecided.
constexpr std::size_t more_tries = 30;

}  // namespace

Finding find_out(const Search& search, std::size_t most, const Replayer& replayer,
                 std::vector<Path>& paths, std::size_t& replayed, std::string& because) {
  replayed = 0;
  if (!search.reaches()) {
    if (!search.derivations().given_up()) return Finding::impossible;
    because = "there is too much to derive";
    return Finding::undecided;
  }
  bool complete = true;
  paths = search.best(std::max(most, more_tries), complete);
  std::vector<Path> true_ones;
  std::vector<Path> others;
  for (Path& path : paths) {
    const bool wanted = true_ones.size() < most;
    const bool came_true = wanted && replayer(search, path);
    (came_true ? true_ones : others).push_back(std::move(path));
    if (true_ones.size() >= most) break;
    // Why: once it is possible, what else is possible is only illustration.
    if (!true_ones.empty() && true_ones.size() + others.size() >= most) break;
  }
  replayed = true_ones.size();
  paths = std::move(true_ones);
  for (Path& path : others) paths.push_back(std::move(path));
  if (paths.size() > most) paths.resize(most);
  if (replayed > 0) return Finding::possible;
  because = paths.empty() ? "it is derived from what holds of different people or days"
                          : "no constructed person came to it in a replay";
  return Finding::undecided;
}

ReachAnswer reach(const Model& model, const CompiledPolicy& policy, const Assumptions& assumptions,
                  const Goal& goal, std::size_t most, const ReplayerFor& replayer_for) {
  ReachAnswer answer;
  Relevance relevance =
      assumptions.realm == Realm::law
          ? Relevance(model, policy, LawfulActs(model, policy, assumptions.noncompliant),
                      assumptions, goal)
          : Relevance(model, policy);
  auto situations = Situations::build(model, policy.policy(), assumptions.realm, relevance,
                                      goal.tested(model.world->nodes.size()), answer.because);
  if (!situations) return answer;
  answer.situations = std::make_unique<const Situations>(std::move(*situations));
  answer.derivations = std::make_unique<const Derivations>(model, policy, *answer.situations,
                                                           assumptions, std::move(relevance));
  answer.search = std::make_unique<const Search>(*answer.derivations, goal);
  Replayer replayer;
  const auto replay = [&](const Search& search, const Path& path) {
    if (!replayer) replayer = replayer_for(*answer.derivations);
    return replayer(search, path);
  };
  answer.finding =
      find_out(*answer.search, most, replay, answer.paths, answer.replayed, answer.because);
  return answer;
}

}  // namespace onward
