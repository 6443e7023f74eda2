// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metrics/store/store.hpp"

namespace onward {

/// Stands in for a store while its replications are replayed once more, and compares.
class Verification final : public Archive {
 public:
  explicit Verification(Database& database) : database_(database) {}

  /// From now on replications of this point are compared.
  void go_to(RunNames names) { names_ = std::move(names); }

  void begin(const Accounts& accounts) override;
  [[nodiscard]] std::optional<std::vector<Account>> kept(std::uint32_t replication) override;
  void keep(std::uint32_t replication, const std::vector<Account>& accounts) override;

  /// How many replications of the point hold all that are stored.
  [[nodiscard]] int stored() const;
  /// Replications that are stored and were compared.
  [[nodiscard]] std::size_t compared() const { return compared_; }
  /// Rows of them, digests included.
  [[nodiscard]] std::size_t rows() const { return rows_; }
  /// What differs: `table: key`.
  [[nodiscard]] const std::vector<std::string>& differing() const { return differing_; }

 private:
  [[nodiscard]] bool is_stored(std::uint32_t replication) const;

  Database& database_;
  RunNames names_;
  std::size_t compared_ = 0;
  std::size_t rows_ = 0;
  std::vector<std::string> differing_;
};

}  // namespace onward
