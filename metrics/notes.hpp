// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "metrics/experiment.hpp"

namespace onward {

/// Something that must be said with a result, as whole sentences.
struct Note {
  enum class Kind { general, unmodelled };
  Kind kind = Kind::general;
  std::string text;
};

/// All that must be said: docs/method/measures.md, section 7. At least one replication.
[[nodiscard]] std::vector<Note> notes_on(const Model& model,
                                         const std::vector<const Policy*>& policies,
                                         const Accounts& accounts);

}  // namespace onward
