// SPDX-License-Identifier: Apache-2.0
#include "metrics/experiment.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "metrics/workers.hpp"
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

/// The marked rules whose beginning sets off a flow of the world, whomever it is about.
Marks met_by_all(const World& world, const RuleMarks& marks) {
  Marks met = 0;
  for (const Flow& flow : world.flows)
    for (const std::string& rule : flow.on.rules) met |= marks.of(rule);
  return met;
}

/// Replays units and keeps their accounts.
class Runner {
 public:
  Runner(const Model& model, const std::vector<CompiledPolicy>& compiled,
         const ExperimentPlan& plan, Archive* archive)
      : plan_(plan),
        archive_(archive),
        replay_(model, compiled, plan.people,
                plan.sharing == nullptr ? nullptr : plan.sharing->marks),
        pairing_(model.population->groups.size()) {
    std::vector<const Policy*> policies;
    for (const std::size_t p : plan.policies) policies.push_back(&compiled[p].policy());
    accounts_.measures = measures_of(model, Grades(model, policies));
    if (!plan.measures.empty())
      accounts_.measures = only(std::move(accounts_.measures), plan.measures);
    for (const Policy* policy : policies)
      accounts_.shares.push_back(shares_something(model, *policy) ? 1 : 0);
    if (plan.sharing != nullptr) always_met_ = met_by_all(*model.world, *plan.sharing->marks);
    accounts_.of.resize(policies.size());
    accounts_.people = replay_.staffing().people;
    accounts_.desk_factor = replay_.staffing().factor;
    for (const double rate : replay_.staffing().rate)
      accounts_.weight.push_back(rate > 0 ? 1 / rate : 0);
    for (const DeskPlan& desk : replay_.plan(0).desks)
      accounts_.desks.push_back(model.world->node_names.name(desk.node) + "/" + desk.desk->id);
  }

  Accounts run(const Progress& progress) {
    const auto planned = static_cast<std::size_t>(plan_.replications);
    finished_.resize(planned);
    look_up(planned);
    if (plan_.jobs > 0)
      run_in_processes(planned, progress);
    else
      run_here(planned, progress);
    for (std::size_t r = 0; r < planned; ++r) {
      if (has_failed(r)) continue;
      if (!finished_[r]) break;
      accounts_.numbers.push_back(number_of(r));
      for (std::size_t p = 0; p < plan_.policies.size(); ++p)
        accounts_.of[p].push_back(std::move((*finished_[r])[p]));
    }
    return std::move(accounts_);
  }

 private:
  /// By policy.
  using Accounted = std::vector<Account>;

  [[nodiscard]] std::uint32_t number_of(std::size_t r) const {
    return plan_.first + static_cast<std::uint32_t>(r);
  }

  [[nodiscard]] bool has_failed(std::size_t r) const {
    const std::uint32_t number = number_of(r);
    return std::any_of(
        accounts_.failed.begin(), accounts_.failed.end(),
        [number](const FailedReplication& failed) { return failed.number == number; });
  }

  /// Fills in what the archive has, and lists the rest.
  void look_up(std::size_t planned) {
    if (archive_ != nullptr) archive_->begin(accounts_);
    for (std::size_t r = 0; r < planned; ++r) {
      if (archive_ != nullptr) finished_[r] = archive_->kept(number_of(r));
      if (!finished_[r]) wanted_.push_back(r);
    }
  }

  void finish(std::size_t r, Accounted accounts) {
    if (archive_ != nullptr) archive_->keep(number_of(r), accounts);
    for (Account& account : accounts) account.persons = {};
    finished_[r] = std::move(accounts);
  }

  void run_here(std::size_t planned, const Progress& progress) {
    const std::size_t units = planned * plan_.policies.size();
    std::size_t done = (planned - wanted_.size()) * plan_.policies.size();
    for (const std::size_t r : wanted_) {
      auto accounts = replication(r, [&] { return !progress || progress(++done, units); });
      if (!accounts) return;
      finish(r, std::move(*accounts));
    }
  }

  void run_in_processes(std::size_t planned, const Progress& progress) {
    const std::size_t units = planned * plan_.policies.size();
    std::size_t done = (planned - wanted_.size()) * plan_.policies.size();
    const auto go_on = [&] { return !progress || progress(std::min(done, units), units); };
    const WorkerTask work = [this](std::size_t task, const std::function<void()>& tick) {
      const auto accounts = replication(wanted_[task], [&tick] {
        tick();
        return true;
      });
      std::string bytes;
      for (const Account& account : accounts.value()) bytes += to_bytes(account);
      return bytes;
    };
    const auto finished = [this](std::size_t task, std::string_view bytes) {
      Accounted accounts;
      while (!bytes.empty()) accounts.push_back(take_account(bytes));
      finish(wanted_[task], std::move(accounts));
    };
    for (FailedTask& failed :
         run_in_workers(plan_.jobs, wanted_.size(), work, {finished, [&] { ++done; }, go_on}))
      accounts_.failed.push_back({number_of(wanted_[failed.task]), failed.reason});
  }

  /// The accounts of one replication; nothing if it was to go on no longer before its last unit.
  std::optional<Accounted> replication(std::size_t r, const std::function<bool()>& go_on) {
    Accounted accounts;
    pairing_.clear();
    for (std::size_t p = 0; p < plan_.policies.size(); ++p) {
      accounts.push_back(unit(p, number_of(r)));
      if (!go_on() && p + 1 < plan_.policies.size()) return {};
    }
    return accounts;
  }

  Account unit_here(std::size_t p, std::uint32_t replication) {
    Bookkeeper bookkeeper(replay_.plan(plan_.policies[p]), replay_.staffing(), accounts_.measures,
                          plan_.warm_up_days, pairing_,
                          p == 0 ? Bookkeeper::Role::baseline : Bookkeeper::Role::compared);
    if (plan_.persons) bookkeeper.keep_persons();
    if (plan_.burdens) bookkeeper.keep_burdens(accounts_.weight);
    ReplayOptions options;
    options.sync = plan_.sync;
    options.cast = false;
    options.observer = &bookkeeper;
    if (plan_.sharing != nullptr && !replay_.transmits()) {
      const Sharing& sharing = *plan_.sharing;
      sharing.known->go_to(replication, sharing.parts[p], sharing.marks->sets(), always_met_);
      options.absent =
          &sharing.known->recall([&](const MeasuredPerson& person) { bookkeeper.count(person); });
      bookkeeper.remember_in(*sharing.known);
    }
    return bookkeeper.finish(replay_.run(plan_.policies[p], replication, options));
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

  const ExperimentPlan& plan_;
  Archive* archive_;
  Replay replay_;
  Accounts accounts_;
  Pairing pairing_;
  Marks always_met_ = 0;                            ///< Parts that every life meets.
  std::vector<std::optional<Accounted>> finished_;  ///< By place among those planned.
  std::vector<std::size_t> wanted_;                 ///< Those that are to be replayed.
};

}  // namespace

Accounts replay_all(const Model& model, const std::vector<CompiledPolicy>& compiled,
                    const ExperimentPlan& plan, const Progress& progress, Archive* archive) {
  return Runner(model, compiled, plan, archive).run(progress);
}

}  // namespace onward
