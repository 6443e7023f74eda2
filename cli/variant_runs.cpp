// SPDX-License-Identifier: Apache-2.0
#include "cli/variant_runs.hpp"

#include <iostream>

#include "cli/numbers.hpp"
#include "cli/version.hpp"

namespace onward::cli {
namespace {

std::vector<Measure> measures_asked_for(const Scenario& scenario,
                                        const std::vector<const Policy*>& policies,
                                        const std::vector<std::string>& names) {
  const Model model = model_of(scenario);
  const std::vector<Measure> all = measures_of(model, Grades(model, policies));
  std::vector<Measure> chosen;
  if (names.empty())
    for (const std::size_t m : headline_of(scenario, all)) chosen.push_back(all[m]);
  for (const std::string& name : names) {
    if (const auto m = find_measure(all, name)) {
      chosen.push_back(all[*m]);
      continue;
    }
    std::vector<std::string> known;
    for (const Measure& measure : all) known.push_back(measure.name);
    std::cerr << "onward: unknown measure " << ticked(name)
              << "\n  help: " << suggest(name, known, "measures") << "\n";
    return {};
  }
  return chosen;
}

}  // namespace

std::optional<Source> source_of(const RunOptions& options, const std::vector<std::string>& measures,
                                Exit& exit) {
  Source source;
  Diagnostics diagnostics;
  auto draft = read_draft(options.scenario, diagnostics);
  LoadResult loaded;
  if (draft) loaded = load_draft(*draft, {});
  diagnostics.insert(diagnostics.end(), loaded.diagnostics.begin(), loaded.diagnostics.end());
  print(diagnostics);
  exit = Exit::invalid;
  if (!loaded.scenario) return {};
  source.draft = std::move(*draft);
  source.scenario = std::move(loaded.scenario);
  exit = Exit::usage;
  const auto policies = policies_named(*source.scenario, options.policies);
  if (!policies) return {};
  std::vector<const Policy*> chosen;
  for (const std::size_t p : *policies) {
    chosen.push_back(&source.scenario->policies[p]);
    source.policies.push_back(chosen.back()->id);
  }
  source.measures = measures_asked_for(*source.scenario, chosen, measures);
  if (source.measures.empty()) return {};
  for (const Measure& measure : source.measures) source.plan.measures.push_back(measure.name);
  source.plan.replications =
      options.replications.value_or(source.scenario->experiment.replications);
  source.plan.people = options.people;
  source.plan.seed = options.seed.value_or(source.scenario->experiment.seed);
  source.plan.jobs = jobs_or_cores(options.jobs);
  exit = Exit::ok;
  return source;
}

Exit failed(const std::string& command, const Diagnostics& diagnostics) {
  print(diagnostics);
  if (!diagnostics.empty()) return Exit::invalid;
  std::cerr << "onward " << command << ": stopped; nothing is shown, for it takes all of it\n";
  return Exit::interrupted;
}

std::string with_interval(const Estimate& estimate, const Scale& scale) {
  const std::string mean = signed_number(scale.factor * estimate.mean);
  return estimate.interval ? mean + " (" + shown(*estimate.interval, scale.factor) + ")" : mean;
}

void add_heading(TableText& out, const Source& source, const std::string& what) {
  const Scenario& scenario = *source.scenario;
  out.line(coloured(Colour::bold, wrapped(scenario.title, 0, 0)));
  out.paragraph(what);
  out.paragraph(counted(static_cast<std::uint64_t>(source.plan.replications)) +
                " runs (replications) of each, seed " + std::to_string(*source.plan.seed) +
                ": always the same people with the same luck.");
}

void add_ending(TableText& out, const std::vector<std::string>& remarks) {
  out.line();
  out.line(coloured(Colour::bold, "WHAT THIS IS, AND IS NOT"));
  out.paragraph("Synthetic; not evidence about any person or claim.", 4, "- ");
  for (const std::string& remark : remarks) out.paragraph(remark, 4, "- ");
  out.paragraph(
      "How each figure is made: docs/method/measures.md. What the model leaves out: "
      "`onward run`.",
      4, "- ");
}

nlohmann::ordered_json json_of(const Source& source) {
  nlohmann::ordered_json json;
  json["scenario"] = source.scenario->id;
  json["version"] = version;
  json["seed"] = *source.plan.seed;
  json["replications"] = source.plan.replications;
  json["note"] = "Synthetic; not evidence about any person or claim.";
  return json;
}

nlohmann::ordered_json json_of(const Estimate& estimate) {
  using Json = nlohmann::ordered_json;
  return {{"mean", estimate.mean},
          {"low", estimate.interval ? Json(estimate.interval->low) : Json()},
          {"high", estimate.interval ? Json(estimate.interval->high) : Json()}};
}

}  // namespace onward::cli
