// SPDX-License-Identifier: Apache-2.0
#include "metrics/experiment.hpp"

#include <algorithm>

#include "sim/engine/in_child.hpp"

namespace onward {
namespace {

/// Whether people can influence one another under a policy: docs/method/measures.md, section 4.
bool shares_something(const Model& model, const Policy& policy) {
  const auto at_desk = [](const Rule& rule) {
    return rule.effect != Effect::prohibit && rule.duties.needs_desk();
  };
  return std::any_of(policy.rules.begin(), policy.rules.end(), at_desk) ||
         std::any_of(model.world->channels.begin(), model.world->channels.end(),
                     [](const Channel& channel) { return channel.bandwidth.has_value(); }) ||
         !model.population->links.empty();
}

/// Replays units and keeps their accounts.
class Runner {
 public:
  Runner(const Model& model, const std::vector<CompiledPolicy>& compiled,
         const ExperimentPlan& plan)
      : plan_(plan),
        replay_(model, compiled, plan.people),
        pairing_(model.population->groups.size(), 0) {
    std::vector<const Policy*> policies;
    for (const std::size_t p : plan.policies) policies.push_back(&compiled[p].policy());
    accounts_.measures = measures_of(model, Grades(model, policies));
    for (const Policy* policy : policies)
      accounts_.shares.push_back(shares_something(model, *policy) ? 1 : 0);
    accounts_.of.resize(policies.size());
    accounts_.people = replay_.staffing().people;
    accounts_.desk_factor = replay_.staffing().factor;
    for (const double rate : replay_.staffing().rate)
      accounts_.weight.push_back(rate > 0 ? 1 / rate : 0);
    for (const DeskPlan& desk : replay_.plan(0).desks)
      accounts_.desks.push_back(model.world->node_names.name(desk.node) + "/" + desk.desk->id);
    pairing_ = Pairing(accounts_.people.size(), accounts_.measures.size());
    differing_.assign(policies.size(),
                      std::vector<std::uint64_t>(accounts_.people.size() * measures()));
  }

  Accounts run(const Progress& progress) {
    const std::size_t units = static_cast<std::size_t>(plan_.replications) * plan_.policies.size();
    std::size_t done = 0;
    for (int r = 0; r < plan_.replications; ++r) {
      std::vector<Account> finished;
      bool go_on = true;
      pairing_.clear();
      for (std::size_t p = 0; go_on && p < plan_.policies.size(); ++p) {
        finished.push_back(unit(p, static_cast<std::uint32_t>(r)));
        go_on = !progress || progress(++done, units);
      }
      if (finished.size() == plan_.policies.size()) keep(std::move(finished));
      if (!go_on) break;
    }
    accounts_.complete = accounts_.replications() == static_cast<std::size_t>(plan_.replications);
    return std::move(accounts_);
  }

 private:
  [[nodiscard]] std::size_t measures() const { return accounts_.measures.size(); }

  Account unit_here(std::size_t p, std::uint32_t replication) {
    Bookkeeper bookkeeper(replay_.plan(plan_.policies[p]), accounts_.measures, plan_.warm_up_days,
                          pairing_,
                          p == 0 ? Bookkeeper::Role::baseline : Bookkeeper::Role::compared);
    ReplayOptions options;
    options.sync = plan_.sync;
    options.cast = false;
    options.observer = &bookkeeper;
    bookkeeper.account().unit = replay_.run(plan_.policies[p], replication, options);
    return std::move(bookkeeper.account());
  }

  Account unit(std::size_t p, std::uint32_t replication) {
    if (!replay_.transmits()) return unit_here(p, replication);
    const std::string bytes = in_child([&] {
      const std::string account = to_bytes(unit_here(p, replication));
      return p == 0 ? account + pairing_.to_bytes() : account;
    });
    std::string_view rest = bytes;
    Account account = take_account(rest);
    if (p == 0) pairing_.restore(rest);
    return account;
  }

  void keep(std::vector<Account> finished) {
    for (std::size_t p = 0; p < finished.size(); ++p) {
      for (std::size_t cell = 0; cell < finished[p].entries.size(); ++cell)
        differing_[p][cell] += finished[p].entries[cell].differing;
      accounts_.of[p].push_back(std::move(finished[p]));
    }
    for (std::size_t g = 0; g < accounts_.people.size(); ++g) {
      std::vector<std::size_t> wanted;
      for (std::size_t m = 0; m < measures(); ++m)
        for (std::size_t p = 1; p < differing_.size(); ++p)
          if (differing_[p][g * measures() + m] < enough_people) {
            wanted.push_back(m);
            break;
          }
      pairing_.want(g, std::move(wanted));
    }
  }

  const ExperimentPlan& plan_;
  Replay replay_;
  Accounts accounts_;
  Pairing pairing_;
  std::vector<std::vector<std::uint64_t>> differing_;  ///< By policy; by group, then measure.
};

}  // namespace

Accounts replay_all(const Model& model, const std::vector<CompiledPolicy>& compiled,
                    const ExperimentPlan& plan, const Progress& progress) {
  return Runner(model, compiled, plan).run(progress);
}

}  // namespace onward
