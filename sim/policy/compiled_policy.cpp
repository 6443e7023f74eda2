// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/compiled_policy.hpp"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <functional>
#include <tuple>

namespace onward {

namespace {

template <class List>
void merge_authorisation(List& all, const std::optional<Authorisation>& one) {
  if (!one) return;
  const bool known = std::any_of(all.begin(), all.end(), [&](const Authorisation& a) {
    return a.desk == one->desk && a.case_by_case == one->case_by_case;
  });
  if (!known) all.push_back(*one);
}

template <class T, class Better>
void merge_best(std::optional<T>& all, const std::optional<T>& one, Better better) {
  if (one && (!all || better(*one, *all))) all = one;
}

void merge(EffectiveDuties& all, const Duties& one) {
  merge_authorisation(all.authorised_by, one.authorised_by);
  merge_authorisation(all.consent_of_origin, one.consent_of_origin);
  merge_authorisation(all.guardian, one.guardian);
  if (one.human_verification &&
      std::find(all.human_verification.begin(), all.human_verification.end(),
                *one.human_verification) == all.human_verification.end())
    all.human_verification.push_back(*one.human_verification);
  Duties& rest = all.rest;
  rest.hit_only |= one.hit_only;
  rest.pseudonymise |= one.pseudonymise;
  rest.aggregate_only |= one.aggregate_only;
  rest.no_onward |= one.no_onward;
  rest.purpose_only |= one.purpose_only;
  rest.recall |= one.recall;
  rest.log |= one.log;
  rest.redact |= one.redact;
  rest.suspended_when.must_hold |= one.suspended_when.must_hold;
  rest.suspended_when.must_not_hold |= one.suspended_when.must_not_hold;
  merge_best(rest.retain_days, one.retain_days, std::less<>());
  merge_best(rest.sunset, one.sunset, std::less<>());
  merge_best(rest.notify_days, one.notify_days, std::greater<>());
}

}  // namespace

/// A request with what does not depend on the category worked out.
struct CompiledPolicy::Asked {
  const Request* request = nullptr;
  bool governed = false;
  bool for_outsider = false;
  bool travelling_duties_met = true;
  RootAction root = RootAction::collect;
  SourceSet sources;  ///< The provenance and the sender.
  const Bucket* bucket = nullptr;
};

/// The rules that match one category of one request, and what follows. The lists
/// need no allocation in the usual case.
struct CompiledPolicy::Matches {
  using RuleList = boost::container::small_vector<RuleId, 12>;

  RuleList permits;
  RuleList prohibitions;
  RuleList requirements;
  RuleList takeable;  ///< Permits that stand and can meet their duties, least first.

  void remove(RuleId rule) {
    for (RuleList* list : {&permits, &prohibitions, &requirements})
      list->erase(std::remove(list->begin(), list->end(), rule), list->end());
  }
};

bool CompiledPolicy::met(const FactTest& test, const FactSet& facts) {
  return facts.contains_all(test.must_hold) && !facts.intersects(test.must_not_hold);
}

bool CompiledPolicy::any_so(const FactTest& test, const FactSet& facts) {
  return facts.intersects(test.must_hold) || !facts.contains_all(test.must_not_hold);
}

bool CompiledPolicy::governs(RootAction root, std::optional<NodeId> from, NodeId to) const {
  const std::optional<NodeId> actor = root == RootAction::disclose ? from : std::optional(to);
  return actor && policy_->binds.contains(actor->index());
}

CompiledPolicy::Asked CompiledPolicy::ask(const Request& request) const {
  Asked asked;
  asked.request = &request;
  asked.root = vocabulary_->root(request.action);
  const bool actor_bound = governs(asked.root, request.from, request.to);
  asked.for_outsider = !actor_bound && asked.root == RootAction::query && request.from &&
                       policy_->binds.contains(request.from->index());
  asked.governed = actor_bound || asked.for_outsider;
  if (!asked.governed) return asked;

  asked.sources = request.provenance.sources;
  if (request.from) asked.sources |= sources_of(*request.from);
  const std::size_t action = request.action.index();
  asked.bucket = &bucket(request, asked.for_outsider ? outsider_row_[action] : action);

  const Provenance& travels = request.provenance;
  const bool hands_on = asked.root == RootAction::disclose || asked.root == RootAction::query;
  asked.travelling_duties_met = !(travels.no_onward && hands_on) &&
                                !(travels.recall && !request.via.recallable) &&
                                !(travels.purpose_only && asked.root != RootAction::collect &&
                                  !travels.purposes.contains(request.purpose));
  return asked;
}

const CompiledPolicy::Bucket& CompiledPolicy::bucket(const Request& request,
                                                     std::size_t row) const {
  const std::size_t sender =
      class_of_sender_[request.from ? request.from->index() : class_of_sender_.size() - 1];
  const std::size_t recipient = class_of_recipient_[request.to.index()];
  return buckets_[bucket_of_[((row * purposes_ + request.purpose.index()) * sender_classes_ +
                              sender) *
                                 recipient_classes_ +
                             recipient]];
}

bool CompiledPolicy::governs(ActionId action, std::optional<NodeId> from, NodeId to) const {
  Request request;
  request.action = action;
  request.from = from;
  request.to = to;
  return ask(request).governed;
}

/// The bucket of such a request; nothing if it is not governed.
const CompiledPolicy::Bucket* CompiledPolicy::bucket_for(ActionId action,
                                                         std::optional<NodeId> from, NodeId to,
                                                         PurposeId purpose) const {
  Request request;
  request.action = action;
  request.from = from;
  request.to = to;
  request.purpose = purpose;
  const Asked asked = ask(request);
  return asked.governed ? asked.bucket : nullptr;
}

std::vector<CompiledPolicy::Way> CompiledPolicy::ways(ActionId action, std::optional<NodeId> from,
                                                      NodeId to, PurposeId purpose) const {
  const Bucket* bucket = bucket_for(action, from, to, purpose);
  if (bucket == nullptr) return {};
  std::vector<Way> ways;
  for (std::uint32_t e = bucket->permits; e < bucket->end; ++e) {
    const Entry& entry = entries_[e];
    const Effect effect = e < bucket->prohibitions   ? Effect::permit
                          : e < bucket->requirements ? Effect::prohibit
                                                     : Effect::require;
    ways.push_back({entry.rule, effect, entry.data, entry.sources, entry.when, entry.from,
                    entry.before, &cell_sets_[entry.cells]});
  }
  return ways;
}

CategorySet CompiledPolicy::permitted_data(ActionId action, std::optional<NodeId> from, NodeId to,
                                           PurposeId purpose) const {
  CategorySet data;
  if (const Bucket* bucket = bucket_for(action, from, to, purpose))
    for (std::uint32_t e = bucket->permits; e < bucket->prohibitions; ++e) data |= entries_[e].data;
  return data;
}

CompiledPolicy::About CompiledPolicy::about(const CategorySet& data) const {
  About about{DynamicSet(policy_->rules.size()), {}, {}};
  for (const Entry& entry : entries_) {
    if (!entry.data.intersects(data)) continue;
    about.rules.insert(entry.rule.index());
    about.sources |= entry.sources;
    if (policy_->rule(entry.rule).effect != Effect::prohibit) about.not_only_bar |= entry.sources;
  }
  return about;
}

bool CompiledPolicy::matches(const Entry& entry, const Asked& asked, CategoryId category) const {
  const Request& request = *asked.request;
  return entry.data.contains(category) && asked.sources.contains_all(entry.sources) &&
         met(entry.when, request.facts) && entry.from <= request.on && request.on < entry.before &&
         (entry.cells == everybody || cell_sets_[entry.cells].contains(request.cell.index()));
}

void CompiledPolicy::gather(const Asked& asked, CategoryId category, Matches& matches) const {
  const auto collect = [&](std::uint32_t first, std::uint32_t last, Matches::RuleList& rules) {
    for (std::uint32_t e = first; e < last; ++e) {
      const Entry& entry = entries_[e];
      // Why the first test: the entries of one rule stand together.
      if ((rules.empty() || rules.back() != entry.rule) && this->matches(entry, asked, category))
        rules.push_back(entry.rule);
    }
  };
  const Bucket& bucket = *asked.bucket;
  collect(bucket.permits, bucket.prohibitions, matches.permits);
  collect(bucket.prohibitions, bucket.requirements, matches.prohibitions);
  collect(bucket.requirements, bucket.end, matches.requirements);
}

bool CompiledPolicy::bars(RuleId prohibition, RuleId permit) const {
  if (derogates(permit, prohibition)) return false;
  if (policy_->strategy != Strategy::perm) return true;
  const Rule& rule = policy_->rule(prohibition);
  return rule.absolute || rule.layer < policy_->rule(permit).layer;
}

bool CompiledPolicy::is_void(const Matches& matches) const {
  if (policy_->strategy != Strategy::invalid) return false;
  for (const RuleId permit : matches.permits)
    for (const RuleId prohibition : matches.prohibitions)
      if (!derogates(permit, prohibition)) return true;
  return false;
}

bool CompiledPolicy::stands(RuleId permit, const Matches& matches) const {
  return std::none_of(matches.prohibitions.begin(), matches.prohibitions.end(),
                      [&](RuleId prohibition) { return bars(prohibition, permit); });
}

CompiledPolicy::Needs CompiledPolicy::needs_of(RuleId permit, const Matches& matches) const {
  Needs needs = needs_[permit.index()];
  for (const RuleId requirement : matches.requirements) {
    const Needs& more = needs_[requirement.index()];
    needs.desk |= more.desk;
    needs.less_than_data |= more.less_than_data;
    needs.bound_hands |= more.bound_hands;
    needs.logged |= more.logged;
    needs.recallable |= more.recallable;
    needs.hit_only |= more.hit_only;
    needs.suspended_when.must_hold |= more.suspended_when.must_hold;
    needs.suspended_when.must_not_hold |= more.suspended_when.must_not_hold;
    needs.redact |= more.redact;
    needs.before = std::min(needs.before, more.before);
    needs.retain_days = std::min(needs.retain_days, more.retain_days);
  }
  return needs;
}

bool CompiledPolicy::can_meet(const Needs& needs, const Asked& asked, CategoryId category) const {
  const Request& request = *asked.request;
  return asked.travelling_duties_met && (request.via.logged || !needs.logged) &&
         (request.via.recallable || !needs.recallable) && request.on < needs.before &&
         !any_so(needs.suspended_when, request.facts) && !needs.redact.contains(category) &&
         (!needs.hit_only || asked.root == RootAction::query);
}

/// Puts the permits that can be taken into `matches.takeable`, the least first.
void CompiledPolicy::rank(const Asked& asked, CategoryId category, Matches& matches) const {
  for (const RuleId permit : matches.permits)
    if (stands(permit, matches) && can_meet(needs_of(permit, matches), asked, category))
      matches.takeable.push_back(permit);
  if (matches.takeable.size() < 2) return;
  const auto burden = [&](RuleId permit) {
    const Needs needs = needs_of(permit, matches);
    return std::tuple(needs.desk, needs.less_than_data, needs.bound_hands, -needs.retain_days,
                      permit);
  };
  std::sort(matches.takeable.begin(), matches.takeable.end(),
            [&](RuleId a, RuleId b) { return burden(a) < burden(b); });
}

Decision CompiledPolicy::conclude(const Asked& asked, CategoryId category, Matches& matches) const {
  if (is_void(matches)) return {Verdict::deny, Because::conflict, {}};
  rank(asked, category, matches);
  if (!matches.takeable.empty()) return {Verdict::permit, Because::none, matches.takeable.front()};
  const bool one_stands = std::any_of(matches.permits.begin(), matches.permits.end(),
                                      [&](RuleId permit) { return stands(permit, matches); });
  if (one_stands) return {Verdict::deny, Because::duty_unmet, {}};
  if (!matches.prohibitions.empty()) return {Verdict::deny, Because::prohibited, {}};
  return {Verdict::deny, Because::no_permit, {}};
}

Decision CompiledPolicy::decide(const Request& request, CategoryId category) const {
  const Asked asked = ask(request);
  if (!asked.governed) return {Verdict::not_governed, Because::none, {}};
  if (asked.bucket->permits == asked.bucket->end) return {Verdict::deny, Because::no_permit, {}};
  Matches matches;
  gather(asked, category, matches);
  return conclude(asked, category, matches);
}

std::vector<CompiledPolicy::Alternative> CompiledPolicy::alternatives(const Request& request,
                                                                      CategoryId category) const {
  const Asked asked = ask(request);
  if (!asked.governed) return {};
  Matches matches;
  gather(asked, category, matches);
  if (conclude(asked, category, matches).verdict != Verdict::permit) return {};
  std::vector<Alternative> all;
  for (const RuleId permit : matches.takeable)
    all.push_back({permit, {matches.requirements.begin(), matches.requirements.end()}});
  return all;
}

EffectiveDuties CompiledPolicy::duties_of(const Alternative& alternative) const {
  EffectiveDuties duties;
  merge(duties, policy_->rule(alternative.permit).duties);
  for (const RuleId requirement : alternative.requirements)
    merge(duties, policy_->rule(requirement).duties);
  return duties;
}

/// The prohibitions that bar a permit (all if there is none), and in a void
/// category the permits too.
void CompiledPolicy::name_collisions(const Matches& m, Explanation& answer) const {
  const bool conflict = answer.because == Because::conflict;
  const auto collides = [&](RuleId permit, RuleId prohibition) {
    return conflict ? !derogates(permit, prohibition) : bars(prohibition, permit);
  };
  for (const RuleId prohibition : m.prohibitions)
    if (m.permits.empty() || std::any_of(m.permits.begin(), m.permits.end(), [&](RuleId permit) {
          return collides(permit, prohibition);
        }))
      answer.rules.push_back(prohibition);
  for (const RuleId permit : m.permits)
    if (conflict && std::any_of(m.prohibitions.begin(), m.prohibitions.end(),
                                [&](RuleId prohibition) { return collides(permit, prohibition); }))
      answer.rules.push_back(permit);
  std::sort(answer.rules.begin(), answer.rules.end());
}

/// Finds, for each prohibition of the answer, the shortest chain by which it matches, if it needs
/// one.
void CompiledPolicy::trace_inferences(const Asked& asked, CategoryId category,
                                      Explanation& answer) const {
  for (const auto* list : {&answer.rules, &answer.derogates_from, &answer.overrides})
    for (const RuleId rule : *list) {
      const std::vector<std::size_t>* shortest = nullptr;
      for (std::uint32_t e = asked.bucket->prohibitions; e < asked.bucket->requirements; ++e) {
        const Entry& entry = entries_[e];
        if (entry.rule != rule || !matches(entry, asked, category)) continue;
        const std::vector<std::size_t>& chain = chains_[entry.chain];
        if (shortest == nullptr || chain.size() < shortest->size()) shortest = &chain;
      }
      if (shortest != nullptr && !shortest->empty()) answer.through.push_back({rule, *shortest});
    }
}

Explanation CompiledPolicy::explain(const Request& request, CategoryId category,
                                    std::optional<RuleId> without) const {
  Explanation answer;
  const Asked asked = ask(request);
  answer.answered_for_outsider = asked.for_outsider;
  if (!asked.governed) {
    answer.verdict = Verdict::not_governed;
    return answer;
  }
  Matches m;
  gather(asked, category, m);
  if (without) m.remove(*without);
  const Decision decision = conclude(asked, category, m);
  answer.verdict = decision.verdict;
  answer.because = decision.because;

  if (decision.verdict == Verdict::permit) {
    answer.rules.push_back(decision.permit);
    answer.rules.insert(answer.rules.end(), m.requirements.begin(), m.requirements.end());
    answer.duties = duties_of({decision.permit, {m.requirements.begin(), m.requirements.end()}});
    answer.alternatives.assign(m.takeable.begin() + 1, m.takeable.end());
    for (const RuleId prohibition : m.prohibitions)
      (derogates(decision.permit, prohibition) ? answer.derogates_from : answer.overrides)
          .push_back(prohibition);
  } else if (decision.because == Because::duty_unmet) {
    for (const RuleId permit : m.permits)
      if (stands(permit, m)) answer.rules.push_back(permit);
  } else {
    name_collisions(m, answer);
  }
  trace_inferences(asked, category, answer);

  const auto add_unmodelled = [&](const std::vector<RuleId>& rules) {
    for (const RuleId rule : rules)
      for (const std::string& text : policy_->rule(rule).unmodelled)
        if (std::find(answer.unmodelled.begin(), answer.unmodelled.end(), text) ==
            answer.unmodelled.end())
          answer.unmodelled.push_back(text);
  };
  add_unmodelled(answer.rules);
  add_unmodelled(answer.derogates_from);
  add_unmodelled(answer.overrides);
  return answer;
}

const char* to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::permit: return "permit";
    case Verdict::deny: return "deny";
    case Verdict::not_governed: return "not-governed";
  }
  return "";
}

const char* to_string(Because because) {
  switch (because) {
    case Because::none: return "";
    case Because::conflict: return "conflict";
    case Because::prohibited: return "prohibited";
    case Because::duty_unmet: return "duty-unmet";
    case Because::no_permit: return "no-permit";
  }
  return "";
}

}  // namespace onward
