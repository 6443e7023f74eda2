// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "sim/policy/lint.hpp"
#include "sim/scenario/compose.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward {
namespace {

void add_attributes(const NodeSelector& selector, std::set<AttributeId>& attributes) {
  for (const SubjectNode& subject : selector.subjects) attributes.insert(subject.attribute);
  for (const NodeSelector& part : selector.any) add_attributes(part, attributes);
  for (const NodeSelector& part : selector.none) add_attributes(part, attributes);
}

/// Every predicate that decisions depend on, in any policy of the scenario, once.
std::vector<Predicate> deciding_predicates(const Scenario& scenario) {
  std::vector<Predicate> all;
  const auto add = [&](const Predicate& predicate) {
    if (predicate.kind != Predicate::Kind::always && predicate.kind != Predicate::Kind::never &&
        std::find(all.begin(), all.end(), predicate) == all.end())
      all.push_back(predicate);
  };
  // Where a node depends on the person, each value of the attribute is told apart.
  std::set<AttributeId> attributes;
  const auto add_selector = [&](const std::optional<NodeSelector>& selector) {
    if (selector) add_attributes(*selector, attributes);
  };
  for (const Policy& policy : scenario.policies)
    for (const Rule& rule : policy.rules) {
      add(rule.subjects);
      add_selector(rule.from);
      add_selector(rule.to);
      add_selector(rule.data_from);
    }
  for (const Inference& inference : scenario.world.inferences) {
    add_selector(inference.received_from);
    add_selector(inference.provenance);
  }
  for (const AttributeId attribute : attributes) {
    const std::size_t values = scenario.vocabulary.attributes[attribute.index()].values.size();
    for (std::size_t v = 0; v < values; ++v) {
      DynamicSet one(values);
      one.insert(v);
      add(Predicate::is(attribute, std::move(one)));
    }
  }
  return all;
}

void compile(Scenario& scenario, Reader& reader) {
  std::vector<std::string> crowded;
  scenario.cells = CellSpace::build(scenario.vocabulary, deciding_predicates(scenario), crowded);
  if (!scenario.cells) {
    reader.error(scenario.policies.front().place,
                 "the rules tell more than " + std::to_string(CellSpace::max_cells) +
                     " kinds of people apart",
                 "coarsen the attributes that the rules divide most: " + one_of(crowded));
    return;
  }
  for (const Policy& policy : scenario.policies) {
    std::string problem;
    auto compiled = CompiledPolicy::compile(policy, scenario.vocabulary, scenario.world,
                                            *scenario.cells, problem);
    if (compiled)
      scenario.compiled.push_back(std::move(*compiled));
    else
      reader.error(policy.place, problem, "write fewer or coarser `data_from` and inferences");
  }
}

LoadResult load(std::optional<Draft> draft, const std::vector<Override>& overrides,
                Diagnostics diagnostics) {
  LoadResult result;
  std::optional<Composed> composed;
  if (draft && override_values(*draft, overrides, diagnostics))
    composed = compose(std::move(*draft), diagnostics);
  if (composed) {
    auto scenario = std::make_unique<Scenario>();
    ScenarioReader reader(*scenario, diagnostics);
    scenario->file = composed->file;
    scenario->id = Reader::text(composed->root, "id");
    scenario->title = Reader::text(composed->root, "title");
    scenario->question = Reader::text(composed->root, "question");
    scenario->world.states = composed->states;
    scenario->suite = std::move(composed->suite);
    // Why stop: without nodes, or over a vocabulary that does not fit, nothing can be read.
    if (read_vocabulary(composed->vocabulary, reader) && read_node_names(composed->world, reader)) {
      read_attribute_values(composed->vocabulary, reader);
      read_world(composed->world, reader);
      read_experiment(composed->experiment, reader);
      read_policies(composed->composed_policies, reader);
      check_rule_starts(composed->world, reader);
      read_population(composed->population, composed->root.find("cast"), composed->outcomes,
                      reader);
      read_outcomes(composed->outcomes, *composed->root.find("headline"), reader);
    }
    if (!has_errors(diagnostics)) compile(*scenario, reader);
    if (!has_errors(diagnostics))
      for (const CompiledPolicy& policy : scenario->compiled)
        lint(policy, scenario->vocabulary, scenario->world, diagnostics);
    if (!has_errors(diagnostics)) result.scenario = std::move(scenario);
  }
  sort_by_place(diagnostics);
  // What stands once in a file and counts for several states or policies is said once.
  // Why no warnings beside errors: most of them would only follow from an error.
  const bool wrong = has_errors(diagnostics);
  std::set<std::string> said;
  diagnostics.erase(std::remove_if(diagnostics.begin(), diagnostics.end(),
                                   [&](const Diagnostic& d) {
                                     return (wrong && d.severity == Severity::warning) ||
                                            !said.insert(to_string(d)).second;
                                   }),
                    diagnostics.end());
  result.diagnostics = std::move(diagnostics);
  return result;
}

}  // namespace

Model model_of(const Scenario& scenario) {
  Model model;
  model.vocabulary = &scenario.vocabulary;
  model.world = &scenario.world;
  model.population = &scenario.population;
  model.outcomes = &scenario.outcomes;
  model.cells = &*scenario.cells;
  model.start = scenario.experiment.start.days_since_1970();
  model.horizon_days = scenario.experiment.horizon_days;
  model.hop_limit = scenario.experiment.hop_limit;
  model.seed = scenario.experiment.seed;
  return model;
}

LoadResult load_scenario(const std::string& path, const std::vector<Override>& overrides) {
  Diagnostics diagnostics;
  auto draft = read_draft(path, diagnostics);
  return load(std::move(draft), overrides, std::move(diagnostics));
}

LoadResult load_scenario_text(const std::string& text, const std::string& shown_as,
                              const std::vector<Override>& overrides) {
  Diagnostics diagnostics;
  auto draft = read_draft_text(text, shown_as, diagnostics);
  return load(std::move(draft), overrides, std::move(diagnostics));
}

LoadResult load_draft(const Draft& draft, const std::vector<Override>& overrides) {
  return load(draft, overrides, {});
}

}  // namespace onward
