// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/policy/situations.hpp"

namespace onward {

/// The kinds of requests of one way that one entry matches.
///
/// What a request says has parts that do not depend on one another: category, cell, day, facts,
/// provenance, channel with the duties that travel. Each value of a part *lets* some entries match
/// and some duties be met: a set of bits. A request's set is what its parts have in common, and
/// the kinds are the different sets, found part by part; so their number follows what the rules
/// tell apart, not the product of the parts.
class RequestSituations::Kinds {
 public:
  Kinds(const RequestSituations& all, const Way& way, const Entry& entry);

  /// All that the kinds follow from. Ways that agree in it have the same rules match, and the
  /// same duties met.
  using Grounds = std::tuple<std::vector<Entry>, SourceSet, RootAction>;
  [[nodiscard]] Grounds grounds() const;

  /// Works out the values of each part. To be called once, before what follows.
  void prepare();

  struct Kind {
    DynamicSet lets;
    std::vector<std::uint32_t> choices;  ///< Of each part, in order.
  };

  /// Nothing if there are too many kinds, here as below.
  [[nodiscard]] std::optional<Kind> plainest() const;
  /// Only those that one of some rules matches beside, if such are given.
  [[nodiscard]] std::optional<std::vector<Kind>> find(
      const std::optional<DynamicSet>& one_of) const;

  /// A kind that lets all of some bits, and none of some others; nothing if there is none. Exact.
  [[nodiscard]] std::optional<Kind> with_and_without(const DynamicSet& with,
                                                     const DynamicSet& without) const;

  /// Visits kinds that settle, for a prohibition that is no use where it stands alone, all that its
  /// use and cause follow from: whether it changes a permission, whether another permit
  /// is taken, which prohibitions bar the same.
  struct Settled {
    DynamicSet with;      ///< Other prohibitions that were shown beside a permit that it bars ...
    DynamicSet without;   ///< ... and those without which another one was.
    bool stands = false;  ///< Without it some such permit would stand.
  };
  using Show = std::function<bool(const Kind&)>;
  [[nodiscard]] bool settle(const DynamicSet& permits, Settled& settled, const Show& show) const;

  /// The rules that can match together with the entry, its own among them.
  [[nodiscard]] const std::vector<RuleId>& rules_in_reach() const { return rules_; }

  /// Where the rule has the best chance to make a difference: beside as few prohibitions as can
  /// be; if it is no permit, with each permit that it meets, and with as little as can be. Not all
  /// such kinds, and not exactly the fewest.
  [[nodiscard]] std::vector<Kind> likely() const;

  /// A request of the kind.
  [[nodiscard]] Situation situation(const Kind& kind) const;

  /// The rules that match, and those of them whose own duties can be met.
  [[nodiscard]] std::pair<DynamicSet, DynamicSet> rules_of(const Kind& kind) const;

 private:
  using Say = std::function<void(Situation&)>;
  struct Choice {
    DynamicSet lets;
    Say say;
  };
  using Needs = CompiledPolicy::Needs;

  void find_others();
  /// Whether each of the latter can fail to match beside the former, taken one by one.
  [[nodiscard]] bool can_miss(const DynamicSet& with, const DynamicSet& without) const;
  [[nodiscard]] DynamicSet entries_of(Effect effect, const std::function<bool(RuleId)>& test) const;
  [[nodiscard]] DynamicSet bit_of(std::size_t other, bool duties_met) const;
  [[nodiscard]] Kind beside_fewest(const DynamicSet& prohibitions, const DynamicSet& needed) const;
  /// The values of a part, each different one once.
  class Part {
   public:
    void add(DynamicSet lets, Say say) {
      if (known_.insert(lets).second) choices_.push_back({std::move(lets), std::move(say)});
    }
    [[nodiscard]] const std::vector<Choice>& choices() const { return choices_; }

   private:
    std::set<DynamicSet> known_;
    std::vector<Choice> choices_;
  };
  /// Bits by what an entry and a rule's needs say.
  template <class Matches, class Meets>
  [[nodiscard]] DynamicSet bits(Matches matches, Meets meets) const {
    DynamicSet set(others_.size() + rules_.size());
    for (std::size_t o = 0; o < others_.size(); ++o)
      if (matches(*others_[o])) set.insert(o);
    for (std::size_t r = 0; r < rules_.size(); ++r)
      if (meets(all_.compiled_.needs_[rules_[r].index()])) set.insert(others_.size() + r);
    return set;
  }

  [[nodiscard]] Part categories() const;
  [[nodiscard]] Part cells() const;
  [[nodiscard]] Part days() const;
  void add_facts();
  [[nodiscard]] Part sources();
  [[nodiscard]] Part channels() const;
  void add_broken_duty(Part& part) const;

  const RequestSituations& all_;
  const Way& way_;
  const Entry& entry_;
  RootAction root_;
  std::vector<const Entry*> others_;  ///< That can match together with it.
  SourceSet relevant_;                ///< Sources that one of them, or the entry, asks for.
  std::vector<RuleId> rules_;         ///< Of all these entries; the first is the entry's.
  std::vector<Part> parts_;
  bool too_many_ = false;
};

}  // namespace onward
