// SPDX-License-Identifier: Apache-2.0
#include "metrics/life_story.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "metrics/chronicle.hpp"
#include "sim/engine/in_child.hpp"
#include "sim/scenario/decision_words.hpp"

namespace onward {
namespace {

using Kind = StoryEntry::Kind;

/// Makes a story of a life that was followed.
class Teller {
 public:
  Teller(const Scenario& scenario, const ToldLife& life)
      : scenario_(scenario), life_(life), person_(*life.person), plan_(*life.plan) {}

  Story tell() {
    story_.policy = plan_.policy.policy().id;
    add_journey();
    add_copies();
    add_acts();
    add_denials();
    add_cases();
    add_ends_of_messages();
    add_outcomes();
    // At one moment, what leads comes before what follows from it.
    std::stable_sort(story_.entries.begin(), story_.entries.end(),
                     [](const StoryEntry& a, const StoryEntry& b) { return a.day < b.day; });
    return std::move(story_);
  }

 private:
  [[nodiscard]] const World& world() const { return scenario_.world; }
  [[nodiscard]] std::string name(NodeId node) const { return world().node_names.name(node); }
  [[nodiscard]] std::string name(CategoryId category) const {
    return scenario_.vocabulary.category_names.name(category);
  }
  [[nodiscard]] std::string name(PurposeId purpose) const {
    return scenario_.vocabulary.purpose_names.name(purpose);
  }

  StoryEntry& add(Kind kind, double day, Hash thread = 0) {
    StoryEntry& entry = story_.entries.emplace_back();
    entry.kind = kind;
    entry.day = day;
    if (thread != 0) entry.thread = std::to_string(thread);
    return entry;
  }

  void add_journey() {
    const std::size_t journey = scenario_.population.groups[person_.group].journey;
    for (const Visit& visit : person_.visits) {
      const JourneyState& state = scenario_.population.journeys[journey].states[visit.state];
      StoryEntry& entry = add(visit.at ? Kind::met : Kind::moved, visit.time);
      if (visit.at) entry.to = name(*visit.at);
      entry.what = state.label;
      for (const auto& [attribute, value] : state.sets)
        entry.data.push_back(scenario_.vocabulary.attribute_names.name(attribute) + " = " +
                             scenario_.vocabulary.attributes[attribute.index()].values.name(value));
    }
  }

  void add_flow(StoryEntry& entry, std::uint32_t index) const {
    const Flow& flow = *plan_.flows[index].flow;
    entry.flow = world().flow_names[plan_.flows[index].index];
    entry.purpose = name(flow.purpose);
    if (flow.via) entry.channel = world().channel_names.name(*flow.via);
  }

  void add_grounds(StoryEntry& entry, const Explanation& explanation) const {
    entry.governed = explanation.verdict != Verdict::not_governed;
    for (const RuleId id : explanation.rules) {
      const Rule& rule = plan_.policy.policy().rule(id);
      entry.rules.push_back({rule.id, rule.basis.citation, rule.basis.status});
    }
    if (explanation.verdict == Verdict::permit)
      entry.duties = in_words(explanation.duties, scenario_);
    entry.unmodelled = explanation.unmodelled;
  }

  [[nodiscard]] std::vector<std::string> revealed(const Copy& copy) const {
    std::vector<std::string> all;
    copy.reveals.for_each([&](CategoryId category) {
      std::string by;
      for (const std::size_t i : life_.inferences_to(copy, category))
        by += (by.empty() ? "" : "; ") + world().inferences[i].label;
      all.push_back(name(category) + ": " + by);
    });
    return all;
  }

  [[nodiscard]] StoryEntry entry_of(const Copy& copy) const {
    StoryEntry entry;
    entry.day = std::max(0.0, copy.from);
    entry.thread = std::to_string(copy.lineage);
    entry.to = name(copy.holder);
    entry.purpose = name(copy.purpose);
    entry.view = copy.view() || (copy.ended && copy.until <= copy.from);
    if (copy.until <= scenario_.experiment.horizon_days) entry.until = copy.until;
    entry.lawful = copy.lawful && copy.lawfully_kept;
    entry.falsely = copy.falsely();
    entry.reveals = revealed(copy);
    if (copy.sender) {
      entry.kind = Kind::told;
      entry.from = name(*copy.sender);
      add_flow(entry, copy.flow);
    } else {
      entry.kind = copy.from < 0 ? Kind::had : Kind::collected;
    }
    if (const Narrator::Decided* decision = life_.decision_on(copy))
      add_grounds(entry, life_.explanation_of(*decision));
    return entry;
  }

  /// What goes together under one rule is one entry.
  void add_together(StoryEntry entry, const std::string& category) {
    for (StoryEntry& other : story_.entries) {
      StoryEntry merged = entry;
      merged.data = other.data;
      merged.reveals = other.reveals;
      if (!(merged == other)) continue;
      other.data.push_back(category);
      for (const std::string& tells : entry.reveals)
        if (std::find(other.reveals.begin(), other.reveals.end(), tells) == other.reveals.end())
          other.reveals.push_back(tells);
      return;
    }
    entry.data = {category};
    story_.entries.push_back(std::move(entry));
  }

  void add_copies() {
    for (const Copy& copy : person_.copies) add_together(entry_of(copy), name(copy.category));
  }

  void add_acts() {
    for (const ActRecord& act : person_.acts) {
      StoryEntry entry;
      entry.kind = act.from == act.to ? Kind::used : Kind::told;
      entry.day = act.time;
      entry.from = name(act.from);
      if (act.from != act.to) entry.to = name(act.to);
      entry.lawful = act.lawful;
      entry.view = true;
      add_flow(entry, act.flow);
      for (const Narrator::Decided& decision : life_.decisions)
        if (decision.done && decision.flow == act.flow && decision.category == act.category &&
            decision.time <= act.time) {
          add_grounds(entry, life_.explanation_of(decision));
          break;
        }
      add_together(std::move(entry), name(act.category));
    }
  }

  void add_denials() {
    for (const Narrator::Decided& decision : life_.decisions) {
      if (decision.done) continue;
      StoryEntry entry;
      entry.kind = Kind::denied;
      entry.day = decision.time;
      entry.thread = std::to_string(decision.lineage);
      entry.to = name(decision.request.to);
      if (decision.request.from) entry.from = name(*decision.request.from);
      entry.purpose = name(decision.request.purpose);
      if (decision.flow) add_flow(entry, *decision.flow);
      const Explanation explanation = life_.explanation_of(decision);
      entry.what = decision.barred ? "what it would have to show in order to ask is prohibited"
                   : explanation.verdict == Verdict::permit
                       ? "the desk that would have to allow it does not exist"
                       : in_words(explanation.because);
      add_grounds(entry, explanation);
      for (const RevealedThrough& through : explanation.through)
        for (const std::size_t i : through.inferences) {
          std::string tells =
              name(world().inferences[i].reveals) + ": " + world().inferences[i].label;
          if (std::find(entry.reveals.begin(), entry.reveals.end(), tells) == entry.reveals.end())
            entry.reveals.push_back(std::move(tells));
        }
      add_together(std::move(entry), name(decision.category));
    }
  }

  void add_cases() {
    for (const CaseRecord& one : person_.cases) {
      const DeskPlan& desk = plan_.desks[one.desk];
      StoryEntry& entry = add(Kind::waited, one.posted);
      entry.to = name(desk.node);
      entry.what = desk.desk->label;
      entry.flow = world().flow_names[plan_.flows[one.flow].index];
      if (one.started >= 0) entry.until = one.started;
    }
  }

  void add_ends_of_messages() {
    for (const ToldLife::Ended& ended : life_.ended) {
      StoryEntry& entry = add(Kind::stopped, ended.time, ended.lineage);
      entry.from = name(ended.from);
      entry.to = name(ended.to);
      for (const CategoryId category : ended.data) entry.data.push_back(name(category));
      add_flow(entry, ended.flow);
      switch (ended.how) {
        case Stopped::refused: entry.what = "the desk refused"; break;
        case Stopped::rejected: entry.what = "the officer who checked it rejected it"; break;
        case Stopped::lapsed:
          entry.what = "it was no longer permitted when the desk was done";
          break;
        case Stopped::lost: entry.what = "it was lost on its way"; break;
      }
    }
  }

  void add_outcomes() {
    const Outcomes& outcomes = scenario_.outcomes;
    for (std::size_t b = 0; b < outcomes.benefits.size(); ++b)
      if (person_.benefit_times[b] >= 0)
        add(Kind::benefited, person_.benefit_times[b]).what = outcomes.benefits[b].label;
    for (std::size_t h = 0; h < outcomes.harms.size(); ++h) {
      if (person_.harms[h].happened < 0) continue;
      StoryEntry& entry = add(Kind::harmed, person_.harms[h].happened);
      entry.what = outcomes.harms[h].label;
      entry.absolute = outcomes.harms[h].absolute;
    }
  }

  const Scenario& scenario_;
  const ToldLife& life_;
  const Person& person_;
  const Plan& plan_;
  Story story_;
};

/// Two observers of one replay.
class Both final : public LifeObserver {
 public:
  Both(LifeObserver& one, LifeObserver* other) : one_(one), other_(other) {}
  void lived(const Life& life) override {
    one_.lived(life);
    if (other_ != nullptr) other_->lived(life);
  }

 private:
  LifeObserver& one_;
  LifeObserver* other_;
};

std::optional<Story> follow(const Scenario& scenario, Replay& replay, std::size_t policy,
                            const Protagonist& who, std::uint32_t replication) {
  std::optional<Story> story;
  Chronicle chronicle(
      replay.plan(policy),
      [&](const Person& person) {
        return who.cast >= 0
                   ? person.cast == who.cast
                   : person.cast < 0 && person.group == who.group && person.index == who.index;
      },
      [&](const ToldLife& life) { story = Teller(scenario, life).tell(); });
  ReplayOptions options;
  options.cast = who.cast >= 0;
  options.observer = &chronicle;
  options.narrator = &chronicle;
  (void)replay.run(policy, replication, options);
  return story;
}

}  // namespace

bool StoryEntry::same_event(const StoryEntry& other) const {
  return kind == other.kind && day == other.day && from == other.from && to == other.to &&
         data == other.data && purpose == other.purpose && what == other.what &&
         view == other.view && until == other.until && falsely == other.falsely &&
         reveals == other.reveals;
}

std::optional<std::vector<Story>> tell_story(const Scenario& scenario, Replay& replay,
                                             const std::vector<std::size_t>& policies,
                                             const Protagonist& who, std::uint32_t replication) {
  std::vector<Story> stories;
  for (const std::size_t policy : policies) {
    std::optional<Story> story;
    if (replay.transmits()) {
      const std::string text = in_child([&] {
        const auto told = follow(scenario, replay, policy, who, replication);
        return told ? to_json(*told).dump() : std::string();
      });
      if (!text.empty()) story = story_from(nlohmann::ordered_json::parse(text));
    } else {
      story = follow(scenario, replay, policy, who, replication);
    }
    if (!story) return {};
    stories.push_back(std::move(*story));
  }
  return stories;
}

std::vector<Story> tell_cast(const Scenario& scenario, Replay& replay, std::size_t policy,
                             LifeObserver* also) {
  std::vector<Story> stories(scenario.population.cast.size());
  Chronicle chronicle(
      replay.plan(policy), [](const Person& person) { return person.cast >= 0; },
      [&](const ToldLife& life) {
        stories[static_cast<std::size_t>(life.person->cast)] = Teller(scenario, life).tell();
      });
  Both both(chronicle, also);
  ReplayOptions options;
  options.observer = &both;
  options.narrator = &chronicle;
  (void)replay.run(policy, 0, options);
  return stories;
}

std::optional<Divergence> first_divergence(const Story& first, const Story& second) {
  /// The earliest entry that the other does not have.
  const auto alone = [](const Story& of, const Story& other) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < of.entries.size(); ++i)
      if (std::none_of(other.entries.begin(), other.entries.end(),
                       [&](const StoryEntry& e) { return e.same_event(of.entries[i]); }))
        return i;
    return {};
  };
  const Divergence parting{alone(first, second), alone(second, first)};
  if (!parting.in_first && !parting.in_second) return {};
  return parting;
}

namespace {

constexpr std::array<std::pair<Kind, const char*>, 11> kinds = {{{Kind::met, "met"},
                                                                 {Kind::moved, "moved"},
                                                                 {Kind::collected, "collected"},
                                                                 {Kind::had, "had"},
                                                                 {Kind::told, "told"},
                                                                 {Kind::used, "used"},
                                                                 {Kind::denied, "denied"},
                                                                 {Kind::waited, "waited"},
                                                                 {Kind::stopped, "stopped"},
                                                                 {Kind::harmed, "harmed"},
                                                                 {Kind::benefited, "benefited"}}};

}  // namespace

const char* to_string(Kind kind) {
  return std::find_if(kinds.begin(), kinds.end(),
                      [&](const auto& known) { return known.first == kind; })
      ->second;
}

nlohmann::ordered_json to_json(const Story& story) {
  using Json = nlohmann::ordered_json;
  Json entries = Json::array();
  for (const StoryEntry& entry : story.entries) {
    Json rules = Json::array();
    for (const StoryRule& rule : entry.rules)
      rules.push_back({{"id", rule.id}, {"citation", rule.citation}, {"status", rule.status}});
    entries.push_back({{"kind", to_string(entry.kind)},
                       {"day", entry.day},
                       {"from", entry.from},
                       {"to", entry.to},
                       {"data", entry.data},
                       {"purpose", entry.purpose},
                       {"channel", entry.channel},
                       {"flow", entry.flow},
                       {"what", entry.what},
                       {"rules", rules},
                       {"duties", entry.duties},
                       {"reveals", entry.reveals},
                       {"unmodelled", entry.unmodelled},
                       {"until", entry.until ? Json(*entry.until) : Json()},
                       {"view", entry.view},
                       {"lawful", entry.lawful},
                       {"governed", entry.governed},
                       {"falsely", entry.falsely},
                       {"absolute", entry.absolute},
                       {"thread", entry.thread}});
  }
  return {{"policy", story.policy}, {"entries", entries}};
}

Story story_from(const nlohmann::ordered_json& json) {
  Story story;
  story.policy = json.at("policy").get<std::string>();
  for (const auto& from : json.at("entries")) {
    StoryEntry& entry = story.entries.emplace_back();
    const auto kind = from.at("kind").get<std::string>();
    for (const auto& [known, word] : kinds)
      if (kind == word) entry.kind = known;
    from.at("day").get_to(entry.day);
    from.at("from").get_to(entry.from);
    from.at("to").get_to(entry.to);
    from.at("data").get_to(entry.data);
    from.at("purpose").get_to(entry.purpose);
    from.at("channel").get_to(entry.channel);
    from.at("flow").get_to(entry.flow);
    from.at("what").get_to(entry.what);
    for (const auto& rule : from.at("rules"))
      entry.rules.push_back({rule.at("id").get<std::string>(),
                             rule.at("citation").get<std::string>(),
                             rule.at("status").get<std::string>()});
    from.at("duties").get_to(entry.duties);
    from.at("reveals").get_to(entry.reveals);
    from.at("unmodelled").get_to(entry.unmodelled);
    if (from.at("until").is_number()) entry.until = from.at("until").get<double>();
    from.at("view").get_to(entry.view);
    from.at("lawful").get_to(entry.lawful);
    from.at("governed").get_to(entry.governed);
    from.at("falsely").get_to(entry.falsely);
    from.at("absolute").get_to(entry.absolute);
    from.at("thread").get_to(entry.thread);
  }
  return story;
}

}  // namespace onward
