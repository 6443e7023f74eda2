// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cctype>
#include <ostream>
#include <string>
#include <string_view>

#include "harness/suite.hpp"
#include "sim/diagnostic.hpp"
#include "sim/scenario/scenario.hpp"
#include "tests/scenario/base_scenario.hpp"

namespace onward::tests {

/// One mistake: a text of the base scenario, what stands in its place, and all that is said of it.
struct MessageCase {
  const char* name;  ///< What the mistake is, in words.
  const char* find;  ///< Stands once in the base scenario; empty: `put` is the whole file.
  const char* put;
  const char* expected;  ///< Place, pointer, message and help of every diagnostic.
};

inline void PrintTo(const MessageCase& message_case, std::ostream* out) {
  *out << message_case.name;
}

/// The name of a case as the name of a test.
inline std::string case_name(const testing::TestParamInfo<MessageCase>& info) {
  std::string name;
  for (const char c : std::string_view(info.param.name))
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
}

/// The base scenario with one text replaced.
inline std::string replaced(std::string_view find, std::string_view put) {
  std::string text = base_scenario;
  const std::size_t at = text.find(find);
  if (at == std::string::npos) {
    ADD_FAILURE() << "the base scenario does not have " << find;
    return "";
  }
  if (text.find(find, at + 1) != std::string::npos)
    ADD_FAILURE() << "the base scenario has more than once " << find;
  return text.replace(at, find.size(), put);
}

inline std::string edited(const MessageCase& message_case) {
  if (*message_case.find == '\0') return message_case.put;
  return replaced(message_case.find, message_case.put);
}

inline std::string all_of(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += to_string(diagnostic);
  return text;
}

/// All that loading says of a text.
inline std::string messages(const std::string& text) {
  return all_of(load_scenario_text(text, "scenario.json").diagnostics);
}

/// All that loading, and then reading the tests, says of a text.
inline std::string suite_messages(const std::string& text) {
  LoadResult loaded = load_scenario_text(text, "scenario.json");
  if (loaded.scenario)
    (void)read_suite(loaded.scenario->suite, *loaded.scenario, loaded.diagnostics);
  return all_of(loaded.diagnostics);
}

}  // namespace onward::tests
