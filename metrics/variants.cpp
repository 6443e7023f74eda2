// SPDX-License-Identifier: Apache-2.0
#include "metrics/variants.hpp"

#include <algorithm>
#include <stdexcept>

#include "metrics/bytes.hpp"
#include "metrics/summary.hpp"
#include "metrics/workers.hpp"

namespace onward {
namespace {

ExperimentPlan experiment_of(const Scenario& scenario, const std::vector<std::string>& policies,
                             const VariantPlan& plan) {
  ExperimentPlan experiment;
  for (const std::string& id : policies) {
    const auto at = std::find_if(scenario.policies.begin(), scenario.policies.end(),
                                 [&](const Policy& policy) { return policy.id == id; });
    if (at == scenario.policies.end())
      throw std::invalid_argument("there is no policy " + ticked(id));
    experiment.policies.push_back(static_cast<std::size_t>(at - scenario.policies.begin()));
  }
  experiment.replications = plan.replications;
  experiment.warm_up_days = scenario.experiment.warm_up_days;
  experiment.people = plan.people;
  experiment.measures = plan.measures;
  return experiment;
}

VariantValues replayed(const Variant& variant, const VariantPlan& plan, KnownLives& known,
                       const std::function<void()>& tick) {
  VariantValues answer;
  if (!variant.loaded.scenario) {
    for (const Diagnostic& diagnostic : variant.loaded.diagnostics)
      if (diagnostic.severity == Severity::error) answer.problem += to_string(diagnostic);
    return answer;
  }
  const Scenario& scenario = *variant.loaded.scenario;
  Model model = model_of(scenario);
  if (plan.seed) model.seed = *plan.seed;
  ExperimentPlan experiment = experiment_of(scenario, variant.policies, plan);
  const Sharing sharing{variant.marks.get(), variant.parts, &known};
  if (variant.marks) experiment.sharing = &sharing;
  const Accounts accounts =
      replay_all(model, scenario.compiled, experiment, [&](std::size_t, std::size_t) {
        tick();
        return true;
      });
  const Summary summary(accounts);
  for (std::size_t p = 0; p < variant.policies.size(); ++p) {
    auto& of_policy = answer.values.emplace_back();
    for (const std::string& name : plan.measures) {
      const auto m = find_measure(accounts.measures, name);
      if (!m) throw std::invalid_argument("there is no measure " + ticked(name));
      of_policy.push_back(summary.values(p, *m).values);
      if (of_policy.back().size() != static_cast<std::size_t>(plan.replications))
        answer.problem = "some replication has no people";
    }
  }
  return answer;
}

std::string to_bytes(const VariantValues& answer) {
  std::string bytes;
  put(bytes, std::vector<char>(answer.problem.begin(), answer.problem.end()));
  const std::size_t policies = answer.values.size();
  put(bytes, &policies, 1);
  for (const auto& of_policy : answer.values) {
    const std::size_t measures = of_policy.size();
    put(bytes, &measures, 1);
    for (const auto& values : of_policy) put(bytes, values);
  }
  return bytes;
}

VariantValues from_bytes(std::string_view bytes) {
  VariantValues answer;
  std::vector<char> problem;
  take(bytes, problem);
  answer.problem.assign(problem.begin(), problem.end());
  std::size_t policies = 0;
  take(bytes, &policies, 1);
  answer.values.resize(policies);
  for (auto& of_policy : answer.values) {
    std::size_t measures = 0;
    take(bytes, &measures, 1);
    of_policy.resize(measures);
    for (auto& values : of_policy) take(bytes, values);
  }
  return answer;
}

}  // namespace

std::optional<std::vector<VariantValues>> run_variants(
    std::size_t count, const std::function<Variant(std::size_t)>& make, const VariantPlan& plan,
    const Progress& progress) {
  std::vector<VariantValues> all(count);
  std::size_t done = 0;
  bool wanted = true;
  // Each process that works has one of its own.
  KnownLives known(plan.measures.size());
  const WorkerTask work = [&](std::size_t i, const std::function<void()>& tick) {
    return to_bytes(replayed(make(i), plan, known, tick));
  };
  const auto finished = [&](std::size_t i, const std::string& bytes) {
    all[i] = from_bytes(bytes);
    ++done;
  };
  const auto go_on = [&] {
    wanted = wanted && (!progress || progress(done, count));
    return wanted;
  };
  for (const FailedTask& failed :
       run_in_workers(std::max<std::size_t>(1, plan.jobs), count, work, {finished, [] {}, go_on}))
    all[failed.task].problem = failed.reason;
  if (!wanted) return {};
  return all;
}

}  // namespace onward
