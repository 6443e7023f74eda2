// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iostream>

#include "cli/numbers.hpp"
#include "cli/variant_runs.hpp"
#include "metrics/sensitivity.hpp"

namespace onward::cli {
namespace {

constexpr std::size_t most_claims_shown = 8;

std::string index(double value, const Interval& interval) {
  return shown(std::max(0.0, value)) + " (" + shown(interval.low) + " to " + shown(interval.high) +
         ")";
}

class SensitivityTable {
 public:
  SensitivityTable(const SweptFigures& result, const SensitivityPlan& plan, const Source& source,
                   const Sweepable& swept)
      : result_(result), plan_(plan), source_(source), swept_(swept) {}

  std::string text() {
    add_heading(
        out_, source_,
        "How far do the figures go over what is not known: " + counted(plan_.claims.size()) +
            " numbers between the low and the high that the scenario gives them, each "
            "independent of the others, at " +
            counted(result_.points) + " points.");
    ranges();
    indices();
    std::vector<std::string> remarks{
        "The range comes from numbers that nobody knows, and more runs do not narrow it; the "
        "sampling interval comes from chance, and they do. The two are never made one.",
        "An index is the share of the variance of a figure's expectation that comes from a number: "
        "alone (first-order), or also together with others (total). Chance is taken out of it."};
    if (!swept_.left_out.empty())
      remarks.push_back(counted(swept_.left_out.size()) +
                        " numbers cannot be moved alone and stay as they are, such as " +
                        ticked(swept_.left_out.front().pointer) + ": " +
                        swept_.left_out.front().reason + ".");
    add_ending(out_, remarks);
    return std::move(out_).text();
  }

 private:
  [[nodiscard]] const Measure& measure(const SensitiveFigure& figure) const {
    return *std::find_if(source_.measures.begin(), source_.measures.end(),
                         [&](const Measure& m) { return m.name == figure.measure; });
  }

  [[nodiscard]] std::string name(const SensitiveFigure& figure) const {
    const std::string& policy = source_.policies[figure.policy];
    return figure.change ? policy + " less " + source_.policies.front() : policy;
  }

  void ranges() {
    out_.set_columns(text_width() - 60, 30);
    out_.line();
    out_.row({"TWO INTERVALS, NEVER ONE", Colour::bold},
             {{"range over the unknown", Colour::bold}, {"as written, by chance", Colour::bold}});
    std::string before;
    for (const SensitiveFigure& figure : result_.figures) {
      const Measure& what = measure(figure);
      const Scale scale =
          scale_of(what, std::max(std::abs(figure.range.low), std::abs(figure.range.high)));
      if (before != figure.measure)
        out_.paragraph(what.label + ": " + scale.unit + ", " + to_string(what.grade), 0);
      before = figure.measure;
      out_.wrapped_rows(name(figure), 4,
                        {{{shown(figure.range, scale.factor), Colour::bold},
                          {with_interval(figure.central, scale), Colour::dim}}});
    }
  }

  /// Of changes if there are any, else of the figures.
  void indices() {
    out_.set_columns(text_width() - 48, 24);
    out_.line();
    out_.row({"WHAT IT DEPENDS ON (Sobol indices)", Colour::bold},
             {{"first-order", Colour::bold}, {"total", Colour::bold}});
    const bool changes = source_.policies.size() > 1;
    for (const SensitiveFigure& figure : result_.figures)
      if (figure.change == changes) indices_of(figure);
  }

  void indices_of(const SensitiveFigure& figure) {
    const Measure& what = measure(figure);
    out_.paragraph(what.label + ", " + name(figure), 0);
    if (figure.indices.of.empty()) {
      out_.paragraph("does not depend on any of them, as far as these runs tell.", 4);
      return;
    }
    std::vector<std::size_t> order;
    for (std::size_t k = 0; k < plan_.claims.size(); ++k) order.push_back(k);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return figure.indices.of[a].total > figure.indices.of[b].total;
    });
    if (order.size() > most_claims_shown) order.resize(most_claims_shown);
    for (const std::size_t k : order) {
      const SobolIndex& of = figure.indices.of[k];
      if (of.total_interval.high <= 0.005) continue;
      out_.wrapped_rows(plan_.claims[k].pointer, 4,
                        {{{index(of.first, of.first_interval), {}},
                          {index(of.total, of.total_interval), Colour::bold}}});
    }
  }

  const SweptFigures& result_;
  const SensitivityPlan& plan_;
  const Source& source_;
  const Sweepable& swept_;
  TableText out_;
};

std::string sensitivity_json(const SweptFigures& result, const SensitivityPlan& plan,
                             const Source& source, const Sweepable& swept) {
  using Json = nlohmann::ordered_json;
  Json json = json_of(source);
  json["points"] = result.points;
  json["claims"] = Json::array();
  for (const ClaimPlace& claim : plan.claims)
    json["claims"].push_back({{"pointer", claim.pointer},
                              {"value", claim.value},
                              {"low", claim.low},
                              {"high", claim.high}});
  json["left_out"] = Json::array();
  for (const Sweepable::Left& left : swept.left_out)
    json["left_out"].push_back({{"pointer", left.pointer}, {"reason", left.reason}});
  json["figures"] = Json::array();
  for (const SensitiveFigure& figure : result.figures) {
    Json one;
    one["measure"] = figure.measure;
    one["policy"] = source.policies[figure.policy];
    one["baseline"] = figure.change ? Json(source.policies.front()) : Json();
    one["range"] = {{"low", figure.range.low}, {"high", figure.range.high}};
    one["sampling"] = json_of(figure.central);
    one["variance"] = figure.indices.variance;
    one["indices"] = Json::array();
    for (std::size_t k = 0; k < figure.indices.of.size(); ++k) {
      const SobolIndex& of = figure.indices.of[k];
      one["indices"].push_back({{"pointer", plan.claims[k].pointer},
                                {"first",
                                 {{"index", of.first},
                                  {"low", of.first_interval.low},
                                  {"high", of.first_interval.high}}},
                                {"total",
                                 {{"index", of.total},
                                  {"low", of.total_interval.low},
                                  {"high", of.total_interval.high}}}});
    }
    json["figures"].push_back(std::move(one));
  }
  return json.dump(2);
}

/// The claims that were asked for; nothing, with a message, if one is not among those there are.
std::optional<std::vector<ClaimPlace>> chosen(const std::vector<ClaimPlace>& all,
                                              const std::vector<std::string>& pointers) {
  if (pointers.empty()) return all;
  std::vector<ClaimPlace> claims;
  std::vector<std::string> known;
  for (const ClaimPlace& claim : all) known.push_back(claim.pointer);
  for (const std::string& pointer : pointers) {
    // A pointer stands for all claims below it.
    const std::size_t before = claims.size();
    for (const ClaimPlace& claim : all)
      if (claim.pointer == pointer || claim.pointer.starts_with(pointer + "/"))
        claims.push_back(claim);
    if (claims.size() > before) continue;
    std::cerr << "onward sensitivity: there is no number with a range at " << ticked(pointer)
              << "\n  help: " << suggest(pointer, known, "numbers with ranges") << "\n";
    return {};
  }
  return claims;
}

}  // namespace

Exit sensitivity(const SensitivityOptions& options) {
  Exit exit = Exit::ok;
  const auto source = source_of(options.run, options.measures, exit);
  if (!source) return exit;
  const auto claims = chosen(claims_of(source->draft), options.parameters);
  if (!claims) return Exit::usage;
  const Sweepable swept = sweepable(source->draft, *claims);
  if (swept.claims.empty()) {
    std::cerr << "onward sensitivity: no number of the scenario can be swept\n"
              << "  help: give numbers a `low` and a `high`\n";
    return Exit::usage;
  }
  SensitivityPlan plan;
  plan.policies = source->policies;
  plan.claims = swept.claims;
  plan.rows = options.rows;
  plan.variants = source->plan;
  Diagnostics diagnostics;
  VariantProgress watched("sweeping " + source->scenario->id);
  const auto result = onward::sensitivity(source->draft, plan, diagnostics, watched.progress());
  if (!result) return failed("sensitivity", diagnostics);
  std::cout << (options.run.json ? sensitivity_json(*result, plan, *source, swept) + "\n"
                                 : SensitivityTable(*result, plan, *source, swept).text());
  return Exit::ok;
}

}  // namespace onward::cli
