// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "sim/people/plan.hpp"
#include "sim/policy/rule_marks.hpp"

namespace onward {

/// Index into the provenances that Alternatives knows; 0 is that of no source and no duty.
using ProvenanceId = std::uint32_t;

/// The desks that a duty asks for, in the order in which they are passed.
enum class Step : std::uint8_t { verification, guardian, consent, authorisation };

struct DeskStep {
  Step step = Step::verification;
  DeskReference desk;
  std::optional<Authorisation> terms;  ///< Absent for a verification.

  bool operator==(const DeskStep&) const = default;
};

/// What a request for one category was answered, with all that the replay needs of it.
struct Alternative {
  Verdict verdict = Verdict::deny;
  Because because = Because::none;
  RuleId permit;
  bool hit_only = false;
  bool anonymous = false;  ///< Pseudonymised or in sums: reaches nobody by name.
  bool no_onward = false;
  bool recall = false;
  bool purpose_only = false;
  bool retention_given = false;
  double retain_days = 0;  ///< Infinite if not given.
  double notify_days = 0;
  std::vector<DeskStep> desks;
  std::vector<RuleId> standing;  ///< Every permit that stands and can meet its duties.
  Marks met = 0;                 ///< Marked rules that can match what was asked.

  bool operator==(const Alternative&) const = default;
  [[nodiscard]] bool stands(RuleId of) const;
  /// Whether a node takes this one before the other (decisions.md, section 6), verdicts first.
  [[nodiscard]] bool before(const Alternative& other) const;
};

/// Remembers what a policy answered, because people ask the same again and again.
///
/// The memory changes no answer: a request is answered by everything that it
/// says, its date by the span between two dates on which rules change. Not for several threads.
class Alternatives {
 public:
  /// `marks`, if given, must outlive this: then it is noted which marked rules are met.
  explicit Alternatives(const Plan& plan, const RuleMarks* marks = nullptr);

  /// A request that names its provenance by id.
  struct Question {
    ActionId action;
    std::optional<NodeId> from;
    NodeId to;
    PurposeId purpose;
    CategoryId category;
    CellId cell;
    ProvenanceId provenance = 0;
    FactSet facts;
    ChannelTraits via;
    double at = 0;  ///< Days since the start.
  };
  /// The request as the policy is asked it.
  [[nodiscard]] Request request(const Question& question) const;
  /// Valid as long as this object.
  [[nodiscard]] const Alternative& answer(const Question& question);
  /// How many days `to` may keep what it collects or receives: the question is asked as one to
  /// `retain`. 0: not at all, a view.
  [[nodiscard]] double keep_days(Question question);

  /// What a node may collect at an encounter, and how long it may keep it.
  struct Collected {
    CategoryId category;
    double keep_days = 0;  ///< 0: a view.
    ProvenanceId provenance = 0;
  };
  /// For all of a state's categories.
  [[nodiscard]] const std::vector<Collected>& collected(const StatePlan& state, NodeId node,
                                                        PurposeId purpose, CellId cell, double at);

  /// The marked rules that were met since this was last asked.
  [[nodiscard]] Marks take_met() { return std::exchange(met_, Marks{0}); }

  [[nodiscard]] const Provenance& provenance(ProvenanceId id) const { return provenances_[id]; }
  /// The provenance of what `sender` hands on (nobody: of what is collected), under the duties
  /// of an alternative (if any).
  [[nodiscard]] ProvenanceId handed_on(ProvenanceId by, std::optional<NodeId> sender,
                                       const Alternative* under, PurposeId purpose);

 private:
  struct Key {
    std::uint64_t ends = 0;
    std::uint64_t about = 0;
    std::uint64_t provenance = 0;
    std::uint64_t facts = 0;

    bool operator==(const Key&) const = default;
  };
  struct Slot {
    Key key{};
    std::uint32_t value = 0;  ///< 1 + index; 0: empty.
  };
  /// A hash table that only grows.
  class Memory {
   public:
    Memory() : slots_(64) {}
    /// The value of a key, 0 if it is new; `add` must follow then.
    [[nodiscard]] std::uint32_t find(const Key& key) const;
    void add(const Key& key, std::uint32_t value);

   private:
    [[nodiscard]] std::size_t place(const Key& key) const;
    std::vector<Slot> slots_;
    std::size_t used_ = 0;
  };

  struct Collection {
    std::vector<Collected> all;
    Marks met = 0;
  };

  [[nodiscard]] const Alternative& known(const Question& question);
  [[nodiscard]] Alternative ask(const Question& question) const;
  [[nodiscard]] std::size_t epoch(double at) const;

  const Plan* plan_;
  const RuleMarks* marks_;
  Marks met_ = 0;
  /// Nodes that no answer tells apart have one class; the person herself has another.
  std::vector<std::uint16_t> class_of_node_;
  Memory answers_;
  /// Each answer once, for few are different.
  std::vector<std::unique_ptr<const Alternative>> alternatives_;
  Memory handed_on_;
  Memory collected_;
  std::vector<std::unique_ptr<const Collection>> collections_;
  std::vector<Provenance> provenances_;
};

}  // namespace onward
