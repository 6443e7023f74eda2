// SPDX-License-Identifier: Apache-2.0
#include "metrics/grade.hpp"

#include <algorithm>

namespace onward {
namespace {

/// Whether a claim stands on no published source.
bool unsourced(const Claim& claim) {
  return claim.evidence == EvidenceKind::illustrative ||
         claim.evidence == EvidenceKind::expert_assumption;
}

/// Goes through claims until one is found that is unsourced.
class Search {
 public:
  void look(const Claim& claim) { found_ = found_ || unsourced(claim); }
  void look(const std::optional<Claim>& claim) {
    if (claim) look(*claim);
  }
  [[nodiscard]] bool found() const { return found_; }

  void look(const Node& node) {
    for (const Desk& desk : node.desks) {
      look(desk.officers);
      look(desk.service.mean);
      look(desk.misses);
      look(desk.accepts_false);
    }
    if (node.matching) {
      look(node.matching->finds);
      look(node.matching->false_match);
      look(node.matching->at_gallery);
      look(node.matching->gallery);
    }
    for (const Share& share : node.profile) look(share.chance);
    look(node.compliance.disclosure);
    look(node.compliance.retention);
    look(node.compliance.use);
    look(node.compliance.duties);
    look(node.compliance.logging);
    look(node.keeps_undertakings);
  }

  void look(const World& world) {
    for (const Node& node : world.nodes) look(node);
    for (const Channel& channel : world.channels) {
      look(channel.bandwidth);
      look(channel.loss);
    }
    for (const Flow& flow : world.flows) {
      look(flow.propensity);
      for (const auto& [fact, chance] : flow.asserts) look(chance);
    }
    for (const Inference& inference : world.inferences) look(inference.chance);
  }

  void look(const Vocabulary& vocabulary) {
    for (const Attribute& attribute : vocabulary.attributes)
      for (const RecordingError& error : attribute.recording_errors) look(error.chance);
  }

  void look(const Population& population) {
    for (const Group& group : population.groups) {
      look(group.size);
      for (const AttributeOfGroup& attribute : group.attributes)
        for (const auto& [value, share] : attribute.shares) look(share);
    }
    for (const Journey& journey : population.journeys)
      for (const JourneyState& state : journey.states)
        for (const NextState& next : state.next) look(next.chance);
    for (const Link& link : population.links) look(link.chance);
    for (const Stock& stock : population.stock) look(stock.chance);
  }

  void look(const std::optional<Authorisation>& authorisation) {
    if (!authorisation) return;
    look(authorisation->grants);
    look(authorisation->bypass);
    for (const auto& [value, chance] : authorisation->grant_chances) look(chance);
  }

  void look(const Policy& policy) {
    for (const Rule& rule : policy.rules) {
      look(rule.duties.authorised_by);
      look(rule.duties.consent_of_origin);
      look(rule.duties.guardian);
    }
  }

  void look(const Harm& harm) {
    look(harm.background);
    for (const Raised& raised : harm.raised) look(raised.rate);
    for (const Lowered& lowered : harm.lowered) look(lowered.factor);
  }

 private:
  bool found_ = false;
};

}  // namespace

const char* to_string(Grade grade) {
  switch (grade) {
    case Grade::sourced: return "sourced";
    case Grade::mixed: return "mixed";
    case Grade::illustrative: return "illustrative";
  }
  return "";
}

Grades::Grades(const Model& model, const std::vector<const Policy*>& policies) {
  Search search;
  search.look(*model.world);
  search.look(*model.vocabulary);
  search.look(*model.population);
  for (const Policy* policy : policies) search.look(*policy);
  // What changes journeys changes everything that comes after.
  for (const Harm& harm : model.outcomes->harms)
    if (harm.ends_journey || !harm.then_state.empty()) search.look(harm);
  if (search.found()) world_ = Grade::mixed;
}

Grade Grades::of(const Harm& harm) const {
  const auto illustrative = [](const Claim& claim) {
    return claim.evidence == EvidenceKind::illustrative;
  };
  const bool multiplied =
      (harm.background && illustrative(*harm.background)) ||
      std::any_of(harm.raised.begin(), harm.raised.end(),
                  [&](const Raised& raised) { return illustrative(raised.rate); }) ||
      std::any_of(harm.lowered.begin(), harm.lowered.end(),
                  [&](const Lowered& lowered) { return illustrative(lowered.factor); });
  if (multiplied) return Grade::illustrative;
  Search own;
  own.look(harm);
  return own.found() ? Grade::mixed : world_;
}

}  // namespace onward
