// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/proof/reach.hpp"

namespace onward {

/// One set of assumptions under which a question is answered.
struct ProofCase {
  std::string label;
  Assumptions assumptions;
};

/// In law: by governed acts alone; then with others passing on, undertakings kept and not. In the
/// world: undertakings kept and not. The last allows the most.
[[nodiscard]] std::vector<ProofCase> cases_of(Realm realm, const DynamicSet& noncompliant);

struct AnsweredCase {
  std::string label;
  ReachAnswer with;     ///< Knowing by inference counts.
  ReachAnswer without;  ///< It does not.
};

/// Answers a question under one set of assumptions, with witnesses replayed by the simulator.
[[nodiscard]] AnsweredCase answer_case(const Model& model, const CompiledPolicy& policy,
                                       const Goal& goal, const ProofCase& assuming, std::size_t most);

/// Replays paths with constructed people.
[[nodiscard]] ReplayerFor by_witness();

}  // namespace onward
