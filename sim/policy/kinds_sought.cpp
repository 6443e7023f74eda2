// SPDX-License-Identifier: Apache-2.0
//
// Kinds that are looked for, rather than found by listing all.
#include <algorithm>

#include "sim/policy/kinds.hpp"

namespace onward {
namespace {

DynamicSet common(DynamicSet a, const DynamicSet& b) {
  a &= b;
  return a;
}

bool anything(const auto& /*one*/) {
  return true;
}

/// Ways of which none leaves all alive that another leaves.
class Least {
 public:
  struct Way {
    DynamicSet alive;
    std::vector<std::uint32_t> choices;
  };

  void add(Way way) {
    added_ = std::none_of(ways_.begin(), ways_.end(),
                          [&](const Way& known) { return way.alive.contains_all(known.alive); });
    if (!added_) return;
    std::erase_if(ways_, [&](const Way& known) { return known.alive.contains_all(way.alive); });
    ways_.push_back(std::move(way));
  }
  [[nodiscard]] bool added() const { return added_; }
  [[nodiscard]] Way& last() { return ways_.back(); }
  [[nodiscard]] const std::vector<Way>& ways() const { return ways_; }

 private:
  std::vector<Way> ways_;
  bool added_ = false;
};

}  // namespace

std::vector<RequestSituations::Kinds::Kind> RequestSituations::Kinds::likely() const {
  if (too_many_) return {};
  const Policy& policy = all_.compiled_.policy();
  const bool permits = policy.rule(entry_.rule).effect == Effect::permit;
  const auto others = [&](auto test) {
    return bits([&](const Entry& e) { return test(e.rule, policy.rule(e.rule).effect); },
                [](const Needs&) { return false; });
  };
  std::vector<Kind> kinds;
  const auto add = [&](RuleId permit, DynamicSet needed) {
    const DynamicSet barring = others([&](RuleId other, Effect effect) {
      return effect == Effect::prohibit && all_.compiled_.bars(other, permit);
    });
    for (std::size_t r = 0; r < rules_.size(); ++r)
      if (rules_[r] == permit) needed.insert(others_.size() + r);
    kinds.push_back(beside_fewest(barring, needed));
  };
  if (!permits)
    kinds.push_back(beside_fewest(others([](RuleId, Effect) { return true; }),
                                  others([](RuleId, Effect) { return false; })));
  if (permits) add(entry_.rule, others([](RuleId, Effect) { return false; }));
  for (std::size_t o = 0; o < others_.size() && !permits; ++o) {
    const RuleId other = others_[o]->rule;
    if (policy.rule(other).effect != Effect::permit) continue;
    DynamicSet needed(others_.size() + rules_.size());
    needed.insert(o);
    add(other, std::move(needed));
  }
  return kinds;
}

/// Part by part the value that leaves most of what is needed, then the fewest of the prohibitions.
RequestSituations::Kinds::Kind RequestSituations::Kinds::beside_fewest(
    const DynamicSet& prohibitions, const DynamicSet& needed) const {
  Kind kind{bits(anything<Entry>, anything<Needs>), {}};
  for (const Part& part : parts_) {
    std::optional<std::pair<std::size_t, std::size_t>> best;
    std::uint32_t chosen = 0;
    for (std::uint32_t c = 0; c < part.choices().size(); ++c) {
      const DynamicSet lets = common(kind.lets, part.choices()[c].lets);
      const std::pair cost(needed.count() - common(lets, needed).count(),
                           common(lets, prohibitions).count());
      if (best && *best <= cost) continue;
      best = cost;
      chosen = c;
    }
    kind.lets &= part.choices()[chosen].lets;
    kind.choices.push_back(chosen);
  }
  return kind;
}

std::optional<RequestSituations::Kinds::Kind> RequestSituations::Kinds::with_and_without(
    const DynamicSet& with, const DynamicSet& without) const {
  // Of each part, and of all parts so far, only what leaves least of the others alive is needed.
  std::vector<Least::Way> ways{{without, {}}};
  for (const Part& part : parts_) {
    Least choices;
    for (std::uint32_t c = 0; c < part.choices().size(); ++c)
      if (part.choices()[c].lets.contains_all(with))
        choices.add({common(part.choices()[c].lets, without), {c}});
    Least next;
    for (const Least::Way& way : ways)
      for (const Least::Way& choice : choices.ways()) {
        next.add({common(way.alive, choice.alive), way.choices});
        if (next.added()) next.last().choices.push_back(choice.choices.front());
      }
    ways = next.ways();
  }
  const auto found =
      std::find_if(ways.begin(), ways.end(), [](const auto& way) { return way.alive.empty(); });
  if (found == ways.end()) return {};
  Kind kind{bits(anything<Entry>, anything<Needs>), found->choices};
  for (std::size_t p = 0; p < parts_.size(); ++p)
    kind.lets &= parts_[p].choices()[kind.choices[p]].lets;
  return kind;
}

bool RequestSituations::Kinds::can_miss(const DynamicSet& with, const DynamicSet& without) const {
  DynamicSet always = without;
  for (const Part& part : parts_) {
    DynamicSet in_all = always;
    for (const Choice& choice : part.choices())
      if (choice.lets.contains_all(with)) in_all &= choice.lets;
    always = std::move(in_all);
  }
  return always.empty();
}

DynamicSet RequestSituations::Kinds::entries_of(Effect effect,
                                                const std::function<bool(RuleId)>& test) const {
  const Policy& policy = all_.compiled_.policy();
  return bits([&](const Entry& e) { return policy.rule(e.rule).effect == effect && test(e.rule); },
              [](const Needs&) { return false; });
}

DynamicSet RequestSituations::Kinds::bit_of(std::size_t other, bool duties_met) const {
  DynamicSet set(others_.size() + rules_.size());
  set.insert(other);
  for (std::size_t r = 0; r < rules_.size() && duties_met; ++r)
    if (rules_[r] == others_[other]->rule) set.insert(others_.size() + r);
  return set;
}

bool RequestSituations::Kinds::settle(const DynamicSet& permits, Settled& settled,
                                      const Show& show) const {
  settled.stands = settled.stands || too_many_;
  if (too_many_) return true;
  const CompiledPolicy& compiled = all_.compiled_;
  const auto entries = [&](RuleId rule) {
    return entries_of(compiled.policy().rule(rule).effect, [&](RuleId r) { return r == rule; });
  };
  const auto barring = [&](RuleId permit) {
    return entries_of(Effect::prohibit, [&](RuleId r) { return compiled.bars(r, permit); });
  };
  const auto shows = [&](const DynamicSet& with, const DynamicSet& without, bool& found) {
    const auto kind = with_and_without(with, without);
    found = kind.has_value();
    return !kind || show(*kind);
  };
  bool found = false;
  for (std::size_t o = 0; o < others_.size(); ++o) {
    if (!permits.contains(others_[o]->rule.index())) continue;
    if (!shows(bit_of(o, true), barring(others_[o]->rule), found)) return false;
    settled.stands = settled.stands || found;
    for (std::size_t q = 0; q < others_.size(); ++q) {
      const RuleId other = others_[q]->rule;
      DynamicSet both = bit_of(o, false);
      if (compiled.policy().rule(other).effect == Effect::permit) {
        // Another permit is taken where this one is barred.
        if (permits.contains(other.index())) continue;
        both |= bit_of(q, true);
        if (!shows(both, barring(other), found)) return false;
      }
      if (compiled.policy().rule(other).effect != Effect::prohibit) continue;
      both |= bit_of(q, false);
      if (!settled.with.contains(other.index())) {
        if (!shows(both, DynamicSet(both.size()), found)) return false;
        if (found) settled.with.insert(other.index());
      }
      for (const RuleId absent : rules_) {
        if (settled.without.contains(absent.index()) || absent == other ||
            compiled.policy().rule(absent).effect != Effect::prohibit || absent == entry_.rule)
          continue;
        const DynamicSet without = entries(absent);
        if (!can_miss(both, without)) continue;
        if (!shows(both, without, found)) return false;
        if (found) settled.without.insert(absent.index());
      }
    }
  }
  return true;
}

}  // namespace onward
