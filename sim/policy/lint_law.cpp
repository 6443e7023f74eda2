// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/lint_law.hpp"

#include <algorithm>
#include <cctype>

namespace onward {
namespace {

using Nodes = std::function<bool(NodeId)>;

/// Looks at the basis of one rule, and at the nodes that it is about.
class LawLinter {
 public:
  LawLinter(const LintContext& context, RuleId id, const RequestSituations* situations,
            std::vector<LintFinding>& findings)
      : context_(context),
        policy_(context.compiled.policy()),
        id_(id),
        rule_(policy_.rule(id)),
        situations_(situations),
        findings_(findings) {}

  void check_ground() {
    const Nodes third_country = [this](NodeId node) {
      return node_at(node).kind == NodeKind::third_country && !policy_.binds.contains(node.index());
    };
    if (hands_over() && rule_.basis.transfer_ground.empty() && any(rule_.to, third_country))
      report(LintFinding::Code::transfer_without_ground,
             ticked(rule_.id) + " transfers to a third country without a ground",
             "write `transfer_ground` in its `basis`, such as `GDPR 49(1)(d)` or `LED 38`",
             [&](auto /*from*/, NodeId to) { return third_country(to); });
  }

  void check_consent() {
    const bool consent = names_article(rule_.basis.ground, "6(1)(a)") ||
                         names_article(rule_.basis.ground, "9(2)(a)");
    const Nodes public_body = [this](NodeId node) {
      return node_at(node).kind == NodeKind::authority || node_at(node).kind == NodeKind::eu_agency;
    };
    if (consent &&
        (any(rule_.to, public_body) || (!rule_.from_subject && any(rule_.from, public_body))))
      report(LintFinding::Code::consent_of_authority,
             ticked(rule_.id) + " lets a public authority rely on consent",
             "where there is a clear imbalance consent is hardly given freely (GDPR recital 43)",
             [&](std::optional<NodeId> from, NodeId to) {
               return public_body(to) || (from && public_body(*from));
             });
  }

  void check_regimes() {
    if (!hands_over()) return;
    const auto of = [this](const char* regime) {
      return [this, regime](NodeId node) { return node_at(node).regime == regime; };
    };
    // What is said there has been thought of.
    const auto leads = [&](const char* from, const char* to, const char* law) {
      return any(rule_.from, of(from)) && any(rule_.to, of(to)) && !unmodelled_names(law);
    };
    const bool into_led = leads("gdpr", "led", "LED");
    if (!into_led && !leads("led", "gdpr", "GDPR")) return;
    report(LintFinding::Code::regime_switch,
           ticked(rule_.id) + " leads from the regime of the " +
               (into_led ? "GDPR into that of the LED" : "LED into that of the GDPR"),
           std::string("another law governs the recipient; say in the rule's `unmodelled` what "
                       "the ") +
               (into_led ? "LED" : "GDPR") + " changes",
           [&, into_led](std::optional<NodeId> from, NodeId to) {
             return from && of(into_led ? "gdpr" : "led")(*from) &&
                    of(into_led ? "led" : "gdpr")(to);
           });
  }

  void check_basis() {
    if (rule_.basis.status == "practice")
      report(LintFinding::Code::no_law, ticked(rule_.id) + " rests on practice, not on law",
             "cite the law that lets it be done, or say in `unmodelled` what is missing", {});
    if (says_not_read(rule_)) {
      report(LintFinding::Code::not_read,
             ticked(rule_.id) + " says that a source of it was not read or not verified",
             "read it before the rule is cited: " + rule_.basis.citation, {});
      findings_.back().severity = Severity::note;
    }
    if (rule_.effect == Effect::permit && rule_.basis.status != "invented" &&
        rule_.basis.ground.empty() && rule_.basis.transfer_ground.empty()) {
      report(LintFinding::Code::no_ground, ticked(rule_.id) + " names no ground of processing",
             "write `ground` in its `basis`, such as `GDPR 6(1)(e)` or `LED 8`", {});
      findings_.back().severity = Severity::note;
    }
  }

 private:
  void report(LintFinding::Code code, std::string message, std::string help,
              const RequestSituations::Ends& ends) {
    LintFinding finding{code, Severity::warning, id_, {}, std::move(message), std::move(help), {}};
    if (situations_ != nullptr)
      finding.example = ends ? situations_->example(id_, ends) : situations_->example(id_);
    findings_.push_back(std::move(finding));
  }

  [[nodiscard]] const Node& node_at(NodeId node) const {
    return context_.world.nodes[node.index()];
  }

  [[nodiscard]] bool any(const std::optional<NodeSelector>& selector, const Nodes& test) const {
    const DynamicSet nodes =
        selector ? selector->possible() : DynamicSet(context_.world.nodes.size(), true);
    bool found = false;
    nodes.for_each([&](std::size_t n) { found = found || test(NodeId(n)); });
    return found;
  }

  /// Whether the text names the article, and not one whose number only ends alike.
  static bool names_article(const std::string& text, std::string_view article) {
    const std::size_t at = text.find(article);
    return at != std::string::npos &&
           (at == 0 || std::isdigit(static_cast<unsigned char>(text[at - 1])) == 0);
  }

  [[nodiscard]] bool unmodelled_names(const char* law) const {
    return std::any_of(rule_.unmodelled.begin(), rule_.unmodelled.end(),
                       [&](const std::string& text) { return text.find(law) != text.npos; });
  }

  [[nodiscard]] bool hands_over() const {
    return std::any_of(rule_.actions.begin(), rule_.actions.end(), [&](ActionId action) {
      const RootAction root = context_.vocabulary.root(action);
      return root == RootAction::disclose || root == RootAction::query;
    });
  }

  const LintContext& context_;
  const Policy& policy_;
  RuleId id_;
  const Rule& rule_;
  const RequestSituations* situations_;
  std::vector<LintFinding>& findings_;
};

}  // namespace

bool says_not_read(const Rule& rule) {
  const auto says = [](const std::string& text) {
    return text.find("not read") != text.npos || text.find("not verified") != text.npos;
  };
  return says(rule.basis.citation) ||
         std::any_of(rule.unmodelled.begin(), rule.unmodelled.end(), says);
}

void lint_law(const LintContext& context, RuleId rule, const RequestSituations* situations,
              std::vector<LintFinding>& findings) {
  const Rule& looked_at = context.compiled.policy().rule(rule);
  if (looked_at.effect != Effect::permit || looked_at.basis.status == "invented") return;
  LawLinter linter(context, rule, situations, findings);
  linter.check_ground();
  linter.check_consent();
  linter.check_regimes();
}

void lint_basis(const LintContext& context, RuleId rule, const RequestSituations& situations,
                std::vector<LintFinding>& findings) {
  LawLinter(context, rule, &situations, findings).check_basis();
}

}  // namespace onward
