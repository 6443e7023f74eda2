// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/diagnostic.hpp"
#include "sim/scenario/value.hpp"

namespace onward {

struct Draft;

/// A value of a scenario that is set before the scenario is read.
///
/// The pointer begins with the block, whatever file it is in: `/world/flows/ask/propensity`,
/// `/experiment/horizon_days`; a policy goes by its id: `/policies/law/rules/collect/...`. It leads
/// to what is written, with what the block extends: before states are instantiated (so a value of
/// `/world/for_each_state/...` is set in every state) and before patches are applied (so a value of
/// a rule is set in the policies that extend it too).
///
/// A number set where an empirical claim stands sets the claim's `value`.
struct Override {
  std::string pointer;
  Value value;
  Place place;  ///< Where it was asked for; messages lead there.
};

/// Reads `POINTER=JSON`, as in `/experiment/horizon_days=365`. `shown_as` is the name that messages
/// use, such as `--set`. Nothing if there is any error.
[[nodiscard]] std::optional<Override> read_override(std::string_view text,
                                                    const std::string& shown_as,
                                                    Diagnostics& diagnostics);

/// An override with a number.
[[nodiscard]] Override override_number(std::string pointer, double value,
                                       const std::string& shown_as);

/// Sets the values in order, and checks what has changed against its schema. False, with all
/// problems reported, if anything is wrong.
[[nodiscard]] bool override_values(Draft& draft, const std::vector<Override>& overrides,
                                   Diagnostics& diagnostics);

/// An empirical claim that is spread between two ends, and where it stands: what can be swept.
struct ClaimPlace {
  std::string pointer;  ///< As in an override.
  double value = 0;
  double low = 0;
  double high = 0;
  bool logarithmic = false;  ///< Spread log-uniformly.
  bool triangular = false;
};

/// The claims of a draft whose `low` lies below their `high`, in the order in which they are
/// written: those of the vocabulary, the world, the population, the policies and the outcomes.
[[nodiscard]] std::vector<ClaimPlace> claims_of(const Draft& draft);

}  // namespace onward
