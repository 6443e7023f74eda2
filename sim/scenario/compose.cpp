// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/compose.hpp"

#include <algorithm>
#include <filesystem>

#include "sim/scenario/files.hpp"
#include "sim/scenario/json_text.hpp"
#include "sim/scenario/patch.hpp"
#include "sim/scenario/schema.hpp"
#include "sim/scenario/states.hpp"

namespace onward {
namespace {

/// Puts `over` on top of `base`: maps are merged by id, equal ids replaced; lists
/// are continued. What exists in every state is merged like a block of its own.
void merge_block(Value& base, const Value& over) {
  for (const Member& member : over.members) {
    if (member.key == "extends" || member.key == "$schema") continue;
    Value* existing = base.find(member.key);
    if (existing == nullptr) {
      base.members.push_back(member);
    } else if (member.key == "for_each_state") {
      merge_block(*existing, member.value);
    } else if (existing->is(Value::Kind::object) && member.value.is(Value::Kind::object)) {
      for (const Member& entry : member.value.members) {
        if (Value* same = existing->find(entry.key)) {
          *same = entry.value;
        } else {
          existing->members.push_back(entry);
        }
      }
    } else if (existing->is(Value::Kind::array) && member.value.is(Value::Kind::array)) {
      existing->items.insert(existing->items.end(), member.value.items.begin(),
                             member.value.items.end());
    } else {
      *existing = member.value;
    }
  }
  base.place = over.place;
}

class Composer {
 public:
  Composer(const std::filesystem::path& first, Diagnostics& diagnostics)
      : first_(first), files_(first), diagnostics_(diagnostics) {}

  /// A suite file with what it extends; an object, or null after an error.
  Value suite_file(const Value& root) {
    std::vector<std::string> chain{first_.lexically_normal().string()};
    return resolve(root, "suite.schema.json", chain);
  }

  std::optional<Draft> draft(Value root, const std::string& shown_as) {
    const std::size_t before = diagnostics_.size();
    Draft draft;
    check_schema(root, "scenario.schema.json", diagnostics_);
    draft.file = shown_as;
    draft.root = std::move(root);
    draft.vocabulary = block(draft.root, "vocabulary");
    draft.world = block(draft.root, "world");
    draft.population = block(draft.root, "population");
    draft.outcomes = block(draft.root, "outcomes");
    draft.experiment = block(draft.root, "experiment");
    draft.suite = suite(draft.root.find("suite"));
    draft.policies = policies(draft.root.find("policies"));
    if (diagnostics_.size() != before) return {};
    return draft;
  }

 private:
  Value block(const Value& root, const std::string& key) {
    const Value* written = root.find(key);
    if (written == nullptr) return {};
    std::vector<std::string> chain;
    return resolve(*written, key + ".schema.json", chain);
  }

  /// A block in place, or the one that a path names; with what it extends.
  Value resolve(const Value& written, const std::string& schema, std::vector<std::string>& chain) {
    if (written.is(Value::Kind::string)) return from_file(written, schema, chain);
    if (!written.is(Value::Kind::object)) return {};
    const std::size_t before = diagnostics_.size();
    check_schema(written, schema, diagnostics_);
    const Value* extends = written.find("extends");
    if (extends == nullptr || diagnostics_.size() != before) return written;
    Value base = from_file(*extends, schema, chain);
    if (base.is(Value::Kind::object)) merge_block(base, written);
    return base;
  }

  Value from_file(const Value& named, const std::string& schema, std::vector<std::string>& chain) {
    const auto path = files_.resolve(named, diagnostics_);
    if (!path) return {};
    const std::string shown = path->string();
    if (std::find(chain.begin(), chain.end(), shown) != chain.end()) {
      diagnostics_.push_back({Severity::error, named.place,
                              "`extends` leads back to " + ticked(shown),
                              "one of these files must stand on its own"});
      return {};
    }
    chain.push_back(shown);
    const auto file = files_.read(named, diagnostics_);
    if (!file) return {};
    if (!file->is(Value::Kind::object)) {
      check_schema(*file, schema, diagnostics_);
      return {};
    }
    return resolve(*file, schema, chain);
  }

  std::vector<Value> policies(const Value* list) {
    std::vector<Value> all;
    if (list == nullptr || !list->is(Value::Kind::array)) return all;
    for (const Value& item : list->items) {
      if (item.is(Value::Kind::string)) {
        if (auto file = files_.read(item, diagnostics_)) add_policy(std::move(*file), all);
      } else if (item.is(Value::Kind::object)) {
        add_policy(item, all);
      }
    }
    return all;
  }

  void add_policy(Value policy, std::vector<Value>& all) {
    check_schema(policy, "policy.schema.json", diagnostics_);
    all.push_back(std::move(policy));
  }

  Value suite(const Value* written) {
    if (written == nullptr) return {};
    if (written->is(Value::Kind::array)) {
      check_schema(*written, "suite.schema.json#/definitions/tests", diagnostics_);
      return *written;
    }
    std::vector<std::string> chain;
    const Value block = resolve(*written, "suite.schema.json", chain);
    check_own_scenario(block);
    const Value* tests = block.find("tests");
    return tests == nullptr ? Value{} : *tests;
  }

  /// A suite that a scenario names may itself name no other scenario.
  void check_own_scenario(const Value& suite) {
    const Value* named = suite.find("scenario");
    if (named == nullptr) return;
    const auto path = files_.resolve(*named, diagnostics_);
    std::error_code error;
    if (path && !std::filesystem::equivalent(scenario_file(*path), first_, error))
      diagnostics_.push_back({Severity::error, named->place,
                              "this suite belongs to another scenario, " + ticked(named->text),
                              "take it out of the other's `suite`, or make them one"});
  }

  std::filesystem::path first_;
  ScenarioFiles files_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::optional<Draft> read_draft(const std::string& path, Diagnostics& diagnostics) {
  const std::filesystem::path file = scenario_file(path);
  auto root = read_json(file, file.string(), diagnostics);
  if (!root) return {};
  return Composer(file, diagnostics).draft(std::move(*root), path);
}

std::optional<Draft> read_draft_text(const std::string& text, const std::string& shown_as,
                                     Diagnostics& diagnostics) {
  auto root = parse_json(text, shown_as, diagnostics);
  if (!root) return {};
  return Composer(shown_as, diagnostics).draft(std::move(*root), shown_as);
}

std::optional<Composed> compose(Draft draft, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  Composed composed;
  static_cast<Draft&>(composed) = std::move(draft);
  composed.states = instantiate_states(composed.world, diagnostics);
  composed.composed_policies = apply_patches(composed.policies, diagnostics);
  if (diagnostics.size() != before) return {};
  return composed;
}

std::optional<SuiteFile> read_suite_file(const std::string& path, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  const auto root = read_json(path, path, diagnostics);
  if (!root) return {};
  if (!root->is(Value::Kind::object)) check_schema(*root, "suite.schema.json", diagnostics);
  const Value suite = Composer(path, diagnostics).suite_file(*root);
  if (diagnostics.size() != before) return {};
  for (const char* key : {"scenario", "tests"})
    if (suite.find(key) == nullptr)
      diagnostics.push_back({Severity::error, root->place, ticked(key) + " is missing",
                             "a suite file names its scenario and lists its tests"});
  if (diagnostics.size() != before) return {};
  const auto scenario = ScenarioFiles(path).resolve(*suite.find("scenario"), diagnostics);
  if (!scenario) return {};
  return SuiteFile{scenario->string(), *suite.find("tests")};
}

}  // namespace onward
