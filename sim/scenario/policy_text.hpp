// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace onward {

/// What stands behind a rule, as far as it can be cited.
enum class Standing { law, not_yet, proposed, practice, invented, not_read };

/// `not_read` where the rule says itself that its source was not read or not verified.
[[nodiscard]] Standing standing_of(const Rule& rule);
/// What people read beside the citation, such as `invented, not law`.
[[nodiscard]] const char* in_words(Standing standing);

/// Whether a rule counts on a day.
enum class Force { in_force, not_yet, no_longer };
[[nodiscard]] Force force_of(const Rule& rule, Date day);

/// The duties that a rule attaches, as phrases.
[[nodiscard]] std::vector<std::string> duties_in_words(const Rule& rule, const Scenario& scenario);

/// What `onward policy show --json` prints: scenarios/schema/policy-text.schema.json.
[[nodiscard]] nlohmann::ordered_json policy_text(const Policy& policy, const Scenario& scenario,
                                                 Date day, const std::vector<RuleId>& rules);

/// What `onward policy list --json` prints: scenarios/schema/policy-list.schema.json.
[[nodiscard]] nlohmann::ordered_json policy_list(const Scenario& scenario);

}  // namespace onward
