// SPDX-License-Identifier: Apache-2.0
#include "cli/sweep_study.hpp"

#include <algorithm>
#include <set>

#include "cli/progress.hpp"

namespace onward::cli {

RunOptions SweepStudy::options() const {
  RunOptions options;
  options.people = sweep.people;
  options.replications = sweep.replications;
  options.seed = sweep.seed;
  options.policies = sweep.policies;
  // Why not left open: a point may have more policies, as they were before a rule was taken out.
  if (options.policies.empty())
    for (const Value& policy : draft.policies) options.policies.push_back(policy.find("id")->text);
  return options;
}

Contents SweepStudy::contents(const RunOptions& options, const LoadResult& loaded,
                              const std::vector<std::size_t>& policies) const {
  Contents contents = contents_of(options, loaded, policies);
  contents.identity.about.emplace_back("sweep", sweep.id);
  std::sort(contents.identity.about.begin(), contents.identity.about.end());
  std::vector<SourceFile> sources = sweep.sources;
  sources.insert(sources.end(), draft.sources.begin(), draft.sources.end());
  contents.identity.files = stored_files(sources, sweep.file);
  for (const Factor& factor : sweep.factors)
    contents.factors.push_back({factor.name, factor.label, factor.varies()});
  return contents;
}

std::vector<Setting> SweepStudy::settings(std::size_t point) const {
  std::vector<Setting> settings;
  for (std::size_t f = 0; f < sweep.factors.size(); ++f)
    settings.push_back({sweep.factors[f].name, design[point][f].json, design[point][f].number});
  return settings;
}

bool is_sweep_file(const std::string& path) {
  return path.ends_with(".sweep.json");
}

std::optional<SweepStudy> read_study(const std::string& path, Diagnostics& diagnostics) {
  auto sweep = read_sweep(path, diagnostics);
  if (!sweep) return {};
  auto draft = read_draft(sweep->scenario, diagnostics);
  if (!draft) return {};
  const Value* seed = draft->experiment.find("seed");
  auto design = design_of(
      *sweep, sweep->seed.value_or(seed == nullptr ? 0 : static_cast<std::uint32_t>(seed->integer)),
      diagnostics);
  if (!design) return {};
  return SweepStudy{std::move(*sweep), std::move(*draft), std::move(*design)};
}

bool check_points(const SweepStudy& study, Diagnostics& diagnostics) {
  std::set<std::string> said;
  ProgressBar bar("checking points");
  for (std::size_t point = 0; point < study.design.size(); ++point) {
    for (const Diagnostic& problem : study.load(point).diagnostics)
      if (said.insert(to_string(problem)).second) diagnostics.push_back(problem);
    bar.show(point + 1, study.design.size());
  }
  return !has_errors(diagnostics);
}

}  // namespace onward::cli
