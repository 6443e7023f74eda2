// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/ask.hpp"

#include <algorithm>
#include <cstdint>
#include <map>

namespace onward {
namespace {

bool same_answer(const Explanation& a, const Explanation& b) {
  // Why not the duties: they follow from the rules.
  return a.verdict == b.verdict && a.because == b.because && a.rules == b.rules &&
         a.derogates_from == b.derogates_from && a.overrides == b.overrides &&
         a.alternatives == b.alternatives;
}

/// Every combination of the values that matter, among the people with the known values.
class People {
 public:
  People(const CellSpace& cells, const std::vector<std::optional<ValueId>>& known) {
    for (std::size_t a = 0; a < known.size(); ++a) {
      choices_.push_back(known[a] ? std::vector{*known[a]} : cells.examples(AttributeId(a)));
      strides_.push_back(size_);
      size_ *= choices_.back().size();
    }
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t attributes() const { return choices_.size(); }
  [[nodiscard]] AttributeValues person(std::size_t number) const {
    AttributeValues values;
    for (std::size_t a = 0; a < choices_.size(); ++a) values.push_back(choices_[a][choice(number, a)]);
    return values;
  }
  /// The person who differs only in having the first choice of an attribute.
  [[nodiscard]] std::size_t with_first_choice(std::size_t number, std::size_t attribute) const {
    return number - choice(number, attribute) * strides_[attribute];
  }

 private:
  [[nodiscard]] std::size_t choice(std::size_t number, std::size_t attribute) const {
    return number / strides_[attribute] % choices_[attribute].size();
  }

  std::vector<std::vector<ValueId>> choices_;
  std::vector<std::size_t> strides_;
  std::size_t size_ = 1;
};

Answer answer_for(const CompiledPolicy& policy, const CellSpace& cells, Request request,
                  CategoryId category, const People& people) {
  Answer answer{category, {}, {}};
  std::map<CellId, std::uint32_t> case_of_cell;
  std::vector<std::uint32_t> case_of_person;
  for (std::size_t p = 0; p < people.size(); ++p) {
    const AttributeValues person = people.person(p);
    request.cell = cells.cell(person);
    const auto [known, is_new] = case_of_cell.emplace(request.cell, 0);
    if (is_new) {
      Explanation explanation = policy.explain(request, category);
      const auto same = std::find_if(answer.cases.begin(), answer.cases.end(), [&](const AnswerCase& c) {
        return same_answer(c.explanation, explanation);
      });
      known->second = static_cast<std::uint32_t>(same - answer.cases.begin());
      if (same == answer.cases.end()) answer.cases.push_back({person, std::move(explanation)});
    }
    case_of_person.push_back(known->second);
  }
  if (answer.cases.size() == 1) return answer;

  // An attribute matters if changing it alone changes the answer for somebody.
  for (std::size_t a = 0; a < people.attributes(); ++a)
    for (std::size_t p = 0; p < people.size(); ++p)
      if (case_of_person[p] != case_of_person[people.with_first_choice(p, a)]) {
        answer.depends_on.emplace_back(a);
        break;
      }
  return answer;
}

}  // namespace

std::vector<Answer> ask(const CompiledPolicy& policy, const CellSpace& cells,
                        const OpenRequest& open) {
  Request request = open.request;
  for (const NodeId node : open.came_through) request.provenance.sources |= policy.sources_of(node);
  const People people(cells, open.subject);
  std::vector<Answer> answers;
  for (const CategoryId category : open.data)
    answers.push_back(answer_for(policy, cells, request, category, people));
  return answers;
}

}  // namespace onward
