// SPDX-License-Identifier: Apache-2.0
#include "metrics/stopping.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>

#include "metrics/summary.hpp"

namespace onward {
namespace {

void append(Accounts& accounts, Accounts more) {
  if (accounts.of.empty()) {
    accounts = std::move(more);
    return;
  }
  const auto move_to_end = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  move_to_end(accounts.numbers, more.numbers);
  move_to_end(accounts.failed, more.failed);
  for (std::size_t p = 0; p < accounts.of.size(); ++p) move_to_end(accounts.of[p], more.of[p]);
}

bool vary(const std::vector<double>& values) {
  return std::any_of(values.begin(), values.end(),
                     [&](double value) { return value != values.front(); });
}

bool precise(const Figure& figure, const Measure& measure, const PrecisionGoal& goal) {
  if (!figure.interval) return false;
  if (measure.has_events && figure.events.value_or(0) < fewest_events) return false;
  const double half_width = (figure.interval->high - figure.interval->low) / 2;
  return half_width <= (goal.relative ? goal.half_width * std::abs(figure.mean) : goal.half_width);
}

}  // namespace

std::optional<PrecisionGoal> read_precision(const std::string& text) {
  char* end = nullptr;
  PrecisionGoal goal;
  goal.half_width = std::strtod(text.c_str(), &end);
  const std::string rest = end;
  goal.relative = rest == "%" || rest == " %";
  if (end == text.c_str() || (!rest.empty() && !goal.relative)) return {};
  if (goal.relative) goal.half_width /= 100;
  if (!(goal.half_width > 0) || std::isinf(goal.half_width)) return {};
  return goal;
}

std::vector<std::size_t> checkpoints(std::size_t most) {
  std::vector<std::size_t> all;
  for (std::size_t n = fewest_replications; n < most; n += (n + 1) / 2) all.push_back(n);
  all.push_back(most);
  return all;
}

std::string not_yet_precise(const Accounts& accounts, const PrecisionGoal& goal,
                            const std::vector<std::string>& policies) {
  const Summary summary(accounts);
  std::string names;
  for (std::size_t m = 0; m < accounts.measures.size(); ++m) {
    const Measure& measure = accounts.measures[m];
    if (std::find(goal.measures.begin(), goal.measures.end(), measure.name) == goal.measures.end())
      continue;
    for (std::size_t p = 0; p < accounts.of.size(); ++p)
      if (!vary(summary.values(p, m).values) || !precise(summary.figure(p, m), measure, goal))
        names +=
            (names.empty() ? "" : ", ") + ticked(measure.name) + " under " + ticked(policies[p]);
  }
  return names;
}

Accounts replay_until(const Model& model, const std::vector<CompiledPolicy>& compiled,
                      const ExperimentPlan& plan, const PrecisionGoal& goal,
                      const std::vector<std::string>& policies, Stopping& stopping,
                      const Progress& progress, Archive* archive) {
  Accounts accounts;
  const auto most = static_cast<std::size_t>(plan.replications);
  const std::size_t units = most * plan.policies.size();
  bool stopped = false;
  std::size_t before = 0;
  for (const std::size_t until : checkpoints(most)) {
    ExperimentPlan part = plan;
    part.first = static_cast<std::uint32_t>(before);
    part.replications = static_cast<int>(until - before);
    const Progress of_part = [&](std::size_t done, std::size_t) {
      stopped = progress && !progress(before * plan.policies.size() + done, units);
      return !stopped;
    };
    append(accounts, replay_all(model, compiled, part, of_part, archive));
    before = until;
    if (stopped || accounts.replications() == 0) {
      stopping = {false, true, "stopped by hand before the figures were as precise as was asked"};
      return accounts;
    }
    const std::string missing = not_yet_precise(accounts, goal, policies);
    const std::string runs = std::to_string(accounts.replications()) + " replications";
    stopping.reached = missing.empty() && accounts.replications() >= fewest_replications;
    stopping.reason = stopping.reached
                          ? "after " + runs + " every figure was as precise as was asked"
                          : "after " + runs +
                                ", as many as were allowed, not yet as precise as "
                                "was asked: " +
                                missing;
    if (stopping.reached) break;
  }
  return accounts;
}

}  // namespace onward
