// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/diagnostic.hpp"
#include "sim/scenario/value.hpp"

namespace onward {

/// A policy with its patches applied.
struct ComposedPolicy {
  std::string id;
  std::string label;
  std::string extends;
  Place place;
  const Value* binds = nullptr;  ///< Of the policy at the bottom of `extends`; null: not written.
  std::string strategy;
  std::vector<std::string> layers;
  Value rules;                      ///< An object; every rule meets its schema.
  std::set<std::string> patched;    ///< Rules that this policy's own patch touched.
  std::set<std::string> withdrawn;  ///< Rules withdrawn on the way.
  std::vector<std::string> unmodelled;
};

/// A scenario as it is written: every block in place with what it extends, but states not yet
/// instantiated and patches not yet applied. Everything meets its schema.
struct Draft {
  std::string file;  ///< As shown to the user.
  Value root;
  Value vocabulary;
  Value world;
  Value population;
  Value outcomes;
  Value experiment;
  Value suite;                  ///< A list, or null.
  std::vector<Value> policies;  ///< As written.
};

/// A scenario put together: states instantiated, patches applied too.
struct Composed : Draft {
  std::vector<std::string> states;
  std::vector<ComposedPolicy> composed_policies;
};

/// Reads the scenario of that file or folder and all files that it names.
/// Nothing if there is any error.
[[nodiscard]] std::optional<Draft> read_draft(const std::string& path, Diagnostics& diagnostics);

/// The same for a text whose blocks are all in place.
[[nodiscard]] std::optional<Draft> read_draft_text(const std::string& text,
                                                   const std::string& shown_as,
                                                   Diagnostics& diagnostics);

/// Instantiates states and applies patches. Nothing if there is any error.
[[nodiscard]] std::optional<Composed> compose(Draft draft, Diagnostics& diagnostics);

/// A suite file: its tests and the path of its scenario, as shown to the user.
struct SuiteFile {
  std::string scenario;
  Value tests;
};

/// Reads a `*.suite.json`. Nothing if there is any error.
[[nodiscard]] std::optional<SuiteFile> read_suite_file(const std::string& path,
                                                       Diagnostics& diagnostics);

}  // namespace onward
