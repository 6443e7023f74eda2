// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <tuple>

#include "cli/commands.hpp"
#include "sim/scenario/decision_words.hpp"
#include "sim/scenario/policy_text.hpp"
#include "sim/scenario/rule_words.hpp"

namespace onward::cli {
namespace {

constexpr std::size_t label_width = 16;
constexpr std::size_t value_indent = 4 + label_width + 2;

std::string place_in_words(const Place& place) {
  return (place.file ? *place.file : "") + ":" + std::to_string(place.line);
}

/// Prints the rules of one policy for people.
class PolicyPrinter {
 public:
  PolicyPrinter(const Scenario& scenario, const Policy& policy, Date day)
      : scenario_(scenario), policy_(policy), day_(day) {}

  void print(const std::vector<RuleId>& rules) const {
    head();
    print_rules(rules, Force::in_force, "");
    print_rules(rules, Force::not_yet, "NOT YET IN FORCE ON " + to_string(day_));
    print_rules(rules, Force::no_longer, "NO LONGER IN FORCE ON " + to_string(day_));
    if (rules.size() != policy_.rules.size()) return;
    withdrawn();
    if (policy_.unmodelled.empty()) return;
    heading("NOT MODELLED");
    for (const std::string& text : policy_.unmodelled)
      std::cout << "  - " << wrapped(text, 4, 4) << "\n";
  }

  void print(const Rule& rule) const {
    const std::string label = rule.label.empty() ? "" : ": " + rule.label;
    std::cout << "  " << coloured(Colour::bold, rule.id) << wrapped(label, 2 + rule.id.size(), 4)
              << "\n";
    std::cout << "    " << wrapped(sentence(rule, scenario_), 4, 4) << "\n";
    lines("only", conditions(rule, scenario_));
    lines(rule.effect == Effect::require ? "must be" : "on condition",
          duties_in_words(rule, scenario_));
    derogations(rule);
    basis(rule);
    lines("not modelled", rule.unmodelled);
    if (!rule.note.empty()) line("note", rule.note);
    history(rule.history);
  }

 private:
  static void heading(const std::string& text) {
    std::cout << "\n" << coloured(Colour::bold, text) << "\n";
  }

  static void line(const std::string& label, const std::string& text) {
    std::cout << "    " << coloured(Colour::dim, padded(label, label_width))
              << wrapped(text, 4 + label_width, 4 + label_width) << "\n";
  }

  static void lines(const char* label, const std::vector<std::string>& texts) {
    for (std::size_t i = 0; i < texts.size(); ++i) line(i == 0 ? label : "", texts[i]);
  }

  void head() const {
    std::string title = "policy " + policy_.id;
    if (policy_.label != policy_.id) title += ": " + policy_.label;
    std::cout << coloured(Colour::bold, title) << "\n";
    const auto say = [](const char* label, const std::string& text) {
      std::cout << "  " << coloured(Colour::dim, padded(label, label_width + 2))
                << wrapped(text, 4 + label_width, 4 + label_width) << "\n";
    };
    say("written in", place_in_words(policy_.place));
    if (!policy_.extends.empty()) say("changes", policy_.extends);
    say("as of", to_string(day_));
    say("binds", in_words(policy_.binds, scenario_, "and"));
    say("if rules meet", std::string(in_words(policy_.strategy)));
  }

  void print_rules(const std::vector<RuleId>& rules, Force force, const std::string& title) const {
    bool first = true;
    for (std::size_t layer = 0; layer < policy_.layers.size(); ++layer)
      for (const Effect effect : {Effect::permit, Effect::prohibit, Effect::require}) {
        std::vector<const Rule*> group;
        for (const RuleId id : rules) {
          const Rule& rule = policy_.rule(id);
          if (rule.layer == layer && rule.effect == effect && force_of(rule, day_) == force)
            group.push_back(&rule);
        }
        if (group.empty()) continue;
        std::sort(group.begin(), group.end(), [&](const Rule* a, const Rule* b) {
          return first_written(*a) < first_written(*b);
        });
        if (first && !title.empty()) heading(title);
        first = false;
        heading(group_name(effect, layer, group.size()));
        for (std::size_t i = 0; i < group.size(); ++i) {
          if (i > 0) std::cout << "\n";
          print(*group[i]);
        }
      }
  }

  /// Orders rules as their files have them, which is the order of the instruments: first what the
  /// policy at the bottom wrote, then what those on top of it added.
  [[nodiscard]] std::tuple<std::size_t, std::size_t, std::string> first_written(
      const Rule& rule) const {
    const RuleChange& first = rule.history.front();
    std::size_t below = 0;
    for (std::string id = first.policy; !id.empty(); ++below) {
      const auto at = std::find_if(scenario_.policies.begin(), scenario_.policies.end(),
                                   [&](const Policy& policy) { return policy.id == id; });
      id = at == scenario_.policies.end() ? "" : at->extends;
    }
    return {below, first.place.line, rule.id};
  }

  [[nodiscard]] std::string group_name(Effect effect, std::size_t layer, std::size_t rules) const {
    const char* name = effect == Effect::permit     ? "PERMITTED"
                       : effect == Effect::prohibit ? "PROHIBITED"
                                                    : "REQUIRED";
    const std::string of = policy_.layers.size() > 1 ? " by " + policy_.layers[layer] + " law" : "";
    return name + of + ", " + std::to_string(rules) + (rules == 1 ? " rule" : " rules");
  }

  void derogations(const Rule& rule) const {
    std::vector<std::string> texts;
    for (const RuleId id : rule.derogates_from)
      texts.push_back(policy_.rule(id).id + ": " + policy_.rule(id).basis.citation);
    lines("derogates from", texts);
  }

  static void basis(const Rule& rule) {
    const Standing standing = standing_of(rule);
    const bool law = standing == Standing::law || standing == Standing::not_yet;
    const Basis& basis = rule.basis;
    std::string text = basis.citation + " (" + in_words(standing);
    if (!basis.reading.empty()) text += "; reading " + basis.reading;
    line(law ? "article" : standing == Standing::not_read ? "NOT READ" : "NOT LAW", text + ")");
    if (!basis.ground.empty()) line("ground", basis.ground);
    if (!basis.transfer_ground.empty()) line("transfer ground", basis.transfer_ground);
    if (!basis.source.empty()) line("source", basis.source);
  }

  static void history(const std::vector<RuleChange>& history) {
    for (std::size_t i = 0; i < history.size(); ++i) {
      const RuleChange& change = history[i];
      line(i == 0 ? "origin" : "", std::string(to_string(change.kind)) + " by " + change.policy +
                                       ", " + place_in_words(change.place) +
                                       (change.note.empty() ? "" : ": " + change.note));
      for (const ValueChange& value : change.values)
        line("",
             "  " + value.pointer + ": " + shown(value.before) + " became " + shown(value.after));
    }
  }

  static std::string shown(const std::string& json) {
    return json.empty() ? "nothing" : roomy(json);
  }

  void withdrawn() const {
    if (policy_.withdrawn.empty()) return;
    heading("WITHDRAWN");
    for (const WithdrawnRule& gone : policy_.withdrawn) {
      std::cout << "  " << coloured(Colour::bold, gone.id)
                << wrapped(gone.label.empty() ? "" : ": " + gone.label, 2 + gone.id.size(), 4)
                << "\n";
      line("was", gone.citation);
      history(gone.history);
    }
  }

  const Scenario& scenario_;
  const Policy& policy_;
  Date day_;
};

Exit list(const Scenario& scenario, bool json) {
  if (json) {
    std::cout << policy_list(scenario).dump(2) << "\n";
    return Exit::ok;
  }
  std::size_t widest = 0;
  for (const Policy& policy : scenario.policies) widest = std::max(widest, policy.id.size());
  for (const Policy& policy : scenario.policies) {
    std::string text = policy.label + "; " + std::to_string(policy.rules.size()) +
                       (policy.rules.size() == 1 ? " rule" : " rules");
    if (!policy.extends.empty()) text += "; changes " + policy.extends;
    std::cout << coloured(Colour::bold, padded(policy.id, widest)) << "  "
              << wrapped(text, widest + 2, widest + 2) << "\n";
  }
  return Exit::ok;
}

/// The rule of that id, or all if it is empty; nothing, with a message, if it is unknown.
std::optional<std::vector<RuleId>> rules_named(const Policy& policy, const std::string& id) {
  std::vector<RuleId> chosen;
  std::vector<std::string> known;
  for (std::size_t r = 0; r < policy.rules.size(); ++r) {
    known.push_back(policy.rules[r].id);
    if (id.empty() || id == known.back()) chosen.emplace_back(r);
  }
  if (!chosen.empty() || id.empty()) return chosen;
  std::cerr << "onward policy show: unknown rule " << ticked(id) << " of " << ticked(policy.id)
            << "\n  help: " << suggest(id, known, "rules") << "\n";
  return {};
}

Exit show(const Scenario& scenario, const PolicyOptions& options) {
  const auto policies = policies_named(scenario, {options.id});
  const auto day = options.as_of.empty() ? scenario.experiment.start : parse_date(options.as_of);
  if (!day)
    std::cerr << "onward policy show: " << ticked(options.as_of)
              << " is not a day of the calendar\n  help: write it as 2026-07-01\n";
  if (!policies || !day) return Exit::usage;
  const Policy& policy = scenario.policies[policies->front()];
  const auto rules = rules_named(policy, options.rule);
  if (!rules) return Exit::usage;
  if (options.json)
    std::cout << policy_text(policy, scenario, *day, *rules).dump(2) << "\n";
  else
    PolicyPrinter(scenario, policy, *day).print(*rules);
  return Exit::ok;
}

}  // namespace

Exit policy(const PolicyOptions& options) {
  const std::string command = options.list ? "onward policy list" : "onward policy show ID";
  const std::string path = scenario_meant(command, options.scenario);
  if (path.empty()) return Exit::usage;
  const LoadResult loaded = load(path);
  if (!loaded.scenario) {
    print(loaded.diagnostics);
    return Exit::invalid;
  }
  return options.list ? list(*loaded.scenario, options.json) : show(*loaded.scenario, options);
}

}  // namespace onward::cli
