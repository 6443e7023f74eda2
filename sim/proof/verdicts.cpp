// SPDX-License-Identifier: Apache-2.0
#include "sim/proof/verdicts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace onward {
namespace {

constexpr double forever = std::numeric_limits<double>::infinity();

template <class Visit>
void for_each_desk(const EffectiveDuties& duties, Visit visit) {
  for (const Authorisation& one : duties.authorised_by)
    if (one.case_by_case) visit(one.desk, true);
  for (const Authorisation& one : duties.consent_of_origin) visit(one.desk, false);
  for (const Authorisation& one : duties.guardian) visit(one.desk, false);
  for (const DeskReference& one : duties.human_verification) visit(one, false);
}

std::size_t first_of(const Situations::Set& set) {
  std::size_t first = set.size();
  set.for_each([&](std::size_t cell) { first = std::min(first, cell); });
  return first;
}

std::set<std::string> desks_needed(const Policy& policy, const DynamicSet& rules) {
  std::set<std::string> desks;
  rules.for_each([&](std::size_t r) {
    const Duties& duties = policy.rules[r].duties;
    for (const auto* one : {&duties.authorised_by, &duties.consent_of_origin, &duties.guardian})
      if (*one) desks.insert((*one)->desk.desk);
    if (duties.human_verification) desks.insert(duties.human_verification->desk);
  });
  return desks;
}

/// Whether one way of doing something leaves nothing to another.
bool covers(const Outcome& wide, const Outcome& narrow) {
  const auto terms = [](const Outcome& o) {
    return std::tuple(o.verdict, o.permit, o.hit_only, o.anonymous, o.travels.no_onward,
                      o.travels.recall, o.travels.purpose_only, o.verified, o.waits, o.notify_days,
                      o.retain_days);
  };
  return terms(wide) == terms(narrow) && wide.from <= narrow.from && wide.before >= narrow.before &&
         wide.keep_days >= narrow.keep_days && wide.cells.contains_all(narrow.cells);
}

/// Ways that differ in their cells or days alone become one.
bool join(Outcome& one, const Outcome& other) {
  const auto terms = [](const Outcome& o) {
    return std::tuple(o.verdict, o.permit, o.hit_only, o.anonymous, o.travels.no_onward,
                      o.travels.recall, o.travels.purpose_only, o.verified, o.waits, o.notify_days,
                      o.retain_days, o.facts, o.via.logged, o.via.recallable);
  };
  if (terms(one) != terms(other)) return false;
  if (one.from == other.from && one.before == other.before) {
    one.cells |= other.cells;
    return true;
  }
  if (one.cells == other.cells && one.before == other.from) {
    one.before = other.before;
    return true;
  }
  return false;
}

}  // namespace

Verdicts::Verdicts(const Model& model, const CompiledPolicy& policy, const Situations& situations,
                   const Assumptions& assumptions, const Relevance& relevance)
    : model_(model),
      policy_(policy),
      situations_(situations),
      assumptions_(assumptions),
      sources_that_count_(relevance.sources()),
      barring_(relevance.barring()),
      end_(assumptions.realm == Realm::law ? forever
                                           : std::nextafter(model.horizon_days, forever)) {
  (void)number({});
  skips_duties_ = std::any_of(
      model.world->nodes.begin(), model.world->nodes.end(),
      [](const Node& node) { return node.compliance.duties && node.compliance.duties->value < 1; });
  using Likeness =
      std::tuple<std::size_t, std::size_t, bool, bool, SourceSet, std::set<std::string>>;
  std::map<Likeness, std::uint32_t> classes;
  const std::set<std::string> needed = desks_needed(policy.policy(), relevance.rules());
  for (std::size_t n = 0; n < model.world->nodes.size(); ++n) {
    const NodeId node(n);
    std::set<std::string> desks;
    for (const Desk& desk : model.world->nodes[n].desks)
      if (needed.contains(desk.id)) desks.insert(desk.id);
    const Likeness likeness(policy.class_of_sender(node), policy.class_of_recipient(node),
                            binds(node), complies(node), sources_of(node), std::move(desks));
    node_class_.push_back(
        classes.emplace(likeness, static_cast<std::uint32_t>(classes.size())).first->second);
  }
}

SourceSet Verdicts::sources_of(NodeId node) const {
  return policy_.sources_of(node) & sources_that_count_;
}

std::uint32_t Verdicts::number(const Provenance& provenance) {
  const auto [entry, is_new] =
      numbers_.emplace(provenance, static_cast<std::uint32_t>(provenances_.size()));
  if (is_new) provenances_.push_back(provenance);
  return entry->second;
}

bool Verdicts::at_least_as_free(std::uint32_t one, std::uint32_t other) const {
  const Provenance& a = provenances_[one];
  const Provenance& b = provenances_[other];
  return b.sources.contains_all(a.sources) && (a.sources | barring_).contains_all(b.sources) &&
         a.no_onward <= b.no_onward && a.recall <= b.recall &&
         (!a.purpose_only || (b.purpose_only && a.purposes.contains_all(b.purposes)));
}

std::uint32_t Verdicts::handed_on(std::uint32_t by, NodeId sender, const TravellingDuties& under,
                                  PurposeId purpose) {
  return number(onward::handed_on(provenances_[by], sources_of(sender), under, purpose));
}

Verdicts::Key Verdicts::key(const Asked& asked, const Occasion& occasion) {
  const auto word = [](std::size_t a, std::size_t b, std::size_t c, std::size_t d) {
    return std::uint64_t{a} | std::uint64_t{b} << 16 | std::uint64_t{c} << 32 |
           std::uint64_t{d} << 48;
  };
  const std::size_t from = asked.from ? node_class_[asked.from->index()] : 0xffff;
  return {word(asked.action.index(), from, node_class_[asked.to.index()], asked.purpose.index()),
          word(asked.category.index(), asked.has_source ? 1 : 0, 0, 0), asked.provenance,
          situations_.recorder_class(asked.recorder),
          occasions_.emplace(occasion.key(), occasions_.size()).first->second};
}

/// The same request with as little of its provenance as tells its answers apart: then most requests
/// are the same as another.
Verdicts::Asked Verdicts::plain(Asked asked) {
  const std::size_t from = asked.from ? node_class_[asked.from->index()] : 0xffff;
  const auto [sources, is_new] = sources_asked_for_.try_emplace(
      {asked.action, from, node_class_[asked.to.index()], asked.purpose});
  if (is_new) {
    const auto add = [&](ActionId action) {
      for (const Way& way : policy_.ways(action, asked.from, asked.to, asked.purpose))
        sources->second |= way.sources;
    };
    add(asked.action);
    add(ActionId(static_cast<std::size_t>(RootAction::retain)));
  }
  Provenance provenance = provenances_[asked.provenance];
  provenance.sources = provenance.sources & sources->second;
  const bool allowed = provenance.purposes.contains(asked.purpose);
  provenance.purposes = {};
  if (provenance.purpose_only && allowed) provenance.purposes.insert(asked.purpose);
  asked.provenance = number(provenance);
  return asked;
}

/// The ways that can match this category from these sources; `latent` are prohibitions that would
/// with further ones.
std::vector<Verdicts::Way> Verdicts::relevant(const Asked& asked, bool& permits,
                                              std::vector<RuleId>& latent) const {
  SourceSet sources = provenances_[asked.provenance].sources;
  if (asked.from) sources |= sources_of(*asked.from);
  std::vector<Way> ways = policy_.ways(asked.action, asked.from, asked.to, asked.purpose);
  std::erase_if(ways, [&](const Way& way) {
    if (!way.data.contains(asked.category)) return true;
    if (sources.contains_all(way.sources)) return false;
    if ((sources | barring_).contains_all(way.sources)) latent.push_back(way.rule);
    return true;
  });
  permits = std::any_of(ways.begin(), ways.end(),
                        [](const Way& way) { return way.effect == Effect::permit; });
  return ways;
}

/// The spans of days between which some rule begins or ends.
std::vector<Verdicts::Span> Verdicts::spans(const std::vector<Way>& ways) const {
  std::set<double> days{0};
  const auto add = [&](double moment) {
    const double day = moment - model_.start;
    if (day > 0 && day < end_) days.insert(day);
  };
  for (const Way& way : ways) {
    add(way.from);
    add(way.before);
    const auto& sunset = policy_.policy().rule(way.rule).duties.sunset;
    if (sunset) add(sunset->days_since_1970() + 1);
  }
  std::vector<Span> spans;
  for (auto day = days.begin(); day != days.end(); ++day)
    spans.push_back({*day, std::next(day) == days.end() ? end_ : *std::next(day)});
  return spans;
}

/// One set of facts for each way in which the rules' tests can come out together.
std::vector<FactSet> Verdicts::facts(const std::vector<Way>& ways, const Occasion& occasion) const {
  FactSet tested;
  std::vector<FactTest> tests;
  const auto add = [&](const FactTest& test) {
    if (std::find(tests.begin(), tests.end(), test) != tests.end()) return;
    tests.push_back(test);
    tested |= test.must_hold | test.must_not_hold;
  };
  for (const Way& way : ways) {
    add(way.when);
    // Why each alone: one of the facts is enough to suspend.
    const FactTest& suspended = policy_.policy().rule(way.rule).duties.suspended_when;
    suspended.must_hold.for_each([&](FactId fact) { add({FactSet::of(fact), {}}); });
    suspended.must_not_hold.for_each([&](FactId fact) { add({FactSet::of(fact), {}}); });
  }
  // Fact by fact; of the sets that leave every test as open or as failed as another, one is kept.
  std::vector<FactSet> sets{FactSet{}};
  FactSet asked;
  tested.for_each([&](FactId fact) {
    asked.insert(fact);
    std::vector<FactSet> next;
    std::set<std::vector<bool>> seen;
    const auto keep = [&](FactSet set) {
      std::vector<bool> failed;
      for (const FactTest& test : tests)
        failed.push_back(!set.contains_all(test.must_hold & asked) ||
                         test.must_not_hold.intersects(set));
      if (seen.insert(std::move(failed)).second) next.push_back(set);
    };
    for (const FactSet& set : sets) {
      if (!occasion.must.contains(fact)) keep(set);
      if (occasion.may.contains(fact)) keep(set | FactSet::of(fact));
    }
    sets = std::move(next);
  });
  for (FactSet& set : sets) set |= occasion.must;
  return sets;
}

std::vector<ChannelTraits> Verdicts::channels(const Asked& asked, const std::vector<Way>& ways,
                                              const Occasion& occasion) const {
  if (occasion.via) return {*occasion.via};
  const bool matters = provenances_[asked.provenance].recall ||
                       std::any_of(ways.begin(), ways.end(), [&](const Way& way) {
                         const Duties& duties = policy_.policy().rule(way.rule).duties;
                         return duties.log || duties.recall;
                       });
  if (!matters) return {{}};
  return {{true, true}, {false, true}, {true, false}, {false, false}};
}

/// The cells that no rule tells apart.
std::vector<Situations::Set> Verdicts::kinds(const std::vector<Way>& ways) const {
  std::vector<const DynamicSet*> tests;
  for (const Way& way : ways)
    if (!way.cells->full() && std::find(tests.begin(), tests.end(), way.cells) == tests.end())
      tests.push_back(way.cells);
  if (tests.empty()) return {situations_.everybody()};
  std::map<std::vector<bool>, Situations::Set> kinds;
  for (std::size_t c = 0; c < situations_.size(); ++c) {
    std::vector<bool> signature;
    for (const DynamicSet* test : tests)
      signature.push_back(test->contains(situations_.decided_as(c).index()));
    kinds.try_emplace(std::move(signature), situations_.nobody()).first->second.insert(c);
  }
  std::vector<Situations::Set> all;
  for (auto& [signature, cells] : kinds) all.push_back(std::move(cells));
  return all;
}

Explanation Verdicts::explain(const Asked& asked, const FactSet& facts, const ChannelTraits& via,
                              std::size_t cell, double day) const {
  return policy_.explain(request(asked, facts, via, cell, day), asked.category);
}

Request Verdicts::request(const Asked& asked, const FactSet& facts, const ChannelTraits& via,
                          std::size_t cell, double day) const {
  ++decisions_;
  Request request;
  request.action = asked.action;
  request.from = asked.from;
  request.to = asked.to;
  request.purpose = asked.purpose;
  request.cell = situations_.decided_as(cell);
  request.provenance = provenances_[asked.provenance];
  request.facts = facts;
  request.via = via;
  request.on = model_.start + day;
  return request;
}

/// A desk that its owner does not have makes an act impossible: engine.md, section 6.
bool Verdicts::desks_exist(const Asked& asked, const EffectiveDuties& duties) const {
  const RootAction root = model_.vocabulary->root(asked.action);
  if (root != RootAction::disclose && root != RootAction::query) return true;
  bool all = true;
  for_each_desk(duties, [&](const DeskReference& reference, bool authorisation) {
    if (!asked.has_source && !authorisation) return;
    using Owner = DeskReference::Owner;
    NodeId node = reference.node;
    if (reference.owner == Owner::actor) node = root == RootAction::query ? asked.to : *asked.from;
    if (reference.owner == Owner::from) node = *asked.from;
    if (reference.owner == Owner::to) node = asked.to;
    if (reference.owner == Owner::origin) node = asked.recorder;
    all = all && model_.world->nodes[node.index()].desk(reference.desk) != nullptr;
  });
  return all;
}

/// Whether further sources of a copy may bar all alternatives before this one, but not it.
bool Verdicts::may_come_first(const std::vector<CompiledPolicy::Alternative>& alternatives,
                              std::size_t number, const std::vector<RuleId>& latent) const {
  const RuleId permit = alternatives[number].permit;
  return std::all_of(
      alternatives.begin(), alternatives.begin() + static_cast<std::ptrdiff_t>(number),
      [&](const CompiledPolicy::Alternative& earlier) {
        return std::any_of(latent.begin(), latent.end(), [&](RuleId prohibition) {
          return policy_.bars(prohibition, earlier.permit) && !policy_.bars(prohibition, permit);
        });
      });
}

/// The outcome of the alternative that is taken; and of those that some copy with further sources
/// may take, which this one stands for: see `at_least_as_free`.
std::vector<Outcome> Verdicts::outcomes_of(const Asked& asked, const Request& request,
                                           const std::vector<RuleId>& latent) {
  const auto alternatives = policy_.alternatives(request, asked.category);
  std::vector<Outcome> all;
  for (std::size_t a = 0; a < alternatives.size(); ++a) {
    if (a > 0 && !may_come_first(alternatives, a, latent)) continue;
    if (auto one = outcome(asked, alternatives[a])) all.push_back(std::move(*one));
  }
  return all;
}

std::optional<Outcome> Verdicts::outcome(const Asked& asked,
                                         const CompiledPolicy::Alternative& alternative) {
  const auto [known, is_new] = duties_.try_emplace(alternative);
  if (is_new) known->second = policy_.duties_of(alternative);
  const EffectiveDuties& duties = known->second;
  if (!desks_exist(asked, duties)) return {};
  Outcome outcome;
  outcome.permit = alternative.permit;
  outcome.hit_only = duties.rest.hit_only;
  outcome.anonymous = duties.rest.pseudonymise || duties.rest.aggregate_only;
  outcome.travels = {duties.rest.no_onward, duties.rest.recall, duties.rest.purpose_only};
  outcome.verified = !duties.human_verification.empty();
  for_each_desk(duties, [&](const DeskReference&, bool) { outcome.waits = true; });
  outcome.notify_days = duties.rest.notify_days.value_or(0);
  outcome.waits = outcome.waits || outcome.notify_days > 0;
  // Duties that are skipped take no time.
  if (assumptions_.realm == Realm::world && skips_duties_) outcome.notify_days = 0;
  if (duties.rest.retain_days) outcome.retain_days = *duties.rest.retain_days;
  return outcome;
}

/// How long the recipient may keep what it gets: `retain` is decided under the same conditions.
void Verdicts::set_keeping(const Asked& asked, Outcome& outcome) {
  const RootAction root = model_.vocabulary->root(asked.action);
  if (root != RootAction::collect && root != RootAction::disclose && root != RootAction::query)
    return;
  if (!binds(asked.to)) {
    outcome.keep_days =
        assumptions_.undertakings_kept && outcome.retain_days ? *outcome.retain_days : forever;
    return;
  }
  Asked keeping = asked;
  keeping.action = ActionId(static_cast<std::size_t>(RootAction::retain));
  // The request to retain what is collected names the provenance before it was collected.
  if (asked.from)
    keeping.provenance = handed_on(asked.has_source ? asked.provenance : 0, *asked.from,
                                   outcome.travels, asked.purpose);
  Occasion same{outcome.facts, outcome.facts, outcome.via};
  const bool later = outcome.waits;
  outcome.keep_days =
      keep_days(keeping, same, later ? situations_.later(outcome.cells) : outcome.cells,
                outcome.from, later ? end_ : outcome.before);
}

std::vector<Outcome> Verdicts::keepings(const Asked& asked, const Occasion& occasion) {
  const Asked plain = this->plain(asked);
  const Key key = this->key(plain, occasion);
  const auto known = keepings_.find(key);
  if (known != keepings_.end()) return known->second;
  return keepings_[key] = work_out(plain, occasion);
}

double Verdicts::keep_days(const Asked& asked, const Occasion& occasion,
                           const Situations::Set& cells, double from, double before) {
  double most = 0;
  for (const Outcome& keeping : keepings(asked, occasion)) {
    if (keeping.before <= from || keeping.from >= before || !keeping.cells.intersects(cells))
      continue;
    const bool forever_kept = keeping.verdict == Verdict::deny || !keeping.retain_days;
    most = std::max(most, forever_kept ? forever : *keeping.retain_days);
  }
  return most;
}

/// What decides whether a bound recipient may keep what it gets.
std::vector<Verdicts::Way> Verdicts::ways_to_keep(const Asked& asked) const {
  const RootAction root = model_.vocabulary->root(asked.action);
  if (!binds(asked.to) || root == RootAction::retain) return {};
  const ActionId retain(static_cast<std::size_t>(RootAction::retain));
  std::vector<Way> ways = policy_.ways(retain, asked.from, asked.to, asked.purpose);
  std::erase_if(ways, [&](const Way& way) { return !way.data.contains(asked.category); });
  return ways;
}

/// Acts that no rule governs, and such as are done against the rules.
std::vector<Outcome> Verdicts::done_anyhow(const Asked& asked, const Occasion& occasion,
                                           Verdict verdict) {
  const std::vector<Way> ways = ways_to_keep(asked);
  std::vector<Outcome> all;
  for (const FactSet& held : facts(ways, occasion))
    for (const ChannelTraits& via : channels(asked, ways, occasion)) {
      Outcome outcome;
      outcome.verdict = verdict;
      outcome.facts = held;
      outcome.via = via;
      outcome.cells = situations_.everybody();
      outcome.before = end_;
      add(asked, std::move(outcome), all);
    }
  return all;
}

/// Adds an outcome with how long the data may be kept, unless another leaves nothing to it.
void Verdicts::add(const Asked& asked, Outcome outcome, std::vector<Outcome>& all) {
  if (model_.vocabulary->root(asked.action) != RootAction::retain) set_keeping(asked, outcome);
  if (std::none_of(all.begin(), all.end(),
                   [&](const Outcome& other) { return covers(other, outcome); }))
    all.push_back(std::move(outcome));
}

std::vector<Outcome> Verdicts::work_out(const Asked& asked, const Occasion& occasion) {
  const RootAction root = model_.vocabulary->root(asked.action);
  if (!policy_.governs(asked.action, asked.from, asked.to))
    return done_anyhow(asked, occasion, Verdict::not_governed);
  const NodeId actor = root == RootAction::disclose ? *asked.from : asked.to;
  const NodeId responsible = root == RootAction::query && !binds(actor) ? *asked.from : actor;
  std::vector<Outcome> all;
  if (!complies(responsible) && root != RootAction::collect)
    all = done_anyhow(asked, occasion, Verdict::deny);
  bool permits = false;
  std::vector<RuleId> latent;
  const std::vector<Way> ways = relevant(asked, permits, latent);
  if (!permits) return all;
  std::vector<Way> with_keeping = ways_to_keep(asked);
  with_keeping.insert(with_keeping.end(), ways.begin(), ways.end());
  const std::vector<FactSet> fact_sets = facts(with_keeping, occasion);
  const std::vector<ChannelTraits> traits = channels(asked, with_keeping, occasion);
  const std::vector<Span> days = spans(ways);
  std::vector<Outcome> found;
  for (const Situations::Set& kind : kinds(ways)) {
    const std::size_t somebody = first_of(kind);
    for (const FactSet& held : fact_sets)
      for (const ChannelTraits& via : traits)
        for (const Span& span : days) {
          const Request asks = request(asked, held, via, somebody, span.from);
          for (Outcome& one : outcomes_of(asked, asks, latent)) {
            one.facts = held;
            one.via = via;
            one.cells = kind;
            one.from = span.from;
            one.before = span.before;
            const bool joined = std::any_of(found.begin(), found.end(),
                                            [&](Outcome& other) { return join(other, one); });
            if (!joined) found.push_back(std::move(one));
          }
        }
  }
  for (Outcome& one : found) add(asked, std::move(one), all);
  return all;
}

const std::vector<Outcome>& Verdicts::outcomes(const Asked& asked, const Occasion& occasion) {
  const Asked plain = this->plain(asked);
  const Key key = this->key(plain, occasion);
  const auto known = outcomes_.find(key);
  if (known != outcomes_.end()) return known->second;
  std::vector<Outcome> all = work_out(plain, occasion);
  return outcomes_.emplace(key, std::move(all)).first->second;
}

const Situations::Set& Verdicts::showable(const Asked& asked, const Occasion& occasion) {
  const Asked plain = this->plain(asked);
  const Key key = this->key(plain, occasion);
  const auto [known, is_new] = showable_.try_emplace(key);
  if (!is_new) return known->second;
  if (!policy_.governs(asked.action, asked.from, asked.to) || !complies(*asked.from))
    return known->second = situations_.everybody();
  bool permits = false;
  std::vector<RuleId> latent;
  const std::vector<Way> ways = relevant(plain, permits, latent);
  Situations::Set free = situations_.nobody();
  for (const Situations::Set& kind : kinds(ways)) {
    const std::size_t somebody = first_of(kind);
    for (const FactSet& held : facts(ways, occasion))
      for (const ChannelTraits& via : channels(asked, ways, occasion))
        for (const Span& span : spans(ways)) {
          const Because because =
              policy_.decide(request(plain, held, via, somebody, span.from), asked.category)
                  .because;
          if (because != Because::prohibited && because != Because::conflict) free |= kind;
        }
  }
  return known->second = std::move(free);
}

}  // namespace onward
