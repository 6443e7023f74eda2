// SPDX-License-Identifier: Apache-2.0
#define VALIJSON_USE_EXCEPTIONS 1

#include "sim/scenario/schema.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "sim/scenario/decision_json.hpp"
#include "sim/scenario/embedded_schemas.hpp"

namespace onward {
namespace {

using nlohmann::json;

/// All schemas as one document: `x.schema.json` under `/definitions/x`, with
/// references changed to fit. (valijson loads references to other files anew for
/// each of them; one document it parses once.)
class Bundle {
 public:
  Bundle() {
    for (const auto& [name, text] : embedded_schemas()) {
      json schema = json::parse(text);
      localise(schema, std::string(name));
      root_["definitions"][key(name)] = std::move(schema);
    }
  }

  /// `a.schema.json#/definitions/b` as a pointer into the bundle.
  static std::string pointer(std::string_view reference, std::string_view current_file) {
    const std::size_t hash = reference.find('#');
    std::string_view file = reference.substr(0, hash);
    if (file.empty()) file = current_file;
    std::string pointer = "/definitions/" + key(file);
    if (hash != std::string_view::npos) pointer += reference.substr(hash + 1);
    return pointer;
  }

  [[nodiscard]] const json& root() const { return root_; }
  [[nodiscard]] const json& at(std::string_view reference) const {
    return resolved(root_.at(json::json_pointer(pointer(reference, ""))));
  }

  /// Follows `$ref`.
  [[nodiscard]] const json& resolved(const json& schema) const {
    const json* at = &schema;
    while (at->is_object() && at->contains("$ref"))
      at = &root_.at(json::json_pointer((*at)["$ref"].get<std::string>().substr(1)));
    return *at;
  }

  /// The schema of a member of an object, or of the items of an array; null if there is none.
  [[nodiscard]] const json* child(const json& schema, const std::string& token, bool item) const {
    const json* written = written_child(schema, token, item);
    return written == nullptr ? nullptr : &resolved(*written);
  }

  /// The same before `$ref` is followed: it may have a description of its own.
  [[nodiscard]] static const json* written_child(const json& schema, const std::string& token,
                                                 bool item) {
    if (item) return schema.contains("items") ? &schema["items"] : nullptr;
    if (schema.contains("properties") && schema["properties"].contains(token))
      return &schema["properties"][token];
    if (schema.contains("additionalProperties") && schema["additionalProperties"].is_object())
      return &schema["additionalProperties"];
    return nullptr;
  }

  /// The first sentence of the nearest description, as help: with a small letter and no full stop.
  [[nodiscard]] std::string help(const json* schema) const {
    if (schema == nullptr) return "";
    const json& at = schema->contains("description") ? *schema : resolved(*schema);
    std::string text = at.value("description", "");
    text = text.substr(0, text.find(". "));
    if (text.size() < 2) return text;
    const auto is_small = [&text](std::size_t i) {
      return std::isupper(static_cast<unsigned char>(text[i])) == 0;
    };
    // Why the second letter: an abbreviation keeps its capitals.
    if (is_small(1))
      text.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
    if (text.back() == '.') text.pop_back();
    return text;
  }

 private:
  static std::string key(std::string_view file) {
    return std::string(file.substr(0, file.find(".schema.json")));
  }

  static void localise(json& node, const std::string& file) {
    if (node.is_object() && node.contains("$ref") && node["$ref"].is_string())
      node["$ref"] = "#" + pointer(node["$ref"].get<std::string>(), file);
    if (node.is_structured())
      for (json& part : node) localise(part, file);
  }

  json root_;
};

const Bundle& bundle() {
  static const Bundle instance;
  return instance;
}

/// The bundle without what is checked here: valijson does not say which name of
/// a property is wrong, and compares the items of a list pair by pair.
json for_valijson(json node) {
  if (node.is_object() && node.contains("propertyNames") &&
      !node["propertyNames"].contains("properties"))
    node.erase("propertyNames");
  if (node.is_object() && node.contains("uniqueItems") && node["uniqueItems"].is_boolean())
    node.erase("uniqueItems");
  if (node.is_structured())
    for (json& part : node) part = for_valijson(std::move(part));
  return node;
}

const valijson::Schema& compiled(const std::string& pointer) {
  static std::map<std::string, valijson::Schema> cache;
  const auto [entry, is_new] = cache.try_emplace(pointer);
  if (is_new) {
    json document = for_valijson(bundle().root());
    document["$ref"] = "#" + pointer;
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(document), entry->second);
  }
  return entry->second;
}

/// A value together with the schema that it must meet.
struct Spot {
  const Value* value = nullptr;
  const json* schema = nullptr;
  const json* written = nullptr;  ///< Before `$ref` is followed.
};

/// Follows valijson's context (`<root>`, `[key]`, `[3]`, ...).
Spot follow(const Value& root, const json& schema, const std::vector<std::string>& context) {
  Spot spot{&root, &schema, &schema};
  for (std::size_t i = 1; i < context.size(); ++i) {
    const std::string token = context[i].substr(1, context[i].size() - 2);
    const bool item = spot.value->is(Value::Kind::array);
    if (spot.schema != nullptr) {
      spot.written = Bundle::written_child(*spot.schema, token, item);
      spot.schema = spot.written == nullptr ? nullptr : &bundle().resolved(*spot.written);
    }
    spot.value = item ? &spot.value->items.at(std::stoul(token)) : spot.value->find(token);
  }
  return spot;
}

std::vector<std::string> keys_of(const json& schema) {
  std::vector<std::string> keys;
  if (schema.contains("properties"))
    for (const auto& [key, part] : schema["properties"].items())
      if (key != "$schema") keys.push_back(key);
  return keys;
}

std::string in_words(const json& type) {
  static const std::map<std::string, std::string> words = {
      {"object", "an object"}, {"array", "a list"},           {"string", "a text"},
      {"number", "a number"},  {"integer", "a whole number"}, {"boolean", "true or false"}};
  if (type.is_string()) return words.at(type.get<std::string>());
  std::string text;
  for (std::size_t i = 0; i < type.size(); ++i)
    text += (i == 0 ? "" : " or ") + words.at(type[i].get<std::string>());
  return text;
}

std::string in_words(const Value& value) {
  switch (value.kind) {
    case Value::Kind::null: return "null";
    case Value::Kind::boolean: return value.truth ? "`true`" : "`false`";
    case Value::Kind::number: return ticked(to_json(value).dump());
    case Value::Kind::string: return ticked(value.text);
    case Value::Kind::array: return "a list";
    case Value::Kind::object: return "an object";
  }
  return "";
}

/// Turns valijson's results into diagnostics at the right places.
class Translator {
 public:
  Translator(const Value& root, const json& schema, Diagnostics& diagnostics)
      : root_(root), schema_(schema), diagnostics_(diagnostics) {}

  void translate(const valijson::ValidationResults::Error& error) {
    const Spot spot = follow(root_, schema_, error.context);
    if (spot.value == nullptr) return;
    const std::string& text = error.description;
    const auto starts = [&text](std::string_view prefix) { return text.rfind(prefix, 0) == 0; };
    if (starts("Missing required property") || starts("Missing dependency")) {
      missing(spot, between_quotes(text), starts("Missing dependency"));
    } else if (starts("Object contains a property")) {
      unknown_keys(spot);
    } else if (starts("Failed to match against any enum")) {
      not_in_enum(spot);
    } else if (starts("Failed to match regex")) {
      report(spot.value->place, in_words(*spot.value) + " is not of the right form",
             bundle().help(spot.written));
    } else if (starts("Value type not permitted")) {
      wrong_type(spot);
    } else if (starts("Expected number") || starts("Value should be")) {
      out_of_range(spot);
    } else if (text.find(" should ") != std::string::npos) {
      wrong_size(spot);
    }
    // Everything else repeats for a parent what was said of its part.
  }

 private:
  void report(const Place& place, std::string message, std::string help) {
    diagnostics_.push_back({Severity::error, place, std::move(message), std::move(help)});
  }

  static std::string between_quotes(const std::string& text) {
    const std::size_t first = text.find('\'');
    return text.substr(first + 1, text.rfind('\'') - first - 1);
  }

  void missing(const Spot& spot, const std::string& key, bool dependency) {
    std::string message = ticked(key) + " is missing";
    if (dependency) {
      for (const auto& [given, needed] : (*spot.schema)["dependencies"].items())
        if (spot.value->find(given) != nullptr &&
            std::find(needed.begin(), needed.end(), key) != needed.end()) {
          message = ticked(given) + " needs " + ticked(key) + " beside it";
          break;
        }
    }
    const json* part =
        spot.schema == nullptr ? nullptr : Bundle::written_child(*spot.schema, key, false);
    report(spot.value->place, message, bundle().help(part));
  }

  void unknown_keys(const Spot& spot) {
    // valijson names only the first of them.
    const std::vector<std::string> known = keys_of(*spot.schema);
    for (const Member& member : spot.value->members) {
      if (spot.schema->contains("properties") && (*spot.schema)["properties"].contains(member.key))
        continue;
      report(member.key_place, "unknown key " + ticked(member.key),
             suggest(member.key, known, "keys here"));
    }
  }

  void not_in_enum(const Spot& spot) {
    std::vector<std::string> allowed;
    for (const json& value : (*spot.schema)["enum"])
      allowed.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    std::string help = "it can be " + one_of(allowed);
    const bool texts = (*spot.schema)["enum"].front().is_string();
    const bool is_text = spot.value->is(Value::Kind::string);
    if (texts && is_text && !nearest(spot.value->text, allowed).empty())
      help = "did you mean " + ticked(nearest(spot.value->text, allowed)) + "? " + help;
    const std::string kind = is_text && !texts ? "the text " : "";
    report(spot.value->place, kind + in_words(*spot.value) + " is not possible here", help);
  }

  void wrong_type(const Spot& spot) {
    const json& type = (*spot.schema)["type"];
    const bool number = type == "number" || type == "integer";
    // Why: a whole number that is too large is said to be out of range.
    if (type == "integer" && spot.value->is(Value::Kind::number) &&
        spot.value->number == std::trunc(spot.value->number))
      return;
    const std::string kind = number && spot.value->is(Value::Kind::string) ? "the text " : "";
    report(spot.value->place,
           "expected " + in_words(type) + ", found " + kind + in_words(*spot.value),
           bundle().help(spot.written));
  }

  void out_of_range(const Spot& spot) {
    const json& schema = *spot.schema;
    std::string range;
    const auto add = [&](const char* key, const char* words) {
      if (schema.contains(key))
        range += (range.empty() ? "" : " and ") + std::string(words) + " " + schema[key].dump();
    };
    add("minimum", "at least");
    add("exclusiveMinimum", "more than");
    add("maximum", "at most");
    add("exclusiveMaximum", "less than");
    report(spot.value->place, in_words(*spot.value) + " is out of range", "it must be " + range);
  }

  void wrong_size(const Spot& spot) {
    const bool list = spot.value->is(Value::Kind::array);
    const bool object = spot.value->is(Value::Kind::object);
    const std::string unit = list ? "item" : object ? "key" : "character";
    const char* least_key = list ? "minItems" : object ? "minProperties" : "minLength";
    const char* most_key = list ? "maxItems" : object ? "maxProperties" : "maxLength";
    const std::size_t least = spot.schema->value(least_key, std::size_t{0});
    const std::size_t most = spot.schema->value(most_key, std::size_t{0});
    const auto counted = [&](std::size_t number) {
      return std::to_string(number) + " " + unit + (number == 1 ? "" : "s");
    };
    std::string range = "at least " + counted(least);
    if (least == most)
      range = "exactly " + counted(least);
    else if (most > 0)
      range = (least > 0 ? range + " and " : "") + "at most " + counted(most);
    const bool nothing =
        spot.value->items.empty() && spot.value->members.empty() && spot.value->text.empty();
    report(spot.value->place,
           nothing ? "nothing is written here" : "the number of " + unit + "s is out of range",
           "there must be " + range);
  }

  const Value& root_;
  const json& schema_;
  Diagnostics& diagnostics_;
};

/// Names of properties and repeated items, which valijson is not asked about.
void check_names_and_repeats(const Value& value, const json& schema, Diagnostics& diagnostics) {
  if (value.is(Value::Kind::object) && schema.contains("propertyNames")) {
    const json& names = bundle().resolved(schema["propertyNames"]);
    for (const Member& member : value.members) {
      std::string help = bundle().help(&names);
      bool good = true;
      if (names.contains("enum")) {
        const auto allowed = names["enum"].get<std::vector<std::string>>();
        good = std::find(allowed.begin(), allowed.end(), member.key) != allowed.end();
        help += "; " + suggest(member.key, allowed, "names");
      } else if (names.contains("pattern")) {
        good = std::regex_search(member.key, std::regex(names["pattern"].get<std::string>()));
      }
      if (good && names.contains("maxLength"))
        good = member.key.size() <= names["maxLength"].get<std::size_t>();
      if (!good)
        diagnostics.push_back({Severity::error, member.key_place,
                               ticked(member.key) + " cannot be a name here", help});
    }
  }
  if (value.is(Value::Kind::array) && schema.value("uniqueItems", false)) {
    std::set<std::string> seen;
    for (const Value& item : value.items)
      if (!seen.insert(to_json(item).dump()).second)
        diagnostics.push_back({Severity::error, item.place, in_words(item) + " is listed twice",
                               "delete one of the two"});
  }
  for (const Member& member : value.members)
    if (const json* part = bundle().child(schema, member.key, false); part != nullptr)
      check_names_and_repeats(member.value, *part, diagnostics);
  for (const Value& item : value.items)
    if (const json* part = bundle().child(schema, "", true); part != nullptr)
      check_names_and_repeats(item, *part, diagnostics);
}

}  // namespace

void check_schema(const Value& value, std::string_view schema, Diagnostics& diagnostics) {
  const json& node = bundle().at(schema);
  Diagnostics found;
  check_names_and_repeats(value, node, found);
  const json document = to_json(value);
  valijson::ValidationResults results;
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  if (!validator.validate(compiled(Bundle::pointer(schema, "")),
                          valijson::adapters::NlohmannJsonAdapter(document), &results)) {
    Translator translator(value, node, found);
    valijson::ValidationResults::Error error;
    while (results.popError(error)) translator.translate(error);
    if (found.empty())
      found.push_back(
          {Severity::error, value.place, "this does not fit its schema", bundle().help(&node)});
  }
  sort_by_place(found);
  diagnostics.insert(diagnostics.end(), found.begin(), found.end());
}

std::vector<std::string> schema_names() {
  std::vector<std::string> names;
  for (const auto& [name, text] : embedded_schemas()) names.emplace_back(name);
  return names;
}

std::vector<std::string> schema_keys(std::string_view schema) {
  return keys_of(bundle().at(schema));
}

}  // namespace onward
