// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/diagnostic.hpp"
#include "sim/policy/ask.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward {

/// What a decision test expects of one category. What is absent is not compared.
struct Expectation {
  CategoryId category;
  Verdict verdict = Verdict::deny;
  std::optional<Because> because;
  std::optional<std::vector<std::string>> rules;
  std::vector<std::string> articles;  ///< Each must be cited by one of the rules.
  std::optional<std::vector<std::string>> derogates_from;
  std::optional<std::vector<std::string>> overrides;
  std::optional<std::string> duties;  ///< As JSON text in a canonical form.
};

/// What a figure is compared with.
struct Range {
  double low = 0;
  double high = 0;
};

enum class TestKind { decide, never, possible, measure, compare };

/// One test of a suite.
struct SuiteTest {
  std::string name;
  Place place;
  TestKind kind = TestKind::decide;
  std::string skip;                   ///< Why it is not run; empty: it is.
  std::vector<std::size_t> policies;  ///< Indices into the scenario's policies.
  OpenRequest request;                ///< For `decide`.
  std::vector<Expectation> expectations;
  Condition condition;            ///< For `never` and `possible`.
  bool in_world = false;          ///< Of these: by declared flows; else whatever rules permit.
  std::vector<std::string> path;  ///< For `possible`: rules, then inferences; empty: any.
  std::string measure;            ///< For `measure` and `compare`, of whose two `policies` ...
  Range range;                    ///< ... the first less the second lies in this range.
  double confidence = 0.95;
};

[[nodiscard]] const char* to_string(TestKind kind);

/// Reads tests that meet their schema, and checks them against the scenario.
/// All problems are reported; what is returned is complete only without errors.
[[nodiscard]] std::vector<SuiteTest> read_suite(const Value& tests, const Scenario& scenario,
                                                Diagnostics& diagnostics);

}  // namespace onward
