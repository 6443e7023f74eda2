// SPDX-License-Identifier: Apache-2.0
#include "cli/test_output.hpp"

#include <algorithm>
#include <iostream>

#include "cli/terminal.hpp"

namespace onward::cli {
namespace {

std::string named(const SuiteTest& test, const std::string& policies) {
  return policies.empty() ? test.name : test.name + " [" + policies + "]";
}

std::string place(const TestResult& result) {
  const Place& at = result.test->place;
  return *at.file + ":" + std::to_string(at.line);
}

void print_comparison(const TestResult& result) {
  std::size_t width = std::string_view("expected").size();
  for (const Compared& line : result.compared)
    width = std::max(width, line.expected ? std::min<std::size_t>(line.expected->size(), 40) : 0);
  std::cout << "      " << padded("", 20) << padded("expected", width) << "  actual\n";
  std::string category;
  for (const Compared& line : result.compared) {
    if (line.category != category) std::cout << "      " << line.category << "\n";
    category = line.category;
    const std::string expected = line.expected.value_or("");
    if (expected.size() > 40) {
      std::cout << "        " << padded(line.what, 18) << coloured(Colour::red, "expected ")
                << expected << "\n"
                << "        " << padded("", 18) << coloured(Colour::red, "actual   ") << line.actual
                << "\n";
      continue;
    }
    std::cout << "        " << padded(line.what, 18) << padded(expected, width) << "  "
              << (line.same() ? line.actual : coloured(Colour::red, line.actual + "  <- differs"))
              << "\n";
  }
}

void print(const SuiteRun& run, const TestResult& result, const std::string& policies) {
  const auto headline = [&](Colour colour, const char* word) {
    std::cout << "  " << coloured(colour, padded(word, 6))
              << wrapped(named(*result.test, policies), 8, 8) << "\n";
  };
  const auto evidence = [&](Colour colour) {
    if (!result.evidence.empty())
      std::cout << "        " << coloured(colour, wrapped(result.evidence, 8, 8)) << "\n";
  };
  // Why not wrapped: it is there to be copied.
  const auto alone = [&] {
    std::cout << "        " << coloured(Colour::dim, "alone: `" + command_for(run, result) + "`")
              << "\n";
  };
  const auto reason = [&] { std::cout << "        " << wrapped(result.reason, 8, 8) << "\n"; };
  switch (result.status) {
    case TestStatus::passed:
      headline(Colour::green, "ok");
      evidence(Colour::dim);
      break;
    case TestStatus::failed:
      headline(Colour::red, "FAIL");
      std::cout << "        " << place(result) << "\n";
      if (!result.compared.empty()) print_comparison(result);
      evidence(Colour::red);
      alone();
      break;
    case TestStatus::broken:
      headline(Colour::red, "ERROR");
      std::cout << "        " << place(result) << "\n";
      reason();
      alone();
      break;
    case TestStatus::skipped:
      headline(Colour::yellow, "skip");
      reason();
      break;
  }
}

}  // namespace

void print(const SuiteRun& run) {
  std::cout << coloured(Colour::bold, run.file) << "\n";
  // A test that passes under several policies takes one line.
  std::string passed;
  for (std::size_t i = 0; i < run.results.size(); ++i) {
    const TestResult& result = run.results[i];
    if (result.status != TestStatus::passed) {
      print(run, result, result.policy);
      continue;
    }
    passed += (passed.empty() ? "" : ", ") + result.policy;
    const bool more = i + 1 < run.results.size() && run.results[i + 1].test == result.test &&
                      run.results[i + 1].status == TestStatus::passed && result.evidence.empty();
    if (more) continue;
    print(run, result, passed);
    passed.clear();
  }
}

void print(const Totals& totals) {
  std::cout << "\n" << totals.passed << " passed, " << totals.failed << " failed";
  if (totals.broken > 0) std::cout << ", " << totals.broken << " in error";
  if (totals.skipped > 0) std::cout << ", " << totals.skipped << " skipped";
  std::cout << "\n";
}

}  // namespace onward::cli
