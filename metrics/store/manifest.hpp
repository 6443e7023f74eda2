// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/experiment.hpp"
#include "metrics/store/store.hpp"

namespace onward {

/// What happened in a folder of results: how to reproduce them, and whether they are whole.
struct Manifest {
  std::string version;
  std::vector<std::string> command;  ///< The first one's words; a resumed run keeps them.
  std::string directory;             ///< In which it was given.
  std::string path;                  ///< Of the scenario or sweep, seen from there.
  std::uint32_t seed = 0;
  std::string started;               ///< Universal time, as ISO 8601 has it.
  std::vector<std::string> resumed;  ///< When.
  std::string ended;                 ///< Empty: it did not end by itself.
  std::size_t replications_planned = 0;
  std::size_t replications_finished = 0;
  std::vector<std::string> failed;  ///< Replications that failed twice, with the reason.
  std::string digest;               ///< Empty until complete.
  std::vector<StoredFile> files;
  Facts environment;

  [[nodiscard]] bool complete() const { return !digest.empty(); }
};

[[nodiscard]] std::string to_json(const Manifest& manifest);

/// Reads what `to_json` wrote. Throws StoreError if it is not that.
[[nodiscard]] Manifest manifest_of(const std::string& json);

/// The path of its scenario or sweep, seen from the present folder; empty if it names none.
[[nodiscard]] std::string path_from_here(const Manifest& manifest);

/// The time that it is.
[[nodiscard]] std::string universal_time();

}  // namespace onward
