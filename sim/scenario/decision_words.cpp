// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/decision_words.hpp"

#include <nlohmann/json.hpp>

#include "sim/scenario/decision_json.hpp"

namespace onward {
namespace {

std::string desk(const DeskReference& reference, const Scenario& scenario) {
  const auto owner = [&]() -> std::string {
    switch (reference.owner) {
      case DeskReference::Owner::node: return scenario.world.node_names.name(reference.node);
      case DeskReference::Owner::actor: return "the acting node";
      case DeskReference::Owner::from: return "the sender";
      case DeskReference::Owner::to: return "the recipient";
      case DeskReference::Owner::origin: return "the node that collected the data";
    }
    return "";
  };
  return "the desk " + ticked(reference.desk) + " of " + owner();
}

}  // namespace

std::vector<std::string> in_words(const EffectiveDuties& duties, const Scenario& scenario) {
  std::vector<std::string> words;
  for (const Authorisation& a : duties.authorised_by)
    words.push_back("authorised by " + desk(a.desk, scenario) +
                    (a.case_by_case ? ", case by case" : ", in general"));
  for (const Authorisation& a : duties.consent_of_origin)
    words.push_back("consent of the state of origin of the data, by " + desk(a.desk, scenario));
  for (const Authorisation& a : duties.guardian)
    words.push_back("consent of the guardian, by " + desk(a.desk, scenario));
  for (const DeskReference& d : duties.human_verification)
    words.push_back("verified by a person at " + desk(d, scenario));
  const Duties& rest = duties.rest;
  const auto add = [&](bool set, const std::string& text) {
    if (set) words.push_back(text);
  };
  add(rest.hit_only, "only whether there is a hit, not the data");
  add(rest.pseudonymise, "pseudonymised");
  add(rest.aggregate_only, "only as part of an aggregate");
  if (!rest.redact.empty()) {
    std::string names;
    rest.redact.for_each([&](CategoryId category) {
      names += (names.empty() ? "" : ", ") + scenario.vocabulary.category_names.name(category);
    });
    words.push_back("without " + names);
  }
  if (rest.retain_days)
    words.push_back("kept for at most " + std::to_string(*rest.retain_days) + " days");
  add(rest.no_onward, "not passed on");
  add(rest.purpose_only, "used for this purpose only");
  add(rest.recall, "deleted on recall");
  if (rest.notify_days)
    words.push_back("the person is told first, with " +
                    to_json(duties, scenario)["notify"]["time_to_object_days"].dump() +
                    " days to object");
  add(rest.log, "logged");
  if (rest.sunset) words.push_back("not after " + to_string(*rest.sunset));
  const auto suspend = [&](const char* when) {
    return [&words, when, &scenario](FactId fact) {
      words.push_back("not while " + ticked(scenario.vocabulary.fact_names.name(fact)) + when);
    };
  };
  rest.suspended_when.must_hold.for_each(suspend(" holds"));
  rest.suspended_when.must_not_hold.for_each(suspend(" does not hold"));
  return words;
}

const char* in_words(Because because) {
  switch (because) {
    case Because::conflict: return "a permit and a prohibition conflict, so the request is void";
    case Because::prohibited: return "it is prohibited";
    case Because::duty_unmet: return "a duty that the permit attaches cannot be met";
    case Because::no_permit: return "no rule permits it";
    case Because::none: break;
  }
  return "";
}

const char* in_words(Strategy strategy) {
  switch (strategy) {
    case Strategy::prohibit: return "a prohibition wins, unless the permit derogates from it";
    case Strategy::perm:
      return "a permit wins, unless the prohibition is absolute or of a higher layer";
    case Strategy::invalid: return "a permit and a prohibition that meet make the request void";
  }
  return "";
}

}  // namespace onward
