// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/lint.hpp"

#include <algorithm>
#include <cctype>

namespace onward {
namespace {

/// Looks over one policy.
class Linter {
 public:
  Linter(const CompiledPolicy& compiled, const Vocabulary& vocabulary, const World& world,
         Diagnostics& diagnostics)
      : policy_(compiled.policy()),
        compiled_(compiled),
        vocabulary_(vocabulary),
        world_(world),
        diagnostics_(diagnostics) {}

  void run() {
    for (std::size_t r = 0; r < policy_.rules.size(); ++r) {
      const Rule& rule = policy_.rules[r];
      if (rule.effect != Effect::permit) continue;
      // Why: what a policy inherits was looked over where it was written.
      if (!policy_.extends.empty() && !rule.from_patch) continue;
      if (rule.from_patch) check_clash(rule, RuleId(r));
      if (rule.basis.status == "invented") continue;
      check_ground(rule);
      check_consent(rule);
      check_regimes(rule);
    }
  }

 private:
  void report(Severity severity, const Rule& rule, std::string message, std::string help) {
    diagnostics_.push_back({severity, rule.place, std::move(message), std::move(help)});
  }

  void check_clash(const Rule& rule, RuleId id) {
    const auto clash = compiled_.clash_of(id);
    if (!clash) return;
    const Rule& other = policy_.rule(clash->prohibition);
    const Vocabulary& words = vocabulary_;
    const NameTable<NodeId>& nodes = world_.node_names;
    report(Severity::error, rule,
           ticked(rule.id) + " permits what " + ticked(other.id) + " (" + other.basis.citation +
               ") prohibits: " + words.action_names.name(clash->action) + " " +
               ticked(words.category_names.name(clash->category)) + " from " +
               ticked(clash->from ? nodes.name(*clash->from) : "subject") + " to " +
               ticked(nodes.name(clash->to)) + " for " +
               ticked(words.purpose_names.name(clash->purpose)),
           other.absolute
               ? "the prohibition is absolute: narrow the permit, or withdraw or amend the "
                 "prohibition in the patch"
               : "name " + ticked(other.id) +
                     " in `derogates_from`, withdraw or amend it in the patch, or narrow "
                     "the permit");
  }

  template <class Test>
  bool any_node(const std::optional<NodeSelector>& selector, Test test) const {
    const DynamicSet nodes =
        selector ? selector->possible() : DynamicSet(world_.nodes.size(), true);
    for (std::size_t n = 0; n < nodes.size(); ++n)
      if (nodes.contains(n) && test(NodeId(n), world_.nodes[n])) return true;
    return false;
  }

  /// Whether the text names the article, and not one whose number only ends alike.
  static bool names_article(const std::string& text, std::string_view article) {
    const std::size_t at = text.find(article);
    return at != std::string::npos &&
           (at == 0 || std::isdigit(static_cast<unsigned char>(text[at - 1])) == 0);
  }

  [[nodiscard]] bool hands_over(const Rule& rule) const {
    return std::any_of(rule.actions.begin(), rule.actions.end(), [&](ActionId action) {
      const RootAction root = vocabulary_.root(action);
      return root == RootAction::disclose || root == RootAction::query;
    });
  }

  void check_ground(const Rule& rule) {
    const auto third_country = [&](NodeId node, const Node& n) {
      return n.kind == NodeKind::third_country && !policy_.binds.contains(node.index());
    };
    if (hands_over(rule) && rule.basis.transfer_ground.empty() && any_node(rule.to, third_country))
      report(Severity::warning, rule,
             ticked(rule.id) + " transfers to a third country without a ground",
             "write `transfer_ground` in its `basis`, such as `GDPR 49(1)(d)` or `LED 38`");
  }

  void check_consent(const Rule& rule) {
    const bool consent =
        names_article(rule.basis.ground, "6(1)(a)") || names_article(rule.basis.ground, "9(2)(a)");
    const auto public_body = [](NodeId, const Node& n) {
      return n.kind == NodeKind::authority || n.kind == NodeKind::eu_agency;
    };
    if (consent && (any_node(rule.to, public_body) ||
                    (!rule.from_subject && any_node(rule.from, public_body))))
      report(Severity::warning, rule, ticked(rule.id) + " lets a public authority rely on consent",
             "where there is a clear imbalance consent is hardly given freely (GDPR recital 43)");
  }

  void check_regimes(const Rule& rule) {
    if (!hands_over(rule)) return;
    const auto of = [](const char* regime) {
      return [regime](NodeId, const Node& n) { return n.regime == regime; };
    };
    const bool into_led = any_node(rule.from, of("gdpr")) && any_node(rule.to, of("led"));
    const bool out_of_led = any_node(rule.from, of("led")) && any_node(rule.to, of("gdpr"));
    // What is said there has been thought of.
    const auto names = [&](const char* law) {
      return std::any_of(rule.unmodelled.begin(), rule.unmodelled.end(),
                         [&](const std::string& text) { return text.find(law) != text.npos; });
    };
    if ((into_led && !names("LED")) || (out_of_led && !names("GDPR")))
      report(Severity::warning, rule,
             ticked(rule.id) + " leads from the regime of the " +
                 (into_led ? "GDPR into that of the LED" : "LED into that of the GDPR"),
             std::string(
                 "another law governs the recipient; say in the rule's `unmodelled` what the ") +
                 (into_led ? "LED" : "GDPR") + " changes");
  }

  const Policy& policy_;
  const CompiledPolicy& compiled_;
  const Vocabulary& vocabulary_;
  const World& world_;
  Diagnostics& diagnostics_;
};

}  // namespace

void lint(const CompiledPolicy& compiled, const Vocabulary& vocabulary, const World& world,
          Diagnostics& diagnostics) {
  Linter(compiled, vocabulary, world, diagnostics).run();
}

}  // namespace onward
