// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "sim/policy/compiled_policy.hpp"

namespace onward {

/// A request as a person writes it: some attributes may be left open.
struct OpenRequest {
  Request request;  ///< Its cell and its provenance's sources are not yet set.
  std::vector<NodeId> came_through;
  std::vector<CategoryId> data;
  std::vector<std::optional<ValueId>> subject;  ///< By attribute; empty: any value.
};

/// One answer, and somebody to whom it applies.
struct AnswerCase {
  AttributeValues person;
  Explanation explanation;
  /// If the answer depends on one attribute only: all its values for which this is the answer.
  std::vector<ValueId> values;
};

/// What a policy says to one category of an open request.
struct Answer {
  CategoryId category;
  std::vector<AnswerCase> cases;  ///< Each different answer once; never empty.
  /// The attributes left open on which the answer depends; none if there is one case.
  std::vector<AttributeId> depends_on;
};

/// Decides every category of the request, for everybody whom it may be about.
[[nodiscard]] std::vector<Answer> ask(const CompiledPolicy& policy, const CellSpace& cells,
                                      const OpenRequest& open);

}  // namespace onward
