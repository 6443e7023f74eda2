// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <map>
#include <random>

#include "sim/policy/cells.hpp"

namespace onward {
namespace {

/// A vocabulary with one attribute for each entry, of that many values.
Vocabulary vocabulary(const std::vector<std::size_t>& sizes) {
  Vocabulary words;
  for (std::size_t a = 0; a < sizes.size(); ++a) {
    words.attribute_names.add("a" + std::to_string(a));
    Attribute attribute;
    for (std::size_t v = 0; v < sizes[a]; ++v) attribute.values.add("v" + std::to_string(v));
    words.attributes.push_back(std::move(attribute));
  }
  return words;
}

Predicate is(std::size_t attribute, std::size_t values, std::vector<std::size_t> allowed) {
  DynamicSet set(values);
  for (const std::size_t v : allowed) set.insert(v);
  return Predicate::is(AttributeId(attribute), std::move(set));
}

CellSpace built(const Vocabulary& words, const std::vector<Predicate>& predicates) {
  std::vector<std::string> crowded;
  auto space = CellSpace::build(words, predicates, crowded);
  if (!space) throw std::runtime_error("too many cells");
  return std::move(*space);
}

/// Everybody there can be.
std::vector<AttributeValues> everybody(const Vocabulary& words) {
  std::vector<AttributeValues> people{{}};
  for (const Attribute& attribute : words.attributes) {
    std::vector<AttributeValues> longer;
    for (const AttributeValues& person : people)
      for (std::size_t v = 0; v < attribute.values.size(); ++v) {
        longer.push_back(person);
        longer.back().emplace_back(v);
      }
    people = std::move(longer);
  }
  return people;
}

Predicate random_predicate(const Vocabulary& words, int depth) {
  const int kind = *rc::gen::inRange(0, depth == 0 ? 1 : 4);
  if (kind == 0) {
    const auto a = *rc::gen::inRange<std::size_t>(0, words.attributes.size());
    const std::size_t values = words.attributes[a].values.size();
    return is(
        a, values,
        *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, values)));
  }
  if (kind == 1) return Predicate::negation(random_predicate(words, depth - 1));
  std::vector<Predicate> parts{random_predicate(words, depth - 1),
                               random_predicate(words, depth - 1)};
  return kind == 2 ? Predicate::all(std::move(parts)) : Predicate::any(std::move(parts));
}

TEST(Cells, no_predicate_makes_one_cell) {
  const Vocabulary words = vocabulary({3, 4});
  EXPECT_EQ(built(words, {}).size(), 1U);
}

TEST(Cells, many_attributes_in_one_predicate_make_two_cells_not_their_product) {
  const Vocabulary words = vocabulary(std::vector<std::size_t>(30, 2));
  std::vector<Predicate> parts;
  for (std::size_t a = 0; a < 30; ++a) parts.push_back(is(a, 2, {1}));
  EXPECT_EQ(built(words, {Predicate::any(std::move(parts))}).size(), 2U);
}

TEST(Cells, too_many_are_refused_and_the_attributes_that_divide_most_are_named) {
  const Vocabulary words = vocabulary({2, 300, 300});
  std::vector<Predicate> each;
  for (std::size_t a = 1; a < 3; ++a)
    for (std::size_t v = 0; v < 300; ++v) each.push_back(is(a, 300, {v}));
  each.push_back(is(0, 2, {1}));
  std::vector<std::string> crowded;
  EXPECT_FALSE(CellSpace::build(words, each, crowded));
  EXPECT_EQ(crowded, (std::vector<std::string>{"a1", "a2", "a0"}));
}

RC_GTEST_PROP(Cells, two_people_share_a_cell_exactly_if_all_predicates_treat_them_alike, ()) {
  const Vocabulary words = vocabulary({3, 2, 4, 2});
  std::vector<Predicate> predicates;
  const int number = *rc::gen::inRange(0, 6);
  for (int i = 0; i < number; ++i) predicates.push_back(random_predicate(words, 3));
  const CellSpace space = built(words, predicates);
  std::map<std::vector<bool>, CellId> cell_of;
  for (const AttributeValues& person : everybody(words)) {
    std::vector<bool> treated;
    for (const Predicate& predicate : predicates) treated.push_back(predicate.holds(person));
    const CellId cell = space.cell(person);
    RC_ASSERT(cell_of.emplace(treated, cell).first->second == cell);
    for (const Predicate& predicate : predicates)
      RC_ASSERT(space.where(predicate).contains(cell.index()) == predicate.holds(person));
  }
  RC_ASSERT(cell_of.size() == space.size());
}

RC_GTEST_PROP(Cells, open_attributes_are_those_whose_change_alone_changes_the_label, ()) {
  const Vocabulary words = vocabulary({3, 2, 4, 2});
  std::vector<Predicate> predicates;
  for (int i = 0; i < 4; ++i) predicates.push_back(random_predicate(words, 3));
  const CellSpace space = built(words, predicates);
  CellSpace::Known known;
  for (const Attribute& attribute : words.attributes) {
    known.emplace_back();
    if (*rc::gen::arbitrary<bool>())
      known.back() = ValueId(*rc::gen::inRange<std::size_t>(0, attribute.values.size()));
  }
  std::map<CellId, std::size_t> label;
  for (const auto& [cell, person] : space.people(known)) {
    RC_ASSERT(space.cell(person) == cell);
    for (std::size_t a = 0; a < known.size(); ++a) RC_ASSERT(!known[a] || *known[a] == person[a]);
    label[cell] = *rc::gen::inRange<std::size_t>(0, 2);
  }

  std::vector<AttributeId> expected;
  for (std::size_t a = 0; a < known.size(); ++a) {
    bool matters = false;
    for (const AttributeValues& person : everybody(words)) {
      bool possible = !known[a];
      for (std::size_t b = 0; b < known.size(); ++b)
        possible = possible && (!known[b] || *known[b] == person[b]);
      if (!possible) continue;
      RC_ASSERT(label.count(space.cell(person)) == 1U);
      for (std::size_t v = 0; v < words.attributes[a].values.size(); ++v) {
        AttributeValues other = person;
        other[a] = ValueId(v);
        matters = matters || label.at(space.cell(other)) != label.at(space.cell(person));
      }
    }
    if (matters) expected.emplace_back(a);
  }
  RC_ASSERT(space.deciding(known, label) == expected);
}

}  // namespace
}  // namespace onward
