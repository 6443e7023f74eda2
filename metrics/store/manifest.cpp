// SPDX-License-Identifier: Apache-2.0
#include "metrics/store/manifest.hpp"

#include <array>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace onward {

using Json = nlohmann::ordered_json;

std::string to_json(const Manifest& manifest) {
  Json json;
  json["notice"] = "Synthetic; not evidence about any person or claim.";
  json["version"] = manifest.version;
  json["command"] = manifest.command;
  json["directory"] = manifest.directory;
  json["path"] = manifest.path;
  json["seed"] = manifest.seed;
  json["started"] = manifest.started;
  json["resumed"] = manifest.resumed;
  json["ended"] = manifest.ended.empty() ? Json() : Json(manifest.ended);
  json["complete"] = manifest.complete();
  json["replications"] = {{"planned", manifest.replications_planned},
                          {"finished", manifest.replications_finished}};
  json["failed"] = manifest.failed;
  json["digest"] = manifest.complete() ? Json(manifest.digest) : Json();
  json["files"] = Json::array();
  for (const StoredFile& file : manifest.files)
    json["files"].push_back({{"file", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  json["environment"] = Json::object();
  for (const auto& [name, value] : manifest.environment) json["environment"][name] = value;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Manifest manifest_of(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    const auto text_or_nothing = [&](const char* key) {
      return json.at(key).is_null() ? std::string() : json.at(key).get<std::string>();
    };
    Manifest manifest;
    json.at("version").get_to(manifest.version);
    json.at("command").get_to(manifest.command);
    json.at("directory").get_to(manifest.directory);
    json.at("path").get_to(manifest.path);
    json.at("seed").get_to(manifest.seed);
    json.at("started").get_to(manifest.started);
    json.at("resumed").get_to(manifest.resumed);
    manifest.ended = text_or_nothing("ended");
    json.at("replications").at("planned").get_to(manifest.replications_planned);
    json.at("replications").at("finished").get_to(manifest.replications_finished);
    json.at("failed").get_to(manifest.failed);
    manifest.digest = text_or_nothing("digest");
    for (const Json& file : json.at("files"))
      manifest.files.push_back(
          {file.at("file"), file.at("bytes").get<std::uint64_t>(), file.at("sha256")});
    for (const auto& [name, value] : json.at("environment").items())
      manifest.environment.emplace_back(name, value.get<std::string>());
    return manifest;
  } catch (const Json::exception&) {
    throw StoreError("`manifest.json` is damaged, or none of Onward's");
  }
}

std::string path_from_here(const Manifest& manifest) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (manifest.path.empty() || fs::current_path(error) == manifest.directory) return manifest.path;
  return (fs::path(manifest.directory) / manifest.path).string();
}

std::string universal_time() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  (void)std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

}  // namespace onward
