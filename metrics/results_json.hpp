// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "metrics/experiment.hpp"
#include "metrics/notes.hpp"
#include "metrics/stopping.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward {

/// What a run came to, and how fast.
struct Results {
  const Scenario* scenario = nullptr;
  std::vector<const Policy*>
      policies;  ///< In the order of the accounts; the first is the baseline.
  std::uint32_t seed = 0;
  Accounts accounts;
  std::vector<Note> notes;
  std::size_t replications_planned = 0;
  std::optional<Stopping> stopping;  ///< If replications went on until figures were precise.
  Digest digest;
  double seconds = 0;
  std::uint64_t person_events = 0;
  std::uint64_t peak_memory_bytes = 0;
};

/// Fills in the notes, the digest and the number of person-events. At least one replication.
void complete(Results& results, const Model& model);

/// The results in the form of scenarios/schema/results.schema.json, indented.
[[nodiscard]] std::string to_json(const Results& results, const std::string& version);

}  // namespace onward
