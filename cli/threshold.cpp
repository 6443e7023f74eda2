// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <iostream>

#include "cli/numbers.hpp"
#include "cli/variant_runs.hpp"
#include "metrics/threshold.hpp"

namespace onward::cli {
namespace {

std::string side(const ThresholdPoint& point, bool line) {
  if (!point.over.interval)
    return point.over.mean == 0 ? (line ? "on it" : "the same") : "may be chance";
  if (point.over.interval->low > 0) return line ? "above" : "more";
  if (point.over.interval->high < 0) return line ? "below" : "less";
  return "may be chance";
}

std::string between(const Crossing& crossing) {
  const std::string low =
      crossing.certain_below ? shown(*crossing.certain_below) : "the lowest value tried";
  const std::string high =
      crossing.certain_above ? shown(*crossing.certain_above) : "the highest value tried";
  return "between " + low + " and " + high + " it may be chance";
}

std::string threshold_table(const Threshold& found, const ThresholdPlan& plan,
                            const Source& source) {
  TableText out;
  const Measure& measure = source.measures.front();
  const bool line = !plan.baseline;
  const std::string figure = "`" + measure.name + "` under " + plan.policy;
  add_heading(out, source,
              line ? "Where does " + figure + " cross the line you set, " + shown(plan.line) +
                         ", as " + plan.pointer + " moves?"
                   : "Where does " + figure + " cross that under " + *plan.baseline + ", as " +
                         plan.pointer + " moves?");
  out.line();
  for (const Crossing& crossing : found.crossings)
    out.paragraph(coloured(Colour::bold, (line ? "It crosses the line you set at about "
                                               : "The two cross at about ") +
                                             shown(crossing.at)) +
                      "; " + between(crossing) + ".",
                  0);
  if (found.crossings.empty())
    out.paragraph(coloured(Colour::bold, std::string("It does not cross ") +
                                             (line ? "the line you set" : "it") + " between " +
                                             shown(plan.from) + " and " + shown(plan.to) +
                                             ", as far as these runs tell."));
  double largest = 0;
  for (const ThresholdPoint& point : found.points)
    largest = std::max(largest, std::abs(point.over.mean));
  const Scale scale = scale_of(measure, largest);
  out.set_columns(24, 38);
  out.line();
  out.row({"THE NUMBER", Colour::bold},
          {{line ? "less the line" : plan.policy + " less " + *plan.baseline, Colour::bold},
           {"at 95 % certainty", Colour::bold}});
  out.row({"  " + scale.unit + ", " + to_string(measure.grade), Colour::dim}, {});
  for (const ThresholdPoint& point : found.points)
    out.row({"  " + shown(point.at), {}},
            {{with_interval(point.over, scale), {}}, {side(point, line), {}}});
  add_ending(out, {"A threshold says where a figure crosses a line. It does not say that anything "
                   "below is acceptable.",
                   "A line that is crossed and crossed back between two values tried is missed."});
  return std::move(out).text();
}

std::string threshold_json(const Threshold& found, const ThresholdPlan& plan,
                           const Source& source) {
  using Json = nlohmann::ordered_json;
  Json json = json_of(source);
  json["parameter"] = plan.pointer;
  json["measure"] = source.measures.front().name;
  json["evidence"] = to_string(source.measures.front().grade);
  json["policy"] = plan.policy;
  json["baseline"] = plan.baseline ? Json(*plan.baseline) : Json();
  json["line"] = plan.baseline ? Json() : Json(plan.line);
  json["crossings"] = Json::array();
  const auto number = [](const std::optional<double>& value) {
    return value ? Json(*value) : Json();
  };
  for (const Crossing& crossing : found.crossings)
    json["crossings"].push_back({{"at", crossing.at},
                                 {"certain_below", number(crossing.certain_below)},
                                 {"certain_above", number(crossing.certain_above)}});
  json["points"] = Json::array();
  for (const ThresholdPoint& point : found.points) {
    Json one{{"at", point.at}};
    one.update(json_of(point.over));
    json["points"].push_back(std::move(one));
  }
  return json.dump(2);
}

/// Where the parameter moves: as asked for, else over the range of the claim that it is.
bool set_range(const ThresholdOptions& options, const Draft& draft, ThresholdPlan& plan) {
  const std::vector<ClaimPlace> claims = claims_of(draft);
  const auto claim = std::find_if(claims.begin(), claims.end(), [&](const ClaimPlace& one) {
    return one.pointer == options.parameter || one.pointer + "/value" == options.parameter;
  });
  if (claim == claims.end() && (!options.from || !options.to)) {
    std::cerr << "onward threshold: there is no number with a range at "
              << ticked(options.parameter) << "\n  help: say where it moves: `--from X --to Y`\n";
    return false;
  }
  plan.from = options.from.value_or(claim == claims.end() ? 0 : claim->low);
  plan.to = options.to.value_or(claim == claims.end() ? 1 : claim->high);
  plan.logarithmic = claim != claims.end() && claim->logarithmic && plan.from > 0;
  if (plan.from < plan.to) return true;
  std::cerr << "onward threshold: the number does not move from " << shown(plan.from) << " to "
            << shown(plan.to) << "\n  help: `--from` must be less than `--to`\n";
  return false;
}

}  // namespace

Exit threshold(const ThresholdOptions& options) {
  RunOptions run = options.run;
  if (!options.baseline.empty()) run.policies.push_back(options.baseline);
  run.policies.push_back(options.policy);
  Exit exit = Exit::ok;
  const auto source = source_of(run, {options.measure}, exit);
  if (!source) return exit;
  ThresholdPlan plan;
  plan.pointer = options.parameter;
  plan.points = options.points;
  plan.policy = options.policy;
  plan.line = options.line.value_or(0);
  if (!options.line)
    plan.baseline =
        options.baseline.empty() ? source->scenario->policies.front().id : options.baseline;
  plan.variants = source->plan;
  if (plan.baseline == plan.policy) {
    std::cerr << "onward threshold: " << ticked(plan.policy)
              << " cannot be compared with itself\n  help: name another with `--baseline`, or a "
                 "line with `--line`\n";
    return Exit::usage;
  }
  if (!set_range(options, source->draft, plan)) return Exit::usage;
  Diagnostics diagnostics;
  VariantProgress watched("moving " + plan.pointer);
  const auto found = onward::threshold(source->draft, plan, diagnostics, watched.progress());
  if (!found) return failed("threshold", diagnostics);
  std::cout << (run.json ? threshold_json(*found, plan, *source) + "\n"
                         : threshold_table(*found, plan, *source));
  return Exit::ok;
}

}  // namespace onward::cli
