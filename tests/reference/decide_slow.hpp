// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace onward::reference {

/// A verdict on one category of a request (docs/method/decisions.md, section 6).
struct SlowVerdict {
  /// "permit", "deny" or "not-governed".
  std::string verdict;
  /// "" unless denied; then "conflict", "prohibited", "duty-unmet" or "no-permit".
  std::string because;
  /// Permitted: the permit, then the matching requirements by id. Denied: as the table says.
  std::vector<std::string> rules;
  /// The matching prohibitions from which the permit derogates, in byte order.
  std::vector<std::string> derogates_from;
  /// The matching prohibitions that the permit overrides under `perm`, in byte order.
  std::vector<std::string> overrides;
  /// The permits of the other alternatives that stand and can meet their duties, least first.
  std::vector<std::string> alternatives;
  /// The effective duties of the alternative taken; an empty object unless permitted.
  nlohmann::json duties = nlohmann::json::object();
};

/// Decides one category of a request, slowly, from docs/method/decisions.md alone.
///
/// `policy` is a complete element of the scenario's `policies`. Nothing is validated: a document
/// that loading would refuse may be answered at random or throw `std::exception`.
SlowVerdict decide_slow(const nlohmann::json& scenario, const nlohmann::json& policy,
                        const nlohmann::json& request, const std::string& category);

}  // namespace onward::reference
