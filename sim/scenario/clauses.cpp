// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/clauses.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

namespace onward {
namespace {

constexpr std::array kinds{"add", "replace", "amend", "withdraw"};

std::string text_of(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? "" : value->text;
}

const Value* policy_named(const Draft& draft, const std::string& id) {
  for (const Value& policy : draft.policies)
    if (text_of(policy, "id") == id) return &policy;
  return nullptr;
}

std::string rule_of(const Value& item) {
  for (const char* kind : kinds)
    if (const Value* rule = item.find(kind)) return rule->text;
  return "";
}

std::string name_of(const Value& item) {
  for (const char* kind : kinds)
    if (item.find(kind) != nullptr) return kind + (" " + rule_of(item));
  return "";
}

/// The rules that an item derogates from, in a rule or in a change of one.
void add_derogations(const Value& value, std::set<std::string>& rules) {
  for (const Value& item : value.items) add_derogations(item, rules);
  for (const Member& member : value.members)
    if (member.key == "derogates_from" || member.key.starts_with("/derogates_from"))
      for (const Value* rule : one_or_many(&member.value)) rules.insert(rule->text);
    else
      add_derogations(member.value, rules);
}

/// Puts together what must stand or fall together.
std::vector<Clause> grouped(const std::vector<Value>& items) {
  std::vector<std::size_t> group(items.size());
  std::iota(group.begin(), group.end(), 0U);
  std::vector<std::set<std::string>> touches(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    add_derogations(items[i], touches[i]);
    touches[i].insert(rule_of(items[i]));
  }
  for (std::size_t i = 0; i < items.size(); ++i)
    for (std::size_t j = 0; j < items.size(); ++j)
      if (touches[i].contains(rule_of(items[j]))) {
        const std::size_t from = std::max(group[i], group[j]);
        const std::size_t to = std::min(group[i], group[j]);
        std::replace(group.begin(), group.end(), from, to);
      }
  std::vector<Clause> clauses;
  for (std::size_t first = 0; first < items.size(); ++first) {
    if (group[first] != first) continue;
    Clause& clause = clauses.emplace_back();
    for (std::size_t i = first; i < items.size(); ++i) {
      if (group[i] != first) continue;
      clause.items.push_back(i);
      clause.rules.insert(rule_of(items[i]));
      clause.name += (clause.name.empty() ? "" : "; ") + name_of(items[i]);
    }
  }
  return clauses;
}

Value text_value(const std::string& text, const Place& place) {
  Value value;
  value.kind = Value::Kind::string;
  value.text = text;
  value.place = place;
  return value;
}

}  // namespace

std::optional<Bill> bill_of(const Draft& draft, const std::string& baseline,
                            const std::string& policy, Diagnostics& diagnostics) {
  Bill bill{baseline, policy, {}, {}};
  std::set<std::string> seen;
  const Value* last = policy_named(draft, policy);
  const Place place = last == nullptr ? Place{} : last->place;
  for (std::string at = policy; at != baseline;) {
    const Value* written = policy_named(draft, at);
    if (written == nullptr || written->find("extends") == nullptr || !seen.insert(at).second) {
      diagnostics.push_back({Severity::error, place,
                             ticked(policy) + " does not extend " + ticked(baseline),
                             "what a clause contributes can only be said of changes to the "
                             "baseline; name the policy that is extended with `--baseline`"});
      return {};
    }
    if (const Value* patch = written->find("patch"))
      bill.items.insert(bill.items.begin(), patch->items.begin(), patch->items.end());
    at = text_of(*written, "extends");
  }
  if (bill.items.empty()) {
    diagnostics.push_back(
        {Severity::error, place, ticked(policy) + " changes nothing in " + ticked(baseline), ""});
    return {};
  }
  bill.clauses = grouped(bill.items);
  return bill;
}

void add_part(Draft& draft, const Bill& bill, const std::vector<std::size_t>& clauses,
              const std::string& id) {
  const Place place = policy_named(draft, bill.policy)->place;
  std::vector<std::size_t> items;
  for (const std::size_t clause : clauses)
    items.insert(items.end(), bill.clauses[clause].items.begin(), bill.clauses[clause].items.end());
  std::sort(items.begin(), items.end());
  Value patch;
  patch.kind = Value::Kind::array;
  patch.place = place;
  for (const std::size_t item : items) patch.items.push_back(bill.items[item]);
  Value part;
  part.kind = Value::Kind::object;
  part.place = place;
  part.members.push_back({"id", place, text_value(id, place)});
  part.members.push_back({"extends", place, text_value(bill.baseline, place)});
  part.members.push_back({"patch", place, std::move(patch)});
  draft.policies.push_back(std::move(part));
}

}  // namespace onward
