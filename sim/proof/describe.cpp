// SPDX-License-Identifier: Apache-2.0
#include "sim/proof/describe.hpp"

#include <algorithm>

namespace onward {
namespace {

/// A request like the one that a hop was decided by.
Verdicts::Asked asked_by(const Derivations& of, const Hop& hop) {
  const Holding& to = of.holdings()[hop.to].what;
  Verdicts::Asked asked;
  asked.action = hop.action;
  asked.from = hop.sender;
  asked.to = to.holder;
  asked.purpose = hop.purpose;
  asked.category = hop.decided;
  asked.provenance = hop.provenance;
  asked.has_source = hop.kind != HopKind::no_hit;
  if (hop.kind == HopKind::key) {
    asked.from = to.holder;
    asked.to = *hop.sender;
    asked.provenance = 0;
  }
  return asked;
}

std::size_t first_of(const Situations::Set& set) {
  std::size_t first = set.size();
  set.for_each([&](std::size_t cell) { first = std::min(first, cell); });
  return first;
}

PathStep step_of(const Derivations& of, const Path& path, std::size_t i, double& day) {
  const Hop& hop = of.hops()[path.hops[i]];
  const World& world = *of.model().world;
  const Vocabulary& words = *of.model().vocabulary;
  const Holding& to = of.holdings()[hop.to].what;
  PathStep step;
  step.kind = hop.kind;
  if (hop.sender) step.from = world.node_names.name(*hop.sender);
  step.to = world.node_names.name(to.holder);
  step.category = words.category_names.name(to.category);
  if (to.category != hop.decided) step.asked = words.category_names.name(hop.decided);
  step.purpose = words.purpose_names.name(hop.purpose);
  step.cells = path.cells[i].count();
  step.keep_days = hop.keep_days;
  const HopTime time = time_of(hop, of.verdicts().end());
  day = std::max(time.from, day + time.notice) + hop.quickest;
  step.earliest = day;
  if (hop.flow) {
    step.flow = world.flow_names[*hop.flow];
    const Flow& flow = world.flows[*hop.flow];
    if (flow.via) step.channel = world.channel_names.name(*flow.via);
  }
  const Outcome* under = hop.outcome != nullptr ? hop.outcome : hop.asked_under;
  step.governed = under != nullptr && under->verdict != Verdict::not_governed;
  step.lawful = under == nullptr || under->verdict != Verdict::deny;
  if (under == nullptr) step.governed = hop.kind == HopKind::key;
  if (under == nullptr || under->verdict != Verdict::permit) return step;
  under->facts.for_each([&](FactId fact) {
    if (fact.index() < words.fact_names.size()) step.facts.push_back(words.fact_names.name(fact));
  });
  const Rule& rule = of.policy().policy().rule(under->permit);
  step.rule = rule.id;
  step.citation = rule.basis.citation;
  const Situations::Set& cells = under->cells;
  Situations::Set people = path.cells[i];
  people &= cells;
  step.explanation = of.verdicts().explain(asked_by(of, hop), under->facts, under->via,
                                           first_of(people.empty() ? cells : people), under->from);
  return step;
}

}  // namespace

std::vector<PathStep> steps_of(const Derivations& of, const Path& path) {
  std::vector<PathStep> steps;
  double day = 0;
  for (std::size_t i = 0; i < path.hops.size(); ++i) steps.push_back(step_of(of, path, i, day));
  return steps;
}

std::vector<std::string> rules_of(const Derivations& of, const Path& path) {
  std::vector<std::string> names;
  for (const PathStep& step : steps_of(of, path))
    // Keys are shown without a permit of their own.
    if (!step.rule.empty() && step.kind != HopKind::key) names.push_back(step.rule);
  for (const std::size_t inference : path.inferences)
    names.push_back(of.model().world->inference_names[inference]);
  return names;
}

std::vector<std::string> somebody_in(const Derivations& of, std::size_t cell) {
  std::vector<std::string> values;
  const Situations& people = of.situations();
  const Vocabulary& words = *of.model().vocabulary;
  for (std::size_t a = 0; a < words.attributes.size(); ++a) {
    if (!people.tells_apart(AttributeId(a))) continue;
    const NameTable<ValueId>& names = words.attributes[a].values;
    std::string text = words.attribute_names.names()[a] + " = " + names.name(people.truth(cell)[a]);
    if (people.record(cell)[a] != people.truth(cell)[a])
      text += " (recorded as " + names.name(people.record(cell)[a]) + ")";
    values.push_back(std::move(text));
  }
  return values;
}

std::vector<std::string> safeguards_against(const Derivations& of, const Path& path) {
  const std::vector<PathStep> steps = steps_of(of, path);
  const World& world = *of.model().world;
  std::vector<std::string> ways;
  const auto last_rule = std::find_if(steps.rbegin(), steps.rend(),
                                      [](const PathStep& step) { return !step.rule.empty(); });
  const bool passed_on = !steps.back().governed && steps.size() > 1;
  if (!path.inferences.empty() && last_rule == steps.rbegin() && !last_rule->from.empty())
    ways.push_back("a prohibition, with `\"inferred\": true`, on telling " + last_rule->to + " " +
                   of.model().vocabulary->category_names.name(path.learned) +
                   ": it reaches what tells it, by " +
                   world.inference_names[path.inferences.front()]);
  if (passed_on && last_rule != steps.rend())
    ways.push_back("the duty `no_onward` on " + last_rule->rule + ", as far as " + last_rule->to +
                   " keeps what it undertakes");
  if (last_rule != steps.rend())
    ways.push_back("withdrawing " + last_rule->rule + ", or excluding " +
                   (last_rule->asked.empty() ? last_rule->category : last_rule->asked) +
                   " from it");
  return ways;
}

}  // namespace onward
