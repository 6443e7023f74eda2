// SPDX-License-Identifier: Apache-2.0
#include "harness/mutants.hpp"

#include <algorithm>

namespace onward {
namespace {

/// Every prohibition of a policy that a permit may derogate from.
std::vector<RuleId> widest_derogation(const Policy& policy, const Rule& permit) {
  std::vector<RuleId> all;
  for (std::size_t r = 0; r < policy.rules.size(); ++r) {
    const Rule& other = policy.rules[r];
    if (other.effect == Effect::prohibit && !other.absolute && other.layer >= permit.layer)
      all.emplace_back(r);
  }
  return all;
}

/// Makes the mutants of one rule.
class RuleMutants {
 public:
  RuleMutants(const Scenario& scenario, std::size_t policy, const Rule& rule,
              std::vector<Mutant>& all)
      : scenario_(scenario), policy_(policy), rule_(rule), all_(all) {}

  void make() {
    if (rule_.effect == Effect::prohibit) {
      remove(MutantKind::prohibition_removed, "the prohibition were dropped");
      return;
    }
    if (rule_.effect == Effect::require)
      remove(MutantKind::requirement_removed, "the requirement were dropped");
    else
      widen_permit();
    drop_duties();
  }

 private:
  template <class Change>
  void add(MutantKind kind, std::string what, const Change& change) {
    Mutant mutant{kind, policy_, rule_.id, std::move(what), rule_};
    change(mutant.weakened);
    all_.push_back(std::move(mutant));
  }

  /// Why not taken out: rules are named by their place in the policy.
  void remove(MutantKind kind, std::string what) {
    add(kind, std::move(what), [](Rule& rule) { rule.subjects = Predicate::never(); });
  }

  void widen_permit() {
    drop_conditions();
    if (rule_.data != CategorySet::all())
      add(MutantKind::category_added, "it covered every category of data",
          [](Rule& rule) { rule.data = CategorySet::all(); });
    move_dates();
    widen_derogation();
  }

  void drop_conditions() {
    const auto kind = MutantKind::condition_dropped;
    drop_subjects();
    drop_facts(rule_.when.must_hold, true);
    drop_facts(rule_.when.must_not_hold, false);
    if (rule_.data_from)
      add(kind, "it did not matter which systems the data came through",
          [](Rule& rule) { rule.data_from.reset(); });
    if (rule_.from) add(kind, "it did not matter who sends", [](Rule& rule) { rule.from.reset(); });
    if (rule_.to) add(kind, "it did not matter who receives", [](Rule& rule) { rule.to.reset(); });
    if (rule_.purposes != PurposeSet::all())
      add(kind, "it did not matter for what purpose",
          [](Rule& rule) { rule.purposes = PurposeSet::all(); });
  }

  void drop_subjects() {
    const auto kind = MutantKind::condition_dropped;
    const Predicate& subjects = rule_.subjects;
    if (subjects.kind == Predicate::Kind::always) return;
    if (subjects.kind != Predicate::Kind::all) {
      add(kind, "the condition on " + attributes_of(subjects) + " were dropped",
          [](Rule& rule) { rule.subjects = Predicate::always(); });
      return;
    }
    for (std::size_t part = 0; part < subjects.parts.size(); ++part)
      add(kind, "the condition on " + attributes_of(subjects.parts[part]) + " were dropped",
          [part](Rule& rule) {
            std::vector<Predicate> parts = rule.subjects.parts;
            parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(part));
            rule.subjects = Predicate::all(std::move(parts));
          });
  }

  void drop_facts(const FactSet& facts, bool must_hold) {
    facts.for_each([&](FactId fact) {
      add(MutantKind::condition_dropped,
          "the condition " + std::string(must_hold ? "" : "not ") +
              ticked(scenario_.vocabulary.fact_names.name(fact)) + " were dropped",
          [&](Rule& rule) {
            FactSet& changed = must_hold ? rule.when.must_hold : rule.when.must_not_hold;
            changed = without(changed, fact);
          });
    });
  }

  static FactSet without(const FactSet& facts, FactId one) {
    FactSet rest;
    facts.for_each([&](FactId fact) {
      if (fact != one) rest.insert(fact);
    });
    return rest;
  }

  void move_dates() {
    if (rule_.in_force_from)
      add(MutantKind::date_moved, "it were in force a day earlier",
          [](Rule& rule) { rule.in_force_from = Date(rule.in_force_from->days_since_1970() - 1); });
    if (rule_.in_force_until)
      add(MutantKind::date_moved, "it were in force a day longer", [](Rule& rule) {
        rule.in_force_until = Date(rule.in_force_until->days_since_1970() + 1);
      });
    if (rule_.duties.sunset)
      add(MutantKind::date_moved, "its sunset came a day later",
          [](Rule& rule) { rule.duties.sunset = Date(rule.duties.sunset->days_since_1970() + 1); });
  }

  void widen_derogation() {
    const std::size_t now = rule_.derogates_from.size();
    if (now > 0 && widest_derogation(scenario_.policies[policy_], rule_).size() > now)
      add(MutantKind::derogation_widened, "it derogated from every prohibition that it may",
          [](Rule&) {});
  }

  void drop_duties() {
    const Duties& duties = rule_.duties;
    drop(duties.authorised_by.has_value(), "authorisation",
         [](Duties& d) { d.authorised_by.reset(); });
    drop(duties.consent_of_origin.has_value(), "consent of the state of origin of the data",
         [](Duties& d) { d.consent_of_origin.reset(); });
    drop(duties.guardian.has_value(), "guardian's word", [](Duties& d) { d.guardian.reset(); });
    drop(duties.human_verification.has_value(), "human verification",
         [](Duties& d) { d.human_verification.reset(); });
    drop(duties.hit_only, "limit to hit or no hit", [](Duties& d) { d.hit_only = false; });
    drop(duties.pseudonymise, "duty to pseudonymise", [](Duties& d) { d.pseudonymise = false; });
    drop(duties.aggregate_only, "limit to sums", [](Duties& d) { d.aggregate_only = false; });
    drop(duties.no_onward, "ban on passing on", [](Duties& d) { d.no_onward = false; });
    drop(duties.purpose_only, "limit to the purpose", [](Duties& d) { d.purpose_only = false; });
    drop(duties.recall, "duty to recall", [](Duties& d) { d.recall = false; });
    drop(duties.log, "duty to log", [](Duties& d) { d.log = false; });
    drop(!duties.redact.empty(), "redaction", [](Duties& d) { d.redact = {}; });
    drop(duties.notify_days.has_value(), "time to object",
         [](Duties& d) { d.notify_days.reset(); });
    drop(duties.sunset.has_value(), "sunset", [](Duties& d) { d.sunset.reset(); });
    drop(!(duties.suspended_when == FactTest()), "suspension clause",
         [](Duties& d) { d.suspended_when = {}; });
    drop(duties.retain_days.has_value(), "limit of retention",
         [](Duties& d) { d.retain_days.reset(); });
    if (duties.retain_days)
      add(MutantKind::retention_lengthened, "data were kept a day longer",
          [](Rule& rule) { ++*rule.duties.retain_days; });
  }

  template <class Change>
  void drop(bool there, const char* what, const Change& change) {
    if (there)
      add(MutantKind::duty_dropped, std::string("the ") + what + " were dropped",
          [&](Rule& rule) { change(rule.duties); });
  }

  [[nodiscard]] std::string attributes_of(const Predicate& predicate) const {
    std::vector<std::string> names;
    collect(predicate, names);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "`" : ", `") + name + "`";
    return text;
  }

  void collect(const Predicate& predicate, std::vector<std::string>& names) const {
    if (predicate.kind == Predicate::Kind::is)
      names.push_back(scenario_.vocabulary.attribute_names.name(predicate.attribute));
    for (const Predicate& part : predicate.parts) collect(part, names);
  }

  const Scenario& scenario_;
  std::size_t policy_;
  const Rule& rule_;
  std::vector<Mutant>& all_;
};

std::optional<std::size_t> find_policy(const Scenario& scenario, const std::string& id) {
  for (std::size_t p = 0; p < scenario.policies.size(); ++p)
    if (scenario.policies[p].id == id) return p;
  return {};
}

/// Where the rule of this policy was written: here, or in a policy that this one extends.
std::size_t writer_of(const Scenario& scenario, std::size_t policy, const std::string& rule) {
  for (;;) {
    const Policy& of = scenario.policies[policy];
    const auto found =
        std::find_if(of.rules.begin(), of.rules.end(), [&](const Rule& r) { return r.id == rule; });
    const auto base = find_policy(scenario, of.extends);
    if (found == of.rules.end() || found->from_patch || !base) return policy;
    policy = *base;
  }
}

}  // namespace

std::vector<Mutant> mutants_of(const Scenario& scenario) {
  std::vector<Mutant> all;
  for (std::size_t p = 0; p < scenario.policies.size(); ++p)
    for (const Rule& rule : scenario.policies[p].rules)
      if (writer_of(scenario, p, rule.id) == p) RuleMutants(scenario, p, rule, all).make();
  return all;
}

std::vector<std::size_t> policies_with(const Mutant& mutant, const Scenario& scenario) {
  std::vector<std::size_t> policies;
  for (std::size_t p = 0; p < scenario.policies.size(); ++p) {
    const auto& rules = scenario.policies[p].rules;
    const bool has = std::any_of(rules.begin(), rules.end(),
                                 [&](const Rule& rule) { return rule.id == mutant.rule; });
    if (has && writer_of(scenario, p, mutant.rule) == mutant.policy) policies.push_back(p);
  }
  return policies;
}

Policy mutated(const Policy& policy, const Mutant& mutant) {
  Policy changed = policy;
  for (Rule& rule : changed.rules) {
    if (rule.id != mutant.rule) continue;
    // Why: rules have other places in a policy that extends the writer's.
    std::vector<RuleId> derogations = mutant.kind == MutantKind::derogation_widened
                                          ? widest_derogation(policy, rule)
                                          : rule.derogates_from;
    rule = mutant.weakened;
    rule.derogates_from = std::move(derogations);
  }
  return changed;
}

const char* to_string(MutantKind kind) {
  switch (kind) {
    case MutantKind::condition_dropped: return "condition dropped";
    case MutantKind::prohibition_removed: return "prohibition removed";
    case MutantKind::requirement_removed: return "requirement removed";
    case MutantKind::category_added: return "category added";
    case MutantKind::duty_dropped: return "duty dropped";
    case MutantKind::date_moved: return "date moved";
    case MutantKind::retention_lengthened: return "retention lengthened";
    case MutantKind::derogation_widened: return "derogation widened";
  }
  return "";
}

}  // namespace onward
