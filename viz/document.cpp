// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "viz/assumptions.hpp"
#include "viz/changes.hpp"
#include "viz/lives.hpp"
#include "viz/report.hpp"
#include "viz/switches.hpp"

namespace onward {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view not_modelled = "Not modelled: ";

const char* to_string(NodeKind kind) {
  switch (kind) {
    case NodeKind::authority: return "authority";
    case NodeKind::eu_agency: return "eu_agency";
    case NodeKind::database: return "database";
    case NodeKind::service: return "service";
    case NodeKind::third_country: return "third_country";
    case NodeKind::civil_society: return "civil_society";
    case NodeKind::carrier: return "carrier";
    case NodeKind::contractor: return "contractor";
    case NodeKind::oversight: return "oversight";
  }
  return "";
}

const char* to_string(Benefit::Serves serves) {
  switch (serves) {
    case Benefit::Serves::person: return "person";
    case Benefit::Serves::authority: return "authority";
    case Benefit::Serves::everybody: return "public";
  }
  return "";
}

/// Chooses what the page shows of the results, and says what each measure is.
class Chooser {
 public:
  Chooser(const Scenario& scenario, const Json& results) : scenario_(scenario), results_(results) {
    choose_headline();
    for (const auto& [name, figure] : results_.at("policies").at(0).at("measures").items())
      if (!chosen(name) && (anything(name) || name == "exposure_days")) names_.push_back(name);
  }

  [[nodiscard]] Json headline() const {
    return Json(std::vector<std::string>(names_.begin(), names_.begin() + headline_));
  }

  [[nodiscard]] Json measures() const {
    Json all = Json::array();
    for (const std::string& name : names_) all.push_back(measure(name));
    return all;
  }

  /// The results with the chosen measures only; of groups, those that say something of people.
  [[nodiscard]] Json pruned() const {
    Json results = results_;
    // Why: the others stand in `not_modelled`.
    Json& notes = results["notes"];
    notes.erase(std::remove_if(notes.begin(), notes.end(),
                               [](const Json& note) {
                                 return note.get<std::string>().starts_with(not_modelled);
                               }),
                notes.end());
    for (const char* list : {"policies", "differences"})
      for (Json& of : results[list]) {
        of["measures"] = pruned(of["measures"], false);
        for (auto& [group, measures] : of["groups"].items()) measures = pruned(measures, true);
      }
    return results;
  }

 private:
  void choose_headline() {
    for (const bool absolute : {true, false}) {
      for (const std::string& id : scenario_.headline_harms)
        if (harm(id).absolute == absolute) names_.push_back("harm." + id);
      if (absolute) names_.emplace_back("exposure_days");
    }
    for (const std::string& id : scenario_.headline_benefits) names_.push_back("benefit." + id);
    headline_ = static_cast<std::ptrdiff_t>(names_.size());
  }

  [[nodiscard]] const Harm& harm(const std::string& id) const {
    return *std::find_if(scenario_.outcomes.harms.begin(), scenario_.outcomes.harms.end(),
                         [&](const Harm& h) { return h.id == id; });
  }

  [[nodiscard]] bool chosen(const std::string& name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }

  [[nodiscard]] bool anything(const std::string& name) const {
    return std::any_of(
        results_.at("policies").begin(), results_.at("policies").end(),
        [&](const Json& policy) { return policy.at("measures").at(name).at("mean") != 0.0; });
  }

  [[nodiscard]] static bool of_people(const std::string& name) {
    return name.starts_with("harm.") || name.starts_with("benefit.") || name == "exposure_days" ||
           name == "beyond_remedy_days" || name.starts_with("false_match");
  }

  [[nodiscard]] Json pruned(const Json& measures, bool group) const {
    Json kept = Json::object();
    for (const std::string& name : names_)
      if (!group || of_people(name)) kept[name] = measures.at(name);
    return kept;
  }

  [[nodiscard]] Json measure(const std::string& name) const {
    Json json = {{"name", name}, {"label", ""}, {"kind", "other"}, {"section", ""}};
    if (name.starts_with("harm.")) {
      const Harm& of = harm(name.substr(5));
      json["label"] = of.label;
      json["kind"] = of.absolute ? "absolute" : "harm";
      json["section"] = "/outcomes/harms/" + of.id;
    } else if (name.starts_with("benefit.")) {
      for (const Benefit& of : scenario_.outcomes.benefits) {
        if ("benefit." + of.id != name) continue;
        json["label"] = of.label;
        json["serves"] = to_string(of.serves);
      }
      json["kind"] = "benefit";
      json["section"] = "/outcomes/benefits/" + name.substr(8);
    } else {
      json["label"] = label_of(name);
      if (name == "exposure_days") json["kind"] = "data";
    }
    return json;
  }

  [[nodiscard]] std::string label_of(const std::string& name) const {
    const Model model = model_of(scenario_);
    std::vector<const Policy*> policies;
    for (const Policy& policy : scenario_.policies) policies.push_back(&policy);
    static const std::vector<Measure> all = measures_of(model, Grades(model, policies));
    const auto at = find_measure(all, name);
    return at ? all[*at].label : name;
  }

  const Scenario& scenario_;
  const Json& results_;
  std::vector<std::string> names_;
  std::ptrdiff_t headline_ = 0;
};

/// The state that a node belongs to, else its jurisdictions.
std::string jurisdiction_of(const std::string& id, const Node& node, const World& world) {
  const std::string state = id.substr(0, id.find('.'));
  if (std::find(world.states.begin(), world.states.end(), state) != world.states.end())
    return state;
  std::string all;
  for (const std::string& one : node.jurisdictions) all += (all.empty() ? "" : ", ") + one;
  return all;
}

Json nodes_json(const World& world) {
  Json nodes = Json::array();
  for (std::size_t n = 0; n < world.nodes.size(); ++n) {
    const std::string& id = world.node_names.names()[n];
    const Node& node = world.nodes[n];
    nodes.push_back({{"id", id},
                     {"label", node.label.empty() ? id : node.label},
                     {"kind", to_string(node.kind)},
                     {"jurisdiction", jurisdiction_of(id, node, world)},
                     {"regime", node.regime}});
  }
  return nodes;
}

void add_words(Json& json, const Scenario& scenario) {
  const Vocabulary& words = scenario.vocabulary;
  json["categories"] = Json::array();
  for (std::size_t c = 0; c < words.categories.size(); ++c) {
    const std::string& id = words.category_names.names()[c];
    const Category& category = words.categories[c];
    json["categories"].push_back({{"id", id},
                                  {"label", category.label.empty() ? id : category.label},
                                  {"special", category.special_category}});
  }
  json["purposes"] = Json::object();
  for (std::size_t p = 0; p < words.purposes.size(); ++p)
    json["purposes"][words.purpose_names.names()[p]] = words.purposes[p].label;
  json["channels"] = Json::object();
  for (std::size_t c = 0; c < scenario.world.channels.size(); ++c)
    json["channels"][scenario.world.channel_names.names()[c]] = scenario.world.channels[c].label;
}

Json groups_json(const Scenario& scenario) {
  Json groups = Json::array();
  for (const Group& group : scenario.population.groups)
    groups.push_back({{"id", group.id},
                      {"label", group.label.empty() ? group.id : group.label},
                      {"people", group.people},
                      {"size", group.size ? group.size->value : group.people}});
  return groups;
}

Json suite_json(const std::optional<std::vector<ReportedTest>>& tests) {
  if (!tests) return {};
  Json json = {
      {"passed", 0}, {"failed", 0}, {"errors", 0}, {"skipped", 0}, {"tests", Json::array()}};
  for (const ReportedTest& test : *tests) {
    Json& count = json[test.status == "error" ? "errors" : test.status];
    count = count.get<int>() + 1;
    json["tests"].push_back({{"name", test.name},
                             {"kind", test.kind},
                             {"policy", test.policy},
                             {"status", test.status},
                             {"evidence", test.evidence},
                             {"explanation", test.explanation}});
  }
  return json;
}

void add_notes(Json& json, const Json& notes) {
  json["said"] = Json::array();
  json["not_modelled"] = Json::array();
  for (const Json& note : notes) {
    const auto text = note.get<std::string>();
    if (text.starts_with(not_modelled))
      json["not_modelled"].push_back(text.substr(not_modelled.size()));
    else
      json["said"].push_back(text);
  }
}

Json reproduction_json(const ReportRequest& request, const Json& results) {
  Json json = {{"version", results.at("version")},
               {"commands", request.commands},
               {"seed", results.at("seed")},
               {"digest", results.at("digest")},
               {"files", Json::array()}};
  for (const StoredFile& file : request.files)
    json["files"].push_back({{"path", file.name}, {"sha256", file.sha256}});
  return json;
}

Json document(const ReportRequest& request, const Json& results) {
  const Scenario& scenario = *request.scenario;
  const Chooser chooser(scenario, results);
  Json switches = request.switches ? switches_json(request, results, chooser.headline()) : Json();
  Replayed replayed = replay_for_report(request);
  Json json = {{"report", 1},
               {"notice", "Synthetic; not evidence about any person or claim"},
               {"title", scenario.title},
               {"question", scenario.question},
               {"start", to_string(scenario.experiment.start)},
               {"horizon_days", scenario.experiment.horizon_days},
               {"results", chooser.pruned()},
               {"headline", chooser.headline()},
               {"measures", chooser.measures()},
               {"groups", groups_json(scenario)},
               {"policies", policies_json(scenario, request.policies)},
               {"nodes", nodes_json(scenario.world)}};
  add_words(json, scenario);
  json["map"] = std::move(replayed.map);
  json["stories"] = std::move(replayed.stories);
  json["suite"] = suite_json(request.suite);
  json["assumptions"] = assumptions_of(scenario.file);
  add_notes(json, results.at("notes"));
  json["reproduce"] = reproduction_json(request, results);
  json["switches"] = std::move(switches);
  return json;
}

}  // namespace

std::string report_document(const ReportRequest& request) {
  try {
    return document(request, Json::parse(request.results))
        .dump(-1, ' ', false, Json::error_handler_t::replace);
  } catch (const Json::exception& problem) {
    throw std::runtime_error(std::string("the results are not those of this scenario: ") +
                             problem.what());
  }
}

}  // namespace onward
