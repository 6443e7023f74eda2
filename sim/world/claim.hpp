// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace onward {

enum class EvidenceKind { law, official_statistic, study, expert_assumption, illustrative };

/// How a claim is spread between low and high when it is swept.
enum class Spread { uniform, log_uniform, triangular };

/// A number about the world that somebody might dispute, with its evidence.
struct Claim {
  double value = 0;
  std::optional<double> low;
  std::optional<double> high;
  std::string unit;
  Spread spread = Spread::log_uniform;
  EvidenceKind evidence = EvidenceKind::illustrative;
  std::string source;  ///< Empty only for illustrative claims.

  bool operator==(const Claim&) const = default;
};

}  // namespace onward
