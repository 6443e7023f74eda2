// SPDX-License-Identifier: Apache-2.0
#include "metrics/notes.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <set>

#include "metrics/summary.hpp"

namespace onward {
namespace {

std::string number(double value) {
  std::array<char, 32> shown{};
  std::snprintf(shown.data(), shown.size(), "%.3g", value);
  return shown.data();
}

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// Adds one more to a list in words.
void add_to(std::string& list, const std::string& one, const char* between = ", ") {
  list += (list.empty() ? "" : between) + one;
}

class Notes {
 public:
  Notes(const Model& model, const std::vector<const Policy*>& policies, const Accounts& accounts)
      : model_(model), policies_(policies), accounts_(accounts) {}

  std::vector<Note> all() {
    say("Synthetic; not evidence about any person or claim.");
    same_lives();
    illustrative();
    horizon();
    compliance();
    scaled_desks();
    suppressed();
    not_replayed();
    small_groups();
    unmodelled();
    return std::move(notes_);
  }

 private:
  void say(std::string text) { notes_.push_back({Note::Kind::general, std::move(text)}); }

  void same_lives() {
    for (std::size_t p = 1; p < policies_.size(); ++p) {
      bool same = true;
      for (std::size_t r = 0; r < accounts_.replications(); ++r)
        same = same && accounts_.of[p][r].unit.digest == accounts_.of[0][r].unit.digest;
      if (same)
        say(ticked(policies_[p]->id) + " and " + ticked(policies_[0]->id) +
            " gave everybody exactly the same life in every replication: they differ by 0.");
    }
  }

  void illustrative() {
    std::string names;
    for (const Measure& measure : accounts_.measures)
      if (measure.grade == Grade::illustrative) add_to(names, ticked(measure.name));
    if (!names.empty())
      say("Nobody knows the rates behind " + names +
          ": the figures show what would follow from the illustrative rates of the scenario, and "
          "mean nothing without them.");
  }

  void horizon() {
    say("Measures stop on day " + number(model_.horizon_days) +
        "; what is held or runs on after it is not counted (`censored` is its share).");
  }

  void compliance() {
    std::size_t bound = 0;
    std::size_t perfect = 0;
    for (std::size_t n = 0; n < model_.world->nodes.size(); ++n) {
      const bool binds = std::any_of(policies_.begin(), policies_.end(), [&](const Policy* policy) {
        return policy->binds.contains(n);
      });
      const Compliance& compliance = model_.world->nodes[n].compliance;
      bound += binds ? 1U : 0U;
      perfect += binds && !compliance.disclosure && !compliance.retention && !compliance.use &&
                         !compliance.duties && !compliance.logging
                     ? 1U
                     : 0U;
    }
    if (perfect > 0)
      say("Compliance is taken as 1 for " +
          (perfect == bound ? "all " : std::to_string(perfect) + " of the ") +
          counted(bound, "node", "nodes") + " that the policies bind: they never break a rule.");
  }

  void scaled_desks() {
    std::map<double, std::vector<std::string>> desks_by_factor;
    for (std::size_t d = 0; d < accounts_.desks.size(); ++d)
      if (accounts_.desk_factor[d] < 1)
        desks_by_factor[accounts_.desk_factor[d]].push_back(accounts_.desks[d]);
    std::string scaled;
    for (const auto& [factor, desks] : desks_by_factor)
      add_to(scaled, named(desks) + " to " + number(factor), "; ");
    if (!scaled.empty())
      say("Desks are scaled down with the sample of people: " + scaled +
          " of their staff. They are as busy as the real ones, but small queues wait longer than "
          "large ones.");
  }

  /// The desks (`node/desk`); if they are many, how many nodes have each kind.
  static std::string named(const std::vector<std::string>& desks) {
    constexpr std::size_t few = 6;
    std::string names;
    if (desks.size() <= few) {
      for (const std::string& desk : desks) add_to(names, ticked(desk));
      return names;
    }
    std::map<std::string, std::size_t> nodes_by_kind;
    for (const std::string& desk : desks) ++nodes_by_kind[desk.substr(desk.rfind('/') + 1)];
    for (const auto& [kind, nodes] : nodes_by_kind)
      add_to(names, ticked(kind) + " at " + counted(nodes, "node", "nodes"));
    return std::to_string(desks.size()) + " desks (" + names + ")";
  }

  void suppressed() {
    std::uint64_t messages = 0;
    for (const auto& of_policy : accounts_.of)
      for (const Account& account : of_policy) messages += account.suppressed;
    if (messages > 0)
      say(counted(messages, "copy was", "copies were") +
          " not sent on, because the recipient had handed the data on itself or the hop limit was "
          "reached.");
  }

  void not_replayed() {
    const auto& nodes = model_.world->nodes;
    if (std::any_of(nodes.begin(), nodes.end(), [](const Node& n) { return n.breaches_per_year; }))
      say("Breaches are declared in the scenario and not yet replayed.");
    const auto& channels = model_.world->channels;
    if (std::any_of(channels.begin(), channels.end(),
                    [](const Channel& c) { return c.interception; }))
      say("Interception is declared in the scenario; what is intercepted has no consequence yet.");
  }

  void small_groups() {
    const Summary summary(accounts_);
    std::string hidden;
    for (std::size_t g = 0; g < accounts_.people.size(); ++g)
      if (!summary.shows(g)) add_to(hidden, ticked(model_.population->groups[g].id));
    if (!hidden.empty())
      say("Too few people to be shown by themselves (fewer than " + std::to_string(least_people) +
          " over all replications): " + hidden + ".");
  }

  void unmodelled() {
    std::set<std::string> said;
    const auto add = [&](const std::string& text) {
      if (said.insert(text).second) notes_.push_back({Note::Kind::unmodelled, text});
    };
    for (const Policy* policy : policies_) {
      for (const std::string& condition : policy->unmodelled) add("Not modelled: " + condition);
      for (const Rule& rule : policy->rules)
        for (const std::string& condition : rule.unmodelled)
          add("Not modelled: " + condition + " (" + rule.basis.citation + ")");
    }
  }

  const Model& model_;
  const std::vector<const Policy*>& policies_;
  const Accounts& accounts_;
  std::vector<Note> notes_;
};

}  // namespace

std::vector<Note> notes_on(const Model& model, const std::vector<const Policy*>& policies,
                           const Accounts& accounts) {
  return Notes(model, policies, accounts).all();
}

}  // namespace onward
