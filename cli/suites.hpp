// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/suite.hpp"

namespace onward::cli {

/// A suite with the scenario that it is about.
struct LoadedSuite {
  std::string file;
  std::shared_ptr<const Scenario> scenario;  ///< Suites may share it.
  std::vector<SuiteTest> tests;
};

/// The suites that these paths mean, each once: of a folder all that are in it or below. What is
/// wrong is printed; `good` becomes false if something is.
[[nodiscard]] std::vector<LoadedSuite> load_suites(const std::vector<std::string>& paths,
                                                   bool& good);

}  // namespace onward::cli
