// SPDX-License-Identifier: Apache-2.0
#include "viz/assumptions.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "sim/scenario/compose.hpp"

namespace onward {
namespace {

using Json = nlohmann::ordered_json;

Json number(const Value* value) {
  return value != nullptr && value->is(Value::Kind::number) ? Json(value->number) : Json();
}

std::string text(const Value* value) {
  return value != nullptr && value->is(Value::Kind::string) ? value->text : "";
}

class Collector {
 public:
  void visit(const Value& value, const std::string& where) {
    if (value.is(Value::Kind::array))
      for (std::size_t i = 0; i < value.items.size(); ++i)
        visit(value.items[i], where + "/" + std::to_string(i));
    if (!value.is(Value::Kind::object)) return;
    if (value.find("evidence") != nullptr && value.find("value") != nullptr) {
      add(value, where);
      return;
    }
    for (const Member& member : value.members)
      visit(member.value, where + "/" + escape_pointer_token(member.key));
  }

  Json found() { return std::move(found_); }

 private:
  void add(const Value& claim, const std::string& where) {
    const Value& evidence = *claim.find("evidence");
    const bool short_form = evidence.is(Value::Kind::string);
    std::string note = text(claim.find("note"));
    if (note.empty() && !short_form) note = text(evidence.find("note"));
    found_.push_back({{"where", where},
                      {"value", number(claim.find("value"))},
                      {"low", number(claim.find("low"))},
                      {"high", number(claim.find("high"))},
                      {"unit", text(claim.find("unit"))},
                      {"evidence", short_form ? evidence.text : text(evidence.find("kind"))},
                      {"source", short_form ? "" : text(evidence.find("source"))},
                      {"note", note}});
  }

  Json found_ = Json::array();
};

}  // namespace

Json assumptions_of(const std::string& file) {
  Diagnostics diagnostics;
  const auto draft = read_draft(file, diagnostics);
  if (!draft) throw std::runtime_error("the scenario `" + file + "` can no longer be read");
  Collector collector;
  collector.visit(draft->vocabulary, "/vocabulary");
  collector.visit(draft->world, "/world");
  collector.visit(draft->population, "/population");
  for (const Value& policy : draft->policies)
    collector.visit(policy, "/policies/" + escape_pointer_token(text(policy.find("id"))));
  collector.visit(draft->outcomes, "/outcomes");
  return collector.found();
}

}  // namespace onward
