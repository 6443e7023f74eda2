// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/scenario/compose.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/value.hpp"

namespace onward {

/// Reads values that meet their schema into the model, and checks what they mean.
///
/// Every function reports what is wrong and goes on with something harmless, so
/// that all problems come to light in one go.
class Reader {
 public:
  Reader(const Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario), diagnostics_(diagnostics) {}

  void error(const Place& place, std::string message, std::string help = "");
  void warning(const Place& place, std::string message, std::string help = "");
  /// Warns that a selector selects nothing.
  void warn_if_empty(const Value& written, const NodeSelector& selector, std::string consequence);

  /// The text of a member, or empty.
  [[nodiscard]] static std::string text(const Value& object, std::string_view key);
  [[nodiscard]] static bool flag(const Value& object, std::string_view key, bool otherwise = false);
  [[nodiscard]] static std::vector<std::string> texts(const Value* one_or_list);
  /// The label, or the id with its dashes and underscores as spaces.
  [[nodiscard]] static std::string label(const Member& entry);

  [[nodiscard]] std::optional<NodeId> node(const Value& name);
  [[nodiscard]] std::vector<NodeId> nodes(const Value* names);
  [[nodiscard]] std::optional<CategoryId> category(const Value& name);
  [[nodiscard]] CategorySet categories(const Value* names);
  [[nodiscard]] std::optional<PurposeId> purpose(const Value& name);
  [[nodiscard]] PurposeSet purposes(const Value* names);
  [[nodiscard]] std::optional<ActionId> action(const Value& name);
  [[nodiscard]] std::optional<FactId> fact(std::string_view name, const Place& place);
  [[nodiscard]] std::optional<AttributeId> attribute(std::string_view name, const Place& place);
  [[nodiscard]] std::optional<ValueId> value_of(AttributeId attribute, std::string_view name,
                                                const Place& place);
  [[nodiscard]] std::optional<ChannelId> channel(const Value& name);
  [[nodiscard]] FactTest facts(const Value* object);
  [[nodiscard]] std::optional<Date> date(const Value& text);

  [[nodiscard]] NodeSelector selector(const Value& object);
  [[nodiscard]] std::optional<NodeSelector> optional_selector(const Value* object);
  [[nodiscard]] std::optional<SubjectNode> subject_node(const Value& name);
  [[nodiscard]] Predicate predicate(const Value& object);

  [[nodiscard]] Claim claim(const Value& object);
  [[nodiscard]] std::optional<Claim> optional_claim(const Value* object);
  [[nodiscard]] Duration duration(const Value* number_or_object);

  /// Reports if a map has more entries than ids can tell apart.
  [[nodiscard]] bool few_enough(const Value& map, std::string_view plural);
  /// Checks that claims of shares add up to 1.
  void check_shares(const Value& object);

  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  [[nodiscard]] const Vocabulary& vocabulary() const { return scenario_.vocabulary; }
  [[nodiscard]] const World& world() const { return scenario_.world; }

  /// Reports an unknown name, with the nearest known one.
  void unknown(std::string_view what, std::string_view name, const Place& place,
               const std::vector<std::string>& known, std::string_view plural);

 private:
  void check_range(const Value& object, const Claim& claim);
  DynamicSet eligible_nodes(const Value& object);

  const Scenario& scenario_;
  Diagnostics& diagnostics_;
};

/// A reader that fills the scenario in which it looks names up.
class ScenarioReader : public Reader {
 public:
  ScenarioReader(Scenario& scenario, Diagnostics& diagnostics)
      : Reader(scenario, diagnostics), out_(scenario) {}

  [[nodiscard]] Scenario& out() { return out_; }

 private:
  Scenario& out_;
};

/// The parts of a scenario, in the order in which they are read.
/// False if the vocabulary has more of something than the decision core can hold.
[[nodiscard]] bool read_vocabulary(const Value& block, ScenarioReader& reader);
/// False if there are no nodes, or too many to read on.
[[nodiscard]] bool read_node_names(const Value& world, ScenarioReader& reader);
void read_attribute_values(const Value& vocabulary, ScenarioReader& reader);
void read_world(const Value& block, ScenarioReader& reader);
void read_experiment(const Value& block, ScenarioReader& reader);
void read_policies(const std::vector<ComposedPolicy>& policies, ScenarioReader& reader);
void check_rule_starts(const Value& world, ScenarioReader& reader);
/// `outcomes` says which states a harm leads to.
void read_population(const Value& block, const Value* cast, const Value& outcomes,
                     ScenarioReader& reader);
/// A condition of an outcome or of a test.
[[nodiscard]] Condition read_condition(const Value& value, Reader& reader);
void read_outcomes(const Value& block, const Value& headline, ScenarioReader& reader);

}  // namespace onward
