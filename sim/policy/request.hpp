// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "sim/date.hpp"
#include "sim/ids.hpp"
#include "sim/world/vocabulary.hpp"

namespace onward {

/// Classes of sources that a compiled policy tells apart; see CompiledPolicy::sources_of.
using SourceSet = IdSet<Id<struct SourceTag>, 4>;

/// A moment in days since 1970-01-01, with its fraction.
using Moment = double;

/// Where a copy came from before its present holder, and the duties that travel with it.
struct Provenance {
  SourceSet sources;
  bool no_onward = false;
  bool recall = false;
  bool purpose_only = false;
  PurposeSet purposes;  ///< If `purpose_only`: what the copy may be used for.

  bool operator==(const Provenance&) const = default;
  auto operator<=>(const Provenance&) const = default;
};

/// The duties of an alternative that travel with what is handed on under it.
struct TravellingDuties {
  bool no_onward = false;
  bool recall = false;
  bool purpose_only = false;
};

/// The provenance of what a sender of these sources hands on for a purpose under some duties.
[[nodiscard]] inline Provenance handed_on(Provenance by, const SourceSet& sender,
                                          const TravellingDuties& under, PurposeId purpose) {
  by.sources |= sender;
  by.no_onward |= under.no_onward;
  by.recall |= under.recall;
  if (under.purpose_only) {
    const bool allowed = !by.purpose_only || by.purposes.contains(purpose);
    by.purposes = allowed ? PurposeSet::of(purpose) : PurposeSet{};
    by.purpose_only = true;
  }
  return by;
}

/// What an act over a channel leaves behind; the best case where no channel is named.
struct ChannelTraits {
  bool logged = true;
  bool recallable = true;
};

/// A request, decided one category at a time (docs/method/decisions.md, section 1).
struct Request {
  ActionId action;
  std::optional<NodeId> from;  ///< Empty: the person herself.
  NodeId to;
  PurposeId purpose;
  CellId cell;  ///< Of the recorded values.
  Provenance provenance;
  FactSet facts;
  ChannelTraits via;
  Moment on = 0;
};

enum class Verdict : std::uint8_t { permit, deny, not_governed };
enum class Because : std::uint8_t { none, conflict, prohibited, duty_unmet, no_permit };

/// The short answer, for the simulation.
struct Decision {
  Verdict verdict = Verdict::deny;
  Because because = Because::no_permit;
  RuleId permit;  ///< The permit of the alternative taken; valid if permitted.
};

[[nodiscard]] const char* to_string(Verdict verdict);
[[nodiscard]] const char* to_string(Because because);

}  // namespace onward
