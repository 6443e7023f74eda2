// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/proof/paths.hpp"

namespace onward {

enum class Finding { impossible, possible, undecided };

/// The answer to one question under one set of assumptions, with what it stands on.
struct ReachAnswer {
  Finding finding = Finding::undecided;
  std::string because;  ///< If undecided: why.
  std::unique_ptr<const Situations> situations;
  std::unique_ptr<const Derivations> derivations;
  std::unique_ptr<const Search> search;
  std::vector<Path> paths;   ///< Fewest hops first; those that came true in a replay first of all.
  std::size_t replayed = 0;  ///< How many of them did.
};

/// Replays a path with a constructed person: sim/engine/witness.hpp.
using Replayer = std::function<bool(const Search&, const Path&)>;
/// Makes one for derivations.
using ReplayerFor = std::function<Replayer(const Derivations&)>;

/// Impossible if nothing derives it; possible if one of the `most` best ways comes true; else
/// undecided. Model and policy must outlive the answer.
[[nodiscard]] ReachAnswer reach(const Model& model, const CompiledPolicy& policy,
                                const Assumptions& assumptions, const Goal& goal, std::size_t most,
                                const ReplayerFor& replayer_for);

/// The same, from derivations that are there already and must outlive the answer.
[[nodiscard]] Finding find_out(const Search& search, std::size_t most, const Replayer& replayer,
                               std::vector<Path>& paths, std::size_t& replayed,
                               std::string& because);

}  // namespace onward
