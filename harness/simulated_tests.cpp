// SPDX-License-Identifier: Apache-2.0
#include "harness/simulated_tests.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <sstream>
#include <stdexcept>
#include <tuple>

#include "metrics/chronicle.hpp"
#include "sim/engine/in_child.hpp"

namespace onward {
namespace {

std::string number(double value) {
  std::array<char, 32> shown{};
  std::snprintf(shown.data(), shown.size(), "%.4g", value);
  return shown.data();
}

bool looks_for_condition(const SuiteTest& test) {
  return test.kind == TestKind::never || test.kind == TestKind::possible;
}

std::string replications(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " replication" : " replications");
}

/// The first to whom a benefit happened, by group and index.
class FirstOf final : public LifeObserver {
 public:
  explicit FirstOf(std::size_t benefit) : benefit_(benefit) {}

  void lived(const Life& life) override {
    for (const Person& person : life.members) {
      const std::pair<std::uint32_t, std::uint32_t> who{person.group, person.index};
      if (person.benefits[benefit_] > 0 && (!first || who < *first)) first = who;
    }
  }

  std::optional<std::pair<std::uint32_t, std::uint32_t>> first;

 private:
  std::size_t benefit_;
};

bool eventful(const Account& account, std::size_t measure) {
  for (std::size_t g = 0; g < account.people.size(); ++g)
    if (account.at(g, measure).eventful > 0) return true;
  return false;
}

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

/// The ways by which data came to whom a condition is about.
std::vector<std::vector<std::string>> ways_to(const Condition& condition, const ToldLife& life) {
  std::vector<std::vector<std::string>> ways;
  for (const Condition& part : condition.parts) {
    const auto more = ways_to(part, life);
    ways.insert(ways.end(), more.begin(), more.end());
  }
  using Kind = Condition::Kind;
  if (condition.kind != Kind::knows && condition.kind != Kind::holds &&
      condition.kind != Kind::receives && condition.kind != Kind::believes)
    return ways;
  const Person& person = *life.person;
  const NodeTest node(condition.node, life.plan->model.world->nodes.size());
  for (std::size_t c = 0; c < person.copies.size(); ++c) {
    const Copy& copy = person.copies[c];
    if (!node.selects(copy.holder, person.values) ||
        copy.falsely() != (condition.kind == Kind::believes))
      continue;
    condition.data.for_each([&](CategoryId category) {
      const bool infers = condition.kind == Kind::knows || condition.kind == Kind::believes;
      const bool reveals = infers && copy.reveals.contains(category);
      if (copy.category == category || reveals)
        ways.push_back(life.way_of(static_cast<std::int32_t>(c), category));
    });
  }
  return ways;
}

}  // namespace

std::optional<std::size_t> SimulatedTests::Run::place_of(std::size_t policy) const {
  const auto at = std::find(policies.begin(), policies.end(), policy);
  if (at == policies.end()) return {};
  return static_cast<std::size_t>(at - policies.begin());
}

SimulatedTests::SimulatedTests(const std::vector<SuiteTest>& suite, const Scenario& scenario,
                               const SuiteOptions& options,
                               const std::set<const SuiteTest*>& settled, const Progress& progress)
    : scenario_(scenario),
      settled_(settled),
      outcomes_(scenario.outcomes),
      model_(model_of(scenario)) {
  if (options.seed) model_.seed = *options.seed;
  add_conditions(suite);
  plan_runs(suite);
  model_.outcomes = &outcomes_;
  for (Run& run : runs_) {
    ExperimentPlan plan;
    plan.policies = run.policies;
    plan.replications = scenario.experiment.replications;
    plan.warm_up_days = scenario.experiment.warm_up_days;
    plan.jobs = options.jobs;
    run.accounts = replay_all(model_, scenario.compiled, plan, progress);
    for (const FailedReplication& failed : run.accounts.failed)
      throw std::runtime_error("replication " + std::to_string(failed.number) + " of seed " +
                               std::to_string(model_.seed) + " failed twice: " + failed.reason);
  }
}

SimulatedTests::~SimulatedTests() = default;

/// What is looked for is watched by the same code as benefits are.
void SimulatedTests::add_conditions(const std::vector<SuiteTest>& suite) {
  for (const SuiteTest& test : suite) {
    if (!looks_for_condition(test) || !concerns(test)) continue;
    Benefit benefit;
    benefit.id = "condition " + std::to_string(benefit_of_.size());
    benefit.when = test.condition;
    benefit_of_.emplace(&test, outcomes_.benefits.size());
    outcomes_.benefits.push_back(std::move(benefit));
  }
}

/// One run for each baseline of a comparison; what needs none joins the first.
void SimulatedTests::plan_runs(const std::vector<SuiteTest>& suite) {
  const auto add = [](Run& run, std::size_t policy) {
    if (!run.place_of(policy)) run.policies.push_back(policy);
  };
  for (const SuiteTest& test : suite) {
    if (test.kind != TestKind::compare || !test.skip.empty()) continue;
    const std::size_t baseline = test.policies.back();
    auto run = std::find_if(runs_.begin(), runs_.end(),
                            [&](const Run& r) { return r.policies.front() == baseline; });
    if (run == runs_.end()) run = runs_.insert(runs_.end(), Run{{baseline}, {}});
    add(*run, test.policies.front());
  }
  for (const SuiteTest& test : suite) {
    if (test.kind == TestKind::compare || test.kind == TestKind::decide || !concerns(test))
      continue;
    for (const std::size_t policy : test.policies) {
      if (std::any_of(runs_.begin(), runs_.end(),
                      [&](const Run& run) { return run.place_of(policy).has_value(); }))
        continue;
      if (runs_.empty()) runs_.push_back({});
      add(runs_.front(), policy);
    }
  }
}

const SimulatedTests::Run& SimulatedTests::run_with(std::size_t policy) const {
  return *std::find_if(runs_.begin(), runs_.end(),
                       [&](const Run& run) { return run.place_of(policy).has_value(); });
}

const SimulatedTests::Run& SimulatedTests::run_against(std::size_t baseline) const {
  return *std::find_if(runs_.begin(), runs_.end(),
                       [&](const Run& run) { return run.policies.front() == baseline; });
}

TestResult SimulatedTests::run(const SuiteTest& test, std::size_t policy) const {
  return looks_for_condition(test) ? look_for(test, policy) : estimate(test, policy);
}

/// The measure that counts a condition that is looked for.
std::size_t SimulatedTests::measure_of(const Run& run, const SuiteTest& test) const {
  return *find_measure(run.accounts.measures,
                       "benefit." + outcomes_.benefits[benefit_of_.at(&test)].id);
}

std::optional<std::size_t> SimulatedTests::first_replication(const SuiteTest& test,
                                                             std::size_t policy) const {
  const Run& run = run_with(policy);
  const std::size_t measure = measure_of(run, test);
  const std::vector<Account>& accounts = run.accounts.of[*run.place_of(policy)];
  for (std::size_t r = 0; r < accounts.size(); ++r)
    if (eventful(accounts[r], measure)) return run.accounts.numbers[r];
  return {};
}

SimulatedTests::Found SimulatedTests::find(const SuiteTest& test, std::size_t policy,
                                           std::size_t replication) const {
  Replay replay(model_, scenario_.compiled);
  const std::string bytes = in_child([&] {
    FirstOf first(benefit_of_.at(&test));
    ReplayOptions options;
    options.cast = false;
    options.observer = &first;
    (void)replay.run(policy, static_cast<std::uint32_t>(replication), options);
    return std::to_string(first.first->first) + " " + std::to_string(first.first->second);
  });
  Found found{replication, 0, 0};
  std::istringstream(bytes) >> found.group >> found.index;
  return found;
}

/// Somebody to whom the condition happened by the test's own path. If there is nobody,
/// `other_way` is a path by which it did happen.
std::optional<SimulatedTests::Found> SimulatedTests::find_by_path(const SuiteTest& test,
                                                                  std::size_t policy,
                                                                  std::string& other_way) const {
  Replay replay(model_, scenario_.compiled);
  const Run& run = run_with(policy);
  const std::size_t measure = measure_of(run, test);
  const std::vector<Account>& accounts = run.accounts.of[*run.place_of(policy)];
  const std::size_t benefit = benefit_of_.at(&test);
  for (std::size_t r = 0; r < accounts.size(); ++r) {
    if (!eventful(accounts[r], measure)) continue;
    const std::string found = in_child([&] {
      std::string somebody;
      std::string another;
      const auto tell = [&](const ToldLife& life) {
        if (!somebody.empty() || life.person->benefits[benefit] == 0) return;
        for (const std::vector<std::string>& way : ways_to(test.condition, life)) {
          if (way == test.path)
            somebody =
                std::to_string(life.person->group) + " " + std::to_string(life.person->index);
          else if (another.empty())
            another = listed(way);
        }
      };
      Chronicle chronicle(
          replay.plan(policy), [](const Person&) { return true; }, tell);
      ReplayOptions options;
      options.cast = false;
      options.observer = &chronicle;
      options.narrator = &chronicle;
      (void)replay.run(policy, static_cast<std::uint32_t>(r), options);
      return somebody.empty() ? "-" + another : somebody;
    });
    if (found.front() == '-') {
      other_way = found.substr(1);
      continue;
    }
    Found who{r, 0, 0};
    std::istringstream(found) >> who.group >> who.index;
    return who;
  }
  return {};
}

std::string SimulatedTests::evidence_of(const Found& found, std::size_t policy) const {
  const std::string person =
      scenario_.population.groups[found.group].id + ":" + std::to_string(found.index);
  return "found in replication " + std::to_string(found.replication) + ": `onward explain " +
         scenario_.file + " --policy " + scenario_.policies[policy].id + " --person " + person +
         " --replication " + std::to_string(found.replication) +
         (model_.seed == scenario_.experiment.seed ? ""
                                                   : " --seed " + std::to_string(model_.seed)) +
         "`";
}

TestResult SimulatedTests::look_for(const SuiteTest& test, std::size_t policy) const {
  TestResult result;
  result.test = &test;
  result.policy = scenario_.policies[policy].id;
  const auto replication = first_replication(test, policy);
  const bool expected = test.kind == TestKind::possible;
  result.status = replication.has_value() == expected ? TestStatus::passed : TestStatus::failed;
  if (replication && !test.path.empty()) {
    std::string other_way;
    const auto found = find_by_path(test, policy, other_way);
    if (!found) result.status = TestStatus::failed;
    result.evidence = found ? "by this path, " + evidence_of(*found, policy)
                            : "found, but never by this path; by: " + other_way;
    return result;
  }
  if (replication) {
    result.evidence = evidence_of(find(test, policy, *replication), policy);
    return result;
  }
  const Run& run = run_with(policy);
  const std::size_t measure = measure_of(run, test);
  const Figure figure =
      Summary(run.accounts, test.confidence).figure(*run.place_of(policy), measure);
  result.evidence = "no case in " + replications(run.accounts.replications());
  if (figure.bound)
    result.evidence +=
        ", upper bound " + number(figure.bound->at_most) + " a " + name_of(figure.bound->per);
  result.evidence += "; by simulation, which proves nothing impossible";
  return result;
}

TestResult SimulatedTests::estimate(const SuiteTest& test, std::size_t policy) const {
  TestResult result;
  result.test = &test;
  const bool compares = test.kind == TestKind::compare;
  if (!compares) result.policy = scenario_.policies[policy].id;
  const Run& run = compares ? run_against(test.policies.back()) : run_with(policy);
  const std::size_t measure = *find_measure(run.accounts.measures, test.measure);
  const Summary summary(run.accounts, test.confidence);
  const std::size_t place = *run.place_of(policy);
  return judge(test, compares ? summary.difference(place, measure) : summary.figure(place, measure),
               std::move(result));
}

/// Fails only if the interval lies wholly outside the range.
TestResult SimulatedTests::judge(const SuiteTest& test, const Figure& figure,
                                 TestResult result) const {
  const std::string percent = number(100 * test.confidence) + " %";
  const std::string range = number(test.range.low) + " to " + number(test.range.high);
  std::optional<Interval> interval = figure.interval;
  std::string seen = number(figure.mean);
  if (interval) {
    seen += ", " + percent + " interval " + number(interval->low) + " to " + number(interval->high);
  } else if (!figure.bound || (test.kind == TestKind::compare && figure.mean == 0)) {
    interval = Interval{figure.mean, figure.mean};
    seen += " in every replication";
  } else if (figure.bound->per == Bound::Per::person && figure.mean == 0) {
    interval = Interval{0, figure.bound->at_most};
    seen += ", at most " + number(figure.bound->at_most) + " at " + percent;
  } else {
    seen += ", too few cases for an interval";
  }
  const bool outside =
      interval && (interval->high < test.range.low || interval->low > test.range.high);
  const bool inside =
      interval && interval->low >= test.range.low && interval->high <= test.range.high;
  result.status = outside ? TestStatus::failed : TestStatus::passed;
  result.evidence = std::string(outside  ? "refuted"
                                : inside ? "shown"
                                         : "undecided") +
                    " by simulation: " + seen + "; expected " + range;
  return result;
}

}  // namespace onward
