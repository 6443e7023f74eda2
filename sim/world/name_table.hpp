// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/ids.hpp"

namespace onward {

/// Names in a fixed order, found by index or by text.
template <class IdType>
class NameTable {
 public:
  /// Adds a name that is not there yet, and returns its id.
  IdType add(std::string name) {
    const IdType id(names_.size());
    ids_.emplace(name, id);
    names_.push_back(std::move(name));
    return id;
  }

  [[nodiscard]] std::optional<IdType> find(std::string_view name) const {
    const auto found = ids_.find(name);
    return found == ids_.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] const std::string& name(IdType id) const { return names_[id.index()]; }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::map<std::string, IdType, std::less<>> ids_;
};

}  // namespace onward
