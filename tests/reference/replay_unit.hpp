// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <initializer_list>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/random/draws.hpp"
#include "tests/reference/replay_slow.hpp"

namespace onward::reference {

inline constexpr double for_ever = std::numeric_limits<double>::infinity();

/// Kinds of events, in the order of their classes (section 9).
enum class Kind {
  stock,
  expiry,
  completion,
  end_of_notice,
  periodic,
  rule_start,
  entry,
  journey,
  dispatch,
  ex_post,
  harm,
  arrival,
  desk_act
};

/// The order of events. `made` tells apart what the contract does not.
struct EventKey {
  double time = 0;
  int event_class = 0;
  Hash tie = 0;
  Hash lineage = 0;
  Hash part = 0;
  Kind kind = Kind::stock;
  std::uint64_t made = 0;

  auto operator<=>(const EventKey&) const = default;
};

struct Person;

struct Event {
  Person* person = nullptr;
  std::function<void()> act;
};

struct Copy {
  CategoryId category;
  NodeId holder;
  double from = 0;
  double planned_until = 0;  ///< When it arose.
  double until = for_ever;
  Hash lineage = 0;
  const Copy* parent = nullptr;
  std::optional<NodeId> sender;
  PurposeId purpose;
  int hop = 0;
  NodeId collector;
  Provenance provenance;
  std::optional<AttributeValues> candidate;  ///< Of a false copy: whose data it is.
  CategorySet reveals;
  std::size_t batch = 0;  ///< Those made together have the same.
  bool ended = false;

  [[nodiscard]] bool is_false() const { return candidate.has_value(); }
  [[nodiscard]] bool is_view() const { return until == from; }
  [[nodiscard]] bool held(double t) const { return from <= t && (t < until || t == from); }
};

/// Where the present value of an attribute was set, if a state has set it.
struct SetBy {
  bool by_state = false;
  std::optional<NodeId> at;
};

struct HarmOfPerson {
  double threshold = 0;
  double accumulated = 0;
  double hazard = 0;
  double since = 0;  ///< When `accumulated` was brought up to date.
  bool happened = false;
  std::vector<bool> held_before;  ///< By `raised`.
  std::optional<EventKey> crossing;
};

struct Person {
  bool journey_over = false;  ///< Ended by a harm.
  std::string group_name;
  std::size_t group = 0;
  std::uint32_t index = 0;
  const CastMember* cast = nullptr;
  Luck luck;
  LifeHash life;
  std::size_t unit = 0;
  std::vector<std::pair<std::size_t, Person*>> tied;  ///< Link, the other one.
  AttributeValues truth;
  std::vector<SetBy> set_by;  ///< By attribute.
  bool comes = false;         ///< Her life begins at some time.
  bool in_life = false;
  std::optional<std::size_t> state;
  std::vector<std::uint64_t> visits;  ///< By state.
  std::optional<EventKey> next_move;
  std::deque<Copy> copies;
  std::vector<EventKey> expiries;  ///< Still to come.
  std::set<Hash> messages;         ///< The lineages of those that she has had.
  std::vector<HarmOfPerson> harms;
  std::vector<bool> benefit_held_before;
  std::vector<bool> benefit_had;
};

struct Message {
  Person* person = nullptr;
  std::size_t flow_index = 0;
  NodeId from;  ///< The way of the data.
  NodeId to;
  NodeId actor;
  Hash lineage = 0;
  int depth = 0;
  FactSet facts;
  ChannelTraits via;
  bool keys_denied = false;
  bool keys_shown = false;
};

enum class StepKind { verification, guardian, consent, authorisation };

/// A desk that a part must pass.
struct Step {
  StepKind kind = StepKind::verification;
  NodeId node;
  std::string desk;
  std::optional<Authorisation> authorisation;  ///< Absent for verification.
  double granted = 0;

  [[nodiscard]] Hash kind_hash() const;
};

/// A category of a part.
struct Item {
  CategoryId category;
  const Copy* source = nullptr;
  std::optional<AttributeValues> candidate;  ///< If it is said of a false candidate.
  Explanation answer;
  bool found = false;  ///< It has a source, or is a candidate's.
  bool unlawful = false;
  std::vector<Step> steps;
  std::vector<Step> afterwards;
  double notify_days = 0;

  /// Whether an alternative with such a duty was taken.
  [[nodiscard]] bool lawful() const { return !unlawful && answer.verdict == Verdict::permit; }
  [[nodiscard]] bool hit_only() const { return lawful() && answer.duties.rest.hit_only; }
  [[nodiscard]] bool names_nobody() const {
    return lawful() && (answer.duties.rest.pseudonymise || answer.duties.rest.aggregate_only);
  }
};

struct Part {
  std::shared_ptr<Message> message;
  std::vector<Item> items;
  Hash name = 0;
  bool only = false;  ///< The message has no other.
  std::vector<Step> steps;
  std::vector<Step> afterwards;
  bool waited = false;
};

/// What a part brings: a category, like one of its items.
struct Brought {
  CategoryId category;
  Item item;
  double keep_days = 0;
};

struct Case {
  std::shared_ptr<Part> part;
  Step step;
  std::size_t number = 0;  ///< Of the step.
  bool afterwards = false;
  double posted = 0;
  bool shadow = false;
  double started = 0;
  EventKey completion;
  std::uint64_t made = 0;
};

struct DeskState {
  NodeId node;
  const Desk* desk = nullptr;
  double factor = 1;
  std::uint64_t officers = 1;
  double stretch = 1;
  std::uint64_t busy = 0;
  std::vector<std::shared_ptr<Case>> waiting;
  std::vector<std::shared_ptr<Case>> in_service;
  std::optional<EventKey> act;
};

/// One policy in one replication.
class UnitReplay {
 public:
  UnitReplay(const Scenario& scenario, std::size_t policy, std::uint32_t replication,
             std::optional<int> people, bool with_trace);
  SlowReplay run();

 private:
  // replay_slow.cpp: names, people, journeys, the list of events.
  [[nodiscard]] const std::string& name(NodeId id) const;
  [[nodiscard]] const std::string& name(CategoryId id) const;
  [[nodiscard]] Hash hash(NodeId id) const { return hash_of(name(id)); }
  [[nodiscard]] Hash hash(CategoryId id) const { return hash_of(name(id)); }
  [[nodiscard]] Hash desk_address(NodeId node, const std::string& desk) const;
  [[nodiscard]] std::vector<CategoryId> by_name(const CategorySet& categories) const;
  [[nodiscard]] std::vector<NodeId> nodes_by_name() const;
  [[nodiscard]] const Flow& flow(const Message& m) const;
  [[nodiscard]] RootAction root(const Message& m) const;
  [[nodiscard]] bool bound(NodeId node) const;
  void count_people(std::optional<int> scaled_to);
  void make_people();
  Person& add_person(std::size_t group, const std::string& group_name, std::uint32_t index,
                     const CastMember* cast);
  void add_group(std::size_t group);
  void add_cast(const CastMember& member);
  void make_ties();
  void make_units();
  void schedule_life(Person& p, double enters);
  void schedule_dates(Person& p);
  void schedule_periodic(Person& p, std::size_t flow_index, std::uint64_t k);
  void take_date(Person& p, std::size_t flow_index, Hash lineage);
  [[nodiscard]] std::optional<std::int32_t> first_day(const std::string& rule) const;
  void enter_stock(Person& p);
  void enter_state(Person& p, std::size_t state);
  void collect(Person& p, const JourneyState& state, NodeId node, Hash lineage);
  void go_on(Person& p, std::size_t state, std::uint64_t k, Hash visit);
  EventKey schedule(Person& p, double time, Kind kind, Hash lineage, Hash part,
                    std::function<void()> act);
  void unschedule(std::optional<EventKey>& key);
  void record(Person& p, const char* word, std::initializer_list<std::string> names);
  void count_person_event(const Person& p);

  // replay_copies.cpp: what is recorded, copies, outcomes.
  [[nodiscard]] AttributeValues recorded(const Person& p, NodeId by) const;
  /// The values by which a copy is decided where it is a source.
  [[nodiscard]] AttributeValues recorded_of(const Person& p, const Copy& copy) const;
  [[nodiscard]] Request request(ActionId action, std::optional<NodeId> from, NodeId to,
                                PurposeId purpose, const AttributeValues& values) const;
  [[nodiscard]] double keep_days(const Person& p, const Request& retain, CategoryId category,
                                 const Explanation& received_under, Hash lineage) const;
  [[nodiscard]] bool keeps_undertaking(const Person& p, NodeId node, Hash lineage) const;
  [[nodiscard]] static Provenance with_duties(Provenance carried, const Explanation& taken,
                                              PurposeId purpose);
  Copy* arise(Person& p, Copy copy);
  [[nodiscard]] bool ends_with_parent(const Person& p, const Copy& copy) const;
  void plan_expiries(Person& p);
  void expire(Person& p, std::size_t batch);
  void end(Person& p, Copy& copy);
  [[nodiscard]] static std::vector<NodeId> before_holder(const Copy& copy);
  [[nodiscard]] static bool has_held(const Copy& copy, NodeId node);
  /// `views`: those that the present event made count.
  [[nodiscard]] bool holds(const Condition& c, const Person& p, bool views) const;
  [[nodiscard]] bool copy_fulfils(const Condition& c, const Person& p, const Copy& copy,
                                  bool views) const;
  [[nodiscard]] bool receives_now(const Condition& c, const Person& p) const;
  void evaluate(Person& p);
  void evaluate_harm(Person& p, std::size_t h);
  void evaluate_benefit(Person& p, std::size_t b);
  void happen(Person& p, std::size_t h);

  // replay_messages.cpp: triggers, messages, desks.
  using Applies = std::function<bool(const Flow&, NodeId actor)>;
  void set_off(Person& p, Hash lineage, int depth, const Applies& applies);
  void consider(Person& p, std::size_t flow_index, NodeId actor, Hash trigger, int depth);
  void dispatch(const std::shared_ptr<Message>& m);
  [[nodiscard]] bool key_is_denied(const Message& m) const;
  [[nodiscard]] bool finds(const Message& m) const;
  [[nodiscard]] std::optional<AttributeValues> false_candidate(const Message& m) const;
  [[nodiscard]] Explanation decide(const Message& m, CategoryId category,
                                   const Provenance& provenance,
                                   const AttributeValues& values) const;
  [[nodiscard]] bool left_out(const Message& m, const Copy& copy) const;
  [[nodiscard]] std::optional<Item> weigh(const Message& m, CategoryId category) const;
  [[nodiscard]] NodeId responsible(const Message& m) const;
  [[nodiscard]] bool fires(const Message& m, Item& item) const;
  [[nodiscard]] std::vector<Item> items_of(const Message& m) const;
  [[nodiscard]] std::vector<Step> desks_of(const Message& m, const Item& item) const;
  void find_desks(const Message& m, Item& item) const;
  [[nodiscard]] NodeId owner(const Message& m, const Item& item, const DeskReference& desk) const;
  [[nodiscard]] std::vector<std::shared_ptr<Part>> parts_of(const std::shared_ptr<Message>& m,
                                                            std::vector<Item> items) const;
  void pass_on(const std::shared_ptr<Part>& part, std::size_t step);
  [[nodiscard]] bool lapsed(const Part& part) const;
  [[nodiscard]] bool lapses(const Message& m, const Item& item) const;
  [[nodiscard]] AttributeValues values_of(const Message& m, const Item& item) const;
  void go(const std::shared_ptr<Part>& part);
  void show_keys(Message& m);
  [[nodiscard]] const Copy* oldest(const Person& p, NodeId holder, CategoryId category) const;
  [[nodiscard]] std::vector<Brought> brought_by(const Part& part) const;
  [[nodiscard]] Provenance new_provenance(const Message& m, const Item& item) const;
  [[nodiscard]] Hash lineage_of(const Message& m, const Item& item) const;
  void arrive(const std::shared_ptr<Part>& part, const std::vector<Brought>& all);

  // replay_desks.cpp
  void make_desks();
  [[nodiscard]] double rate(std::size_t group) const;
  [[nodiscard]] std::set<std::size_t> flows_of(std::size_t group) const;
  [[nodiscard]] bool can_set_off(std::size_t group, const Flow& flow,
                                 const std::set<std::size_t>& flows) const;
  [[nodiscard]] bool can_bring(const Flow& flow, const DeskState& desk) const;
  void post(const std::shared_ptr<Part>& part, const Step& step, std::size_t number,
            bool afterwards);
  void arrange_desk_acts();
  void start_first(DeskState& desk);
  void complete(DeskState& desk, const std::shared_ptr<Case>& one);
  void verify(const DeskState& desk, const std::shared_ptr<Part>& part, std::size_t step);
  void refuse_afterwards(const Message& m);
  void leave(DeskState& desk, const Case& one);
  void cancel_cases(const Person& p);
  [[nodiscard]] bool grants(const Part& part, const Step& step) const;

  const Scenario& scenario_;
  const Vocabulary& words_;
  const World& world_;
  const Population& population_;
  const Policy& policy_;
  const CompiledPolicy& compiled_;
  std::uint32_t replication_;
  bool with_trace_;
  double horizon_;
  std::vector<int> members_;  ///< By group: how many are sampled.
  std::vector<std::unique_ptr<Person>> people_;
  std::vector<std::vector<Person*>> group_members_;
  std::vector<std::vector<Person*>> units_;
  std::vector<std::unique_ptr<DeskState>> desks_;
  std::map<EventKey, Event> events_;
  double now_ = 0;
  std::uint64_t made_ = 0;
  std::vector<std::pair<const Person*, const Copy*>> arisen_;  ///< In the present event.
  std::size_t batches_ = 0;
  SlowReplay result_;
};

/// Whether a selector selects a node for somebody with these values.
[[nodiscard]] inline bool selects(const NodeSelector& selector, NodeId node,
                                  const AttributeValues& values) {
  return selector.when(node).holds(values);
}

[[nodiscard]] inline double value_or_one(const std::optional<Claim>& claim) {
  return claim ? claim->value : 1;
}

}  // namespace onward::reference
