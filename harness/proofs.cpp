// SPDX-License-Identifier: Apache-2.0
#include "harness/proofs.hpp"

#include "sim/engine/witness.hpp"

namespace onward {

std::vector<ProofCase> cases_of(Realm realm, const DynamicSet& noncompliant) {
  const auto assume = [&](const char* label, bool pass_on, bool kept) {
    Assumptions assumptions;
    assumptions.realm = realm;
    assumptions.pass_on = pass_on;
    assumptions.undertakings_kept = kept;
    assumptions.noncompliant = noncompliant;
    return ProofCase{label, assumptions};
  };
  if (realm == Realm::world)
    return {assume("undertakings kept", false, true),
            assume("undertakings not kept", false, false)};
  return {assume("by governed acts alone", false, false),
          assume("others pass on, undertakings kept", true, true),
          assume("others pass on, undertakings not kept", true, false)};
}

ReplayerFor by_witness() {
  return [](const Derivations& derivations) -> Replayer {
    const auto witness = std::make_shared<Witness>(derivations);
    return [witness](const Search& search, const Path& path) {
      return witness->replayed(search, path);
    };
  };
}

AnsweredCase answer_case(const Model& model, const CompiledPolicy& policy, const Goal& goal,
                         const ProofCase& assuming, std::size_t most) {
  AnsweredCase answered;
  answered.label = assuming.label;
  answered.with = reach(model, policy, assuming.assumptions, goal, most, by_witness());
  // Why from anew: far less bears on it.
  Goal told = goal;
  told.inferred = false;
  answered.without = reach(model, policy, assuming.assumptions, told, 1, by_witness());
  return answered;
}

}  // namespace onward
