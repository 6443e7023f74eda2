// SPDX-License-Identifier: Apache-2.0
#include "sim/proof/situations.hpp"

#include <algorithm>
#include <limits>

namespace onward {

double shortest(const Duration& duration) {
  switch (duration.shape) {
    case DurationShape::fixed: return duration.mean;
    case DurationShape::uniform: return duration.low;
    case DurationShape::empirical:
      return *std::min_element(duration.values.begin(), duration.values.end());
    default: return 0;
  }
}

double longest(const Duration& duration) {
  switch (duration.shape) {
    case DurationShape::fixed: return duration.mean;
    case DurationShape::uniform: return duration.high;
    case DurationShape::empirical:
      return *std::max_element(duration.values.begin(), duration.values.end());
    default: return duration.mean == 0 ? 0 : std::numeric_limits<double>::infinity();
  }
}

const Situations::Set& Situations::where_true(const Predicate& predicate) const {
  const auto [known, is_new] = true_sets_.try_emplace(predicate);
  if (!is_new) return known->second;
  Set set = nobody();
  for (std::size_t c = 0; c < size(); ++c)
    if (predicate.holds(truths_[c])) set.insert(c);
  return known->second = std::move(set);
}

const Situations::Set& Situations::where_recorded(const Predicate& predicate) const {
  const auto [known, is_new] = recorded_sets_.try_emplace(predicate);
  if (!is_new) return known->second;
  Set set = nobody();
  for (std::size_t c = 0; c < size(); ++c)
    if (predicate.holds(records_[c])) set.insert(c);
  return known->second = std::move(set);
}

Situations::Set Situations::where_node_records(const Predicate& predicate, NodeId node) const {
  Set set = where_recorded(predicate);
  set &= recorded_by(node);
  return same_truth(set);
}

Situations::Set Situations::same_truth(const Set& set) const {
  if (truth_count_ == size()) return set;
  std::vector<char> there(truth_count_, 0);
  set.for_each([&](std::size_t cell) { there[truth_number_[cell]] = 1; });
  Set all = nobody();
  for (std::size_t c = 0; c < size(); ++c)
    if (there[truth_number_[c]] != 0) all.insert(c);
  return all;
}

const Situations::Set& Situations::later(const Set& set) const {
  const auto known = later_.find(set);
  if (known != later_.end()) return known->second;
  Set all = set;
  std::vector<std::uint32_t> open;
  set.for_each([&](std::size_t cell) { open.push_back(static_cast<std::uint32_t>(cell)); });
  while (!open.empty()) {
    const std::uint32_t cell = open.back();
    open.pop_back();
    for (const std::uint32_t next : moves_[cell]) {
      if (all.contains(next)) continue;
      all.insert(next);
      open.push_back(next);
    }
  }
  return later_.emplace(set, std::move(all)).first->second;
}

const Situations::Set& Situations::recorded_by(NodeId node) const {
  const auto [known, is_new] = recorded_by_.try_emplace(node.index());
  if (!is_new) return known->second;
  Set set = nobody();
  for (std::size_t c = 0; c < size(); ++c) {
    const bool possible =
        std::all_of(dimensions_.begin(), dimensions_.end(), [&](const Dimension& d) {
          const auto& [truth, recorded] = d.pairs[digit(c, d)];
          return truth == recorded ||
                 std::find(d.errors.begin(), d.errors.end(), std::tuple(node, truth, recorded)) !=
                     d.errors.end() ||
                 std::find(d.set_errors.begin(), d.set_errors.end(), d.pairs[digit(c, d)]) !=
                     d.set_errors.end();
        });
    if (possible) set.insert(c);
  }
  return known->second = std::move(set);
}

const Situations::Dimension* Situations::dimension(AttributeId attribute) const {
  const auto found = std::find_if(dimensions_.begin(), dimensions_.end(),
                                  [&](const Dimension& d) { return d.attribute == attribute; });
  return found == dimensions_.end() ? nullptr : &*found;
}

bool Situations::is_true_of(std::size_t cell, const AttributeValues& values) const {
  return std::all_of(dimensions_.begin(), dimensions_.end(), [&](const Dimension& d) {
    return d.pairs[digit(cell, d)].first == d.class_of_value[values[d.attribute.index()].index()];
  });
}

bool Situations::mistakes(NodeId node, AttributeId attribute, ValueId truth,
                          ValueId recorded) const {
  const auto& errors = model_->vocabulary->attributes[attribute.index()].recording_errors;
  return std::any_of(errors.begin(), errors.end(), [&](const RecordingError& error) {
    return error.node == node && error.true_value == truth && error.recorded == recorded &&
           error.chance.value > 0;
  });
}

std::optional<NodeId> Situations::mistaken(AttributeId attribute, ValueId truth,
                                           ValueId recorded) const {
  for (std::size_t n = 0; n < model_->world->nodes.size(); ++n)
    if (mistakes(NodeId(n), attribute, truth, recorded)) return NodeId(n);
  return {};
}

}  // namespace onward
