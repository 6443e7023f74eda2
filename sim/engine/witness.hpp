// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "sim/proof/paths.hpp"

namespace onward {

/// Builds people for whom a path comes true, and replays them: what the proof calls possible, the
/// simulator must produce.
///
/// In law the person's journey and the flows are made for the path; rules, nodes and inferences
/// are the scenario's own. In the world nothing is made: among the declared lives, chances are
/// only shifted (never from or to nothing), so that rare ones are met. Derivations must outlive it.
class Witness {
 public:
  explicit Witness(const Derivations& derivations);
  ~Witness();
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;

  /// Whether a constructed person's replay does what the path says.
  [[nodiscard]] bool replayed(const Search& search, const Path& path);

 private:
  struct Lab;
  [[nodiscard]] bool in_law(const Search& search, const Path& path);
  [[nodiscard]] bool in_world(const Search& search, const Path& path);

  const Derivations& of_;
  std::unique_ptr<Lab> lab_;
};

}  // namespace onward
