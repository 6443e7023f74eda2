// SPDX-License-Identifier: Apache-2.0
#include "metrics/summary.hpp"

#include <algorithm>
#include <cmath>

namespace onward {
namespace {

constexpr double enough_replications = 10;
/// Above this risk a harm's events vary less than its compensator.
constexpr double common_risk = 0.5;

/// Those values of N - b (N - L), with the b that makes them vary least.
std::vector<double> controlled(const std::vector<double>& events,
                               const std::vector<double>& compensators) {
  const double mean_events = mean_of(events);
  const double mean_gap = mean_events - mean_of(compensators);
  double covariance = 0;
  double variance = 0;
  for (std::size_t r = 0; r < events.size(); ++r) {
    const double gap = events[r] - compensators[r] - mean_gap;
    covariance += (events[r] - mean_events) * gap;
    variance += gap * gap;
  }
  const double b = variance > 0 ? covariance / variance : 0;
  std::vector<double> values;
  for (std::size_t r = 0; r < events.size(); ++r)
    values.push_back(events[r] - b * (events[r] - compensators[r]));
  return values;
}

bool all_the_same(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(),
                     [&](double value) { return value == values.front(); });
}

Interval within_0_and_1(Interval interval) {
  return {std::max(0.0, interval.low), std::min(1.0, interval.high)};
}

/// The interval for a share from the one for the share of the others.
Interval of_the_rest(Interval interval) {
  return {1 - interval.high, 1 - interval.low};
}

}  // namespace

const char* name_of(Bound::Per per) {
  return per == Bound::Per::person ? "person" : "replication";
}

/// What a policy came to in a scope, for one measure. Counts are over all replications.
struct Summary::Series {
  std::vector<std::size_t> replications;  ///< Those that had anybody.
  std::vector<double> values;             ///< By these.
  std::vector<WeightedCount> eventful;    ///< People to whom it happened, by group.
  std::vector<WeightedCount> uneventful;  ///< The others.
  double people = 0;
  double events = 0;
  double eventful_people = 0;
  double contributing = 0;
  double differing = 0;
  double replications_contributing = 0;
  double replications_uneventful = 0;  ///< With somebody to whom it did not happen.
  double replications_eventful = 0;
  double censored = 0;
  double largest_weight = 0;  ///< Of a person, where all together weigh 1.
};

Summary::Series Summary::series(std::size_t policy, std::size_t measure, Scope group) const {
  const std::size_t first = group.value_or(0);
  const std::size_t last = group ? *group + 1 : accounts_.people.size();
  const bool harm = accounts_.measures[measure].kind == Measure::Kind::harm;
  Series series;
  std::vector<double> event_values;
  std::vector<double> people_of(last);
  std::vector<double> eventful_of(last);
  double censored = 0;
  double censorable = 0;
  for (std::size_t r = 0; r < accounts_.of[policy].size(); ++r) {
    const Account& account = accounts_.of[policy][r];
    double value = 0;
    double events = 0;
    double weight = 0;
    double people = 0;
    double contributing = 0;
    double eventful = 0;
    for (std::size_t g = first; g < last; ++g) {
      const Entry& entry = account.at(g, measure);
      const double w = accounts_.weight[g];
      value += w * entry.value.value();
      events += w * entry.events.value();
      weight += w * static_cast<double>(account.people[g]);
      people += static_cast<double>(account.people[g]);
      contributing += static_cast<double>(entry.contributing);
      eventful += static_cast<double>(entry.eventful);
      censored += w * entry.censored.value();
      censorable += w * entry.censorable.value();
      series.events += entry.events.value();
      series.differing += static_cast<double>(entry.differing);
      people_of[g] += static_cast<double>(account.people[g]);
      eventful_of[g] += static_cast<double>(entry.eventful);
    }
    if (weight <= 0) continue;
    series.replications.push_back(r);
    series.values.push_back(value / weight);
    event_values.push_back(events / weight);
    series.people += people;
    series.contributing += contributing;
    series.eventful_people += eventful;
    series.replications_contributing += contributing > 0 ? 1 : 0;
    series.replications_eventful += eventful > 0 ? 1 : 0;
    series.replications_uneventful += eventful < people ? 1 : 0;
  }
  if (harm && series.values.size() > 1 && mean_of(event_values) > common_risk)
    series.values = controlled(event_values, series.values);
  if (censorable > 0) series.censored = censored / censorable;
  double total = 0;
  for (std::size_t g = first; g < last; ++g) total += accounts_.weight[g] * people_of[g];
  for (std::size_t g = first; g < last && total > 0; ++g) {
    if (people_of[g] == 0) continue;
    const double weight = accounts_.weight[g] / total;
    series.eventful.push_back({weight, eventful_of[g]});
    series.uneventful.push_back({weight, people_of[g] - eventful_of[g]});
    series.largest_weight = std::max(series.largest_weight, weight);
  }
  return series;
}

/// Whether so many people in so many replications will do for Student's interval.
bool Summary::enough(double people, double replications, const Series& series) const {
  const double all = static_cast<double>(series.values.size());
  return all >= 2 && people >= static_cast<double>(enough_people) &&
         replications >= std::min(all, enough_replications);
}

/// Whether the values will do for Student's interval.
bool Summary::usual(const Measure& what, const Series& series) const {
  return enough(series.contributing, series.replications_contributing, series) &&
         (!what.counts_people ||
          enough(series.people - series.eventful_people, series.replications_uneventful, series)) &&
         !all_the_same(series.values);
}

/// The bound where so many people of so many replications did.
std::optional<Bound> Summary::bound(bool shared, double people, double replications,
                                    const Series& series) const {
  const double all = static_cast<double>(series.values.size());
  if (!shared && people == 0 && series.people > 0)
    return Bound{Bound::Per::person,
                 std::min(1.0, -std::log(1 - confidence_) * series.largest_weight)};
  if (replications >= all) return {};
  return Bound{Bound::Per::replication, clopper_pearson_upper(replications, all, confidence_)};
}

Figure Summary::figure(std::size_t policy, std::size_t measure, Scope group) const {
  const Measure& what = accounts_.measures[measure];
  const Series of = series(policy, measure, group);
  Figure figure;
  if (of.values.empty()) return figure;
  figure.mean = mean_of(of.values);
  figure.censored = of.censored;
  if (what.has_events) figure.events = of.events;
  const bool shared = accounts_.shares[policy] != 0;
  const double others = of.people - of.eventful_people;
  const double seen = what.has_events ? of.eventful_people : of.contributing;
  if (usual(what, of)) {
    figure.interval = student(of.values, confidence_);
    if (what.counts_people) figure.interval = within_0_and_1(*figure.interval);
  } else if (!shared && what.counts_people && seen > 0) {
    figure.interval = within_0_and_1(of.eventful_people <= others
                                         ? fay_feuer(of.eventful, confidence_)
                                         : of_the_rest(fay_feuer(of.uneventful, confidence_)));
  }
  if (seen == 0 || !figure.interval)
    figure.bound =
        bound(shared, seen,
              what.has_events ? of.replications_eventful : of.replications_contributing, of);
  return figure;
}

Figure Summary::difference(std::size_t policy, std::size_t measure, Scope group) const {
  const Measure& what = accounts_.measures[measure];
  const Series of = series(policy, measure, group);
  const Series baseline = series(0, measure, group);
  Figure figure;
  if (of.values.empty()) return figure;
  std::vector<double> differences;
  double replications = 0;
  for (std::size_t r = 0; r < of.values.size(); ++r) {
    differences.push_back(of.values[r] - baseline.values[r]);
    replications += differences.back() != 0 ? 1 : 0;
  }
  figure.mean = mean_of(differences);
  figure.censored = std::max(of.censored, baseline.censored);
  if (what.has_events) figure.events = of.events - baseline.events;
  if (enough(of.differing, replications, of) && !all_the_same(differences))
    figure.interval = student(differences, confidence_);
  else
    figure.bound = bound(accounts_.shares[policy] != 0 || accounts_.shares[0] != 0, of.differing,
                         replications, of);
  return figure;
}

Summary::Values Summary::values(std::size_t policy, std::size_t measure, Scope group) const {
  Series of = series(policy, measure, group);
  return {std::move(of.replications), std::move(of.values)};
}

std::optional<Summary::Ratio> Summary::disparity(std::size_t policy, std::size_t measure,
                                                 std::size_t group, std::size_t reference) const {
  const Measure& what = accounts_.measures[measure];
  const Series one = series(policy, measure, group);
  const Series other = series(policy, measure, reference);
  if (one.values.empty() || other.values.empty() || mean_of(other.values) == 0) return {};
  Ratio ratio{mean_of(one.values) / mean_of(other.values), {}};
  const bool paired = one.replications == other.replications;
  if (paired && usual(what, one) && usual(what, other)) {
    ratio.set = fieller(one.values, other.values, confidence_);
  } else if (accounts_.shares[policy] == 0 && what.counts_people && what.has_events &&
             one.eventful_people + other.eventful_people > 0) {
    const Interval exact = poisson_ratio(one.eventful_people, one.people, other.eventful_people,
                                         other.people, confidence_);
    if (!std::isinf(exact.high))
      ratio.set = RatioSet{RatioSet::Kind::interval, exact.low, exact.high};
  }
  return ratio;
}

Figures Summary::figures(std::size_t policy, Scope group) const {
  Figures all;
  for (std::size_t m = 0; m < accounts_.measures.size(); ++m)
    all.push_back(figure(policy, m, group));
  return all;
}

Figures Summary::differences(std::size_t policy, Scope group) const {
  Figures all;
  for (std::size_t m = 0; m < accounts_.measures.size(); ++m)
    all.push_back(difference(policy, m, group));
  return all;
}

bool Summary::shows(std::size_t group) const {
  std::uint64_t people = 0;
  for (const Account& account : accounts_.of.front()) people += account.people[group];
  return people >= least_people;
}

}  // namespace onward
