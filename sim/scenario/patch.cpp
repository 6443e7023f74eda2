// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/patch.hpp"

#include <algorithm>
#include <map>

#include "sim/scenario/schema.hpp"

namespace onward {
namespace {

std::string text_of(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? "" : value->text;
}

std::vector<std::string> texts_of(const Value* list) {
  std::vector<std::string> texts;
  if (list != nullptr)
    for (const Value& item : list->items) texts.push_back(item.text);
  return texts;
}

class Patcher {
 public:
  Patcher(const std::vector<Value>& policies, Diagnostics& diagnostics)
      : policies_(policies), diagnostics_(diagnostics) {
    for (const Value& policy : policies) {
      ids_.push_back(text_of(policy, "id"));
      if (!by_id_.emplace(ids_.back(), &policy).second)
        report(policy.find("id")->place, "a second policy has the id " + ticked(ids_.back()),
               "rename one of the two");
    }
  }

  std::vector<ComposedPolicy> all() {
    std::vector<ComposedPolicy> composed;
    for (const Value& policy : policies_) {
      std::vector<std::string> chain;
      if (auto one = compose(policy, chain)) composed.push_back(std::move(*one));
    }
    return composed;
  }

 private:
  void report(const Place& place, std::string message, std::string help) {
    // Why: a policy is composed again for each that extends it.
    const auto same = [&](const Diagnostic& d) {
      return d.message == message && d.place.line == place.line &&
             d.place.pointer == place.pointer && *d.place.file == *place.file;
    };
    if (std::none_of(diagnostics_.begin(), diagnostics_.end(), same))
      diagnostics_.push_back({Severity::error, place, std::move(message), std::move(help)});
  }

  std::optional<ComposedPolicy> compose(const Value& policy, std::vector<std::string>& chain) {
    const Value* extends = policy.find("extends");
    std::optional<ComposedPolicy> composed =
        extends == nullptr ? base(policy) : extended(policy, *extends, chain);
    if (!composed) return {};
    composed->id = text_of(policy, "id");
    composed->label = text_of(policy, "label");
    composed->extends = extends == nullptr ? "" : extends->text;
    composed->place = policy.place;
    for (const std::string& text : texts_of(policy.find("unmodelled")))
      composed->unmodelled.push_back(text);
    return composed;
  }

  std::optional<ComposedPolicy> base(const Value& policy) {
    bool complete = true;
    for (const char* key : {"binds", "strategy", "rules"})
      if (policy.find(key) == nullptr) {
        report(policy.place, ticked(key) + " is missing",
               "a policy that extends no other needs `binds`, `strategy` and `rules`");
        complete = false;
      }
    if (const Value* patch = policy.find("patch")) {
      report(patch->place, "a patch needs a policy to change",
             "add `extends` with the id of that policy, or write `rules`");
      complete = false;
    }
    if (!complete) return {};
    ComposedPolicy composed;
    composed.binds = policy.find("binds");
    composed.strategy = text_of(policy, "strategy");
    composed.layers = texts_of(policy.find("layers"));
    composed.rules = *policy.find("rules");
    return composed;
  }

  std::optional<ComposedPolicy> extended(const Value& policy, const Value& extends,
                                         std::vector<std::string>& chain) {
    const std::string id = text_of(policy, "id");
    if (std::find(chain.begin(), chain.end(), id) != chain.end()) {
      std::string way;
      for (const std::string& step : chain) way += "`" + step + "` extends ";
      report(extends.place, "`extends` leads back to itself: " + way + "`" + id + "`",
             "one of them must stand on its own");
      return {};
    }
    chain.push_back(id);
    const auto found = by_id_.find(extends.text);
    if (found == by_id_.end()) {
      report(extends.place, "unknown policy " + ticked(extends.text),
             suggest(extends.text, ids_, "policies"));
      return {};
    }
    std::optional<ComposedPolicy> composed = compose(*found->second, chain);
    if (!composed) return {};
    composed->patched.clear();
    refuse_redefinition(policy, *composed);
    if (const Value* patch = policy.find("patch"))
      for (const Value& item : patch->items) apply(item, *composed);
    check_patched(*composed);
    return composed;
  }

  void refuse_redefinition(const Value& policy, const ComposedPolicy& base) {
    if (const Value* strategy = policy.find("strategy");
        strategy != nullptr && strategy->text != base.strategy)
      report(strategy->place,
             "the strategy cannot change from " + ticked(base.strategy) + " to " +
                 ticked(strategy->text),
             "a proposal is compared under the strategy of the law that it changes");
    for (const char* key : {"binds", "layers", "rules"})
      if (const Value* value = policy.find(key))
        report(value->place, ticked(key) + " comes from the policy that is extended",
               std::string_view(key) == "rules" ? "add rules by `patch`" : "leave it out");
  }

  void apply(const Value& item, ComposedPolicy& policy) {
    std::vector<std::string> kinds;
    for (const char* kind : {"add", "replace", "amend", "withdraw"})
      if (item.find(kind) != nullptr) kinds.emplace_back(kind);
    if (kinds.size() != 1) {
      report(item.place, kinds.empty() ? "this changes nothing" : "this is more than one change",
             "write one of `add`, `replace`, `amend` and `withdraw`");
      return;
    }
    const std::string& kind = kinds.front();
    if (const Member* rule = item.member("rule");
        rule != nullptr && kind != "add" && kind != "replace")
      report(rule->key_place, "`rule` means nothing beside " + ticked(kind), "");
    apply(kind, *item.find(kind), item, policy);
  }

  void apply(std::string_view kind, const Value& id, const Value& item, ComposedPolicy& policy) {
    const auto rule = std::find_if(policy.rules.members.begin(), policy.rules.members.end(),
                                   [&](const Member& m) { return m.key == id.text; });
    const bool exists = rule != policy.rules.members.end();
    if (kind == "add" && exists) {
      report(id.place, "there is a rule " + ticked(id.text) + " already",
             "use `replace` or `amend`");
      return;
    }
    if (kind != "add" && !exists) {
      report(id.place, "there is no rule " + ticked(id.text),
             policy.withdrawn.contains(id.text) ? "it was withdrawn before"
                                                : suggest(id.text, keys_of(policy.rules), "rules"));
      return;
    }
    if (kind == "withdraw") {
      policy.withdrawn.insert(id.text);
      policy.patched.erase(id.text);
      policy.rules.members.erase(rule);
      return;
    }
    policy.patched.insert(id.text);
    if (kind == "add") {
      policy.rules.members.push_back({id.text, id.place, *item.find("rule")});
    } else if (kind == "replace") {
      rule->value = *item.find("rule");
    } else {
      for (const Member& change : item.find("set")->members) set(rule->value, change);
    }
  }

  /// Sets one value inside a rule; only the last step of the pointer may be new.
  void set(Value& rule, const Member& change) {
    const Reached reached = reach(rule, pointer_tokens(change.key), change.key_place);
    if (reached.value != nullptr) {
      *reached.value = change.value;
      return;
    }
    report(change.key_place, "the rule has nothing at " + ticked(change.key),
           reached.stopped_at->is(Value::Kind::object)
               ? suggest(reached.stopped_before, keys_of(*reached.stopped_at), "keys there")
               : "the pointer goes deeper than the rule does");
  }

  void check_patched(const ComposedPolicy& policy) {
    Diagnostics found;
    for (const Member& member : policy.rules.members)
      if (policy.patched.contains(member.key))
        check_schema(member.value, "policy.schema.json#/definitions/rule", found);
    for (Diagnostic& d : found) report(d.place, std::move(d.message), std::move(d.help));
  }

  const std::vector<Value>& policies_;
  Diagnostics& diagnostics_;
  std::vector<std::string> ids_;
  std::map<std::string, const Value*> by_id_;
};

}  // namespace

std::vector<ComposedPolicy> apply_patches(const std::vector<Value>& policies,
                                          Diagnostics& diagnostics) {
  return Patcher(policies, diagnostics).all();
}

}  // namespace onward
