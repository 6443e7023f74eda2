// SPDX-License-Identifier: Apache-2.0
#include "metrics/sobol.hpp"

#include <algorithm>
#include <cmath>

#include "sim/random/draws.hpp"

namespace onward {
namespace {

constexpr std::size_t resamples = 1000;
constexpr double tail = 0.025;

/// The mean of the products of different replications of one and the other.
double product(const std::vector<double>& one, const std::vector<double>& other) {
  double sum_of_one = 0;
  double sum_of_other = 0;
  double same = 0;
  for (std::size_t r = 0; r < one.size(); ++r) {
    sum_of_one += one[r];
    sum_of_other += other[r];
    same += one[r] * other[r];
  }
  const double n = static_cast<double>(one.size());
  return (sum_of_one * sum_of_other - same) / (n * (n - 1));
}

std::vector<double> less(const std::vector<double>& one, const std::vector<double>& other) {
  std::vector<double> difference(one.size());
  for (std::size_t r = 0; r < one.size(); ++r) difference[r] = one[r] - other[r];
  return difference;
}

/// What one row adds to the variance and, by parameter, to the indices, all times the variance.
struct Row {
  double variance = 0;
  std::vector<double> first;
  std::vector<double> total;
};

/// The values less what all points have in common in a replication.
std::vector<std::vector<double>> centred(const SobolDesign& design,
                                         std::vector<std::vector<double>> values) {
  for (std::size_t r = 0; r < values.front().size(); ++r) {
    double mean = 0;
    for (std::size_t row = 0; row < design.rows; ++row)
      for (const std::size_t of : {0U, 1U}) mean += values[row * design.points_a_row() + of][r];
    mean /= 2 * static_cast<double>(design.rows);
    for (auto& at : values) at[r] -= mean;
  }
  return values;
}

std::vector<Row> rows_of(const SobolDesign& design,
                         const std::vector<std::vector<double>>& values) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < design.rows; ++i) {
    const auto at = [&](std::size_t point) -> const std::vector<double>& {
      return values[i * design.points_a_row() + point];
    };
    Row& row = rows.emplace_back();
    row.variance = (product(at(0), at(0)) + product(at(1), at(1))) / 2;
    for (std::size_t k = 0; k < design.parameters; ++k) {
      const std::vector<double> moved = less(at(k + 2), at(0));
      row.first.push_back(product(at(1), moved));
      row.total.push_back(product(moved, moved) / 2);
    }
  }
  return rows;
}

double share(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

/// The middle 95 % of the values.
Interval middle(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const double last = static_cast<double>(values.size() - 1);
  return {values[static_cast<std::size_t>(std::floor(tail * last))],
          values[static_cast<std::size_t>(std::ceil((1 - tail) * last))]};
}

}  // namespace

SobolDesign sobol_design(std::size_t parameters, std::size_t rows, std::uint32_t seed) {
  SobolDesign design{parameters, rows, {}};
  for (std::size_t row = 0; row < rows; ++row) {
    // Why this group: no group of people can have a name with a space.
    const Luck luck({seed, 0}, hash_of("design points"), static_cast<std::uint32_t>(row));
    std::vector<std::vector<double>> ends(2);
    for (std::size_t k = 0; k < parameters; ++k)
      for (std::size_t of = 0; of < 2; ++of)
        ends[of].push_back(luck.uniform(site("design", k, of)));
    design.points.push_back(ends[0]);
    design.points.push_back(ends[1]);
    for (std::size_t k = 0; k < parameters; ++k) {
      design.points.push_back(ends[0]);
      design.points.back()[k] = ends[1][k];
    }
  }
  return design;
}

SobolIndices sobol_indices(const SobolDesign& design,
                           const std::vector<std::vector<double>>& values) {
  const std::vector<Row> rows = rows_of(design, centred(design, values));
  const double n = static_cast<double>(design.rows);
  SobolIndices indices;
  for (const Row& row : rows) indices.variance += row.variance / n;
  indices.variance *= 2 * n / (2 * n - 1);  // One degree of freedom went into the mean.
  if (indices.variance <= 0) return indices;
  indices.of.resize(design.parameters);
  for (std::size_t k = 0; k < design.parameters; ++k) {
    double first = 0;
    double total = 0;
    for (const Row& row : rows) {
      first += row.first[k] / n;
      total += row.total[k] / n;
    }
    indices.of[k].first = first / indices.variance;
    indices.of[k].total = total / indices.variance;
  }
  std::vector<std::vector<double>> firsts(design.parameters);
  std::vector<std::vector<double>> totals(design.parameters);
  for (std::uint32_t b = 0; b < resamples; ++b) {
    const Luck luck({0, b}, hash_of("bootstrap of rows"), 0);
    Row sum{0, std::vector<double>(design.parameters), std::vector<double>(design.parameters)};
    for (std::uint32_t i = 0; i < design.rows; ++i) {
      const Row& row = rows[static_cast<std::size_t>(luck.uniform(site("row"), i) * n)];
      sum.variance += row.variance;
      for (std::size_t k = 0; k < design.parameters; ++k) {
        sum.first[k] += row.first[k];
        sum.total[k] += row.total[k];
      }
    }
    for (std::size_t k = 0; k < design.parameters; ++k) {
      firsts[k].push_back(share(sum.first[k], sum.variance));
      totals[k].push_back(share(sum.total[k], sum.variance));
    }
  }
  for (std::size_t k = 0; k < design.parameters; ++k) {
    indices.of[k].first_interval = middle(std::move(firsts[k]));
    indices.of[k].total_interval = middle(std::move(totals[k]));
  }
  return indices;
}

}  // namespace onward
