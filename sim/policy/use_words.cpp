// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/use_words.hpp"

#include <string>

namespace onward {
namespace {

/// Words for what became of one rule.
class UseWords {
 public:
  UseWords(const RuleUse& use, RuleId id, const LintContext& context,
           const RequestSituations& situations)
      : use_(use),
        context_(context),
        policy_(context.compiled.policy()),
        rule_(policy_.rule(id)),
        situations_(situations) {
    finding_.rule = id;
    finding_.others = use.others;
    finding_.example = use.example;
  }

  LintFinding finding() {
    switch (use_.use) {
      case Use::never_applies: never_applies(); break;
      case Use::shadowed: shadowed(); break;
      case Use::unmet:
        say(LintFinding::Code::duties_unmet,
            " permits nothing: its duties can be met by no request that "
            "it matches",
            "look at its `sunset`, at `hit_only` where nothing is queried, and at what is redacted "
            "or suspended, here and in the rules with effect `require`");
        break;
      case Use::redundant: redundant(); break;
      case Use::idle: idle(); break;
      case Use::unknown:
      case Use::effective:
        say(LintFinding::Code::too_large,
            " was not worked out: there are too many kinds of requests that "
            "it matches",
            "rules with many conditions on facts or provenance at once make it so");
        finding_.severity = Severity::note;
        break;
    }
    return std::move(finding_);
  }

 private:
  void say(LintFinding::Code code, const std::string& what, std::string help) {
    finding_.code = code;
    finding_.message = ticked(rule_.id) + what;
    finding_.help = std::move(help);
  }

  /// `X` (article), where there is one; else `between them` all.
  [[nodiscard]] bool one() const { return use_.others.size() == 1; }
  [[nodiscard]] std::string others() const {
    if (one()) {
      const Rule& other = policy_.rule(use_.others.front());
      return ticked(other.id) + " (" + other.basis.citation + ")";
    }
    std::vector<std::string> names;
    for (const RuleId other : use_.others) names.push_back(policy_.rule(other).id);
    return all_of(names) + ", now one and now another,";
  }
  [[nodiscard]] std::string verb(const char* singular, const char* plural) const {
    return std::string(" ") + (one() ? singular : plural);
  }

  void never_applies() {
    say(LintFinding::Code::never_applies, " never applies: " + why_never(),
        "mend the condition, or delete the rule");
    // To show what happens to such a request: nobody is governed.
    if (!in_time()) return;
    finding_.example = situations_.ungoverned_example(finding_.rule);
  }

  [[nodiscard]] bool in_time() const {
    return !(rule_.in_force_from && context_.days.last < *rule_.in_force_from) &&
           !(rule_.in_force_until && *rule_.in_force_until < context_.days.first);
  }

  [[nodiscard]] std::string why_never() const {
    if (!in_time())
      return (rule_.in_force_from && context_.days.last < *rule_.in_force_from
                  ? "it is in force from " + to_string(*rule_.in_force_from)
                  : "it is in force until " + to_string(*rule_.in_force_until)) +
             ", the scenario runs from " + to_string(context_.days.first) + " to " +
             to_string(context_.days.last);
    for (const auto& [key, selector] :
         {std::pair("from", &rule_.from), {"to", &rule_.to}, {"data_from", &rule_.data_from}})
      if (*selector && (*selector)->possible().empty())
        return "its " + ticked(key) + " selects no node";
    if (context_.cells.where(rule_.subjects).empty()) return "nobody is as its `subjects` say";
    if (situations_.ungoverned_example(finding_.rule))
      return "the policy binds none of the nodes that would act under it";
    return "no request fits all its conditions together";
  }

  void shadowed() {
    switch (use_.cause) {
      case Cause::barred:
        say(LintFinding::Code::shadowed,
            " permits nothing: wherever it matches, " + others() + verb("prohibits", "prohibit") +
                " it",
            "name what it may set aside in `derogates_from`, narrow the prohibition, or delete "
            "the permit");
        break;
      case Cause::passed_over:
        say(LintFinding::Code::shadowed,
            " is never used: wherever it permits, " + others() + verb("is", "are") +
                " taken before it",
            "of several permits the least burdensome is taken, then the first by name; narrow the "
            "other, or delete this one");
        break;
      default:
        say(LintFinding::Code::shadowed,
            " is never used: wherever it matches, " + others() + verb("prohibits", "prohibit") +
                " it or" + verb("is", "are") + " taken before it",
            "narrow the others, or delete this one");
    }
  }

  void redundant() {
    switch (use_.cause) {
      case Cause::replaceable:
        say(LintFinding::Code::redundant,
            " adds nothing: " + others() + verb("permits", "permit") +
                " the same under the same duties",
            "without it every verdict is the same; delete it, or say what sets it apart");
        break;
      case Cause::asked_anyway:
        say(LintFinding::Code::redundant,
            " adds no duty: " + others() + verb("asks", "ask") + " for what it asks for",
            "without it every verdict is the same; delete it, or say what sets it apart");
        break;
      case Cause::nothing_permitted:
        say(LintFinding::Code::redundant,
            " adds no duty: nothing that it matches is ever permitted",
            "duties count only where something is permitted; mend the condition, or delete it");
        break;
      case Cause::permitted_anyway:
        say(LintFinding::Code::redundant,
            " prohibits nothing: where it bars a permit, another one is taken all the same",
            "without it every verdict is the same");
        finding_.severity = Severity::note;
        break;
      case Cause::gives_way:
        say(LintFinding::Code::redundant,
            " prohibits nothing: every permit that it meets derogates from it or wins over it",
            "without it every verdict is the same");
        finding_.severity = Severity::note;
        break;
      default:
        say(LintFinding::Code::redundant,
            " adds nothing: what it prohibits, " + others() + verb("prohibits", "prohibit") +
                " too",
            "without it every verdict is the same; right if the law says it twice");
        finding_.severity = Severity::note;
    }
  }

  void idle() {
    const std::string help =
        "without it the same is permitted, under the same duties; it counts among the reasons of "
        "a denial, and would bar a later permit";
    const std::string what = " decides nothing by itself: ";
    switch (use_.cause) {
      case Cause::nothing_permitted:
        say(LintFinding::Code::idle, what + "no rule permits what it prohibits", help);
        break;
      case Cause::permitted_anyway:
        say(LintFinding::Code::idle,
            what + "where it bars a permit, another one is taken all the same", help);
        break;
      case Cause::gives_way:
        say(LintFinding::Code::idle,
            what + "every permit that it meets derogates from it or wins over it", help);
        break;
      case Cause::barred_anyway:
        say(LintFinding::Code::idle,
            what + "of what is permitted and it prohibits, " + others() +
                verb("prohibits", "prohibit") + " all too",
            help);
        break;
      default:
        say(LintFinding::Code::idle,
            what + others() + verb("permits", "permit") + " the same under the same duties",
            "without it the same is permitted, under the same duties; some denials name other "
            "reasons");
    }
    finding_.severity = Severity::note;
  }

  const RuleUse& use_;
  const LintContext& context_;
  const Policy& policy_;
  const Rule& rule_;
  const RequestSituations& situations_;
  LintFinding finding_;
};

}  // namespace

LintFinding in_words(const RuleUse& use, RuleId rule, const LintContext& context,
                     const RequestSituations& situations) {
  return UseWords(use, rule, context, situations).finding();
}

}  // namespace onward
