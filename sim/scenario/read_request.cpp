// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/read_request.hpp"

#include "sim/scenario/json_text.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/schema.hpp"

namespace onward {
namespace {

void read_ends(const Value& value, RootAction root, Request& request, Reader& reader) {
  const Value& to = *value.find("to");
  if (const auto node = reader.node(to)) request.to = *node;
  const Value* from = value.find("from");
  const bool from_subject = from != nullptr && from->text == "subject";
  if (from != nullptr && !from_subject) {
    request.from = reader.node(*from);
    if (root == RootAction::collect)
      reader.error(from->place, "data is collected from the person herself",
                   "write `\"from\": \"subject\"`, or leave it out");
  }
  const bool needs_sender = root == RootAction::disclose || root == RootAction::query;
  if (needs_sender && (from == nullptr || from_subject))
    reader.error(
        from == nullptr ? value.place : from->place, "`from` must be a node here",
        root == RootAction::query ? "it is the node asked" : "it is the node that hands over");
  if (from == nullptr && root == RootAction::retain)
    reader.error(value.place, "`from` is missing",
                 "it is the sender, or `subject` for what was collected");
  const bool stays = root == RootAction::use || root == RootAction::match;
  if (stays && from == nullptr) request.from = request.to;
  if (stays && (from_subject || (request.from && *request.from != request.to)))
    reader.error(from->place, "the data stays with its holder",
                 "leave `from` out; `to` is the holder");
}

void read_provenance(const Value* value, OpenRequest& open, Reader& reader) {
  if (value == nullptr) return;
  open.came_through = reader.nodes(value->find("nodes"));
  Provenance& provenance = open.request.provenance;
  provenance.no_onward = Reader::flag(*value, "no_onward");
  provenance.recall = Reader::flag(*value, "recall");
  if (const Value* purposes = value->find("purpose_only")) {
    provenance.purpose_only = true;
    provenance.purposes = reader.purposes(purposes);
  }
}

void read_channel(const Value* via, Request& request, Reader& reader) {
  if (via == nullptr) return;
  const auto id = reader.channel(*via);
  if (!id) return;
  const Channel& channel = reader.world().channels[id->index()];
  request.via = {channel.logged, channel.recallable};
}

}  // namespace

std::optional<OpenRequest> read_request(const Value& value, const Scenario& scenario,
                                        Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  Reader reader(scenario, diagnostics);
  OpenRequest open;
  Request& request = open.request;
  const auto action = reader.action(*value.find("action"));
  if (action) {
    request.action = *action;
    read_ends(value, scenario.vocabulary.root(*action), request, reader);
  }
  for (const Value* name : one_or_many(value.find("data")))
    if (const auto category = reader.category(*name)) open.data.push_back(*category);
  if (const auto purpose = reader.purpose(*value.find("purpose"))) request.purpose = *purpose;
  open.subject.resize(scenario.vocabulary.attributes.size());
  if (const Value* subject = value.find("subject"))
    for (const Member& member : subject->members)
      if (const auto attribute = reader.attribute(member.key, member.key_place))
        open.subject[attribute->index()] =
            reader.value_of(*attribute, member.value.text, member.value.place);
  read_provenance(value.find("provenance"), open, reader);
  for (const Value* name : one_or_many(value.find("facts")))
    if (const auto fact = reader.fact(name->text, name->place)) request.facts.insert(*fact);
  read_channel(value.find("via"), request, reader);
  request.on = scenario.experiment.start.days_since_1970();
  if (const Value* on = value.find("on"))
    if (const auto date = reader.date(*on)) request.on = date->days_since_1970();
  if (diagnostics.size() != before) return {};
  return open;
}

std::optional<OpenRequest> read_request_text(const std::string& text, const std::string& shown_as,
                                             const Scenario& scenario, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  auto value = parse_json(text, shown_as, diagnostics);
  if (!value) return {};
  check_schema(*value, "request.schema.json", diagnostics);
  if (diagnostics.size() != before) return {};
  return read_request(*value, scenario, diagnostics);
}

}  // namespace onward
