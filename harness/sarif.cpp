// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <nlohmann/json.hpp>

#include "harness/report.hpp"

namespace onward {
namespace {

using Json = nlohmann::ordered_json;

/// The kinds of test are the rules of which SARIF speaks.
struct KindOfTest {
  TestKind kind;
  const char* meaning;
};
constexpr std::array<KindOfTest, 5> kinds = {{
    {TestKind::decide, "A request gets the verdict that is expected."},
    {TestKind::never, "What must never happen does not."},
    {TestKind::possible, "What must be possible is."},
    {TestKind::measure, "A measure lies in the range that is expected."},
    {TestKind::compare, "Two policies differ in a measure by what is expected."},
}};

Json location_of(const TestResult& result) {
  const Place& at = result.test->place;
  Json region;
  if (at.line > 0) region["startLine"] = at.line;
  if (at.column > 0) region["startColumn"] = at.column;
  Json physical = {{"artifactLocation", {{"uri", *at.file}}}};
  if (!region.empty()) physical["region"] = region;
  return {{"physicalLocation", physical}};
}

Json result_of(const SuiteRun& run, const TestResult& result) {
  const bool ran = result.status != TestStatus::skipped;
  const bool bad = result.status == TestStatus::failed || result.status == TestStatus::broken;
  const std::string text = explanation_of(result);
  std::string message = full_name(result) + ": " + to_string(result.status);
  if (!text.empty()) message += "\n" + text;
  if (bad) message += "\nrun it alone: " + command_for(run, result);
  Json json;
  json["ruleId"] = to_string(result.test->kind);
  json["kind"] = bad ? "fail" : ran ? "pass" : "notApplicable";
  json["level"] = bad ? "error" : "none";
  json["message"] = {{"text", message}};
  json["locations"] = Json::array({location_of(result)});
  return json;
}

}  // namespace

std::string to_sarif(const std::vector<SuiteRun>& runs, const std::string& version) {
  Json rules = Json::array();
  for (const KindOfTest& kind : kinds)
    rules.push_back({{"id", to_string(kind.kind)}, {"shortDescription", {{"text", kind.meaning}}}});
  Json results = Json::array();
  for (const SuiteRun& run : runs)
    for (const TestResult& result : run.results) results.push_back(result_of(run, result));
  const Json driver = {{"name", "onward"}, {"version", version}, {"rules", rules}};
  const Json sarif = {{"version", "2.1.0"},
                      {"runs", Json::array({{{"tool", {{"driver", driver}}},
                                             {"columnKind", "unicodeCodePoints"},
                                             {"results", results}}})}};
  return sarif.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_json(const std::vector<SuiteRun>& runs, const std::string& version) {
  const Totals totals = totals_of(runs);
  Json json;
  json["version"] = version;
  json["passed"] = totals.passed;
  json["failed"] = totals.failed;
  json["errors"] = totals.broken;
  json["skipped"] = totals.skipped;
  json["suites"] = Json::array();
  for (const SuiteRun& run : runs) {
    Json tests = Json::array();
    for (const TestResult& result : run.results) {
      Json compared = Json::array();
      for (const Compared& line : result.compared)
        compared.push_back({{"category", line.category},
                            {"what", line.what},
                            {"expected", line.expected ? Json(*line.expected) : Json()},
                            {"actual", line.actual}});
      tests.push_back({{"name", result.test->name},
                       {"kind", to_string(result.test->kind)},
                       {"policy", result.policy.empty() ? Json() : Json(result.policy)},
                       {"status", to_string(result.status)},
                       {"file", *result.test->place.file},
                       {"line", result.test->place.line},
                       {"compared", compared},
                       {"evidence", result.evidence},
                       {"reason", result.reason},
                       {"command", command_for(run, result)}});
    }
    json["suites"].push_back(
        {{"file", run.file}, {"seconds", run.seconds}, {"tests", std::move(tests)}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace onward
