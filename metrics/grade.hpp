// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sim/people/plan.hpp"
#include "sim/policy/rule.hpp"

namespace onward {

/// How well the numbers behind a figure are evidenced: docs/method/measures.md, section 5.
enum class Grade { sourced, mixed, illustrative };

[[nodiscard]] const char* to_string(Grade grade);

/// Grades every measure of one model under some policies.
class Grades {
 public:
  Grades(const Model& model, const std::vector<const Policy*>& policies);

  /// Of what depends on the world, the people and the policies' duties alone.
  [[nodiscard]] Grade of_world() const { return world_; }
  [[nodiscard]] Grade of(const Harm& harm) const;

 private:
  Grade world_ = Grade::sourced;
};

}  // namespace onward
