// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/people/outcomes.hpp"
#include "sim/people/population.hpp"
#include "sim/policy/compiled_policy.hpp"
#include "sim/random/distributions.hpp"
#include "sim/world/world.hpp"

namespace onward {

/// What a replay is made of, whatever the policy. All of it must outlive the plan.
struct Model {
  const Vocabulary* vocabulary = nullptr;
  const World* world = nullptr;
  const Population* population = nullptr;
  const Outcomes* outcomes = nullptr;
  const CellSpace* cells = nullptr;
  double start = 0;  ///< Days since 1970 of day 0.
  double horizon_days = 0;
  int hop_limit = 8;
  std::uint32_t seed = 0;
};

/// A selector, worked out for each node: the people for whom it is selected.
class NodeTest {
 public:
  NodeTest() = default;
  NodeTest(const NodeSelector& selector, std::size_t nodes);

  [[nodiscard]] bool selects(NodeId node, const AttributeValues& values) const {
    return when_[node.index()].holds(values);
  }
  [[nodiscard]] bool possible(NodeId node) const {
    return when_[node.index()].kind != Predicate::Kind::never;
  }
  [[nodiscard]] const Predicate& when(NodeId node) const { return when_[node.index()]; }

 private:
  std::vector<Predicate> when_;
};

/// Whether a person is among those of whom a stock has copies.
[[nodiscard]] bool in_stock(const Stock& stock, const Luck& luck);
/// Whether some stock of her group has copies of a person.
[[nodiscard]] bool has_stock(const Population& population, std::size_t group, const Luck& luck);

/// The two ends of a flow, for some people.
struct Pair {
  NodeId from;
  NodeId to;
  Predicate when;  ///< Of the values recorded by the actor.
  Hash name = 0;   ///< `M(flow, from, to)`.
};

/// A pair of ends with the node that acts.
struct Act {
  NodeId actor;
  Pair pair;
};

/// Every pair of nodes between which a flow can go for somebody; nodes are taken in the order
/// given, actors first.
[[nodiscard]] std::vector<Act> acts_of(const World& world, std::size_t flow, bool query,
                                       const std::vector<NodeId>& order,
                                       const std::vector<Hash>& names);

/// A flow with what does not change worked out.
struct FlowPlan {
  const Flow* flow = nullptr;
  std::size_t index = 0;  ///< In the world's.
  Hash name = 0;
  RootAction root = RootAction::disclose;
  std::vector<CategoryId> data;  ///< In the order of names, as everywhere below.
  std::vector<CategoryId> keys;
  double propensity = 1;
  const Channel* channel = nullptr;
  ChannelTraits via;
  std::vector<NodeId> actors;
  std::vector<std::vector<Pair>> pairs;  ///< By actor's index.
  std::optional<NodeTest> nodes;         ///< Of the trigger.
};

/// Options of a choice with the thing that each stands for.
template <class T>
struct Options {
  std::vector<Option> options;
  std::vector<T> things;
};

struct StatePlan {
  std::size_t number = 0;  ///< Among the states of all journeys.
  Hash name = 0;
  std::vector<CategoryId> collects;
  std::vector<std::pair<AttributeId, ValueId>> sets;
  Options<const NextState*> next;
};

/// How one attribute of one true value is recorded by one node.
struct RecordingPlan {
  AttributeId attribute;
  NodeId node;
  ValueId true_value;
  Options<ValueId> recorded;
};

/// A condition with its selectors worked out.
struct ConditionPlan {
  Condition::Kind kind = Condition::Kind::all;
  const Condition* condition = nullptr;
  NodeTest node;
  std::optional<NodeTest> received_from;
  std::vector<Hash> names;
  std::vector<ConditionPlan> parts;
};

struct RaisedPlan {
  ConditionPlan condition;
  double rate = 0;         ///< Per day; at an event -ln(1 - p).
  std::size_t memory = 0;  ///< Of an event condition: what it was before.
};

struct HarmPlan {
  const Harm* harm = nullptr;
  Hash name = 0;
  double background = 0;
  std::vector<RaisedPlan> while_;
  std::vector<RaisedPlan> at;
  std::vector<std::pair<ConditionPlan, double>> lowered;
};

struct BenefitPlan {
  const Benefit* benefit = nullptr;
  ConditionPlan when;
  std::size_t memory = 0;
};

/// A desk as a place in the list of all desks.
struct DeskPlan {
  NodeId node;
  const Desk* desk = nullptr;
  Hash address = 0;  ///< `M(H(node), H(desk))`.
  Hash name = 0;
};

/// What is asked of a node most: the chances that it keeps to the rules, and what it undertook.
struct NodePlan {
  double discloses = 1;
  double deletes = 1;
  double uses = 1;
  double does_duties = 1;
  double logs = 1;
  double keeps_undertakings = 1;
  bool bound = false;
};

/// Flows that begin on a date.
struct Dated {
  double day = 0;    ///< For rule starts: the day; for periodic: the period.
  Hash trigger = 0;  ///< For rule starts: the lineage.
  std::vector<std::size_t> flows;
};

/// A scenario and one of its policies, ready to be lived through.
///
/// Whatever depends on neither person nor time is worked out here, once. Lists
/// are in the byte order of names, so that the order in a file means nothing.
/// Immutable; any number of replays may share it.
class Plan {
 public:
  Plan(const Model& model, const CompiledPolicy& policy);

  const Model model;
  const CompiledPolicy& policy;

  std::vector<NodePlan> node_plans;
  std::vector<Hash> node_names;
  std::vector<std::size_t> node_rank;  ///< Place of a node in the order of names.
  std::vector<Hash> category_names;
  std::vector<std::size_t> category_rank;
  std::vector<Hash> purpose_names;
  std::vector<Hash> attribute_names;
  std::vector<std::vector<Hash>> value_names;
  std::vector<Hash> fact_names;
  std::vector<Hash> group_names;
  std::vector<std::vector<Options<ValueId>>> group_attributes;  ///< By group and attribute.
  std::vector<std::vector<StatePlan>> states;                   ///< By journey.
  std::vector<RecordingPlan> recordings;
  std::vector<char> records_wrongly;  ///< By node: some attribute is not always recorded as it is.
  std::vector<std::vector<std::pair<AttributeId, Options<ValueId>>>> profiles;  ///< By node.
  std::vector<Hash> inference_names;
  std::vector<std::optional<NodeTest>> inference_from;
  std::vector<std::optional<NodeTest>> inference_provenance;

  std::vector<FlowPlan> flows;                         ///< In the order of names.
  std::vector<std::vector<std::size_t>> on_encounter;  ///< Flows by node.
  std::vector<std::vector<std::size_t>> on_receipt;    ///< Flows by recipient.
  std::vector<std::vector<std::size_t>> on_hit;        ///< Flows by asker.
  std::vector<std::vector<std::size_t>> on_request;    ///< Flows by node asked.
  std::vector<std::size_t> on_status;
  std::vector<Dated> periodic;
  std::vector<Dated> rule_starts;

  std::vector<DeskPlan> desks;
  std::vector<std::vector<std::size_t>> desks_of;  ///< By node: indices into desks.

  std::vector<HarmPlan> harms;
  std::vector<BenefitPlan> benefits;
  std::size_t memories = 0;          ///< Number of event conditions.
  std::vector<CategorySet> watched;  ///< By node: categories that some condition asks about.
  bool recalls = false;              ///< Some rule has the duty `recall`.
  bool cancels = false;              ///< Some harm cancels cases.
  std::vector<double> epochs;  ///< Days since 1970 at which some rule begins or ends, ascending.

  /// Whether the policy binds the node.
  [[nodiscard]] bool binds(NodeId node) const { return node_plans[node.index()].bound; }
  /// The desk of a node by its id; nothing if it has none.
  [[nodiscard]] std::optional<std::size_t> desk(NodeId node, const std::string& id) const;
  /// A set's members in the order of names.
  [[nodiscard]] std::vector<CategoryId> in_order(const CategorySet& set) const;

 private:
  void name_everything();
  void plan_people();
  void plan_flows();
  void plan_triggers();
  void plan_outcomes();
  void plan_dates();
  [[nodiscard]] FlowPlan plan_flow(std::size_t flow) const;
  [[nodiscard]] ConditionPlan plan_condition(const Condition& condition);
};

}  // namespace onward
