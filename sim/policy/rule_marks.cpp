// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/rule_marks.hpp"

namespace onward {

void RuleMarks::add(const CompiledPolicy& policy) {
  Marked marked{&policy, {}};
  for (const Rule& rule : policy.policy().rules) marked.of_rule.push_back(of(rule.id));
  policies_.push_back(std::move(marked));
}

Marks RuleMarks::of(const std::string& rule) const {
  Marks marks = 0;
  for (std::size_t s = 0; s < sets_.size(); ++s)
    if (sets_[s].contains(rule)) marks |= Marks{1} << s;
  return marks;
}

Marks RuleMarks::met(const Request& request, CategoryId category) const {
  Marks met = 0;
  for (const Marked& marked : policies_)
    for (const CompiledPolicy::Way& way :
         marked.policy->ways(request.action, request.from, request.to, request.purpose))
      if (way.data.contains(category) && way.cells->contains(request.cell.index()))
        met |= marked.of_rule[way.rule.index()];
  return met;
}

std::vector<std::size_t> RuleMarks::likeness(NodeId node) const {
  std::vector<std::size_t> classes;
  for (const Marked& marked : policies_) {
    classes.push_back(marked.policy->class_of_sender(node));
    classes.push_back(marked.policy->class_of_recipient(node));
  }
  return classes;
}

}  // namespace onward
