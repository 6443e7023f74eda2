// SPDX-License-Identifier: Apache-2.0
#include "cli/proof_questions.hpp"

#include <iostream>

namespace onward::cli {
namespace {

template <class Id>
std::optional<Id> named(const std::string& name, const NameTable<Id>& names, const char* one,
                        const char* many) {
  const auto id = names.find(name);
  if (!id)
    std::cerr << "onward: unknown " << one << " " << ticked(name)
              << "\n  help: " << suggest(name, names.names(), many) << "\n";
  return id;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
    end = text.find(at, begin);
    parts.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
  }
  return parts;
}

/// A node, or `subject.A`: the person's own.
std::optional<NodeSelector> target(const std::string& text, const Scenario& scenario) {
  const std::size_t nodes = scenario.world.nodes.size();
  NodeSelector selector;
  selector.eligible = DynamicSet(nodes, true);
  selector.named = DynamicSet(nodes);
  if (!text.starts_with("subject.")) {
    const auto node = named(text, scenario.world.node_names, "node", "nodes");
    if (!node) return {};
    selector.named->insert(node->index());
    return selector;
  }
  const auto attribute =
      named(text.substr(8), scenario.vocabulary.attribute_names, "attribute", "attributes");
  if (!attribute) return {};
  const Attribute& of = scenario.vocabulary.attributes[attribute->index()];
  if (!of.are_nodes) {
    std::cerr << "onward: the values of " << ticked(text.substr(8)) << " are no nodes\n"
              << "  help: name a node, or an attribute whose values are nodes\n";
    return {};
  }
  selector.subjects.push_back({*attribute, of.nodes});
  return selector;
}

std::optional<Predicate> people(const std::vector<std::string>& texts, const Scenario& scenario) {
  std::vector<Predicate> all;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    const auto attribute = named(text.substr(0, equals), scenario.vocabulary.attribute_names,
                                 "attribute", "attributes");
    if (!attribute) return {};
    if (equals == std::string::npos) {
      std::cerr << "onward: " << ticked(text) << " says no value\n"
                << "  help: write ATTRIBUTE=VALUE, or ATTRIBUTE=VALUE,VALUE\n";
      return {};
    }
    const NameTable<ValueId>& names = scenario.vocabulary.attributes[attribute->index()].values;
    DynamicSet values(names.size());
    for (const std::string& value : split(text.substr(equals + 1), ',')) {
      const auto id = named(value, names, "value", "values");
      if (!id) return {};
      values.insert(id->index());
    }
    all.push_back(Predicate::is(*attribute, values));
  }
  return Predicate::all(std::move(all));
}

}  // namespace

std::optional<Goal> goal_of(const ReachOptions& options, const Scenario& scenario) {
  Goal goal;
  bool good = true;
  const auto category =
      named(options.data, scenario.vocabulary.category_names, "category", "categories");
  if (category)
    goal.data.insert(*category);
  else
    good = false;
  if (auto node = target(options.to, scenario))
    goal.node = std::move(*node);
  else
    good = false;
  if (auto person = people(options.subjects, scenario))
    goal.person = std::move(*person);
  else
    good = false;
  if (!options.purposes.empty()) goal.purposes = {};
  for (const std::string& purpose : options.purposes) {
    const auto id = named(purpose, scenario.vocabulary.purpose_names, "purpose", "purposes");
    if (id)
      goal.purposes.insert(*id);
    else
      good = false;
  }
  return good ? std::optional(std::move(goal)) : std::nullopt;
}

std::optional<DynamicSet> nodes_named(const std::vector<std::string>& ids,
                                      const Scenario& scenario) {
  DynamicSet nodes(scenario.world.nodes.size());
  bool good = true;
  for (const std::string& id : ids) {
    const auto node = named(id, scenario.world.node_names, "node", "nodes");
    if (node)
      nodes.insert(node->index());
    else
      good = false;
  }
  return good ? std::optional(std::move(nodes)) : std::nullopt;
}

}  // namespace onward::cli
