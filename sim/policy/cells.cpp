// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/cells.hpp"

#include <algorithm>
#include <map>
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
std::vector<std::string> most_divided(const Vocabulary& vocabulary, const std::vector<Classes>& classes) {
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

/// Values of a person for a combination of classes.
AttributeValues example_of(std::size_t combination, const std::vector<Classes>& classes) {
  AttributeValues values;
  for (const Classes& c : classes) {
    values.push_back(c.example[combination % c.example.size()]);
    combination /= c.example.size();
  }
  return values;
}

/// Splits each group by whether the predicate holds; keeps groups numbered by first appearance.
std::size_t refine(std::vector<std::uint32_t>& group, const std::vector<AttributeValues>& people,
                   const Predicate& predicate) {
  std::map<std::pair<std::uint32_t, bool>, std::uint32_t> numbers;
  for (std::size_t c = 0; c < group.size(); ++c) {
    const auto key = std::pair(group[c], predicate.holds(people[c]));
    group[c] = numbers.emplace(key, static_cast<std::uint32_t>(numbers.size())).first->second;
  }
  return numbers.size();
}

}  // namespace

CellSpace::CellSpace() : cell_of_{CellId(0)}, representatives_{AttributeValues{}} {}

std::optional<CellSpace> CellSpace::build(const Vocabulary& vocabulary,
                                          const std::vector<Predicate>& predicates,
                                          std::vector<std::string>& crowded) {
  std::vector<std::vector<const DynamicSet*>> tests(vocabulary.attributes.size());
  for (const Predicate& predicate : predicates) collect_tests(predicate, tests);

  CellSpace space;
  std::vector<Classes> classes;
  std::size_t combinations = 1;
  for (std::size_t a = 0; a < vocabulary.attributes.size(); ++a) {
    classes.push_back(classify(vocabulary.attributes[a].values.size(), tests[a]));
    std::vector<std::uint32_t> offsets;
    for (const std::uint32_t c : classes.back().of_value)
      offsets.push_back(c * static_cast<std::uint32_t>(combinations));
    space.offsets_.push_back(std::move(offsets));
    combinations *= std::max<std::size_t>(1, classes.back().example.size());
    if (combinations > max_combinations) break;
  }
  if (combinations > max_combinations) {
    crowded = most_divided(vocabulary, classes);
    return {};
  }

  std::vector<AttributeValues> people;
  for (std::size_t c = 0; c < combinations; ++c) people.push_back(example_of(c, classes));
  std::vector<std::uint32_t> group(combinations, 0);
  std::size_t groups = 1;
  for (const Predicate& predicate : predicates) groups = refine(group, people, predicate);
  if (groups > max_cells) {
    crowded = most_divided(vocabulary, classes);
    return {};
  }

  for (Classes& c : classes) space.examples_.push_back(std::move(c.example));
  space.cell_of_.clear();
  space.representatives_.assign(groups, {});
  for (std::size_t c = 0; c < combinations; ++c) {
    space.cell_of_.emplace_back(group[c]);
    if (space.representatives_[group[c]].empty()) space.representatives_[group[c]] = people[c];
  }
  return space;
}

DynamicSet CellSpace::where(const Predicate& predicate) const {
  DynamicSet cells(size());
  for (std::size_t c = 0; c < size(); ++c)
    if (predicate.holds(representatives_[c])) cells.insert(c);
  return cells;
}

}  // namespace onward
