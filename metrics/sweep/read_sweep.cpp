// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <iterator>

#include "metrics/sweep/marginals.hpp"
#include "metrics/sweep/sweep.hpp"
#include "sim/scenario/files.hpp"
#include "sim/scenario/schema.hpp"

namespace onward {
namespace {

std::string text_of(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? "" : value->text;
}

std::optional<int> whole_of(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value == nullptr ? std::nullopt : std::optional(static_cast<int>(value->integer));
}

class SweepReader {
 public:
  SweepReader(const std::string& path, Diagnostics& diagnostics)
      : path_(path), files_(path), diagnostics_(diagnostics) {}

  std::optional<Sweep> read() {
    const std::size_t before = diagnostics_.size();
    const auto root = read_json(path_, path_, diagnostics_, &sweep_.sources);
    if (!root) return {};
    check_schema(*root, "sweep.schema.json", diagnostics_);
    if (diagnostics_.size() != before) return {};
    read_settings(*root);
    for (const Member& factor : root->find("factors")->members) read_factor(factor);
    if (diagnostics_.size() != before) return {};
    return std::move(sweep_);
  }

 private:
  void report(const Place& place, std::string message, std::string help) {
    diagnostics_.push_back({Severity::error, place, std::move(message), std::move(help)});
  }

  void read_settings(const Value& root) {
    sweep_.file = path_;
    sweep_.id = text_of(root, "id");
    sweep_.title = text_of(root, "title");
    sweep_.people = whole_of(root, "people");
    sweep_.replications = whole_of(root, "replications");
    sweep_.latin_hypercube = whole_of(root, "latin_hypercube");
    if (const Value* seed = root.find("seed"))
      sweep_.seed = static_cast<std::uint32_t>(seed->integer);
    for (const Value* id : one_or_many(root.find("policies"))) sweep_.policies.push_back(id->text);
    if (const auto scenario = files_.resolve(*root.find("scenario"), diagnostics_))
      sweep_.scenario = scenario->string();
    if (const Value* marginals = root.find("marginals")) add_marginals(*marginals);
    if (const Value* set = root.find("set"))
      for (const Member& member : set->members)
        sweep_.set.push_back({member.key, member.value, member.key_place});
  }

  void add_marginals(const Value& marginals) {
    const Value& named = *marginals.find("file");
    const auto path = files_.resolve(named, diagnostics_);
    if (!path) return;
    std::ifstream in(*path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) {
      report(named.place, "the file " + ticked(named.text) + " cannot be read",
             "the path is taken from the folder of this file");
      return;
    }
    const auto shares =
        read_marginals(text, path->string(), *marginals.find("evidence"), diagnostics_);
    sweep_.set.insert(sweep_.set.end(), shares.begin(), shares.end());
    sweep_.sources.push_back({path->string(), std::move(text)});
  }

  void read_factor(const Member& written) {
    const Value& value = written.value;
    Factor factor;
    factor.name = written.key;
    factor.label = value.find("label") != nullptr ? text_of(value, "label") : written.key;
    factor.place = written.key_place;
    for (const Value* pointer : one_or_many(value.find("set")))
      factor.pointers.push_back(pointer->text);
    if (const Value* values = value.find("values")) factor.values = values->items;
    factor.rule = text_of(value, "rule");
    for (const Value* id : one_or_many(value.find("policies"))) factor.policies.push_back(id->text);
    if (value.find("low") != nullptr) read_range(value, factor);
    const int ways =
        (factor.values.empty() ? 0 : 1) + (factor.is_range ? 1 : 0) + (factor.rule.empty() ? 0 : 1);
    if (ways != 1 || factor.pointers.empty() == factor.rule.empty())
      report(factor.place, "it is not clear what this factor varies",
             "write `set` with `values`, `set` with `low` and `high`, or `rule` with `policies`");
    sweep_.factors.push_back(std::move(factor));
  }

  void read_range(const Value& value, Factor& factor) {
    factor.is_range = true;
    factor.low = value.find("low")->number;
    factor.high = value.find("high")->number;
    factor.steps = whole_of(value, "steps").value_or(0);
    factor.logarithmic = text_of(value, "scale") == "log";
    factor.whole = value.find("whole") != nullptr && value.find("whole")->truth;
    if (!(factor.low < factor.high))
      report(value.find("high")->place, "`high` is not above `low`", "");
    if (factor.logarithmic && factor.low <= 0)
      report(value.find("low")->place, "a scale by ratios begins above 0",
             "raise `low`, or leave `scale` out");
    if (factor.steps == 0 && !sweep_.latin_hypercube)
      report(factor.place, "a range needs `steps` where every combination is wanted",
             "add `steps`, or `latin_hypercube` to the sweep");
  }

  std::string path_;
  ScenarioFiles files_;
  Diagnostics& diagnostics_;
  Sweep sweep_;
};

}  // namespace

std::string Factor::varies() const {
  std::string all;
  for (const std::string& pointer : pointers) all += (all.empty() ? "" : " ") + pointer;
  for (const std::string& policy : policies)
    all += (all.empty() ? "" : " ") + ("/policies/" + policy) + "/rules/" + rule;
  return all;
}

std::optional<Sweep> read_sweep(const std::string& path, Diagnostics& diagnostics) {
  return SweepReader(path, diagnostics).read();
}

}  // namespace onward
