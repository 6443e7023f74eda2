// SPDX-License-Identifier: Apache-2.0
#include "tests/reference/reach_slow.hpp"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

namespace onward::reference {
namespace {

/// Days in eighths; the last one stands for all later days, when no rule changes any more.
constexpr std::size_t parts = 8;
constexpr std::size_t moments = 24 * parts;
using Days = std::bitset<moments>;

/// One person as one recorder sees her.
struct Someone {
  AttributeValues truth;
  AttributeValues record;

  auto operator<=>(const Someone&) const = default;
};

/// A copy, but for when it arises.
struct Piece {
  NodeId holder;
  CategoryId category;
  NodeId collector;
  std::set<NodeId> through;
  bool no_onward = false;
  bool recall = false;
  bool purpose_only = false;
  PurposeSet purposes;
  bool outside = false;
  double keep = 0;
  Someone who;

  auto operator<=>(const Piece&) const = default;
};

/// Tries everything.
class Trial {
 public:
  Trial(const Scenario& scenario, std::size_t policy, bool pass_on, bool kept)
      : scenario_(scenario),
        policy_(scenario.compiled[policy]),
        pass_on_(pass_on),
        kept_(kept),
        start_(scenario.experiment.start.days_since_1970()) {
    list_people();
    find_moves();
    find_spans();
    const std::size_t facts = scenario.vocabulary.fact_names.size();
    for (std::size_t bits = 0; bits < (std::size_t{1} << facts); ++bits) {
      FactSet set;
      for (std::size_t f = 0; f < facts; ++f)
        if ((bits >> f & 1U) != 0) set.insert(FactId(f));
      fact_sets_.push_back(set);
    }
  }

  Reachable run() {
    collect();
    ask_of_nothing();
    while (!open_.empty()) {
      const Piece piece = *open_.begin();
      open_.erase(open_.begin());
      const Days days = born_[piece];
      note(piece);
      act(piece, held(piece, days));
    }
    return std::move(out_);
  }

 private:
  const World& world() const { return scenario_.world; }
  const Vocabulary& words() const { return scenario_.vocabulary; }
  bool binds(NodeId node) const { return policy_.policy().binds.contains(node.index()); }

  // ---- People ----

  void list_people() {
    people_.emplace_back();
    for (const Attribute& attribute : words().attributes) {
      std::vector<AttributeValues> longer;
      for (const AttributeValues& values : people_)
        for (std::size_t v = 0; v < attribute.values.size(); ++v) {
          longer.push_back(values);
          longer.back().emplace_back(v);
        }
      people_ = std::move(longer);
    }
  }

  std::optional<NodeId> place(const JourneyState& state, const AttributeValues& truth) const {
    if (state.at) return state.at;
    if (!state.at_subject_node) return {};
    const SubjectNode& own = *state.at_subject_node;
    return own.node_of_value[truth[own.attribute.index()].index()];
  }

  /// What a node may write down for a value.
  std::set<ValueId> written(AttributeId attribute, std::optional<NodeId> by, ValueId truth) const {
    std::set<ValueId> values{truth};
    for (const RecordingError& error : words().attributes[attribute.index()].recording_errors)
      if (by == error.node && error.true_value == truth && error.chance.value > 0)
        values.insert(error.recorded);
    return values;
  }

  void find_moves() {
    const Population& population = scenario_.population;
    using Place = std::tuple<std::size_t, std::size_t, AttributeValues>;
    std::set<Place> seen;
    std::vector<Place> open;
    const auto enter = [&](std::size_t j, std::size_t s, const AttributeValues& before) {
      const JourneyState& state = population.journeys[j].states[s];
      AttributeValues truth = before;
      for (const auto& [attribute, value] : state.sets) truth[attribute.index()] = value;
      moves_[before].insert({j, s});
      if (seen.insert({j, s, truth}).second) open.emplace_back(j, s, truth);
    };
    for (std::size_t j = 0; j < population.journeys.size(); ++j)
      for (const AttributeValues& values : people_) {
        enter(j, population.journeys[j].first, values);
        for (const Harm& harm : scenario_.outcomes.harms)
          for (std::size_t s = 0; s < population.journeys[j].states.size(); ++s)
            if (population.journeys[j].states[s].id == harm.then_state) enter(j, s, values);
      }
    while (!open.empty()) {
      const auto [j, s, truth] = open.back();
      open.pop_back();
      for (const NextState& next : population.journeys[j].states[s].next)
        if (!next.chance || next.chance->value > 0) enter(j, next.to, truth);
      for (const Harm& harm : scenario_.outcomes.harms)
        for (std::size_t to = 0; to < population.journeys[j].states.size(); ++to)
          if (population.journeys[j].states[to].id == harm.then_state) enter(j, to, truth);
    }
  }

  std::vector<Someone> moved(const Someone& who) const {
    std::vector<Someone> all;
    const auto ways = moves_.find(who.truth);
    if (ways == moves_.end()) return all;
    for (const auto& [j, s] : ways->second) {
      const JourneyState& state = scenario_.population.journeys[j].states[s];
      Someone next = who;
      for (const auto& [attribute, value] : state.sets) next.truth[attribute.index()] = value;
      const auto node = place(state, next.truth);
      std::vector<Someone> records{next};
      for (const auto& [attribute, value] : state.sets) {
        std::vector<Someone> more;
        for (const Someone& one : records)
          for (const ValueId written_down : written(attribute, node, value)) {
            more.push_back(one);
            more.back().record[attribute.index()] = written_down;
          }
        records = std::move(more);
      }
      all.insert(all.end(), records.begin(), records.end());
    }
    return all;
  }

  /// Everybody as a node may have recorded her, by itself or by whom set the value.
  std::vector<Someone> recorded_by(NodeId node) const {
    std::vector<Someone> all;
    for (const AttributeValues& truth : people_) {
      std::vector<Someone> some{{truth, truth}};
      for (std::size_t a = 0; a < truth.size(); ++a) {
        std::set<ValueId> values = written(AttributeId(a), node, truth[a]);
        for (const Journey& journey : scenario_.population.journeys)
          for (const JourneyState& state : journey.states)
            for (const auto& [attribute, value] : state.sets) {
              if (attribute != AttributeId(a) || value != truth[a]) continue;
              std::vector<NodeId> places;
              if (state.at) places.push_back(*state.at);
              if (state.at_subject_node) places = state.at_subject_node->node_of_value;
              for (const NodeId at : places) values.merge(written(AttributeId(a), at, truth[a]));
            }
        std::vector<Someone> more;
        for (const Someone& one : some)
          for (const ValueId value : values) {
            more.push_back(one);
            more.back().record[a] = value;
          }
        some = std::move(more);
      }
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }

  // ---- Time ----

  /// When somebody may hold a piece that arises on these days.
  static Days held(const Piece& piece, const Days& born) {
    if (piece.keep == 0) return born;
    Days days = born;
    const std::size_t longest =
        std::isinf(piece.keep) ? moments : static_cast<std::size_t>(piece.keep) * parts;
    for (std::size_t b = 0; b < moments; ++b) {
      if (!born[b]) continue;
      for (std::size_t d = b; d < std::min(moments, b + longest); ++d) days.set(d);
    }
    return days;
  }

  void arise(Piece piece, const Days& days) {
    if (days.none()) return;
    Days& known = born_[piece];
    if ((days & ~known).none()) return;
    known |= days;
    open_.insert(std::move(piece));
  }

  // ---- Deciding ----

  struct Deed {
    std::size_t action = 0;
    std::optional<NodeId> from;
    NodeId to;
    PurposeId purpose;
    CategoryId category;
    const Piece* source = nullptr;
    NodeId asked;  ///< If there is no source: who records.
  };

  Request request(const Deed& deed, const Someone& who, const FactSet& facts,
                  const ChannelTraits& via, std::size_t moment) const {
    Request request;
    request.action = ActionId(deed.action);
    request.from = deed.from;
    request.to = deed.to;
    request.purpose = deed.purpose;
    request.cell = scenario_.cells->cell(who.record);
    if (deed.source != nullptr) {
      for (const NodeId node : deed.source->through)
        request.provenance.sources |= policy_.sources_of(node);
      request.provenance.no_onward = deed.source->no_onward;
      request.provenance.recall = deed.source->recall;
      request.provenance.purpose_only = deed.source->purpose_only;
      request.provenance.purposes = deed.source->purposes;
    }
    request.facts = facts;
    request.via = via;
    request.on = start_ + static_cast<double>(moment / parts);
    return request;
  }

  static bool desks_there(const EffectiveDuties& duties, const World& world, const Deed& deed,
                          NodeId collector, bool query) {
    const auto there = [&](const DeskReference& r) {
      NodeId node = r.node;
      using Owner = DeskReference::Owner;
      if (r.owner == Owner::actor) node = query ? deed.to : *deed.from;
      if (r.owner == Owner::from) node = *deed.from;
      if (r.owner == Owner::to) node = deed.to;
      if (r.owner == Owner::origin) node = collector;
      return world.nodes[node.index()].desk(r.desk) != nullptr;
    };
    for (const Authorisation& a : duties.authorised_by)
      if (a.case_by_case && !there(a.desk)) return false;
    if (deed.source == nullptr) return true;
    for (const Authorisation& a : duties.consent_of_origin)
      if (!there(a.desk)) return false;
    for (const Authorisation& a : duties.guardian)
      if (!there(a.desk)) return false;
    return std::all_of(duties.human_verification.begin(), duties.human_verification.end(), there);
  }

  double keep(const Deed& deed, const Piece& made, const FactSet& facts, const ChannelTraits& via,
              std::size_t moment, const std::optional<int>& undertaken) const {
    if (!binds(deed.to))
      return kept_ && undertaken ? *undertaken : std::numeric_limits<double>::infinity();
    Deed keeping = deed;
    keeping.action = static_cast<std::size_t>(RootAction::retain);
    keeping.source = &made;
    const Explanation answer =
        policy_.explain(request(keeping, made.who, facts, via, moment), deed.category);
    if (answer.verdict != Verdict::permit) return 0;
    return answer.duties.rest.retain_days ? *answer.duties.rest.retain_days
                                          : std::numeric_limits<double>::infinity();
  }

  /// All channels, if some rule minds.
  std::vector<ChannelTraits> channels() const {
    const auto& rules = policy_.policy().rules;
    if (std::none_of(rules.begin(), rules.end(),
                     [](const Rule& rule) { return rule.duties.log || rule.duties.recall; }))
      return {{}};
    return {{true, true}, {false, true}, {true, false}, {false, false}};
  }

  /// A set's moments by the spans in which no rule begins or ends, each with its first moment.
  template <class Visit>
  void by_day(const Days& days, Visit visit) const {
    for (std::size_t s = 0; s < spans_.size(); ++s) {
      Days part;
      const std::size_t end = s + 1 < spans_.size() ? spans_[s + 1] : moments;
      for (std::size_t m = spans_[s]; m < end; ++m) part[m] = days[m];
      if (part.any()) visit(spans_[s], part);
    }
  }

  void find_spans() {
    std::set<std::size_t> days{0};
    for (const Rule& rule : policy_.policy().rules) {
      const auto add = [&](const std::optional<Date>& date, double after) {
        if (!date) return;
        const double day = date->days_since_1970() + after - start_;
        if (day > 0 && day * parts < moments) days.insert(static_cast<std::size_t>(day) * parts);
      };
      add(rule.in_force_from, 0);
      add(rule.in_force_until, 1);
      add(rule.duties.sunset, 1);
    }
    spans_.assign(days.begin(), days.end());
  }

  // ---- Acts ----

  void collect() {
    for (std::size_t n = 0; n < world().nodes.size(); ++n)
      for (std::size_t c = 0; c < words().categories.size(); ++c)
        for (const Someone& who : recorded_by(NodeId(n))) collect(NodeId(n), CategoryId(c), who);
  }

  void collect(NodeId node, CategoryId category, const Someone& who) {
    Days always;
    always.set();
    for (std::size_t a = 0; a < words().actions.size(); ++a) {
      if (words().root(ActionId(a)) != RootAction::collect) continue;
      for (std::size_t p = 0; p < words().purposes.size(); ++p) {
        const Deed deed{a, {}, node, PurposeId(p), category, nullptr, node};
        Piece made{node, category, node, {}, false, false, false, {}, false, 0, who};
        if (!binds(node)) {
          made.outside = true;
          made.keep = std::numeric_limits<double>::infinity();
          arise(made, always);
          continue;
        }
        for (const FactSet& facts : fact_sets_)
          by_day(always, [&](std::size_t day, const Days& part) {
            const Explanation answer =
                policy_.explain(request(deed, who, facts, {}, day), category);
            if (answer.verdict != Verdict::permit) return;
            Piece piece = made;
            burden(piece, answer.duties.rest, deed.purpose);
            Piece nothing = made;
            piece.keep = keep(deed, nothing, facts, {}, day, {});
            arise(piece, part);
          });
      }
    }
  }

  static void burden(Piece& piece, const Duties& duties, PurposeId purpose) {
    piece.no_onward |= duties.no_onward;
    piece.recall |= duties.recall;
    if (!duties.purpose_only) return;
    const bool allowed = !piece.purpose_only || piece.purposes.contains(purpose);
    piece.purposes = allowed ? PurposeSet::of(purpose) : PurposeSet{};
    piece.purpose_only = true;
  }

  /// Every query for what is not there.
  void ask_of_nothing() {
    Days always;
    always.set();
    for (std::size_t from = 0; from < world().nodes.size(); ++from)
      for (const Someone& who : recorded_by(NodeId(from)))
        for_each_deed(NodeId(from), RootAction::query, [&](Deed deed) {
          deed.asked = NodeId(from);
          for (std::size_t c = 0; c < words().categories.size(); ++c) {
            deed.category = CategoryId(c);
            ask(deed, nullptr, who, always);
          }
        });
  }

  template <class Visit>
  void for_each_deed(NodeId from, RootAction root, Visit visit) const {
    for (std::size_t a = 0; a < words().actions.size(); ++a) {
      if (words().root(ActionId(a)) != root) continue;
      for (std::size_t to = 0; to < world().nodes.size(); ++to)
        for (std::size_t p = 0; p < words().purposes.size(); ++p)
          if (NodeId(to) != from) visit(Deed{a, from, NodeId(to), PurposeId(p), {}, nullptr, from});
    }
  }

  void act(const Piece& piece, const Days& days) {
    for (const Someone& who : moved(piece.who)) {
      Piece later = piece;
      later.who = who;
      // The same copy, of the person as she is then.
      if (piece.keep == 0) arise(later, days);
      if (piece.keep > 0) be_later(later, days);
    }
    for (const RootAction root : {RootAction::disclose, RootAction::query})
      for_each_deed(piece.holder, root, [&](Deed deed) {
        deed.category = piece.category;
        deed.source = &piece;
        if (root == RootAction::query)
          ask(deed, &piece, piece.who, days);
        else
          disclose(deed, piece, days);
      });
    show(piece, days);
  }

  /// A held copy goes on being held until its end, whoever the person becomes meanwhile.
  void be_later(Piece later, const Days& held_days) {
    // Why days as births of a copy with no more to live: its end stays what it was.
    later.keep = 0;
    arise(std::move(later), held_days);
  }

  bool holds_back(const Piece& piece, PurposeId purpose) const {
    return kept_ && !binds(piece.holder) &&
           (piece.no_onward || (piece.purpose_only && !piece.purposes.contains(purpose)));
  }

  void disclose(const Deed& deed, const Piece& piece, const Days& days) {
    const bool governed = binds(piece.holder);
    if (!governed && !pass_on_) return;
    if (holds_back(piece, deed.purpose)) return;
    for (const FactSet& facts : fact_sets_)
      for (const ChannelTraits& via : channels())
        by_day(days, [&](std::size_t day, const Days& part) {
          Piece made = piece;
          made.holder = deed.to;
          made.through.insert(piece.holder);
          std::optional<int> undertaken;
          Days go = part;
          if (governed) {
            const Explanation answer =
                policy_.explain(request(deed, piece.who, facts, via, day), deed.category);
            if (answer.verdict != Verdict::permit ||
                !desks_there(answer.duties, world(), deed, piece.collector, false))
              return;
            const Duties& rest = answer.duties.rest;
            if (rest.pseudonymise || rest.aggregate_only) return;
            burden(made, rest, deed.purpose);
            made.outside = false;
            undertaken = rest.retain_days;
          }
          made.keep = keep(deed, made, facts, via, day, undertaken);
          tell(made, piece.holder, go);
        });
  }

  void ask(const Deed& deed, const Piece* piece, const Someone& who, const Days& days) {
    const NodeId from = *deed.from;
    const bool governed = binds(deed.to) || binds(from);
    if (piece != nullptr && holds_back(*piece, deed.purpose)) return;
    if (!governed && (!pass_on_ || piece == nullptr)) return;
    for (const FactSet& facts : fact_sets_)
      for (const ChannelTraits& via : channels())
        by_day(days, [&](std::size_t day, const Days& part) {
          Duties rest;
          bool verified = false;
          if (governed) {
            const Explanation answer =
                policy_.explain(request(deed, who, facts, via, day), deed.category);
            if (answer.verdict != Verdict::permit ||
                !desks_there(answer.duties, world(), deed,
                             piece == nullptr ? from : piece->collector, true))
              return;
            rest = answer.duties.rest;
            verified = !answer.duties.human_verification.empty();
            may_ask(deed, who, facts, via, part);
          }
          if (rest.pseudonymise || rest.aggregate_only) return;
          Piece made{deed.to, Vocabulary::no_hit, from, {from}, false, false, false, {}, false, 0,
                     who};
          if (piece != nullptr) {
            made = *piece;
            made.holder = deed.to;
            made.through.insert(from);
            if (governed) made.outside = false;
          }
          burden(made, rest, deed.purpose);
          made.keep = keep(deed, made, facts, via, day, rest.retain_days);
          if (piece == nullptr) {
            tell(made, from, part);
            return;
          }
          if (!rest.hit_only) tell(made, from, part);
          made.category = Vocabulary::hit;
          tell(made, from, part);
          if (verified) reject(deed, rest, who, facts, via, day, part);
        });
  }

  /// The check by hand rejects what was found: the records of the node asked are read.
  void reject(const Deed& deed, const Duties& rest, const Someone& who, const FactSet& facts,
              const ChannelTraits& via, std::size_t day, const Days& part) {
    for (const Someone& other : recorded_by(*deed.from)) {
      if (other.truth != who.truth) continue;
      Piece made{
          deed.to, Vocabulary::no_hit, *deed.from, {*deed.from}, false, false, false, {}, false, 0,
          other};
      burden(made, rest, deed.purpose);
      made.keep = keep(deed, made, facts, via, day, rest.retain_days);
      tell(made, *deed.from, part);
    }
  }

  /// A query that can be put, under some facts, about people with these true values.
  struct Query {
    NodeId asker;
    NodeId asked;
    PurposeId purpose;
    FactSet facts;
    bool logged = true;
    bool recallable = true;
    AttributeValues truth;

    auto operator<=>(const Query&) const = default;
  };

  void may_ask(const Deed& deed, const Someone& who, const FactSet& facts, const ChannelTraits& via,
               const Days& days) {
    const Query query{deed.to,    *deed.from,     deed.purpose, facts,
                      via.logged, via.recallable, who.truth};
    Days& known = queries_[query];
    if ((days & ~known).none()) return;
    known |= days;
    for (const auto& [piece, born] : born_)
      if (piece.holder == deed.to) open_.insert(piece);
  }

  void show(const Piece& piece, const Days& days) {
    CategorySet keys;
    for (const Flow& flow : world().flows) keys |= flow.keys;
    if (!keys.empty() && !keys.contains(piece.category)) return;
    if (!binds(piece.holder) && !pass_on_) return;
    const auto queries = queries_;
    for (const auto& [query, when] : queries) {
      if (query.asker != piece.holder || query.truth != piece.who.truth) continue;
      const Deed deed{static_cast<std::size_t>(RootAction::disclose),
                      piece.holder,
                      query.asked,
                      query.purpose,
                      piece.category,
                      &piece,
                      piece.holder};
      by_day(days & when, [&](std::size_t day, const Days& part) {
        if (binds(piece.holder)) {
          const Because because = policy_
                                      .explain(request(deed, piece.who, query.facts,
                                                       {query.logged, query.recallable}, day),
                                               piece.category)
                                      .because;
          if (because == Because::prohibited || because == Because::conflict) return;
        }
        Piece made = piece;
        made.holder = query.asked;
        made.through.insert(piece.holder);
        made.outside = piece.outside && !binds(piece.holder);
        made.keep = 0;
        tell(made, piece.holder, part);
      });
    }
  }

  // ---- What is known ----

  void tell(const Piece& made, NodeId sender, const Days& days) {
    arise(made, days);
    if (made.outside) return;
    std::set<CategoryId> known{made.category};
    for (bool more = true; more;) {
      more = false;
      for (const Inference& inference : world().inferences) {
        if (inference.chance && inference.chance->value <= 0) continue;
        const bool holds = std::any_of(known.begin(), known.end(), [&](CategoryId category) {
          return inference.holding.contains(category);
        });
        if (!holds || known.contains(inference.reveals)) continue;
        if (inference.received_from && !inference.received_from->when(sender).holds(made.who.truth))
          continue;
        if (inference.provenance &&
            std::none_of(made.through.begin(), made.through.end(), [&](NodeId node) {
              return inference.provenance->when(node).holds(made.who.truth);
            }))
          continue;
        known.insert(inference.reveals);
        more = true;
      }
    }
    for (const CategoryId category : known)
      out_.inferred.insert({made.holder, category, made.who.truth});
  }

  void note(const Piece& piece) {
    if (piece.outside) return;
    out_.told.insert({piece.holder, piece.category, piece.who.truth});
    out_.inferred.insert({piece.holder, piece.category, piece.who.truth});
  }

  const Scenario& scenario_;
  const CompiledPolicy& policy_;
  bool pass_on_;
  bool kept_;
  double start_;
  std::vector<AttributeValues> people_;
  std::map<AttributeValues, std::set<std::pair<std::size_t, std::size_t>>> moves_;
  std::vector<FactSet> fact_sets_;
  std::vector<std::size_t> spans_;  ///< First moments.
  std::map<Piece, Days> born_;
  std::set<Piece> open_;
  std::map<Query, Days> queries_;
  Reachable out_;
};

}  // namespace

Reachable reachable_in_law(const Scenario& scenario, std::size_t policy, bool pass_on, bool kept) {
  return Trial(scenario, policy, pass_on, kept).run();
}

}  // namespace onward::reference
