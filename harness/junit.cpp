// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <pugixml.hpp>
#include <sstream>

#include "harness/report.hpp"

namespace onward {
namespace {

/// XML 1.0 cannot hold these, not even escaped.
std::string without_controls(std::string text) {
  std::string clean;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x20 && c != '\t' && c != '\n')
      clean += "\xEF\xBF\xBD";  // U+FFFD, replacement character
    else
      clean += c;
  }
  return clean;
}

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name) = without_controls(value).c_str();
}

void count(pugi::xml_node node, const Totals& totals) {
  set(node, "tests", std::to_string(totals.all()));
  set(node, "failures", std::to_string(totals.failed));
  set(node, "errors", std::to_string(totals.broken));
  set(node, "skipped", std::to_string(totals.skipped));
}

void add_case(pugi::xml_node suite, const SuiteRun& run, const TestResult& result) {
  pugi::xml_node test = suite.append_child("testcase");
  set(test, "name", full_name(result));
  set(test, "classname", run.file);
  set(test, "file", *result.test->place.file);
  set(test, "line", std::to_string(result.test->place.line));
  const std::string text = explanation_of(result);
  if (result.status == TestStatus::passed) {
    if (!result.evidence.empty())
      test.append_child("system-out").text() = without_controls(result.evidence).c_str();
    return;
  }
  if (result.status == TestStatus::skipped) {
    set(test.append_child("skipped"), "message", text);
    return;
  }
  pugi::xml_node problem =
      test.append_child(result.status == TestStatus::failed ? "failure" : "error");
  set(problem, "message", text.substr(0, text.find('\n')));
  set(problem, "type", to_string(result.test->kind));
  problem.text() = without_controls(text + "\nrun it alone: " + command_for(run, result)).c_str();
}

}  // namespace

std::string to_junit(const std::vector<SuiteRun>& runs) {
  pugi::xml_document document;
  pugi::xml_node all = document.append_child("testsuites");
  set(all, "name", "onward");
  count(all, totals_of(runs));
  for (const SuiteRun& run : runs) {
    pugi::xml_node suite = all.append_child("testsuite");
    set(suite, "name", run.file);
    count(suite, totals_of({run}));
    std::string seconds(32, '\0');
    seconds.resize(static_cast<std::size_t>(
        std::snprintf(seconds.data(), seconds.size(), "%.3f", run.seconds)));
    set(suite, "time", seconds);
    for (const TestResult& result : run.results) add_case(suite, run, result);
  }
  std::ostringstream text;
  document.save(text, "  ");
  return text.str();
}

}  // namespace onward
