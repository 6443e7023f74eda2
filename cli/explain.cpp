// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/commands.hpp"
#include "cli/story.hpp"
#include "sim/scenario/decision_json.hpp"
#include "sim/scenario/decision_words.hpp"
#include "sim/scenario/json_text.hpp"
#include "sim/scenario/read_request.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t label_width = 18;

/// The text of the request and the name that messages use for it.
std::optional<std::pair<std::string, std::string>> request_text(const std::string& argument) {
  const std::size_t first = argument.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && argument[first] == '{') return std::pair(argument, "--request");
  if (argument == "-")
    return std::pair(std::string{std::istreambuf_iterator<char>(std::cin), {}}, "standard input");
  std::error_code error;
  std::ifstream file(argument, std::ios::binary);
  if (std::filesystem::is_directory(argument, error) || !file) return {};
  return std::pair(std::string{std::istreambuf_iterator<char>(file), {}}, argument);
}

/// Prints one answer for people.
class Printer {
 public:
  Printer(const Scenario& scenario, const Policy& policy) : scenario_(scenario), policy_(policy) {}

  void print(const Answer& answer) const {
    const std::string name = scenario_.vocabulary.category_names.name(answer.category);
    if (answer.cases.size() == 1) {
      std::cout << "  " << heading(name) << verdict(answer.cases.front().explanation) << "\n";
      print(answer.cases.front().explanation);
      return;
    }
    std::cout << "  " << heading(name) << coloured(Colour::yellow, "IT DEPENDS") << " on "
              << wrapped(attributes(answer.depends_on) + ", which the request leaves open:", 34, 20)
              << "\n";
    for (const AnswerCase& c : answer.cases) {
      std::cout << "  * " << wrapped(people(answer, c), 4, 4) << "\n"
                << "    " << verdict(c.explanation) << "\n";
      print(c.explanation);
    }
  }

 private:
  /// A name in the first column, or on a line of its own if it is too long for it.
  static std::string heading(const std::string& name) {
    if (name.size() < label_width) return padded(name, label_width);
    return name + "\n" + std::string(2 + label_width, ' ');
  }

  void print(const Explanation& answer) const {
    if (answer.answered_for_outsider)
      line("governed", "as an act of the node asked: the policy does not bind the asker");
    rules(label_of_rules(answer), answer.rules);
    rules("derogates from", answer.derogates_from);
    rules("overrides", answer.overrides);
    for (const RevealedThrough& through : answer.through) inferences(through);
    if (answer.verdict == Verdict::permit) duties(answer.duties);
    rules("also permitted by", answer.alternatives);
    std::vector<std::string> unmodelled = answer.unmodelled;
    for (std::size_t i = 0; i < unmodelled.size(); ++i)
      line(i == 0 ? "not modelled" : "", unmodelled[i]);
  }

  static const char* label_of_rules(const Explanation& answer) {
    if (answer.verdict == Verdict::permit) return "permitted by";
    switch (answer.because) {
      case Because::prohibited: return "prohibited by";
      case Because::conflict: return "in conflict";
      case Because::duty_unmet: return "permits";
      default: return "rules";
    }
  }

  /// Why a prohibition on one category reaches another.
  void inferences(const RevealedThrough& through) const {
    for (std::size_t i = 0; i < through.inferences.size(); ++i) {
      const std::size_t index = through.inferences[i];
      const World& world = scenario_.world;
      line(i == 0 ? "since it tells" : "and that",
           scenario_.vocabulary.category_names.name(world.inferences[index].reveals) + " (" +
               world.inference_names[index] + ": " + world.inferences[index].label + ")");
    }
  }

  static std::string verdict(const Explanation& answer) {
    switch (answer.verdict) {
      case Verdict::permit: return coloured(Colour::green, "PERMITTED");
      case Verdict::not_governed:
        return coloured(Colour::yellow, "NOT GOVERNED") +
               ": the policy does not bind the node that acts";
      case Verdict::deny: break;
    }
    const std::string reason = onward::in_words(answer.because);
    return coloured(Colour::red, "DENIED") + (reason.empty() ? "" : ": " + reason);
  }

  static void line(const std::string& label, const std::string& text) {
    std::cout << "    " << coloured(Colour::dim, padded(label, label_width))
              << wrapped(text, 22, 22) << "\n";
  }

  void rules(const char* label, const std::vector<RuleId>& ids) const {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const Rule& rule = policy_.rule(ids[i]);
      std::string text = rule.id + ": " + rule.basis.citation;
      if (rule.basis.status != "in-force") text += " (" + rule.basis.status + ")";
      if (rule.effect == Effect::require) text += ", which requires more";
      if (!rule.basis.reading.empty() && rule.basis.reading != "literal")
        text += ", reading " + rule.basis.reading;
      line(i == 0 ? label : "", text);
    }
  }

  void duties(const EffectiveDuties& duties) const {
    const std::vector<std::string> words = in_words(duties, scenario_);
    if (words.empty()) line("duties", "none");
    for (std::size_t i = 0; i < words.size(); ++i) line(i == 0 ? "duties" : "", words[i]);
  }

  [[nodiscard]] std::string attributes(const std::vector<AttributeId>& ids) const {
    std::string text;
    for (const AttributeId id : ids)
      text += (text.empty() ? "" : ", ") + ticked(scenario_.vocabulary.attribute_names.name(id));
    return text;
  }

  /// To whom a case applies: everybody of them, or an example.
  [[nodiscard]] std::string people(const Answer& answer, const AnswerCase& c) const {
    std::string text;
    for (const AttributeId id : answer.depends_on) {
      const NameTable<ValueId>& names = scenario_.vocabulary.attributes[id.index()].values;
      text += (text.empty() ? "" : ", ") + scenario_.vocabulary.attribute_names.name(id) + " = ";
      if (c.values.empty()) text += names.name(c.person[id.index()]);
      for (std::size_t v = 0; v < c.values.size(); ++v)
        text += (v == 0 ? "" : v + 1 == c.values.size() ? " or " : ", ") + names.name(c.values[v]);
    }
    return (c.values.empty() ? "for example a person with " : "a person with ") + text + ":";
  }

  const Scenario& scenario_;
  const Policy& policy_;
};

void print_request(const OpenRequest& open, const Scenario& scenario) {
  const Request& request = open.request;
  const Vocabulary& words = scenario.vocabulary;
  std::string data;
  for (const CategoryId category : open.data)
    data += (data.empty() ? "" : ", ") + words.category_names.name(category);
  std::string text = words.action_names.name(request.action) + " " + data + " from " +
                     (request.from ? scenario.world.node_names.name(*request.from) : "the person") +
                     " to " + scenario.world.node_names.name(request.to) + " for " +
                     words.purpose_names.name(request.purpose) + ", on " +
                     to_string(Date(static_cast<std::int32_t>(request.on)));
  std::cout << coloured(Colour::bold, "Request: ") << wrapped(text, 9, 9) << "\n";
  std::string subject;
  for (std::size_t a = 0; a < open.subject.size(); ++a)
    subject += (subject.empty() ? "" : ", ") + words.attribute_names.names()[a] + " = " +
               (open.subject[a] ? words.attributes[a].values.name(*open.subject[a]) : "any");
  if (!subject.empty())
    std::cout << "         " << wrapped("about a person with " + subject, 9, 9) << "\n";
}

ordered_json policy_json(const CompiledPolicy& compiled, const OpenRequest& request,
                         const Scenario& scenario) {
  const Policy& policy = compiled.policy();
  ordered_json out = {
      {"id", policy.id}, {"label", policy.label}, {"strategy", to_string(policy.strategy)}};
  for (const Answer& answer : ask(compiled, *scenario.cells, request))
    out["verdicts"][scenario.vocabulary.category_names.name(answer.category)] =
        to_json(answer, policy, scenario);
  out["unmodelled"] = policy.unmodelled;
  return out;
}

void print_policy(const CompiledPolicy& compiled, const OpenRequest& request,
                  const Scenario& scenario) {
  const Policy& policy = compiled.policy();
  std::string heading = "policy " + policy.id;
  if (policy.label != policy.id) heading += ": " + policy.label;
  std::cout << "\n" << coloured(Colour::bold, heading) << "\n";
  std::cout << "  "
            << coloured(Colour::dim, "strategy " + std::string(to_string(policy.strategy)) + ": " +
                                         onward::in_words(policy.strategy))
            << "\n";
  const Printer printer(scenario, policy);
  for (const Answer& answer : ask(compiled, *scenario.cells, request)) printer.print(answer);
  for (std::size_t i = 0; i < policy.unmodelled.size(); ++i)
    std::cout << "  " << padded(i == 0 ? "not modelled" : "", label_width)
              << wrapped(policy.unmodelled[i], 20, 20) << "\n";
}

Exit explain_request(const ExplainOptions& options, const Scenario& scenario,
                     const std::vector<std::size_t>& policies,
                     const std::pair<std::string, std::string>& text) {
  Diagnostics diagnostics;
  const auto request = read_request_text(text.first, text.second, scenario, diagnostics);
  if (!request) {
    print(diagnostics);
    return Exit::invalid;
  }
  if (options.json) {
    ordered_json out = {{"scenario", scenario.id}, {"policies", ordered_json::array()}};
    out["request"] = ordered_json::parse(text.first, nullptr, true, true);
    for (const std::size_t policy : policies)
      out["policies"].push_back(policy_json(scenario.compiled[policy], *request, scenario));
    std::cout << out.dump(2) << "\n";
    return Exit::ok;
  }
  print_request(*request, scenario);
  for (const std::size_t policy : policies)
    print_policy(scenario.compiled[policy], *request, scenario);
  return Exit::ok;
}

}  // namespace

Exit explain(const ExplainOptions& options) {
  const int ways = (options.request.empty() ? 0 : 1) + (options.person.empty() ? 0 : 1) +
                   (options.cast.empty() ? 0 : 1);
  if (ways != 1) {
    std::cerr << "onward explain: " << (ways == 0 ? "what is to be explained?" : "one at a time")
              << "\n  help: give one of `--request`, `--person`, `--cast`; see `onward explain "
                 "--help`\n";
    return Exit::usage;
  }
  const auto text = request_text(options.request);
  if (!options.request.empty() && !text) {
    std::cerr
        << "onward: " << ticked(options.request)
        << " is neither a request nor a file that can be read\n"
        << "  help: write JSON in braces, or the path of a file; see `onward explain --help`\n";
    return Exit::usage;
  }
  const LoadResult loaded = load(options.scenario);
  if (!loaded.scenario) {
    print(loaded.diagnostics);
    return Exit::invalid;
  }
  const Scenario& scenario = *loaded.scenario;
  const auto policies = policies_named(scenario, options.policies);
  if (!policies) return Exit::usage;
  return options.request.empty() ? explain_life(options, scenario, *policies)
                                 : explain_request(options, scenario, *policies, *text);
}

}  // namespace onward::cli
