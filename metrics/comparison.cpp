// SPDX-License-Identifier: Apache-2.0
#include "metrics/comparison.hpp"

#include <algorithm>

namespace onward {
namespace {

std::vector<double> less(const std::vector<double>& one, const std::vector<double>& other) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < one.size(); ++i) differences.push_back(one[i] - other[i]);
  return differences;
}

Exchange::Kind kind_of(double more_harm, double more_benefit) {
  if (more_harm == 0 && more_benefit == 0) return Exchange::Kind::no_difference;
  if (more_benefit > 0) return more_harm > 0 ? Exchange::Kind::ratio : Exchange::Kind::dominant;
  return more_harm < 0 ? Exchange::Kind::less_of_both : Exchange::Kind::dominated;
}

class Comparer {
 public:
  Comparer(const Scenario& scenario, const Accounts& accounts, std::size_t policy)
      : scenario_(scenario), accounts_(accounts), summary_(accounts), policy_(policy) {}

  ComparedMeasure compared(std::size_t m) const {
    ComparedMeasure of;
    of.measure = m;
    of.absolute = is_absolute(scenario_, accounts_.measures[m]);
    of.baseline = summary_.figure(0, m);
    of.policy = summary_.figure(policy_, m);
    of.change = summary_.difference(policy_, m);
    of.variance_reduction = variance_reduction(m);
    const Measure& measure = accounts_.measures[m];
    if (measure.counts_people && measure.has_events) {
      of.people = person_table(m, {});
      for (std::size_t g = 0; g < accounts_.people.size(); ++g)
        of.groups.push_back(summary_.shows(g) ? std::optional(person_table(m, g)) : std::nullopt);
    }
    if (has_burden(measure) && !accounts_.of[0].front().burdens.empty()) {
      of.baseline_burden = burden(0, m);
      of.policy_burden = burden(policy_, m);
    }
    return of;
  }

  Exchange exchange(std::size_t harm, std::size_t benefit,
                    const std::vector<double>& weights) const {
    Exchange of;
    of.harm = harm;
    of.benefit = benefit;
    of.grade = std::max(accounts_.measures[harm].grade, accounts_.measures[benefit].grade);
    const std::vector<double> more_harm = changes(harm);
    const std::vector<double> more_benefit = changes(benefit);
    of.kind = kind_of(mean_of(more_harm), mean_of(more_benefit));
    if (of.kind == Exchange::Kind::ratio) of.ratio = mean_of(more_harm) / mean_of(more_benefit);
    // Why both: where one of them does not do for Student's interval, its values are not normal.
    const bool usual = summary_.difference(policy_, harm).interval.has_value() &&
                       summary_.difference(policy_, benefit).interval.has_value();
    if (usual && of.kind == Exchange::Kind::ratio)
      of.set = fieller(more_harm, more_benefit, summary_.confidence());
    for (const double weight : weights) {
      std::vector<double> net;
      for (std::size_t r = 0; r < more_harm.size(); ++r)
        net.push_back(more_benefit[r] - weight * more_harm[r]);
      of.net.push_back({weight, estimate_of(net, summary_.confidence())});
      if (!usual) of.net.back().net.interval.reset();
    }
    return of;
  }

  void add_disparities(std::size_t m, std::size_t reference, std::vector<Disparity>& all) const {
    for (std::size_t g = 0; g < accounts_.people.size(); ++g) {
      if (g == reference || !summary_.shows(g) || !summary_.shows(reference)) continue;
      const Disparity of{m, g, summary_.disparity(0, m, g, reference),
                         summary_.disparity(policy_, m, g, reference)};
      if (of.baseline || of.policy) all.push_back(of);
    }
  }

 private:
  [[nodiscard]] std::vector<double> changes(std::size_t m) const {
    return less(summary_.values(policy_, m).values, summary_.values(0, m).values);
  }

  [[nodiscard]] std::optional<double> variance_reduction(std::size_t m) const {
    const std::vector<double> of = summary_.values(policy_, m).values;
    const std::vector<double> baseline = summary_.values(0, m).values;
    if (of.size() < 2) return {};
    const double apart = covariance_of(of, of) + covariance_of(baseline, baseline);
    if (apart == 0) return {};
    const std::vector<double> differences = less(of, baseline);
    return 1 - covariance_of(differences, differences) / apart;
  }

  [[nodiscard]] PersonTable person_table(std::size_t m, Summary::Scope group) const {
    PersonTable table;
    for (std::size_t r = 0; r < accounts_.replications(); ++r)
      for (std::size_t g = 0; g < accounts_.people.size(); ++g) {
        if (group && g != *group) continue;
        const Account& account = accounts_.of[policy_][r];
        const Entry& here = account.at(g, m);
        const Entry& there = accounts_.of[0][r].at(g, m);
        table.both += here.eventful_in_both;
        table.only_policy += here.eventful - here.eventful_in_both;
        table.only_baseline += there.eventful - here.eventful_in_both;
        table.neither += account.people[g] + here.eventful_in_both - here.eventful - there.eventful;
      }
    return table;
  }

  [[nodiscard]] BurdenFigures burden(std::size_t policy, std::size_t m) const {
    const auto estimate = [&](double Burden::*part) {
      std::vector<double> values;
      for (const Account& account : accounts_.of[policy])
        values.push_back(account.burdens[m].*part);
      return estimate_of(values, summary_.confidence());
    };
    return {estimate(&Burden::median), estimate(&Burden::percentile_95),
            estimate(&Burden::percentile_99), estimate(&Burden::share_of_top_1)};
  }

  const Scenario& scenario_;
  const Accounts& accounts_;
  Summary summary_;
  std::size_t policy_;
};

/// As many replications must there be for Student's interval.
constexpr std::size_t enough_for_student = 10;

}  // namespace

Estimate estimate_of(const std::vector<double>& values, double confidence) {
  Estimate estimate;
  if (values.empty()) return estimate;
  estimate.mean = mean_of(values);
  const bool same = std::all_of(values.begin(), values.end(),
                                [&](double value) { return value == values.front(); });
  if (values.size() >= enough_for_student && !same) estimate.interval = student(values, confidence);
  return estimate;
}

bool is_absolute(const Scenario& scenario, const Measure& measure) {
  return measure.kind == Measure::Kind::harm && scenario.outcomes.harms[measure.of].absolute;
}

std::vector<std::size_t> headline_of(const Scenario& scenario,
                                     const std::vector<Measure>& measures) {
  std::vector<std::size_t> headline;
  const auto add = [&](const std::string& name) {
    if (const auto m = find_measure(measures, name)) headline.push_back(*m);
  };
  const auto add_harms = [&](bool absolute) {
    for (const std::string& id : scenario.headline_harms) {
      const auto m = find_measure(measures, "harm." + id);
      if (m && is_absolute(scenario, measures[*m]) == absolute) headline.push_back(*m);
    }
  };
  add_harms(true);
  add("exposure_days");
  add_harms(false);
  for (const std::string& id : scenario.headline_benefits) add("benefit." + id);
  return headline;
}

Comparison compare(const Scenario& scenario, const Accounts& accounts, std::size_t policy,
                   const std::vector<double>& weights) {
  const Comparer comparer(scenario, accounts, policy);
  Comparison comparison;
  comparison.policy = policy;
  const std::vector<std::size_t> headline = headline_of(scenario, accounts.measures);
  for (const std::size_t m : headline) comparison.headline.push_back(comparer.compared(m));
  // What may be set in a ratio: never an absolute harm.
  for (const ComparedMeasure& benefit : comparison.headline) {
    if (accounts.measures[benefit.measure].kind != Measure::Kind::benefit) continue;
    for (const ComparedMeasure& harm : comparison.headline)
      if (!harm.absolute && accounts.measures[harm.measure].kind != Measure::Kind::benefit)
        comparison.exchanges.push_back(comparer.exchange(harm.measure, benefit.measure, weights));
  }
  if (scenario.reference_group)
    for (const ComparedMeasure& of : comparison.headline)
      if (!of.absolute)
        comparer.add_disparities(of.measure, *scenario.reference_group, comparison.disparities);
  return comparison;
}

}  // namespace onward
