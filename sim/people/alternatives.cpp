// SPDX-License-Identifier: Apache-2.0
#include "sim/people/alternatives.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace onward {
namespace {

constexpr double forever = std::numeric_limits<double>::infinity();

void add_steps(Step step, const std::vector<Authorisation>& authorisations,
               std::vector<DeskStep>& steps) {
  for (const Authorisation& one : authorisations)
    if (one.case_by_case || step != Step::authorisation) steps.push_back({step, one.desk, one});
}

std::uint64_t word(std::size_t a, std::size_t b, std::size_t c, std::size_t d) {
  return std::uint64_t{a} | std::uint64_t{b} << 16 | std::uint64_t{c} << 32 |
         std::uint64_t{d} << 48;
}

}  // namespace

bool Alternative::stands(RuleId of) const {
  return std::find(standing.begin(), standing.end(), of) != standing.end();
}

bool Alternative::before(const Alternative& other) const {
  const auto burden = [](const Alternative& a) {
    return std::tuple(a.verdict == Verdict::deny, !a.desks.empty(), a.hit_only || a.anonymous,
                      a.no_onward || a.purpose_only || a.recall, -a.retain_days, a.permit);
  };
  return burden(*this) < burden(other);
}

std::size_t Alternatives::Memory::place(const Key& key) const {
  const std::uint64_t hash = (key.ends * 0x9fb21c651e98df25ULL) ^
                             (key.about * 0xd6e8feb86659fd93ULL) ^
                             ((key.provenance + 1) * (key.facts ^ 0xa0761d6478bd642fULL));
  std::size_t at = ((hash * 0x9e3779b97f4a7c15ULL) >> 32) & (slots_.size() - 1);
  while (slots_[at].value != 0 && !(slots_[at].key == key)) at = (at + 1) & (slots_.size() - 1);
  return at;
}

std::uint32_t Alternatives::Memory::find(const Key& key) const {
  return slots_[place(key)].value;
}

void Alternatives::Memory::add(const Key& key, std::uint32_t value) {
  if (2 * ++used_ > slots_.size()) {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old)
      if (slot.value != 0) slots_[place(slot.key)] = slot;
  }
  slots_[place(key)] = {key, value};
}

Alternatives::Alternatives(const Plan& plan, const RuleMarks* marks)
    : plan_(&plan), marks_(marks), provenances_(1) {
  using Likeness = std::tuple<std::size_t, std::size_t, bool, SourceSet, std::vector<std::size_t>>;
  std::map<Likeness, std::uint16_t> classes;
  for (std::size_t n = 0; n < plan.node_names.size(); ++n) {
    const NodeId node(n);
    const Likeness likeness(plan.policy.class_of_sender(node), plan.policy.class_of_recipient(node),
                            plan.binds(node), plan.policy.sources_of(node),
                            marks == nullptr ? std::vector<std::size_t>{} : marks->likeness(node));
    class_of_node_.push_back(
        classes.emplace(likeness, static_cast<std::uint16_t>(classes.size())).first->second);
  }
}

double Alternatives::keep_days(Question question) {
  if (!plan_->binds(question.to)) return forever;
  question.action = ActionId(static_cast<std::size_t>(RootAction::retain));
  const Alternative& may_keep = answer(question);
  return may_keep.verdict == Verdict::permit ? may_keep.retain_days : 0;
}

/// The span between two dates on which rules change.
std::size_t Alternatives::epoch(double at) const {
  std::size_t epoch = 0;
  while (epoch < plan_->epochs.size() && plan_->epochs[epoch] <= plan_->model.start + at) ++epoch;
  return epoch;
}

const std::vector<Alternatives::Collected>& Alternatives::collected(const StatePlan& state,
                                                                    NodeId node, PurposeId purpose,
                                                                    CellId cell, double at) {
  const Key key = {word(class_of_node_[node.index()], cell.index(), epoch(at), 0), state.number, 0,
                   0};
  if (const std::uint32_t known = collected_.find(key)) {
    met_ |= collections_[known - 1]->met;
    return collections_[known - 1]->all;
  }
  const Marks met_before = std::exchange(met_, Marks{0});
  auto collection = std::make_unique<Collection>();
  for (const CategoryId category : state.collects) {
    Question question;
    question.action = ActionId(static_cast<std::size_t>(RootAction::collect));
    question.to = node;
    question.purpose = purpose;
    question.category = category;
    question.cell = cell;
    question.at = at;
    const Alternative& may_collect = answer(question);
    if (may_collect.verdict == Verdict::deny) continue;
    collection->all.push_back(
        {category, keep_days(question), handed_on(0, {}, &may_collect, purpose)});
  }
  collection->met = met_;
  met_ |= met_before;
  collections_.push_back(std::move(collection));
  collected_.add(key, static_cast<std::uint32_t>(collections_.size()));
  return collections_.back()->all;
}

const Alternative& Alternatives::answer(const Question& question) {
  const Alternative& answer = known(question);
  met_ |= answer.met;
  return answer;
}

const Alternative& Alternatives::known(const Question& q) {
  const std::size_t from = q.from ? class_of_node_[q.from->index()] : 0xffff;
  const std::size_t to = class_of_node_[q.to.index()];
  const std::size_t via = (q.via.logged ? 1U : 0U) | (q.via.recallable ? 2U : 0U);
  Key key = {word(q.action.index(), from, to, q.purpose.index()),
             word(q.category.index(), q.cell.index(), epoch(q.at), via), q.provenance, 0};
  q.facts.for_each([&](FactId fact) { key.facts |= std::uint64_t{1} << fact.index(); });
  if (const std::uint32_t known = answers_.find(key)) return *alternatives_[known - 1];
  Alternative answer = ask(q);
  auto same = std::find_if(alternatives_.begin(), alternatives_.end(),
                           [&](const auto& known) { return *known == answer; });
  if (same == alternatives_.end()) {
    alternatives_.push_back(std::make_unique<const Alternative>(std::move(answer)));
    same = alternatives_.end() - 1;
  }
  answers_.add(key, static_cast<std::uint32_t>(same - alternatives_.begin() + 1));
  return **same;
}

Request Alternatives::request(const Question& q) const {
  Request request;
  request.action = q.action;
  request.from = q.from;
  request.to = q.to;
  request.purpose = q.purpose;
  request.cell = q.cell;
  request.provenance = provenances_[q.provenance];
  request.facts = q.facts;
  request.via = q.via;
  request.on = plan_->model.start + q.at;
  return request;
}

Alternative Alternatives::ask(const Question& q) const {
  const Request request = this->request(q);
  const Explanation explanation = plan_->policy.explain(request, q.category);
  Alternative answer;
  if (marks_ != nullptr) answer.met = marks_->met(request, q.category);
  answer.verdict = explanation.verdict;
  answer.because = explanation.because;
  answer.retain_days = forever;
  if (explanation.verdict != Verdict::permit) return answer;
  answer.permit = explanation.rules.front();
  answer.standing = explanation.alternatives;
  answer.standing.push_back(answer.permit);
  const EffectiveDuties& duties = explanation.duties;
  const Duties& rest = duties.rest;
  answer.hit_only = rest.hit_only;
  answer.anonymous = rest.pseudonymise || rest.aggregate_only;
  answer.no_onward = rest.no_onward;
  answer.recall = rest.recall;
  answer.purpose_only = rest.purpose_only;
  answer.retention_given = rest.retain_days.has_value();
  if (rest.retain_days) answer.retain_days = *rest.retain_days;
  answer.notify_days = rest.notify_days.value_or(0);
  for (const DeskReference& desk : duties.human_verification)
    answer.desks.push_back({Step::verification, desk, std::nullopt});
  add_steps(Step::guardian, duties.guardian, answer.desks);
  add_steps(Step::consent, duties.consent_of_origin, answer.desks);
  add_steps(Step::authorisation, duties.authorised_by, answer.desks);
  return answer;
}

ProvenanceId Alternatives::handed_on(ProvenanceId by, std::optional<NodeId> sender,
                                     const Alternative* under, PurposeId purpose) {
  const bool no_onward = under != nullptr && under->no_onward;
  const bool recall = under != nullptr && under->recall;
  const bool purpose_only = under != nullptr && under->purpose_only;
  const std::size_t duties = (no_onward ? 1U : 0U) | (recall ? 2U : 0U) | (purpose_only ? 4U : 0U);
  const Key key = {by, word(sender ? sender->index() : 0xffff, duties, purpose.index(), 1), 0, 0};
  if (const std::uint32_t known = handed_on_.find(key)) return known - 1;
  const Provenance next =
      onward::handed_on(provenances_[by], sender ? plan_->policy.sources_of(*sender) : SourceSet{},
                        {no_onward, recall, purpose_only}, purpose);
  const auto found = std::find(provenances_.begin(), provenances_.end(), next);
  const auto id = static_cast<ProvenanceId>(found - provenances_.begin());
  if (found == provenances_.end()) provenances_.push_back(next);
  handed_on_.add(key, id + 1);
  return id;
}

}  // namespace onward
