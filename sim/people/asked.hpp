// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/people/process_notes.hpp"

namespace onward {

/// A message that is drawn up, with what its categories have in common.
struct Process::Asked {
  const FlowPlan* flow = nullptr;
  NodeId from;
  NodeId to;
  NodeId actor;
  NodeId responsible;  ///< Whose compliance counts.
  Hash lineage = 0;
  FactSet facts;
  double now = 0;
  bool query = false;
  bool found = true;    ///< Of a query: a record, if there is one.
  bool barred = false;  ///< Of a query: its keys are prohibited.
};

}  // namespace onward
