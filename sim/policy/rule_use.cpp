// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/rule_use.hpp"

#include <algorithm>

namespace onward {
namespace {

template <class T>
bool same_members(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::is_permutation(a.begin(), a.end(), b.begin());
}

bool same_duties(const EffectiveDuties& a, const EffectiveDuties& b) {
  const auto plain = [](const Duties& d) {
    return std::tuple(d.hit_only, d.pseudonymise, d.aggregate_only, d.no_onward, d.purpose_only,
                      d.recall, d.log, d.redact, d.retain_days, d.notify_days, d.sunset,
                      d.suspended_when);
  };
  return same_members(a.authorised_by, b.authorised_by) &&
         same_members(a.consent_of_origin, b.consent_of_origin) &&
         same_members(a.guardian, b.guardian) &&
         same_members(a.human_verification, b.human_verification) && plain(a.rest) == plain(b.rest);
}

std::vector<RuleId> without(std::vector<RuleId> rules, RuleId rule) {
  rules.erase(std::remove(rules.begin(), rules.end(), rule), rules.end());
  return rules;
}

/// The rules that are the cause of what is seen, request after request.
class Blame {
 public:
  explicit Blame(std::size_t rules) : everywhere_(rules, true), somewhere_(rules) {}

  void add(const DynamicSet& rules) {
    if (rules.empty()) return;
    everywhere_ &= rules;
    somewhere_ |= rules;
  }

  /// One that is a cause wherever there is one; else all that are somewhere.
  [[nodiscard]] std::vector<RuleId> rules() const {
    std::vector<RuleId> all;
    if (somewhere_.empty()) return all;
    const bool one = !everywhere_.empty();
    (one ? everywhere_ : somewhere_).for_each([&](std::size_t r) { all.emplace_back(r); });
    if (one) all.resize(1);
    return all;
  }

 private:
  DynamicSet everywhere_;
  DynamicSet somewhere_;
};

/// Watches one rule over all requests that it matches.
class Trial {
 public:
  Trial(RuleId rule, const CompiledPolicy& compiled)
      : id_(rule),
        compiled_(compiled),
        policy_(compiled.policy()),
        always_(policy_.rules.size()),
        where_it_counts_(policy_.rules.size()) {}

  /// False once the rule is known to be effective.
  bool see(const Situation& situation, const DynamicSet& rules) {
    const Explanation with = compiled_.explain(situation.request, situation.category);
    const Explanation less = compiled_.explain(situation.request, situation.category, id_);
    if (!same_permission(with, less)) {
      effective_ = true;
      example_ = situation;
      return false;
    }
    const bool other_reason = !same_reason(with, less);
    if (!example_ || (other_reason && !other_reason_)) example_ = situation;
    other_reason_ = other_reason_ || other_reason;
    switch (rule().effect) {
      case Effect::permit: see_permit(with, less, rules); break;
      case Effect::prohibit: see_prohibition(with, rules); break;
      case Effect::require: see_requirement(with, rules); break;
    }
    return true;
  }

  /// What is still open once a prohibition is known to give reasons: whether it bars a permit, and
  /// what else does, where there is one that it can bar.
  std::optional<DynamicSet> open(const DynamicSet& in_reach) {
    if (rule().effect != Effect::prohibit || !other_reason_) return {};
    permits_met_ =
        permits_met_ || !those(Effect::permit, in_reach, [](RuleId) { return true; }).empty();
    return those(Effect::permit, in_reach, [&](RuleId permit) { return collides(id_, permit); });
  }

  [[nodiscard]] RuleUse conclude(RequestSituations::Seen seen) const {
    RuleUse result;
    result.example = example_;
    if (effective_) {
      result.use = Use::effective;
    } else if (seen == RequestSituations::Seen::all) {
      result.use = use();
      result.cause = cause();
      result.others = others();
    }
    return result;
  }

 private:
  [[nodiscard]] const Rule& rule() const { return policy_.rule(id_); }

  [[nodiscard]] bool same_permission(const Explanation& with, const Explanation& less) const {
    if (with.verdict != less.verdict) return false;
    if (with.verdict != Verdict::permit) return true;
    std::vector<RuleId> rules = with.rules;
    std::vector<RuleId> left = less.rules;
    if (rules.front() == id_) {
      rules.erase(rules.begin());
      left.erase(left.begin());
    }
    return without(rules, id_) == left && same_duties(with.duties, less.duties);
  }

  [[nodiscard]] bool same_reason(const Explanation& with, const Explanation& less) const {
    return with.verdict == Verdict::permit ||
           (with.because == less.because && without(with.rules, id_) == less.rules);
  }

  /// The rules with one effect among some, but for the rule itself.
  template <class Test>
  [[nodiscard]] DynamicSet those(Effect effect, const DynamicSet& rules, Test test) const {
    DynamicSet chosen(policy_.rules.size());
    rules.for_each([&](std::size_t r) {
      if (policy_.rules[r].effect == effect && RuleId(r) != id_ && test(RuleId(r)))
        chosen.insert(r);
    });
    return chosen;
  }

  void blame(RuleId one) {
    DynamicSet rules(policy_.rules.size());
    rules.insert(one.index());
    always_.add(rules);
  }

  /// Whether the two cannot both have their way.
  [[nodiscard]] bool collides(RuleId prohibition, RuleId permit) const {
    return compiled_.bars(prohibition, permit) ||
           (policy_.strategy == Strategy::invalid && !compiled_.derogates(permit, prohibition));
  }

  void see_permit(const Explanation& with, const Explanation& less, const DynamicSet& rules) {
    const DynamicSet barring =
        those(Effect::prohibit, rules, [&](RuleId other) { return collides(other, id_); });
    if (with.verdict == Verdict::permit && with.rules.front() == id_) {
      taken_ = true;
      blame(less.rules.front());
    } else if (!barring.empty()) {
      barred_ = true;
      always_.add(barring);
    } else if (with.verdict == Verdict::permit) {
      passed_over_ = true;
      blame(with.rules.front());
    }
  }

  void see_prohibition(const Explanation& with, const DynamicSet& rules) {
    const DynamicSet permits = those(Effect::permit, rules, [](RuleId) { return true; });
    const DynamicSet barred =
        those(Effect::permit, rules, [&](RuleId permit) { return collides(id_, permit); });
    permits_met_ = permits_met_ || !permits.empty();
    barred_ = barred_ || !barred.empty();
    passed_over_ = passed_over_ || (!barred.empty() && with.verdict == Verdict::permit);
    if (!permits.empty() && barred.empty()) return;
    const DynamicSet others = those(Effect::prohibit, rules, [](RuleId) { return true; });
    always_.add(others);
    if (!barred.empty()) where_it_counts_.add(others);
  }

  void see_requirement(const Explanation& with, const DynamicSet& rules) {
    if (with.verdict != Verdict::permit) return;
    taken_ = true;
    DynamicSet asking = those(Effect::require, rules, [](RuleId) { return true; });
    asking.insert(with.rules.front().index());
    always_.add(asking);
  }

  [[nodiscard]] Use use() const {
    if (!example_) return Use::never_applies;
    if (rule().effect == Effect::permit && !taken_)
      return barred_ || passed_over_ ? Use::shadowed : Use::unmet;
    return other_reason_ ? Use::idle : Use::redundant;
  }

  [[nodiscard]] Cause cause() const {
    if (!example_) return Cause::none;
    switch (rule().effect) {
      case Effect::permit:
        if (taken_) return Cause::replaceable;
        if (barred_ && passed_over_) return Cause::barred_or_passed;
        return barred_ ? Cause::barred : passed_over_ ? Cause::passed_over : Cause::none;
      case Effect::prohibit:
        if (!permits_met_ && other_reason_) return Cause::nothing_permitted;
        if (passed_over_) return Cause::permitted_anyway;
        return permits_met_ && !barred_ ? Cause::gives_way : Cause::barred_anyway;
      case Effect::require: return taken_ ? Cause::asked_anyway : Cause::nothing_permitted;
    }
    return Cause::none;
  }

  [[nodiscard]] std::vector<RuleId> others() const {
    // Of an idle prohibition only that is of interest which bars the same permits.
    const bool idle_prohibition = rule().effect == Effect::prohibit && other_reason_;
    return (idle_prohibition ? where_it_counts_ : always_).rules();
  }

  RuleId id_;
  const CompiledPolicy& compiled_;
  const Policy& policy_;
  std::optional<Situation> example_;
  bool effective_ = false;
  bool other_reason_ = false;
  bool taken_ = false;        ///< A permit is; or a requirement meets a permit that is.
  bool barred_ = false;       ///< A permit is; or a prohibition bars one.
  bool passed_over_ = false;  ///< A permit is, or one that a prohibition bars, for another one.
  bool permits_met_ = false;  ///< By a prohibition.
  Blame always_;
  Blame where_it_counts_;  ///< For a prohibition: where it bars a permit.
};

}  // namespace

RuleUse use_of(RuleId rule, const CompiledPolicy& compiled, const RequestSituations& situations) {
  Trial trial(rule, compiled);
  const auto seen = situations.for_each(
      rule,
      [&](const Situation& situation, const DynamicSet& rules) {
        return trial.see(situation, rules);
      },
      [&](const DynamicSet& in_reach) { return trial.open(in_reach); });
  return trial.conclude(seen);
}

}  // namespace onward
