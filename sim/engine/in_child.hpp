// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace onward {

/// Runs work in a process of its own and returns what it returned, as bytes.
///
/// For units whose records travel over channels of limited capacity: SimGrid's clock never
/// goes back, so each needs a SimGrid of its own. The parent must not have used SimGrid.
/// Throws std::runtime_error with the reason if the work throws or the process dies.
[[nodiscard]] std::string in_child(const std::function<std::string()>& work);

}  // namespace onward
