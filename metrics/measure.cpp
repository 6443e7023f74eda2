// SPDX-License-Identifier: Apache-2.0
#include "metrics/measure.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace onward {
namespace {

const std::string unstated = "unstated";

class Catalogue {
 public:
  Catalogue(const Model& model, const Grades& grades) : model_(model), grades_(grades) {}

  std::vector<Measure> all() {
    add_data();
    add_drift();
    add({Measure::Kind::onward_depth, 0, "onward_depth", "hops from collection", "hops"});
    Measure found{Measure::Kind::false_match_found, 0, "false_match.found",
                  "a search brought up somebody else's record", "people"};
    Measure linked{Measure::Kind::false_match, 0, "false_match", "linked to somebody else's record",
                   "people"};
    found.counts_people = linked.counts_people = true;
    found.has_events = linked.has_events = true;
    add(found);
    add(linked);
    add({Measure::Kind::delay, 0, "delay_days", "waiting at desks", "days"});
    add({Measure::Kind::officer_hours, 0, "officer_hours", "work of officers at desks", "hours"});
    add_outcomes();
    return std::move(measures_);
  }

 private:
  void add(Measure measure) {
    if (measure.kind != Measure::Kind::harm) measure.grade = grades_.of_world();
    measures_.push_back(std::move(measure));
  }

  void add_data() {
    const Vocabulary& vocabulary = *model_.vocabulary;
    for (std::size_t c = Vocabulary::no_hit.index() + 1; c < vocabulary.categories.size(); ++c) {
      const std::string& name = vocabulary.category_names.names()[c];
      const std::string& label = vocabulary.categories[c].label;
      add({Measure::Kind::reach, c, "reach." + name, "who know: " + label, "controllers"});
      add({Measure::Kind::inferred, c, "inferred." + name, "who can infer: " + label,
           "controllers"});
    }
    add({Measure::Kind::exposure, 0, "exposure_days",
         "exposure: days held by others, by holder and kind of data", "days"});
    const std::vector<std::string> regimes = regimes_of(*model_.world);
    for (std::size_t r = 0; r < regimes.size(); ++r)
      add({Measure::Kind::exposure_of_regime, r, "exposure_days." + regimes[r],
           regimes[r] == unstated ? "exposure to holders whose law is not stated"
                                  : "exposure under the legal regime " + regimes[r],
           "days"});
    add({Measure::Kind::beyond_remedy, 0, "beyond_remedy_days",
         "held where no right can be enforced, by holder and kind of data", "days"});
    add({Measure::Kind::outliving, 0, "outliving_days",
         "held after the collector had to delete it, by holder and kind of data", "days"});
  }

  void add_drift() {
    constexpr std::array<std::pair<const char*, const char*>, drifts> kinds = {
        {{"compatible", "for another purpose, compatible"},
         {"by_statute", "for another purpose, authorised by statute"},
         {"unlawful", "for another purpose, unlawful"},
         {"ungoverned", "for another purpose, by those whom no policy binds"}}};
    for (std::size_t d = 0; d < drifts; ++d)
      add({Measure::Kind::purpose_drift, d, std::string("purpose_drift.") + kinds[d].first,
           std::string("passed on or used ") + kinds[d].second, "times"});
  }

  void add_outcomes() {
    const Outcomes& outcomes = *model_.outcomes;
    for (std::size_t h = 0; h < outcomes.harms.size(); ++h) {
      const Harm& harm = outcomes.harms[h];
      Measure measure{Measure::Kind::harm, h, "harm." + harm.id, harm.label, "people"};
      measure.counts_people = measure.has_events = true;
      measure.grade = grades_.of(harm);
      add(measure);
    }
    for (std::size_t b = 0; b < outcomes.benefits.size(); ++b) {
      const Benefit& benefit = outcomes.benefits[b];
      Measure measure{Measure::Kind::benefit, b, "benefit." + benefit.id, benefit.label,
                      benefit.once ? "people" : "times"};
      measure.counts_people = benefit.once;
      measure.has_events = true;
      add(measure);
    }
  }

  const Model& model_;
  const Grades& grades_;
  std::vector<Measure> measures_;
};

}  // namespace

const std::string& regime_of(const Node& node) {
  return node.regime.empty() ? unstated : node.regime;
}

std::vector<std::string> regimes_of(const World& world) {
  std::set<std::string> regimes;
  for (const Node& node : world.nodes) regimes.insert(regime_of(node));
  return {regimes.begin(), regimes.end()};
}

Censoring censoring_of(Measure::Kind kind) {
  using Kind = Measure::Kind;
  switch (kind) {
    case Kind::exposure:
    case Kind::exposure_of_regime:
    case Kind::beyond_remedy:
    case Kind::outliving:
    case Kind::delay:
    case Kind::officer_hours: return Censoring::own;
    case Kind::harm: return Censoring::risk;
    case Kind::reach:
    case Kind::inferred:
    case Kind::onward_depth:
    case Kind::purpose_drift:
    case Kind::false_match_found:
    case Kind::false_match:
    case Kind::benefit: break;
  }
  return Censoring::journey;
}

std::vector<Measure> measures_of(const Model& model, const Grades& grades) {
  return Catalogue(model, grades).all();
}

std::vector<Measure> only(std::vector<Measure> measures, const std::vector<std::string>& names) {
  std::erase_if(measures, [&](const Measure& measure) {
    return std::find(names.begin(), names.end(), measure.name) == names.end();
  });
  return measures;
}

std::optional<std::size_t> find_measure(const std::vector<Measure>& measures,
                                        const std::string& name) {
  for (std::size_t m = 0; m < measures.size(); ++m)
    if (measures[m].name == name) return m;
  return {};
}

}  // namespace onward
