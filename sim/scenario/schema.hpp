// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/diagnostic.hpp"
#include "sim/scenario/value.hpp"

namespace onward {

/// Checks a value against one of the JSON Schemas of `scenarios/schema/`, which
/// are built into the program.
///
/// `schema` is a file name, with `#/definitions/...` for a part of it, as in
/// `policy.schema.json#/definitions/rule`; it must exist. Every breach is
/// reported, each at the place of the value (or key) that is wrong.
void check_schema(const Value& value, std::string_view schema, Diagnostics& diagnostics);

/// The file names of the schemas.
[[nodiscard]] std::vector<std::string> schema_names();

/// The keys that an object of this schema may have.
[[nodiscard]] std::vector<std::string> schema_keys(std::string_view schema);

}  // namespace onward
