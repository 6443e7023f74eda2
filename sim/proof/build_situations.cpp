// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <tuple>

#include "sim/proof/situations.hpp"

namespace onward {

/// Builds Situations. One use only.
class SituationBuilder {
 public:
  SituationBuilder(const Model& model, const Policy& policy, Realm realm,
                   const Relevance& relevance)
      : model_(model),
        policy_(policy),
        realm_(realm),
        relevance_(relevance),
        words_(*model.vocabulary) {
    tests_.resize(words_.attributes.size());
    all_values_.resize(words_.attributes.size());
  }

  std::optional<Situations> build(const std::vector<Predicate>& tested, std::string& problem) {
    out_.model_ = &model_;
    gather(tested);
    if (!divide(problem)) return {};
    fill_cells();
    find_set_errors();
    classify_recorders();
    if (realm_ == Realm::law)
      enter_everybody();
    else
      enter_groups();
    move();
    return std::move(out_);
  }

 private:
  using Dimension = Situations::Dimension;
  using Set = Situations::Set;

  // ---- What is told apart ----

  void add(const Predicate& predicate) {
    if (predicate.kind == Predicate::Kind::is)
      tests_[predicate.attribute.index()].insert(predicate.values);
    for (const Predicate& part : predicate.parts) add(part);
  }

  void add(const NodeSelector& selector) {
    for (const SubjectNode& subject : selector.subjects) all_values_[subject.attribute.index()] = 1;
    for (const NodeSelector& part : selector.any) add(part);
    for (const NodeSelector& part : selector.none) add(part);
  }

  void add(const std::optional<NodeSelector>& selector) {
    if (selector) add(*selector);
  }

  void gather(const std::vector<Predicate>& tested) {
    for (const Predicate& predicate : tested) add(predicate);
    relevance_.rules().for_each([&](std::size_t r) {
      const Rule& rule = policy_.rules[r];
      add(rule.subjects);
      add(rule.from);
      add(rule.to);
      add(rule.data_from);
    });
    relevance_.inferences().for_each([&](std::size_t i) {
      const Inference& inference = model_.world->inferences[i];
      add(inference.received_from);
      add(inference.provenance);
    });
    if (realm_ == Realm::world) gather_world();
    // What is tested is told apart, too, from what it may be mistaken for.
    for (std::size_t a = 0; a < words_.attributes.size(); ++a) {
      if (tests_[a].empty()) continue;
      for (const RecordingError& error : words_.attributes[a].recording_errors) {
        add_one(AttributeId(a), error.true_value);
        add_one(AttributeId(a), error.recorded);
      }
    }
  }

  void add_one(AttributeId attribute, ValueId value) {
    DynamicSet one(words_.attributes[attribute.index()].values.size());
    one.insert(value.index());
    tests_[attribute.index()].insert(one);
  }

  void gather_world() {
    std::set<std::size_t> channels;
    for (const Flow& flow : model_.world->flows) {
      add(flow.subjects);
      add(flow.from);
      add(flow.to);
      add(flow.on.nodes);
      if (flow.via) channels.insert(flow.via->index());
    }
    for (const std::size_t c : channels) {
      add(model_.world->channels[c].from);
      add(model_.world->channels[c].to);
    }
    for (const Journey& journey : model_.population->journeys)
      for (const JourneyState& state : journey.states)
        if (state.at_subject_node) all_values_[state.at_subject_node->attribute.index()] = 1;
    for (const Group& group : model_.population->groups)
      for (const AttributeOfGroup& attribute : group.attributes)
        if (!tests_[attribute.attribute.index()].empty())
          tests_[attribute.attribute.index()].insert(values_of(attribute));
  }

  DynamicSet values_of(const AttributeOfGroup& attribute) const {
    DynamicSet values(words_.attributes[attribute.attribute.index()].values.size());
    if (attribute.value) values.insert(attribute.value->index());
    for (const auto& [value, chance] : attribute.shares)
      if (chance.value > 0) values.insert(value.index());
    return values;
  }

  /// Values that no test tells apart share a class.
  bool divide(std::string& problem) {
    std::size_t size = 1;
    for (std::size_t a = 0; a < words_.attributes.size(); ++a) {
      Dimension d;
      d.attribute = AttributeId(a);
      std::map<std::vector<bool>, std::uint32_t> seen;
      for (std::size_t v = 0; v < words_.attributes[a].values.size(); ++v) {
        std::vector<bool> signature;
        for (const DynamicSet& test : tests_[a]) signature.push_back(test.contains(v));
        if (all_values_[a] != 0)
          for (std::size_t other = 0; other <= v; ++other) signature.push_back(other == v);
        const auto [entry, is_new] =
            seen.emplace(std::move(signature), static_cast<std::uint32_t>(d.example.size()));
        if (is_new) d.example.emplace_back(v);
        d.class_of_value.push_back(entry->second);
      }
      if (d.example.size() < 2) continue;
      add_pairs(d);
      d.stride = size;
      size *= d.pairs.size();
      crowded_ += (crowded_.empty() ? "" : ", ") + words_.attribute_names.names()[a];
      if (size > Situations::max_cells) {
        problem = "the question tells more than " + std::to_string(Situations::max_cells) +
                  " kinds of people apart by " + crowded_;
        return false;
      }
      out_.dimensions_.push_back(std::move(d));
    }
    return true;
  }

  void add_pairs(Dimension& d) const {
    std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (std::uint32_t c = 0; c < d.example.size(); ++c) pairs.emplace(c, c);
    for (const RecordingError& error : words_.attributes[d.attribute.index()].recording_errors) {
      if (error.chance.value <= 0) continue;
      const auto truth = d.class_of_value[error.true_value.index()];
      const auto recorded = d.class_of_value[error.recorded.index()];
      pairs.emplace(truth, recorded);
      if (truth != recorded) d.errors.emplace_back(error.node, truth, recorded);
    }
    d.pairs.assign(pairs.begin(), pairs.end());
  }

  void fill_cells() {
    std::size_t size = 1;
    for (const Dimension& d : out_.dimensions_) size *= d.pairs.size();
    AttributeValues anybody(words_.attributes.size(), ValueId(0));
    std::map<AttributeValues, std::uint32_t> truths;
    for (std::size_t c = 0; c < size; ++c) {
      AttributeValues truth = anybody;
      AttributeValues record = anybody;
      for (const Dimension& d : out_.dimensions_) {
        const auto& [t, r] = d.pairs[out_.digit(c, d)];
        truth[d.attribute.index()] = d.example[t];
        record[d.attribute.index()] = d.example[r];
      }
      out_.decided_as_.push_back(model_.cells->cell(record));
      out_.truth_number_.push_back(
          truths.emplace(truth, static_cast<std::uint32_t>(truths.size())).first->second);
      out_.truths_.push_back(std::move(truth));
      out_.records_.push_back(std::move(record));
    }
    out_.truth_count_ = truths.size();
    out_.moves_.resize(size);
    moves_.resize(size);
  }

  // ---- Who records what ----

  void find_set_errors() {
    for (const Journey& journey : model_.population->journeys)
      for (const JourneyState& state : journey.states)
        for (const auto& [attribute, value] : state.sets)
          for (Dimension& d : out_.dimensions_) {
            if (d.attribute != attribute) continue;
            for (const auto& [node, truth, recorded] : d.errors)
              if (may_be_at(state, node)) d.set_errors.emplace_back(truth, recorded);
          }
  }

  static bool may_be_at(const JourneyState& state, NodeId node) {
    if (state.at) return *state.at == node;
    return state.at_subject_node && std::find(state.at_subject_node->node_of_value.begin(),
                                              state.at_subject_node->node_of_value.end(),
                                              node) != state.at_subject_node->node_of_value.end();
  }

  /// What a node records is in the cells; of itself only such of its desks count as may be asked.
  void classify_recorders() {
    std::set<std::string> asked;
    const auto ask = [&](const DeskReference& desk) {
      if (desk.owner == DeskReference::Owner::origin) asked.insert(desk.desk);
    };
    relevance_.rules().for_each([&](std::size_t r) {
      const Duties& duties = policy_.rules[r].duties;
      for (const auto* one : {&duties.authorised_by, &duties.consent_of_origin, &duties.guardian})
        if (*one) ask((*one)->desk);
      if (duties.human_verification) ask(*duties.human_verification);
    });
    std::map<std::set<std::string>, std::size_t> classes;
    for (std::size_t n = 0; n < model_.world->nodes.size(); ++n) {
      std::set<std::string> desks;
      for (const Desk& desk : model_.world->nodes[n].desks)
        if (asked.contains(desk.id)) desks.insert(desk.id);
      const auto [entry, is_new] = classes.emplace(std::move(desks), classes.size());
      if (is_new) out_.recorders_.emplace_back(n);
      out_.recorder_class_.push_back(entry->second);
    }
  }

  // ---- Journeys ----

  std::optional<NodeId> node_of(const JourneyState& state, const AttributeValues& truth) const {
    if (state.at) return state.at;
    if (!state.at_subject_node) return {};
    const SubjectNode& own = *state.at_subject_node;
    return own.node_of_value[truth[own.attribute.index()].index()];
  }

  /// Where a person in a cell may be on entering a state.
  std::vector<std::size_t> entered(std::size_t cell, const JourneyState& state) const {
    AttributeValues truth = out_.truths_[cell];
    for (const auto& [attribute, value] : state.sets) truth[attribute.index()] = value;
    const auto node = node_of(state, truth);
    std::vector<std::size_t> cells{cell};
    for (const auto& [attribute, value] : state.sets) {
      const Dimension* d = out_.dimension(attribute);
      if (d == nullptr) continue;
      const std::uint32_t true_class = d->class_of_value[value.index()];
      std::vector<std::size_t> next;
      for (std::size_t p = 0; p < d->pairs.size(); ++p) {
        const auto& [t, r] = d->pairs[p];
        if (t != true_class) continue;
        // In law the node of the state depends on a person of whom little is known.
        const bool possible =
            r == t || std::any_of(d->errors.begin(), d->errors.end(), [&](const auto& error) {
              return std::get<1>(error) == t && std::get<2>(error) == r &&
                     (node == std::get<0>(error) ||
                      (state.at_subject_node && may_be_at(state, std::get<0>(error))));
            });
        if (!possible) continue;
        for (const std::size_t at : cells)
          next.push_back(at - out_.digit(at, *d) * d->stride + p * d->stride);
      }
      cells = std::move(next);
    }
    return cells;
  }

  std::size_t number(std::size_t journey, std::size_t state) const {
    std::size_t before = 0;
    for (std::size_t j = 0; j < journey; ++j)
      before += model_.population->journeys[j].states.size();
    return before + state;
  }

  void make_visits() {
    for (std::size_t j = 0; j < model_.population->journeys.size(); ++j)
      for (std::size_t s = 0; s < model_.population->journeys[j].states.size(); ++s)
        out_.visits_.push_back({j, s, out_.nobody(), std::numeric_limits<double>::infinity()});
  }

  /// People begin a journey; a harm may lead those of whom there is stock elsewhere before.
  void enter(std::size_t journey, const Set& cells, double day) {
    const Journey& way = model_.population->journeys[journey];
    for (std::size_t s = 0; s < way.states.size(); ++s) {
      const bool first = s == way.first;
      if (!first && !led_to(way.states[s])) continue;
      auto& visit = out_.visits_[number(journey, s)];
      cells.for_each([&](std::size_t cell) {
        for (const std::size_t at : entered(cell, way.states[s])) {
          visit.cells.insert(at);
          if (at != cell) moves_[cell].insert(static_cast<std::uint32_t>(at));
        }
      });
      visit.earliest = std::min(visit.earliest, first ? day : 0);
    }
  }

  bool led_to(const JourneyState& state) const {
    return std::any_of(model_.outcomes->harms.begin(), model_.outcomes->harms.end(),
                       [&](const Harm& harm) { return harm.then_state == state.id; });
  }

  void enter_everybody() {
    make_visits();
    for (std::size_t j = 0; j < model_.population->journeys.size(); ++j)
      enter(j, out_.everybody(), 0);
    out_.starts_.assign(model_.population->groups.size(), out_.everybody());
  }

  void enter_groups() {
    make_visits();
    const Population& population = *model_.population;
    out_.starts_.assign(population.groups.size(), out_.nobody());
    std::vector<DynamicSet> values;
    const auto start = [&](std::size_t group, double day) {
      Set cells = out_.nobody();
      for (std::size_t c = 0; c < out_.size(); ++c) {
        const bool possible =
            std::all_of(out_.dimensions_.begin(), out_.dimensions_.end(), [&](const Dimension& d) {
              const std::uint32_t truth = d.pairs[out_.digit(c, d)].first;
              const DynamicSet& allowed = values[d.attribute.index()];
              for (std::size_t v = 0; v < allowed.size(); ++v)
                if (allowed.contains(v) && d.class_of_value[v] == truth) return true;
              return false;
            });
        if (possible) cells.insert(c);
      }
      out_.starts_[group] |= cells;
      enter(population.groups[group].journey, cells, day);
    };
    const auto of_group = [&](std::size_t group) {
      values.assign(words_.attributes.size(), {});
      for (const AttributeOfGroup& attribute : population.groups[group].attributes)
        values[attribute.attribute.index()] = values_of(attribute);
    };
    for (std::size_t g = 0; g < population.groups.size(); ++g) {
      if (population.groups[g].people == 0) continue;
      of_group(g);
      start(g, population.groups[g].enter_from);
    }
    for (const CastMember& member : population.cast) {
      of_group(member.group);
      for (const auto& [attribute, value] : member.attributes) {
        DynamicSet one(words_.attributes[attribute.index()].values.size());
        one.insert(value.index());
        values[attribute.index()] = one;
      }
      start(member.group, member.enter_day.value_or(population.groups[member.group].enter_from));
    }
  }

  /// The states that may follow, with the least number of days until then.
  std::vector<std::pair<std::size_t, double>> ways_on(std::size_t journey,
                                                      std::size_t state) const {
    const Journey& way = model_.population->journeys[journey];
    std::vector<std::pair<std::size_t, double>> ways;
    for (const NextState& next : way.states[state].next)
      if (!next.chance || next.chance->value > 0) ways.emplace_back(next.to, shortest(next.after));
    for (std::size_t s = 0; s < way.states.size(); ++s)
      if (led_to(way.states[s])) ways.emplace_back(s, 0);
    return ways;
  }

  /// Follows the journeys until nobody new comes anywhere.
  void move() {
    for (bool more = true; more;) {
      more = false;
      for (std::size_t v = 0; v < out_.visits_.size(); ++v) {
        const Situations::Visit from = out_.visits_[v];
        if (from.cells.empty()) continue;
        const Journey& journey = model_.population->journeys[from.journey];
        for (const auto& [state, days] : ways_on(from.journey, from.state)) {
          auto& to = out_.visits_[number(from.journey, state)];
          if (from.earliest + days < to.earliest) {
            to.earliest = from.earliest + days;
            more = true;
          }
          from.cells.for_each([&](std::size_t cell) {
            for (const std::size_t at : entered(cell, journey.states[state])) {
              if (at != cell) moves_[cell].insert(static_cast<std::uint32_t>(at));
              if (to.cells.contains(at)) continue;
              to.cells.insert(at);
              more = true;
            }
          });
        }
      }
    }
    for (std::size_t c = 0; c < moves_.size(); ++c)
      out_.moves_[c].assign(moves_[c].begin(), moves_[c].end());
  }

  const Model& model_;
  const Policy& policy_;
  Realm realm_;
  const Relevance& relevance_;
  const Vocabulary& words_;
  Situations out_;
  std::vector<std::set<DynamicSet>> tests_;  ///< By attribute.
  std::vector<char> all_values_;             ///< By attribute: every value is told apart.
  std::string crowded_;
  std::vector<std::set<std::uint32_t>> moves_;
};

std::optional<Situations> Situations::build(const Model& model, const Policy& policy, Realm realm,
                                            const Relevance& relevance,
                                            const std::vector<Predicate>& tested,
                                            std::string& problem) {
  return SituationBuilder(model, policy, realm, relevance).build(tested, problem);
}

}  // namespace onward
