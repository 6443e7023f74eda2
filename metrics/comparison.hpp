// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "metrics/summary.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward {

/// To how many people, over all replications, something happened under which of two policies.
struct PersonTable {
  std::uint64_t both = 0;
  std::uint64_t only_baseline = 0;
  std::uint64_t only_policy = 0;
  std::uint64_t neither = 0;
};

/// A number of people that may be shown: none, or at least `least_people`.
[[nodiscard]] inline bool may_be_shown(std::uint64_t people) {
  return people == 0 || people >= least_people;
}

/// The mean of one value for each replication, with Student's interval where there is one.
struct Estimate {
  double mean = 0;
  std::optional<Interval> interval;
};

/// Of at least 10 values that are not all the same there is an interval.
[[nodiscard]] Estimate estimate_of(const std::vector<double>& values, double confidence);

/// How a measure is spread over people; each the mean of the replications' own.
struct BurdenFigures {
  Estimate median;
  Estimate percentile_95;
  Estimate percentile_99;
  Estimate share_of_top_1;
};

/// One measure under two policies.
struct ComparedMeasure {
  std::size_t measure = 0;  ///< Of the accounts.
  bool absolute = false;    ///< An absolute harm: in no ratio, in no weighing.
  Figure baseline;
  Figure policy;
  Figure change;
  /// The share by which pairing has reduced the variance of the difference; absent where neither
  /// policy's values vary.
  std::optional<double> variance_reduction;
  std::optional<PersonTable> people;               ///< Where people are counted.
  std::vector<std::optional<PersonTable>> groups;  ///< By group; absent: too few people.
  std::optional<BurdenFigures> baseline_burden;
  std::optional<BurdenFigures> policy_burden;
};

/// The net benefit at one weight: the change in the benefit less the weight x the change in harm.
struct NetBenefit {
  double weight = 0;  ///< As much as so many of the benefit weighs one of the harm.
  Estimate net;
};

/// What more (or less) of a harm comes with more of a benefit. Never of an absolute harm.
struct Exchange {
  enum class Kind {
    ratio,         ///< More of both: so much harm for each benefit.
    dominant,      ///< No more harm, more benefit.
    dominated,     ///< No less harm, no more benefit.
    less_of_both,  ///< Less harm and less benefit: no ratio.
    no_difference
  };

  std::size_t harm = 0;     ///< A measure: a harm, or exposure.
  std::size_t benefit = 0;  ///< A measure.
  Kind kind = Kind::no_difference;
  double ratio = 0;             ///< For Kind::ratio.
  std::optional<RatioSet> set;  ///< Fieller's; absent where too little was seen for any interval.
  std::vector<NetBenefit> net;
  Grade grade = Grade::sourced;
};

/// A group's risk as a multiple of the reference group's.
struct Disparity {
  std::size_t measure = 0;
  std::size_t group = 0;
  std::optional<Summary::Ratio> baseline;
  std::optional<Summary::Ratio> policy;
};

/// A policy against the baseline: docs/method/measures.md, section 8.
struct Comparison {
  std::size_t policy = 0;                 ///< In the order of the accounts.
  std::vector<ComparedMeasure> headline;  ///< As declared; absolute harms first.
  std::vector<Exchange> exchanges;
  std::vector<Disparity> disparities;  ///< Empty if no reference group is declared.
};

/// The weights at which net benefit is shown if no others are asked for.
inline const std::vector<double> usual_weights{0.1, 1, 10, 100, 1000};

/// The measures of the headline in the order in which they are shown: absolute harms, exposure, the
/// other harms, benefits; each as declared. Only those that were measured.
[[nodiscard]] std::vector<std::size_t> headline_of(const Scenario& scenario,
                                                   const std::vector<Measure>& measures);

/// Whether a measure is an absolute harm.
[[nodiscard]] bool is_absolute(const Scenario& scenario, const Measure& measure);

/// Compares a policy (not the baseline) with the baseline. At least one replication.
[[nodiscard]] Comparison compare(const Scenario& scenario, const Accounts& accounts,
                                 std::size_t policy,
                                 const std::vector<double>& weights = usual_weights);

}  // namespace onward
