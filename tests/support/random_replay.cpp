// SPDX-License-Identifier: Apache-2.0
#include "random_replay.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>

#include "sim/engine/replay.hpp"
#include "sim/scenario/scenario.hpp"
#include "tests/support/dice.hpp"

namespace onward::test_support {
namespace {

using nlohmann::json;
using Names = std::vector<std::string>;

using Random = Dice<std::mt19937_64>;

json claim(double value, double low, double high) {
  return {{"value", value},
          {"low", low},
          {"high", high},
          {"dist", "uniform"},
          {"evidence", "illustrative"}};
}

json chance_of(std::size_t percent) {
  const double value = static_cast<double>(percent) / 100;
  return claim(value, value / 2, (1 + value) / 2);
}

json quantity(double value) {
  return claim(value, value / 2, value * 2);
}

json node_named(const std::string& node) {
  return {{"node", node}};
}

/// A day of the experiment as a date.
std::string date_of(std::size_t day) {
  using std::chrono::days, std::chrono::sys_days, std::chrono::year_month_day;
  const sys_days start = std::chrono::year{2026} / 7 / 1;
  const year_month_day date{start + days{day}};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

const Names statuses = {"arrived", "applicant", "refused", "protected"};
const Names ages = {"adult", "minor"};

/// Writes one scenario, block by block; later blocks name what is in earlier ones.
class Writer {
 public:
  explicit Writer(std::uint32_t number) : random_(number * 2654435761ULL + 17), number_(number) {}

  json write() {
    scenario_ = {{"onward", 1},
                 {"id", "replay-" + std::to_string(number_)},
                 {"title", "A random world with people in it"},
                 {"question", "Do two engines agree?"},
                 {"suite", json::array()}};
    horizon_ = random_.percent(60) ? random_.between(60, 100) : random_.between(60, 200);
    name_nodes();
    write_vocabulary();
    write_nodes();
    write_channels();
    write_flows();
    write_inferences();
    write_journeys();
    write_groups();
    write_links_and_stock();
    write_cast();
    write_law();
    write_patch();
    write_outcomes();
    write_experiment();
    return std::move(scenario_);
  }

 private:
  // ---- Words ----

  /// A name whose place in the order of names is random.
  std::string name(const std::string& word) {
    return std::string(1, static_cast<char>('a' + random_.below(26))) + "_" + word;
  }

  void name_nodes() {
    for (std::size_t i = random_.between(1, 2); i > 0; --i)
      offices_.push_back(name("office" + std::to_string(i)));
    registry_ = name("registry");
    for (std::size_t i = random_.between(1, 2); i > 0; --i)
      outside_.push_back(name("country" + std::to_string(i)));
    const std::size_t least = offices_.size() + outside_.size() < 3 ? 1 : 0;
    const Names extras = {"agency", "ngo", "carrier"};
    for (const std::string& extra : random_.sample(extras, random_.between(least, 3)))
      extras_.push_back(name(extra));
    nodes_ = offices_;
    nodes_.push_back(registry_);
    nodes_.insert(nodes_.end(), outside_.begin(), outside_.end());
    nodes_.insert(nodes_.end(), extras_.begin(), extras_.end());
  }

  void write_vocabulary() {
    const auto map_of = [](const Names& names) {
      json map = json::object();
      for (const std::string& entry : names) map[entry] = json::object();
      return map;
    };
    categories_ = {"identity", "prints", "claim", "health", "route"};
    categories_.resize(random_.between(2, 4));
    told_ = categories_;
    told_.push_back("secret");
    purposes_ = {"border", "asylum", "security"};
    purposes_.resize(random_.between(2, 3));
    facts_ = {"urgent", "moratorium"};
    scenario_["vocabulary"] = {
        {"categories", map_of(told_)},
        {"purposes", map_of(purposes_)},
        {"facts", map_of(facts_)},
        {"actions",
         {{"share", {{"included_in", "disclose"}}},
          {"lookup", {{"included_in", "query"}}},
          {"screen", {{"included_in", "use"}}}}},
    };
    write_attributes();
  }

  void write_attributes() {
    Names origins = outside_;
    if (origins.size() == 1) origins.push_back(extras_.empty() ? offices_[0] : extras_[0]);
    origins_ = origins;
    json& attributes = scenario_["vocabulary"]["attributes"];
    attributes["origin"] = {
        {"nodes", origins}, {"initial", origins[0]}, {"recorded", recorded(origins)}};
    attributes["status"] = {
        {"values", statuses}, {"initial", "arrived"}, {"recorded", recorded(statuses)}};
    with_age_ = random_.percent(60);
    if (with_age_)
      attributes["age"] = {{"values", ages}, {"initial", "adult"}, {"recorded", recorded(ages)}};
  }

  /// Exact, or with errors at some nodes.
  json recorded(const Names& values) {
    if (random_.percent(40)) return "exact";
    json by = json::object();
    for (const std::string& node : random_.sample(nodes_, random_.between(1, 3))) {
      const std::string truth = random_.pick(values);
      const std::string wrong = random_.pick(values);
      if (wrong == truth) continue;
      const std::size_t error = random_.between(10, 50);
      by[node][truth] = {{wrong, chance_of(error)}, {truth, chance_of(100 - error)}};
    }
    if (by.empty()) return "exact";
    return {{"by", by}, {"otherwise", "exact"}};
  }

  // ---- Time ----

  /// Often whole days, so that much happens at the same moment.
  json delay(std::size_t longest) {
    const std::size_t kind = random_.below(100);
    if (kind < 15) return 0;
    return kind < 65 ? json(random_.between(1, longest)) : random_days(longest);
  }

  json positive_delay(std::size_t longest) {
    return random_.percent(60) ? json(random_.between(1, longest)) : random_days(longest);
  }

  json random_days(std::size_t longest) {
    const std::size_t mean = random_.between(1, longest);
    switch (random_.below(5)) {
      case 0: return {{"dist", "exponential"}, {"mean", mean}};
      case 1: return {{"dist", "log-normal"}, {"mean", mean}, {"cv", 0.5}};
      case 2: return {{"dist", "erlang"}, {"mean", mean}, {"shape", random_.between(2, 3)}};
      case 3: return {{"dist", "uniform"}, {"low", 0.5}, {"high", mean + 1}};
      default: return {{"dist", "empirical"}, {"values", {1, mean, mean + 1}}};
    }
  }

  std::string day_up_to(std::size_t percent_of_horizon) {
    return date_of(random_.between(1, horizon_ * percent_of_horizon / 100));
  }

  // ---- World ----

  void write_nodes() {
    json& nodes = scenario_["world"]["nodes"];
    for (const std::string& office : offices_)
      nodes[office] = {{"kind", "authority"}, {"jurisdiction", "EU"}, {"tags", {"office"}}};
    nodes[registry_] = {{"kind", "database"}, {"jurisdiction", "EU"}, {"tags", {"store"}}};
    for (const std::string& country : outside_) {
      nodes[country] = {{"kind", "third_country"}, {"jurisdiction", country}};
      if (random_.percent(80))
        nodes[country]["keeps_undertakings"] = chance_of(random_.between(20, 90));
    }
    for (const std::string& extra : extras_) {
      const bool agency = extra.ends_with("agency");
      const bool carrier = extra.ends_with("carrier");
      nodes[extra] = {{"kind", agency ? "eu_agency" : (carrier ? "carrier" : "civil_society")},
                      {"jurisdiction", carrier ? "abroad" : "EU"}};
    }
    if (random_.percent(75)) write_matching(nodes[registry_]);
    if (random_.percent(20)) write_matching(nodes[outside_[0]]);
    for (json& node : nodes)
      if (random_.percent(35)) node["compliance"] = compliance();
    write_desks(nodes);
  }

  void write_matching(json& node) {
    node["matching"] = {{"finds", chance_of(random_.between(60, 95))},
                        {"false_match", chance_of(random_.between(5, 30))},
                        {"at_gallery", quantity(1000)},
                        {"gallery", quantity(static_cast<double>(random_.between(500, 3000)))}};
    const std::size_t share = random_.between(20, 80);
    node["profile"]["status"] = {{"refused", chance_of(share)},
                                 {"applicant", chance_of(100 - share)}};
    if (random_.percent(50))
      node["profile"]["origin"] = {{origins_[0], chance_of(share)},
                                   {origins_[1], chance_of(100 - share)}};
  }

  json compliance() {
    json kept = json::object();
    const Names kinds = {"disclosure", "retention", "use", "duties", "logging"};
    for (const std::string& kind : random_.some(kinds))
      kept[kind] = chance_of(random_.between(50, 98));
    if (random_.percent(40)) kept["use"] = chance_of(random_.between(20, 70));
    return kept;
  }

  void write_desks(json& nodes) {
    for (const std::string& office : offices_) nodes[office]["desks"]["legal"] = desk();
    nodes[registry_]["desks"]["check"] = desk();
    if (random_.percent(60)) {
      panel_ = extras_.empty() ? offices_[0] : random_.pick(extras_);
      nodes[panel_]["desks"]["panel"] = desk();
    }
  }

  json desk() {
    json service = {{"mean", quantity(1)}};
    switch (random_.below(5)) {
      case 0: service["dist"] = "exponential"; break;
      case 1:
        service["dist"] = "erlang";
        service["shape"] = random_.between(2, 4);
        break;
      case 2:
        service["dist"] = "log-normal";
        service["cv"] = 1.2;
        break;
      default: break;
    }
    json desk = {{"officers", quantity(static_cast<double>(random_.between(1, 3)))},
                 {"service_days", service}};
    if (random_.percent(70)) desk["misses"] = chance_of(random_.between(5, 40));
    if (random_.percent(70)) desk["accepts_false"] = chance_of(random_.between(20, 80));
    return desk;
  }

  void write_channels() {
    json& channels = scenario_["world"]["channels"];
    channels = json::object();
    if (random_.percent(65))
      channels["post"] = channel({{"not", {{"kind", "third_country"}}}},
                                 {{"kind", "third_country"}}, {"letter", "liaison", "meeting"});
    if (random_.percent(65))
      channels["line"] =
          channel({{"tag", "office"}}, {{"kind", "database"}}, {"query", "push", "telephone"});
  }

  json channel(const json& from, const json& to, const Names& modes) {
    json made = {{"from", from}, {"to", to}, {"mode", random_.pick(modes)}};
    made["latency_days"] = random_.percent(60)
                               ? json(random_.between(0, 3))
                               : json({{"dist", "exponential"}, {"mean", random_.between(1, 4)}});
    if (random_.percent(40)) made["logged"] = random_.percent(30);
    if (random_.percent(30)) made["recallable"] = random_.percent(30);
    if (random_.percent(60)) made["loss"] = chance_of(random_.between(5, 30));
    if (random_.percent(60)) made["interception"] = chance_of(random_.between(5, 40));
    return made;
  }

  json office() {
    return random_.percent(60) ? json({{"tag", "office"}}) : node_named(random_.pick(offices_));
  }

  json registry() {
    return random_.percent(60) ? node_named(registry_) : json({{"kind", "database"}});
  }

  /// Nodes that no rule binds, mostly.
  json outsider() {
    const std::size_t kind = random_.below(4);
    if (kind == 0) return {{"kind", "third_country"}};
    return node_named(kind < 3 ? "subject.origin" : random_.pick(outside_));
  }

  /// Somebody who is not named in the usual run of things.
  json third_party() {
    if (!extras_.empty() && random_.percent(50)) return node_named(random_.pick(extras_));
    return random_.percent(50) ? outsider() : office();
  }

  json anybody() {
    const std::size_t kind = random_.below(4);
    if (kind == 0) return office();
    if (kind == 1) return registry();
    return kind == 2 ? outsider() : json({{"not", node_named(random_.pick(nodes_))}});
  }

  std::string action(const std::string& root) {
    static const std::map<std::string, std::string> special = {
        {"disclose", "share"}, {"query", "lookup"}, {"use", "screen"}};
    if (root == "use" && random_.percent(40)) return "match";
    return random_.percent(25) ? special.at(root) : root;
  }

  Names data() {
    return random_.sample(categories_,
                          random_.between(1, std::min<std::size_t>(2, categories_.size())));
  }

  json encounter() { return {{"encounter", office()}}; }

  json status_change() { return {{"status", random_.sample(statuses, random_.between(1, 2))}}; }

  json receipt() {
    Names received = data();
    if (random_.percent(30)) received.push_back(random_.percent(60) ? "hit" : "no_hit");
    return {{"receipt", received}};
  }

  /// Something that sets off an act without anybody's doing.
  json calendar() {
    if (random_.percent(60)) return {{"periodic", random_.between(9, 40)}};
    return {{"rule_start", random_.some({"start", "open"})}};
  }

  json own_trigger() {
    const std::size_t kind = random_.below(5);
    if (kind < 2) return encounter();
    return kind < 4 ? status_change() : calendar();
  }

  // Why a struct: its members are made in their order, function arguments in any.
  struct Ends {
    json on;
    json from;
    json to;
  };

  json act(const Ends& ends, const std::string& root) {
    json flow = {{"on", ends.on},
                 {"from", ends.from},
                 {"action", action(root)},
                 {"data", data()},
                 {"purpose", random_.pick(purposes_)}};
    if (root != "use") flow["to"] = ends.to;
    if (root == "query") {
      flow["keys"] = random_.sample(categories_, random_.between(1, 2));
      if (random_.percent(20)) flow["blind"] = true;
    }
    return flow;
  }

  json disclosure(const Ends& ends) { return act(ends, "disclose"); }

  json query(const Ends& ends) { return act(ends, "query"); }

  json use(const json& on, const json& from) { return act({on, from, {}}, "use"); }

  /// What every world has: data collected at an office go to the registry, which is searched.
  json filing() {
    const json offices = {{"tag", "office"}};
    return with_via(disclosure({{{"encounter", offices}}, offices, registry()}), "line");
  }

  json search() {
    const json on = random_.percent(60) ? encounter() : own_trigger();
    return with_via(query({on, registry(), office()}), "line");
  }

  json letter() { return with_via(disclosure({own_trigger(), office(), outsider()}), "post"); }

  json alarm() {
    const json on = {{"hit", random_.percent(70) ? registry() : anybody()}};
    if (random_.percent(30)) return use(on, office());
    json flow = disclosure({on, office(), third_party()});
    if (random_.percent(30)) flow["data"].push_back("hit");
    return flow;
  }

  json passing_on() {
    const std::size_t kind = random_.below(6);
    const json on = receipt();
    if (kind == 0) return use(on, anybody());
    if (kind == 1) return disclosure({on, outsider(), third_party()});
    if (kind > 3) return disclosure({on, registry(), third_party()});
    if (kind == 2) return disclosure({on, anybody(), anybody()});
    return with_via(disclosure({on, registry(), outsider()}), "post");
  }

  json noticing() {
    const json on = {{"request", random_.percent(85) ? registry() : anybody()}};
    if (random_.percent(25)) return use(on, registry());
    return disclosure({on, registry(), third_party()});
  }

  json sweep() {
    const json on = {{"periodic", random_.between(9, 40)}};
    const std::size_t kind = random_.below(3);
    if (kind == 0) return use(on, anybody());
    if (kind == 1) return with_via(query({on, registry(), office()}), "line");
    return with_via(disclosure({on, registry(), outsider()}), "post");
  }

  json opening() {
    const json on = {{"rule_start", random_.some({"start", "open"})}};
    const std::size_t kind = random_.below(3);
    if (kind == 0) return use(on, registry());
    if (kind == 1) return disclosure({on, anybody(), third_party()});
    return query({on, registry(), office()});
  }

  /// A question put to somebody whom no rule binds.
  json asking_abroad() { return with_via(query({own_trigger(), outsider(), office()}), "post"); }

  /// A question by somebody whom no rule binds.
  json asked_from_abroad() {
    const json on = random_.percent(50) ? receipt() : own_trigger();
    return with_via(query({on, registry(), outsider()}), "post");
  }

  json using_it() {
    const json on = own_trigger();
    return use(on, anybody());
  }

  json with_via(json flow, const std::string& channel) {
    if (scenario_["world"]["channels"].contains(channel) && random_.percent(70))
      flow["via"] = channel;
    return flow;
  }

  void write_flows() {
    using Make = json (Writer::*)();
    std::vector<std::pair<const char*, Make>> kinds = {{"letter", &Writer::letter},
                                                       {"alarm", &Writer::alarm},
                                                       {"passing_on", &Writer::passing_on},
                                                       {"noticing", &Writer::noticing},
                                                       {"second_alarm", &Writer::alarm},
                                                       {"passing_again", &Writer::passing_on},
                                                       {"noting", &Writer::noticing},
                                                       {"sweep", &Writer::sweep},
                                                       {"opening", &Writer::opening},
                                                       {"abroad", &Writer::asking_abroad},
                                                       {"foreign", &Writer::asked_from_abroad},
                                                       {"using", &Writer::using_it},
                                                       {"second_letter", &Writer::letter}};
    json& flows = scenario_["world"]["flows"];
    json filed = filing();
    if (random_.percent(60)) filed["after_days"] = delay(3);
    flows[name("filing")] = filed;
    flows[name("search")] = finished(search());
    for (std::size_t left = random_.between(2, 8); left > 0; --left) {
      const auto at = static_cast<std::ptrdiff_t>(random_.below(kinds.size()));
      const auto [word, make] = kinds[static_cast<std::size_t>(at)];
      kinds.erase(kinds.begin() + at);
      flows[name(word)] = finished((this->*make)());
    }
  }

  json finished(json flow) {
    if (random_.percent(65)) flow["after_days"] = delay(6);
    if (random_.percent(30)) flow["propensity"] = chance_of(random_.between(50, 95));
    if (random_.percent(25)) flow["subjects"] = subjects();
    for (const std::string& fact : facts_)
      if (random_.percent(40)) flow["asserts"][fact] = chance_of(random_.between(20, 80));
    return flow;
  }

  json subjects() {
    json by = {{"attribute", "status"}, {"is", random_.sample(statuses, random_.between(1, 3))}};
    if (with_age_ && random_.percent(30)) by = {{"attribute", "age"}, {"is", random_.pick(ages)}};
    if (random_.percent(20)) by = {{"attribute", "origin"}, {"is", random_.pick(origins_)}};
    return random_.percent(20) ? json({{"not", by}}) : by;
  }

  void write_inferences() {
    json& inferences = scenario_["world"]["inferences"];
    inferences = json::object();
    // Each reveals the next one, so that they chain; the last of all is the secret.
    for (std::size_t i = random_.between(1, categories_.size()); i > 0; --i)
      inferences[name("infers" + std::to_string(i))] =
          inference(categories_[i - 1], i == 1 ? "secret" : categories_[i - 2]);
    if (random_.percent(50)) inferences[name("tells")] = inference(random_.pick(told_), "secret");
    if (random_.percent(30))
      inferences[name("answers")] = inference(random_.percent(50) ? "hit" : "no_hit", "secret");
  }

  json inference(const std::string& holding, const std::string& reveals) {
    json made = {{"holding", holding == reveals ? "hit" : holding}, {"reveals", reveals}};
    if (random_.percent(30)) made["received_from"] = anybody();
    if (random_.percent(30)) made["provenance"] = anybody();
    if (random_.percent(50)) made["chance"] = chance_of(random_.between(30, 90));
    return made;
  }

  // ---- People ----

  void write_journeys() {
    json& journeys = scenario_["population"]["journeys"];
    for (std::size_t j = random_.between(1, 2); j > 0; --j)
      journeys[name("journey" + std::to_string(j))] = journey();
  }

  json journey() {
    const std::size_t count = random_.between(2, 6);
    most_states_ = std::max(most_states_, count);
    fewest_states_ = std::min(fewest_states_, count);
    json states = json::object();
    for (std::size_t s = 0; s < count; ++s) states["s" + std::to_string(s)] = state(s, count);
    return {{"first", "s0"}, {"states", states}};
  }

  json state(std::size_t s, std::size_t count) {
    json state = json::object();
    if (s == 0 || random_.percent(85)) {
      state["at"] = place(s);
      if (s == 0 || random_.percent(75)) {
        state["collects"] = s == 0 ? categories_ : random_.some(categories_);
        state["purpose"] = random_.pick(purposes_);
      }
    }
    if (random_.percent(65)) state["set"]["status"] = random_.pick(statuses);
    if (with_age_ && random_.percent(15)) state["set"]["age"] = random_.pick(ages);
    if (random_.percent(10)) state["set"]["origin"] = random_.pick(origins_);
    const json next = ways_on(s, count);
    if (!next.empty()) state["next"] = next;
    return state;
  }

  std::string place(std::size_t s) {
    if (s == 0 || random_.percent(60)) return random_.pick(offices_);
    if (!extras_.empty() && random_.percent(40)) return random_.pick(extras_);
    return random_.percent(50) ? "subject.origin" : random_.pick(nodes_);
  }

  /// Forward at any pace, back only after some time, so that nobody moves for ever in a moment.
  json ways_on(std::size_t s, std::size_t count) {
    json ways = json::array();
    const auto add = [&](std::size_t to, const json& after) {
      ways.push_back({{"to", "s" + std::to_string(to)}, {"after_days", after}});
    };
    if (s + 1 < count) add(s + 1, delay(14));
    if (s + 2 < count && random_.percent(35)) add(s + 2, delay(14));
    if (random_.percent(s + 1 < count ? 30 : 60)) {
      const std::size_t back = random_.below(s + 1);
      add(back, positive_delay(21));
    }
    if (ways.size() < 2) return ways;
    for (std::size_t w = 0; w + 1 < ways.size(); ++w)
      ways[w]["chance"] = chance_of(random_.between(25, 45));
    return ways;
  }

  void write_groups() {
    json& groups = scenario_["population"]["groups"];
    Names journeys;
    for (const auto& [id, journey] : scenario_["population"]["journeys"].items())
      journeys.push_back(id);
    for (std::size_t g = random_.between(2, 4); g > 0; --g) {
      const std::string id = name("group" + std::to_string(g));
      groups_.push_back(id);
      groups[id] = group(random_.pick(journeys));
    }
  }

  json group(const std::string& journey) {
    const std::size_t most = random_.pick(std::vector<std::size_t>{12, 20, 20, 40, 60});
    const std::size_t people = random_.between(5, most);
    json group = {{"people", people}, {"journey", journey}};
    if (random_.percent(35)) group["arrivals"] = "poisson";
    if (random_.percent(35))
      group["size"] = quantity(static_cast<double>(people * random_.between(1, 4)));
    const std::size_t entry = random_.below(3);
    if (entry == 0) group["enter_day"] = random_.percent(60) ? 0 : random_.between(0, horizon_ / 3);
    if (entry == 1)
      group["enter_days"] = {random_.between(0, 10), random_.between(10, horizon_ - 10)};
    const std::size_t share = random_.between(20, 80);
    group["attributes"]["origin"] = {{origins_[0], chance_of(share)},
                                     {origins_[1], chance_of(100 - share)}};
    if (random_.percent(40)) group["attributes"]["status"] = random_.pick(statuses);
    if (with_age_)
      group["attributes"]["age"] = {{"adult", chance_of(share)}, {"minor", chance_of(100 - share)}};
    return group;
  }

  void write_links_and_stock() {
    json& population = scenario_["population"];
    population["links"] = json::object();
    for (std::size_t l = random_.percent(25) ? 0 : random_.between(1, 2); l > 0; --l) {
      const std::string id = name("link" + std::to_string(l));
      links_.push_back(id);
      population["links"][id] = {{"of", random_.pick(groups_)}, {"with", random_.pick(groups_)}};
      if (random_.percent(85))
        population["links"][id]["chance"] = chance_of(random_.between(10, 60));
    }
    population["stock"] = json::object();
    for (std::size_t s = random_.between(0, 3); s > 0; --s) {
      json stock = {{"group", random_.pick(groups_)},
                    {"node", random_.percent(50) ? registry_ : random_.pick(nodes_)},
                    {"data", random_.some(categories_)},
                    {"purpose", random_.pick(purposes_)},
                    {"collected_days_ago", delay(20)}};
      if (random_.percent(60)) stock["chance"] = chance_of(random_.between(20, 80));
      population["stock"][name("stock" + std::to_string(s))] = stock;
    }
  }

  void write_cast() {
    if (random_.percent(40)) return;
    const Names names = {"Ilvane", "Tamirelle", "Corvanne", "Zorivane"};
    for (const std::string& member : random_.sample(names, random_.between(1, 2))) {
      const std::string group = random_.pick(groups_);
      json role = {{"group", group}, {"story", "Walks through."}};
      if (random_.percent(50)) role["enter_day"] = random_.between(0, horizon_ / 2);
      if (random_.percent(40)) role["attributes"]["origin"] = random_.pick(origins_);
      const json& population = scenario_["population"];
      const json& first =
          population["journeys"][population["groups"][group]["journey"].get<std::string>()]
                    ["states"]["s0"];
      if (first.contains("next") && random_.percent(60))
        role["choices"]["s0"] = first["next"].back()["to"];
      scenario_["cast"][member] = role;
    }
  }

  // ---- Policies ----

  void write_law() {
    json law = {{"id", "law"},
                {"strategy", random_.pick(Names{"prohibit", "prohibit", "perm", "invalid"})},
                {"binds", random_.percent(70) ? json({{"jurisdiction", "EU"}})
                                              : json({{"not", {{"kind", "third_country"}}}})}};
    json& rules = law["rules"];
    write_collection(rules);
    const json flows = scenario_["world"]["flows"];
    for (const auto& [id, flow] : flows.items()) {
      if (id.ends_with("filing") && random_.percent(70)) continue;
      if (random_.percent(flow.contains("to") ? 88 : 50))
        rules[name("may_" + id)] = permit_for(flow, true);
      if (random_.percent(35)) rules[name("may_too_" + id)] = permit_for(flow, false);
    }
    write_permit_of_filing(rules, flows);
    // What flows may wait for: one rule from a day on, one from the beginning.
    rules["start"] = permit_for(flows.front(), false);
    rules["start"]["in_force"] = {{"from", day_up_to(60)}};
    rules["start"]["duties"].erase("sunset");
    rules["open"] = permit_for(flows.back(), false);
    rules["open"].erase("in_force");
    for (std::size_t p = random_.between(0, 3); p > 0; --p) {
      prohibitions_.push_back(name("never" + std::to_string(p)));
      rules[prohibitions_.back()] = prohibition(flows);
    }
    for (std::size_t r = random_.between(0, 2); r > 0; --r) {
      requirements_.push_back(name("must" + std::to_string(r)));
      rules[requirements_.back()] = requirement(flows);
    }
    derogate(rules);
    scenario_["policies"] = json::array({law});
  }

  json basis() { return {{"status", "invented"}, {"citation", "Random Act"}}; }

  /// A desk for what happens most often.
  void write_permit_of_filing(json& rules, const json& flows) {
    for (const auto& [id, flow] : flows.items()) {
      if (!id.ends_with("filing")) continue;
      json permit = permit_for(flow, true);
      for (const char* key : {"when", "in_force", "purpose"}) permit.erase(key);
      for (const char* key : {"redact", "suspended_when", "log"}) permit["duties"].erase(key);
      permit["data"] = flow["data"];
      permit["duties"]["authorised_by"] = authorisation();
      rules["files"] = permit;
    }
  }

  /// Who may collect and keep what; kept for some days, so that much ends within the horizon.
  void write_collection(json& rules) {
    const auto rule = [&](const Names& actions, const Names& data) {
      return json{{"effect", "permit"}, {"action", actions}, {"data", data}, {"basis", basis()}};
    };
    rules["collects"] = rule({"collect"}, categories_);
    json keeps = rule({"retain"}, categories_);
    if (random_.percent(85)) keeps["duties"]["retain_days"] = random_.between(3, 45);
    if (random_.percent(25)) keeps["in_force"] = {{"until", day_up_to(90)}};
    rules["keeps"] = keeps;
    if (random_.percent(50)) {
      json longer = rule({"retain"}, data());
      longer["duties"]["retain_days"] = random_.between(20, 90);
      longer["to"] = random_.percent(50) ? office() : registry();
      if (random_.percent(50)) longer["from"] = anybody();
      if (random_.percent(40)) longer["subjects"] = subjects();
      rules[name("keeps_longer")] = longer;
    }
  }

  /// A permit for what a flow does, with duties.
  json permit_for(const json& flow, bool whole) {
    json rule = {{"effect", "permit"}, {"action", flow["action"]}, {"basis", basis()}};
    if (random_.percent(85)) rule["data"] = whole ? flow["data"] : json(data());
    if (random_.percent(60)) rule["from"] = flow["from"];
    if (flow.contains("to") && random_.percent(60)) rule["to"] = flow["to"];
    if (random_.percent(40)) rule["purpose"] = flow["purpose"];
    if (!whole && random_.percent(40)) rule["subjects"] = subjects();
    if (!whole && random_.percent(25)) rule["when"][random_.pick(facts_)] = random_.percent(50);
    if (!whole && random_.percent(20)) rule["data_from"] = anybody_named();
    if (random_.percent(whole ? 15 : 40)) put_in_force(rule);
    rule["duties"] = duties(rule);
    return rule;
  }

  /// Like anybody, but never only a `not`, which `data_from` refuses.
  json anybody_named() { return random_.percent(50) ? office() : node_named(random_.pick(nodes_)); }

  void put_in_force(json& rule) {
    const std::size_t first = random_.between(0, horizon_ / 2);
    if (random_.percent(60)) rule["in_force"]["from"] = date_of(first);
    if (random_.percent(50) || !rule.contains("in_force"))
      rule["in_force"]["until"] = date_of(first + random_.between(5, horizon_ / 2));
  }

  json duties(const json& rule) {
    json duties = json::object();
    const std::string act = rule["action"].is_string() ? rule["action"].get<std::string>() : "";
    const bool query = act == "query" || act == "lookup";
    const bool stays = act == "use" || act == "screen" || act == "match";
    if (random_.percent(40)) duties["authorised_by"] = authorisation();
    if (!stays && random_.percent(12)) duties["consent_of_origin"] = consent();
    if (random_.percent(15)) duties["guardian"] = granted(any_desk());
    if (random_.percent(query ? 40 : 10)) duties["human_verification"] = verifier(rule);
    if (query && random_.percent(20)) duties["hit_only"] = true;
    if (!stays) add_terms_of_transfer(duties);
    if (random_.percent(15)) duties["notify"] = {{"time_to_object_days", random_.between(0, 6)}};
    if (random_.percent(15)) duties["log"] = true;
    if (random_.percent(10)) duties["redact"] = random_.pick(categories_);
    if (random_.percent(8)) duties["sunset"] = date_of(horizon_ - random_.between(1, 20));
    if (random_.percent(10)) duties["suspended_when"][random_.pick(facts_)] = true;
    return duties;
  }

  void add_terms_of_transfer(json& duties) {
    if (random_.percent(40)) duties["retain_days"] = random_.between(1, 30);
    if (random_.percent(6)) duties["pseudonymise"] = true;
    if (random_.percent(6)) duties["aggregate_only"] = true;
    if (random_.percent(12)) duties["no_onward"] = true;
    if (random_.percent(15)) duties["purpose_only"] = true;
    if (random_.percent(25)) duties["recall"] = true;
  }

  json reference(const std::string& owner, const std::string& desk) {
    return {{"of", owner}, {"desk", desk}};
  }

  json any_desk() {
    if (!panel_.empty() && random_.percent(35)) return reference(panel_, "panel");
    if (random_.percent(30)) return reference(registry_, "check");
    return reference(random_.percent(25) ? "actor" : random_.pick(offices_), "legal");
  }

  json consent() {
    return granted(random_.percent(80) ? reference("origin", "legal") : any_desk());
  }

  /// At the registry, or at whatever office the rule names as one of its ends.
  json verifier(const json& rule) {
    const json offices = {{"tag", "office"}};
    for (const char* end : {"from", "to"})
      if (rule.value(end, json()) == offices && random_.percent(50)) return reference(end, "legal");
    return reference(registry_, "check");
  }

  json granted(json desk) {
    if (random_.percent(70)) desk["grants"] = chance_of(random_.between(40, 95));
    return desk;
  }

  json authorisation() {
    json duty = any_desk();
    if (random_.percent(8)) duty["basis"] = "general";
    if (random_.percent(30)) {
      duty["grants_by"] = {{"attribute", "status"}, {"chances", json::object()}};
      for (const std::string& status : random_.some(statuses))
        duty["grants_by"]["chances"][status] = chance_of(random_.between(20, 95));
    } else {
      duty = granted(duty);
    }
    if (random_.percent(40)) duty["expires_days"] = random_.between(0, 4);
    if (random_.percent(20)) duty["bypass"] = chance_of(random_.between(10, 50));
    if (random_.percent(35))
      duty["ex_post"] = {{"when", {{random_.pick(facts_), random_.percent(70)}}},
                         {"within_days", random_.between(0, 10)}};
    return duty;
  }

  json prohibition(const json& flows) {
    const json& flow = random_flow(flows);
    json rule = {{"effect", "prohibit"}, {"action", flow["action"]}, {"basis", basis()}};
    if (random_.percent(50)) rule["action"] = "disclose";
    rule["data"] = random_.pick(told_);
    if (random_.percent(60))
      rule["to"] = random_.percent(50) ? outsider() : flow.value("to", office());
    if (random_.percent(60)) rule["subjects"] = subjects();
    if (random_.percent(25)) rule["when"][random_.pick(facts_)] = true;
    if (random_.percent(20)) rule["data_from"] = anybody_named();
    if (rule["data"] == "secret" || random_.percent(40)) rule["inferred"] = true;
    if (random_.percent(30)) put_in_force(rule);
    return rule;
  }

  json requirement(const json& flows) {
    const json& flow = random_flow(flows);
    json rule = {{"effect", "require"}, {"action", flow["action"]}, {"basis", basis()}};
    if (random_.percent(60)) rule["data"] = data();
    if (random_.percent(40)) rule["subjects"] = subjects();
    if (random_.percent(40)) put_in_force(rule);
    rule["duties"] = duties(rule);
    // Why not a sunset: it would end every permit that the requirement touches.
    rule["duties"].erase("sunset");
    if (rule["duties"].empty()) rule["duties"]["log"] = true;
    return rule;
  }

  const json& random_flow(const json& flows) {
    auto at = flows.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(random_.below(flows.size())));
    return *at;
  }

  void derogate(json& rules) {
    if (prohibitions_.empty()) return;
    for (auto& [id, rule] : rules.items())
      if (rule["effect"] == "permit" && random_.percent(25))
        rule["derogates_from"] = random_.some(prohibitions_);
  }

  void write_patch() {
    if (random_.percent(30)) return;
    json patch = json::array();
    const json flows = scenario_["world"]["flows"];
    if (!prohibitions_.empty() && random_.percent(50))
      patch.push_back({{"withdraw", random_.pick(prohibitions_)}});
    if (!requirements_.empty() && random_.percent(50))
      patch.push_back(
          {{"amend", random_.pick(requirements_)}, {"set", {{"/duties/retain_days", 7}}}});
    if (random_.percent(60))
      patch.push_back({{"amend", "keeps"}, {"set", {{"/duties", {{"retain_days", 12}}}}}});
    if (random_.percent(50)) patch.push_back({{"add", "new_must"}, {"rule", requirement(flows)}});
    if (random_.percent(50) || patch.empty())
      patch.push_back({{"add", "new_never"}, {"rule", prohibition(flows)}});
    scenario_["policies"].push_back({{"id", "bill"}, {"extends", "law"}, {"patch", patch}});
  }

  // ---- Outcomes ----

  void write_outcomes() {
    for (std::size_t h = random_.between(1, 3); h > 0; --h)
      harms_.push_back(name("harm" + std::to_string(h)));
    json harms = json::object();
    for (const std::string& id : harms_) harms[id] = harm();
    json benefits = json::object();
    for (std::size_t b = random_.between(1, 3); b > 0; --b) {
      json benefit = {{"when", random_.percent(60) ? receives() : condition(1)},
                      {"count", random_.percent(50) ? "once a person" : "each time"},
                      {"serves", "authority"}};
      if (random_.percent(30)) benefit["who"] = subjects();
      benefits[name("benefit" + std::to_string(b))] = benefit;
    }
    scenario_["outcomes"] = {{"harms", harms}, {"benefits", benefits}};
    scenario_["headline"] = {{"harms", harms_}, {"benefits", json::array()}};
  }

  json rate() { return quantity(static_cast<double>(random_.between(5, 60)) / 1000); }

  json harm() {
    json harm = json::object();
    if (random_.percent(40)) harm["background"] = quantity(0.003);
    for (std::size_t r = random_.between(1, 3); r > 0; --r) {
      if (random_.percent(65))
        harm["raised"].push_back({{"while", condition(1)}, {"hazard", rate()}});
      else
        harm["raised"].push_back({{"at", random_.percent(70) ? receives() : condition(1)},
                                  {"chance", chance_of(random_.between(5, 40))}});
    }
    if (random_.percent(40))
      harm["lowered"].push_back(
          {{"while", condition(1)}, {"factor", chance_of(10 * random_.below(10))}});
    if (random_.percent(30)) harm["who"] = subjects();
    if (random_.percent(65)) {
      harm["then"] = {{"end", true}};
      if (random_.percent(50))
        harm["then"] = {{"go", "s" + std::to_string(random_.below(fewest_states_))}};
    }
    return harm;
  }

  json at_node(const std::string& what) {
    json condition = anybody_by_property();
    const bool inferred = (what == "knows" || what == "believes") && random_.percent(60);
    condition[what] = inferred ? Names{"secret"} : data();
    if (random_.percent(20)) condition["received_from"] = anybody();
    if (random_.percent(20)) condition["purpose"] = random_.pick(purposes_);
    return condition;
  }

  /// A condition has no `not` of its own to select by.
  json anybody_by_property() {
    const std::size_t kind = random_.below(4);
    if (kind == 0) return office();
    if (kind == 1) return registry();
    return kind == 2 ? outsider() : node_named(random_.pick(nodes_));
  }

  json receives() {
    json condition = at_node("receives");
    if (random_.percent(25)) condition["receives"].push_back("hit");
    return condition;
  }

  json condition(std::size_t depth) {
    if (depth > 0 && random_.percent(35)) {
      const std::size_t kind = random_.below(3);
      if (kind == 0) return {{"not", condition(depth - 1)}};
      return {{kind == 1 ? "all" : "any", {condition(depth - 1), condition(depth - 1)}}};
    }
    switch (random_.below(10)) {
      case 0: return at_node("holds");
      case 1: return at_node("believes");
      case 2: return {{"in_state", "s" + std::to_string(random_.below(most_states_))}};
      case 3: return {{"happened", random_.pick(harms_)}};
      case 4:
      case 9:
        if (!links_.empty())
          return {{"tied_by", random_.pick(links_)},
                  {"to_whom", random_.percent(50) ? at_node("knows") : receives()}};
        return at_node("knows");
      case 5: return {{"attribute", "status"}, {"is", random_.sample(statuses, 2)}};
      case 6: return receives();
      default: return at_node("knows");
    }
  }

  void write_experiment() {
    scenario_["experiment"] = {{"start", date_of(0)},
                               {"horizon_days", horizon_},
                               {"replications", 2},
                               {"seed", random_.below(1000)}};
    // Why: what is passed on at every receipt spreads like a rumour.
    const json& flows = scenario_["world"]["flows"];
    const bool spreads = std::any_of(flows.begin(), flows.end(), [](const json& flow) {
      return flow["on"].contains("receipt");
    });
    if (random_.percent(spreads ? 90 : 30))
      scenario_["experiment"]["hop_limit"] = random_.between(1, 3);
  }

  Random random_;
  std::uint32_t number_;
  json scenario_;
  std::size_t horizon_ = 0;
  Names offices_;
  std::string registry_;
  Names outside_;  ///< Third countries.
  Names extras_;
  Names nodes_;
  std::string panel_;  ///< The node with the desk `panel`, if there is one.
  Names categories_;
  Names told_;  ///< And one that nobody collects: it is inferred.
  Names purposes_;
  Names facts_;
  Names origins_;
  bool with_age_ = false;
  std::size_t most_states_ = 0;
  std::size_t fewest_states_ = 6;
  Names groups_;
  Names links_;
  Names prohibitions_;
  Names requirements_;
  Names harms_;
};

// ---- Busy desks ----

constexpr double least_busy = 0.7;
constexpr double most_busy = 0.98;

/// What came to one desk.
struct Traffic {
  std::size_t cases = 0;  ///< That load it.
  double first = 0;       ///< When the first was posted.
};

/// Counts the cases that load each desk.
class CaseCounter : public LifeObserver {
 public:
  explicit CaseCounter(std::size_t desks) : traffic(desks) {}

  void lived(const Life& life) override {
    for (const Person& person : life.members)
      for (const CaseRecord& record : person.cases) count(record, person.cast < 0);
  }

  std::vector<Traffic> traffic;
  std::size_t cases = 0;

 private:
  void count(const CaseRecord& record, bool real) {
    if (real) ++cases;
    if (!record.loads) return;
    Traffic& at = traffic[record.desk];
    at.first = at.cases == 0 ? record.posted : std::min(at.first, record.posted);
    ++at.cases;
  }
};

/// One desk's load in a unit.
struct DeskLoad {
  std::string node;
  std::string desk;
  double utilisation = 0;
};

struct Measured {
  std::vector<DeskLoad> desks;  ///< Those that got cases, in the order of the plan.
  std::size_t cases = 0;
};

Measured measure(const json& document) {
  const LoadResult loaded = load_scenario_text(document.dump(), "random");
  if (!loaded.scenario) throw std::logic_error(to_string(loaded.diagnostics.at(0)));
  const Scenario& scenario = *loaded.scenario;
  Replay replay(model_of(scenario), scenario.compiled);
  const Plan& plan = replay.plan(0);
  CaseCounter counter(plan.desks.size());
  ReplayOptions options;
  options.observer = &counter;
  (void)replay.run(0, 0, options);
  Measured measured;
  measured.cases = counter.cases;
  for (std::size_t d = 0; d < plan.desks.size(); ++d) {
    const Traffic& traffic = counter.traffic[d];
    const double days = scenario.experiment.horizon_days - traffic.first;
    if (traffic.cases == 0 || days <= 0) continue;
    const double work = static_cast<double>(traffic.cases) * replay.staffing().service[d].mean;
    measured.desks.push_back({scenario.world.node_names.name(plan.desks[d].node),
                              plan.desks[d].desk->id,
                              work / (replay.staffing().officers[d] * days)});
  }
  return measured;
}

/// Fixed service in the coarsest steps that still keep the desk within bounds, so that it ends
/// at the same moments as other things.
double rounded(double mean, double utilisation) {
  for (const double step : {1.0, 0.5, 0.25, 0.125}) {
    const double whole = std::max(step, std::round(mean / step) * step);
    const double then = utilisation * whole / mean;
    if (then > least_busy + 0.03 && then < most_busy - 0.03) return whole;
  }
  return mean;
}

/// Gives a desk the service at which it would be as busy as wanted.
void adjust(json& document, const DeskLoad& load, double wanted) {
  json& service = document["world"]["nodes"][load.node]["desks"][load.desk]["service_days"];
  double mean = service["mean"]["value"].get<double>() * wanted / load.utilisation;
  if (!service.contains("dist")) mean = rounded(mean, wanted);
  service["mean"] = quantity(mean);
}

bool within_bounds(const DeskLoad& load) {
  return load.utilisation >= least_busy && load.utilisation <= most_busy;
}

}  // namespace

json uncalibrated_replay_scenario(std::uint32_t number) {
  return Writer(number).write();
}

Calibrated calibrated_replay_scenario(std::uint32_t number) {
  constexpr int most_rounds = 8;
  Calibrated calibrated;
  calibrated.scenario = uncalibrated_replay_scenario(number);
  Random random(number);
  std::map<std::string, double> wanted;
  Measured measured = measure(calibrated.scenario);
  for (int round = 0; round < most_rounds; ++round) {
    if (std::all_of(measured.desks.begin(), measured.desks.end(), within_bounds)) break;
    for (const DeskLoad& load : measured.desks) {
      if (within_bounds(load)) continue;
      // Why a new aim each time: what was aimed at before may be what overshoots.
      adjust(calibrated.scenario, load, static_cast<double>(random.between(76, 93)) / 100);
    }
    measured = measure(calibrated.scenario);
  }
  for (const DeskLoad& load : measured.desks) calibrated.utilisation.push_back(load.utilisation);
  calibrated.cases = measured.cases;
  return calibrated;
}

json random_replay_scenario(std::uint32_t number) {
  return calibrated_replay_scenario(number).scenario;
}

}  // namespace onward::test_support
