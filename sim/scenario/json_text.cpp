// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/json_text.hpp"

#include <algorithm>
#include <cctype>
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

/// What is wrong, and the way out, in words that need no knowledge of the parser.
struct Syntax {
  std::string message;
  std::string help;
};

/// The word, number or mark at a place of the text.
std::string token_at(const std::string& text, std::size_t at) {
  const auto part_of_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || is_number_character(c) || c == '_';
  };
  std::size_t end = at;
  while (end < text.size() && part_of_word(text[end])) ++end;
  return text.substr(at, std::max<std::size_t>(end - at, 1));
}

Syntax bad_word(const std::string& token) {
  const std::string message = ticked(token) + " is no value";
  if (token.front() == '+') return {message, "a number cannot begin with `+`"};
  if (token.front() == '\'') return {message, "names and texts stand in double quotes"};
  if (token == "True" || token == "TRUE") return {message, "write `true`"};
  if (token == "False" || token == "FALSE") return {message, "write `false`"};
  if (token == "None" || token == "nil" || token == "undefined")
    return {message, "leave the key out"};
  if (is_number_character(token.front()) || token == "NaN" || token == "Infinity")
    return {message, "write a number such as `7`, `0.5` or `1e-3`"};
  return {message, "names and texts stand in double quotes"};
}

Syntax bad_string(const std::string& what) {
  const auto says = [&](const char* part) { return what.find(part) != std::string::npos; };
  if (says("U+000A") || says("U+000D"))
    return {"a text is not closed in its line", "write `\\n` for a line break"};
  if (says("U+0009")) return {"a tab stands in a text", "write `\\t`, or spaces"};
  if (says("missing closing quote")) return {"a text is not closed", "it ends with a double quote"};
  if (says("control character")) return {"a control character stands in a text", "delete it"};
  if (says("surrogate"))
    return {"half of a surrogate pair stands alone", "write the character itself"};
  if (says("hex digits")) return {"`\\u` needs four hexadecimal digits", ""};
  if (says("backslash"))
    return {"a backslash stands before something that needs none", "write `\\\\` for a backslash"};
  return {"a text cannot be read", ""};
}

/// What stands where something else was hoped for.
Syntax unexpected(const std::string& what, const std::string& text, std::size_t at, char before) {
  const std::string token = ticked(token_at(text, at));
  const std::size_t hope = what.rfind("; expected ");
  const std::string hoped = hope == std::string::npos ? "" : what.substr(hope + 11);
  const bool closes = text[at] == ']' || text[at] == '}';
  if (closes && before == ',') return {"a comma stands before " + token, "delete it"};
  if (hoped == "end of input") return {token + " stands after the end", "a file holds one value"};
  if (std::isdigit(static_cast<unsigned char>(before)) != 0 &&
      std::isdigit(static_cast<unsigned char>(text[at])) != 0)
    return {"a number cannot begin with 0", ""};
  if (hoped == "'}'" || hoped == "']'") {
    if (closes) return {token + " closes what was opened by another bracket", ""};
    return {"a comma or `" + hoped.substr(1, 1) + "` is missing before this", ""};
  }
  if (hoped == "':'") return {"a colon is missing before this", ""};
  if (hoped == "string literal")
    return {token + " stands where a key must be", "a key is a text in double quotes"};
  return {token + " stands where a value must be", ""};
}

Syntax syntax(const std::string& what, const std::string& text, std::size_t at, char before) {
  const auto says = [&](const char* part) { return what.find(part) != std::string::npos; };
  if (says("ill-formed UTF-8")) return {"the text is not valid UTF-8", "save the file as UTF-8"};
  if (at < text.size() && text[at] == '\0') return {"a NUL byte stands here", "delete it"};
  if (says("number overflow")) return {"the number is too large", ""};
  if (says("closing '*/'")) return {"a comment is not closed", "it ends with `*/`"};
  if (says("invalid comment"))
    return {"a single slash stands here", "a comment begins with `//` or `/*`"};
  if (at >= text.size() && before == '\0') return {"the file is empty", ""};
  if (says("invalid string")) return bad_string(what);
  if (at >= text.size()) return {"the file ends too early", "a bracket or a quote is not closed"};
  if (says("invalid literal") || says("invalid number")) return bad_word(token_at(text, at));
  return unexpected(what, text, at, before);
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
      report(place, "the key " + ticked(name) + " appears twice",
             "rename one of the two, or delete it");
    }
    object.members.push_back({std::move(name), std::move(place), {}});
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& error) override {
    const std::string what = error.what();
    const std::size_t before = end_;
    Place place = next_place();
    place.pointer = open_.empty() ? "" : open_.back()->place.pointer;
    if (what.find("ill-formed UTF-8") != std::string::npos) {
      end_ = position > 0 ? position - 1 : 0;
      LineCounter(text_).locate(end_, place);
    } else if (what.find("invalid comment") != std::string::npos) {
      end_ = text_.rfind('/', position);
      if (what.find("closing") != std::string::npos) end_ = text_.rfind("/*", position);
      LineCounter(text_).locate(end_, place);
    }
    const Syntax found = syntax(what, text_, end_, last_mark(before));
    report(place, found.message, found.help);
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

  /// The last mark before the next token: a comma or a colon if there is one, else the end of
  /// the token at `before`; NUL if nothing stands there.
  [[nodiscard]] char last_mark(std::size_t before) const {
    const std::size_t mark = text_.find_last_of(",:", end_ == 0 ? 0 : end_ - 1);
    if (mark != std::string::npos && mark >= before && mark < end_) return text_[mark];
    return before == 0 || before > text_.size() ? '\0' : text_[before - 1];
  }

  /// The place where the next token starts: after white space, separators and comments.
  Place next_place() {
    if (end_ == 0 && text_.starts_with("\xEF\xBB\xBF")) end_ = 3;
    for (;; ++end_) {
      if (end_ >= text_.size()) break;
      if (std::strchr(" \t\r\n,:", text_[end_]) != nullptr && text_[end_] != '\0') continue;
      if (text_[end_] != '/') break;
      if (text_[end_ + 1] == '/') {
        end_ = std::min(text_.find_first_of("\r\n", end_), text_.size());
      } else if (text_[end_ + 1] != '*') {
        break;
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
  return {Severity::error,
          {std::make_shared<const std::string>(shown_as), 0, 0, ""},
          std::move(message),
          std::move(help)};
}

}  // namespace

std::optional<Value> parse_json(const std::string& text, const std::string& shown_as,
                                Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  Builder builder(text, shown_as, diagnostics);
  const CountingIterator first(text.data(), &builder.taken);
  const CountingIterator last(text.data() + text.size(), nullptr);
  nlohmann::json::sax_parse(first, last, &builder, nlohmann::json::input_format_t::json, true,
                            true);
  if (diagnostics.size() != before) return {};
  return builder.take();
}

std::optional<Value> read_json(const std::filesystem::path& path, const std::string& shown_as,
                               Diagnostics& diagnostics, std::vector<SourceFile>* sources) {
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
  if (sources != nullptr) sources->push_back({shown_as, text});
  return parse_json(text, shown_as, diagnostics);
}

}  // namespace onward
