// SPDX-License-Identifier: Apache-2.0
#include "metrics/results_json.hpp"

#include "metrics/figures_json.hpp"

namespace onward {
namespace {

Json as_json(const Figures& figures, const std::vector<Measure>& measures) {
  Json json = Json::object();
  for (std::size_t m = 0; m < measures.size(); ++m)
    json[measures[m].name] = as_json(figures[m], measures[m]);
  return json;
}

/// Adds `measures` and `groups`; `figures(scope)` gives the figures of everybody or of a group.
template <class FiguresOf>
void add_measures(Json& json, const Results& results, const FiguresOf& figures) {
  const std::vector<Measure>& measures = results.accounts.measures;
  const Summary summary(results.accounts);
  json["measures"] = as_json(figures(Summary::Scope{}), measures);
  json["groups"] = Json::object();
  const std::vector<Group>& groups = results.scenario->population.groups;
  for (std::size_t g = 0; g < groups.size(); ++g)
    if (summary.shows(g))
      json["groups"][groups[g].id] = as_json(figures(Summary::Scope{g}), measures);
}

void add_units(const Results& results, std::size_t policy, std::vector<UnitName>& units) {
  const auto& accounts = results.accounts.of[policy];
  for (std::size_t r = 0; r < accounts.size(); ++r)
    units.push_back(
        {results.policies[policy]->id, results.accounts.numbers[r], accounts[r].unit.digest});
}

Digest digest_of_policy(const Results& results, std::size_t policy) {
  std::vector<UnitName> units;
  add_units(results, policy, units);
  return digest_of(std::move(units));
}

}  // namespace

void complete(Results& results, const Model& model) {
  std::vector<UnitName> units;
  results.person_events = 0;
  for (std::size_t p = 0; p < results.policies.size(); ++p) {
    add_units(results, p, units);
    for (const Account& account : results.accounts.of[p])
      results.person_events += account.unit.person_events;
  }
  results.digest = digest_of(std::move(units));
  results.notes = notes_on(model, results.policies, results.accounts);
}

std::string to_json(const Results& results, const std::string& version) {
  const Summary summary(results.accounts);
  Json json;
  json["scenario"] = results.scenario->id;
  json["version"] = version;
  json["seed"] = results.seed;
  json["people"] = people_of(results.accounts);
  json["replications"] = results.accounts.replications();
  json["stopping"] = Json();
  if (results.stopping)
    json["stopping"] = {{"reached", results.stopping->reached},
                        {"reason", results.stopping->reason}};
  json["digest"] = to_string(results.digest);
  json["baseline"] = results.policies.front()->id;
  json["policies"] = Json::array();
  for (std::size_t p = 0; p < results.policies.size(); ++p) {
    Json of;
    of["id"] = results.policies[p]->id;
    of["label"] = results.policies[p]->label;
    of["digest"] = to_string(digest_of_policy(results, p));
    add_measures(of, results, [&](Summary::Scope scope) { return summary.figures(p, scope); });
    json["policies"].push_back(std::move(of));
  }
  json["differences"] = Json::array();
  for (std::size_t p = 1; p < results.policies.size(); ++p) {
    Json of;
    of["policy"] = results.policies[p]->id;
    of["baseline"] = results.policies.front()->id;
    add_measures(of, results, [&](Summary::Scope scope) { return summary.differences(p, scope); });
    json["differences"].push_back(std::move(of));
  }
  json["notes"] = Json::array();
  for (const Note& note : results.notes) json["notes"].push_back(note.text);
  json["performance"] = {
      {"person_events", results.person_events},
      {"seconds", results.seconds},
      {"person_events_per_second",
       results.seconds > 0 ? static_cast<double>(results.person_events) / results.seconds : 0},
      {"peak_memory_bytes", results.peak_memory_bytes}};
  return dumped(json);
}

}  // namespace onward
