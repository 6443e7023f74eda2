// SPDX-License-Identifier: Apache-2.0
#include "metrics/sensitivity.hpp"

#include <algorithm>
#include <cmath>

namespace onward {
namespace {

constexpr double tail = 0.025;
const std::string asked_by = "sweep";

/// By point: the values of one figure, by replication.
using Points = std::vector<std::vector<double>>;

/// Over A and B, which are drawn from the whole ranges.
Interval range_of(const SobolDesign& design, const Points& points) {
  std::vector<double> means;
  for (std::size_t row = 0; row < design.rows; ++row)
    for (const std::size_t of : {0U, 1U})
      means.push_back(mean_of(points[row * design.points_a_row() + of]));
  std::sort(means.begin(), means.end());
  const double last = static_cast<double>(means.size() - 1);
  return {means[static_cast<std::size_t>(std::floor(tail * last))],
          means[static_cast<std::size_t>(std::ceil((1 - tail) * last))]};
}

SensitiveFigure figure_of(const SensitivityPlan& plan, const SobolDesign& design,
                          const std::vector<VariantValues>& all, std::size_t m, std::size_t policy,
                          bool change) {
  Points points;
  for (const VariantValues& variant : all) {
    points.push_back(variant.values[policy][m]);
    if (change)
      for (std::size_t r = 0; r < points.back().size(); ++r)
        points.back()[r] -= variant.values[0][m][r];
  }
  SensitiveFigure figure;
  figure.measure = plan.variants.measures[m];
  figure.policy = policy;
  figure.change = change;
  figure.central = estimate_of(points.back(), usual_confidence);
  points.pop_back();
  figure.range = range_of(design, points);
  figure.indices = sobol_indices(design, points);
  return figure;
}

}  // namespace

double value_at(const ClaimPlace& claim, double share) {
  if (share <= 0) return claim.low;
  if (share >= 1) return claim.high;
  const double width = claim.high - claim.low;
  if (claim.logarithmic && claim.low > 0)
    return std::min(claim.high, claim.low * std::pow(claim.high / claim.low, share));
  if (!claim.triangular) return claim.low + share * width;
  const double rise = claim.value - claim.low;
  if (share * width <= rise) return claim.low + std::sqrt(share * width * rise);
  return claim.high - std::sqrt((1 - share) * width * (claim.high - claim.value));
}

Sweepable sweepable(const Draft& draft, const std::vector<ClaimPlace>& claims) {
  Sweepable all;
  for (const ClaimPlace& claim : claims) {
    std::string problem;
    for (const double end : {claim.low, claim.high}) {
      const LoadResult loaded = load_draft(draft, {override_number(claim.pointer, end, asked_by)});
      for (const Diagnostic& diagnostic : loaded.diagnostics)
        if (diagnostic.severity == Severity::error && problem.empty()) problem = diagnostic.message;
    }
    if (problem.empty())
      all.claims.push_back(claim);
    else
      all.left_out.push_back({claim.pointer, problem});
  }
  return all;
}

std::optional<SweptFigures> sensitivity(const Draft& draft, const SensitivityPlan& plan,
                                        Diagnostics& diagnostics, const Progress& progress) {
  const SobolDesign design =
      sobol_design(plan.claims.size(), plan.rows, plan.variants.seed.value_or(0));
  const auto make = [&](std::size_t i) {
    std::vector<Override> overrides;
    // The last is the scenario as it is.
    if (i < design.points.size())
      for (std::size_t k = 0; k < plan.claims.size(); ++k)
        overrides.push_back(override_number(
            plan.claims[k].pointer, value_at(plan.claims[k], design.points[i][k]), asked_by));
    return Variant{load_draft(draft, overrides), plan.policies};
  };
  const auto all = run_variants(design.points.size() + 1, make, plan.variants, progress);
  if (!all) return {};
  for (const VariantValues& variant : *all)
    if (!variant.problem.empty()) {
      diagnostics.push_back(
          {Severity::error,
           {},
           "values within their ranges make no scenario together: " + variant.problem,
           "sweep fewer claims at once"});
      return {};
    }
  SweptFigures result;
  result.points = all->size();
  for (std::size_t m = 0; m < plan.variants.measures.size(); ++m) {
    for (std::size_t p = 0; p < plan.policies.size(); ++p)
      result.figures.push_back(figure_of(plan, design, *all, m, p, false));
    for (std::size_t p = 1; p < plan.policies.size(); ++p)
      result.figures.push_back(figure_of(plan, design, *all, m, p, true));
  }
  return result;
}

}  // namespace onward
