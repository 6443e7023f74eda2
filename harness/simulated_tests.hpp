// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>

#include "harness/test_result.hpp"
#include "metrics/experiment.hpp"
#include "metrics/summary.hpp"

namespace onward {

/// Answers tests by replaying their scenario, all of them from the same replications.
///
/// What a simulation says is labelled as such: that something was not seen is no proof that it is
/// impossible.
class SimulatedTests {
 public:
  /// Replays what the tests of the suite need; all arguments must outlive it.
  SimulatedTests(const std::vector<SuiteTest>& suite, const Scenario& scenario, std::size_t jobs,
                 const Progress& progress);
  ~SimulatedTests();
  SimulatedTests(const SimulatedTests&) = delete;
  SimulatedTests& operator=(const SimulatedTests&) = delete;

  /// A test of the suite that is no decision, under one of its policies (`compare`: under both).
  [[nodiscard]] TestResult run(const SuiteTest& test, std::size_t policy) const;

 private:
  /// A replay of some policies, the first of which is the baseline.
  struct Run {
    std::vector<std::size_t> policies;
    Accounts accounts;

    [[nodiscard]] std::optional<std::size_t> place_of(std::size_t policy) const;
  };
  /// Somebody to whom a condition happened.
  struct Found {
    std::size_t replication = 0;
    std::uint32_t group = 0;
    std::uint32_t index = 0;
  };

  void plan_runs(const std::vector<SuiteTest>& suite);
  void add_conditions(const std::vector<SuiteTest>& suite);
  [[nodiscard]] const Run& run_with(std::size_t policy) const;
  [[nodiscard]] const Run& run_against(std::size_t baseline) const;
  [[nodiscard]] TestResult look_for(const SuiteTest& test, std::size_t policy) const;
  [[nodiscard]] TestResult estimate(const SuiteTest& test, std::size_t policy) const;
  [[nodiscard]] TestResult judge(const SuiteTest& test, const Figure& figure,
                                 TestResult result) const;
  [[nodiscard]] std::size_t measure_of(const Run& run, const SuiteTest& test) const;
  [[nodiscard]] std::optional<std::size_t> first_replication(const SuiteTest& test,
                                                             std::size_t policy) const;
  [[nodiscard]] Found find(const SuiteTest& test, std::size_t policy,
                           std::size_t replication) const;
  [[nodiscard]] std::string evidence_of(const Found& found, std::size_t policy) const;
  [[nodiscard]] std::optional<Found> find_by_path(const SuiteTest& test, std::size_t policy,
                                                  std::string& other_way) const;

  const Scenario& scenario_;
  Outcomes outcomes_;  ///< The scenario's, and each condition looked for as a benefit.
  Model model_;
  std::map<const SuiteTest*, std::size_t> benefit_of_;  ///< Of the conditions looked for.
  std::vector<Run> runs_;
};

}  // namespace onward
