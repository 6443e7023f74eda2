// SPDX-License-Identifier: Apache-2.0
#include "harness/suite.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "harness/citation.hpp"
#include "sim/scenario/decision_json.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/read_request.hpp"
#include "sim/scenario/schema.hpp"

namespace onward {
namespace {

constexpr std::array<std::pair<const char*, TestKind>, 4> kinds = {
    {{"decide", TestKind::decide},
     {"never", TestKind::never},
     {"possible", TestKind::possible},
     {"compare", TestKind::compare}}};

class SuiteReader {
 public:
  SuiteReader(const Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario), diagnostics_(diagnostics), reader_(scenario, diagnostics) {
    for (const Policy& policy : scenario.policies) policy_ids_.push_back(policy.id);
  }

  SuiteTest read(const Value& value) {
    SuiteTest test;
    test.name = Reader::text(value, "name");
    test.place = value.place;
    test.skip = Reader::text(value, "skip");
    check_name(value);
    read_kind(value, test);
    read_policies(value.find("policy"), test);
    if (test.kind == TestKind::decide && value.find("decide") != nullptr)
      read_decision(value, test);
    for (const char* key : {"never", "possible"})
      if (const Value* condition = value.find(key))
        test.condition = read_condition(*condition, reader_);
    check_path(value.find("path"));
    test.path = Reader::texts(value.find("path"));
    test.in_world = Reader::text(value, "in") == "world";
    check_measure(value.find("measure"));
    test.measure = Reader::text(value, "measure");
    for (const char* key : {"within", "difference"}) read_range(value.find(key), test);
    if (const Value* compared = value.find("compare"))
      for (const Value& policy : compared->items)
        if (const auto index = policy_index(policy)) test.policies.push_back(*index);
    if (const Value* confidence = value.find("confidence")) test.confidence = confidence->number;
    return test;
  }

 private:
  void check_name(const Value& value) {
    const Value& name = *value.find("name");
    const auto [first, is_new] = lines_.emplace(name.text, name.place.line);
    if (!is_new)
      reader_.error(name.place, "a second test is called " + ticked(name.text),
                    "the first is in line " + std::to_string(first->second));
  }

  void read_kind(const Value& value, SuiteTest& test) {
    std::vector<std::string> given;
    for (const auto& [key, kind] : kinds)
      if (value.find(key) != nullptr) {
        given.emplace_back(key);
        test.kind = kind;
      }
    if (given.empty() && value.find("measure") != nullptr && value.find("within") != nullptr) {
      test.kind = TestKind::measure;
    } else if (given.size() != 1) {
      reader_.error(
          value.place,
          given.empty() ? "this tests nothing" : "this is more than one test: " + all_of(given),
          "a test has one of `decide`, `never`, `possible`, `compare`, or `measure` with `within`");
    } else if (test.kind != TestKind::compare && value.find("measure") != nullptr) {
      reader_.error(value.member("measure")->key_place,
                    "`measure` means nothing beside " + ticked(given.front()));
    }
  }

  std::optional<std::size_t> policy_index(const Value& name) {
    const auto found = std::find(policy_ids_.begin(), policy_ids_.end(), name.text);
    if (found != policy_ids_.end()) return static_cast<std::size_t>(found - policy_ids_.begin());
    reader_.unknown("policy", name.text, name.place, policy_ids_, "policies");
    return {};
  }

  void read_policies(const Value* names, SuiteTest& test) {
    for (const Value* name : one_or_many(names))
      if (const auto index = policy_index(*name)) test.policies.push_back(*index);
  }

  void read_decision(const Value& value, SuiteTest& test) {
    if (auto request = read_request(*value.find("decide"), scenario_, diagnostics_))
      test.request = std::move(*request);
    for (const Member& member : value.find("expect")->members) {
      const Place& place = member.key_place;
      const auto category = scenario_.vocabulary.category_names.find(member.key);
      if (!category) {
        reader_.unknown("category", member.key, place, scenario_.vocabulary.category_names.names(),
                        "categories");
        continue;
      }
      const auto& asked = test.request.data;
      if (!asked.empty() && std::find(asked.begin(), asked.end(), *category) == asked.end())
        reader_.error(place, "the request is not about " + ticked(member.key),
                      "add it to the `data` of `decide`");
      test.expectations.push_back(expectation(*category, member.value, test));
    }
  }

  Expectation expectation(CategoryId category, const Value& value, const SuiteTest& test) {
    Expectation expected;
    expected.category = category;
    const std::string verdict = Reader::text(value, "verdict");
    for (const Verdict v : {Verdict::permit, Verdict::deny, Verdict::not_governed})
      if (verdict == to_string(v)) expected.verdict = v;
    if (const Value* because = value.find("because")) {
      for (const Because b :
           {Because::conflict, Because::prohibited, Because::duty_unmet, Because::no_permit})
        if (because->text == to_string(b)) expected.because = b;
      if (expected.verdict != Verdict::deny)
        reader_.error(because->place, "`because` is only for the verdict `deny`");
    }
    expected.rules = rule_names(value.find("rules"), test);
    check_articles(value.find("articles"));
    expected.articles = Reader::texts(value.find("articles"));
    expected.derogates_from = rule_names(value.find("derogates_from"), test);
    expected.overrides = rule_names(value.find("overrides"), test);
    for (const char* key : {"derogates_from", "overrides", "duties"})
      if (const Member* member = value.member(key);
          member != nullptr && expected.verdict != Verdict::permit)
        reader_.error(member->key_place, ticked(key) + " is only for the verdict `permit`");
    if (const Value* duties = value.find("duties")) {
      check_duties(*duties);
      expected.duties = to_json(*duties).dump();
    }
    return expected;
  }

  std::optional<std::vector<std::string>> rule_names(const Value* names, const SuiteTest& test) {
    if (names == nullptr) return {};
    std::vector<std::string> known;
    for (const std::size_t p : test.policies)
      for (const Rule& rule : scenario_.policies[p].rules) known.push_back(rule.id);
    for (const Value& name : names->items)
      if (std::find(known.begin(), known.end(), name.text) == known.end())
        unknown_rule(name, known);
    return Reader::texts(names);
  }

  void unknown_rule(const Value& name, const std::vector<std::string>& known) {
    for (const Policy& policy : scenario_.policies)
      for (const Rule& rule : policy.rules)
        if (rule.id == name.text) {
          reader_.error(name.place, "the policy of this test has no rule " + ticked(name.text),
                        ticked(policy.id) + " has one of that name");
          return;
        }
    reader_.unknown("rule", name.text, name.place, known, "rules");
  }

  void check_articles(const Value* articles) {
    if (articles == nullptr) return;
    for (const Value& article : articles->items)
      if (cited_articles(article.text).size() != 1)
        reader_.error(article.place, ticked(article.text) + " is not one article",
                      "write the act, `Article` and a number, such as "
                      "`Regulation (EU) 2018/1860 Article 15(3)`");
  }

  void check_duties(const Value& duties) {
    const std::vector<std::string> known = schema_keys("policy.schema.json#/definitions/duties");
    for (const Member& duty : duties.members)
      if (std::find(known.begin(), known.end(), duty.key) == known.end())
        reader_.unknown("duty", duty.key, duty.key_place, known, "duties");
  }

  void check_path(const Value* path) {
    if (path == nullptr) return;
    std::vector<std::string> known = scenario_.world.inference_names;
    for (const Policy& policy : scenario_.policies)
      for (const Rule& rule : policy.rules) known.push_back(rule.id);
    for (const Value& step : path->items)
      if (std::find(known.begin(), known.end(), step.text) == known.end())
        reader_.unknown("rule or inference", step.text, step.place, known, "rules and inferences");
  }

  void check_measure(const Value* measure) {
    if (measure == nullptr) return;
    std::vector<std::string> known;
    for (const Harm& harm : scenario_.outcomes.harms) known.push_back("harm." + harm.id);
    for (const Benefit& benefit : scenario_.outcomes.benefits)
      known.push_back("benefit." + benefit.id);
    for (const std::string& category : scenario_.vocabulary.category_names.names())
      known.push_back("reach." + category);
    if (std::find(known.begin(), known.end(), measure->text) == known.end())
      reader_.unknown("measure", measure->text, measure->place, known, "measures");
  }

  void read_range(const Value* interval, SuiteTest& test) {
    if (interval == nullptr) return;
    test.range = {interval->items[0].number, interval->items[1].number};
    if (test.range.low > test.range.high)
      reader_.error(interval->place, "the interval ends before it begins");
  }

  const Scenario& scenario_;
  Diagnostics& diagnostics_;
  Reader reader_;
  std::vector<std::string> policy_ids_;
  std::map<std::string, std::size_t> lines_;
};

}  // namespace

const char* to_string(TestKind kind) {
  switch (kind) {
    case TestKind::decide: return "decide";
    case TestKind::never: return "never";
    case TestKind::possible: return "possible";
    case TestKind::measure: return "measure";
    case TestKind::compare: return "compare";
  }
  return "";
}

std::vector<SuiteTest> read_suite(const Value& tests, const Scenario& scenario,
                                  Diagnostics& diagnostics) {
  SuiteReader reader(scenario, diagnostics);
  std::vector<SuiteTest> suite;
  for (const Value& test : tests.items) suite.push_back(reader.read(test));
  sort_by_place(diagnostics);
  return suite;
}

}  // namespace onward
