// SPDX-License-Identifier: Apache-2.0
#include "sim/policy/rule.hpp"

namespace onward {

const char* to_string(Strategy strategy) {
  switch (strategy) {
    case Strategy::prohibit: return "prohibit";
    case Strategy::perm: return "perm";
    case Strategy::invalid: return "invalid";
  }
  return "";
}

}  // namespace onward
