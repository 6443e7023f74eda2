// SPDX-License-Identifier: Apache-2.0
#include "metrics/comparison_json.hpp"

#include "metrics/figures_json.hpp"

namespace onward {
namespace {

Json cell(std::uint64_t people) {
  return may_be_shown(people) ? Json(people) : Json();
}

Json as_json(const PersonTable& table) {
  return {{"both", cell(table.both)},
          {"only_baseline", cell(table.only_baseline)},
          {"only_policy", cell(table.only_policy)},
          {"neither", cell(table.neither)}};
}

Json as_json(const Estimate& estimate) {
  return {{"mean", estimate.mean},
          {"low", estimate.interval ? Json(estimate.interval->low) : Json()},
          {"high", estimate.interval ? Json(estimate.interval->high) : Json()}};
}

Json as_json(const std::optional<BurdenFigures>& burden) {
  if (!burden) return {};
  return {{"median", as_json(burden->median)},
          {"percentile_95", as_json(burden->percentile_95)},
          {"percentile_99", as_json(burden->percentile_99)},
          {"share_of_top_1_percent", as_json(burden->share_of_top_1)}};
}

Json as_json(const std::optional<RatioSet>& set) {
  if (!set) return {};
  switch (set->kind) {
    case RatioSet::Kind::interval:
      return {{"set", "interval"}, {"low", set->low}, {"high", set->high}};
    case RatioSet::Kind::two_rays:
      return {{"set", "two_rays"}, {"low", set->low}, {"high", set->high}};
    case RatioSet::Kind::whole_line: break;
  }
  return {{"set", "whole_line"}, {"low", nullptr}, {"high", nullptr}};
}

const char* name_of(Exchange::Kind kind) {
  switch (kind) {
    case Exchange::Kind::ratio: return "ratio";
    case Exchange::Kind::dominant: return "dominant";
    case Exchange::Kind::dominated: return "dominated";
    case Exchange::Kind::less_of_both: return "less_of_both";
    case Exchange::Kind::no_difference: return "no_difference";
  }
  return "";
}

/// One comparison.
class Writer {
 public:
  Writer(const Comparison& comparison, const Results& results)
      : comparison_(comparison), results_(results), measures_(results.accounts.measures) {}

  [[nodiscard]] Json json() const {
    Json json;
    json["policy"] = results_.policies[comparison_.policy]->id;
    json["label"] = results_.policies[comparison_.policy]->label;
    json["headline"] = Json::array();
    for (const ComparedMeasure& of : comparison_.headline) json["headline"].push_back(row(of));
    json["exchanges"] = Json::array();
    for (const Exchange& of : comparison_.exchanges) json["exchanges"].push_back(row(of));
    json["disparities"] = Json::array();
    for (const Disparity& of : comparison_.disparities) json["disparities"].push_back(row(of));
    return json;
  }

 private:
  [[nodiscard]] std::vector<std::string> taxonomy(const Measure& measure) const {
    const Outcomes& outcomes = results_.scenario->outcomes;
    if (measure.kind == Measure::Kind::harm) return outcomes.harms[measure.of].taxonomy;
    if (measure.kind == Measure::Kind::benefit) return outcomes.benefits[measure.of].taxonomy;
    return {};
  }

  [[nodiscard]] Json row(const ComparedMeasure& of) const {
    const Measure& measure = measures_[of.measure];
    Json json;
    json["measure"] = measure.name;
    json["label"] = measure.label;
    json["absolute"] = of.absolute;
    json["taxonomy"] = taxonomy(measure);
    json["baseline"] = onward::as_json(of.baseline, measure);
    json["policy"] = onward::as_json(of.policy, measure);
    json["change"] = onward::as_json(of.change, measure);
    json["variance_reduction"] = of.variance_reduction ? Json(*of.variance_reduction) : Json();
    json["people"] = of.people ? as_json(*of.people) : Json();
    json["groups"] = Json::object();
    for (std::size_t g = 0; g < of.groups.size(); ++g)
      if (of.groups[g])
        json["groups"][results_.scenario->population.groups[g].id] = as_json(*of.groups[g]);
    json["burden"] = Json();
    if (of.baseline_burden)
      json["burden"] = {{"baseline", as_json(of.baseline_burden)},
                        {"policy", as_json(of.policy_burden)}};
    return json;
  }

  [[nodiscard]] Json row(const Exchange& of) const {
    Json json;
    json["harm"] = measures_[of.harm].name;
    json["benefit"] = measures_[of.benefit].name;
    json["evidence"] = to_string(of.grade);
    json["kind"] = name_of(of.kind);
    json["ratio"] = of.kind == Exchange::Kind::ratio ? Json(of.ratio) : Json();
    json["fieller"] = as_json(of.set);
    json["net_benefit"] = Json::array();
    for (const NetBenefit& net : of.net) {
      Json at{{"weight", net.weight}};
      at.update(as_json(net.net));
      json["net_benefit"].push_back(std::move(at));
    }
    return json;
  }

  [[nodiscard]] Json row(const Disparity& of) const {
    const auto ratio = [](const std::optional<Summary::Ratio>& one) {
      return one ? Json{{"ratio", one->ratio}, {"range", as_json(one->set)}} : Json();
    };
    const Population& population = results_.scenario->population;
    return {{"measure", measures_[of.measure].name},
            {"evidence", to_string(measures_[of.measure].grade)},
            {"group", population.groups[of.group].id},
            {"reference_group", population.groups[*results_.scenario->reference_group].id},
            {"baseline", ratio(of.baseline)},
            {"policy", ratio(of.policy)}};
  }

  const Comparison& comparison_;
  const Results& results_;
  const std::vector<Measure>& measures_;
};

}  // namespace

std::string to_json(const std::vector<Comparison>& comparisons, const Results& results,
                    const std::string& version) {
  Json json;
  json["scenario"] = results.scenario->id;
  json["version"] = version;
  json["seed"] = results.seed;
  json["people"] = people_of(results.accounts);
  json["replications"] = results.accounts.replications();
  json["digest"] = to_string(results.digest);
  json["baseline"] = results.policies.front()->id;
  json["comparisons"] = Json::array();
  for (const Comparison& comparison : comparisons)
    json["comparisons"].push_back(Writer(comparison, results).json());
  json["notes"] = Json::array();
  for (const Note& note : results.notes) json["notes"].push_back(note.text);
  return dumped(json);
}

}  // namespace onward
