// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/ask.hpp"

#include <algorithm>
#include <map>

namespace onward {
namespace {

bool same_answer(const Explanation& a, const Explanation& b) {
  // Why not the duties: they follow from the rules.
  return a.verdict == b.verdict && a.because == b.because && a.rules == b.rules &&
         a.derogates_from == b.derogates_from && a.overrides == b.overrides &&
         a.alternatives == b.alternatives;
}

Answer answer_for(const CompiledPolicy& policy, const CellSpace& cells, Request request,
                  CategoryId category, const CellSpace::Known& known) {
  Answer answer{category, {}, {}};
  std::map<CellId, std::size_t> case_of_cell;
  for (const auto& [cell, person] : cells.people(known)) {
    request.cell = cell;
    Explanation explanation = policy.explain(request, category);
    const auto same =
        std::find_if(answer.cases.begin(), answer.cases.end(),
                     [&](const AnswerCase& c) { return same_answer(c.explanation, explanation); });
    case_of_cell[cell] = static_cast<std::size_t>(same - answer.cases.begin());
    if (same == answer.cases.end()) answer.cases.push_back({person, std::move(explanation), {}});
  }
  if (answer.cases.size() > 1) answer.depends_on = cells.deciding(known, case_of_cell);
  if (answer.depends_on.size() == 1) {
    AttributeValues person = answer.cases.front().person;
    ValueId& value = person[answer.depends_on.front().index()];
    for (std::size_t v = 0; v < cells.values(answer.depends_on.front()); ++v) {
      value = ValueId(v);
      answer.cases[case_of_cell.at(cells.cell(person))].values.push_back(value);
    }
  }
  return answer;
}

}  // namespace

std::vector<Answer> ask(const CompiledPolicy& policy, const CellSpace& cells,
                        const OpenRequest& open) {
  Request request = open.request;
  for (const NodeId node : open.came_through) request.provenance.sources |= policy.sources_of(node);
  std::vector<Answer> answers;
  for (const CategoryId category : open.data)
    answers.push_back(answer_for(policy, cells, request, category, open.subject));
  return answers;
}

}  // namespace onward
