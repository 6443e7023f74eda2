// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/people/plan.hpp"
#include "sim/proof/relevance.hpp"

namespace onward {

/// Which questions a proof answers: docs/method/proof.md.
enum class Realm { law, world };

/// Everybody, divided into cells of what is true and what is recorded of them.
///
/// A cell holds, for each attribute that something tests, a class of true values and a class of
/// values recorded by one recorder, whoever it is. A set of cells stands for all people in them.
/// Transitions are those of the journeys: from cell to cell when a state is entered. Not for
/// several threads: answers are remembered.
class Situations {
 public:
  using Set = DynamicSet;
  static constexpr std::size_t max_cells = 65536;

  /// Everybody who may be in a state of a journey, on entering it.
  struct Visit {
    std::size_t journey = 0;
    std::size_t state = 0;
    Set cells;
    double earliest = 0;  ///< Day.
  };

  /// `tested` are predicates that the question asks beside those of rules and world, as far as
  /// they are relevant. Nothing if there are too many cells; then `problem` says so.
  [[nodiscard]] static std::optional<Situations> build(const Model& model, const Policy& policy,
                                                       Realm realm, const Relevance& relevance,
                                                       const std::vector<Predicate>& tested,
                                                       std::string& problem);

  [[nodiscard]] std::size_t size() const { return truths_.size(); }
  [[nodiscard]] Set nobody() const { return Set(size()); }
  [[nodiscard]] Set everybody() const { return Set(size(), true); }

  /// Values of somebody in the cell: true ones, and recorded ones.
  [[nodiscard]] const AttributeValues& truth(std::size_t cell) const { return truths_[cell]; }
  [[nodiscard]] const AttributeValues& record(std::size_t cell) const { return records_[cell]; }
  /// Whether the true values of the cell are those of a person, as far as they are told apart.
  [[nodiscard]] bool is_true_of(std::size_t cell, const AttributeValues& values) const;
  /// Whether something tests the attribute.
  [[nodiscard]] bool tells_apart(AttributeId attribute) const {
    return dimension(attribute) != nullptr;
  }
  /// The policy's own cell of what is recorded.
  [[nodiscard]] CellId decided_as(std::size_t cell) const { return decided_as_[cell]; }

  [[nodiscard]] const Set& where_true(const Predicate& predicate) const;
  [[nodiscard]] const Set& where_recorded(const Predicate& predicate) const;
  /// Where the node may have recorded something of which the predicate holds.
  [[nodiscard]] Set where_node_records(const Predicate& predicate, NodeId node) const;
  /// The cells of people with the same true values as somebody in the set.
  [[nodiscard]] Set same_truth(const Set& set) const;
  /// The set, and where people in it may come to be by and by.
  [[nodiscard]] const Set& later(const Set& set) const;
  /// What may be recorded by this node.
  [[nodiscard]] const Set& recorded_by(NodeId node) const;
  /// Nodes of one number record alike.
  [[nodiscard]] std::size_t recorder_class(NodeId node) const {
    return recorder_class_[node.index()];
  }
  /// The first node that records as this one does.
  [[nodiscard]] NodeId recorder_like(NodeId node) const {
    return recorders_[recorder_class_[node.index()]];
  }

  /// Those who may belong to a group, before anything has happened to them.
  [[nodiscard]] const Set& start_of(std::size_t group) const { return starts_[group]; }
  [[nodiscard]] const std::vector<Visit>& visits() const { return visits_; }
  /// The cells to which somebody in a cell moves when a state is entered.
  [[nodiscard]] const std::vector<std::uint32_t>& moves(std::size_t cell) const {
    return moves_[cell];
  }
  /// A node that records `recorded` where `truth` is true; none if there is none.
  [[nodiscard]] std::optional<NodeId> mistaken(AttributeId attribute, ValueId truth,
                                               ValueId recorded) const;
  [[nodiscard]] bool mistakes(NodeId node, AttributeId attribute, ValueId truth,
                              ValueId recorded) const;

 private:
  friend class SituationBuilder;

  /// An attribute that something tests.
  struct Dimension {
    AttributeId attribute;
    std::vector<std::uint32_t> class_of_value;
    std::vector<ValueId> example;                                ///< By class.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;  ///< True, recorded.
    std::vector<std::tuple<NodeId, std::uint32_t, std::uint32_t>> errors;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> set_errors;  ///< Of those who set it.
    std::size_t stride = 1;
  };

  [[nodiscard]] std::size_t digit(std::size_t cell, const Dimension& d) const {
    return cell / d.stride % d.pairs.size();
  }
  [[nodiscard]] const Dimension* dimension(AttributeId attribute) const;

  const Model* model_ = nullptr;
  std::vector<Dimension> dimensions_;
  std::vector<AttributeValues> truths_;
  std::vector<AttributeValues> records_;
  std::vector<CellId> decided_as_;
  std::vector<std::uint32_t> truth_number_;
  std::size_t truth_count_ = 0;
  std::vector<std::vector<std::uint32_t>> moves_;
  std::vector<Visit> visits_;
  std::vector<Set> starts_;
  std::vector<std::size_t> recorder_class_;
  std::vector<NodeId> recorders_;  ///< By class: the first.
  mutable std::map<Predicate, Set> true_sets_;
  mutable std::map<Predicate, Set> recorded_sets_;
  mutable std::map<Set, Set> later_;
  mutable std::map<std::size_t, Set> recorded_by_;
};

/// The shortest time that a duration can take, and the longest (infinite if there is none).
[[nodiscard]] double shortest(const Duration& duration);
[[nodiscard]] double longest(const Duration& duration);

}  // namespace onward
