// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/value.hpp"

#include <algorithm>
#include <charconv>

namespace onward {

const Member* Value::member(std::string_view key) const {
  const auto found =
      std::find_if(members.begin(), members.end(), [key](const Member& m) { return m.key == key; });
  return found == members.end() ? nullptr : &*found;
}

const Value* Value::find(std::string_view key) const {
  const Member* found = member(key);
  return found == nullptr ? nullptr : &found->value;
}

Value* Value::find(std::string_view key) {
  const auto found =
      std::find_if(members.begin(), members.end(), [key](const Member& m) { return m.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

std::vector<const Value*> one_or_many(const Value* value) {
  std::vector<const Value*> all;
  if (value == nullptr) return all;
  if (!value->is(Value::Kind::array)) return {value};
  for (const Value& item : value->items) all.push_back(&item);
  return all;
}

std::string escape_pointer_token(std::string_view token) {
  std::string escaped;
  for (const char c : token) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::vector<std::string> pointer_tokens(std::string_view pointer) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      tokens.emplace_back();
    } else if (pointer[i] == '~' && i + 1 < pointer.size()) {
      tokens.back() += pointer[++i] == '1' ? '/' : '~';
    } else {
      tokens.back() += pointer[i];
    }
  }
  return tokens;
}

namespace {

Value* step(Value& at, const std::string& token, bool last, const Place& made_at) {
  if (at.is(Value::Kind::object)) {
    Value* part = at.find(token);
    if (part != nullptr || !last) return part;
    at.members.push_back({token, made_at, {}});
    return &at.members.back().value;
  }
  if (!at.is(Value::Kind::array)) return nullptr;
  if (last && token == "-") {
    at.items.emplace_back();
    return &at.items.back();
  }
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  if (error != std::errc{} || end != token.data() + token.size() || index >= at.items.size())
    return nullptr;
  return &at.items[index];
}

}  // namespace

Reached reach(Value& root, const std::vector<std::string>& tokens, const Place& made_at) {
  Value* at = &root;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    Value* part = step(*at, tokens[i], i + 1 == tokens.size(), made_at);
    if (part == nullptr) return {nullptr, at, tokens[i]};
    at = part;
  }
  return {at, nullptr, ""};
}

std::vector<std::string> keys_of(const Value& object) {
  std::vector<std::string> keys;
  for (const Member& member : object.members) keys.push_back(member.key);
  return keys;
}

}  // namespace onward
