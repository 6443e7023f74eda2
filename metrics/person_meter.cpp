// SPDX-License-Identifier: Apache-2.0
#include "metrics/person_meter.hpp"

#include <algorithm>

namespace onward {
namespace {

std::vector<std::size_t> controllers_of(const World& world, std::size_t node) {
  std::vector<std::size_t> all;
  const auto add = [&](std::size_t of) {
    for (const NodeId controller : world.nodes[of].controllers) all.push_back(controller.index());
    if (world.nodes[of].controllers.empty()) all.push_back(of);
  };
  add(node);
  for (const NodeId other : world.nodes[node].joint_with) add(other.index());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// Of a day of service by one officer: docs/method/measures.md, section 2.
constexpr double hours_of_a_working_day = 8;

/// By purpose of collection and purpose of the act: what a lawful act is. What the law permits and
/// the table of compatible purposes does not name, statute authorises.
std::vector<Drift> drifts_of(const Vocabulary& vocabulary) {
  const std::size_t purposes = vocabulary.purposes.size();
  std::vector<Drift> all(purposes * purposes, Drift::by_statute);
  for (const Compatibility& entry : vocabulary.compatibility)
    if (!entry.by_statute)
      entry.from.for_each([&](PurposeId from) {
        entry.to.for_each(
            [&](PurposeId to) { all[from.index() * purposes + to.index()] = Drift::compatible; });
      });
  return all;
}

/// Whether no right can be enforced against a node.
bool no_remedy(const Node& node) {
  return node.regime == "foreign" || node.regime == "none" ||
         (node.regime.empty() && node.kind == NodeKind::third_country);
}

}  // namespace

PersonMeter::PersonMeter(const Plan& plan, const Staffing& staffing,
                         const std::vector<Measure>& measures)
    : plan_(plan),
      measures_(measures),
      drift_(drifts_of(*plan.model.vocabulary)),
      readings_(measures.size()) {
  using Kind = Measure::Kind;
  wants_reach_ = wants({Kind::reach, Kind::inferred});
  wants_days_ =
      wants({Kind::exposure, Kind::exposure_of_regime, Kind::beyond_remedy, Kind::outliving});
  wants_drift_ = wants({Kind::purpose_drift});
  // A desk of fewer officers than there are works more slowly; its real work is not stretched.
  for (std::size_t d = 0; d < plan.desks.size(); ++d)
    hours_a_day_.push_back(hours_of_a_working_day * staffing.factor[d] *
                           plan.desks[d].desk->officers.value / staffing.officers[d]);
  const World& world = *plan.model.world;
  const std::vector<std::string> regimes = regimes_of(world);
  for (std::size_t n = 0; n < world.nodes.size(); ++n) {
    controllers_.push_back(controllers_of(world, n));
    const auto at = std::find(regimes.begin(), regimes.end(), regime_of(world.nodes[n]));
    regime_.push_back(static_cast<std::size_t>(at - regimes.begin()));
    without_remedy_.push_back(no_remedy(world.nodes[n]));
  }
  by_regime_.resize(regimes.size());
  const std::size_t categories = plan.model.vocabulary->categories.size();
  had_.resize(categories * controllers_.size());
  reach_of_.assign(categories, none);
  inferred_of_.assign(categories, none);
  for (std::size_t m = 0; m < measures.size(); ++m)
    if (measures[m].kind == Kind::reach)
      reach_of_[measures[m].of] = static_cast<std::uint32_t>(m);
    else if (measures[m].kind == Kind::inferred)
      inferred_of_[measures[m].of] = static_cast<std::uint32_t>(m);
    else
      others_.push_back(m);
}

const Readings& PersonMeter::read(const Person& person) {
  readings_.clear();
  readings_.on_the_way = on_the_way(person);
  if (wants_days_ || wants_drift_) find_origins(person);
  if (wants_reach_ || wants_days_) collect_holdings(person);
  if (wants_reach_) read_reach();
  if (wants_days_) read_exposure();
  if (wants_drift_) read_drift(person);
  for (const std::size_t m : others_)
    if (const Reading reading = this->reading(measures_[m], person); !reading.nothing())
      readings_.at(m) = reading;
  return readings_;
}

bool PersonMeter::wants(std::initializer_list<Measure::Kind> kinds) const {
  return std::any_of(measures_.begin(), measures_.end(), [&](const Measure& measure) {
    return std::find(kinds.begin(), kinds.end(), measure.kind) != kinds.end();
  });
}

void PersonMeter::find_origins(const Person& person) {
  origins_.clear();
  // INVARIANT: a copy stands after its parent.
  for (const Copy& copy : person.copies)
    origins_.push_back(copy.parent == Copy::none ? static_cast<std::int32_t>(origins_.size())
                                                 : origins_[static_cast<std::size_t>(copy.parent)]);
}

/// What a controller has of a category, noted as something to be looked at.
PersonMeter::Had& PersonMeter::had(CategoryId category, std::size_t controller) {
  const std::size_t place = category.index() * controllers_.size() + controller;
  Had& had = had_[place];
  if (!had.touched) touched_.push_back(static_cast<std::uint32_t>(place));
  had.touched = true;
  return had;
}

/// Fills `holdings_` and `had_` with what is true of the person.
void PersonMeter::collect_holdings(const Person& person) {
  for (const std::uint32_t place : touched_) had_[place] = {};
  touched_.clear();
  holdings_.clear();
  const double horizon = plan_.model.horizon_days;
  for (std::size_t c = 0; c < person.copies.size(); ++c) {
    const Copy& copy = person.copies[c];
    if (copy.falsely()) continue;
    const std::size_t holder = copy.holder.index();
    const double until = std::min(copy.until, horizon);
    for (const std::size_t controller : controllers_[holder]) {
      if (wants_reach_)
        copy.reveals.for_each([&](CategoryId tells) { (void)had(tells, controller); });
      Had& of = had(copy.category, controller);
      of.known = true;
      if (!wants_days_ || until <= copy.from) continue;
      const Copy& origin = person.copies[static_cast<std::size_t>(origins_[c])];
      const auto place = static_cast<std::uint32_t>(holdings_.size());
      // What was made of nothing that was collected outlives nothing.
      holdings_.push_back({copy.from, until,
                           origin.sender ? never_ends : std::min(origin.until, origin.overdue_from),
                           none, !copy.sender, without_remedy_[holder] != 0 || !copy.logged});
      if (of.first == none)
        of.first = place;
      else
        holdings_[of.last].next = place;
      of.last = place;
    }
  }
}

void PersonMeter::read_reach() {
  for (const std::uint32_t place : touched_) {
    const std::size_t category = place / controllers_.size();
    const std::uint32_t measure = (had_[place].known ? reach_of_ : inferred_of_)[category];
    if (measure == none) continue;
    Reading& reading = readings_.at(measure);
    reading.value += 1;
    reading.censored = readings_.on_the_way ? 1 : 0;
    reading.censorable = 1;
  }
}

void PersonMeter::read_exposure() {
  exposure_ = beyond_remedy_ = outliving_ = {};
  std::fill(by_regime_.begin(), by_regime_.end(), Days{});
  // Why in order: sums of the same days are then the same, whatever came first.
  std::sort(touched_.begin(), touched_.end());
  for (const std::uint32_t place : touched_) {
    const Had& had = had_[place];
    if (had.first == none) continue;
    Days days;
    if (had.first == had.last)
      add_days(holdings_[had.first], days);
    else
      sweep(had, days);
    Days& of_regime = by_regime_[regime_[place % controllers_.size()]];
    for (Days* sum : {&exposure_, &of_regime}) {
      sum->all += days.all;
      sum->open += days.open;
    }
  }
}

/// Adds the days of the only thing that one controller holds of one category.
void PersonMeter::add_days(const Holding& only, Days& exposure) {
  const auto add = [&](Days& sum, double from) {
    sum.all += only.until - from;
    if (only.until >= plan_.model.horizon_days) sum.open += only.until - from;
  };
  if (!only.collected) add(exposure, only.from);
  if (only.beyond_remedy) add(beyond_remedy_, only.from);
  const double overdue_from = std::max(only.from, only.overdue_from);
  if (overdue_from < only.until) add(outliving_, overdue_from);
}

/// Adds the days of what one controller holds of one category.
void PersonMeter::sweep(const Had& had, Days& exposure) {
  ends_.clear();
  for (std::uint32_t i = had.first; i != none; i = holdings_[i].next) {
    const Holding& holding = holdings_[i];
    const End begins{holding.from, holding.collected ? 0 : 1, holding.collected ? 1 : 0,
                     holding.beyond_remedy ? 1 : 0, 0};
    ends_.push_back(begins);
    ends_.push_back({holding.until, -begins.received, -begins.collected, -begins.beyond_remedy, 0});
    const double overdue_from = std::max(holding.from, holding.overdue_from);
    if (overdue_from >= holding.until) continue;
    ends_.push_back({overdue_from, 0, 0, 0, 1});
    ends_.push_back({holding.until, 0, 0, 0, -1});
  }
  std::sort(ends_.begin(), ends_.end(), [](const End& a, const End& b) { return a.at < b.at; });
  struct Run {
    Days* sum;
    double since = -1;
    void go(bool on, double at, double horizon) {
      if (on && since < 0) since = at;
      if (on || since < 0) return;
      sum->all += at - since;
      if (at >= horizon) sum->open += at - since;
      since = -1;
    }
  };
  const double horizon = plan_.model.horizon_days;
  Run outside{&exposure};
  Run lost{&beyond_remedy_};
  Run late{&outliving_};
  int received = 0;
  int collected = 0;
  int beyond_remedy = 0;
  int overdue = 0;
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    received += ends_[i].received;
    collected += ends_[i].collected;
    beyond_remedy += ends_[i].beyond_remedy;
    overdue += ends_[i].overdue;
    if (i + 1 < ends_.size() && ends_[i + 1].at == ends_[i].at) continue;
    outside.go(received > 0 && collected == 0, ends_[i].at, horizon);
    lost.go(beyond_remedy > 0, ends_[i].at, horizon);
    late.go(overdue > 0, ends_[i].at, horizon);
  }
}

/// Counts an act with the data of some origin, if it is for another purpose.
void PersonMeter::drifts_by(const Person& person, std::int32_t origin, PurposeId purpose,
                            bool lawful, NodeId actor, NodeId other) {
  const Copy& first = person.copies[static_cast<std::size_t>(origin)];
  if (first.sender || first.purpose == purpose) return;
  const std::size_t purposes = plan_.model.vocabulary->purposes.size();
  Drift drift = drift_[first.purpose.index() * purposes + purpose.index()];
  if (!lawful)
    drift = Drift::unlawful;
  else if (!plan_.binds(actor) && !plan_.binds(other))
    drift = Drift::ungoverned;
  drifted_[static_cast<std::size_t>(drift)] += 1;
}

void PersonMeter::read_drift(const Person& person) {
  drifted_ = {};
  for (std::size_t c = 0; c < person.copies.size(); ++c) {
    const Copy& copy = person.copies[c];
    if (copy.falsely() || !copy.sender || copy.parent == Copy::none) continue;
    // The answer to a query is the act of the asker, or else of the node asked.
    const bool query = plan_.flows[copy.flow].root == RootAction::query;
    drifts_by(person, origins_[c], copy.purpose, copy.lawful, *copy.sender,
              query ? copy.holder : *copy.sender);
  }
  for (const ActRecord& act : person.acts)
    if (act.source != Copy::none && !person.copies[static_cast<std::size_t>(act.source)].falsely())
      drifts_by(person, origins_[static_cast<std::size_t>(act.source)],
                plan_.flows[act.flow].flow->purpose, act.lawful, act.from, act.from);
}

/// Whether a journey has a way to go.
bool PersonMeter::on_the_way(const Person& person) const {
  if (person.journey_over || person.visits.empty()) return !person.journey_over;
  const std::size_t journey = plan_.model.population->groups[person.group].journey;
  return !plan_.model.population->journeys[journey].states[person.state].next.empty();
}

/// When a case was withdrawn, because a harm cut the journey.
double PersonMeter::withdrawn(const Person& person, const CaseRecord& one) const {
  double at = plan_.model.horizon_days;
  for (std::size_t h = 0; h < person.harms.size(); ++h) {
    const Harm& harm = *plan_.harms[h].harm;
    const double happened = person.harms[h].happened;
    if ((harm.ends_journey || !harm.then_state.empty()) && happened >= one.posted)
      at = std::min(at, happened);
  }
  return at;
}

Reading PersonMeter::read_hours(const Person& person) const {
  Reading hours;
  for (const CaseRecord& one : person.cases) {
    if (one.started < 0) continue;
    double until = std::min(one.due, plan_.model.horizon_days);
    if (one.cancelled) until = std::min(until, withdrawn(person, one));
    const double spent = (until - one.started) * hours_a_day_[one.desk];
    hours.value += spent;
    hours.censorable += spent;
    if (!one.cancelled && one.completed < 0) hours.censored += spent;
  }
  return hours;
}

Reading PersonMeter::read_delay(const Person& person) const {
  Reading delay;
  for (const CaseRecord& one : person.cases) {
    double until = one.started;
    if (one.started < 0) {
      until = plan_.model.horizon_days;
      if (one.cancelled)
        until = withdrawn(person, one);
      else
        delay.censored += 1;
    }
    delay.value += until - one.posted;
    delay.censorable += 1;
  }
  return delay;
}

/// Of a measure that counts: how much.
double PersonMeter::counted(const Measure& measure, const Person& person) const {
  using Kind = Measure::Kind;
  const auto falsely = [](const Copy& copy) { return copy.falsely(); };
  switch (measure.kind) {
    case Kind::purpose_drift: return drifted_[measure.of];
    case Kind::benefit: return person.benefits[measure.of];
    case Kind::false_match_found: return person.candidates.empty() ? 0 : 1;
    case Kind::false_match:
      return std::any_of(person.copies.begin(), person.copies.end(), falsely) ? 1 : 0;
    case Kind::onward_depth: {
      std::uint8_t most = 0;
      for (const Copy& copy : person.copies)
        if (!copy.falsely()) most = std::max(most, copy.hop);
      return most;
    }
    default: return 0;
  }
}

/// Of a measure that is neither `reach` nor `inferred`.
Reading PersonMeter::reading(const Measure& measure, const Person& person) const {
  using Kind = Measure::Kind;
  const auto days = [](const Days& of) { return Reading{of.all, 0, of.open, of.all}; };
  switch (measure.kind) {
    case Kind::exposure: return days(exposure_);
    case Kind::exposure_of_regime: return days(by_regime_[measure.of]);
    case Kind::beyond_remedy: return days(beyond_remedy_);
    case Kind::outliving: return days(outliving_);
    case Kind::delay: return read_delay(person);
    case Kind::officer_hours: return read_hours(person);
    case Kind::harm: {
      const HarmState& state = person.harms[measure.of];
      const bool happened = state.happened >= 0;
      const double compensator = state.compensator(plan_.model.horizon_days);
      const bool at_risk = !happened && state.hazard > 0;
      if (compensator == 0 && !happened && !at_risk) return {};
      return {compensator, happened ? 1.0 : 0.0, at_risk ? 1.0 : 0.0, 1};
    }
    default: break;
  }
  const double value = counted(measure, person);
  if (value == 0) return {};
  return {value, measure.has_events ? value : 0, readings_.on_the_way ? 1.0 : 0.0, 1};
}

}  // namespace onward
