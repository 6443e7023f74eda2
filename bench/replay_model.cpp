// SPDX-License-Identifier: Apache-2.0
#include "bench/replay_model.hpp"

#include <string>

namespace onward::bench {
namespace {

constexpr int nodes = 40;
constexpr double horizon = 365;

std::string office(int n) {
  return "office" + std::to_string(n);
}

nlohmann::json illustrative(double value) {
  return {{"value", value}, {"low", value / 2}, {"high", value * 2}, {"evidence", "illustrative"}};
}

nlohmann::json chance(double value) {
  return {{"value", value}, {"low", value / 2}, {"high", value}, {"evidence", "illustrative"}};
}

const nlohmann::json none = nlohmann::json::object();

nlohmann::json basis() {
  return {{"status", "invented"}, {"citation", "Bench Act, s. 1"}};
}

/// Where somebody goes from office n: two others, or away.
nlohmann::json ways_on(int n) {
  nlohmann::json ways = nlohmann::json::array();
  for (int k = 1; k <= 2; ++k)
    ways.push_back({{"to", office((n * 7 + k * 11) % nodes)},
                    {"chance", chance(0.375)},
                    {"after_days", {{"dist", "exponential"}, {"mean", 20}}}});
  ways.push_back({{"to", "away"}, {"after_days", 1}});
  return ways;
}

nlohmann::json flow(int from, int to, bool asks_desk) {
  return {{"on", {{"receipt", {"identity", "travel"}}}},
          {"from", {{"node", office(from)}}},
          {"to", {{"node", office(to)}}},
          {"action", "disclose"},
          {"data", {"identity", "travel"}},
          {"purpose", asks_desk ? "inquiry" : "work"},
          {"propensity", chance(asks_desk ? 0.13 : 0.45)},
          {"after_days", {{"dist", "exponential"}, {"mean", 5}}}};
}

/// The permit to send for a purpose; some people are left out.
nlohmann::json permit_to_send(const char* purpose) {
  return {{"effect", "permit"},
          {"action", "disclose"},
          {"data", {"identity", "travel"}},
          {"purpose", purpose},
          {"subjects", {{"attribute", "kind"}, {"is", {"a", "b", "c"}}}},
          {"basis", basis()}};
}

}  // namespace

nlohmann::json replay_model(int people, bool desks) {
  nlohmann::json world = {{"nodes", nlohmann::json::object()}, {"flows", nlohmann::json::object()}};
  nlohmann::json states = nlohmann::json::object();
  for (int n = 0; n < nodes; ++n) {
    world["nodes"][office(n)] = {
        {"kind", "authority"},
        {"jurisdiction", "here"},
        {"desks",
         {{"inquiries",
           {{"officers", illustrative(5)},
            {"service_days", {{"mean", illustrative(1)}, {"dist", "exponential"}}}}}}}};
    states[office(n)] = {{"at", office(n)},
                         {"collects", {"identity", "travel"}},
                         {"purpose", "work"},
                         {"next", ways_on(n)}};
    for (int k = 1; k <= 2; ++k) {
      nlohmann::json on_encounter = flow(n, (n + 11 * k + 3) % nodes, k == 2);
      on_encounter["on"] = {{"encounter", {{"node", office(n)}}}};
      world["flows"]["tell" + std::to_string(n) + "-" + std::to_string(k)] = on_encounter;
      world["flows"]["pass" + std::to_string(n) + "-" + std::to_string(k)] =
          flow(n, (n + 7 * k + 1) % nodes, k == 2);
    }
  }
  states["away"] = nlohmann::json::object();
  // People begin everywhere, so that every office has about the same to do.
  nlohmann::json groups = nlohmann::json::object();
  nlohmann::json journeys = nlohmann::json::object();
  for (int g = 0; g < 10; ++g) {
    const std::string name = "round" + std::to_string(g);
    journeys[name] = {{"first", office(4 * g + g % 4)}, {"states", states}};
    groups["people" + std::to_string(g)] = {
        {"people", people / 10},
        {"enter_days", {0, horizon / 2}},
        {"attributes",
         {{"kind",
           {{"a", chance(0.25)}, {"b", chance(0.25)}, {"c", chance(0.25)}, {"d", chance(0.25)}}}}},
        {"journey", name}};
  }
  // Found by trial: at 100,000 people this keeps the median desk 0.9 busy from day 30 to 200
  // and the busiest 0.99.
  const double service = 1.25 * nodes * 5 * 200 / (people * 0.8);
  if (desks)
    for (auto& node : world["nodes"])
      node["desks"]["inquiries"]["service_days"]["mean"] = illustrative(service);
  nlohmann::json rules = {{"keep",
                           {{"effect", "permit"},
                            {"action", {"collect", "retain"}},
                            {"purpose", {"work", "inquiry"}},
                            {"duties", {{"retain_days", 90}}},
                            {"basis", basis()}}},
                          {"share", permit_to_send("work")},
                          {"inquire", permit_to_send("inquiry")}};
  if (desks)
    rules["inquire"]["duties"] = {
        {"authorised_by",
         {{"of", "actor"}, {"desk", "inquiries"}, {"basis", "case"}, {"grants", chance(0.9)}}}};
  return {
      {"onward", 1},
      {"id", "bench"},
      {"title", "Forty offices"},
      {"question", "How fast?"},
      {"headline", {{"harms", {"trouble"}}, {"benefits", nlohmann::json::array()}}},
      {"vocabulary",
       {{"categories", {{"identity", none}, {"travel", none}}},
        {"purposes", {{"work", none}, {"inquiry", none}}},
        {"attributes", {{"kind", {{"values", {"a", "b", "c", "d"}}, {"recorded", "exact"}}}}}}},
      {"world", world},
      {"population", {{"groups", groups}, {"journeys", journeys}}},
      {"policies",
       {{{"id", "law"},
         {"binds", {{"jurisdiction", "here"}}},
         {"strategy", "prohibit"},
         {"rules", rules}}}},
      {"outcomes",
       {{"harms",
         {{"trouble",
           {{"while", {{"node", office(3)}, {"knows", "travel"}}},
            {"hazard", illustrative(0.001)}}}}}}},
      {"experiment",
       {{"start", "2026-07-01"}, {"horizon_days", horizon}, {"replications", 1}, {"seed", 42}}}};
}

}  // namespace onward::bench
