// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "metrics/experiment.hpp"
#include "metrics/statistics.hpp"

namespace onward {

/// An upper bound where nothing, or too little, was seen: section 4 of docs/method/measures.md.
struct Bound {
  enum class Per { replication, person };
  Per per = Per::replication;
  double at_most = 0;  ///< A chance.
};

/// `person` or `replication`.
[[nodiscard]] const char* name_of(Bound::Per per);

/// A figure with everything that must be said of it.
struct Figure {
  double mean = 0;
  std::optional<Interval> interval;
  std::optional<double> events;
  double censored = 0;  ///< A share.
  std::optional<Bound> bound;
};

/// One for each measure.
using Figures = std::vector<Figure>;

inline constexpr double usual_confidence = 0.95;
/// A group with fewer people over all replications is not shown.
inline constexpr std::uint64_t least_people = 10;

/// Works figures out of accounts, which must outlive it and hold at least one replication.
///
/// `group`: of this group; absent: of everybody, weighted. Policies are counted in the order of
/// the accounts.
class Summary {
 public:
  using Scope = std::optional<std::size_t>;

  explicit Summary(const Accounts& accounts, double confidence = usual_confidence)
      : accounts_(accounts), confidence_(confidence) {}

  [[nodiscard]] Figure figure(std::size_t policy, std::size_t measure, Scope group = {}) const;
  /// The policy less the baseline, paired by replication.
  [[nodiscard]] Figure difference(std::size_t policy, std::size_t measure, Scope group = {}) const;

  [[nodiscard]] Figures figures(std::size_t policy, Scope group = {}) const;
  [[nodiscard]] Figures differences(std::size_t policy, Scope group = {}) const;

  /// The values of the replications that had anybody in the scope: what a figure is the mean of.
  struct Values {
    std::vector<std::size_t> replications;  ///< Places in the accounts, ascending.
    std::vector<double> values;
  };
  [[nodiscard]] Values values(std::size_t policy, std::size_t measure, Scope group = {}) const;

  /// The risk of a group as a multiple of another group's under the same policy: a set of ratios,
  /// where there is one (section 8). Nothing where the other group's risk is 0.
  struct Ratio {
    double ratio = 0;
    std::optional<RatioSet> set;
  };
  [[nodiscard]] std::optional<Ratio> disparity(std::size_t policy, std::size_t measure,
                                               std::size_t group, std::size_t reference) const;

  [[nodiscard]] double confidence() const { return confidence_; }

  /// Whether a group has enough people to be shown.
  [[nodiscard]] bool shows(std::size_t group) const;

 private:
  struct Series;
  [[nodiscard]] Series series(std::size_t policy, std::size_t measure, Scope group) const;
  [[nodiscard]] bool usual(const Measure& what, const Series& series) const;
  [[nodiscard]] bool enough(double people, double replications, const Series& series) const;
  [[nodiscard]] std::optional<Bound> bound(bool shared, double people, double replications,
                                           const Series& series) const;

  const Accounts& accounts_;
  double confidence_;
};

}  // namespace onward
