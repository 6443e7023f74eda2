// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/diagnostic.hpp"
#include "sim/world/claim.hpp"
#include "sim/world/duration.hpp"
#include "sim/world/name_table.hpp"
#include "sim/world/selector.hpp"
#include "sim/world/vocabulary.hpp"

namespace onward {

enum class NodeKind {
  authority,
  eu_agency,
  database,
  service,
  third_country,
  civil_society,
  carrier,
  contractor,
  oversight
};

/// Staff through which some cases must pass.
struct Desk {
  std::string id;
  std::string label;
  Claim officers;
  ServiceTime service;
  std::optional<Claim> misses;         ///< A manual check rejects a true match.
  std::optional<Claim> accepts_false;  ///< A manual check accepts a false match.
};

/// How a search in a database finds records.
struct Matching {
  Claim finds;
  Claim false_match;  ///< Chance of a false candidate a search, at `at_gallery` records.
  Claim at_gallery;
  Claim gallery;
};

/// The chance that a node keeps to the rules that bind it; absent means 1.
struct Compliance {
  std::optional<Claim> disclosure;
  std::optional<Claim> retention;
  std::optional<Claim> use;
  std::optional<Claim> duties;
  std::optional<Claim> logging;
};

/// A share of a value of an attribute.
struct Share {
  AttributeId attribute;
  ValueId value;
  Claim chance;
};

/// An institution.
struct Node {
  std::string label;
  NodeKind kind = NodeKind::authority;
  std::vector<std::string> jurisdictions;
  std::vector<std::string> tags;
  std::string regime;               ///< Data protection law of its acts; empty: not said.
  std::vector<NodeId> controllers;  ///< Itself, unless said otherwise.
  bool processor = false;
  std::vector<NodeId> joint_with;
  std::vector<Desk> desks;
  std::optional<Matching> matching;
  std::vector<Share> profile;  ///< Whose record a false candidate is.
  Compliance compliance;
  std::optional<Claim> staff;
  std::optional<Claim> breaches_per_year;
  std::optional<Claim> keeps_undertakings;

  [[nodiscard]] const Desk* desk(std::string_view id) const {
    for (const Desk& d : desks)
      if (d.id == id) return &d;
    return nullptr;
  }
};

enum class ChannelMode { query, push, liaison, meeting, letter, telephone };

/// A directed edge over which records can travel.
struct Channel {
  std::string label;
  NodeSelector from;
  NodeSelector to;
  ChannelMode mode = ChannelMode::push;
  Duration latency;
  bool logged = true;              ///< Acts over it leave a log.
  bool recallable = true;          ///< What went over it can be recalled.
  std::optional<Claim> bandwidth;  ///< Records a day; absent: unlimited.
  std::optional<Claim> loss;
  std::optional<Claim> interception;
};

/// What sets a flow off.
struct Trigger {
  enum class Kind { encounter, receipt, status, hit, request, periodic, rule_start };
  Kind kind = Kind::encounter;
  std::optional<NodeSelector> nodes;  ///< For encounter, hit, request.
  CategorySet categories;             ///< For receipt.
  AttributeId attribute;              ///< For status.
  DynamicSet values;                  ///< For status.
  double every_days = 0;              ///< For periodic.
  std::vector<std::string> rules;     ///< For rule_start.
};

/// What an institution would do with data when something happens.
struct Flow {
  std::string label;
  Trigger on;
  NodeSelector from;
  std::optional<NodeSelector> to;  ///< Absent for use and match, which stay with the holder.
  ActionId action;
  CategorySet data;
  CategorySet keys;  ///< For a query: what the asker shows.
  bool blind = false;
  PurposeId purpose;
  std::optional<ChannelId> via;
  Duration after;
  std::optional<Claim> propensity;  ///< Absent: 1.
  Predicate subjects;
  std::vector<std::pair<FactId, Claim>> asserts;
};

/// What holding one thing from one source reveals.
struct Inference {
  std::string label;
  CategorySet holding;  ///< Any of these.
  std::optional<NodeSelector> received_from;
  std::optional<NodeSelector> provenance;
  CategoryId reveals;
  std::optional<Claim> chance;  ///< Absent: 1.
};

/// What institutions would do. Each table runs parallel to the vector beside it.
struct World {
  std::vector<std::string> states;
  NameTable<NodeId> node_names;
  std::vector<Node> nodes;
  NameTable<ChannelId> channel_names;
  std::vector<Channel> channels;
  std::vector<std::string> flow_names;
  std::vector<Flow> flows;
  std::vector<std::string> inference_names;
  std::vector<Inference> inferences;
};

}  // namespace onward
