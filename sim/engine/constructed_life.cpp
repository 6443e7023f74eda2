// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/constructed_life.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace onward {
namespace {

constexpr double moment = 1.0 / 1024;  ///< Days between two things that must not coincide.

/// Builds a ConstructedLife. One use only.
class Builder {
 public:
  Builder(const Search& search, const Path& path, const World& world)
      : search_(search), of_(search.derivations()), people_(of_.situations()), path_(path) {
    life_.vocabulary = *of_.model().vocabulary;
    life_.world = world;
    life_.world.flows.clear();
    life_.world.flow_names.clear();
    life_.world.channels.clear();
    life_.world.channel_names = {};
    step_ = AttributeId(life_.vocabulary.attributes.size());
  }

  std::optional<ConstructedLife> build() {
    if (!choose_cells() || !choose_days() || !add_step() || !write_journey()) return {};
    for (std::size_t i = first_act(); i < path_.hops.size(); ++i) write_flow(i);
    return std::move(life_);
  }

 private:
  const Hop& hop(std::size_t i) const { return of_.hops()[path_.hops[i]]; }
  const Holding& holding(std::size_t i) const { return of_.holdings()[hop(i).to].what; }
  /// A mere answer comes from no collection: its own query is the first act.
  std::size_t first_act() const { return hop(0).kind == HopKind::no_hit ? 0 : 1; }
  static const Outcome* under(const Hop& hop) {
    return hop.outcome != nullptr ? hop.outcome : hop.asked_under;
  }

  // ---- Who the person is at each act ----

  /// The cells on the way from one of `from` to one of `to`, both included; empty if there is none.
  std::vector<std::size_t> route(const Situations::Set& from, const Situations::Set& to) const {
    std::map<std::size_t, std::size_t> before;
    std::vector<std::size_t> open;
    from.for_each([&](std::size_t cell) {
      before.emplace(cell, cell);
      open.push_back(cell);
    });
    for (std::size_t next = 0; next < open.size(); ++next) {
      std::size_t at = open[next];
      if (!to.contains(at)) {
        for (const std::uint32_t cell : people_.moves(at))
          if (before.emplace(cell, at).second) open.push_back(cell);
        continue;
      }
      std::vector<std::size_t> way{at};
      for (; before[at] != at; at = before[at]) way.insert(way.begin(), before[at]);
      return way;
    }
    return {};
  }

  /// From the end: where the goal is met, and whence each act can lead there.
  bool choose_cells() {
    const std::size_t last = path_.hops.size() - 1;
    routes_.resize(path_.hops.size());
    Situations::Set to = search_.at_goal(holding(last).holder);
    for (std::size_t i = last + 1; i-- > 0;) {
      Situations::Set from = path_.cells[i];
      if (i == last) from = search_.told(hop(i), from);
      routes_[i] = route(from, to);
      if (routes_[i].empty()) return false;
      to = people_.nobody();
      to.insert(routes_[i].front());
    }
    return true;
  }

  // ---- When ----

  bool choose_days() {
    const std::size_t n = path_.hops.size();
    const double end = of_.verdicts().end();
    std::vector<double> low(n);
    std::vector<double> high(n);
    for (std::size_t i = n; i-- > 0;) {
      const HopTime time = time_of(hop(i), end);
      low[i] = std::max(0.0, time.from);
      high[i] = time.before;
      if (i + 1 == n) continue;
      const double notice = time_of(hop(i + 1), end).notice;
      low[i] = std::max(low[i], low[i + 1] - hop(i).keep_days);
      high[i] = std::min(high[i], high[i + 1] - notice);
    }
    for (std::size_t i = 0; i < n; ++i) {
      const HopTime time = time_of(hop(i), end);
      const double spare = static_cast<double>(n - i + 1) * 16 * moment;
      double day = low[i] + spare;
      bool same = false;
      if (i > 0) {
        const double keep = hop(i - 1).keep_days;
        same = keep == 0;
        day = same ? go_[i - 1] : std::max(day, go_[i - 1] + time.notice + 8 * moment);
        if (same ? time.notice > 0 : day >= go_[i - 1] + keep) return false;
      }
      if (hop(i).kind == HopKind::stock) day = 0;
      if (day < time.from || day >= time.before || day > 1e6) return false;
      go_.push_back(day);
      notice_.push_back(time.notice);
      at_once_.push_back(same);
    }
    return true;
  }

  // ---- The journey ----

  bool add_step() {
    Attribute attribute;
    for (std::size_t i = 0; i <= path_.hops.size(); ++i)
      attribute.values.add("step" + std::to_string(i));
    attribute.initial = ValueId(0);
    for (Attribute& other : life_.vocabulary.attributes) other.recording_errors.clear();
    life_.vocabulary.attribute_names.add(".step");
    life_.vocabulary.attributes.push_back(std::move(attribute));
    return true;
  }

  /// Makes a node record a value wrongly, always; false if it must record otherwise, too.
  bool record_wrongly(AttributeId attribute, NodeId node, ValueId truth, ValueId recorded) {
    auto& errors = life_.vocabulary.attributes[attribute.index()].recording_errors;
    for (const RecordingError& error : errors)
      if (error.node == node && error.true_value == truth) return error.recorded == recorded;
    RecordingError error;
    error.node = node;
    error.true_value = truth;
    error.recorded = recorded;
    error.chance.value = 1;
    errors.push_back(error);
    return true;
  }

  struct Moment {
    double day = 0;
    JourneyState state;
  };

  void add_moment(double day, JourneyState state) {
    state.id = "m" + std::to_string(moments_.size());
    moments_.push_back({day, std::move(state)});
  }

  /// A state that brings the person from one cell to another, one attribute at a time.
  bool add_move(double day, std::size_t from, std::size_t to) {
    for (std::size_t a = 0; a < people_.truth(from).size(); ++a) {
      const ValueId truth = people_.truth(to)[a];
      const ValueId record = people_.record(to)[a];
      if (truth == people_.truth(from)[a] && record == people_.record(from)[a]) continue;
      JourneyState state;
      state.sets.emplace_back(AttributeId(a), truth);
      if (record != truth) {
        state.at = people_.mistaken(AttributeId(a), truth, record);
        if (!state.at || !record_wrongly(AttributeId(a), *state.at, truth, record)) return false;
      }
      add_moment(day, std::move(state));
    }
    return true;
  }

  bool write_journey() {
    if (!write_beginning()) return false;
    for (std::size_t i = 1; i < path_.hops.size(); ++i) {
      if (!write_moves(i - 1, go_[i] - notice_[i])) return false;
      if (!at_once_[i]) write_trigger(i);
    }
    const std::size_t last = path_.hops.size() - 1;
    if (!write_moves(last, go_[last] + 1)) return false;
    write_population();
    return true;
  }

  /// Setting the step sets off the flow of that number.
  void write_trigger(std::size_t i) {
    JourneyState state;
    state.sets.emplace_back(step_, ValueId(i + 1));
    add_moment(go_[i] - notice_[i], std::move(state));
  }

  /// What happens to the person between one act and the next.
  bool write_moves(std::size_t i, double until) {
    const auto& way = routes_[i];
    if (way.size() > 1 && until <= go_[i]) return false;
    for (std::size_t m = 1; m < way.size(); ++m) {
      const double part = static_cast<double>(m) / static_cast<double>(way.size());
      const double day = std::min(go_[i] + 4 * moment * part, go_[i] + (until - go_[i]) * part);
      if (!add_move(day, way[m - 1], way[m])) return false;
    }
    return true;
  }

  bool write_beginning() {
    const std::size_t cell = routes_[0].front();
    const Hop& root = hop(0);
    const NodeId recorder = root.kind == HopKind::no_hit ? *root.sender : holding(0).holder;
    for (std::size_t a = 0; a < people_.truth(cell).size(); ++a) {
      const ValueId truth = people_.truth(cell)[a];
      const ValueId record = people_.record(cell)[a];
      if (truth == record) continue;
      if (people_.mistakes(recorder, AttributeId(a), truth, record)) {
        if (!record_wrongly(AttributeId(a), recorder, truth, record)) return false;
        continue;
      }
      JourneyState state;
      state.sets.emplace_back(AttributeId(a), truth);
      state.at = people_.mistaken(AttributeId(a), truth, record);
      if (root.kind == HopKind::stock || !state.at ||
          !record_wrongly(AttributeId(a), *state.at, truth, record))
        return false;
      add_moment(std::max(0.0, go_[0] - moment), std::move(state));
    }
    if (root.kind == HopKind::no_hit) {
      write_trigger(0);
      return true;
    }
    if (root.kind == HopKind::stock) {
      Stock stock;
      stock.id = "stock";
      stock.node = holding(0).holder;
      stock.data.insert(holding(0).category);
      stock.purpose = root.purpose;
      life_.population.stock.push_back(stock);
      if (path_.hops.size() > 1 && at_once_[1]) return false;
      return true;
    }
    JourneyState state;
    state.at = holding(0).holder;
    state.collects.insert(holding(0).category);
    state.purpose = root.purpose;
    // What is only seen must be passed on at once.
    if (path_.hops.size() > 1 && at_once_[1]) state.sets.emplace_back(step_, ValueId(2));
    add_moment(go_[0], std::move(state));
    return true;
  }

  void write_population() {
    Journey journey;
    journey.id = "constructed";
    if (moments_.empty()) add_moment(0, {});
    for (std::size_t m = 0; m < moments_.size(); ++m) {
      JourneyState state = std::move(moments_[m].state);
      if (m + 1 < moments_.size()) {
        NextState next;
        next.to = m + 1;
        next.after.mean = moments_[m + 1].day - moments_[m].day;
        state.next.push_back(next);
      }
      journey.states.push_back(std::move(state));
    }
    life_.population.journeys.push_back(std::move(journey));
    Group group;
    group.id = "constructed";
    group.people = 1;
    group.enter_from = group.enter_until = moments_.front().day;
    const std::size_t cell = routes_[0].front();
    for (std::size_t a = 0; a < life_.vocabulary.attributes.size(); ++a) {
      AttributeOfGroup attribute;
      attribute.attribute = AttributeId(a);
      attribute.value = a == step_.index() ? ValueId(0) : people_.truth(cell)[a];
      group.attributes.push_back(attribute);
    }
    life_.population.groups.push_back(std::move(group));
    life_.horizon_days = std::ceil(std::max(go_.back(), moments_.back().day)) + 2;
  }

  // ---- The flows ----

  NodeSelector only(NodeId node) const {
    NodeSelector selector;
    selector.eligible = DynamicSet(life_.world.nodes.size(), true);
    selector.named = DynamicSet(life_.world.nodes.size());
    selector.named->insert(node.index());
    return selector;
  }

  ChannelId channel(const ChannelTraits& traits) {
    Channel channel;
    channel.from.eligible = channel.to.eligible = DynamicSet(life_.world.nodes.size(), true);
    channel.logged = traits.logged;
    channel.recallable = traits.recallable;
    life_.world.channels.push_back(std::move(channel));
    return life_.world.channel_names.add("channel" + std::to_string(life_.world.channels.size()));
  }

  void write_flow(std::size_t i) {
    const Hop& act = hop(i);
    const Outcome* outcome = under(act);
    const bool key = act.kind == HopKind::key;
    Flow flow;
    flow.action = act.action;
    flow.purpose = act.purpose;
    flow.from = only(key ? holding(i).holder : *act.sender);
    flow.to = only(key ? *act.sender : holding(i).holder);
    flow.data.insert(act.decided);
    flow.blind = !key;
    if (key) flow.keys.insert(holding(i).category);
    if (outcome != nullptr) {
      outcome->facts.for_each([&](FactId fact) {
        if (fact.index() < life_.vocabulary.fact_names.size()) {
          Claim claim;
          claim.value = 1;
          flow.asserts.emplace_back(fact, claim);
        }
      });
      if (!outcome->via.logged || !outcome->via.recallable) flow.via = channel(outcome->via);
    }
    const bool by_message = i > first_act();
    if (at_once_[i] && by_message && hop(i - 1).kind == HopKind::key) {
      flow.on.kind = Trigger::Kind::request;
    } else if (at_once_[i] && by_message) {
      flow.on.kind = Trigger::Kind::receipt;
      flow.on.categories.insert(holding(i - 1).category);
    } else {
      flow.on.kind = Trigger::Kind::status;
      flow.on.attribute = step_;
      flow.on.values = DynamicSet(path_.hops.size() + 1);
      flow.on.values.insert(i + 1);
    }
    life_.world.flows.push_back(std::move(flow));
    life_.world.flow_names.push_back("act" + std::to_string(i));
  }

  const Search& search_;
  const Derivations& of_;
  const Situations& people_;
  const Path& path_;
  ConstructedLife life_;
  AttributeId step_;
  std::vector<std::vector<std::size_t>> routes_;  ///< By hop: from its act to the next.
  std::vector<double> go_;
  std::vector<double> notice_;
  std::vector<char> at_once_;  ///< The source is only seen: the act follows in the same moment.
  std::vector<Moment> moments_;
};

}  // namespace

std::optional<ConstructedLife> construct_life(const Search& search, const Path& path,
                                              const World& world) {
  return Builder(search, path, world).build();
}

}  // namespace onward
