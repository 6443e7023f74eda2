// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/override.hpp"

namespace onward {

/// Shares of attributes out of CSV text with the columns group, attribute, value and share, in any
/// order and among others: one override for each group and attribute, in the order of the file.
/// Each share gets the evidence. Reports lines that cannot be read, each at its place.
[[nodiscard]] std::vector<Override> read_marginals(const std::string& text,
                                                   const std::string& shown_as,
                                                   const Value& evidence, Diagnostics& diagnostics);

}  // namespace onward
