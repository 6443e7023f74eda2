// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/proof_questions.hpp"
#include "sim/proof/describe.hpp"
#include "sim/scenario/decision_json.hpp"
#include "sim/scenario/decision_words.hpp"

namespace onward::cli {
namespace {

using nlohmann::ordered_json;

std::string in_days(double days) {
  if (std::isinf(days)) return "without limit";
  if (days == 0) return "only seen";
  std::string text = std::to_string(days);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text + (text == "1" ? " day" : " days");
}

std::string label_of(const std::string& node, const Scenario& scenario) {
  const auto id = scenario.world.node_names.find(node);
  return id ? scenario.world.nodes[id->index()].label : node;
}

/// What happens in a step, as a sentence without its end.
std::string told(const PathStep& step, const Scenario& scenario) {
  const std::string from = step.from.empty() ? "" : label_of(step.from, scenario);
  const std::string to = label_of(step.to, scenario);
  const std::string what = step.category + " for " + step.purpose;
  switch (step.kind) {
    case HopKind::collected: return to + " collects " + what;
    case HopKind::stock: return to + " has " + what + ", from before";
    case HopKind::own: return to + " has " + what + ", collected by itself";
    case HopKind::disclosed: return from + " tells " + to + ": " + what;
    case HopKind::answered: return to + " asks " + from + " and gets " + what;
    case HopKind::hit:
      return to + " asks " + from + " for " + step.asked + " (" + step.purpose +
             ") and learns that there is a record";
    case HopKind::no_hit:
      return to + " asks " + from + " for " + step.asked + " (" + step.purpose +
             ") and learns that nothing is found";
    case HopKind::key:
      return from + " asks " + to + " for something (" + step.purpose + "), and shows it " +
             step.category;
  }
  return "";
}

void print_step(const PathStep& step, std::size_t number, const Scenario& scenario) {
  const auto line = [](const std::string& text) {
    std::cout << "        " << wrapped(text, 8, 10) << "\n";
  };
  std::cout << "    " << number << " " << wrapped(told(step, scenario), 6, 8) << "\n";
  if (!step.rule.empty())
    line((step.kind == HopKind::key ? "asking is permitted by " : "by ") + step.rule + ": " +
         step.citation);
  else if (!step.lawful)
    line("against the rules");
  else if (step.kind != HopKind::stock && !step.governed)
    line("no rule of the policy governs it");
  if (!step.flow.empty())
    line("flow " + step.flow + (step.channel.empty() ? "" : ", channel " + step.channel));
  if (!step.facts.empty()) {
    std::string facts;
    for (const std::string& fact : step.facts) facts += (facts.empty() ? "" : ", ") + fact;
    line("where it holds that: " + facts);
  }
  for (const std::string& duty : in_words(step.explanation.duties, scenario))
    line("on condition: " + duty);
  line("from day " + std::to_string(static_cast<long>(std::floor(step.earliest))) + " on; " +
       (step.keep_days == 0 ? "only seen, not kept" : "kept " + in_days(step.keep_days)) + "; " +
       std::to_string(step.cells) + (step.cells == 1 ? " kind" : " kinds") + " of people");
}

void print_path(const ReachAnswer& answer, std::size_t p, const Scenario& scenario) {
  const Path& path = answer.paths[p];
  const Derivations& of = *answer.derivations;
  std::string people;
  for (const std::string& value : somebody_in(of, path.somebody))
    people += (people.empty() ? "" : ", ") + value;
  std::cout << "  " << p + 1 << ". "
            << (p < answer.replayed ? "came true in a replay" : "derived, not replayed");
  if (!people.empty()) std::cout << wrapped("; for example a person with " + people, 28, 5);
  std::cout << "\n";
  std::size_t number = 0;
  for (const PathStep& step : steps_of(of, path)) print_step(step, ++number, scenario);
  for (const std::size_t inference : path.inferences)
    std::cout << "      "
              << wrapped("which tells " +
                             scenario.vocabulary.category_names.name(
                                 scenario.world.inferences[inference].reveals) +
                             " (" + scenario.world.inference_names[inference] +
                             "): " + scenario.world.inferences[inference].label,
                         6, 8)
              << "\n";
  const std::vector<std::string> closed = safeguards_against(of, path);
  for (std::size_t i = 0; i < closed.size(); ++i)
    std::cout << "      " << wrapped((i == 0 ? "closed by " : "or by ") + closed[i], 6, 8) << "\n";
}

ordered_json path_json(const ReachAnswer& answer, std::size_t p, const Scenario& scenario) {
  const Path& path = answer.paths[p];
  ordered_json out = {{"replayed", p < answer.replayed}, {"steps", ordered_json::array()}};
  for (const PathStep& step : steps_of(*answer.derivations, path)) {
    ordered_json one = {
        {"from", step.from.empty() ? ordered_json() : ordered_json(step.from)},
        {"to", step.to},
        {"category", step.category},
        {"purpose", step.purpose},
        {"governed", step.governed},
        {"rule", step.rule.empty() ? ordered_json() : ordered_json(step.rule)},
        {"citation", step.citation},
        {"facts", step.facts},
        {"cells", step.cells},
        {"earliest_day", step.earliest},
        {"keep_days", std::isinf(step.keep_days) ? ordered_json() : ordered_json(step.keep_days)},
        {"duties", to_json(step.explanation.duties, scenario)}};
    if (!step.asked.empty()) one["asked"] = step.asked;
    if (!step.flow.empty()) one["flow"] = step.flow;
    if (!step.channel.empty()) one["channel"] = step.channel;
    out["steps"].push_back(std::move(one));
  }
  for (const std::size_t inference : path.inferences)
    out["inferences"].push_back(scenario.world.inference_names[inference]);
  out["somebody"] = somebody_in(*answer.derivations, path.somebody);
  out["closed_by"] = safeguards_against(*answer.derivations, path);
  return out;
}

const char* word(Finding finding) {
  switch (finding) {
    case Finding::impossible: return "impossible";
    case Finding::possible: return "possible";
    case Finding::undecided: return "undecided";
  }
  return "";
}

std::string shouted(Finding finding) {
  switch (finding) {
    case Finding::impossible: return coloured(Colour::green, "IMPOSSIBLE");
    case Finding::possible: return coloured(Colour::red, "POSSIBLE");
    case Finding::undecided: return coloured(Colour::yellow, "UNDECIDED");
  }
  return "";
}

/// The answers to one question, under each set of assumptions.
struct Answers {
  std::vector<AnsweredCase> cases;
  [[nodiscard]] const AnsweredCase& first() const { return cases.front(); }
};

void print_headline(const Answers& answers, bool law) {
  if (!law) {
    std::cout << shouted(answers.cases.back().with.finding) << " in the world: "
              << (answers.cases.back().with.finding == Finding::impossible
                      ? "no declared flow does it"
                      : "by the declared flows")
              << "\n";
    return;
  }
  const Finding alone = answers.cases.front().with.finding;
  const Finding passed_on = answers.cases.back().with.finding;
  std::cout << shouted(alone) << " in law by governed acts alone; " << shouted(passed_on)
            << " if others pass on\n"
            << "what these acts gave them\n";
}

void print_table(const Answers& answers) {
  std::cout << "\n" << padded("", 44) << padded("told as such", 16) << "inferences too\n";
  for (const AnsweredCase& c : answers.cases)
    std::cout << "  " << padded(c.label, 42) << padded(word(c.without.finding), 16)
              << word(c.with.finding) << "\n";
  for (const AnsweredCase& c : answers.cases)
    if (c.with.finding == Finding::undecided)
      std::cout << "  " << wrapped("undecided, " + c.label + ": " + c.with.because, 2, 4) << "\n";
}

void print_coverage(const Answers& answers, const Scenario& scenario, std::size_t policy) {
  std::size_t holdings = 0;
  std::size_t decisions = 0;
  std::size_t cells = 0;
  for (const AnsweredCase& c : answers.cases) {
    if (!c.with.derivations) continue;
    holdings += c.with.derivations->holdings().size();
    decisions += c.with.derivations->verdicts().decisions();
    cells = c.with.situations->size();
  }
  std::cout << "covered: "
            << wrapped(std::to_string(scenario.policies[policy].rules.size()) + " rules, " +
                           std::to_string(holdings) + " states of copies, " +
                           std::to_string(cells) + (cells == 1 ? " kind" : " kinds") +
                           " of people, " + std::to_string(decisions) + " decisions",
                       9, 9)
            << "\n";
}

void print_limits(const Scenario& scenario, std::size_t policy, bool law) {
  std::cout << "\nTAKEN FOR GRANTED, AND NOT MODELLED\n";
  const auto line = [](const std::string& text) {
    std::cout << "  * " << wrapped(text, 4, 4) << "\n";
  };
  line(
      "Nodes that rules bind keep to them; nobody breaks in, listens in, or finds the wrong "
      "person.");
  line(law ? "In law: no flow or encounter is needed, any fact may hold, any desk may grant; a "
             "person's status changes as in some journey. What a node that no rule binds collects "
             "itself lies outside every policy and is not counted. With a query may be shown what "
             "some "
             "declared query shows."
           : "In the world: only the declared flows, journeys and groups of people.");
  for (const std::string& text : scenario.policies[policy].unmodelled) line(text);
}

ordered_json answer_json(const ReachAnswer& answer, const Scenario& scenario) {
  ordered_json out = {{"finding", word(answer.finding)}};
  if (!answer.because.empty()) out["because"] = answer.because;
  if (answer.derivations)
    out["covered"] = {{"states", answer.derivations->holdings().size()},
                      {"cells", answer.situations->size()},
                      {"decisions", answer.derivations->verdicts().decisions()}};
  out["paths"] = ordered_json::array();
  for (std::size_t p = 0; p < answer.paths.size(); ++p)
    out["paths"].push_back(path_json(answer, p, scenario));
  return out;
}

void print_json(const Answers& answers, const Scenario& scenario, std::size_t policy,
                const ReachOptions& options) {
  ordered_json out = {{"scenario", scenario.id},
                      {"policy", scenario.policies[policy].id},
                      {"rules", scenario.policies[policy].rules.size()},
                      {"question", options.in_world ? "in-world" : "in-law"},
                      {"to", options.to},
                      {"data", options.data},
                      {"answers", ordered_json::array()},
                      {"unmodelled", scenario.policies[policy].unmodelled}};
  for (const AnsweredCase& c : answers.cases)
    out["answers"].push_back({{"assuming", c.label},
                              {"told", word(c.without.finding)},
                              {"with_inferences", answer_json(c.with, scenario)}});
  std::cout << out.dump(2) << "\n";
}

void print_text(const Answers& answers, const Scenario& scenario, std::size_t policy,
                const ReachOptions& options) {
  const bool law = !options.in_world;
  print_headline(answers, law);
  print_coverage(answers, scenario, policy);
  std::string about = "Can " + options.to + " come to know " + options.data;
  for (const std::string& subjects : options.subjects) about += ", of people with " + subjects;
  std::cout << "\n"
            << wrapped(about + "?", 0, 2) << "\n"
            << wrapped("Scenario " + scenario.id + ", policy " + scenario.policies[policy].id +
                           ": " + scenario.policies[policy].label,
                       0, 2)
            << "\n";
  print_table(answers);
  const auto shown = std::find_if(answers.cases.begin(), answers.cases.end(),
                                  [](const auto& c) { return !c.with.paths.empty(); });
  if (shown != answers.cases.end()) {
    std::cout << "\nTHE SHORTEST WAYS, " << shown->label << "\n";
    for (std::size_t p = 0; p < shown->with.paths.size(); ++p) print_path(shown->with, p, scenario);
  }
  print_limits(scenario, policy, law);
  std::cout << "Synthetic; not evidence about any person or claim.\n";
}

}  // namespace

Exit reach(const ReachOptions& options) {
  const LoadResult loaded = load(options.scenario);
  if (!loaded.scenario) {
    print(loaded.diagnostics);
    return Exit::invalid;
  }
  const Scenario& scenario = *loaded.scenario;
  const auto policies = policies_named(scenario, options.policies);
  const auto goal = goal_of(options, scenario);
  const auto noncompliant = nodes_named(options.noncompliant, scenario);
  if (!policies || !goal || !noncompliant) return Exit::usage;
  const Model model = model_of(scenario);
  for (std::size_t i = 0; i < policies->size(); ++i) {
    const std::size_t policy = (*policies)[i];
    Answers answers;
    for (const ProofCase& c : cases_of(options.in_world ? Realm::world : Realm::law, *noncompliant))
      answers.cases.push_back(answer_case(model, scenario.compiled[policy], *goal, c,
                                          static_cast<std::size_t>(options.most)));
    if (options.dot || options.graphml) {
      if (!answers.cases.back().with.search) return Exit::tool_error;
      (options.dot ? write_dot : write_graphml)(*answers.cases.back().with.search, std::cout);
    } else if (options.json) {
      print_json(answers, scenario, policy, options);
    } else {
      if (i > 0) std::cout << "\n";
      print_text(answers, scenario, policy, options);
    }
  }
  return Exit::ok;
}

}  // namespace onward::cli
