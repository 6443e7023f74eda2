// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/witness.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "sim/engine/constructed_life.hpp"
#include "sim/engine/in_child.hpp"
#include "sim/engine/replay.hpp"

namespace onward {
namespace {

constexpr std::uint32_t most_seeds = 6;  ///< Ties are broken by luck.
constexpr int people_of_group = 150;
constexpr std::uint32_t replications_of_world = 4;

/// Looks for a true copy of what a path says its last holder learns.
class Finder final : public LifeObserver {
 public:
  Finder(const Search& search, const Path& path) : search_(search), path_(path) {
    const Derivations& of = search.derivations();
    holder_ = of.holdings()[of.hops()[path.hops.back()].to].what.holder;
  }

  void lived(const Life& life) override {
    for (const Person& person : life.members)
      for (const Copy& copy : person.copies) found = found || is_it(person, copy);
  }

  bool found = false;

 private:
  [[nodiscard]] bool is_it(const Person& person, const Copy& copy) const {
    const Goal& goal = search_.goal();
    if (copy.holder != holder_ || copy.falsely() || !goal.purposes.contains(copy.purpose))
      return false;
    if (copy.category != path_.learned && !(goal.inferred && copy.reveals.contains(path_.learned)))
      return false;
    const bool told = copy.sender.has_value();
    const Derivations& of = search_.derivations();
    if (!told && (goal.by_message || goal.received_from ||
                  (!goal.own_counts && !of.verdicts().binds(holder_))))
      return false;
    return goal.person.holds(person.values) && goal.node.when(holder_).holds(person.values) &&
           (!goal.received_from || goal.received_from->when(*copy.sender).holds(person.values));
  }

  const Search& search_;
  const Path& path_;
  NodeId holder_;
};

/// Grants what may be granted: the proof takes it for granted, too.
void grant_everything(Policy& policy) {
  for (Rule& rule : policy.rules)
    for (auto* one :
         {&rule.duties.authorised_by, &rule.duties.consent_of_origin, &rule.duties.guardian}) {
      if (!*one) continue;
      (*one)->grants.reset();
      (*one)->grants_by.reset();
      (*one)->grant_chances.clear();
      (*one)->bypass.reset();
    }
}

Claim certain(double value) {
  Claim claim;
  claim.value = value;
  return claim;
}

void make_capable(World& world, const Assumptions& assumptions) {
  for (std::size_t n = 0; n < world.nodes.size(); ++n) {
    Node& node = world.nodes[n];
    node.compliance = {};
    if (n < assumptions.noncompliant.size() && assumptions.noncompliant.contains(n)) {
      node.compliance.disclosure = certain(0);
      node.compliance.retention = certain(0);
    }
    for (Desk& desk : node.desks) {
      desk.officers = certain(1000);
      desk.misses.reset();
    }
    if (node.matching) node.matching->false_match = certain(0);
  }
  for (Inference& inference : world.inferences)
    if (inference.chance && inference.chance->value > 0) inference.chance.reset();
  for (Channel& channel : world.channels) {
    channel.bandwidth.reset();
    channel.loss.reset();
    channel.interception.reset();
  }
}

bool transmits(const World& world) {
  return std::any_of(world.channels.begin(), world.channels.end(),
                     [](const Channel& channel) { return channel.bandwidth.has_value(); });
}

}  // namespace

/// A world in which nothing fails, with the same nodes and inferences, and the same rules.
struct Witness::Lab {
  Policy policy;
  World world;
  Outcomes outcomes;
  std::vector<CompiledPolicy> compiled;
};

Witness::Witness(const Derivations& derivations) : of_(derivations), lab_(std::make_unique<Lab>()) {
  const Model& model = of_.model();
  lab_->policy = of_.policy().policy();
  grant_everything(lab_->policy);
  lab_->world = *model.world;
  make_capable(lab_->world, of_.assumptions());
  std::string problem;
  auto compiled =
      CompiledPolicy::compile(lab_->policy, *model.vocabulary, lab_->world, *model.cells, problem);
  if (compiled) lab_->compiled.push_back(std::move(*compiled));
}

Witness::~Witness() = default;

bool Witness::replayed(const Search& search, const Path& path) {
  if (lab_->compiled.empty()) return false;
  const auto work = [&] {
    return of_.assumptions().realm == Realm::law ? in_law(search, path) : in_world(search, path);
  };
  // Why: a platform that has run can have no channels of limited capacity any more.
  if (!transmits(*of_.model().world)) return work();
  return in_child([&] { return std::string(work() ? "yes" : "no"); }) == "yes";
}

bool Witness::in_law(const Search& search, const Path& path) {
  auto life = construct_life(search, path, lab_->world);
  if (!life) return false;
  for (Node& node : life->world.nodes) {
    node.matching.reset();
    node.keeps_undertakings = certain(of_.assumptions().undertakings_kept ? 1 : 0);
    for (Desk& desk : node.desks) {
      desk.service.shape = DurationShape::fixed;
      desk.service.mean = certain(0);
    }
  }
  Model model = of_.model();
  model.vocabulary = &life->vocabulary;
  model.world = &life->world;
  model.population = &life->population;
  model.outcomes = &lab_->outcomes;
  model.horizon_days = life->horizon_days;
  // Why no more: what sets itself off again would never end.
  model.hop_limit = static_cast<int>(path.hops.size()) + 1;
  Replay replay(model, lab_->compiled);
  for (std::uint32_t seed = 0; seed < most_seeds; ++seed) {
    Finder finder(search, path);
    ReplayOptions options;
    options.observer = &finder;
    (void)replay.run(0, seed, options);
    if (finder.found) return true;
  }
  return false;
}

namespace {

/// Each option that there is becomes as likely as the others.
template <class Options, class ChanceOf>
void level(Options& options, ChanceOf chance_of) {
  std::size_t open = 0;
  for (auto& option : options) open += chance_of(option).value > 0 ? 1U : 0U;
  for (auto& option : options)
    if (chance_of(option).value > 0) chance_of(option).value = 1.0 / static_cast<double>(open);
}

void level_people(Population& population) {
  for (Group& group : population.groups) {
    if (group.people == 0) continue;
    group.people = people_of_group;
    group.size.reset();
    group.poisson = false;
    for (AttributeOfGroup& attribute : group.attributes)
      level(attribute.shares, [](auto& share) -> Claim& { return share.second; });
  }
  for (Journey& journey : population.journeys)
    for (JourneyState& state : journey.states) {
      const auto open = static_cast<double>(state.next.size());
      for (NextState& next : state.next)
        if (next.chance && next.chance->value > 0 && next.chance->value < 1)
          next.chance->value = 1 / open;
    }
  for (Stock& stock : population.stock)
    if (stock.chance && stock.chance->value > 0) stock.chance.reset();
}

void level_records(Vocabulary& vocabulary) {
  for (Attribute& attribute : vocabulary.attributes)
    for (RecordingError& error : attribute.recording_errors) {
      double options = 1;
      for (const RecordingError& other : attribute.recording_errors)
        if (other.node == error.node && other.true_value == error.true_value) ++options;
      if (error.chance.value > 0 && error.chance.value < 1) error.chance.value = 1 / options;
    }
}

/// Facts of the flows of a path come out as it needs them.
void level_flows(World& world, const Derivations& of, const Path& path) {
  std::map<std::size_t, FactSet> needed;
  for (const std::size_t h : path.hops) {
    const Hop& hop = of.hops()[h];
    const Outcome* under = hop.outcome != nullptr ? hop.outcome : hop.asked_under;
    if (hop.flow && under != nullptr) needed[*hop.flow] = under->facts;
  }
  for (std::size_t f = 0; f < world.flows.size(); ++f) {
    Flow& flow = world.flows[f];
    if (flow.propensity && flow.propensity->value > 0) flow.propensity.reset();
    const auto facts = needed.find(f);
    for (auto& [fact, chance] : flow.asserts)
      if (chance.value > 0 && chance.value < 1)
        chance.value = facts == needed.end() ? 0.5 : (facts->second.contains(fact) ? 0.9 : 0.1);
  }
}

}  // namespace

bool Witness::in_world(const Search& search, const Path& path) {
  World world = lab_->world;
  level_flows(world, of_, path);
  for (Node& node : world.nodes) {
    const double keeps = node.keeps_undertakings ? node.keeps_undertakings->value : 1;
    const bool wanted = of_.assumptions().undertakings_kept;
    if (wanted ? keeps <= 0 : keeps >= 1) continue;
    node.keeps_undertakings = certain(wanted ? 1 : 0);
  }
  for (Node& node : world.nodes)
    if (node.matching && node.matching->finds.value > 0) node.matching->finds = certain(1);
  Population population = *of_.model().population;
  population.cast.clear();
  level_people(population);
  Vocabulary vocabulary = *of_.model().vocabulary;
  level_records(vocabulary);
  Model model = of_.model();
  model.vocabulary = &vocabulary;
  model.world = &world;
  model.population = &population;
  Replay replay(model, lab_->compiled);
  for (std::uint32_t r = 0; r < replications_of_world; ++r) {
    Finder finder(search, path);
    ReplayOptions options;
    options.observer = &finder;
    (void)replay.run(0, r, options);
    if (finder.found) return true;
  }
  return false;
}

}  // namespace onward
