// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/in_proof.hpp"

#include <algorithm>

namespace onward {
namespace {

constexpr double rounding = 1e-6;  ///< Days: durations are added in another order.

}  // namespace

InProof::InProof(const Model& model, const CompiledPolicy& policy, Realm realm)
    : model_(model), policy_(policy), realm_(realm) {
  std::string problem;
  const Relevance relevance(model_, policy_);
  situations_ = Situations::build(model_, policy.policy(), realm, relevance, {}, problem);
  if (!situations_) return;
  Assumptions assumptions;
  assumptions.realm = realm;
  assumptions.pass_on = true;
  derivations_ = std::make_unique<const Derivations>(model_, policy_, *situations_, assumptions,
                                                       relevance);
}

bool InProof::exempt(const Person& person) const {
  return !person.candidates.empty() ||
         std::any_of(person.copies.begin(), person.copies.end(),
                     [](const Copy& copy) { return !copy.lawful || !copy.lawfully_kept; }) ||
         std::any_of(person.acts.begin(), person.acts.end(),
                     [](const ActRecord& act) { return !act.lawful; });
}

SourceSet InProof::sources_of(const Person& person, const Copy& copy) const {
  SourceSet sources;
  for (const Copy* at = &copy; at->sender;) {
    sources |= policy_.sources_of(*at->sender);
    if (at->parent == Copy::none) break;
    at = &person.copies[static_cast<std::size_t>(at->parent)];
  }
  return sources;
}

bool InProof::same_person(const Person& person, const Situations::Set& cells) const {
  bool found = false;
  cells.for_each(
      [&](std::size_t cell) { found = found || situations_->is_true_of(cell, person.values); });
  return found;
}

/// Whether a holding fits: its cells are closed, so that what the person became in the end counts.
bool InProof::is_derived(const Person& person, const Copy& copy) const {
  const SourceSet sources = sources_of(person, copy);
  const NodeId recorder = situations_->recorder_like(copy.collector);
  const auto& all = derivations_->holdings();
  return std::any_of(all.begin(), all.end(), [&](const Possession& held) {
    return held.what.holder == copy.holder && held.what.category == copy.category &&
           held.what.recorder == recorder &&
           derivations_->verdicts().provenance(held.what.provenance).sources == sources &&
           copy.from <= held.latest_arrival + rounding &&
           std::max(copy.from, 0.0) >= held.earliest - rounding && same_person(person, held.cells);
  });
}

void InProof::lived(const Life& life) {
  if (!derivations_ || derivations_->given_up()) return;
  for (const Person& person : life.members) {
    if (exempt(person)) continue;
    for (const Copy& copy : person.copies) {
      ++checked_;
      if (is_derived(person, copy) || !outside_.empty()) continue;
      const World& world = *model_.world;
      outside_ = world.node_names.name(copy.holder) + " holds " +
                 model_.vocabulary->category_names.name(copy.category) + " of " +
                 model_.population->groups[person.group].id + ":" + std::to_string(person.index) +
                 " from day " + std::to_string(copy.from) +
                 (copy.sender ? ", from " + world.node_names.name(*copy.sender) : "");
    }
  }
}

}  // namespace onward
