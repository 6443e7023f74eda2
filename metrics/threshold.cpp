// SPDX-License-Identifier: Apache-2.0
#include "metrics/threshold.hpp"

#include <algorithm>
#include <cmath>

namespace onward {
namespace {

const std::string asked_by = "--parameter";

int side_of(const ThresholdPoint& point) {
  return point.over.mean > 0 ? 1 : point.over.mean < 0 ? -1 : 0;
}

bool certain(const ThresholdPoint& point) {
  return point.over.interval && (point.over.interval->low > 0 || point.over.interval->high < 0);
}

class Search {
 public:
  Search(const Draft& draft, const ThresholdPlan& plan, Diagnostics& diagnostics,
         const Progress& progress)
      : draft_(draft), plan_(plan), diagnostics_(diagnostics), progress_(progress) {}

  std::optional<Threshold> run() {
    std::vector<double> grid;
    for (std::size_t i = 0; i < plan_.points; ++i)
      grid.push_back(between(plan_.from, plan_.to,
                             static_cast<double>(i) / static_cast<double>(plan_.points - 1)));
    if (!look_at(grid)) return {};
    for (std::size_t step = 0; step < plan_.halvings; ++step) {
      std::vector<double> middles;
      for (const std::size_t i : gaps())
        middles.push_back(between(points_[i].at, points_[i + 1].at, 0.5));
      if (middles.empty()) break;
      if (!look_at(middles)) return {};
    }
    Threshold found;
    for (const std::size_t i : gaps()) found.crossings.push_back(crossing(i));
    found.points = std::move(points_);
    return found;
  }

 private:
  [[nodiscard]] double between(double from, double to, double share) const {
    if (share == 1) return to;
    return plan_.logarithmic ? from * std::pow(to / from, share) : from + (to - from) * share;
  }

  /// The points after which the sign of the mean is another.
  [[nodiscard]] std::vector<std::size_t> gaps() const {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i + 1 < points_.size(); ++i)
      if (side_of(points_[i]) != side_of(points_[i + 1])) all.push_back(i);
    return all;
  }

  bool look_at(const std::vector<double>& values) {
    std::vector<std::string> policies{plan_.policy};
    if (plan_.baseline) policies.insert(policies.begin(), *plan_.baseline);
    const auto make = [&](std::size_t i) {
      return Variant{load_draft(draft_, {override_number(plan_.pointer, values[i], asked_by)}),
                     policies};
    };
    const auto all = run_variants(values.size(), make, plan_.variants, progress_);
    if (!all) return false;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const VariantValues& variant = (*all)[i];
      if (!variant.problem.empty()) {
        diagnostics_.push_back({Severity::error, {}, variant.problem, ""});
        return false;
      }
      std::vector<double> over = variant.values.back().front();
      for (std::size_t r = 0; r < over.size(); ++r)
        over[r] -= plan_.baseline ? variant.values.front().front()[r] : plan_.line;
      points_.push_back({values[i], estimate_of(over, usual_confidence)});
    }
    std::sort(points_.begin(), points_.end(),
              [](const ThresholdPoint& a, const ThresholdPoint& b) { return a.at < b.at; });
    return true;
  }

  [[nodiscard]] Crossing crossing(std::size_t gap) const {
    Crossing crossing;
    const ThresholdPoint& low = points_[gap];
    const ThresholdPoint& high = points_[gap + 1];
    crossing.at = between(low.at, high.at, low.over.mean / (low.over.mean - high.over.mean));
    for (std::size_t i = 0; i <= gap; ++i)
      if (certain(points_[i])) crossing.certain_below = points_[i].at;
    for (std::size_t i = points_.size(); i-- > gap + 1;)
      if (certain(points_[i])) crossing.certain_above = points_[i].at;
    return crossing;
  }

  const Draft& draft_;
  const ThresholdPlan& plan_;
  Diagnostics& diagnostics_;
  const Progress& progress_;
  std::vector<ThresholdPoint> points_;
};

}  // namespace

std::optional<Threshold> threshold(const Draft& draft, const ThresholdPlan& plan,
                                   Diagnostics& diagnostics, const Progress& progress) {
  return Search(draft, plan, diagnostics, progress).run();
}

}  // namespace onward
