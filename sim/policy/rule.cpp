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

const char* to_string(Effect effect) {
  switch (effect) {
    case Effect::permit: return "permit";
    case Effect::prohibit: return "prohibit";
    case Effect::require: return "require";
  }
  return "";
}

const char* to_string(RuleChange::Kind kind) {
  switch (kind) {
    case RuleChange::Kind::written: return "written";
    case RuleChange::Kind::added: return "added";
    case RuleChange::Kind::amended: return "amended";
    case RuleChange::Kind::replaced: return "replaced";
    case RuleChange::Kind::withdrawn: return "withdrawn";
  }
  return "";
}

}  // namespace onward
