// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/world/world.hpp"

namespace onward {

/// One way on from a state of a journey.
struct NextState {
  std::size_t to = 0;  ///< Index into the journey's states.
  Duration after;
  std::optional<Claim> chance;  ///< Absent: takes the rest.
};

struct JourneyState {
  std::string id;
  std::string label;
  std::optional<NodeId> at;                    ///< The node that the person meets ...
  std::optional<SubjectNode> at_subject_node;  ///< ... or the person's own one.
  CategorySet collects;
  PurposeId purpose;  ///< Valid if something is collected.
  std::vector<std::pair<AttributeId, ValueId>> sets;
  std::vector<NextState> next;
};

/// A person's way through institutions: a state machine.
struct Journey {
  std::string id;
  std::string label;
  std::size_t first = 0;
  std::vector<JourneyState> states;
};

/// What is known of an attribute of a group: shares that add up to 1, or one value for all.
struct AttributeOfGroup {
  AttributeId attribute;
  std::optional<ValueId> value;
  std::vector<std::pair<ValueId, Claim>> shares;
};

struct Group {
  std::string id;
  std::string label;
  int people = 0;             ///< Sampled.
  std::optional<Claim> size;  ///< Real people; absent: `people`.
  double enter_from = 0;      ///< Days.
  double enter_until = 0;     ///< Equal to `enter_from`: all on that day.
  bool poisson = false;
  std::vector<AttributeOfGroup>
      attributes;  ///< One for each attribute of the vocabulary, in order.
  std::size_t journey = 0;
};

/// A tie between people: each of the first group (or a share) to one of the second.
struct Link {
  std::string id;
  std::string label;
  std::size_t of = 0;
  std::size_t with = 0;
  std::optional<Claim> chance;
};

/// Copies that exist at the start.
struct Stock {
  std::string id;
  std::string label;
  std::size_t group = 0;
  NodeId node;
  CategorySet data;
  PurposeId purpose;
  Duration collected_days_ago;
  std::optional<Claim> chance;
};

/// An invented person who walks through every policy and counts in no measure.
struct CastMember {
  std::string name;
  std::string story;
  std::size_t group = 0;
  std::optional<double> enter_day;
  std::vector<std::pair<AttributeId, ValueId>> attributes;
  std::vector<std::pair<std::size_t, std::size_t>> choices;  ///< State, the state that follows.
};

struct Population {
  std::vector<Group> groups;
  std::vector<Journey> journeys;
  std::vector<Link> links;
  std::vector<Stock> stock;
  std::vector<CastMember> cast;
};

}  // namespace onward
