// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "metrics/store/manifest.hpp"

namespace onward::cli {

/// Where and how a command keeps its results.
struct KeepOptions {
  std::string out;  ///< A folder; empty: nothing is kept.
  bool force = false;
  bool resume = false;
  bool persons = false;
  std::vector<std::string> command;  ///< The words of the command line.
};

/// A folder in which a command keeps its results, and nobody else at the same time: the store,
/// the manifest, results.json, report.html.
///
/// Problems are told on standard error under the name of the command; StoreError is thrown where
/// the disk fails later.
class Keeping {
 public:
  /// Nothing, with a message, where results cannot be kept.
  [[nodiscard]] static std::unique_ptr<Keeping> open(const std::string& command,
                                                     const KeepOptions& options);
  ~Keeping();
  Keeping(const Keeping&) = delete;
  Keeping& operator=(const Keeping&) = delete;

  /// Whether the folder holds what is to be resumed.
  [[nodiscard]] bool resumes() const { return !stored_.about.empty(); }
  /// What was asked for then.
  [[nodiscard]] const Facts& about() const { return stored_.about; }
  /// The file of the scenario or sweep of then, seen from the present folder.
  [[nodiscard]] std::string path() const;

  /// Describes the store, or compares it with what was asked for then; false, with a message that
  /// names what differs. `manifest` has its path, seed and number of replications.
  [[nodiscard]] bool begin(const Contents& contents, Manifest manifest);

  [[nodiscard]] Database& database() { return *database_; }

  /// Writes results.json.
  void write_results(const std::string& json) const;
  /// Writes report.html.
  void write_report(const std::string& page) const;
  /// Writes the manifest at the end: `digest` is empty where something is missing.
  void end(const std::string& digest, std::size_t finished, std::vector<std::string> failed);

 private:
  Keeping(std::string command, const KeepOptions& options)
      : command_(std::move(command)), options_(options) {}

  [[nodiscard]] bool lock();
  [[nodiscard]] bool make_room();
  void open_store();
  [[nodiscard]] std::string file(const char* name) const;
  void complain(const std::string& what, const std::string& help) const;

  std::string command_;
  KeepOptions options_;
  int lock_ = -1;
  std::unique_ptr<Database> database_;
  Identity stored_;
  Manifest manifest_;
};

/// Opens the store of a folder for reading. Throws StoreError.
[[nodiscard]] std::unique_ptr<Database> open_store(const std::string& folder);

/// Reads its manifest. Throws StoreError.
[[nodiscard]] Manifest read_manifest(const std::string& folder);

/// What to say of a disk that failed in the middle of a command.
void report(const std::string& command, const StoreError& problem, const KeepOptions& options);

}  // namespace onward::cli
