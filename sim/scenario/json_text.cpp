// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/json_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

namespace onward {
namespace {

/// Iterates over the text and counts how much the parser has taken.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, std::size_t* count) : at_(at), count_(count) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    if (count_ != nullptr) ++*count_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  std::size_t* count_;
};

/// Line and column of growing offsets, in one pass over the text.
class LineCounter {
 public:
  explicit LineCounter(const std::string& text) : text_(text) {}

  void locate(std::size_t offset, Place& place) {
    for (; at_ < offset && at_ < text_.size(); ++at_) {
      if (text_[at_] == '\n') {
        ++line_;
        column_ = 1;
      } else if ((static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U) {
        ++column_;
      }
    }
    place.line = line_;
    place.column = column_;
  }

 private:
  const std::string& text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
};

bool is_number_character(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/// What the parser found wrong, in words that need no knowledge of the parser.
std::string reworded(const std::string& what) {
  std::string text = what.substr(0, what.find("; last read"));
  if (what.find("number overflow") != std::string::npos) return "the number is too large";
  if (what.find("ill-formed UTF-8") != std::string::npos) return "the text is not valid UTF-8";
  const std::size_t expected = what.rfind("; expected ");
  if (what.find("unexpected end of input") != std::string::npos) return "the file ends too early";
  if (const std::size_t dash = text.rfind(" - "); dash != std::string::npos) text = text.substr(dash + 3);
  if (text.find("unexpected ") == 0) text = text.substr(0, text.find("; expected"));
  std::replace(text.begin(), text.end(), '\'', '`');
  if (expected != std::string::npos) {
    std::string hoped = what.substr(expected + 11);
    std::replace(hoped.begin(), hoped.end(), '\'', '`');
    text += ", expected " + hoped;
  }
  return text;
}

/// Builds located values from parser events.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(const std::string& text, const std::string& shown_as, Diagnostics& diagnostics)
      : text_(text),
        lines_(text),
        file_(std::make_shared<const std::string>(shown_as)),
        diagnostics_(diagnostics) {}

  std::size_t taken = 0;

  bool null() override { return add(token_value(Value::Kind::null, 4)); }
  bool boolean(bool truth) override {
    Value value = token_value(Value::Kind::boolean, truth ? 4 : 5);
    value.truth = truth;
    return add(std::move(value));
  }
  bool number_integer(std::int64_t number) override { return add_integer(number); }
  bool number_unsigned(std::uint64_t number) override {
    if (number <= static_cast<std::uint64_t>(INT64_MAX))
      return add_integer(static_cast<std::int64_t>(number));
    return number_float(static_cast<double>(number), {});
  }
  bool number_float(double number, const std::string& /*text*/) override {
    Value value = number_value();
    value.number = number;
    constexpr double exact = 9007199254740992;  // 2^53
    value.integral = number == std::trunc(number) && std::abs(number) <= exact;
    if (value.integral) value.integer = static_cast<std::int64_t>(number);
    return add(std::move(value));
  }
  bool string(std::string& text) override {
    Value value = token_value(Value::Kind::string, 0);
    end_ = taken;
    if (!good_text(text, value.place)) return false;
    value.text = std::move(text);
    return add(std::move(value));
  }
  bool binary(binary_t& /*bytes*/) override { return false; }

  bool start_object(std::size_t /*size*/) override { return open(Value::Kind::object); }
  bool start_array(std::size_t /*size*/) override { return open(Value::Kind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    Place place = next_place();
    end_ = taken;
    if (!good_text(name, place)) return false;
    Value& object = *open_.back();
    place.pointer = object.place.pointer + "/" + escape_pointer_token(name);
    if (!keys_.back().insert(name).second) {
      report(place, "the key " + ticked(name) + " appears twice", "rename one of the two, or delete it");
    }
    object.members.push_back({std::move(name), std::move(place), {}});
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& error) override {
    Place place{file_, 0, 0, open_.empty() ? "" : open_.back()->place.pointer};
    LineCounter(text_).locate(position > 0 ? position - 1 : 0, place);
    const std::string message = reworded(error.what());
    const bool early = message == "the file ends too early";
    const bool literal = message.rfind("invalid literal", 0) == 0;
    report(place, message,
           early ? "a bracket or a quote is not closed"
                 : literal ? "names and texts stand in double quotes" : "");
    return false;
  }

  std::optional<Value> take() { return std::move(root_); }

 private:
  bool add_integer(std::int64_t number) {
    Value value = number_value();
    value.number = static_cast<double>(number);
    value.integral = true;
    value.integer = number;
    return add(std::move(value));
  }

  Value number_value() {
    Value value = token_value(Value::Kind::number, 0);
    // Why: the parser has to look one character past a number to see its end.
    while (end_ < text_.size() && is_number_character(text_[end_])) ++end_;
    return value;
  }

  /// The place where the next token starts: after white space, separators and comments.
  Place next_place() {
    if (end_ == 0 && text_.compare(0, 3, "\xEF\xBB\xBF") == 0) end_ = 3;
    for (;; ++end_) {
      if (end_ >= text_.size()) break;
      if (std::strchr(" \t\r\n,:", text_[end_]) != nullptr && text_[end_] != '\0') continue;
      if (text_[end_] != '/') break;
      if (text_[end_ + 1] == '/') {
        end_ = std::min(text_.find_first_of("\r\n", end_), text_.size());
      } else {
        end_ = std::min(text_.find("*/", end_ + 2), text_.size() - 1) + 1;
      }
    }
    Place place{file_, 0, 0, {}};
    lines_.locate(end_, place);
    return place;
  }

  Value token_value(Value::Kind kind, std::size_t length) {
    Value value;
    value.kind = kind;
    value.place = next_place();
    value.place.pointer = next_pointer();
    end_ += length;
    return value;
  }

  [[nodiscard]] std::string next_pointer() const {
    if (open_.empty()) return "";
    const Value& parent = *open_.back();
    if (parent.is(Value::Kind::array))
      return parent.place.pointer + "/" + std::to_string(parent.items.size());
    return parent.members.back().key_place.pointer;
  }

  /// Reports a text that is too long, or that would disturb the terminal on which it is shown.
  bool good_text(const std::string& text, const Place& place) {
    if (text.size() > max_string_bytes) {
      report(place, "the text is longer than " + std::to_string(max_string_bytes) + " bytes");
      return false;
    }
    const auto disturbs = [](char c) {
      return (static_cast<unsigned char>(c) < 0x20U && c != '\n' && c != '\t') || c == 0x7F;
    };
    if (std::none_of(text.begin(), text.end(), disturbs)) return true;
    report(place, "the text has a control character", "only line breaks and tabs are possible");
    return false;
  }

  void report(const Place& place, std::string message, std::string help = "") {
    diagnostics_.push_back({Severity::error, place, std::move(message), std::move(help)});
  }

  bool open(Value::Kind kind) {
    Value value = token_value(kind, 1);
    if (open_.size() == max_depth) {
      report(value.place, "more than " + std::to_string(max_depth) + " levels are nested");
      return false;
    }
    if (!room_for_more(value.place)) return false;
    open_.push_back(place_value(std::move(value)));
    keys_.emplace_back();
    return true;
  }

  bool close() {
    end_ = taken;
    open_.pop_back();
    keys_.pop_back();
    return true;
  }

  bool room_for_more(const Place& place) {
    if (++values_ <= max_values) return true;
    report(place, "there are more than " + std::to_string(max_values) + " values in the file",
           "divide it into blocks of their own files");
    return false;
  }

  bool add(Value value) {
    if (!room_for_more(value.place)) return false;
    place_value(std::move(value));
    return true;
  }

  Value* place_value(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &*root_;
    }
    Value& parent = *open_.back();
    if (parent.is(Value::Kind::array)) {
      parent.items.push_back(std::move(value));
      return &parent.items.back();
    }
    parent.members.back().value = std::move(value);
    return &parent.members.back().value;
  }

  const std::string& text_;
  LineCounter lines_;
  std::shared_ptr<const std::string> file_;
  Diagnostics& diagnostics_;
  std::size_t end_ = 0;  ///< Where the last token ended.
  std::size_t values_ = 0;
  std::optional<Value> root_;
  // Why pointers stay valid: only the innermost open value ever grows.
  std::vector<Value*> open_;
  std::vector<std::set<std::string>> keys_;
};

Diagnostic about_file(const std::string& shown_as, std::string message, std::string help) {
  return {Severity::error, {std::make_shared<const std::string>(shown_as), 0, 0, ""},
          std::move(message), std::move(help)};
}

}  // namespace

std::optional<Value> parse_json(const std::string& text, const std::string& shown_as,
                                Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  Builder builder(text, shown_as, diagnostics);
  const CountingIterator first(text.data(), &builder.taken);
  const CountingIterator last(text.data() + text.size(), nullptr);
  nlohmann::json::sax_parse(first, last, &builder, nlohmann::json::input_format_t::json, true, true);
  if (diagnostics.size() != before) return {};
  return builder.take();
}

std::optional<Value> read_json(const std::filesystem::path& path, const std::string& shown_as,
                               Diagnostics& diagnostics) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    diagnostics.push_back(about_file(shown_as, "there is no such file", ""));
    return {};
  }
  if (status.type() != std::filesystem::file_type::regular) {
    diagnostics.push_back(about_file(shown_as, "this is not a regular file", ""));
    return {};
  }
  if (std::filesystem::file_size(path, error) > max_file_bytes) {
    diagnostics.push_back(about_file(
        shown_as, "the file is larger than " + std::to_string(max_file_bytes >> 20U) + " MiB",
        "divide it into blocks of their own files"));
    return {};
  }
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) {
    diagnostics.push_back(about_file(shown_as, "the file cannot be read", "check its permissions"));
    return {};
  }
  return parse_json(text, shown_as, diagnostics);
}

}  // namespace onward
