// SPDX-License-Identifier: Apache-2.0
#include "metrics/attribution.hpp"

#include <algorithm>

namespace onward {
namespace {

/// How many parts are read together. Why some: reading a scenario costs as much as a short replay.
/// Why not all: each is kept whole in memory.
constexpr std::size_t parts_at_once = 16;

std::vector<std::size_t> members_of(Coalition coalition) {
  std::vector<std::size_t> members;
  for (std::size_t i = 0; i < most_players; ++i)
    if ((coalition >> i & 1U) != 0) members.push_back(i);
  return members;
}

std::string part_id(std::size_t number) {
  return "part-" + std::to_string(number) + "-of-the-bill";
}

/// What cannot stand alone, in the words of the person who wrote it.
std::string clauses_in(const Bill& bill, Coalition coalition) {
  std::vector<std::string> names;
  for (const std::size_t clause : members_of(coalition)) names.push_back(bill.clauses[clause].name);
  return names.empty() ? "no clause" : all_of(names);
}

class Attributor {
 public:
  Attributor(const Draft& draft, Bill bill, const AttributionPlan& plan)
      : draft_(draft),
        plan_(plan),
        bill_(std::move(bill)),
        shapley_(bill_.clauses.size(), plan.orders, plan.variants.seed.value_or(0)) {}

  std::optional<Attribution> run(Diagnostics& diagnostics, const Progress& progress) {
    const auto& coalitions = shapley_.coalitions();
    const std::size_t chunks = (coalitions.size() + parts_at_once - 1) / parts_at_once;
    const auto values = run_variants(
        chunks, [this](std::size_t chunk) { return variant(chunk); }, plan_.variants, progress);
    if (!values) return {};
    for (std::size_t chunk = 0; chunk < chunks; ++chunk)
      if (!(*values)[chunk].problem.empty()) {
        explain(chunk, (*values)[chunk].problem, diagnostics);
        return {};
      }
    Attribution attribution;
    attribution.exact = shapley_.exact();
    attribution.policies = coalitions.size();
    for (std::size_t m = 0; m < plan_.variants.measures.size(); ++m)
      attribution.measures.push_back(measured(*values, m));
    attribution.bill = std::move(bill_);
    return attribution;
  }

 private:
  [[nodiscard]] Variant variant(std::size_t chunk) const {
    Draft draft = draft_;
    Variant variant;
    const auto& coalitions = shapley_.coalitions();
    const std::size_t last = std::min(coalitions.size(), (chunk + 1) * parts_at_once);
    for (std::size_t c = chunk * parts_at_once; c < last; ++c) {
      variant.policies.push_back(part_id(c));
      add_part(draft, bill_, members_of(coalitions[c]), variant.policies.back());
    }
    variant.loaded = load_draft(draft, {});
    if (!variant.loaded.scenario) return variant;
    variant.marks = clause_marks(*variant.loaded.scenario);
    for (std::size_t c = chunk * parts_at_once; c < last; ++c)
      variant.parts.push_back(coalitions[c]);
    return variant;
  }

  /// The clauses as marks: every form of a rule that they change is in the baseline or the policy.
  [[nodiscard]] std::unique_ptr<RuleMarks> clause_marks(const Scenario& scenario) const {
    std::vector<std::set<std::string>> rules;
    for (const Clause& clause : bill_.clauses) rules.push_back(clause.rules);
    auto marks = std::make_unique<RuleMarks>(std::move(rules));
    for (const CompiledPolicy& policy : scenario.compiled)
      if (policy.policy().id == bill_.baseline || policy.policy().id == bill_.policy)
        marks->add(policy);
    return marks;
  }

  /// Finds the parts of a chunk that cannot be read.
  void explain(std::size_t chunk, const std::string& problem, Diagnostics& diagnostics) const {
    const auto& coalitions = shapley_.coalitions();
    const std::size_t last = std::min(coalitions.size(), (chunk + 1) * parts_at_once);
    for (std::size_t c = chunk * parts_at_once; c < last; ++c) {
      Draft draft = draft_;
      add_part(draft, bill_, members_of(coalitions[c]), part_id(c));
      const LoadResult loaded = load_draft(draft, {});
      if (loaded.scenario) continue;
      Diagnostic first =
          *std::find_if(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                        [](const Diagnostic& d) { return d.severity == Severity::error; });
      first.help = "it came of taking " + clauses_in(bill_, coalitions[c]) +
                   " alone: clauses that need one another must change the same rule";
      diagnostics.push_back(std::move(first));
      return;
    }
    diagnostics.push_back({Severity::error, {}, problem, ""});
  }

  /// The worth of each coalition in each replication, and what follows from it.
  [[nodiscard]] AttributedMeasure measured(const std::vector<VariantValues>& values,
                                           std::size_t m) const {
    AttributedMeasure of;
    of.measure = plan_.variants.measures[m];
    const auto replications = static_cast<std::size_t>(plan_.variants.replications);
    const std::size_t players = bill_.clauses.size();
    std::vector<double> whole;
    std::vector<std::vector<double>> shares(players);
    std::vector<double> mean_worth(shapley_.coalitions().size());
    for (std::size_t r = 0; r < replications; ++r) {
      std::vector<double> worth;
      for (std::size_t c = 0; c < mean_worth.size(); ++c) {
        worth.push_back(values[c / parts_at_once].values[c % parts_at_once][m][r]);
        mean_worth[c] += worth.back() / static_cast<double>(replications);
      }
      whole.push_back(worth.back() - worth.front());
      const std::vector<double> of_replication = shapley_.shares(worth);
      for (std::size_t i = 0; i < players; ++i) shares[i].push_back(of_replication[i]);
    }
    of.whole = estimate_of(whole, usual_confidence);
    for (const auto& share : shares) of.shares.push_back(estimate_of(share, usual_confidence));
    of.order_errors = shapley_.order_errors(mean_worth);
    return of;
  }

  const Draft& draft_;
  const AttributionPlan& plan_;
  Bill bill_;
  ShapleyPlan shapley_;
};

}  // namespace

std::optional<Attribution> attribute(const Draft& draft, const AttributionPlan& plan,
                                     Diagnostics& diagnostics, const Progress& progress) {
  auto bill = bill_of(draft, plan.baseline, plan.policy, diagnostics);
  if (!bill) return {};
  if (bill->clauses.size() > most_players) {
    diagnostics.push_back({Severity::error,
                           {},
                           ticked(plan.policy) + " has " + std::to_string(bill->clauses.size()) +
                               " clauses, at most " + std::to_string(most_players) +
                               " can be told apart",
                           ""});
    return {};
  }
  return Attributor(draft, std::move(*bill), plan).run(diagnostics, progress);
}

}  // namespace onward
