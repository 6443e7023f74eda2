// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdio>

#include "sim/people/process.hpp"

namespace onward {

/// A name as it goes into the digest, and as it is shown in a trace.
struct Named {
  Hash hash = 0;
  const std::string* name = nullptr;
};

/// Takes an entry into a person's hash and, if there is one, into the trace.
template <class... Words>
void Process::note(Person& person, Word what, double time, Words... words) {
  if (person.cast < 0) person.hash.add(what.hash(), time, words.hash...);
  if (trace_ == nullptr) return;
  const Population& population = *plan_.model.population;
  std::array<char, 40> when{};
  std::snprintf(when.data(), when.size(), "%.17g", time);
  std::string line = person.cast < 0
                         ? population.groups[person.group].id
                         : "cast/" + population.cast[static_cast<std::size_t>(person.cast)].name;
  line += ":" + std::to_string(person.index) + " ";
  line += what.text();
  line += " ";
  line += when.data();
  ((line += " " + *words.name), ...);
  trace_->push_back(std::move(line));
}

}  // namespace onward
