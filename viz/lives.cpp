// SPDX-License-Identifier: Apache-2.0
#include "viz/lives.hpp"

#include <algorithm>

#include "metrics/life_story.hpp"
#include "metrics/summary.hpp"
#include "metrics/traffic.hpp"
#include "sim/engine/in_child.hpp"

namespace onward {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t steps = 24;
constexpr std::uint32_t replication = 0;

/// Too few to be told apart by their number.
bool few(std::uint64_t people) {
  return people < least_people;
}

Json counted(std::uint64_t people) {
  return few(people) && people > 0 ? Json() : Json(people);
}

Json traffic_json(const TrafficBetween& between) {
  std::vector<std::size_t> data;
  for (std::size_t c = 0; c < between.by_category.size(); ++c)
    if (between.by_category[c] > 0) data.push_back(c);
  std::stable_sort(data.begin(), data.end(), [&](std::size_t a, std::size_t b) {
    return between.by_category[a] > between.by_category[b];
  });
  return {{"people", counted(between.people)},
          {"data", data},
          {"steps", few(between.people) ? std::vector<std::uint64_t>{} : between.by_step},
          {"unlawful", between.unlawful}};
}

/// What one policy did: the traffic, and the lives of the cast.
struct Unit {
  Json flows;     ///< [from, to, traffic]
  Json holdings;  ///< [node, category, people]
  std::uint64_t people = 0;
  std::vector<Story> cast;
};

/// In a process of its own, because SimGrid's clock never goes back.
Unit replay_unit(const ReportRequest& request, const Model& model, std::size_t policy) {
  const Scenario& scenario = *request.scenario;
  const std::string text = in_child([&] {
    Replay replay(model, scenario.compiled, request.people);
    Traffic traffic(scenario.vocabulary.categories.size(),
                    scenario.experiment.horizon_days / static_cast<double>(steps), steps);
    Json out = {{"flows", Json::array()}, {"holdings", Json::array()}, {"cast", Json::array()}};
    for (const Story& story : tell_cast(scenario, replay, policy, &traffic))
      out["cast"].push_back(to_json(story));
    for (const auto& [pair, between] : traffic.between())
      out["flows"].push_back({pair.first, pair.second, traffic_json(between)});
    for (const auto& [pair, people] : traffic.holdings())
      out["holdings"].push_back({pair.first, pair.second, counted(people)});
    out["people"] = traffic.people();
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
  });
  const Json out = Json::parse(text);
  Unit unit{out.at("flows"), out.at("holdings"), out.at("people").get<std::uint64_t>(), {}};
  for (const Json& story : out.at("cast")) unit.cast.push_back(story_from(story));
  return unit;
}

/// Rows [a, b, value] of each policy, joined by a and b; `absent` where a policy has none.
Json joined(const std::vector<Unit>& units, const Json Unit::*rows, const char* a, const char* b,
            const Json& absent) {
  std::map<std::pair<std::size_t, std::size_t>, std::vector<Json>> all;
  for (std::size_t u = 0; u < units.size(); ++u)
    for (const Json& row : units[u].*rows) {
      auto& by = all[{row.at(0).get<std::size_t>(), row.at(1).get<std::size_t>()}];
      by.resize(units.size(), absent);
      by[u] = row.at(2);
    }
  Json out = Json::array();
  for (const auto& [key, by] : all) out.push_back({{a, key.first}, {b, key.second}, {"by", by}});
  return out;
}

void put_text(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text;
}

void put_list(Json& json, const char* key, const std::vector<std::string>& list) {
  if (!list.empty()) json[key] = list;
}

Json event_json(const StoryEntry& entry, const Scenario& scenario) {
  Json json = {{"kind", to_string(entry.kind)}, {"day", entry.day}};
  if (!entry.from.empty()) json["from"] = scenario.world.node_names.find(entry.from)->index();
  if (!entry.to.empty()) json["to"] = scenario.world.node_names.find(entry.to)->index();
  put_list(json, "data", entry.data);
  put_text(json, "purpose", entry.purpose);
  put_text(json, "channel", entry.channel);
  put_text(json, "what", entry.what);
  for (const StoryRule& rule : entry.rules)
    json["rules"].push_back(
        {{"id", rule.id}, {"citation", rule.citation}, {"status", rule.status}});
  put_list(json, "duties", entry.duties);
  put_list(json, "reveals", entry.reveals);
  if (entry.until) json["until"] = *entry.until;
  if (entry.view) json["view"] = true;
  if (!entry.lawful) json["unlawful"] = true;
  if (!entry.governed) json["ungoverned"] = true;
  if (entry.falsely) json["falsely"] = true;
  if (entry.absolute) json["absolute"] = true;
  return json;
}

Json parting_json(const Story& first, const Story& other) {
  const auto parting = first_divergence(first, other);
  if (!parting) return {};
  const auto index = [](const std::optional<std::size_t>& at) { return at ? Json(*at) : Json(); };
  return Json::array({index(parting->in_first), index(parting->in_second)});
}

Json story_json(const ReportRequest& request, const std::vector<Unit>& units, std::size_t member) {
  const Scenario& scenario = *request.scenario;
  const CastMember& of = scenario.population.cast[member];
  Json json = {{"name", of.name},
               {"about", of.story},
               {"group", scenario.population.groups[of.group].label},
               {"lives", Json::array()},
               {"partings", Json::array()}};
  for (std::size_t u = 0; u < units.size(); ++u) {
    Json life = Json::array();
    for (const StoryEntry& entry : units[u].cast[member].entries)
      life.push_back(event_json(entry, scenario));
    json["lives"].push_back(std::move(life));
    if (u > 0)
      json["partings"].push_back(parting_json(units[0].cast[member], units[u].cast[member]));
  }
  return json;
}

}  // namespace

Replayed replay_for_report(const ReportRequest& request) {
  const Scenario& scenario = *request.scenario;
  Model model = model_of(scenario);
  model.seed = request.seed;
  std::vector<Unit> units;
  for (const std::size_t policy : request.policies)
    units.push_back(replay_unit(request, model, policy));
  Replayed replayed;
  replayed.map = {{"replication", replication},
                  {"people", units.front().people},
                  {"days_per_step", scenario.experiment.horizon_days / static_cast<double>(steps)},
                  {"steps", steps},
                  {"flows", joined(units, &Unit::flows, "from", "to", Json())},
                  {"holdings", joined(units, &Unit::holdings, "node", "category", Json(0))}};
  replayed.stories = Json::array();
  for (std::size_t member = 0; member < scenario.population.cast.size(); ++member)
    replayed.stories.push_back(story_json(request, units, member));
  return replayed;
}

}  // namespace onward
