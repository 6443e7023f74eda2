// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "harness/report.hpp"

namespace onward::cli {

/// What became of a suite's tests, for a person, to standard output.
void print(const SuiteRun& run);

/// `3 passed, 0 failed`.
void print(const Totals& totals);

}  // namespace onward::cli
