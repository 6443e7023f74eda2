// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/people/narrator.hpp"
#include "sim/people/staffing.hpp"

namespace onward {

/// A case that waits for an officer.
struct Case {
  Life* life = nullptr;
  std::uint32_t message = 0;
  std::uint32_t desk = 0;
  Key key;  ///< Its time is when it was posted; its class that of a desk act.
  double service_days = 0;
  bool loads = true;  ///< Else a shadow: waits and is served, but occupies nobody.
};

/// The desks, as people see them.
class Counter {
 public:
  Counter() = default;
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;
  virtual ~Counter() = default;

  /// Hands in a case; Process::case_taken follows, or nothing if nobody ever gets to it.
  /// Returns a ticket for `withdraw`.
  virtual std::uint32_t post(const Case& posted) = 0;
  /// Takes back a case that no officer has begun.
  virtual void withdraw(std::uint32_t desk, std::uint32_t ticket) = 0;
  /// Frees the officer who is at a case that loads the desk and was to end at `completion`, at
  /// a moment that is not past.
  virtual void release(std::uint32_t desk, double completion, double at) = 0;
  /// Puts a message on a channel of limited capacity at the key's time; Process::transmitted
  /// follows when it has gone through.
  virtual void transmit(Life& life, std::uint32_t message, ChannelId channel, const Key& key) = 0;
};

/// The name of a kind of desk duty in addresses.
[[nodiscard]] Hash hash_of_step(Step step);

/// Whether an inference is made from a copy, by whom holds it, where these categories are known.
[[nodiscard]] bool infers(const Plan& plan, const Person& person, const Copy& copy,
                          const CategorySet& known, std::size_t inference);

/// Lives people's lives, one event at a time: docs/method/engine.md, sections 2 to 8.
///
/// Knows nothing of other lives: what is scarce is behind the Counter.
class Process {
 public:
  /// All must outlive the process. `trace`, if given, gets one line for each word group of the
  /// digest. `narrator`, if given, hears of decisions.
  Process(const Plan& plan, const Staffing& staffing, Alternatives& alternatives, Counter& counter,
          std::vector<std::string>* trace, Narrator* narrator);

  /// Sets up a person as a member of a life; her first event is then in the heap.
  void add_member(Life& life, Replication replication, std::uint32_t group, std::uint32_t index,
                  std::int32_t cast, double entry);

  /// Takes the first event. There must be one.
  void step(Life& life);

  /// It is known when an officer begins a case, `now` or later, and when it will be done.
  void case_taken(Life& life, std::uint32_t message, double now, double start, double completion);

  /// A message has gone through its channel at a time that is not before the life's last event.
  void transmitted(Life& life, std::uint32_t message, double at);

  /// How many person-events there have been (the cast's not counted).
  [[nodiscard]] std::uint64_t person_events() const { return person_events_; }

 private:
  // process.cpp
  void push(Life& life, Event event);
  [[nodiscard]] std::runtime_error time_stands_still(const Life& life, const Event& event) const;
  [[nodiscard]] Event event_at(const Life& life, std::uint16_t member, double time, EventKind kind,
                               Hash lineage, Hash part = 0) const;
  void begin(Life& life, std::uint16_t member, bool by_entry);
  void count(const Person& person) { person_events_ += person.cast < 0 ? 1U : 0U; }
  [[nodiscard]] struct Named name_of(NodeId node) const;
  [[nodiscard]] struct Named name_of(CategoryId category) const;
  [[nodiscard]] struct Named name_of_purpose(const FlowPlan& flow) const;
  [[nodiscard]] struct Named name_of_flow(std::uint32_t flow) const;
  void note_desk(Person& person, Word what, double time, std::size_t desk);
  void note_disclosure(Person& person, double time, const Message& message, CategoryId category);
  /// Tells the narrator, if she follows the person; `flow`: -1 for a collection.
  void tell(const Person& person, const Alternatives::Question& question, Hash lineage,
            std::int64_t flow, bool done, bool barred = false) const;
  void tell_stopped(const Person& person, const Message& message, Stopped how, double time) const;
  template <class... Words>
  void note(Person& person, Word what, double time, Words... words);

  // journey.cpp
  void place_stock(Life& life, std::uint16_t member);
  void keep_too_long(const Person& person, NodeId node, Hash lineage, Item& item) const;
  void enter(Life& life, std::uint16_t member, std::uint32_t state);
  void collect(Life& life, std::uint16_t member, NodeId node, const JourneyState& state,
               const StatePlan& plan, Hash lineage);
  void tell_of_collection(Person& person, NodeId node, const JourneyState& state,
                          const StatePlan& plan, Hash lineage, double now) const;
  void move_on(Life& life, std::uint16_t member, Hash lineage);
  [[nodiscard]] AttributeValues recorded_by(const Person& person, NodeId node) const;
  [[nodiscard]] const Record& record_of(Person& person, NodeId node) const;
  [[nodiscard]] CellId cell_by(Person& person, NodeId node) const;
  /// The cell of a candidate, or else what the collector recorded.
  [[nodiscard]] CellId cell_of(Person& person, std::int32_t candidate, NodeId collector) const;
  /// Whether a predicate holds of what the node recorded.
  [[nodiscard]] bool holds_by(Person& person, NodeId node, const Predicate& predicate) const;

  // triggers.cpp
  void trigger_encounter(Life& life, std::uint16_t member, NodeId node, Hash lineage);
  void trigger_status(Life& life, std::uint16_t member, AttributeId attribute, ValueId value,
                      Hash lineage);
  void trigger_receipt(Life& life, std::uint16_t member, const Message& message,
                       const CategorySet& brought);
  void trigger_request(Life& life, std::uint16_t member, NodeId asked, Hash lineage,
                       std::uint8_t depth);
  void trigger_date(Life& life, const Event& event);
  void fire(Life& life, std::uint16_t member, std::size_t flow, NodeId actor, Hash trigger,
            std::uint8_t depth);

  // dispatch.cpp
  struct Asked;
  void dispatch(Life& life, std::uint32_t message);
  [[nodiscard]] Asked asked(Person& person, const Letter& message) const;
  [[nodiscard]] static Alternatives::Question question(const Asked& asked, CategoryId category);
  [[nodiscard]] Alternatives::Question question_about(Person& person, const Asked& asked,
                                                      CategoryId category, std::int32_t source,
                                                      std::int32_t candidate) const;
  [[nodiscard]] Alternatives::Question question_about_key(Person& person, const Asked& asked,
                                                          CategoryId key,
                                                          std::int32_t source) const;
  [[nodiscard]] const Alternative& decide(Person& person, const Asked& asked, CategoryId category,
                                          std::int32_t source, std::int32_t candidate);
  [[nodiscard]] bool keeps_back(const Person& person, const Asked& asked, const Copy& copy) const;
  [[nodiscard]] bool passed_through(const Person& person, std::int32_t copy, NodeId node) const;
  [[nodiscard]] std::int32_t best_source(Person& person, const Asked& asked, CategoryId category);
  [[nodiscard]] std::int32_t best_key(const Person& person, const Asked& asked,
                                      CategoryId category) const;
  [[nodiscard]] bool keys_barred(Person& person, const Asked& asked);
  [[nodiscard]] bool fires_unlawfully(const Person& person, const Asked& asked) const;
  void add_item(Person& person, const Asked& asked, CategoryId category, std::int32_t source,
                std::int32_t candidate, std::vector<Item>& items);
  void add_candidate(Person& person, const Asked& asked, std::vector<Item>& items);
  void make_parts(Life& life, const Letter& letter, const Asked& asked, std::vector<Item>& items);
  [[nodiscard]] NodeId origin_of(const Person& person, const Asked& asked, const Item& item) const;
  [[nodiscard]] DeskList desks_for(const Person& person, const Asked& asked, const Item& item,
                                   std::vector<DeskVisit>& afterwards) const;
  [[nodiscard]] std::optional<std::uint32_t> resolve(const Person& person, const Asked& asked,
                                                     const DeskReference& reference,
                                                     const Item& item) const;

  // messages.cpp
  [[nodiscard]] static std::uint32_t new_message(Life& life);
  static void free_message(Life& life, std::uint32_t message);
  void proceed(Life& life, std::uint32_t message);
  void post(Life& life, std::uint32_t message);
  void start(Life& life, std::uint32_t message, double at);
  void complete(Life& life, std::uint32_t message);
  [[nodiscard]] bool verified(Person& person, Message& message, const DeskVisit& at) const;
  [[nodiscard]] bool grants(const Person& person, const Message& message,
                            const DeskVisit& at) const;
  void purge(Life& life, const Message& message);
  [[nodiscard]] bool lapses(Life& life, Message& message);
  void go(Life& life, std::uint32_t message);
  void send(Life& life, std::uint32_t message);
  void schedule_arrival(Life& life, std::uint32_t message, double sent);
  void schedule_afterwards(Life& life, std::uint32_t message, const DeskVisit& visit);
  void show_keys(Life& life, std::uint32_t message);
  [[nodiscard]] static Hash lineage_of(Hash message, const Item& item);
  void decide_keeping(Person& person, const Asked& asked, Item& item);
  void arrive(Life& life, std::uint32_t message);
  void disclose_anonymously(Life& life, const Message& message, const Item& item,
                            CategoryId category);
  void hand_over(Life& life, const Message& message, const Item& item, CategoryId category);
  void call_off(Life& life, std::uint16_t member);

  // ledger.cpp
  std::uint32_t add_copy(Person& person, Copy copy);
  void infer(const Person& person, Copy& copy) const;
  void schedule_ends(Life& life, std::uint16_t member, std::uint32_t first);
  void expire(Life& life, const Event& event);
  void end_copy(Person& person, std::uint32_t copy, double time);
  [[nodiscard]] static bool holds_some(const Person& person, NodeId node, const CategorySet& data);
  [[nodiscard]] bool keeps_undertaking(const Person& person, NodeId node, Hash lineage) const;

  // outcomes.cpp
  /// `standing`: what holds on after the event; `instant`: at it, with views and receipts.
  enum class Mode : std::uint8_t { standing, instant };
  void evaluate(Life& life);
  void evaluate(Life& life, std::uint16_t member);
  [[nodiscard]] bool holds(const ConditionPlan& condition, const Life& life, const Person& person,
                           Mode mode) const;
  [[nodiscard]] bool has_receipt(const ConditionPlan& condition, const Life& life,
                                 const Person& person) const;
  [[nodiscard]] bool occurs(const ConditionPlan& condition, std::size_t memory, const Life& life,
                            Person& person) const;
  void set_hazard(Life& life, std::uint16_t member, std::size_t harm, double hazard, double jump);
  void schedule_crossing(Life& life, std::uint16_t member, std::size_t harm, double time);
  void cross(Life& life, const Event& event);

  const Plan& plan_;
  const Staffing& staffing_;
  Counter& counter_;
  std::vector<std::string>* trace_;
  Narrator* narrator_;
  Alternatives& alternatives_;
  std::vector<Item> items_;  ///< Of the message that is being drawn up.
  std::uint64_t person_events_ = 0;
};

}  // namespace onward
