// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/ask.hpp"

#include <map>

namespace onward {
namespace {

bool same_answer(const Explanation& a, const Explanation& b) {
  return a.verdict == b.verdict && a.because == b.because && a.rules == b.rules &&
         a.derogates_from == b.derogates_from && a.overrides == b.overrides;
}

Answer answer_for(const CompiledPolicy& policy, const CellSpace& cells, Request request,
                  CategoryId category, const std::vector<std::optional<ValueId>>& open,
                  const std::vector<AttributeValues>& people) {
  std::map<CellId, Explanation> by_cell;
  const auto explain = [&](const AttributeValues& person) -> const Explanation& {
    request.cell = cells.cell(person);
    const auto known = by_cell.find(request.cell);
    if (known != by_cell.end()) return known->second;
    return by_cell.emplace(request.cell, policy.explain(request, category)).first->second;
  };

  Answer answer{category, explain(people.front()), {}, people.front(), {}, {}};
  for (const AttributeValues& person : people) {
    const Explanation& other = explain(person);
    if (same_answer(answer.explanation, other)) continue;
    answer.other_person = person;
    answer.other = other;
    break;
  }
  if (answer.other_person.empty()) return answer;

  // An attribute matters if changing it alone changes the answer for somebody.
  std::vector<bool> matters(open.size(), false);
  for (const AttributeValues& person : people)
    for (std::size_t a = 0; a < open.size(); ++a) {
      if (open[a] || matters[a]) continue;
      AttributeValues other = person;
      for (const ValueId value : cells.examples(AttributeId(a))) {
        other[a] = value;
        matters[a] = matters[a] || !same_answer(explain(person), explain(other));
      }
    }
  for (std::size_t a = 0; a < matters.size(); ++a)
    if (matters[a]) answer.depends_on.emplace_back(a);
  return answer;
}

}  // namespace

std::vector<Answer> ask(const CompiledPolicy& policy, const CellSpace& cells,
                        const OpenRequest& open) {
  Request request = open.request;
  for (const NodeId node : open.came_through) request.provenance.sources |= policy.sources_of(node);
  const std::vector<AttributeValues> people = cells.people_with(open.subject);
  std::vector<Answer> answers;
  for (const CategoryId category : open.data)
    answers.push_back(answer_for(policy, cells, request, category, open.subject, people));
  return answers;
}

}  // namespace onward
