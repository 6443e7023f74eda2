// SPDX-License-Identifier: Apache-2.0
#include "sim/proof/derivations.hpp"

#include <algorithm>
#include <limits>

#include "sim/proof/acts.hpp"

namespace onward {
namespace {

constexpr double forever = std::numeric_limits<double>::infinity();
/// So often may a holding come to last longer by a little before it is taken to last for ever.
constexpr std::uint32_t most_growth = 4;

}  // namespace

Derivations::Derivations(const Model& model, const CompiledPolicy& policy,
                         const Situations& situations, const Assumptions& assumptions,
                         Relevance relevance)
    : model_(model),
      policy_(policy),
      situations_(situations),
      assumptions_(assumptions),
      relevance_(std::move(relevance)),
      verdicts_(model, policy, situations, assumptions_, relevance_) {
  if (assumptions_.realm == Realm::law)
    LawOfActs(*this).derive();
  else
    WorldOfActs(*this).derive();
}

std::optional<std::size_t> Derivations::find(const Holding& holding) const {
  const auto known = numbers_.find(holding);
  return known == numbers_.end() ? std::nullopt : std::optional(known->second);
}

Situations::Set Derivations::cells_of(const Hop& hop) const {
  Situations::Set cells = hop.enabled;
  if (hop.from != Hop::none) cells &= holdings_[hop.from].cells;
  if (hop.outcome != nullptr) cells &= hop.outcome->cells;
  return cells;
}

Verdicts::Asked Derivations::asked_of(const Possession& held, ActionId action, NodeId to,
                                      PurposeId purpose) const {
  return {action,
          held.what.holder,
          to,
          purpose,
          held.what.category,
          held.what.provenance,
          held.what.recorder,
          true};
}

bool Derivations::keeps_back(const Possession& held, PurposeId purpose) const {
  if (!assumptions_.undertakings_kept || verdicts_.binds(held.what.holder)) return false;
  const Provenance& travels = verdicts_.provenance(held.what.provenance);
  return travels.no_onward || (travels.purpose_only && !travels.purposes.contains(purpose));
}

std::optional<std::pair<double, double>> Derivations::window(const Possession& held,
                                                             const Outcome& outcome,
                                                             double ready) const {
  const double from =
      std::max({held.earliest + outcome.notify_days, outcome.from, ready + outcome.notify_days});
  // Why not the rule's own end for what waits: it goes on under the permit that it was posted
  // under, even if by then another one comes first.
  const double before = outcome.waits ? verdicts_.end() : outcome.before;
  const double until = std::min(held.latest, before);
  if (from > until || from >= before) return {};
  return std::pair(from, until);
}

bool Derivations::arrive(Arrival arrival) {
  Hop& hop = arrival.hop;
  if (arrival.cells.empty() || !relevance_.matters(arrival.what.holder, arrival.what.category))
    return false;
  arrival.what.recorder = situations_.recorder_like(arrival.what.recorder);
  const auto [number, is_new] = numbers_.try_emplace(arrival.what, holdings_.size());
  hop.to = number->second;
  if (is_new) {
    if (holdings_.size() >= max_holdings) {
      given_up_ = true;
      numbers_.erase(number);
      return false;
    }
    Possession held;
    held.what = arrival.what;
    held.cells = situations_.nobody();
    held.earliest = forever;
    held.latest = held.latest_arrival = -forever;
    alike_[{held.what.holder, held.what.category, held.what.recorder}].push_back(holdings_.size());
    holdings_.push_back(std::move(held));
    growth_.push_back(0);
  }
  const double keep = arrival.view ? 0 : hop.keep_days;
  hop.keep_days = keep;
  const HopKey key(hop.kind, hop.from, hop.to, hop.sender ? hop.sender->index() : Hop::none,
                   hop.action, hop.purpose, hop.decided, hop.outcome, hop.asked_under,
                   hop.flow.value_or(Hop::none));
  const double earliest = arrival.from + hop.quickest;
  double arrives = std::min(arrival.until + hop.slowest, verdicts_.end());
  const auto [known, new_hop] = hop_numbers_.try_emplace(key, hops_.size());
  if (new_hop) {
    hops_.push_back(std::move(hop));
  } else {
    Hop& old = hops_[known->second];
    if (old.enabled.size() != 0) old.enabled |= hop.enabled;
    old.ready = std::min(old.ready, hop.ready);
  }
  Possession& held = holdings_[number->second];
  const Situations::Set& cells = situations_.later(arrival.cells);
  bool changed = is_new;
  if (!held.cells.contains_all(cells)) {
    held.cells |= cells;
    changed = true;
  }
  if (earliest < held.earliest) {
    held.earliest = earliest;
    changed = true;
  }
  const double end = verdicts_.end();
  if (arrives > held.latest_arrival || std::min(arrives + keep, end) > held.latest) {
    if (++growth_[number->second] > most_growth) arrives = end;
    held.latest_arrival = std::max(held.latest_arrival, arrives);
    held.latest = std::max(held.latest, std::min(arrives + keep, end));
    changed = true;
  }
  if (changed) changed_.insert(number->second);
  return changed;
}

bool Derivations::dominated(std::size_t number) const {
  const Possession& held = holdings_[number];
  const auto& alike =
      alike_.find({held.what.holder, held.what.category, held.what.recorder})->second;
  return std::any_of(alike.begin(), alike.end(), [&](std::size_t other) {
    const Possession& by = holdings_[other];
    return other != number && by.what.outside <= held.what.outside &&
           by.earliest <= held.earliest && by.latest_arrival >= held.latest_arrival &&
           by.latest >= held.latest &&
           verdicts_.at_least_as_free(by.what.provenance, held.what.provenance) &&
           by.cells.contains_all(held.cells);
  });
}

/// What a node gets from the person herself.
bool Derivations::collect(NodeId node, CategoryId category, PurposeId purpose, ActionId action,
                          const Situations::Set& cells, double from, double until, bool outside) {
  if (!relevance_.matters(node, category)) return false;
  Verdicts::Asked asked;
  asked.action = action;
  asked.to = node;
  asked.purpose = purpose;
  asked.category = category;
  asked.recorder = node;
  // Why any fact in law: that replays assert none at a collection is no matter of law.
  const FactSet may = assumptions_.realm == Realm::law ? FactSet::all() : FactSet{};
  const Occasion occasion{may, {}, ChannelTraits{}};
  bool changed = false;
  for (const Outcome& outcome : verdicts_.outcomes(asked, occasion)) {
    if (outcome.verdict == Verdict::deny) continue;
    Arrival arrival;
    arrival.hop.kind = outside ? HopKind::own : HopKind::collected;
    arrival.hop.action = action;
    arrival.hop.purpose = purpose;
    arrival.hop.decided = category;
    arrival.hop.outcome = &outcome;
    arrival.hop.enabled = cells;
    arrival.hop.enabled &= situations_.recorded_by(node);
    arrival.hop.ready = from;
    arrival.hop.keep_days = outcome.keep_days;
    arrival.what = {node, category, 0, node, outside};
    Provenance provenance;
    provenance.no_onward = outcome.travels.no_onward;
    provenance.recall = outcome.travels.recall;
    provenance.purpose_only = outcome.travels.purpose_only;
    if (provenance.purpose_only) provenance.purposes = PurposeSet::of(purpose);
    arrival.what.provenance = verdicts_.number(provenance);
    arrival.cells = arrival.hop.enabled;
    arrival.cells &= outcome.cells;
    arrival.from = std::max(from, outcome.from);
    arrival.until = std::min(until, outcome.before);
    if (arrival.from <= arrival.until && arrival.from < outcome.before)
      changed |= arrive(std::move(arrival));
  }
  return changed;
}

bool Derivations::place_stock() {
  bool changed = false;
  for (const Stock& stock : model_.population->stock) {
    if (stock.chance && stock.chance->value <= 0) continue;
    stock.data.for_each([&](CategoryId category) {
      if (!relevance_.matters(stock.node, category)) return;
      Verdicts::Asked asked;
      asked.action = ActionId(static_cast<std::size_t>(RootAction::retain));
      asked.to = stock.node;
      asked.purpose = stock.purpose;
      asked.category = category;
      asked.recorder = stock.node;
      Situations::Set cells = situations_.start_of(stock.group);
      cells &= situations_.recorded_by(stock.node);
      const auto place = [&](const Outcome* under, double keep) {
        Arrival arrival;
        arrival.hop.kind = HopKind::stock;
        arrival.hop.action = asked.action;
        arrival.hop.purpose = stock.purpose;
        arrival.hop.decided = category;
        arrival.hop.outcome = under;
        arrival.hop.enabled = cells;
        arrival.hop.keep_days = keep;
        arrival.what = {stock.node, category, 0, stock.node,
                        !verdicts_.binds(stock.node) && assumptions_.realm == Realm::law};
        arrival.cells = cells;
        if (under != nullptr) arrival.cells &= under->cells;
        changed |= arrive(std::move(arrival));
      };
      if (!verdicts_.binds(stock.node)) return place(nullptr, forever);
      const Occasion nothing{{}, {}, ChannelTraits{}};
      for (const Outcome& outcome : verdicts_.outcomes(asked, nothing)) {
        if (outcome.from > 0) continue;
        const bool limited = outcome.retain_days && outcome.verdict == Verdict::permit;
        place(&outcome, limited ? *outcome.retain_days : forever);
      }
    });
  }
  return changed;
}

}  // namespace onward
