// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/states.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace onward {
namespace {

constexpr std::array maps{"nodes", "channels", "flows", "inferences"};

Value text_value(std::string text, const Place& place) {
  Value value;
  value.kind = Value::Kind::string;
  value.text = std::move(text);
  value.place = place;
  return value;
}

Value list_value(const Place& place) {
  Value value;
  value.kind = Value::Kind::array;
  value.place = place;
  return value;
}

bool names_parts(std::string_view key) {
  return key == "node" || key == "controllers" || key == "joint_with" || key == "via" || key == "of";
}

/// One state's copy of the parts that exist in every state.
class Instance {
 public:
  Instance(std::string state, const std::vector<std::string>& states, const std::set<std::string>& local)
      : state_(std::move(state)), states_(states), local_(local) {}

  void rewrite(Value& value) const {
    for (Value& item : value.items) rewrite(item);
    for (Member& member : value.members) {
      if (names_parts(member.key) && !member.value.is(Value::Kind::object)) {
        rewrite_names(member.value);
      } else {
        rewrite(member.value);
      }
    }
  }

 private:
  void rewrite_names(Value& value) const {
    std::vector<Value> names;
    for (const Value* name : one_or_many(&value))
      for (std::string& text : meant(name->text)) names.push_back(text_value(std::move(text), name->place));
    if (names.size() == 1 && value.is(Value::Kind::string)) {
      value = std::move(names.front());
    } else {
      Value list = list_value(value.place);
      list.items = std::move(names);
      value = std::move(list);
    }
  }

  [[nodiscard]] std::vector<std::string> meant(const std::string& name) const {
    if (name.rfind("other.", 0) == 0) {
      std::vector<std::string> others;
      for (const std::string& other : states_)
        if (other != state_) others.push_back(other + name.substr(5));
      return others;
    }
    return {local_.count(name) > 0 ? state_ + "." + name : name};
  }

  const std::string state_;
  const std::vector<std::string>& states_;
  const std::set<std::string>& local_;
};

void add_jurisdictions(Value& node, const std::string& state, const Value* more) {
  Value* jurisdiction = node.find("jurisdiction");
  Value list = list_value(jurisdiction->place);
  std::set<std::string> seen;
  const auto add = [&](const Value* words) {
    for (const Value* word : one_or_many(words))
      if (seen.insert(word->text).second) list.items.push_back(*word);
  };
  add(jurisdiction);
  add(more);
  const Value own = text_value(state, jurisdiction->place);
  add(&own);
  *jurisdiction = std::move(list);
}

Value* map_of(Value& world, const char* map, const Place& place) {
  if (Value* found = world.find(map)) return found;
  Value object;
  object.kind = Value::Kind::object;
  object.place = place;
  world.members.push_back({map, place, std::move(object)});
  return &world.members.back().value;
}

}  // namespace

std::vector<std::string> instantiate_states(Value& world, Diagnostics& diagnostics) {
  const Value* found = world.find("for_each_state");
  if (found == nullptr) return {};
  const Value each = *found;
  std::vector<std::string> states;
  for (const Member& state : each.find("states")->members) states.push_back(state.key);
  std::set<std::string> local;
  for (const char* map : maps)
    if (const Value* parts = each.find(map))
      for (const Member& part : parts->members) local.insert(part.key);

  for (const Member& state : each.find("states")->members) {
    const Instance instance(state.key, states, local);
    for (const char* map : maps) {
      const Value* parts = each.find(map);
      if (parts == nullptr) continue;
      for (const Member& part : parts->members) {
        Member copy = part;
        copy.key = state.key + "." + part.key;
        instance.rewrite(copy.value);
        if (std::string_view(map) == "nodes")
          add_jurisdictions(copy.value, state.key, state.value.find("jurisdiction"));
        map_of(world, map, each.place)->members.push_back(std::move(copy));
      }
    }
  }
  if (const Value* nodes = world.find("nodes"))
    for (const std::string& state : states)
      if (const Member* taken = nodes->member(state))
        diagnostics.push_back({Severity::error, taken->key_place,
                               ticked(state) + " is both a node and a state", "rename one of the two"});
  return states;
}

}  // namespace onward
