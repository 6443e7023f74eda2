// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sim/proof/acts.hpp"

namespace onward {
namespace {

/// Whether keys are shown alike under two answers to a query.
bool alike(const Outcome& a, const Outcome& b) {
  return a.facts == b.facts && a.via.logged == b.via.logged &&
         a.via.recallable == b.via.recallable && a.from == b.from && a.before == b.before &&
         a.waits == b.waits && a.notify_days == b.notify_days;
}

}  // namespace

LawOfActs::LawOfActs(Derivations& out)
    : out_(out),
      world_(*out.model_.world),
      words_(*out.model_.vocabulary),
      acts_(out.model_, out.policy_, out.assumptions_.noncompliant),
      asks_(world_.nodes.size()) {
  anything_.may = FactSet::all();
  for (const Channel& channel : world_.channels)
    slowest_ = std::max(slowest_, longest(channel.latency));
}

void LawOfActs::derive() {
  (void)out_.place_stock();
  collect();
  ask_for_nothing();
  while (!out_.changed_.empty() && !out_.given_up()) {
    const std::size_t next = *out_.changed_.begin();
    out_.changed_.erase(out_.changed_.begin());
    if (!out_.dominated(next)) look_at(next);
  }
}

void LawOfActs::collect() {
  const Situations::Set everybody = out_.situations_.everybody();
  const double end = out_.verdicts_.end();
  for (std::size_t n = 0; n < world_.nodes.size(); ++n) {
    const NodeId node(n);
    const bool bound = out_.verdicts_.binds(node);
    for (std::size_t c = 0; c < words_.categories.size(); ++c)
      for (std::size_t a = 0; a < words_.actions.size(); ++a) {
        if (words_.root(ActionId(a)) != RootAction::collect) continue;
        for (std::size_t p = 0; p < words_.purposes.size(); ++p) {
          if (!bound && (p > 0 || a != static_cast<std::size_t>(RootAction::collect))) continue;
          if (bound && !out_.policy_.permitted_data(ActionId(a), {}, node, PurposeId(p))
                            .contains(CategoryId(c)))
            continue;
          (void)out_.collect(node, CategoryId(c), PurposeId(p), ActionId(a), everybody, 0, end,
                             !bound);
        }
      }
  }
}

/// Whoever may ask learns something even where nothing is held.
void LawOfActs::ask_for_nothing() {
  for (std::size_t from = 0; from < world_.nodes.size(); ++from)
    for (const LawfulAct& act : acts_.queries[from]) {
      const bool answers = out_.relevance_.matters(act.other, Vocabulary::no_hit);
      const bool shows = out_.relevance_.at(NodeId(from)).intersects(acts_.keys);
      if (!answers && !shows) continue;
      for (std::size_t c = 0; c < words_.categories.size(); ++c) {
        if (!act.data.contains(CategoryId(c))) continue;
        const Verdicts::Asked asked{act.action, NodeId(from), act.other, act.purpose, CategoryId(c),
                                    0,          NodeId(from), false};
        for (const Outcome& outcome : out_.verdicts_.outcomes(asked, anything_)) {
          Situations::Set cells = out_.situations_.recorded_by(NodeId(from));
          cells &= outcome.cells;
          if (answers && !cells.empty()) bring_no_hit(nullptr, asked, outcome, cells);
          if (shows) may_ask_as(act, asked, outcome);
        }
      }
    }
}

/// Asking is as wide as it is where nothing is found, but for what depends on the copy found:
/// a source may bar the alternative taken, and leave one that waits; records are the copy's.
void LawOfActs::may_ask_as(const LawfulAct& act, const Verdicts::Asked& asked,
                           const Outcome& outcome) {
  const Outcome* under = &outcome;
  if (act.sources_count && !(outcome.waits && outcome.notify_days == 0)) {
    out_.waiting_.push_back(outcome);
    out_.waiting_.back().waits = true;
    out_.waiting_.back().notify_days = 0;
    under = &out_.waiting_.back();
  }
  may_ask(act.other, {*asked.from, act.action, act.purpose, asked.category, under,
                      out_.situations_.same_truth(outcome.cells)});
}

/// Remembers that a query may be put; keys of those for whom that is new are looked at again.
void LawOfActs::may_ask(NodeId asker, const Query& query) {
  auto& asks = asks_[asker.index()];
  const auto known = std::find_if(asks.begin(), asks.end(), [&](const Query& other) {
    return other.asked == query.asked && other.action == query.action &&
           other.purpose == query.purpose &&
           (other.outcome == query.outcome || alike(*other.outcome, *query.outcome));
  });
  if (known != asks.end()) {
    if (known->enabled.contains_all(query.enabled)) return;
    known->enabled |= query.enabled;
  } else {
    asks.push_back(query);
  }
  for (std::size_t h = 0; h < out_.holdings_.size(); ++h)
    if (out_.holdings_[h].what.holder == asker &&
        acts_.keys.contains(out_.holdings_[h].what.category))
      out_.changed_.insert(h);
}

void LawOfActs::look_at(std::size_t number) {
  const Possession held = out_.holdings_[number];
  const NodeId holder = held.what.holder;
  for (const LawfulAct& act : acts_.disclosures[holder.index()])
    if (act.data.contains(held.what.category) &&
        out_.relevance_.matters(act.other, held.what.category))
      disclose(held, number, act);
  for (const LawfulAct& act : acts_.queries[holder.index()])
    if (act.data.contains(held.what.category) && answer_matters(act, held.what))
      answer(held, number, act);
  show_keys(held, number);
  if (out_.assumptions_.pass_on && !out_.verdicts_.binds(holder)) pass_on(held, number);
}

void LawOfActs::disclose(const Possession& held, std::size_t number, const LawfulAct& act) {
  const Verdicts::Asked asked = out_.asked_of(held, act.action, act.other, act.purpose);
  for (const Outcome& outcome : out_.verdicts_.outcomes(asked, anything_)) {
    if (outcome.anonymous) continue;
    const auto window = out_.window(held, outcome, 0);
    if (!window) continue;
    Derivations::Arrival arrival;
    Hop& hop = arrival.hop;
    hop.kind = HopKind::disclosed;
    hop.from = number;
    hop.sender = held.what.holder;
    hop.action = act.action;
    hop.purpose = act.purpose;
    hop.decided = held.what.category;
    hop.provenance = held.what.provenance;
    hop.outcome = &outcome;
    hop.enabled = out_.situations_.everybody();
    hop.slowest = slowest_;
    hop.keep_days = outcome.keep_days;
    arrival.what = {act.other, held.what.category,
                    out_.verdicts_.handed_on(held.what.provenance, held.what.holder,
                                             outcome.travels, act.purpose),
                    held.what.recorder, false};
    arrival.cells = held.cells;
    arrival.cells &= outcome.cells;
    arrival.from = window->first;
    arrival.until = window->second;
    (void)out_.arrive(std::move(arrival));
  }
}

bool LawOfActs::answer_matters(const LawfulAct& act, const Holding& held) const {
  return out_.relevance_.matters(act.other, held.category) ||
         out_.relevance_.matters(act.other, Vocabulary::hit) ||
         out_.relevance_.matters(act.other, Vocabulary::no_hit) ||
         act.data_by_copy.contains(held.category);
}

void LawOfActs::answer(const Possession& held, std::size_t number, const LawfulAct& act) {
  if (out_.keeps_back(held, act.purpose)) return;
  const Verdicts::Asked asked = out_.asked_of(held, act.action, act.other, act.purpose);
  for (const Outcome& outcome : out_.verdicts_.outcomes(asked, anything_)) {
    const auto window = out_.window(held, outcome, 0);
    Situations::Set cells = held.cells;
    cells &= outcome.cells;
    if (!window || cells.empty()) continue;
    if (act.data_by_copy.contains(held.what.category))
      may_ask(act.other, {held.what.holder, act.action, act.purpose, held.what.category, &outcome,
                          out_.situations_.same_truth(cells)});
    if (outcome.anonymous) continue;
    const std::uint32_t provenance = out_.verdicts_.handed_on(
        held.what.provenance, held.what.holder, outcome.travels, act.purpose);
    for (const HopKind kind : {HopKind::hit, HopKind::answered}) {
      if (kind == HopKind::answered && outcome.hit_only) continue;
      Derivations::Arrival arrival;
      Hop& hop = arrival.hop;
      hop.kind = kind;
      hop.from = number;
      hop.sender = held.what.holder;
      hop.action = act.action;
      hop.purpose = act.purpose;
      hop.decided = held.what.category;
      hop.provenance = held.what.provenance;
      hop.outcome = &outcome;
      hop.enabled = out_.situations_.everybody();
      hop.slowest = slowest_;
      hop.keep_days = outcome.keep_days;
      arrival.what = {act.other, kind == HopKind::hit ? Vocabulary::hit : held.what.category,
                      provenance, held.what.recorder, false};
      arrival.cells = cells;
      arrival.from = window->first;
      arrival.until = window->second;
      (void)out_.arrive(std::move(arrival));
    }
    if (outcome.verified) bring_no_hit(&held, asked, outcome, cells);
  }
}

/// The answer that nobody was found; of a source, because a check by hand rejected it.
void LawOfActs::bring_no_hit(const Possession* held, const Verdicts::Asked& asked,
                             const Outcome& outcome, const Situations::Set& cells) {
  if (outcome.anonymous) return;
  Derivations::Arrival arrival;
  Hop& hop = arrival.hop;
  hop.kind = HopKind::no_hit;
  hop.sender = asked.from;
  hop.action = asked.action;
  hop.purpose = asked.purpose;
  hop.decided = asked.category;
  hop.provenance = asked.provenance;
  hop.asked_under = &outcome;
  hop.slowest = slowest_;
  hop.enabled = out_.situations_.same_truth(cells);
  hop.enabled &= out_.situations_.recorded_by(*asked.from);
  hop.ready = std::max(outcome.from, held == nullptr ? 0 : held->earliest);
  // Why the longest of all: the records of the node asked are read now.
  hop.keep_days = outcome.keep_days;
  if (held != nullptr && out_.verdicts_.binds(asked.to)) {
    Verdicts::Asked keeping = asked;
    keeping.action = ActionId(static_cast<std::size_t>(RootAction::retain));
    keeping.provenance = out_.verdicts_.handed_on(0, *asked.from, outcome.travels, asked.purpose);
    keeping.recorder = *asked.from;
    hop.keep_days = out_.verdicts_.keep_days(keeping, {outcome.facts, outcome.facts, outcome.via},
                                             out_.situations_.later(hop.enabled), outcome.from,
                                             out_.verdicts_.end());
  }
  arrival.what = {asked.to, Vocabulary::no_hit,
                  out_.verdicts_.handed_on(0, *asked.from, outcome.travels, asked.purpose),
                  *asked.from, false};
  arrival.cells = hop.enabled;
  arrival.from = hop.ready + outcome.notify_days;
  arrival.until = outcome.waits ? out_.verdicts_.end() : outcome.before;
  if (arrival.from <= arrival.until) (void)out_.arrive(std::move(arrival));
}

/// Asking tells the node asked of whom one asks.
void LawOfActs::show_keys(const Possession& held, std::size_t number) {
  const bool bound = out_.verdicts_.binds(held.what.holder);
  if (!acts_.keys.contains(held.what.category) || (!bound && !out_.assumptions_.pass_on)) return;
  const std::vector<Query> asks = asks_[held.what.holder.index()];
  const ActionId show(static_cast<std::size_t>(RootAction::disclose));
  for (const Query& query : asks) {
    if (!out_.relevance_.matters(query.asked, held.what.category)) continue;
    const Verdicts::Asked asked = out_.asked_of(held, show, query.asked, query.purpose);
    const Outcome& under = *query.outcome;
    Derivations::Arrival arrival;
    Hop& hop = arrival.hop;
    hop.enabled = out_.verdicts_.showable(asked, {under.facts, under.facts, under.via});
    hop.enabled &= query.enabled;
    arrival.cells = hop.enabled;
    arrival.cells &= held.cells;
    if (arrival.cells.empty()) continue;
    const auto window = out_.window(held, under, 0);
    if (!window) continue;
    hop.kind = HopKind::key;
    hop.from = number;
    hop.sender = held.what.holder;
    hop.action = query.action;
    hop.purpose = query.purpose;
    hop.decided = query.category;
    hop.provenance = held.what.provenance;
    hop.asked_under = query.outcome;
    arrival.what = {
        query.asked, held.what.category,
        out_.verdicts_.handed_on(held.what.provenance, held.what.holder, {}, query.purpose),
        held.what.recorder, held.what.outside && !bound};
    // Why these days: a query that waits goes on under the permit that it was posted under.
    arrival.from = window->first;
    arrival.until = window->second;
    arrival.view = true;
    (void)out_.arrive(std::move(arrival));
  }
}

/// Nodes that no rule binds tell anyone, and answer others of their kind.
void LawOfActs::pass_on(const Possession& held, std::size_t number) {
  const ActionId disclose(static_cast<std::size_t>(RootAction::disclose));
  const ActionId query(static_cast<std::size_t>(RootAction::query));
  const ActionId retain(static_cast<std::size_t>(RootAction::retain));
  for (std::size_t to = 0; to < world_.nodes.size(); ++to) {
    const NodeId other(to);
    const bool matters = out_.relevance_.matters(other, held.what.category) ||
                         out_.relevance_.matters(other, Vocabulary::hit);
    if (other == held.what.holder || !matters) continue;
    const bool bound = out_.verdicts_.binds(other);
    bool passed = false;
    for (std::size_t p = 0; p < words_.purposes.size(); ++p) {
      const PurposeId purpose(p);
      // Why one purpose is mostly enough: nothing is decided but whether it may be kept.
      const bool kept =
          bound && out_.policy_.permitted_data(retain, held.what.holder, other, purpose)
                       .contains(held.what.category);
      if ((passed && !kept) || out_.keeps_back(held, purpose)) continue;
      passed = true;
      const Verdicts::Asked asked = out_.asked_of(held, disclose, other, purpose);
      for (const Outcome& outcome : out_.verdicts_.outcomes(asked, anything_)) {
        const auto window = out_.window(held, outcome, 0);
        if (!window) continue;
        for (const HopKind kind : {HopKind::disclosed, HopKind::hit}) {
          if (kind == HopKind::hit && bound) continue;
          Derivations::Arrival arrival;
          Hop& hop = arrival.hop;
          hop.kind = kind;
          hop.from = number;
          hop.sender = held.what.holder;
          hop.action = kind == HopKind::hit ? query : disclose;
          hop.purpose = purpose;
          hop.decided = held.what.category;
          hop.provenance = held.what.provenance;
          hop.outcome = &outcome;
          hop.enabled = out_.situations_.everybody();
          hop.slowest = slowest_;
          hop.keep_days = outcome.keep_days;
          arrival.what = {
              other, kind == HopKind::hit ? Vocabulary::hit : held.what.category,
              out_.verdicts_.handed_on(held.what.provenance, held.what.holder, {}, purpose),
              held.what.recorder, held.what.outside};
          arrival.cells = held.cells;
          arrival.cells &= outcome.cells;
          arrival.from = window->first;
          arrival.until = window->second;
          (void)out_.arrive(std::move(arrival));
        }
      }
    }
  }
}

}  // namespace onward
