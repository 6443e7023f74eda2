// SPDX-License-Identifier: Apache-2.0
#include "sim/world/selector.hpp"

#include <algorithm>

namespace onward {
namespace {

Predicate when_subject_is(const SubjectNode& subject, NodeId node) {
  DynamicSet values(subject.node_of_value.size());
  for (std::size_t v = 0; v < subject.node_of_value.size(); ++v)
    if (subject.node_of_value[v] == node) values.insert(v);
  return Predicate::is(subject.attribute, std::move(values));
}

}  // namespace

Predicate NodeSelector::when(NodeId node) const {
  if (!eligible.contains(node.index())) return Predicate::never();
  std::vector<Predicate> conditions;
  if (named && !named->contains(node.index())) {
    std::vector<Predicate> ways;
    for (const SubjectNode& subject : subjects) ways.push_back(when_subject_is(subject, node));
    conditions.push_back(Predicate::any(std::move(ways)));
  }
  if (!any.empty()) {
    std::vector<Predicate> ways;
    for (const NodeSelector& part : any) ways.push_back(part.when(node));
    conditions.push_back(Predicate::any(std::move(ways)));
  }
  for (const NodeSelector& part : none) conditions.push_back(Predicate::negation(part.when(node)));
  return Predicate::all(std::move(conditions));
}

bool NodeSelector::depends_on_subject() const {
  const auto depends = [](const NodeSelector& part) { return part.depends_on_subject(); };
  return !subjects.empty() || std::any_of(any.begin(), any.end(), depends) ||
         std::any_of(none.begin(), none.end(), depends);
}

DynamicSet NodeSelector::possible() const {
  DynamicSet nodes(eligible.size());
  for (std::size_t n = 0; n < eligible.size(); ++n)
    if (when(NodeId(n)).kind != Predicate::Kind::never) nodes.insert(n);
  return nodes;
}

}  // namespace onward
