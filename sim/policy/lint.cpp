// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/lint.hpp"

#include <algorithm>
#include <limits>

#include "sim/policy/lint_law.hpp"
#include "sim/policy/use_words.hpp"

namespace onward {
namespace {

/// A rule with its article.
std::string named(const Policy& policy, RuleId rule) {
  return ticked(policy.rule(rule).id) + " (" + policy.rule(rule).basis.citation + ")";
}

/// What a patch permits and what stays prohibited all the same.
void lint_patch(const LintContext& context, RuleId id, const RequestSituations& situations,
                std::vector<LintFinding>& findings) {
  const Policy& policy = context.compiled.policy();
  const std::vector<Conflict> conflicts = situations.conflicts(id);
  const auto clash = std::find_if(conflicts.begin(), conflicts.end(),
                                  [](const Conflict& conflict) { return conflict.plain; });
  if (clash == conflicts.end()) return;
  const Rule& other = policy.rule(clash->prohibition);
  const Vocabulary& words = context.vocabulary;
  const NameTable<NodeId>& nodes = context.world.node_names;
  const Request& request = clash->situation.request;
  LintFinding finding;
  finding.code = LintFinding::Code::permits_prohibited;
  finding.severity = Severity::error;
  finding.rule = id;
  finding.others = {clash->prohibition};
  finding.message =
      ticked(policy.rule(id).id) + " permits what " + named(policy, clash->prohibition) +
      " prohibits: " + words.action_names.name(request.action) + " " +
      ticked(words.category_names.name(clash->situation.category)) + " from " +
      ticked(request.from ? nodes.name(*request.from) : "subject") + " to " +
      ticked(nodes.name(request.to)) + " for " + ticked(words.purpose_names.name(request.purpose));
  finding.help = other.absolute ? "the prohibition is absolute: narrow the permit, or withdraw or "
                                  "amend the prohibition in the patch"
                                : "name " + ticked(other.id) +
                                      " in `derogates_from`, withdraw or amend it in the patch, "
                                      "or narrow the permit";
  finding.example = clash->situation;
  findings.push_back(std::move(finding));
}

/// Permits that meet prohibitions without derogating from them; `barred`: and lose.
void lint_conflicts(const LintContext& context, RuleId id, const std::vector<Conflict>& conflicts,
                    bool barred, std::vector<LintFinding>& findings) {
  const CompiledPolicy& compiled = context.compiled;
  const Policy& policy = compiled.policy();
  LintFinding finding;
  std::vector<std::string> names;
  for (const Conflict& conflict : conflicts) {
    if (compiled.bars(conflict.prohibition, id) != barred) continue;
    if (!finding.example) finding.example = conflict.situation;
    finding.others.push_back(conflict.prohibition);
    names.push_back(policy.rule(conflict.prohibition).id);
  }
  if (names.empty()) return;
  finding.code = LintFinding::Code::conflict;
  const bool is_void = policy.strategy == Strategy::invalid;
  finding.severity = is_void ? Severity::warning : Severity::note;
  finding.rule = id;
  finding.message = named(policy, id) + " also permits what " +
                    (names.size() == 1 ? named(policy, finding.others.front()) : all_of(names)) +
                    (names.size() == 1 ? " prohibits" : " prohibit") + "; there " +
                    (is_void  ? "the request is void"
                     : barred ? "the prohibition wins"
                              : "the permit wins");
  finding.help =
      is_void || barred
          ? "right if the one narrows the other; else name the prohibition in `derogates_from`"
          : "right if the strategy `perm` is meant to decide; else narrow the permit";
  findings.push_back(std::move(finding));
}

void lint_use(const LintContext& context, RuleId id, const RequestSituations& situations,
              std::vector<LintFinding>& findings) {
  RuleUse use = use_of(id, context.compiled, situations);
  if (use.use == Use::effective || use.use == Use::idle || use.use == Use::unknown)
    if (context.compiled.policy().rule(id).effect == Effect::permit) {
      const std::vector<Conflict> conflicts = situations.conflicts(id);
      lint_conflicts(context, id, conflicts, true, findings);
      lint_conflicts(context, id, conflicts, false, findings);
    }
  if (use.use != Use::effective) findings.push_back(in_words(use, id, context, situations));
}

/// Any day at all.
Days always() {
  constexpr std::int32_t far = std::numeric_limits<std::int32_t>::max() / 4;
  return {Date(-far), Date(far)};
}

}  // namespace

const char* to_string(LintFinding::Code code) {
  switch (code) {
    case LintFinding::Code::permits_prohibited: return "permits-prohibited";
    case LintFinding::Code::consent_of_authority: return "consent-of-authority";
    case LintFinding::Code::transfer_without_ground: return "transfer-without-ground";
    case LintFinding::Code::regime_switch: return "regime-switch";
    case LintFinding::Code::no_law: return "no-law";
    case LintFinding::Code::not_read: return "not-read";
    case LintFinding::Code::no_ground: return "no-ground";
    case LintFinding::Code::never_applies: return "never-applies";
    case LintFinding::Code::shadowed: return "shadowed";
    case LintFinding::Code::duties_unmet: return "duties-unmet";
    case LintFinding::Code::redundant: return "redundant";
    case LintFinding::Code::idle: return "idle";
    case LintFinding::Code::conflict: return "conflict";
    case LintFinding::Code::too_large: return "too-large";
  }
  return "";
}

Diagnostic to_diagnostic(const LintFinding& finding, const Policy& policy) {
  return {finding.severity, policy.rule(finding.rule).place, finding.message, finding.help};
}

std::vector<LintFinding> lint(const LintContext& context) {
  const RequestSituations situations(context.compiled, context.vocabulary, context.world,
                                     context.cells, context.days);
  std::vector<LintFinding> findings;
  for (std::size_t r = 0; r < context.compiled.policy().rules.size(); ++r) {
    const RuleId rule(r);
    lint_law(context, rule, &situations, findings);
    lint_basis(context, rule, situations, findings);
    lint_use(context, rule, situations, findings);
  }
  return findings;
}

std::vector<LintFinding> lint_while_loading(const LintContext& context) {
  const Policy& policy = context.compiled.policy();
  std::optional<RequestSituations> situations;
  std::vector<LintFinding> findings;
  for (std::size_t r = 0; r < policy.rules.size(); ++r) {
    const Rule& rule = policy.rules[r];
    if (!policy.extends.empty() && !rule.from_patch) continue;
    if (rule.effect == Effect::permit && rule.from_patch) {
      if (!situations)
        situations.emplace(context.compiled, context.vocabulary, context.world, context.cells,
                           always());
      lint_patch(context, RuleId(r), *situations, findings);
    }
    lint_law(context, RuleId(r), nullptr, findings);
  }
  return findings;
}

}  // namespace onward
