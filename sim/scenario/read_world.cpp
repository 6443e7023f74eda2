// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "sim/scenario/read.hpp"

namespace onward {
namespace {

NodeKind node_kind(const std::string& name) {
  static const std::array<std::pair<const char*, NodeKind>, 9> kinds = {
      {{"authority", NodeKind::authority},
       {"eu_agency", NodeKind::eu_agency},
       {"database", NodeKind::database},
       {"service", NodeKind::service},
       {"third_country", NodeKind::third_country},
       {"civil_society", NodeKind::civil_society},
       {"carrier", NodeKind::carrier},
       {"contractor", NodeKind::contractor},
       {"oversight", NodeKind::oversight}}};
  for (const auto& [text, kind] : kinds)
    if (name == text) return kind;
  return NodeKind::authority;
}

ChannelMode channel_mode(const std::string& name) {
  static const std::array<std::pair<const char*, ChannelMode>, 6> modes = {
      {{"query", ChannelMode::query},
       {"push", ChannelMode::push},
       {"liaison", ChannelMode::liaison},
       {"meeting", ChannelMode::meeting},
       {"letter", ChannelMode::letter},
       {"telephone", ChannelMode::telephone}}};
  for (const auto& [text, mode] : modes)
    if (name == text) return mode;
  return ChannelMode::push;
}

ServiceTime service_time(const Value& object, ScenarioReader& reader) {
  ServiceTime service;
  service.mean = reader.claim(*object.find("mean"));
  const std::string shape = Reader::text(object, "dist");
  const Value* cv = object.find("cv");
  const Value* stages = object.find("shape");
  service.shape = shape == "exponential"  ? DurationShape::exponential
                  : shape == "log-normal" ? DurationShape::log_normal
                  : shape == "erlang"     ? DurationShape::erlang
                                          : DurationShape::fixed;
  if (cv != nullptr) service.cv = cv->number;
  if (stages != nullptr) service.stages = static_cast<int>(stages->number);
  const auto check = [&](const char* key, const Value* value, bool needed) {
    if (needed && value == nullptr)
      reader.error(object.place, ticked(key) + " is missing", ticked(shape) + " needs it");
    if (!needed && value != nullptr)
      reader.error(object.member(key)->key_place,
                   ticked(key) + " means nothing for " + ticked(shape.empty() ? "fixed" : shape));
  };
  check("cv", cv, service.shape == DurationShape::log_normal);
  check("shape", stages, service.shape == DurationShape::erlang);
  return service;
}

Desk desk(const Member& entry, ScenarioReader& reader) {
  Desk desk;
  desk.id = entry.key;
  desk.label = Reader::label(entry);
  const Value& officers = *entry.value.find("officers");
  desk.officers = reader.claim(officers);
  if (desk.officers.value < 1)
    reader.error(officers.find("value")->place,
                 "the desk " + ticked(entry.key) + " has no officers",
                 "a desk needs at least one, or its cases wait for ever");
  desk.service = service_time(*entry.value.find("service_days"), reader);
  desk.misses = reader.optional_claim(entry.value.find("misses"));
  desk.accepts_false = reader.optional_claim(entry.value.find("accepts_false"));
  return desk;
}

Matching matching(const Value& object, ScenarioReader& reader) {
  return {reader.claim(*object.find("finds")), reader.claim(*object.find("false_match")),
          reader.claim(*object.find("at_gallery")), reader.claim(*object.find("gallery"))};
}

void read_profile(const Value* profile, Node& node, ScenarioReader& reader) {
  if (profile == nullptr) return;
  for (const Member& entry : profile->members) {
    const auto attribute = reader.attribute(entry.key, entry.key_place);
    reader.check_shares(entry.value);
    if (!attribute) continue;
    for (const Member& share : entry.value.members)
      if (const auto value = reader.value_of(*attribute, share.key, share.key_place))
        node.profile.push_back({*attribute, *value, reader.claim(share.value)});
  }
}

void read_node(const Member& entry, NodeId id, Node& node, ScenarioReader& reader) {
  node.controllers = reader.nodes(entry.value.find("controllers"));
  node.processor = Reader::flag(entry.value, "processor");
  if (node.controllers.empty()) {
    if (node.processor && entry.value.find("controllers") == nullptr)
      reader.error(entry.value.find("processor")->place, "a processor needs `controllers`",
                   "name those for whom it acts");
    node.controllers.push_back(id);
  }
  node.joint_with = reader.nodes(entry.value.find("joint_with"));
  if (const Value* desks = entry.value.find("desks"))
    for (const Member& d : desks->members) node.desks.push_back(desk(d, reader));
  if (const Value* object = entry.value.find("matching")) {
    node.matching = matching(*object, reader);
    if (node.matching->at_gallery.value <= 0)
      reader.error(object->find("at_gallery")->find("value")->place,
                   "the rates are stated for no records",
                   "say for how many records the rates were measured");
    if (entry.value.find("profile") == nullptr)
      reader.error(object->place, "`matching` needs `profile` beside it",
                   "a false candidate's data are drawn from the profile of the database");
  }
  read_profile(entry.value.find("profile"), node, reader);
  if (const Value* compliance = entry.value.find("compliance")) {
    node.compliance.disclosure = reader.optional_claim(compliance->find("disclosure"));
    node.compliance.retention = reader.optional_claim(compliance->find("retention"));
    node.compliance.use = reader.optional_claim(compliance->find("use"));
    node.compliance.duties = reader.optional_claim(compliance->find("duties"));
    node.compliance.logging = reader.optional_claim(compliance->find("logging"));
  }
  node.staff = reader.optional_claim(entry.value.find("staff"));
  node.breaches_per_year = reader.optional_claim(entry.value.find("breaches_per_year"));
  node.keeps_undertakings = reader.optional_claim(entry.value.find("keeps_undertakings"));
}

Channel channel(const Member& entry, ScenarioReader& reader) {
  const Value& value = entry.value;
  Channel channel;
  channel.label = Reader::label(entry);
  channel.from = reader.selector(*value.find("from"));
  channel.to = reader.selector(*value.find("to"));
  channel.mode = channel_mode(Reader::text(value, "mode"));
  channel.latency = reader.duration(value.find("latency_days"));
  const bool spoken =
      channel.mode == ChannelMode::meeting || channel.mode == ChannelMode::telephone;
  channel.logged = Reader::flag(value, "logged", !spoken);
  channel.recallable = Reader::flag(value, "recallable", !spoken);
  channel.bandwidth = reader.optional_claim(value.find("bandwidth"));
  channel.loss = reader.optional_claim(value.find("loss"));
  channel.interception = reader.optional_claim(value.find("interception"));
  return channel;
}

Trigger trigger(const Value& value, ScenarioReader& reader) {
  Trigger trigger;
  const std::array<std::pair<const char*, Trigger::Kind>, 7> kinds = {
      {{"encounter", Trigger::Kind::encounter},
       {"receipt", Trigger::Kind::receipt},
       {"status", Trigger::Kind::status},
       {"hit", Trigger::Kind::hit},
       {"request", Trigger::Kind::request},
       {"periodic", Trigger::Kind::periodic},
       {"rule_start", Trigger::Kind::rule_start}}};
  int given = 0;
  for (const auto& [key, kind] : kinds)
    if (value.find(key) != nullptr) {
      trigger.kind = kind;
      ++given;
    }
  if (given != 1)
    reader.error(value.place, "a trigger is exactly one thing, here are " + std::to_string(given),
                 "write one flow for each trigger");
  for (const char* key : {"encounter", "hit", "request"})
    if (const Value* nodes = value.find(key)) trigger.nodes = reader.selector(*nodes);
  trigger.categories = reader.categories(value.find("receipt"));
  if (const Value* status = value.find("status")) {
    const Value* named = value.find("attribute");
    const auto attribute = reader.attribute(named == nullptr ? "status" : named->text,
                                            named == nullptr ? status->place : named->place);
    if (attribute) {
      trigger.attribute = *attribute;
      trigger.values = DynamicSet(reader.vocabulary().attributes[attribute->index()].values.size());
      for (const Value* name : one_or_many(status))
        if (const auto id = reader.value_of(*attribute, name->text, name->place))
          trigger.values.insert(id->index());
    }
  }
  if (const Value* days = value.find("periodic")) trigger.every_days = days->number;
  trigger.rules = Reader::texts(value.find("rule_start"));
  return trigger;
}

/// Whether the channel can join some pair of the flow's nodes.
bool joins(const Channel& channel, const NodeSelector& from, const NodeSelector& to) {
  const auto meet = [](DynamicSet a, const DynamicSet& b) { return !(a &= b).empty(); };
  return meet(channel.from.possible(), from.possible()) &&
         meet(channel.to.possible(), to.possible());
}

void check_flow(const Value& value, const Flow& flow, RootAction root, ScenarioReader& reader) {
  const bool stays =
      root == RootAction::use || root == RootAction::match || root == RootAction::retain;
  if (root == RootAction::collect)
    reader.error(value.find("action")->place, "a flow cannot collect",
                 "data is collected at an encounter; see `collects` in the journeys");
  if (!stays && !flow.to)
    reader.error(
        value.place, "`to` is missing",
        "an act under " + ticked(Reader::text(value, "action")) + " needs a node at the other end");
  if (stays && flow.to)
    reader.error(value.find("to")->place, "`to` means nothing here",
                 "the data stays with its holder");
  if (root != RootAction::query)
    for (const char* key : {"keys", "blind"})
      if (const Member* member = value.member(key))
        reader.error(member->key_place, ticked(key) + " is only for queries");
  if (root == RootAction::query && flow.keys.empty() && value.find("keys") == nullptr)
    reader.error(value.place, "`keys` is missing", "a query shows something in order to ask");
  if (flow.via && flow.to) {
    const Channel& channel = reader.world().channels[flow.via->index()];
    // A question goes the other way than its answer.
    const bool asks = root == RootAction::query && joins(channel, *flow.to, flow.from);
    // Why: what selects nothing has been reported already.
    const bool known = !channel.from.possible().empty() && !channel.to.possible().empty() &&
                       !flow.from.possible().empty() && !flow.to->possible().empty();
    if (known && !asks && !joins(channel, flow.from, *flow.to))
      reader.error(value.find("via")->place, "the channel " + ticked(Reader::text(value, "via")) +
                                                 " does not lead from `from` to `to`");
  }
  const auto check_selects = [&](const char* key, const std::optional<NodeSelector>& selector) {
    if (selector) reader.warn_if_empty(*value.find(key), *selector, "the flow never happens");
  };
  check_selects("from", flow.from);
  check_selects("to", flow.to);
}

Flow flow(const Member& entry, ScenarioReader& reader) {
  const Value& value = entry.value;
  Flow flow;
  flow.label = Reader::label(entry);
  flow.on = trigger(*value.find("on"), reader);
  flow.from = reader.selector(*value.find("from"));
  flow.to = reader.optional_selector(value.find("to"));
  const auto action = reader.action(*value.find("action"));
  if (action) flow.action = *action;
  flow.data = reader.categories(value.find("data"));
  flow.keys = reader.categories(value.find("keys"));
  flow.blind = Reader::flag(value, "blind");
  if (const auto purpose = reader.purpose(*value.find("purpose"))) flow.purpose = *purpose;
  if (const Value* via = value.find("via")) flow.via = reader.channel(*via);
  flow.after = reader.duration(value.find("after_days"));
  flow.propensity = reader.optional_claim(value.find("propensity"));
  if (const Value* subjects = value.find("subjects")) flow.subjects = reader.predicate(*subjects);
  if (const Value* asserts = value.find("asserts"))
    for (const Member& member : asserts->members) {
      const Claim chance = reader.claim(member.value);
      if (const auto fact = reader.fact(member.key, member.key_place))
        flow.asserts.emplace_back(*fact, chance);
    }
  if (action) check_flow(value, flow, reader.vocabulary().root(*action), reader);
  return flow;
}

Inference inference(const Member& entry, ScenarioReader& reader) {
  const Value& value = entry.value;
  Inference inference;
  inference.label = Reader::label(entry);
  inference.holding = reader.categories(value.find("holding"));
  inference.received_from = reader.optional_selector(value.find("received_from"));
  inference.provenance = reader.optional_selector(value.find("provenance"));
  if (const auto reveals = reader.category(*value.find("reveals"))) {
    inference.reveals = *reveals;
    if (*reveals == Vocabulary::hit || *reveals == Vocabulary::no_hit)
      reader.error(value.find("reveals")->place,
                   ticked(value.find("reveals")->text) + " cannot be inferred",
                   "it is the answer to a query");
    if (inference.holding.contains(*reveals))
      reader.warning(
          value.find("reveals")->place,
          "holding " + ticked(value.find("reveals")->text) + " reveals what is held already");
  }
  inference.chance = reader.optional_claim(value.find("chance"));
  return inference;
}

}  // namespace

bool read_node_names(const Value& world, ScenarioReader& reader) {
  World& out = reader.out().world;
  const Value* nodes = world.find("nodes");
  if (nodes == nullptr || nodes->members.empty()) {
    reader.error(world.place, "the world has no nodes", "add `nodes`");
    return false;
  }
  if (!reader.few_enough(*nodes, "nodes")) return false;
  for (const Member& entry : nodes->members) {
    constexpr std::array reserved{"subject", "other", "actor", "from", "to", "origin"};
    if (std::find(reserved.begin(), reserved.end(), entry.key) != reserved.end()) {
      reader.error(entry.key_place, ticked(entry.key) + " cannot be a node",
                   "the word has a meaning of its own in names");
      continue;
    }
    out.node_names.add(entry.key);
    Node node;
    node.label = Reader::label(entry);
    node.kind = node_kind(Reader::text(entry.value, "kind"));
    node.jurisdictions = Reader::texts(entry.value.find("jurisdiction"));
    node.tags = Reader::texts(entry.value.find("tags"));
    node.regime = Reader::text(entry.value, "regime");
    out.nodes.push_back(std::move(node));
  }
  return true;
}

void read_world(const Value& block, ScenarioReader& reader) {
  World& world = reader.out().world;
  if (const Value* nodes = block.find("nodes"))
    for (const Member& entry : nodes->members)
      if (const auto id = world.node_names.find(entry.key))
        read_node(entry, *id, world.nodes[id->index()], reader);
  const Value* channels = block.find("channels");
  if (channels != nullptr && reader.few_enough(*channels, "channels"))
    for (const Member& entry : channels->members) {
      world.channel_names.add(entry.key);
      world.channels.push_back(channel(entry, reader));
    }
  if (const Value* flows = block.find("flows"))
    for (const Member& entry : flows->members) {
      world.flow_names.push_back(entry.key);
      world.flows.push_back(flow(entry, reader));
    }
  if (const Value* inferences = block.find("inferences"))
    for (const Member& entry : inferences->members) {
      world.inference_names.push_back(entry.key);
      world.inferences.push_back(inference(entry, reader));
    }
}

void read_experiment(const Value& block, ScenarioReader& reader) {
  Experiment& experiment = reader.out().experiment;
  for (const char* key : {"start", "horizon_days", "replications", "seed"})
    if (block.find(key) == nullptr) reader.error(block.place, ticked(key) + " is missing");
  if (const Value* start = block.find("start"))
    if (const auto date = reader.date(*start)) experiment.start = *date;
  if (const Value* horizon = block.find("horizon_days")) experiment.horizon_days = horizon->number;
  if (const Value* warm_up = block.find("warm_up_days")) {
    experiment.warm_up_days = warm_up->number;
    if (experiment.horizon_days > 0 && experiment.warm_up_days >= experiment.horizon_days)
      reader.error(warm_up->place, "the warm-up is not shorter than the horizon");
  }
  if (const Value* replications = block.find("replications"))
    experiment.replications = static_cast<int>(replications->number);
  if (const Value* seed = block.find("seed"))
    experiment.seed = static_cast<std::uint32_t>(seed->number);
  if (const Value* limit = block.find("hop_limit"))
    experiment.hop_limit = static_cast<int>(limit->number);
}

}  // namespace onward
