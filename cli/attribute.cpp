// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <iostream>

#include "cli/numbers.hpp"
#include "cli/variant_runs.hpp"
#include "metrics/attribution.hpp"

namespace onward::cli {
namespace {

std::string attribution_table(const Attribution& attribution, const Source& source) {
  TableText out;
  add_heading(out, source,
              "What does each clause of " + attribution.bill.policy +
                  " contribute to what it "
                  "changes, compared with " +
                  attribution.bill.baseline +
                  "? Each clause's share is "
                  "what it adds when it joins the others, as the mean over " +
                  (attribution.exact ? "all orders" : "a sample of the orders") +
                  " in which they can join (Shapley): " + counted(attribution.policies) +
                  " parts of the policy were replayed.");
  out.set_columns(text_width() - 40, 40);
  out.line();
  out.row({"SHARES OF THE CHANGE", Colour::bold}, {{"with 95 % interval", Colour::bold}});
  for (std::size_t m = 0; m < attribution.measures.size(); ++m) {
    const AttributedMeasure& of = attribution.measures[m];
    const Measure& measure = source.measures[m];
    const Scale scale = scale_of(measure, of.whole.mean);
    out.wrapped_rows(
        measure.label, 0,
        {{{of.whole.mean == 0 ? "no difference" : with_interval(of.whole, scale), Colour::bold}}});
    if (of.whole.mean == 0) continue;
    out.row({"  " + scale.unit + ", " + to_string(measure.grade), Colour::dim}, {});
    std::size_t without = 0;
    for (std::size_t i = 0; i < of.shares.size(); ++i) {
      if (of.shares[i].mean == 0) {
        ++without;
        continue;
      }
      std::vector<std::vector<Cell>> rows{{{with_interval(of.shares[i], scale), {}}}};
      if (!attribution.exact)
        rows.push_back(
            {{"orders: +/- " + shown(2 * scale.factor * of.order_errors[i]), Colour::dim}});
      out.wrapped_rows(attribution.bill.clauses[i].name, 4, rows);
    }
    if (without > 0)
      out.paragraph(
          counted(without) + (without == 1 ? " clause adds" : " clauses add") + " nothing.", 4);
  }
  add_ending(out,
             {"The shares of a measure add up to the whole change in each run. Measures are "
              "never added to one another.",
              "A share says what a clause does beside the others, not what it would do alone."});
  return std::move(out).text();
}

std::string attribution_json(const Attribution& attribution, const Source& source) {
  nlohmann::ordered_json json = json_of(source);
  json["baseline"] = attribution.bill.baseline;
  json["policy"] = attribution.bill.policy;
  json["exact"] = attribution.exact;
  json["parts_replayed"] = attribution.policies;
  json["measures"] = nlohmann::ordered_json::array();
  for (std::size_t m = 0; m < attribution.measures.size(); ++m) {
    const AttributedMeasure& of = attribution.measures[m];
    nlohmann::ordered_json one{{"measure", of.measure},
                               {"unit", source.measures[m].unit},
                               {"evidence", to_string(source.measures[m].grade)},
                               {"change", json_of(of.whole)}};
    one["clauses"] = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < of.shares.size(); ++i)
      one["clauses"].push_back({{"clause", attribution.bill.clauses[i].name},
                                {"share", json_of(of.shares[i])},
                                {"order_error", of.order_errors[i]}});
    json["measures"].push_back(std::move(one));
  }
  return json.dump(2);
}

}  // namespace

Exit attribute(const AttributeOptions& options) {
  RunOptions run = options.run;
  if (!options.baseline.empty()) run.policies.push_back(options.baseline);
  Exit exit = Exit::ok;
  run.policies.push_back(options.policy);
  const auto source = source_of(run, options.measures, exit);
  if (!source) return exit;
  AttributionPlan plan;
  plan.baseline =
      options.baseline.empty() ? source->scenario->policies.front().id : options.baseline;
  plan.policy = options.policy;
  plan.orders = options.orders;
  plan.variants = source->plan;
  Diagnostics diagnostics;
  VariantProgress watched("replaying parts of " + options.policy);
  const auto attribution = onward::attribute(source->draft, plan, diagnostics, watched.progress());
  if (!attribution) return failed("attribute", diagnostics);
  std::cout << (run.json ? attribution_json(*attribution, *source) + "\n"
                         : attribution_table(*attribution, *source));
  return Exit::ok;
}

}  // namespace onward::cli
