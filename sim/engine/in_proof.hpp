// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "sim/engine/replay.hpp"
#include "sim/proof/derivations.hpp"

namespace onward {

/// Holds lives against the proof: every copy must be in what it derives.
///
/// Lives with a cause that the proof exempts are left out: an act against the rules, a false
/// match. In law, what only nodes that no rule binds did is left out, too.
class InProof final : public LifeObserver {
 public:
  /// Model and policy must outlive it.
  InProof(const Model& model, const CompiledPolicy& policy, Realm realm);

  void lived(const Life& life) override;

  /// The first copy that is outside, in words; empty: none is.
  [[nodiscard]] const std::string& outside() const { return outside_; }
  [[nodiscard]] std::size_t checked() const { return checked_; }

 private:
  [[nodiscard]] bool exempt(const Person& person) const;
  [[nodiscard]] bool is_derived(const Person& person, const Copy& copy) const;
  [[nodiscard]] SourceSet sources_of(const Person& person, const Copy& copy) const;
  [[nodiscard]] bool same_person(const Person& person, const Situations::Set& cells) const;

  const Model& model_;
  const CompiledPolicy& policy_;
  Realm realm_;
  std::optional<Situations> situations_;
  std::unique_ptr<const Derivations> derivations_;
  std::string outside_;
  std::size_t checked_ = 0;
};

}  // namespace onward
