// SPDX-License-Identifier: Apache-2.0
#include "sim/people/plan.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace onward {
namespace {

/// For each index its place in the byte order of the names.
std::vector<std::size_t> ranks(const std::vector<std::string>& names) {
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return names[a] < names[b]; });
  std::vector<std::size_t> rank(names.size());
  for (std::size_t place = 0; place < order.size(); ++place) rank[order[place]] = place;
  return rank;
}

std::vector<Hash> hashes(const std::vector<std::string>& names) {
  std::vector<Hash> all;
  for (const std::string& name : names) all.push_back(hash_of(name));
  return all;
}

double value_or(const std::optional<Claim>& claim, double otherwise) {
  return claim ? claim->value : otherwise;
}

}  // namespace

bool in_stock(const Stock& stock, const Luck& luck) {
  return !stock.chance || luck.uniform(site("stock", hash_of(stock.id))) < stock.chance->value;
}

bool has_stock(const Population& population, std::size_t group, const Luck& luck) {
  return std::any_of(population.stock.begin(), population.stock.end(), [&](const Stock& stock) {
    return stock.group == group && in_stock(stock, luck);
  });
}

NodeTest::NodeTest(const NodeSelector& selector, std::size_t nodes) {
  for (std::size_t n = 0; n < nodes; ++n) when_.push_back(selector.when(NodeId(n)));
}

Plan::Plan(const Model& model_of_scenario, const CompiledPolicy& policy_to_replay)
    : model(model_of_scenario), policy(policy_to_replay) {
  name_everything();
  plan_people();
  plan_flows();
  plan_triggers();
  plan_outcomes();
  plan_dates();
}

std::vector<CategoryId> Plan::in_order(const CategorySet& set) const {
  std::vector<CategoryId> members;
  for (std::size_t c = 0; c < category_names.size(); ++c)
    if (set.contains(CategoryId(c))) members.push_back(CategoryId(c));
  std::sort(members.begin(), members.end(), [&](CategoryId a, CategoryId b) {
    return category_rank[a.index()] < category_rank[b.index()];
  });
  return members;
}

std::optional<std::size_t> Plan::desk(NodeId node, const std::string& id) const {
  for (const std::size_t d : desks_of[node.index()])
    if (desks[d].desk->id == id) return d;
  return {};
}

void Plan::name_everything() {
  const Vocabulary& words = *model.vocabulary;
  const World& world = *model.world;
  node_names = hashes(world.node_names.names());
  node_rank = ranks(world.node_names.names());
  category_names = hashes(words.category_names.names());
  category_rank = ranks(words.category_names.names());
  purpose_names = hashes(words.purpose_names.names());
  attribute_names = hashes(words.attribute_names.names());
  for (const Attribute& attribute : words.attributes)
    value_names.push_back(hashes(attribute.values.names()));
  fact_names = hashes(words.fact_names.names());
  inference_names = hashes(world.inference_names);
  for (const Inference& inference : world.inferences) {
    const auto test = [&](const std::optional<NodeSelector>& selector) {
      return selector ? std::optional(NodeTest(*selector, world.nodes.size())) : std::nullopt;
    };
    inference_from.push_back(test(inference.received_from));
    inference_provenance.push_back(test(inference.provenance));
  }
  for (std::size_t n = 0; n < world.nodes.size(); ++n) {
    const Node& node = world.nodes[n];
    const Compliance& keeps_to = node.compliance;
    node_plans.push_back({value_or(keeps_to.disclosure, 1), value_or(keeps_to.retention, 1),
                          value_or(keeps_to.use, 1), value_or(keeps_to.duties, 1),
                          value_or(keeps_to.logging, 1), value_or(node.keeps_undertakings, 1),
                          policy.policy().binds.contains(n)});
  }
  desks_of.resize(world.nodes.size());
  for (std::size_t n = 0; n < world.nodes.size(); ++n)
    for (const Desk& desk : world.nodes[n].desks) {
      const Hash name = hash_of(desk.id);
      desks_of[n].push_back(desks.size());
      desks.push_back({NodeId(n), &desk, fold(node_names[n], name), name});
    }
}

void Plan::plan_people() {
  const Vocabulary& words = *model.vocabulary;
  for (const Group& group : model.population->groups) {
    group_names.push_back(hash_of(group.id));
    auto& attributes = group_attributes.emplace_back();
    for (const AttributeOfGroup& of : group.attributes) {
      Options<ValueId>& options = attributes.emplace_back();
      const auto add = [&](ValueId value, double weight) {
        options.options.push_back({value_names[of.attribute.index()][value.index()], weight});
        options.things.push_back(value);
      };
      if (of.value) add(*of.value, 1);
      for (const auto& [value, share] : of.shares) add(value, share.value);
    }
  }
  std::size_t number = 0;
  for (const Journey& journey : model.population->journeys) {
    auto& plans = states.emplace_back();
    for (const JourneyState& state : journey.states) {
      StatePlan& plan = plans.emplace_back();
      plan.number = number++;
      plan.name = hash_of(state.id);
      plan.collects = in_order(state.collects);
      plan.sets = state.sets;
      std::sort(plan.sets.begin(), plan.sets.end(), [&](const auto& a, const auto& b) {
        return words.attribute_names.name(a.first) < words.attribute_names.name(b.first);
      });
      double rest = 1;
      for (const NextState& next : state.next) {
        const double chance = next.chance ? next.chance->value : std::max(0.0, rest);
        rest -= chance;
        plan.next.options.push_back({hash_of(journey.states[next.to].id), chance});
        plan.next.things.push_back(&next);
      }
    }
  }
  records_wrongly.assign(model.world->nodes.size(), 0);
  for (std::size_t a = 0; a < words.attributes.size(); ++a)
    for (const RecordingError& error : words.attributes[a].recording_errors) {
      records_wrongly[error.node.index()] = 1;
      const auto same = [&](const RecordingPlan& r) {
        return r.attribute == AttributeId(a) && r.node == error.node &&
               r.true_value == error.true_value;
      };
      auto plan = std::find_if(recordings.begin(), recordings.end(), same);
      if (plan == recordings.end()) {
        recordings.push_back({AttributeId(a), error.node, error.true_value, {}});
        plan = recordings.end() - 1;
        plan->recorded.options.push_back({value_names[a][error.true_value.index()], 1});
        plan->recorded.things.push_back(error.true_value);
      }
      if (error.recorded == error.true_value) continue;
      plan->recorded.options.front().weight -= error.chance.value;
      plan->recorded.options.push_back(
          {value_names[a][error.recorded.index()], error.chance.value});
      plan->recorded.things.push_back(error.recorded);
    }
  for (const Node& node : model.world->nodes) {
    auto& profile = profiles.emplace_back();
    for (const Share& share : node.profile) {
      auto of = std::find_if(profile.begin(), profile.end(),
                             [&](const auto& p) { return p.first == share.attribute; });
      if (of == profile.end()) {
        profile.emplace_back(share.attribute, Options<ValueId>{});
        of = profile.end() - 1;
      }
      of->second.options.push_back(
          {value_names[share.attribute.index()][share.value.index()], share.chance.value});
      of->second.things.push_back(share.value);
    }
  }
}

std::vector<Act> acts_of(const World& world, std::size_t index, bool query,
                         const std::vector<NodeId>& order, const std::vector<Hash>& names) {
  const Flow& flow = world.flows[index];
  const Hash name = hash_of(world.flow_names[index]);
  std::vector<Act> acts;
  const auto add = [&](NodeId actor, NodeId sender, NodeId recipient, std::vector<Predicate> when) {
    when.push_back(flow.subjects);
    Predicate together = Predicate::all(std::move(when));
    if (together.kind == Predicate::Kind::never) return;
    acts.push_back({actor,
                    {sender, recipient, std::move(together),
                     fold(name, names[sender.index()], names[recipient.index()])}});
  };
  // Why first: few of all pairs of nodes are the ends of a flow.
  using End = std::pair<NodeId, Predicate>;
  const auto ends = [&](const NodeSelector& selector) {
    std::vector<End> found;
    for (const NodeId node : order) {
      Predicate when = selector.when(node);
      if (when.kind != Predicate::Kind::never) found.emplace_back(node, std::move(when));
    }
    return found;
  };
  const std::vector<End> from = ends(flow.from);
  if (!flow.to) {
    for (const auto& [node, when] : from) add(node, node, node, {when});
    return acts;
  }
  const std::vector<End> to = ends(*flow.to);
  const auto joined = [&](NodeId a, NodeId b) {
    if (!flow.via) return Predicate::always();
    const Channel& channel = world.channels[flow.via->index()];
    const Predicate there = Predicate::all({channel.from.when(a), channel.to.when(b)});
    if (!query) return there;
    return Predicate::any({there, Predicate::all({channel.from.when(b), channel.to.when(a)})});
  };
  for (const End& first : query ? to : from)
    for (const End& second : query ? from : to) {
      if (first.first == second.first) continue;
      const End& sender = query ? second : first;
      const End& recipient = query ? first : second;
      add(first.first, sender.first, recipient.first,
          {sender.second, recipient.second, joined(sender.first, recipient.first)});
    }
  return acts;
}

FlowPlan Plan::plan_flow(std::size_t index) const {
  const World& world = *model.world;
  const Flow& flow = world.flows[index];
  FlowPlan plan;
  plan.flow = &flow;
  plan.index = index;
  plan.name = hash_of(world.flow_names[index]);
  plan.root = model.vocabulary->root(flow.action);
  plan.data = in_order(flow.data);
  plan.keys = in_order(flow.keys);
  plan.propensity = value_or(flow.propensity, 1);
  if (flow.via) {
    plan.channel = &world.channels[flow.via->index()];
    plan.via = {plan.channel->logged, plan.channel->recallable};
  }
  if (flow.on.nodes) plan.nodes = NodeTest(*flow.on.nodes, world.nodes.size());
  plan.pairs.resize(world.nodes.size());

  std::vector<NodeId> in_name_order(world.nodes.size());
  for (std::size_t n = 0; n < world.nodes.size(); ++n) in_name_order[node_rank[n]] = NodeId(n);
  for (Act& act : acts_of(world, index, plan.root == RootAction::query, in_name_order, node_names))
    plan.pairs[act.actor.index()].push_back(std::move(act.pair));
  for (const NodeId node : in_name_order)
    if (!plan.pairs[node.index()].empty()) plan.actors.push_back(node);
  return plan;
}

void Plan::plan_flows() {
  std::vector<std::size_t> order(model.world->flows.size());
  const std::vector<std::size_t> rank = ranks(model.world->flow_names);
  for (std::size_t f = 0; f < order.size(); ++f) order[rank[f]] = f;
  for (const std::size_t f : order) flows.push_back(plan_flow(f));
}

void Plan::plan_triggers() {
  using Kind = Trigger::Kind;
  const std::size_t nodes = model.world->nodes.size();
  for (auto* lists : {&on_encounter, &on_receipt, &on_hit, &on_request}) lists->resize(nodes);
  for (std::size_t f = 0; f < flows.size(); ++f) {
    const Trigger& on = flows[f].flow->on;
    for (const NodeId actor : flows[f].actors) {
      const bool here = !flows[f].nodes || flows[f].nodes->possible(actor);
      if (on.kind == Kind::encounter && here) on_encounter[actor.index()].push_back(f);
      if (on.kind == Kind::receipt) on_receipt[actor.index()].push_back(f);
      if (on.kind == Kind::hit) on_hit[actor.index()].push_back(f);
      if (on.kind == Kind::request && here) on_request[actor.index()].push_back(f);
    }
    if (on.kind == Kind::status) on_status.push_back(f);
    if (on.kind == Kind::periodic) {
      const auto same = [&](const Dated& dated) { return dated.day == on.every_days; };
      auto dated = std::find_if(periodic.begin(), periodic.end(), same);
      if (dated == periodic.end()) dated = periodic.insert(dated, Dated{on.every_days, 0, {}});
      dated->flows.push_back(f);
    }
    if (on.kind != Kind::rule_start) continue;
    std::set<double> days;
    for (const Rule& rule : policy.policy().rules)
      if (std::find(on.rules.begin(), on.rules.end(), rule.id) != on.rules.end())
        days.insert(rule.in_force_from ? rule.in_force_from->days_since_1970() - model.start : 0);
    for (const double day : days) {
      if (day < 0) continue;
      auto dated = std::find_if(rule_starts.begin(), rule_starts.end(),
                                [&](const Dated& d) { return d.day == day; });
      if (dated == rule_starts.end())
        dated = rule_starts.insert(
            dated,
            Dated{day, site("rule_start", static_cast<std::int64_t>(model.start + day)), {}});
      dated->flows.push_back(f);
    }
  }
}

ConditionPlan Plan::plan_condition(const Condition& condition) {
  using Kind = Condition::Kind;
  const std::size_t nodes = model.world->nodes.size();
  ConditionPlan plan;
  plan.kind = condition.kind;
  plan.condition = &condition;
  if (condition.kind == Kind::knows || condition.kind == Kind::holds ||
      condition.kind == Kind::receives || condition.kind == Kind::believes) {
    plan.node = NodeTest(condition.node, nodes);
    if (condition.received_from) plan.received_from = NodeTest(*condition.received_from, nodes);
    for (std::size_t n = 0; n < nodes; ++n)
      if (plan.node.possible(NodeId(n))) watched[n] |= condition.data;
  }
  for (const std::string& name : condition.names) plan.names.push_back(hash_of(name));
  for (const Condition& part : condition.parts) plan.parts.push_back(plan_condition(part));
  return plan;
}

void Plan::plan_outcomes() {
  watched.resize(model.world->nodes.size());
  for (const Harm& harm : model.outcomes->harms) {
    HarmPlan plan;
    plan.harm = &harm;
    plan.name = hash_of(harm.id);
    cancels |= harm.ends_journey || !harm.then_state.empty();
    plan.background = value_or(harm.background, 0);
    for (const Raised& raised : harm.raised) {
      const double rate = raised.at_event ? exponential(raised.rate.value) : raised.rate.value;
      RaisedPlan part{plan_condition(raised.condition), rate, 0};
      if (raised.at_event) part.memory = memories++;
      (raised.at_event ? plan.at : plan.while_).push_back(std::move(part));
    }
    for (const Lowered& lowered : harm.lowered)
      plan.lowered.emplace_back(plan_condition(lowered.condition), lowered.factor.value);
    harms.push_back(std::move(plan));
  }
  for (const Benefit& benefit : model.outcomes->benefits)
    benefits.push_back({&benefit, plan_condition(benefit.when), memories++});
}

void Plan::plan_dates() {
  std::set<double> moments;
  for (const Rule& rule : policy.policy().rules) {
    if (rule.in_force_from) moments.insert(rule.in_force_from->days_since_1970());
    if (rule.in_force_until) moments.insert(rule.in_force_until->days_since_1970() + 1);
    recalls |= rule.duties.recall;
    if (rule.duties.sunset) moments.insert(rule.duties.sunset->days_since_1970() + 1);
  }
  epochs.assign(moments.begin(), moments.end());
}

}  // namespace onward
