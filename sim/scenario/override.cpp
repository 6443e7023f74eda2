// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/override.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <set>

#include "sim/scenario/compose.hpp"
#include "sim/scenario/json_text.hpp"
#include "sim/scenario/schema.hpp"

namespace onward {
namespace {

struct Block {
  const char* name;
  Value Draft::*value;
};
constexpr std::array blocks{Block{"vocabulary", &Draft::vocabulary}, Block{"world", &Draft::world},
                            Block{"population", &Draft::population},
                            Block{"outcomes", &Draft::outcomes},
                            Block{"experiment", &Draft::experiment}};
/// What else of the scenario may be set.
constexpr std::array rest{"cast", "headline", "question", "title"};

std::string id_of(const Value& policy) {
  return policy.find("id")->text;
}

/// The places of all values below become `place`, with the pointers from there.
void set_places(Value& value, const Place& place) {
  value.place = place;
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    Place part = place;
    part.pointer += "/" + std::to_string(i);
    set_places(value.items[i], part);
  }
  for (Member& member : value.members) {
    Place part = place;
    part.pointer += "/" + escape_pointer_token(member.key);
    member.key_place = part;
    set_places(member.value, part);
  }
}

/// An object that says a number with its evidence.
bool is_claim(const Value& value) {
  return value.is(Value::Kind::object) && value.find("value") != nullptr &&
         value.find("evidence") != nullptr;
}

class Setter {
 public:
  Setter(Draft& draft, Diagnostics& diagnostics) : draft_(draft), diagnostics_(diagnostics) {}

  void set(const Override& override) {
    Place place = override.place;
    place.pointer = override.pointer;
    std::vector<std::string> tokens = pointer_tokens(override.pointer);
    if (!override.pointer.starts_with('/') || tokens.size() < 2) {
      if (tokens.empty() || !is_one_of(rest, tokens.front())) {
        report(place, "this pointer leads to no value of a scenario",
               "write it like `/experiment/horizon_days`, or `/policies/ID/rules/...`");
        return;
      }
    }
    Value* block = block_of(tokens, place);
    if (block == nullptr) return;
    const Reached reached = reach(*block, tokens, place);
    if (reached.value == nullptr) {
      report(place, "the scenario has nothing at " + ticked(override.pointer),
             reached.stopped_at->is(Value::Kind::object)
                 ? suggest(reached.stopped_before, keys_of(*reached.stopped_at), "keys there")
                 : "the pointer goes deeper than the scenario does");
      return;
    }
    Value* target = reached.value;
    if (override.value.is(Value::Kind::number) && is_claim(*target)) {
      target = target->find("value");
      place.pointer += "/value";
    }
    *target = override.value;
    set_places(*target, place);
  }

  void check_schemas() {
    for (const Block& block : blocks)
      if (changed_.contains(block.name))
        check_schema(draft_.*block.value, block.name + std::string(".schema.json"), diagnostics_);
    for (const Value& policy : draft_.policies)
      if (changed_.contains("policies/" + id_of(policy)))
        check_schema(policy, "policy.schema.json", diagnostics_);
    if (changed_.contains("")) check_schema(draft_.root, "scenario.schema.json", diagnostics_);
  }

 private:
  template <class Names>
  static bool is_one_of(const Names& names, const std::string& name) {
    return std::any_of(names.begin(), names.end(), [&](const char* n) { return name == n; });
  }

  void report(const Place& place, std::string message, std::string help) {
    diagnostics_.push_back({Severity::error, place, std::move(message), std::move(help)});
  }

  /// The block that the pointer begins with, whose tokens are taken off; null after an error.
  Value* block_of(std::vector<std::string>& tokens, const Place& place) {
    const std::string name = tokens.front();
    for (const Block& block : blocks)
      if (name == block.name) {
        changed_.insert(name);
        tokens.erase(tokens.begin());
        return &(draft_.*block.value);
      }
    if (name == "policies") return policy_of(tokens, place);
    if (is_one_of(rest, name)) {
      changed_.insert("");
      return &draft_.root;
    }
    std::vector<std::string> known{"policies"};
    for (const Block& block : blocks) known.emplace_back(block.name);
    known.insert(known.end(), rest.begin(), rest.end());
    report(place, "a scenario has no block " + ticked(name), suggest(name, known, "blocks"));
    return nullptr;
  }

  Value* policy_of(std::vector<std::string>& tokens, const Place& place) {
    std::vector<std::string> ids;
    for (Value& policy : draft_.policies) {
      ids.push_back(id_of(policy));
      if (ids.back() != tokens[1]) continue;
      changed_.insert("policies/" + ids.back());
      tokens.erase(tokens.begin(), tokens.begin() + 2);
      if (!tokens.empty()) return &policy;
      report(place, "a policy cannot be set whole", "set its `patch`, or one of its `rules`");
      return nullptr;
    }
    report(place, "unknown policy " + ticked(tokens[1]), suggest(tokens[1], ids, "policies"));
    return nullptr;
  }

  Draft& draft_;
  Diagnostics& diagnostics_;
  std::set<std::string> changed_;
};

void add_claims(const Value& value, const std::string& pointer, std::vector<ClaimPlace>& claims) {
  if (is_claim(value)) {
    const Value* low = value.find("low");
    const Value* high = value.find("high");
    const Value* dist = value.find("dist");
    if (low == nullptr || high == nullptr || !(low->number < high->number)) return;
    const std::string spread = dist == nullptr ? "log-uniform" : dist->text;
    claims.push_back({pointer, value.find("value")->number, low->number, high->number,
                      spread == "log-uniform", spread == "triangular"});
    return;
  }
  for (std::size_t i = 0; i < value.items.size(); ++i)
    add_claims(value.items[i], pointer + "/" + std::to_string(i), claims);
  for (const Member& member : value.members)
    add_claims(member.value, pointer + "/" + escape_pointer_token(member.key), claims);
}

}  // namespace

std::optional<Override> read_override(std::string_view text, const std::string& shown_as,
                                      Diagnostics& diagnostics) {
  const Place place{std::make_shared<std::string>(shown_as), 0, 0, ""};
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || !text.starts_with('/')) {
    diagnostics.push_back({Severity::error, place,
                           ticked(text) + " does not say what is to be set to what",
                           "write POINTER=VALUE, like `/experiment/horizon_days=365`"});
    return {};
  }
  auto value = parse_json(std::string(text.substr(equals + 1)), shown_as, diagnostics);
  if (!value) return {};
  return Override{std::string(text.substr(0, equals)), std::move(*value), place};
}

Override override_number(std::string pointer, double value, const std::string& shown_as) {
  Value number;
  number.kind = Value::Kind::number;
  number.number = value;
  constexpr double exact = 9007199254740992.0;  // 2^53
  number.integral = std::trunc(value) == value && std::abs(value) <= exact;
  if (number.integral) number.integer = static_cast<std::int64_t>(value);
  return {
      std::move(pointer), std::move(number), {std::make_shared<std::string>(shown_as), 0, 0, ""}};
}

bool override_values(Draft& draft, const std::vector<Override>& overrides,
                     Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  Setter setter(draft, diagnostics);
  for (const Override& override : overrides) setter.set(override);
  // Why only then: a value that is nowhere would be reported twice.
  if (diagnostics.size() == before) setter.check_schemas();
  return diagnostics.size() == before;
}

std::vector<ClaimPlace> claims_of(const Draft& draft) {
  std::vector<ClaimPlace> claims;
  for (const Block& block : blocks)
    if (block.value != &Draft::outcomes)
      add_claims(draft.*block.value, "/" + std::string(block.name), claims);
  for (const Value& policy : draft.policies)
    add_claims(policy, "/policies/" + id_of(policy), claims);
  add_claims(draft.outcomes, "/outcomes", claims);
  return claims;
}

}  // namespace onward
