// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "metrics/results_json.hpp"
#include "metrics/store/database.hpp"
#include "metrics/store/rows.hpp"

namespace onward {

/// Names with what they are, in the order of names.
using Facts = std::vector<std::pair<std::string, std::string>>;

/// A file that the results rest on.
struct StoredFile {
  std::string name;  ///< Seen from the folder of the first.
  std::uint64_t bytes = 0;
  std::string sha256;
};

/// Each file once, in the order of names. `first` is the path of the first one.
[[nodiscard]] std::vector<StoredFile> stored_files(const std::vector<SourceFile>& sources,
                                                   const std::string& first);

/// What makes a run this run and no other.
struct Identity {
  Facts about;
  std::vector<StoredFile> files;
};

/// What a sweep varies.
struct StoredFactor {
  std::string name;
  std::string label;
  std::string varies;
};

/// The value of a factor at one point.
struct Setting {
  std::string factor;
  std::string json;
  std::optional<double> number;
};

/// What is said once of a whole store.
struct Contents {
  Identity identity;
  Facts environment;
  std::vector<StoredFactor> factors;
  const Scenario* scenario = nullptr;
  std::vector<const Policy*> policies;  ///< The first is the baseline.
};

/// The names in the rows of one point; those of measures are known when it is replayed.
[[nodiscard]] RunNames names_of(const Contents& contents, std::int64_t run);

/// One point of a store, open for its replications.
///
/// Each replication is written in one transaction: after any end of the process it is there
/// whole or not at all. All that is written of it is in rows.hpp, and its accounts, as bytes,
/// until the point is complete.
class StoredRun final : public Archive {
 public:
  StoredRun(Database& database, RunNames names, std::vector<Setting> settings, int replications)
      : database_(database),
        names_(std::move(names)),
        settings_(std::move(settings)),
        replications_(replications) {}

  void begin(const Accounts& accounts) override;
  [[nodiscard]] std::optional<std::vector<Account>> kept(std::uint32_t replication) override;
  void keep(std::uint32_t replication, const std::vector<Account>& accounts) override;

  /// Writes what all replications came to, and forgets the accounts.
  void complete(const Results& results);

 private:
  Database& database_;
  RunNames names_;
  std::vector<Setting> settings_;
  int replications_;
  std::int64_t people_ = 0;
};

/// Says of an empty store what it will hold; names of groups are those of the contents' scenario.
void describe(Database& database, const Contents& contents);

/// What a store holds; empty where it holds nothing yet.
[[nodiscard]] Identity identity_of(Database& database);

/// How an identity differs from that of a store, one difference a text; empty: not at all.
[[nodiscard]] std::vector<std::string> differences(const Identity& stored, const Identity& asked);

/// The digest of a point; nothing if it is not complete.
[[nodiscard]] std::optional<std::string> stored_digest(Database& database, std::int64_t run);

/// The digest of a whole store: that of its only point, or a hash of those of all. Empty if a
/// point is not complete.
[[nodiscard]] std::string whole_digest(Database& database, std::int64_t runs);

/// Which of the rows that belong to a replication are not stored as they are here: `table: key`.
/// Empty: all are the same.
[[nodiscard]] std::vector<std::string> rows_that_differ(Database& database, std::int64_t run,
                                                        std::uint32_t replication,
                                                        const ReplicationRows& rows);

}  // namespace onward
