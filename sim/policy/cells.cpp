// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/cells.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>
#include <utility>

namespace onward {
namespace {

/// Values of one attribute that no predicate tells apart share a class.
struct Classes {
  std::vector<std::uint32_t> of_value;
  std::vector<ValueId> example;
};

void collect_tests(const Predicate& predicate, std::vector<std::vector<const DynamicSet*>>& tests) {
  if (predicate.kind == Predicate::Kind::is)
    tests[predicate.attribute.index()].push_back(&predicate.values);
  for (const Predicate& part : predicate.parts) collect_tests(part, tests);
}

Classes classify(std::size_t values, const std::vector<const DynamicSet*>& tests) {
  Classes classes;
  std::map<std::vector<bool>, std::uint32_t> seen;
  for (std::size_t v = 0; v < values; ++v) {
    std::vector<bool> signature;
    for (const DynamicSet* test : tests) signature.push_back(test->contains(v));
    const auto [entry, is_new] =
        seen.emplace(std::move(signature), static_cast<std::uint32_t>(classes.example.size()));
    if (is_new) classes.example.emplace_back(v);
    classes.of_value.push_back(entry->second);
  }
  return classes;
}

/// Names of the attributes with more than one class, the most divided first.
std::vector<std::string> most_divided(const Vocabulary& vocabulary,
                                      const std::vector<Classes>& classes) {
  std::vector<std::size_t> order;
  for (std::size_t a = 0; a < classes.size(); ++a)
    if (classes[a].example.size() > 1) order.push_back(a);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return classes[a].example.size() > classes[b].example.size();
  });
  std::vector<std::string> names;
  for (const std::size_t a : order) names.push_back(vocabulary.attribute_names.names()[a]);
  return names;
}

/// What is left of each predicate, with attributes becoming known one by one.
class Questions {
 public:
  /// A state of knowledge: what is left of every predicate, by number.
  using State = std::vector<std::uint32_t>;

  explicit Questions(const std::vector<Predicate>& predicates) {
    for (const Predicate& predicate : predicates) start_.push_back(number(predicate));
  }

  [[nodiscard]] const State& start() const { return start_; }

  /// What is left once an attribute is known to have a value. Answers for one attribute are
  /// remembered.
  [[nodiscard]] State given(const State& state, AttributeId attribute, ValueId value) {
    State left;
    for (const std::uint32_t question : state) {
      const auto key = std::tuple(attribute, value, question);
      const auto known = answers_.find(key);
      left.push_back(known != answers_.end()
                         ? known->second
                         : answers_[key] = number(predicates_[question]->given(attribute, value)));
    }
    return left;
  }

  void forget_answers() { answers_.clear(); }

 private:
  std::uint32_t number(const Predicate& predicate) {
    const auto [entry, is_new] =
        numbers_.emplace(predicate, static_cast<std::uint32_t>(predicates_.size()));
    if (is_new) predicates_.push_back(&entry->first);
    return entry->second;
  }

  std::map<Predicate, std::uint32_t> numbers_;
  std::vector<const Predicate*> predicates_;
  std::map<std::tuple<AttributeId, ValueId, std::uint32_t>, std::uint32_t> answers_;
  State start_;
};

}  // namespace

CellSpace::CellSpace() : representatives_{AttributeValues{}} {}

std::optional<CellSpace> CellSpace::build(const Vocabulary& vocabulary,
                                          const std::vector<Predicate>& predicates,
                                          std::vector<std::string>& crowded) {
  std::vector<std::vector<const DynamicSet*>> tests(vocabulary.attributes.size());
  for (const Predicate& predicate : predicates) collect_tests(predicate, tests);
  std::vector<Classes> classes;
  for (std::size_t a = 0; a < vocabulary.attributes.size(); ++a)
    classes.push_back(classify(vocabulary.attributes[a].values.size(), tests[a]));

  CellSpace space;
  Questions questions(predicates);
  std::vector<Questions::State> states{questions.start()};
  for (std::size_t a = 0; a < classes.size(); ++a) {
    std::map<Questions::State, std::uint32_t> numbers;
    std::vector<Questions::State> next_states;
    std::vector<AttributeValues> examples;
    Step step{a, classes[a].example.size(), classes[a].of_value, {}};
    for (std::size_t s = 0; s < states.size(); ++s)
      for (const ValueId value : classes[a].example) {
        Questions::State left = questions.given(states[s], AttributeId(a), value);
        const auto [entry, is_new] =
            numbers.emplace(std::move(left), static_cast<std::uint32_t>(next_states.size()));
        step.next.push_back(entry->second);
        if (!is_new) continue;
        next_states.push_back(entry->first);
        examples.push_back(space.representatives_[s]);
        examples.back().push_back(value);
        if (next_states.size() > max_cells) {
          crowded = most_divided(vocabulary, classes);
          return {};
        }
      }
    questions.forget_answers();
    states = std::move(next_states);
    space.representatives_ = std::move(examples);
    space.examples_.push_back(classes[a].example);
    space.values_.push_back(classes[a].of_value.size());
    if (step.classes > 1) space.steps_.push_back(std::move(step));
  }
  return space;
}

std::vector<std::size_t> CellSpace::open_classes(const Step& step, const Known& known) {
  if (known[step.attribute]) return {step.class_of_value[known[step.attribute]->index()]};
  std::vector<std::size_t> all;
  for (std::size_t c = 0; c < step.classes; ++c) all.push_back(c);
  return all;
}

std::map<CellId, AttributeValues> CellSpace::people(const Known& known) const {
  AttributeValues anybody;
  for (std::size_t a = 0; a < known.size(); ++a)
    anybody.push_back(known[a] ? *known[a] : examples_[a].front());
  std::map<CellId, AttributeValues> people{{CellId(0), anybody}};
  for (const Step& step : steps_) {
    std::map<CellId, AttributeValues> next;
    for (const auto& [state, values] : people)
      for (const std::size_t c : open_classes(step, known)) {
        const auto [entry, is_new] =
            next.emplace(step.next[state.index() * step.classes + c], values);
        if (is_new && !known[step.attribute])
          entry->second[step.attribute] = examples_[step.attribute][c];
      }
    people = std::move(next);
  }
  return people;
}

std::vector<AttributeId> CellSpace::deciding(const Known& known,
                                             const std::map<CellId, std::size_t>& label) const {
  std::vector<std::set<std::size_t>> reached{{0}};
  for (const Step& step : steps_) {
    std::set<std::size_t> next;
    for (const std::size_t state : reached.back())
      for (const std::size_t c : open_classes(step, known))
        next.insert(step.next[state * step.classes + c]);
    reached.push_back(std::move(next));
  }
  // From the end: states from which the rest leads to the same labels get the same number, so
  // an attribute decides if some state leads on to different numbers.
  std::map<std::size_t, std::size_t> number;
  std::size_t numbers = 0;
  for (const auto& [cell, name] : label) {
    number[cell.index()] = name;
    numbers = std::max(numbers, name + 1);
  }
  std::vector<AttributeId> deciding;
  for (std::size_t s = steps_.size(); s-- > 0;) {
    const Step& step = steps_[s];
    std::map<std::vector<std::size_t>, std::size_t> same;
    std::map<std::size_t, std::size_t> number_before;
    bool decides = false;
    for (const std::size_t state : reached[s]) {
      std::vector<std::size_t> on;
      for (const std::size_t c : open_classes(step, known))
        on.push_back(number[step.next[state * step.classes + c]]);
      const bool differs =
          std::adjacent_find(on.begin(), on.end(), std::not_equal_to<>()) != on.end();
      decides = decides || differs;
      number_before[state] =
          differs ? numbers + same.emplace(on, same.size()).first->second : on.front();
    }
    numbers += same.size();
    number = std::move(number_before);
    if (decides) deciding.emplace_back(step.attribute);
  }
  std::sort(deciding.begin(), deciding.end());
  return deciding;
}

DynamicSet CellSpace::where(const Predicate& predicate) const {
  DynamicSet cells(size());
  for (std::size_t c = 0; c < size(); ++c)
    if (predicate.holds(representatives_[c])) cells.insert(c);
  return cells;
}

}  // namespace onward
