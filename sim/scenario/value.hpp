// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/diagnostic.hpp"

namespace onward {

struct Member;

/// A JSON value that knows where it was written.
///
/// Values from several files can be put together; each keeps its own place, so
/// that a message always leads to the line that a person can change.
struct Value {
  enum class Kind { null, boolean, number, string, array, object };

  Kind kind = Kind::null;
  bool truth = false;
  double number = 0;
  bool integral = false;     ///< The number is whole, however it was written, and fits `integer`.
  std::int64_t integer = 0;  ///< Valid if `integral`.
  std::string text;
  std::vector<Value> items;
  std::vector<Member> members;  ///< In the order of the file; keys are unique.
  Place place;

  [[nodiscard]] bool is(Kind k) const { return kind == k; }
  /// The member of that name, or null.
  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] Value* find(std::string_view key);
  /// The member as an entry, with the place of its key, or null.
  [[nodiscard]] const Member* member(std::string_view key) const;
};

struct Member {
  std::string key;
  Place key_place;
  Value value;
};

/// The text of a string value; each item of a list of strings; empty for null.
///
/// Many keys take one name or a list of names.
[[nodiscard]] std::vector<const Value*> one_or_many(const Value* value);

/// `a/b` becomes `a~1b`, `~` becomes `~0` (RFC 6901).
[[nodiscard]] std::string escape_pointer_token(std::string_view token);

/// The reference tokens of a JSON pointer; the pointer must be empty or begin with `/`.
[[nodiscard]] std::vector<std::string> pointer_tokens(std::string_view pointer);

/// Where a pointer led.
struct Reached {
  Value* value = nullptr;       ///< Null: there is nothing there.
  Value* stopped_at = nullptr;  ///< If so, the last value on the way,
  std::string stopped_before;   ///< and the token that it does not have.
};

/// Follows the tokens of a JSON pointer. Only the last step may be new: a key of an object, or `-`
/// at the end of a list; it is made, with the place `made_at`, as a null.
[[nodiscard]] Reached reach(Value& root, const std::vector<std::string>& tokens,
                            const Place& made_at);

/// The keys of an object.
[[nodiscard]] std::vector<std::string> keys_of(const Value& object);

}  // namespace onward
