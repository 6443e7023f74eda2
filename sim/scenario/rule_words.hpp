// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace onward {

/// `a`, `a or b`, `a, b or c`; `last` is the word before the last one.
[[nodiscard]] std::string listed(const std::vector<std::string>& names, const char* last = "or");

/// What a rule says as one sentence: who may or must not do what with which data, of whom, for
/// what purpose. Begins in upper case or with a name, without a full stop.
[[nodiscard]] std::string sentence(const Rule& rule, const Scenario& scenario);

/// Under which further conditions the rule holds, as phrases.
[[nodiscard]] std::vector<std::string> conditions(const Rule& rule, const Scenario& scenario);

/// Nodes by their labels, or what they are to the person.
[[nodiscard]] std::string in_words(const NodeSelector& selector, const Scenario& scenario);
[[nodiscard]] std::string in_words(const DynamicSet& nodes, const Scenario& scenario,
                                   const char* last = "or");

/// `age is child`, `status is not applicant or refused`.
[[nodiscard]] std::string in_words(const Predicate& predicate, const Scenario& scenario);

}  // namespace onward
