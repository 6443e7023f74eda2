// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/states.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>

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

/// The map that a key's names come from, or nothing if it names no part of the world.
std::optional<std::string_view> names_from(std::string_view key) {
  if (key == "via") return "channels";
  if (key == "node" || key == "controllers" || key == "joint_with" || key == "of") return "nodes";
  return {};
}

/// By map: the ids that exist in every state.
using LocalNames = std::map<std::string_view, std::set<std::string>>;

/// One state's copy of the parts that exist in every state.
class Instance {
 public:
  Instance(std::string state, const std::vector<std::string>& states, const LocalNames& local,
           Diagnostics& diagnostics)
      : state_(std::move(state)), states_(states), local_(local), diagnostics_(diagnostics) {}

  void rewrite(Value& value) const {
    for (Value& item : value.items) rewrite(item);
    for (Member& member : value.members) {
      const auto map = names_from(member.key);
      if (member.key == "jurisdiction") {
        rewrite_jurisdiction(member.value);
      } else if (map && !member.value.is(Value::Kind::object)) {
        rewrite_names(member.key, member.value, local_.at(*map));
      } else {
        rewrite(member.value);
      }
    }
  }

 private:
  void rewrite_names(std::string_view key, Value& value, const std::set<std::string>& local) const {
    std::vector<Value> names;
    for (const Value* name : one_or_many(&value))
      for (std::string& text : meant(name->text, local))
        names.push_back(text_value(std::move(text), name->place));
    const bool several = key == "node" || key == "controllers" || key == "joint_with";
    if (!several && names.size() != 1) {
      diagnostics_.push_back(
          {Severity::error, value.place,
           ticked(value.text) + " means " + std::to_string(names.size()) + " things here",
           "name one"});
    } else {
      put(std::move(names), value);
    }
  }

  /// A tag or kind selects the nodes of every state; `same` and `other` narrow it to this state's
  /// or to those of every other.
  void rewrite_jurisdiction(Value& value) const {
    std::vector<Value> words;
    for (const Value* word : one_or_many(&value)) {
      if (word->text == "same") {
        words.push_back(text_value(state_, word->place));
      } else if (word->text == "other") {
        for (const std::string& other : others()) words.push_back(text_value(other, word->place));
      } else {
        words.push_back(*word);
      }
    }
    put(std::move(words), value);
  }

  /// One text stays a text where one was written; anything else becomes a list.
  static void put(std::vector<Value> texts, Value& value) {
    if (texts.size() == 1 && value.is(Value::Kind::string)) {
      value = std::move(texts.front());
      return;
    }
    Value list = list_value(value.place);
    list.items = std::move(texts);
    value = std::move(list);
  }

  [[nodiscard]] std::vector<std::string> others() const {
    std::vector<std::string> names;
    for (const std::string& name : states_)
      if (name != state_) names.push_back(name);
    return names;
  }

  [[nodiscard]] std::vector<std::string> meant(const std::string& name,
                                               const std::set<std::string>& local) const {
    if (name.rfind("other.", 0) == 0) {
      std::vector<std::string> nodes = others();
      for (std::string& other : nodes) other += name.substr(5);
      return nodes;
    }
    return {local.count(name) > 0 ? state_ + "." + name : name};
  }

  const std::string state_;
  const std::vector<std::string>& states_;
  const LocalNames& local_;
  Diagnostics& diagnostics_;
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

/// The offices of one kind have one label: the state tells them apart.
void add_state_to_label(Value& node, const Member& state) {
  Value* label = node.find("label");
  if (label == nullptr) return;
  const Value* name = state.value.find("label");
  label->text += " (" + (name != nullptr ? name->text : state.key) + ")";
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
  const Value* listed = each.find("states");
  if (listed == nullptr) {
    diagnostics.push_back({Severity::error, each.place, "`states` is missing",
                           "name the states in which these parts exist"});
    return {};
  }
  for (const Member& state : listed->members) {
    if (state.key == "subject" || state.key == "other" || state.key == "same")
      diagnostics.push_back({Severity::error, state.key_place,
                             ticked(state.key) + " cannot be a state",
                             "the word has a meaning of its own in names"});
    states.push_back(state.key);
  }
  LocalNames local;
  for (const char* map : maps) {
    local[map];
    if (const Value* parts = each.find(map))
      for (const Member& part : parts->members) local[map].insert(part.key);
  }

  for (const Member& state : listed->members) {
    const Instance instance(state.key, states, local, diagnostics);
    for (const char* map : maps) {
      const Value* parts = each.find(map);
      if (parts == nullptr) continue;
      for (const Member& part : parts->members) {
        Member copy = part;
        copy.key = state.key + "." + part.key;
        instance.rewrite(copy.value);
        if (std::string_view(map) == "nodes") {
          add_jurisdictions(copy.value, state.key, state.value.find("jurisdiction"));
          add_state_to_label(copy.value, state);
        }
        map_of(world, map, each.place)->members.push_back(std::move(copy));
      }
    }
  }
  if (const Value* nodes = world.find("nodes"))
    for (const std::string& state : states)
      if (const Member* taken = nodes->member(state))
        diagnostics.push_back({Severity::error, taken->key_place,
                               ticked(state) + " is both a node and a state",
                               "rename one of the two"});
  return states;
}

}  // namespace onward
