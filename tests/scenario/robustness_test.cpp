// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cctype>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/scenario/messages.hpp"

namespace onward::tests {
namespace {

using nlohmann::json;

/// SplitMix64: the same draws on every machine.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}

  std::size_t below(std::size_t limit) {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return static_cast<std::size_t>((z ^ (z >> 31U)) % limit);
  }

 private:
  std::uint64_t state_;
};

bool has_control_character(const std::string& text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) return true;
  return false;
}

/// What is wrong with the style of a message, or nothing.
std::string fault_of_style(const Diagnostic& diagnostic) {
  const std::string& text = diagnostic.message;
  if (text.empty()) return "it says nothing";
  const auto first = static_cast<unsigned char>(text.front());
  if (text.front() != '`' && std::islower(first) == 0) return "it does not begin in lower case";
  if (text.back() == '.') return "it ends with a full stop";
  if (has_control_character(text)) return "it has a control character";
  if (has_control_character(diagnostic.help)) return "its help has a control character";
  for (const char* word : {"nlohmann", "valijson", "std::", "json.exception", "parse_error",
                           "Value::", "nullptr", "string literal", "; last read"})
    if (text.find(word) != std::string::npos) return "it speaks of " + std::string(word);
  return "";
}

/// Loads a text, and expects a scenario or an error, and messages in style.
void expect_an_answer(const std::string& text) {
  LoadResult loaded = load_scenario_text(text, "scenario.json");
  EXPECT_NE(loaded.scenario != nullptr, has_errors(loaded.diagnostics));
  if (loaded.scenario)
    (void)read_suite(loaded.scenario->suite, *loaded.scenario, loaded.diagnostics);
  for (const Diagnostic& diagnostic : loaded.diagnostics)
    EXPECT_EQ(fault_of_style(diagnostic), "") << to_string(diagnostic);
}

json base() {
  return json::parse(base_scenario);
}

/// Pointers to every value inside a document.
std::vector<json::json_pointer> places(const json& document) {
  std::vector<json::json_pointer> all;
  const json flat = document.flatten();
  for (const auto& [pointer, value] : flat.items())
    for (json::json_pointer at(pointer); !at.empty(); at.pop_back())
      if (all.empty() || all.back() != at) all.push_back(at);
  return all;
}

void erase(json& document, json::json_pointer at) {
  const std::string last = at.back();
  at.pop_back();
  if (!document.contains(at)) return;
  json& parent = document[at];
  if (parent.is_object()) parent.erase(last);
  if (parent.is_array() && std::stoul(last) < parent.size()) parent.erase(std::stoul(last));
}

TEST(Robustness, the_base_scenario_loads_without_a_message) {
  EXPECT_EQ(suite_messages(base_scenario), "");
}

TEST(Robustness, the_classroom_loads_without_errors) {
  const LoadResult loaded =
      load_scenario(std::string(ONWARD_SOURCE_DIR) + "/tests/scenario/data/classroom.json");
  ASSERT_TRUE(loaded.scenario) << all_of(loaded.diagnostics);
  Diagnostics diagnostics;
  (void)read_suite(loaded.scenario->suite, *loaded.scenario, diagnostics);
  EXPECT_EQ(all_of(diagnostics), "");
}

TEST(Robustness, a_text_that_ends_at_any_byte) {
  const std::string text = base_scenario;
  for (std::size_t size = 0; size < text.size(); ++size) expect_an_answer(text.substr(0, size));
}

class EveryByte : public testing::TestWithParam<unsigned char> {};

TEST_P(EveryByte, may_be_another) {
  const std::string text = base_scenario;
  // Why steps: most texts with another `9` or `{` are read to the end, and take their time.
  const std::size_t step = GetParam() == '9' || GetParam() == '{' ? 3 : 1;
  for (std::size_t at = 0; at < text.size(); at += step) {
    std::string changed = text;
    changed[at] = static_cast<char>(GetParam());
    expect_an_answer(changed);
    if (HasFailure()) FAIL() << "with another byte at " << at;
  }
}

INSTANTIATE_TEST_SUITE_P(, EveryByte, testing::Values(0x00, 0xFF, '{', '"', '9'));

TEST(Robustness, a_member_or_item_may_be_missing) {
  const json whole = base();
  for (const json::json_pointer& at : places(whole)) {
    json cut = whole;
    erase(cut, at);
    SCOPED_TRACE("without " + at.to_string());
    expect_an_answer(cut.dump(1));
  }
}

TEST(Robustness, several_members_may_be_missing) {
  const json whole = base();
  const auto all = places(whole);
  Draws draws(1);
  for (int round = 0; round < 300; ++round) {
    json cut = whole;
    std::string gone;
    for (std::size_t n = 2 + draws.below(8); n > 0; --n) {
      const auto& at = all[draws.below(all.size())];
      // Why not the blocks: without one of them nothing else is looked at.
      if (at.parent_pointer().empty()) continue;
      erase(cut, at);
      gone += " " + at.to_string();
    }
    SCOPED_TRACE("without" + gone);
    expect_an_answer(cut.dump(1));
  }
}

TEST(Robustness, a_value_may_be_any_other) {
  const json whole = base();
  const std::vector<json> others = {nullptr,
                                    true,
                                    -1,
                                    0,
                                    0.5,
                                    "",
                                    "x",
                                    "subject.origin",
                                    json::array(),
                                    json::object(),
                                    json::array({"identity"}),
                                    json::object({{"a", "b"}})};
  Draws draws(3);
  for (const json::json_pointer& at : places(whole)) {
    const json& other = others[draws.below(others.size())];
    json changed = whole;
    changed[at] = other;
    SCOPED_TRACE(at.to_string() + " is " + other.dump());
    expect_an_answer(changed.dump(1));
  }
}

TEST(Robustness, two_values_may_change_places) {
  const json whole = base();
  const auto all = places(whole);
  Draws draws(2);
  for (int round = 0; round < 500; ++round) {
    const auto& one = all[draws.below(all.size())];
    const auto& two = all[draws.below(all.size())];
    json changed = whole;
    changed[one] = whole[two];
    SCOPED_TRACE(one.to_string() + " is " + two.to_string());
    expect_an_answer(changed.dump(1));
  }
}

TEST(Robustness, a_number_may_be_of_any_size) {
  const std::string mark = "\"the number\"";
  const json whole = base();
  for (const json::json_pointer& at : places(whole)) {
    if (!whole[at].is_number()) continue;
    json marked = whole;
    marked[at] = "the number";
    const std::string text = marked.dump(1);
    for (const char* number :
         {"1e999", "-1e999", "99999999999999999999999", "-99999999999999999999999", "1e308",
          "-1e308", "1e-320", "-0", "0.0", "2147483648", "4294967296", "9223372036854775807",
          "9223372036854775808", "18446744073709551616", "100000.0000001"}) {
      SCOPED_TRACE(at.to_string() + " is " + number);
      expect_an_answer(std::string(text).replace(text.find(mark), mark.size(), number));
    }
  }
}

TEST(Robustness, brackets_may_be_nested_without_end) {
  for (const std::string open : {"[", "{\"a\":", "[{\"a\":"}) {
    std::string deep;
    for (int level = 0; level < 100000; ++level) deep += open;
    expect_an_answer(deep);
    expect_an_answer(replaced("\"seed\": 7", "\"seed\": " + deep));
  }
  expect_an_answer(std::string(100000, '[') + std::string(100000, ']'));
}

TEST(Robustness, selectors_and_predicates_may_be_as_deep_as_the_limit) {
  for (const int levels : {10, 25, 40, 100}) {
    std::string selector = R"({ "node": "register" })";
    std::string predicate = R"({ "attribute": "age", "is": "adult" })";
    for (int level = 0; level < levels; ++level) {
      selector = "{ \"not\": " + selector + " }";
      predicate = "{ \"not\": " + predicate + " }";
    }
    expect_an_answer(replaced(R"("from": { "node": "register" })", "\"from\": " + selector));
    expect_an_answer(
        replaced(R"("who": { "attribute": "age", "is": "adult" })", "\"who\": " + predicate));
  }
}

TEST(Robustness, texts_and_keys_may_be_long) {
  expect_an_answer(replaced("A secret", std::string(5000000, 'x')));
  expect_an_answer(replaced("\"title\"", "\"" + std::string(1000000, 'k') + "\""));
  expect_an_answer(replaced("police\"", std::string(3999, 'p') + "\""));
  expect_an_answer(replaced("\"id\": \"base\"", "\"id\": \"" + std::string(4000, 'b') + "\""));
  expect_an_answer(
      replaced("\"first\": \"arrives\"", "\"first\": \"" + std::string(80, 'b') + "\""));
  expect_an_answer("\"" + std::string(3999, '\\') + "\"");
  expect_an_answer(replaced("\"of\": \"border\"", "\"of\": \"" + std::string(3999, 'a') + ".\""));
}

TEST(Robustness, lists_may_be_long) {
  const auto list_of = [](const std::string& item, int count) {
    std::string list = "[" + item;
    for (int i = 1; i < count; ++i) list += "," + item;
    return list + "]";
  };
  expect_an_answer(replaced(R"(["frontline"],
        "regime": "gdpr",
        "desks")",
                            list_of("\"frontline\"", 200000) + ",\n \"desks\""));
  expect_an_answer(
      replaced(R"("action": ["collect", "retain"])", "\"action\": " + list_of("7", 200000)));
  std::string tests = "\"suite\": [";
  for (int i = 0; i < 20000; ++i) tests += "{ \"name\": \"" + std::to_string(i) + "\" },";
  expect_an_answer(replaced("\"suite\": [", tests));
}

TEST(Robustness, texts_may_be_strange) {
  for (const char* text : {"\\ud800",
                           "\\udfff",
                           "\\ud800\\ud800",
                           "\\u0000",
                           "\\u001b[31m",
                           "\\u007f",
                           "\xC3\x28",
                           "\xED\xA0\x80",
                           "\xF4\x90\x80\x80",
                           "\xC0\xAF",
                           "\xE2\x82",
                           "\xF0\x9F\x98\x80",
                           "\\ud83d\\ude00",
                           "\xEF\xBB\xBF",
                           "\\ufffe",
                           "`",
                           "%s%n",
                           "../../x",
                           "\\\\",
                           "~0~1",
                           "*/"}) {
    for (const char* place :
         {"A secret", "\"police", "\"EU\" }, \"strategy", "s. 10", "\"urgency\": {}"}) {
      std::string changed = base_scenario;
      const std::size_t at = changed.find(place);
      ASSERT_NE(at, std::string::npos);
      changed.insert(at + 1, text);
      SCOPED_TRACE(std::string(place) + " with " + text);
      expect_an_answer(changed);
    }
  }
}

TEST(Robustness, no_control_character_of_a_file_reaches_the_screen) {
  const std::string said =
      messages(replaced("\"title\": \"A secret\"", R"("ti\u001b[31mtle\n": 3)"));
  for (const char c : said)
    EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20U) << static_cast<int>(c);
  EXPECT_EQ(said.find("\nle"), std::string::npos);
}

TEST(Robustness, a_mark_of_byte_order_is_skipped) {
  EXPECT_EQ(messages("\xEF\xBB\xBF" + std::string(base_scenario)), "");
  for (const char* start : {"\xEF\xBB", "\xEF", "\xFE\xFF", "\xFF\xFE", "\xEF\xBB\xBF\xEF\xBB\xBF"})
    expect_an_answer(start + std::string(base_scenario));
}

TEST(Robustness, comments_may_stand_anywhere_and_end_nowhere) {
  const std::string text = base_scenario;
  std::size_t inside_a_text = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') inside_a_text ^= 1U;
    if (text[at] != ' ' || inside_a_text != 0 || at % 23 != 0) continue;
    for (const char* comment : {"/* * / // \" { */", "// \" */ {\n", "/**/", "/***/"}) {
      EXPECT_EQ(messages(std::string(text).insert(at, comment)), "") << at;
    }
    for (const char* comment : {"/*", "/", "/ *", "/*/", "//", "/* /* */ */", "#"})
      expect_an_answer(std::string(text).insert(at, comment));
  }
}

TEST(Robustness, a_key_that_appears_twice_is_found_at_every_level) {
  const std::string text = base_scenario;
  int found = 0;
  for (std::size_t at = text.find("\": "); at != std::string::npos;
       at = text.find("\": ", at + 1)) {
    const std::size_t open = text.rfind('"', at - 1);
    const std::string key = text.substr(open, at + 1 - open);
    const std::string said = messages(std::string(text).insert(open, key + ": 0, "));
    EXPECT_NE(said.find("appears twice"), std::string::npos) << key << said;
    ++found;
  }
  EXPECT_GT(found, 200);
}

}  // namespace
}  // namespace onward::tests
