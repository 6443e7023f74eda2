// SPDX-License-Identifier: Apache-2.0
#include "cli/asked.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>

#include "cli/precision.hpp"
#include "cli/version.hpp"
#include "metrics/store/environment.hpp"
#include "sim/scenario/files.hpp"

namespace onward::cli {
namespace {

constexpr const char* as_the_scenario_says = "as the scenario says";

constexpr const char* not_asked = "no";

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

std::vector<std::string> names_in(std::string list) {
  std::replace(list.begin(), list.end(), ',', ' ');
  std::istringstream words(list);
  return {std::istream_iterator<std::string>(words), {}};
}

std::uint32_t seed_of(const RunOptions& options, const Scenario& scenario) {
  return options.seed.value_or(scenario.experiment.seed);
}

}  // namespace

Contents contents_of(const RunOptions& options, const LoadResult& loaded,
                     const std::vector<std::size_t>& policies) {
  const Scenario& scenario = *loaded.scenario;
  Contents contents;
  contents.scenario = &scenario;
  std::vector<std::string> ids;
  for (const std::size_t p : policies) {
    contents.policies.push_back(&scenario.policies[p]);
    ids.push_back(scenario.policies[p].id);
  }
  contents.identity.about = {
      {"notice", "Synthetic; not evidence about any person or claim."},
      {"people", options.people ? std::to_string(*options.people) : as_the_scenario_says},
      {"persons", options.keep.persons ? "yes" : "no"},
      {"policies", listed(ids)},
      {"precision", options.precision.empty() ? not_asked : options.precision},
      {"precision_of", listed(options.precision_of)},
      {"question", scenario.question},
      {"replications", std::to_string(replications_of(options, scenario))},
      {"scenario", scenario.id},
      {"seed", std::to_string(seed_of(options, scenario))},
      {"title", scenario.title},
      {"version", version}};
  contents.identity.files = stored_files(loaded.sources, scenario_file(scenario.file).string());
  contents.environment = environment_facts();
  return contents;
}

std::string asked(const Facts& about, const std::string& name) {
  for (const auto& [known, value] : about)
    if (known == name) return value;
  return "";
}

void ask_the_same(const Facts& about, RunOptions& options) {
  const std::string people = asked(about, "people");
  const std::string replications = asked(about, "replications");
  const std::string seed = asked(about, "seed");
  if (!options.people && !people.empty() && people != as_the_scenario_says)
    options.people = std::stoi(people);
  if (!options.replications && !replications.empty())
    options.replications = std::stoi(replications);
  if (!options.seed && !seed.empty()) options.seed = static_cast<std::uint32_t>(std::stoul(seed));
  if (options.policies.empty()) options.policies = names_in(asked(about, "policies"));
  if (options.precision.empty() && asked(about, "precision") != not_asked)
    options.precision = asked(about, "precision");
  if (options.precision_of.empty()) options.precision_of = names_in(asked(about, "precision_of"));
  options.keep.persons = options.keep.persons || asked(about, "persons") == "yes";
}

Manifest manifest_for(const RunOptions& options, const Scenario& scenario,
                      const std::string& path) {
  Manifest manifest;
  manifest.version = version;
  manifest.path = path;
  manifest.seed = seed_of(options, scenario);
  manifest.replications_planned = static_cast<std::size_t>(replications_of(options, scenario));
  return manifest;
}

}  // namespace onward::cli
