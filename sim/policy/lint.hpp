// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/diagnostic.hpp"
#include "sim/policy/compiled_policy.hpp"

namespace onward {

/// Looks over a policy that is readable but perhaps not what its author meant.
///
/// An error: a patch permits what stays prohibited, without derogating from the
/// prohibition or withdrawing it. Warnings: a public authority that relies on
/// consent, a transfer to a third country without a ground, a disclosure from
/// the regime of the GDPR into that of the LED or back.
void lint(const CompiledPolicy& compiled, const Vocabulary& vocabulary, const World& world,
          Diagnostics& diagnostics);

}  // namespace onward
