// SPDX-License-Identifier: Apache-2.0
#include "cli/story.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/numbers.hpp"
#include "metrics/life_story.hpp"

namespace onward::cli {
namespace {

using Kind = StoryEntry::Kind;
using nlohmann::ordered_json;

constexpr std::size_t text_column = 19;
constexpr std::size_t detail_column = 21;

void complain(const std::string& message, const std::string& help) {
  std::cerr << "onward explain: " << message << "\n  help: " << help << "\n";
}

std::optional<Protagonist> cast_member(const std::string& name, const Scenario& scenario) {
  std::vector<std::string> names;
  for (const CastMember& member : scenario.population.cast) names.push_back(member.name);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    complain("nobody in the cast is called " + ticked(name),
             names.empty() ? "this scenario has no cast; name a person: `--person GROUP:INDEX`"
                           : suggest(name, names, "the cast"));
    return {};
  }
  Protagonist who;
  who.cast = static_cast<std::int32_t>(found - names.begin());
  return who;
}

std::optional<Protagonist> person_of(const std::string& written, const Scenario& scenario,
                                     const Staffing& staffing) {
  const std::size_t colon = written.rfind(':');
  const std::string digits = colon == std::string::npos ? "" : written.substr(colon + 1);
  if (digits.empty() || digits.size() > 9 ||
      digits.find_first_not_of("0123456789") != std::string::npos) {
    complain(ticked(written) + " names nobody",
             "write GROUP:INDEX, such as `" + scenario.population.groups.front().id + ":0`");
    return {};
  }
  std::vector<std::string> groups;
  for (const Group& group : scenario.population.groups) groups.push_back(group.id);
  const std::string group = written.substr(0, colon);
  const auto found = std::find(groups.begin(), groups.end(), group);
  if (found == groups.end()) {
    complain("unknown group " + ticked(group), suggest(group, groups, "groups"));
    return {};
  }
  Protagonist who;
  who.group = static_cast<std::uint32_t>(found - groups.begin());
  who.index = static_cast<std::uint32_t>(std::stoul(digits));
  const Group& of = scenario.population.groups[who.group];
  const int people = staffing.people[who.group];
  if (!of.poisson && who.index >= static_cast<std::uint32_t>(people)) {
    complain(
        ticked(group) + " has " + std::to_string(people) + (people == 1 ? " person" : " people"),
        people == 0 ? "`--people` makes the sample larger"
                    : "the first is 0, the last " + std::to_string(people - 1) +
                          "; `--people` makes the sample larger");
    return {};
  }
  return who;
}

/// An entry, with the stories in which it stands.
struct Line {
  const StoryEntry* entry = nullptr;
  std::vector<std::size_t> stories;
};

/// All entries of all stories in the order of time, what is common once.
std::vector<Line> merged(const std::vector<Story>& stories) {
  std::vector<Line> lines;
  for (std::size_t s = 0; s < stories.size(); ++s)
    for (const StoryEntry& entry : stories[s].entries) {
      const auto same = std::find_if(lines.begin(), lines.end(), [&](const Line& line) {
        return *line.entry == entry && line.stories.back() != s;
      });
      if (same == lines.end())
        lines.push_back({&entry, {s}});
      else
        same->stories.push_back(s);
    }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.entry->day < b.entry->day; });
  return lines;
}

class StoryPrinter {
 public:
  StoryPrinter(const Scenario& scenario, const std::vector<Story>& stories)
      : scenario_(scenario), stories_(stories) {}

  void print() {
    std::vector<Told> told;
    for (const Line& line : merged(stories_)) {
      std::string under;
      if (line.stories.size() < stories_.size())
        for (const std::size_t s : line.stories)
          under += (under.empty() ? "" : ", ") + stories_[s].policy;
      Told next = tell(*line.entry, under);
      const auto same = std::find(told.begin(), told.end(), next);
      if (same == told.end())
        told.push_back(std::move(next));
      else
        ++same->times;
    }
    for (const Told& entry : told) print_entry(entry);
    held_at_the_end();
    for (std::size_t s = 1; s < stories_.size(); ++s) divergence(s);
  }

 private:
  /// An entry in words. What happens several times on one day is told once.
  struct Told {
    std::string day;
    std::string date;
    std::string headline;
    std::vector<std::string> details;
    std::size_t times = 1;

    bool operator==(const Told& other) const {
      return day == other.day && headline == other.headline && details == other.details;
    }
  };

  [[nodiscard]] std::string node(const std::string& id) const {
    const auto found = scenario_.world.node_names.find(id);
    return found ? scenario_.world.nodes[found->index()].label : id;
  }
  [[nodiscard]] std::string data(const std::vector<std::string>& ids) const {
    std::string all;
    for (const std::string& id : ids) all += (all.empty() ? "" : ", ") + id;
    return all;
  }
  [[nodiscard]] std::string date(double day) const {
    return to_string(Date(scenario_.experiment.start.days_since_1970() +
                          static_cast<std::int32_t>(std::floor(day))));
  }

  static std::string whole(double day) {
    return std::to_string(static_cast<long>(std::floor(day)));
  }

  [[nodiscard]] std::string kept(const StoryEntry& entry) const {
    if (entry.view) return "seen, not kept";
    if (!entry.until) return "still held on day " + shown(scenario_.experiment.horizon_days);
    return "held until day " + whole(*entry.until) + " (" + date(*entry.until) + ")";
  }

  [[nodiscard]] std::string purpose(const StoryEntry& entry) const {
    std::string text = " for " + entry.purpose;
    if (!entry.channel.empty()) text += ", by " + channel(entry.channel);
    return text;
  }

  [[nodiscard]] std::string channel(const std::string& id) const {
    const auto found = scenario_.world.channel_names.find(id);
    const std::string label = found ? scenario_.world.channels[found->index()].label : "";
    return label.empty() ? id : label;
  }

  static std::string wait(double days) {
    const double hours = 24 * days;
    if (hours < 1) return "less than an hour";
    if (days >= 1) return shown(days) + " days";
    return whole(hours) + (hours < 2 ? " hour" : " hours");
  }

  [[nodiscard]] std::string headline(const StoryEntry& entry) const {
    switch (entry.kind) {
      case Kind::met:
      case Kind::moved: {
        const std::string what = entry.kind == Kind::met ? "meets " + node(entry.to) + ": " : "";
        return what + entry.what + (entry.data.empty() ? "" : " (" + data(entry.data) + ")");
      }
      case Kind::had:
        return node(entry.to) + " holds from before: " + data(entry.data) + purpose(entry) + "; " +
               kept(entry);
      case Kind::collected:
        return node(entry.to) + " collects " + data(entry.data) + purpose(entry) + "; " +
               kept(entry);
      case Kind::told:
        return node(entry.from) + " tells " + node(entry.to) + ": " + data(entry.data) +
               purpose(entry) + "; " + kept(entry);
      case Kind::used: return node(entry.from) + " uses " + data(entry.data) + purpose(entry);
      case Kind::denied:
        return coloured(Colour::red, "DENIED") + ": " +
               (entry.from.empty() ? node(entry.to) + " may not collect "
                                   : node(entry.from) + " may not tell " + node(entry.to) + ": ") +
               data(entry.data) + purpose(entry) + ": " + entry.what;
      case Kind::waited:
        return "a case waits at the desk " + ticked(entry.what) + " of " + node(entry.to) +
               (entry.until ? " for " + wait(*entry.until - entry.day)
                            : ", and is not begun by the end");
      case Kind::stopped:
        return "what " + node(entry.from) + " would tell " + node(entry.to) + " (" +
               data(entry.data) + ") goes no further: " + entry.what;
      case Kind::harmed:
        return coloured(Colour::red, entry.absolute ? "ABSOLUTE HARM" : "HARM") + ": " + entry.what;
      case Kind::benefited: return coloured(Colour::green, "BENEFIT") + ": " + entry.what;
    }
    return "";
  }

  [[nodiscard]] Told tell(const StoryEntry& entry, const std::string& under) const {
    return {whole(entry.day), date(entry.day),
            (under.empty() ? "" : "[" + under + "] ") + headline(entry), details(entry)};
  }

  void print_entry(const Told& told) {
    const std::string& day = told.day;
    const std::string when =
        day == last_day_
            ? ""
            : std::string(6 - std::min<std::size_t>(6, day.size()), ' ') + day + "  " + told.date;
    last_day_ = day;
    const std::string text =
        told.headline + (told.times > 1 ? " (" + std::to_string(told.times) + " times)" : "");
    std::cout << padded(when, text_column) << wrapped(text, text_column, text_column) << "\n";
    for (const std::string& detail : told.details)
      std::cout << std::string(detail_column, ' ')
                << coloured(Colour::dim, wrapped(detail, detail_column, detail_column)) << "\n";
  }

  static std::vector<std::string> details(const StoryEntry& entry) {
    std::vector<std::string> all;
    if (entry.falsely) all.emplace_back("about somebody else, taken for this person");
    if (!entry.lawful) all.emplace_back("UNLAWFUL: no rule allows it");
    if (!entry.governed)
      all.emplace_back("not governed: the policy does not bind the node that acts");
    const char* by = entry.kind == Kind::denied ? "by" : "under";
    for (const StoryRule& rule : entry.rules)
      all.push_back(by + (" " + rule.id) + ": " + rule.citation +
                    (rule.status == "in-force" ? "" : " (" + rule.status + ")"));
    std::string duties;
    for (const std::string& duty : entry.duties) duties += (duties.empty() ? "" : "; ") + duty;
    if (!duties.empty()) all.push_back("on condition: " + duties);
    const char* tell = entry.kind == Kind::denied ? "since it would tell " : "which tells ";
    for (const std::string& tells : entry.reveals) all.push_back(tell + tells);
    return all;
  }

  void held_at_the_end() const {
    std::cout << "\n"
              << coloured(Colour::bold,
                          "STILL HELD ON DAY " + shown(scenario_.experiment.horizon_days))
              << "\n";
    for (const Story& story : stories_) {
      std::map<std::string, std::vector<std::string>> by_holder;
      for (const StoryEntry& entry : story.entries) {
        const bool held =
            entry.kind == Kind::had || entry.kind == Kind::collected || entry.kind == Kind::told;
        if (!held || entry.view || entry.until || entry.falsely) continue;
        std::vector<std::string>& all = by_holder[node(entry.to)];
        for (const std::string& category : entry.data)
          if (std::find(all.begin(), all.end(), category) == all.end()) all.push_back(category);
      }
      std::cout << "  " << coloured(Colour::bold, story.policy) << "\n";
      if (by_holder.empty()) std::cout << "    nothing\n";
      for (const auto& [holder, categories] : by_holder)
        std::cout << "    " << wrapped(holder + ": " + data(categories), 4, 6) << "\n";
    }
  }

  void divergence(std::size_t s) {
    const auto parting = first_divergence(stories_[0], stories_[s]);
    std::cout << "\n"
              << coloured(Colour::bold,
                          "WHERE " + stories_[0].policy + " AND " + stories_[s].policy + " PART")
              << "\n";
    if (!parting) {
      std::cout << "  nowhere: both lives are the same\n";
      return;
    }
    last_day_.clear();
    const auto side = [&](const Story& story, std::optional<std::size_t> at) {
      if (at)
        print_entry(tell(story.entries[*at], story.policy));
      else
        std::cout << std::string(text_column, ' ') << "[" << story.policy << "] nothing more\n";
    };
    side(stories_[0], parting->in_first);
    side(stories_[s], parting->in_second);
  }

  const Scenario& scenario_;
  const std::vector<Story>& stories_;
  std::string last_day_;
};

void print_json(const Scenario& scenario, const ExplainOptions& options,
                const std::vector<Story>& stories) {
  ordered_json out = {{"scenario", scenario.id},
                      {"person", options.cast.empty() ? options.person : "cast/" + options.cast},
                      {"replication", options.replication},
                      {"note", "Synthetic; not evidence about any person or claim."},
                      {"stories", ordered_json::array()},
                      {"divergences", ordered_json::array()}};
  for (const Story& story : stories) out["stories"].push_back(to_json(story));
  for (std::size_t s = 1; s < stories.size(); ++s) {
    const auto parting = first_divergence(stories[0], stories[s]);
    const auto index = [](std::optional<std::size_t> at) {
      return at ? ordered_json(*at) : ordered_json();
    };
    ordered_json divergence = {{"between", {stories[0].policy, stories[s].policy}}};
    divergence["entries"] =
        parting ? ordered_json({index(parting->in_first), index(parting->in_second)})
                : ordered_json();
    out["divergences"].push_back(std::move(divergence));
  }
  std::cout << out.dump(2) << "\n";
}

}  // namespace

Exit explain_life(const ExplainOptions& options, const Scenario& scenario,
                  const std::vector<std::size_t>& policies) {
  if (!options.cast.empty() && options.replication != 0) {
    complain("the cast walks in replication 0 only", "leave `--replication` out");
    return Exit::usage;
  }
  Model model = model_of(scenario);
  if (options.seed) model.seed = *options.seed;
  Replay replay(model, scenario.compiled, options.people);
  const auto who = options.cast.empty() ? person_of(options.person, scenario, replay.staffing())
                                        : cast_member(options.cast, scenario);
  if (!who) return Exit::usage;
  const auto stories = tell_story(scenario, replay, policies, *who, options.replication);
  if (!stories) {
    complain(ticked(options.person) + " does not come in replication " +
                 std::to_string(options.replication),
             "arrivals of the group are drawn, and this time there were fewer");
    return Exit::usage;
  }
  if (options.json) {
    print_json(scenario, options, *stories);
    return Exit::ok;
  }
  std::string whose = options.person;
  if (who->cast >= 0) {
    const CastMember& member = scenario.population.cast[static_cast<std::size_t>(who->cast)];
    whose = member.name + (member.story.empty() ? "" : ": " + member.story);
  }
  std::cout << coloured(Colour::bold, wrapped(whose, 0, 0)) << "\n";
  std::string under;
  for (const Story& story : *stories) under += (under.empty() ? "" : ", ") + story.policy;
  std::cout << wrapped(
                   "Replication " + std::to_string(options.replication) + " of " + scenario.id +
                       ", under " + under +
                       (stories->size() > 1 ? "; what is marked [so] differs between them." : "."),
                   0, 0)
            << "\nSynthetic; not evidence about any person or claim.\n\n";
  StoryPrinter(scenario, *stories).print();
  return Exit::ok;
}

}  // namespace onward::cli
