// SPDX-License-Identifier: Apache-2.0
#include "metrics/figures_json.hpp"

namespace onward {

Json as_json(const Figure& figure, const Measure& measure) {
  Json json;
  json["mean"] = figure.mean;
  json["low"] = figure.interval ? Json(figure.interval->low) : Json();
  json["high"] = figure.interval ? Json(figure.interval->high) : Json();
  json["unit"] = measure.unit;
  json["evidence"] = to_string(measure.grade);
  json["events"] = figure.events ? Json(*figure.events) : Json();
  json["censored"] = figure.censored;
  json["bound"] = Json();
  if (figure.bound)
    json["bound"] = {{"per", name_of(figure.bound->per)}, {"at_most", figure.bound->at_most}};
  return json;
}

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::uint64_t people_of(const Accounts& accounts) {
  std::uint64_t people = 0;
  for (const int of_group : accounts.people) people += static_cast<std::uint64_t>(of_group);
  return people;
}

}  // namespace onward
