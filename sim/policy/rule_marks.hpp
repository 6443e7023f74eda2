// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "sim/policy/compiled_policy.hpp"

namespace onward {

/// One bit for each of up to 64 sets of rules.
using Marks = std::uint64_t;

/// Sets of rules that are in force in some policies and not in others.
///
/// A policy in which some of them are in force answers a request as another does if the same are in
/// force of those that the request meets: the rest match nothing of it.
class RuleMarks {
 public:
  /// Rules go by their ids; each belongs to one set at most.
  explicit RuleMarks(std::vector<std::set<std::string>> sets) : sets_(std::move(sets)) {}

  /// Every form that a rule of the sets has must be in one of the policies added. A policy must
  /// outlive this.
  void add(const CompiledPolicy& policy);

  [[nodiscard]] std::size_t sets() const { return sets_.size(); }
  /// The set that a rule belongs to.
  [[nodiscard]] Marks of(const std::string& rule) const;

  /// The sets of which some rule can match the request, whatever the day, the facts and the
  /// provenance.
  [[nodiscard]] Marks met(const Request& request, CategoryId category) const;

  /// What tells one node from others here; nodes with the same are alike.
  [[nodiscard]] std::vector<std::size_t> likeness(NodeId node) const;

 private:
  struct Marked {
    const CompiledPolicy* policy = nullptr;
    std::vector<Marks> of_rule;
  };

  std::vector<std::set<std::string>> sets_;
  std::vector<Marked> policies_;
};

}  // namespace onward
