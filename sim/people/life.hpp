// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "sim/people/alternatives.hpp"
#include "sim/random/digest.hpp"

namespace onward {

inline constexpr double never_ends = std::numeric_limits<double>::infinity();

/// The classes of docs/method/engine.md, section 9: what comes first at one moment.
enum class EventClass : std::uint8_t {
  stock,
  expiry,
  completion,
  calendar,
  entry,
  own,
  arrival,
  communication,
  desk,
  queue  ///< Of the calendar alone: what a desk lets those who have to wait know.
};

enum class EventKind : std::uint8_t {
  stock,
  expiry,
  completion,
  notice_end,
  periodic,
  rule_start,
  entry,
  move,
  dispatch,
  ask_afterwards,
  crossing,
  arrival,
  start
};

/// Where an event stands in the order of all events.
///
/// The lineage is in the tie: of one person, two lineages have the same tie only if they
/// are the same; of two people, with a chance of 2^-64.
struct Key {
  double time = 0;
  Hash tie = 0;
  Hash part = 0;
  EventClass cls = EventClass::own;

  [[nodiscard]] bool before(const Key& other) const {
    if (time != other.time) return time < other.time;
    if (cls != other.cls) return cls < other.cls;
    if (tie != other.tie) return tie < other.tie;
    return part < other.part;
  }
  bool operator==(const Key&) const = default;
};

/// Something that will happen to a person. Small, because heaps move it about.
struct Event {
  double time = 0;
  Hash tie = 0;
  Hash part = 0;
  std::uint32_t subject = 0;  ///< A message, a harm, a date, a copy: as the kind says.
  std::uint32_t stamp = 0;    ///< For what may be called off: valid only if still the same.
  std::uint16_t member = 0;   ///< Who, within the life.
  EventClass cls = EventClass::own;
  EventKind kind = EventKind::move;

  [[nodiscard]] Key key() const { return {time, tie, part, cls}; }
  [[nodiscard]] bool before(const Event& other) const {
    if (time != other.time) return time < other.time;
    if (cls != other.cls) return cls < other.cls;
    if (tie != other.tie) return tie < other.tie;
    if (part != other.part) return part < other.part;
    return kind < other.kind;
  }
};

/// Somebody's data in somebody's hands.
struct Copy {
  static constexpr std::int32_t none = -1;

  double from = 0;
  double until = never_ends;         ///< Equal to `from`: a view.
  double overdue_from = never_ends;  ///< From when it is kept unlawfully.
  Hash lineage = 0;
  CategorySet reveals;  ///< By inference.
  std::int32_t parent = none;
  std::int32_t candidate = none;  ///< Not `none`: false; whose attributes it shows.
  ProvenanceId provenance = 0;
  std::uint32_t flow = 0;  ///< Index into the plan's; valid if it has a sender.
  CategoryId category;
  NodeId holder;
  std::optional<NodeId> sender;
  NodeId collector;
  PurposeId purpose;
  std::uint8_t hop = 0;
  bool lawful = true;  ///< The act that made it was permitted or not governed.
  bool lawfully_kept = true;
  bool logged = true;
  bool ended = false;

  [[nodiscard]] bool view() const { return until == from && !ended; }
  [[nodiscard]] bool held(double at) const {
    return !ended && from <= at && (at < until || at == from);
  }
  [[nodiscard]] bool falsely() const { return candidate != none; }
};

/// A copy that is held, with what is asked of it most.
struct Held {
  std::uint32_t copy = 0;
  NodeId holder;
  CategoryId category;
};

/// One category of a message on its way.
struct Item {
  const Alternative* under = nullptr;  ///< Nothing for an act that is not lawful.
  double keep_days = 0;                ///< Worked out when the message goes; 0: a view.
  double lawful_days = never_ends;     ///< If it is kept longer than is lawful: how long it is.
  std::int32_t source = Copy::none;
  std::int32_t candidate = Copy::none;
  ProvenanceId provenance = 0;  ///< Worked out when the message goes.
  CategoryId category;
  bool in_answer = true;  ///< Has something to hand over.
  bool lawful = true;
  bool lawfully_kept = true;

  /// Said of the candidate of this very query.
  [[nodiscard]] bool of_candidate() const {
    return source == Copy::none && candidate != Copy::none;
  }
};

/// A desk that a message has still to pass.
struct DeskVisit {
  Step step = Step::verification;
  std::uint32_t desk = 0;
  const Authorisation* terms = nullptr;

  [[nodiscard]] bool same(const DeskVisit& other) const {
    return step == other.step && desk == other.desk;
  }
};

// Why in place: a message that waits is cold, and so is each thing it points to.
using DeskList = boost::container::small_vector<DeskVisit, 2>;
using ItemList = boost::container::small_vector<Item, 2>;

/// What all parts of a message have in common.
struct Letter {
  Hash lineage = 0;
  std::uint32_t flow = 0;
  NodeId from;
  NodeId to;
  std::uint16_t member = 0;
  std::uint8_t depth = 0;
  bool query = false;
};

/// What goes from one node to another together: a part of a message.
struct Message : Letter {
  Hash part = 0;
  ItemList items;
  DeskList desks;
  std::size_t next_desk = 0;
  double notify_days = 0;
  double granted = -1;  ///< When the first grant that expires was given; -1: none.
  double expires_days = 0;
  double due = 0;                     ///< When the present case will be completed, once known.
  std::uint32_t ticket = 0;           ///< Of the case at the present desk.
  std::int32_t record = -1;           ///< Of the present case in the person's cases.
  std::vector<DeskVisit> afterwards;  ///< To be asked when it has gone.
  bool waited = false;
  bool found = false;   ///< Of a query: something is found or said of a candidate.
  bool sole = true;     ///< Of a query: it has no other part.
  bool barred = false;  ///< Of a query: its keys are prohibited.
  bool in_use = false;
  bool at_desk = false;
  bool is_afterwards = false;  ///< The case of an authorisation that is asked afterwards.
  bool called_off = false;

  /// Free for another one.
  void reset() {
    // Why not all: the rest is written before it is read.
    items.clear();
    desks.clear();
    afterwards.clear();
    next_desk = 0;
    notify_days = 0;
    granted = -1;
    record = -1;
    part = 0;
    waited = found = barred = in_use = at_desk = is_afterwards = called_off = false;
    sole = true;
  }
};

/// A visit to a desk, for the record.
struct CaseRecord {
  std::uint32_t desk = 0;
  std::uint32_t flow = 0;
  double posted = 0;
  double started = -1;    ///< Below 0: not yet.
  double due = -1;        ///< When it will be completed, once started.
  double completed = -1;  ///< Below 0: not yet.
  bool loads = true;
  bool cancelled = false;
};

/// A use by its holder, or a disclosure that made no copy.
struct ActRecord {
  double time = 0;
  std::uint32_t flow = 0;
  NodeId from;
  NodeId to;
  CategoryId category;
  std::int32_t source = Copy::none;
  bool lawful = true;
};

struct Visit {
  double time = 0;
  std::uint32_t state = 0;
  std::optional<NodeId> at;
};

/// One harm of one person.
struct HarmState {
  double hazard = 0;
  double accumulated = 0;
  double since = 0;  ///< `accumulated` holds at this time.
  double threshold = 0;
  double happened = -1;  ///< Below 0: not.
  std::uint32_t stamp = 0;
  bool due = false;  ///< The threshold is reached; the harm comes at this moment.

  /// The compensator: what has accumulated until the harm, or by `at`.
  [[nodiscard]] double compensator(double at) const {
    if (happened >= 0) return threshold;
    const double sum = hazard > 0 ? accumulated + hazard * (at - since) : accumulated;
    return sum < threshold ? sum : threshold;
  }
};

/// How often something went another way than on.
struct Tally {
  std::uint32_t suppressed = 0;  ///< The recipient had it already, or too many hops.
  std::uint32_t refused = 0;
  std::uint32_t lapsed = 0;
  std::uint32_t lost = 0;
  std::uint32_t intercepted = 0;
  std::uint32_t rejected = 0;  ///< By manual verification.
};

/// What one node recorded of a person, or all those that make no errors of their own.
struct Record {
  static constexpr std::int32_t exact = -1;
  std::int32_t by = exact;  ///< The node.
  AttributeValues values;
  CellId cell;  ///< Of `values`.
};

/// A synthetic person and everything that has happened to her.
struct Person {
  std::uint32_t group = 0;  ///< Index into the population's.
  std::uint32_t index = 0;
  std::int32_t cast = -1;  ///< Not -1: a member of the cast, who counts in no measure.
  Luck luck;
  double entry = 0;
  bool begun = false;
  bool journey_over = false;
  std::uint32_t state = 0;
  std::uint32_t moves = 0;               ///< Stamp of the next step of the journey.
  std::vector<std::uint32_t> visits_of;  ///< By state.
  AttributeValues values;                ///< True.
  std::vector<std::int32_t>
      recorder;                 ///< By attribute: -1 each node itself, -2 nobody, else the node.
  std::vector<Record> records;  ///< What is worked out of them, until an attribute is set.

  std::vector<Copy> copies;
  std::vector<Held> held;  ///< What is held now, views of this moment included.
  std::vector<AttributeValues> candidates;
  std::vector<CellId> candidate_cells;
  std::vector<HarmState> harms;
  std::vector<std::uint32_t> benefits;  ///< Occurrences.
  std::vector<double> benefit_times;    ///< First occurrence of each; below 0: none.
  std::vector<char> before;             ///< By event condition: what it was after the last event.

  std::vector<Visit> visits;
  std::vector<CaseRecord> cases;
  std::vector<ActRecord> acts;
  Tally tally;
  LifeHash hash;

  std::vector<Hash> lineages;  ///< Of all messages, and of the keys shown.

  // What the present event changed.
  std::vector<std::uint32_t> brought;  ///< Copies that a message brought.
  std::uint32_t first_new = 0;         ///< Copies from this one on are of this event.
  bool changed = false;
  double last_view = -1;  ///< When the last view was made.

  /// Room for a usual life. Why at once: what is asked for together lies together, and many
  /// lives are laid aside for a while.
  void reserve() {
    values.reserve(8);
    recorder.reserve(8);
    records.reserve(4);
    visits_of.reserve(8);
    before.reserve(8);
    harms.reserve(4);
    held.reserve(24);
    copies.reserve(24);
    lineages.reserve(16);
    brought.reserve(4);
    visits.reserve(8);
    cases.reserve(2);
  }

  /// As newly made, but keeps the memory of its lists.
  void reset() {
    Person fresh;
    const auto keep = [](auto& list, auto& old) {
      old.clear();
      list.swap(old);
    };
    keep(fresh.visits_of, visits_of);
    keep(fresh.values, values);
    keep(fresh.recorder, recorder);
    keep(fresh.records, records);
    keep(fresh.copies, copies);
    keep(fresh.held, held);
    keep(fresh.candidates, candidates);
    keep(fresh.candidate_cells, candidate_cells);
    keep(fresh.harms, harms);
    keep(fresh.benefits, benefits);
    keep(fresh.benefit_times, benefit_times);
    keep(fresh.before, before);
    keep(fresh.visits, visits);
    keep(fresh.cases, cases);
    keep(fresh.acts, acts);
    keep(fresh.lineages, lineages);
    keep(fresh.brought, brought);
    *this = std::move(fresh);
  }
};

/// Two members of a life who are tied by a link.
struct Tie {
  std::size_t link = 0;
  std::uint16_t one = 0;    ///< Of the link's first group.
  std::uint16_t other = 0;  ///< Of its second.
};

/// People whose lives touch without a desk between them, usually one: they
/// share one heap of events.
struct Life {
  boost::container::small_vector<Person, 1> members;
  std::vector<Tie> ties;
  std::vector<Event> events;  ///< A binary heap, the first on top.
  std::vector<Message> messages;
  std::vector<std::uint32_t> free_messages;
  /// Cases of which it is not known when an officer begins them, and messages on channels of
  /// limited capacity: what comes next is not known yet.
  std::uint32_t waiting = 0;
  std::uint32_t slot = 0;  ///< For whoever keeps many lives.
  bool scarce = false;     ///< Needed an officer or room on a channel, which others need too.
  Marks met = 0;           ///< Marked rules that could match what was asked of the policy.
  double now = 0;
  std::uint32_t still = 0;  ///< Events at this moment before the present one.

  std::vector<Person> spare;  ///< Former members, for the memory of their lists.

  /// A new member, as if newly made.
  Person& add() {
    if (spare.empty()) {
      events.reserve(16);
      messages.reserve(6);
      Person& person = members.emplace_back();
      person.reserve();
      return person;
    }
    members.push_back(std::move(spare.back()));
    spare.pop_back();
    members.back().reset();
    return members.back();
  }

  /// Ready for somebody else; keeps its memory.
  void clear() {
    for (Person& person : members) spare.push_back(std::move(person));
    members.clear();
    ties.clear();
    events.clear();
    free_messages.clear();
    for (std::uint32_t id = 0; id < messages.size(); ++id) {
      if (messages[id].in_use) messages[id].reset();
      free_messages.push_back(id);
    }
    waiting = still = 0;
    scarce = false;
    met = 0;
    now = 0;
  }
};

}  // namespace onward
