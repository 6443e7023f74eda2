// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/container/small_vector.hpp>

#include "sim/ids.hpp"

namespace onward {

/// A short list of rules that needs no allocation in the usual case.
using RuleList = boost::container::small_vector<RuleId, 12>;

/// The rules that match one category of one request, and what follows.
struct Matches {
  RuleList permits;
  RuleList prohibitions;
  RuleList requirements;
  RuleList takeable;  ///< Permits that stand and can meet their duties, least first.
};

}  // namespace onward
