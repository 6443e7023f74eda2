// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/replay.hpp"

namespace onward::test_support {

/// A quantity without a range.
[[nodiscard]] nlohmann::json claim(double value);
[[nodiscard]] nlohmann::json exponential_days(double mean);
/// A rule of invented law that permits the actions; more keys can be added.
[[nodiscard]] nlohmann::json permit(const std::vector<std::string>& actions);
/// What a node discloses to another of the category `identity`, set off by `on`.
[[nodiscard]] nlohmann::json disclosure(const nlohmann::json& on, const std::string& from,
                                        const std::string& to);
/// The small scenario, its people met by the office, which collects `identity` and may keep it.
[[nodiscard]] nlohmann::json met_by_office(int people, double horizon);
/// The same; what the office then sends abroad must pass its desk `counter`.
[[nodiscard]] nlohmann::json with_counter(int people, double horizon, double officers,
                                          const nlohmann::json& service_days);

/// Watches people, not lives.
class Watch : public LifeObserver {
 public:
  explicit Watch(std::function<void(const Person&)> seen) : seen_(std::move(seen)) {}
  void lived(const Life& life) override {
    for (const Person& person : life.members) seen_(person);
  }

 private:
  std::function<void(const Person&)> seen_;
};

/// Shows everybody who lives through one unit.
void watch(Replay& replay, std::size_t policy, std::uint32_t replication,
           const std::function<void(const Person&)>& seen);

/// Each check below errs with this chance where the engine is right. Why so little: it is nominal
/// where a mean is only nearly normal, and the true chance is to stay below 1e-5.
inline constexpr double false_alarm = 1e-6;

/// One number from each of some independent replications.
class Sample {
 public:
  void add(double value) { values_.push_back(value); }
  [[nodiscard]] double size() const { return static_cast<double>(values_.size()); }
  [[nodiscard]] double mean() const;
  [[nodiscard]] double variance() const;
  [[nodiscard]] double squared_error() const { return variance() / size(); }
  [[nodiscard]] const std::vector<double>& values() const { return values_; }

 private:
  std::vector<double> values_;
};

/// Student's test of the mean.
[[nodiscard]] testing::AssertionResult has_mean(const Sample& sample, double expected);
/// Student's test of the difference, with the fewer degrees of freedom of the two.
[[nodiscard]] testing::AssertionResult same_mean(const Sample& one, const Sample& other);
/// The chi-squared test of the variance of a normal variable.
[[nodiscard]] testing::AssertionResult has_variance(const Sample& sample, double expected);
/// The exact binomial test.
[[nodiscard]] testing::AssertionResult is_share(std::uint64_t hits, std::uint64_t of,
                                                double expected);
/// Kolmogorov and Smirnov's test, by the bound of Dvoretzky, Kiefer, Wolfowitz and Massart, which
/// holds for any number of values.
[[nodiscard]] testing::AssertionResult has_distribution(std::vector<double> values,
                                                        const std::function<double(double)>& cdf);

/// The mean wait in a queue M/M/c with services of mean 1 (Erlang's C formula).
[[nodiscard]] double mean_wait(double load, int officers);

}  // namespace onward::test_support
