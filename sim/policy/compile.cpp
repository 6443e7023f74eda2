// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <map>
#include <string>

#include "sim/policy/compiled_policy.hpp"

namespace onward {
namespace {

constexpr double forever = std::numeric_limits<double>::infinity();

/// Numbers distinct values in the order in which they come.
template <class T>
class Interner {
 public:
  std::uint32_t operator()(const T& value) {
    const auto [entry, is_new] = numbers_.emplace(value, static_cast<std::uint32_t>(size()));
    if (is_new) values_.push_back(&entry->first);
    return entry->second;
  }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] const T& operator[](std::uint32_t number) const { return *values_[number]; }

 private:
  std::map<T, std::uint32_t> numbers_;
  std::vector<const T*> values_;
};

bool includes(const Vocabulary& vocabulary, ActionId general, ActionId special) {
  for (std::optional<ActionId> at = special; at; at = vocabulary.actions[at->index()].included_in)
    if (*at == general) return true;
  return false;
}

}  // namespace

/// Builds a CompiledPolicy. One use only.
class PolicyCompiler {
 public:
  PolicyCompiler(const Policy& policy, const Vocabulary& vocabulary, const World& world,
                 const CellSpace& cells)
      : policy_(policy), vocabulary_(vocabulary), world_(world), cells_(cells) {
    (void)cell_sets_(DynamicSet(cells.size(), true));
    (void)chains_({});
    nobody_ = cell_sets_(DynamicSet(cells.size()));
  }

  std::optional<CompiledPolicy> compile(std::string& problem) {
    out_.policy_ = &policy_;
    out_.vocabulary_ = &vocabulary_;
    out_.purposes_ = vocabulary_.purposes.size();
    select_nodes();
    divide_into_classes();
    find_sources();
    if (sources_.size() > SourceSet::capacity) {
      problem = "the rules tell " + std::to_string(sources_.size()) +
                " classes of sources apart, more than " + std::to_string(SourceSet::capacity);
      return {};
    }
    fill_buckets();
    if (!problem_.empty()) {
      problem = problem_;
      return {};
    }
    for (std::uint32_t c = 0; c < cell_sets_.size(); ++c) out_.cell_sets_.push_back(cell_sets_[c]);
    for (std::uint32_t c = 0; c < chains_.size(); ++c) out_.chains_.push_back(chains_[c]);
    compile_duties();
    return std::move(out_);
  }

 private:
  using CellSet = std::uint32_t;  ///< Number in cell_sets_.
  using Entry = CompiledPolicy::Entry;
  static constexpr CellSet everybody = CompiledPolicy::everybody;

  /// One of several ways in which provenance can satisfy a selector.
  struct SourceCondition {
    SourceSet sources;
    CellSet cells = 0;
  };
  /// A category that, handed over, would reveal what a prohibition protects.
  struct Leak {
    CategoryId category;
    SourceSet sources;
    CellSet cells = 0;
    std::vector<std::size_t> chain;  ///< Inferences, the first that is made first.
  };
  /// Far above what a world of institutions needs; bounds time and memory.
  static constexpr std::size_t max_leaks = 2000;

  CellSet where(const Predicate& predicate) {
    if (predicate.kind == Predicate::Kind::always) return everybody;
    if (predicate.kind == Predicate::Kind::never) return nobody_;
    return cell_sets_(cells_.where(predicate));
  }

  CellSet both(CellSet a, CellSet b) {
    if (a == everybody || a == b) return b;
    if (b == everybody) return a;
    const auto key = std::minmax(a, b);
    const auto known = intersections_.find(key);
    if (known != intersections_.end()) return known->second;
    DynamicSet common = cell_sets_[a];
    common &= cell_sets_[b];
    return intersections_[key] = cell_sets_(common);
  }

  /// For each node, in which cells a selector selects it.
  std::vector<CellSet> column(const std::optional<NodeSelector>& selector) {
    std::vector<CellSet> selected;
    for (std::size_t n = 0; n < world_.nodes.size(); ++n)
      selected.push_back(selector ? where(selector->when(NodeId(n))) : everybody);
    return selected;
  }

  void select_nodes() {
    for (const Rule& rule : policy_.rules) {
      std::vector<CellSet> from = rule.from_subject
                                      ? std::vector<CellSet>(world_.nodes.size(), nobody_)
                                      : column(rule.from);
      from.push_back(rule.from_subject || !rule.from ? everybody : nobody_);  // the person herself
      from_.push_back(std::move(from));
      to_.push_back(column(rule.to));
      subjects_.push_back(where(rule.subjects));
    }
    for (const Inference& inference : world_.inferences) {
      std::vector<CellSet> senders = column(inference.received_from);
      senders.push_back(inference.received_from ? nobody_ : everybody);
      senders_.push_back(std::move(senders));
    }
  }

  static std::vector<std::uint32_t> classes(const std::vector<const std::vector<CellSet>*>& columns,
                                            std::size_t nodes, std::vector<std::size_t>& examples) {
    Interner<std::vector<CellSet>> kinds;
    std::vector<std::uint32_t> class_of;
    for (std::size_t n = 0; n < nodes; ++n) {
      std::vector<CellSet> signature;
      for (const auto* column : columns) signature.push_back((*column)[n]);
      class_of.push_back(kinds(signature));
      if (kinds.size() > examples.size()) examples.push_back(n);
    }
    return class_of;
  }

  /// Nodes that no rule and no inference tells apart share a class.
  void divide_into_classes() {
    std::vector<const std::vector<CellSet>*> senders;
    std::vector<const std::vector<CellSet>*> recipients;
    for (const auto& column : from_) senders.push_back(&column);
    for (const auto& column : senders_) senders.push_back(&column);
    for (const auto& column : to_) recipients.push_back(&column);
    out_.class_of_sender_ = classes(senders, world_.nodes.size() + 1, sender_examples_);
    out_.class_of_recipient_ = classes(recipients, world_.nodes.size(), recipient_examples_);
    out_.sender_classes_ = sender_examples_.size();
    out_.recipient_classes_ = recipient_examples_.size();
  }

  /// A selector over provenance, as classes of sources: one for the nodes that it
  /// selects for everybody, one for each node that it selects for some.
  std::vector<SourceCondition> source_conditions(const NodeSelector& selector) {
    DynamicSet always(world_.nodes.size());
    std::vector<SourceCondition> conditions;
    for (std::size_t n = 0; n < world_.nodes.size(); ++n) {
      const CellSet selected = where(selector.when(NodeId(n)));
      if (selected == everybody) {
        always.insert(n);
      } else if (selected != nobody_) {
        DynamicSet alone(world_.nodes.size());
        alone.insert(n);
        add_condition(alone, selected, conditions);
      }
    }
    if (!always.empty()) add_condition(always, everybody, conditions);
    return conditions;
  }

  void add_condition(const DynamicSet& nodes, CellSet cells,
                     std::vector<SourceCondition>& conditions) {
    const std::uint32_t source = sources_(nodes);
    SourceCondition condition;
    condition.cells = cells;
    if (source < SourceSet::capacity) condition.sources.insert(Id<SourceTag>(source));
    conditions.push_back(condition);
  }

  void find_sources() {
    for (const Rule& rule : policy_.rules)
      data_from_.push_back(rule.data_from ? source_conditions(*rule.data_from)
                                          : std::vector{SourceCondition{{}, everybody}});
    for (const Inference& inference : world_.inferences)
      provenance_.push_back(inference.provenance ? source_conditions(*inference.provenance)
                                                 : std::vector{SourceCondition{{}, everybody}});
    out_.sources_of_node_.resize(world_.nodes.size());
    for (std::uint32_t s = 0; s < sources_.size() && s < SourceSet::capacity; ++s)
      for (std::size_t n = 0; n < world_.nodes.size(); ++n)
        if (sources_[s].contains(n)) out_.sources_of_node_[n].insert(Id<SourceTag>(s));
  }

  /// All that would reveal one of `protected_data` if this sender handed it over.
  const std::vector<Leak>& leaks(std::size_t r, std::size_t sender) {
    const auto [known, is_new] = leaks_.try_emplace({r, sender});
    std::vector<Leak>& found = known->second;
    if (!is_new) return found;
    const CategorySet& protected_data = policy_.rules[r].data;
    std::vector<Leak> open;
    for (std::size_t c = 0; c < vocabulary_.categories.size(); ++c)
      if (protected_data.contains(CategoryId(c)))
        open.push_back({CategoryId(c), {}, everybody, {}});
    // Why a queue: the shortest chain to each is found first, and shown to people.
    for (std::size_t next = 0; next < open.size(); ++next) {
      const Leak revealed = open[next];
      for (std::size_t i = 0; i < world_.inferences.size(); ++i) {
        const Inference& inference = world_.inferences[i];
        if (inference.reveals != revealed.category) continue;
        const CellSet cells = both(revealed.cells, senders_[i][sender]);
        for (const SourceCondition& way : provenance_[i]) {
          const CellSet when = both(cells, way.cells);
          if (when == nobody_) continue;
          inference.holding.for_each([&](CategoryId holding) {
            Leak leak{holding, revealed.sources | way.sources, when, {i}};
            leak.chain.insert(leak.chain.end(), revealed.chain.begin(), revealed.chain.end());
            if (found.size() > max_leaks) {
              problem_ = "the inferences lead to " + ticked(policy_.rules[r].id) +
                         " in more than " + std::to_string(max_leaks) + " ways";
            } else if (!dominated(leak, found)) {
              found.push_back(leak);
              open.push_back(leak);
            }
          });
        }
      }
    }
    return found;
  }

  /// Whether what is found already matches whenever the new leak does.
  [[nodiscard]] bool dominated(const Leak& leak, const std::vector<Leak>& found) const {
    return std::any_of(found.begin(), found.end(), [&](const Leak& known) {
      return known.category == leak.category && leak.sources.contains_all(known.sources) &&
             cell_sets_[known.cells].contains_all(cell_sets_[leak.cells]);
    });
  }

  /// The ways in which a rule can match requests of this action and this sender,
  /// but for `to`, `subjects` and `data_from`.
  std::vector<Leak> categories(std::size_t r, RootAction root, std::size_t sender,
                               CategorySet& listed) {
    const Rule& rule = policy_.rules[r];
    listed = rule.data;
    if (rule.effect != Effect::prohibit) return {};
    const bool answers = root == RootAction::query;
    const CategorySet either =
        CategorySet::of(Vocabulary::hit) | CategorySet::of(Vocabulary::no_hit);
    if (answers && rule.data.intersects(either)) listed = CategorySet::all();
    if (!rule.inferred || (root != RootAction::disclose && !answers)) return {};
    return leaks(r, sender);
  }

  void add_entries(std::size_t r, RootAction root, std::size_t sender, std::size_t recipient,
                   std::vector<Entry>& entries) {
    const Rule& rule = policy_.rules[r];
    CellSet cells = both(from_[r][sender], to_[r][recipient]);
    cells = both(cells, subjects_[r]);
    if (cells == nobody_) return;
    Entry entry;
    entry.rule = RuleId(r);
    entry.when = rule.when;
    entry.from = rule.in_force_from ? rule.in_force_from->days_since_1970() : -forever;
    entry.before = rule.in_force_until ? rule.in_force_until->days_since_1970() + 1 : forever;
    CategorySet listed;
    const std::vector<Leak> ways = categories(r, root, sender, listed);
    for (const SourceCondition& source : data_from_[r]) {
      entry.sources = source.sources;
      entry.data = listed;
      entry.chain = 0;
      entry.cells = both(cells, source.cells);
      if (entry.cells != nobody_) entries.push_back(entry);
      for (const Leak& leak : ways) {
        const bool by_answer = root == RootAction::query && (leak.category == Vocabulary::hit ||
                                                             leak.category == Vocabulary::no_hit);
        entry.data = by_answer ? CategorySet::all() : CategorySet::of(leak.category);
        entry.sources = source.sources | leak.sources;
        entry.cells = both(both(cells, source.cells), leak.cells);
        entry.chain = chains_(leak.chain);
        if (entry.cells != nobody_) entries.push_back(entry);
      }
    }
  }

  /// The rules of one effect that cover an action for a purpose.
  [[nodiscard]] std::vector<std::size_t> covering(Effect effect, ActionId action,
                                                  PurposeId purpose) const {
    std::vector<std::size_t> rules;
    for (std::size_t r = 0; r < policy_.rules.size(); ++r) {
      const Rule& rule = policy_.rules[r];
      if (rule.effect == effect && rule.purposes.contains(purpose) &&
          std::any_of(rule.actions.begin(), rule.actions.end(),
                      [&](ActionId a) { return includes(vocabulary_, a, action); }))
        rules.push_back(r);
    }
    return rules;
  }

  /// The rules that cover an action for a purpose, by effect.
  using Covering = std::array<std::vector<std::size_t>, 3>;

  /// A row for each action; then one for each action under `query` by an asker
  /// who is not bound, for whom prohibitions on `disclose` count too.
  void fill_buckets() {
    const std::size_t actions = vocabulary_.actions.size();
    for (std::size_t a = 0; a < actions; ++a) fill_row(ActionId(a), false);
    out_.outsider_row_.assign(actions, 0);
    std::size_t row = actions;
    for (std::size_t a = 0; a < actions; ++a) {
      if (vocabulary_.root(ActionId(a)) != RootAction::query) continue;
      out_.outsider_row_[a] = row++;
      fill_row(ActionId(a), true);
    }
  }

  void fill_row(ActionId action, bool for_outsider) {
    // Purposes that the same rules cover share their buckets.
    std::map<Covering, std::vector<std::uint32_t>> known;
    for (std::size_t p = 0; p < out_.purposes_; ++p) {
      const Covering rules = covering(action, PurposeId(p), for_outsider);
      const auto [numbers, is_new] = known.try_emplace(rules);
      if (is_new) numbers->second = buckets(rules, vocabulary_.root(action));
      out_.bucket_of_.insert(out_.bucket_of_.end(), numbers->second.begin(), numbers->second.end());
    }
  }

  [[nodiscard]] Covering covering(ActionId action, PurposeId purpose, bool for_outsider) const {
    Covering rules{covering(Effect::permit, action, purpose),
                   covering(Effect::prohibit, action, purpose),
                   covering(Effect::require, action, purpose)};
    if (for_outsider) {
      const ActionId disclose(static_cast<std::size_t>(RootAction::disclose));
      const std::vector<std::size_t> more = covering(Effect::prohibit, disclose, purpose);
      std::vector<std::size_t> all;
      std::set_union(rules[1].begin(), rules[1].end(), more.begin(), more.end(),
                     std::back_inserter(all));
      rules[1] = std::move(all);
    }
    return rules;
  }

  /// The numbers of the buckets for every class of sender and of recipient.
  std::vector<std::uint32_t> buckets(const Covering& rules, RootAction root) {
    std::vector<std::uint32_t> numbers;
    for (const std::size_t sender : sender_examples_) {
      Covering from_sender;
      for (std::size_t e = 0; e < rules.size(); ++e)
        for (const std::size_t r : rules[e])
          if (from_[r][sender] != nobody_) from_sender[e].push_back(r);
      for (const std::size_t recipient : recipient_examples_) {
        std::array<std::vector<Entry>, 3> entries;
        for (std::size_t e = 0; e < rules.size(); ++e)
          for (const std::size_t r : from_sender[e])
            add_entries(r, root, sender, recipient, entries[e]);
        numbers.push_back(bucket(entries));
      }
    }
    return numbers;
  }

  /// Equal buckets are kept once, so that what is in use stays in the cache.
  std::uint32_t bucket(const std::array<std::vector<Entry>, 3>& entries) {
    const std::uint32_t number = distinct_buckets_(entries);
    if (number < out_.buckets_.size()) return number;
    std::array<std::uint32_t, 4> bounds{};
    for (std::size_t e = 0; e < entries.size(); ++e) {
      bounds[e] = static_cast<std::uint32_t>(out_.entries_.size());
      out_.entries_.insert(out_.entries_.end(), entries[e].begin(), entries[e].end());
    }
    bounds[3] = static_cast<std::uint32_t>(out_.entries_.size());
    out_.buckets_.push_back({bounds[0], bounds[1], bounds[2], bounds[3]});
    return number;
  }

  void compile_duties() {
    for (const Rule& rule : policy_.rules) {
      const Duties& duties = rule.duties;
      CompiledPolicy::Needs needs;
      needs.desk = duties.needs_desk();
      needs.less_than_data = duties.hit_only || duties.pseudonymise || duties.aggregate_only;
      needs.bound_hands = duties.no_onward || duties.purpose_only || duties.recall;
      needs.logged = duties.log;
      needs.recallable = duties.recall;
      needs.hit_only = duties.hit_only;
      needs.suspended_when = duties.suspended_when;
      needs.redact = duties.redact;
      needs.before = duties.sunset ? duties.sunset->days_since_1970() + 1 : forever;
      needs.retain_days = duties.retain_days ? *duties.retain_days : forever;
      out_.needs_.push_back(needs);
      DynamicSet derogations(policy_.rules.size());
      for (const RuleId prohibition : rule.derogates_from) derogations.insert(prohibition.index());
      out_.derogations_.push_back(std::move(derogations));
    }
  }

  const Policy& policy_;
  const Vocabulary& vocabulary_;
  const World& world_;
  const CellSpace& cells_;
  CompiledPolicy out_;
  Interner<DynamicSet> cell_sets_;
  Interner<std::vector<std::size_t>> chains_;
  CellSet nobody_ = 0;
  std::map<std::pair<CellSet, CellSet>, CellSet> intersections_;
  Interner<DynamicSet> sources_;                                  ///< Sets of nodes.
  Interner<std::array<std::vector<Entry>, 3>> distinct_buckets_;  ///< Entries by effect.
  // By rule, then by node (and the person herself, last, for from_).
  std::vector<std::vector<CellSet>> from_;
  std::vector<std::vector<CellSet>> to_;
  std::vector<CellSet> subjects_;
  std::vector<std::vector<SourceCondition>> data_from_;
  // By inference.
  std::vector<std::vector<CellSet>> senders_;
  std::vector<std::vector<SourceCondition>> provenance_;
  std::string problem_;                                                     ///< Empty: none.
  std::map<std::pair<std::size_t, std::size_t>, std::vector<Leak>> leaks_;  ///< By rule and sender.
  std::vector<std::size_t> sender_examples_;
  std::vector<std::size_t> recipient_examples_;
};

std::optional<CompiledPolicy> CompiledPolicy::compile(const Policy& policy,
                                                      const Vocabulary& vocabulary,
                                                      const World& world, const CellSpace& cells,
                                                      std::string& problem) {
  return PolicyCompiler(policy, vocabulary, world, cells).compile(problem);
}

}  // namespace onward
