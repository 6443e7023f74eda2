// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/diagnostic.hpp"
#include "sim/scenario/value.hpp"

namespace onward {

/// Writes out `for_each_state`: each id x becomes S.x for every state S, a bare
/// name of a part that exists in every state becomes the same state's, `other.x`
/// every other state's. Every node of S also gets the jurisdiction S and those
/// of its state; inside, the jurisdiction `same` is S and `other` every other
/// state, so that a tag can select this state's nodes alone. Returns the states
/// in their order; reports ids that are taken.
std::vector<std::string> instantiate_states(Value& world, Diagnostics& diagnostics);

}  // namespace onward
