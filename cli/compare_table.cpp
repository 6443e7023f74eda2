// SPDX-License-Identifier: Apache-2.0
#include "cli/compare_table.hpp"

#include <algorithm>
#include <cmath>

#include "cli/numbers.hpp"
#include "cli/results_table.hpp"

namespace onward::cli {
namespace {

constexpr std::size_t label_width = 34;

/// The columns that so many cells beside a label have.
std::size_t cell_width(std::size_t cells) {
  return (text_width() - label_width) / cells;
}

std::string counted_cell(std::uint64_t people) {
  if (people == 0) return "none";
  return may_be_shown(people) ? counted(people) : "fewer than 10";
}

bool differs(const PersonTable& table) {
  return table.only_baseline > 0 || table.only_policy > 0;
}

std::string shown_set(const RatioSet& set) {
  switch (set.kind) {
    case RatioSet::Kind::interval: return shown(set.low) + " to " + shown(set.high);
    case RatioSet::Kind::two_rays:
      return "up to " + shown(set.low) + ", or from " + shown(set.high);
    case RatioSet::Kind::whole_line: break;
  }
  return "any number";
}

/// One policy against the baseline.
class CompareTable {
 public:
  CompareTable(const Comparison& comparison, const Results& results, TableText& out)
      : comparison_(comparison),
        results_(results),
        out_(out),
        baseline_(results.policies.front()->id),
        policy_(results.policies[comparison.policy]->id) {}

  void add() {
    headline();
    people();
    groups();
    burdens();
    exchanges();
    net_benefits();
    disparities();
  }

 private:
  [[nodiscard]] const Measure& measure(std::size_t m) const {
    return results_.accounts.measures[m];
  }

  void heads(const std::string& text, const std::vector<std::string>& names) {
    out_.set_columns(label_width, cell_width(names.size()));
    std::vector<Cell> cells;
    for (const std::string& name : names) cells.push_back({name, Colour::bold});
    out_.line();
    out_.row({text, Colour::bold}, cells);
  }

  void remark(const std::string& text) { out_.paragraph(coloured(Colour::dim, text)); }

  void headline() {
    heads("HEADLINE", {baseline_, policy_, "change"});
    remark(
        "As declared beforehand. Below each figure its 95 % interval or, where too few cases were "
        "seen for one, how common a case can be at the most. `not shown`: it may be chance.");
    std::string before;
    for (const ComparedMeasure& of : comparison_.headline) {
      const std::string title =
          of.absolute ? "Absolute harms: never added up, weighed or set against "
                        "anything"
          : measure(of.measure).kind == Measure::Kind::exposure ? "What happens to data"
          : measure(of.measure).kind == Measure::Kind::benefit  ? "Benefits"
                                                                : "Other harms";
      if (title != before) out_.line(coloured(Colour::dim, title));
      before = title;
      row(of);
    }
  }

  void row(const ComparedMeasure& of) {
    const Measure& what = measure(of.measure);
    const Scale scale =
        scale_of(what, std::max(std::abs(of.baseline.mean), std::abs(of.policy.mean)));
    out_.wrapped_rows(what.label, 2,
                      {{{value(of.baseline, what, scale), Colour::bold},
                        {value(of.policy, what, scale), Colour::bold},
                        {change(of.change, scale), Colour::bold}}});
    out_.row({"    " + scale.unit + ", " + to_string(what.grade), Colour::dim},
             {{certainty(of.baseline, scale), Colour::dim},
              {certainty(of.policy, scale), Colour::dim},
              {of.change.mean == 0 ? "" : certainty(of.change, scale), Colour::dim}});
    const std::string terms = taxonomy(what);
    if (!terms.empty()) out_.paragraph(coloured(Colour::dim, "published as: " + terms), 4);
    if (of.variance_reduction && of.change.mean != 0) out_.paragraph(pairing(of), 4);
  }

  /// What comes of the same people with the same luck living under both.
  [[nodiscard]] static std::string pairing(const ComparedMeasure& of) {
    const double less = 100 * *of.variance_reduction;
    return coloured(Colour::dim, less >= 0 ? "pairing: the change varies " + shown(less) +
                                                 " % less than if other people lived under each"
                                           : "pairing: the change varies " + shown(-less) +
                                                 " % more than if other people lived under each");
  }

  [[nodiscard]] std::string taxonomy(const Measure& what) const {
    const Outcomes& outcomes = results_.scenario->outcomes;
    std::string terms;
    const auto add = [&](const std::vector<std::string>& all) {
      for (const std::string& term : all) terms += (terms.empty() ? "" : ", ") + term;
    };
    if (what.kind == Measure::Kind::harm) add(outcomes.harms[what.of].taxonomy);
    if (what.kind == Measure::Kind::benefit) add(outcomes.benefits[what.of].taxonomy);
    return terms;
  }

  static std::vector<Cell> cells_of(const PersonTable& table) {
    return {{counted_cell(table.both), {}},
            {counted_cell(table.only_baseline), {}},
            {counted_cell(table.only_policy), {}},
            {counted_cell(table.neither), {}}};
  }

  void people() {
    heads("TO WHOM IT HAPPENED", {"under both", "only " + baseline_, "only " + policy_, "neither"});
    remark("Simulated people, all runs together: the same people with the same luck.");
    for (const ComparedMeasure& of : comparison_.headline)
      if (of.people) out_.wrapped_rows(measure(of.measure).label, 2, {cells_of(*of.people)});
  }

  void groups() {
    heads("GAINS AND LOSSES BY GROUP",
          {"under both", "only " + baseline_, "only " + policy_, "neither"});
    bool any = false;
    for (const ComparedMeasure& of : comparison_.headline) {
      if (!of.people || !differs(*of.people)) continue;
      any = true;
      remark(measure(of.measure).label);
      for (std::size_t g = 0; g < of.groups.size(); ++g)
        if (of.groups[g] && differs(*of.groups[g]))
          out_.wrapped_rows(results_.scenario->population.groups[g].label, 2,
                            {cells_of(*of.groups[g])});
    }
    if (!any) out_.paragraph("Nobody gains or loses: it happened to the same people.", 2);
  }

  void burdens() {
    heads("HOW IT IS SPREAD OVER PEOPLE",
          {"half have at most", "95 % have at most", "99 % have at most", "the top 1 % bear"});
    remark("Of the risk that each person ran (of the days, for exposure), not of what happened.");
    for (const ComparedMeasure& of : comparison_.headline) {
      if (!of.baseline_burden || (of.baseline.mean == 0 && of.policy.mean == 0)) continue;
      out_.paragraph(measure(of.measure).label, 2);
      burden(of, baseline_, *of.baseline_burden);
      burden(of, policy_, *of.policy_burden);
    }
  }

  void burden(const ComparedMeasure& of, const std::string& name, const BurdenFigures& burden) {
    const Scale scale = scale_of(measure(of.measure), burden.percentile_99.mean);
    const auto cell = [&](const Estimate& estimate) {
      return Cell{shown(scale.factor * estimate.mean), {}};
    };
    out_.row({"    " + name + ", " + scale.unit, Colour::dim},
             {cell(burden.median),
              cell(burden.percentile_95),
              cell(burden.percentile_99),
              {shown(100 * burden.share_of_top_1.mean) + " %", {}}});
  }

  [[nodiscard]] bool certain(const Exchange& of) const {
    const auto shows = [&](std::size_t m) {
      return std::any_of(comparison_.headline.begin(), comparison_.headline.end(),
                         [&](const ComparedMeasure& row) {
                           return row.measure == m && direction(row.change) != 0;
                         });
    };
    return of.kind != Exchange::Kind::no_difference && shows(of.harm) && shows(of.benefit);
  }

  [[nodiscard]] std::string unit_of_harm(const Exchange& of) const {
    return measure(of.harm).kind == Measure::Kind::exposure ? "days" : "people harmed";
  }

  void exchanges() {
    heads("HARM FOR BENEFIT", {"for one more", "95 % certain"});
    remark(
        "How much more harm comes with one more of the benefit; no ratio where one of the two "
        "policies has more benefit and no more harm. Never of an absolute harm.");
    std::size_t left_out = 0;
    std::size_t benefit = results_.accounts.measures.size();
    for (const Exchange& of : comparison_.exchanges) {
      if (!certain(of)) {
        ++left_out;
        continue;
      }
      if (of.benefit != benefit) out_.paragraph("for: " + measure(of.benefit).label, 2);
      benefit = of.benefit;
      out_.wrapped_rows(measure(of.harm).label, 4, {exchange_cells(of)});
      out_.row({"      " + unit_of_harm(of) + ", " + to_string(of.grade), Colour::dim}, {});
    }
    if (left_out > 0)
      out_.paragraph(counted(left_out) +
                         " more pairs of which one does not differ, or may differ by chance: "
                         "`--json`.",
                     2);
  }

  [[nodiscard]] std::vector<Cell> exchange_cells(const Exchange& of) const {
    switch (of.kind) {
      case Exchange::Kind::ratio:
        return {{shown(of.ratio), Colour::bold},
                {of.set ? shown_set(*of.set) : "too few cases", Colour::dim}};
      case Exchange::Kind::dominant:
        return {{policy_ + " dominant", Colour::bold}, {"no ratio", {}}};
      case Exchange::Kind::dominated:
        return {{policy_ + " dominated", Colour::bold}, {"no ratio", {}}};
      case Exchange::Kind::less_of_both: return {{"less of both", Colour::bold}, {"no ratio", {}}};
      case Exchange::Kind::no_difference: break;
    }
    return {};
  }

  void net_benefits() {
    std::vector<std::string> weights;
    for (const Exchange& of : comparison_.exchanges)
      if (weights.empty())
        for (const NetBenefit& net : of.net) weights.push_back("x " + shown(net.weight));
    if (weights.empty()) return;
    heads("NET BENEFIT, BY WEIGHT", weights);
    remark(
        "More benefit less more harm, in 1,000 people, if one harmed person (one day of exposure) "
        "weighs as much as so many of the benefit. Which weight is right is for you to say.");
    std::size_t benefit = results_.accounts.measures.size();
    for (const Exchange& of : comparison_.exchanges) {
      if (!certain(of)) continue;
      if (of.benefit != benefit) out_.paragraph("for: " + measure(of.benefit).label, 2);
      benefit = of.benefit;
      std::vector<std::vector<Cell>> rows(2);
      for (const NetBenefit& net : of.net) {
        rows[0].push_back({signed_number(1000 * net.net.mean), {}});
        rows[1].push_back({net.net.interval ? sign_of(*net.net.interval) : "too few", Colour::dim});
      }
      out_.wrapped_rows(measure(of.harm).label, 4, rows);
    }
  }

  static std::string sign_of(const Interval& interval) {
    return interval.low > 0 ? "above 0" : interval.high < 0 ? "below 0" : "not shown";
  }

  void disparities() {
    if (!results_.scenario->reference_group) {
      heads("BETWEEN GROUPS", {""});
      out_.paragraph(
          "The scenario declares no reference group (`headline.reference_group`), so risks are "
          "not set in relation between groups.",
          2);
      return;
    }
    const auto& groups = results_.scenario->population.groups;
    heads("BETWEEN GROUPS", {baseline_, policy_});
    remark("As a multiple of the reference group's: " +
           groups[*results_.scenario->reference_group].label + ".");
    std::size_t before = results_.accounts.measures.size();
    for (const Disparity& of : comparison_.disparities) {
      if (of.measure != before)
        out_.paragraph(measure(of.measure).label + ", " + to_string(measure(of.measure).grade), 2);
      before = of.measure;
      std::vector<std::vector<Cell>> rows(2);
      for (const auto& ratio : {of.baseline, of.policy}) {
        rows[0].push_back({ratio ? "x " + shown(ratio->ratio) : "nobody there", {}});
        rows[1].push_back(
            {ratio && ratio->set ? shown_set(*ratio->set) : "too few cases", Colour::dim});
      }
      out_.wrapped_rows(groups[of.group].label, 4, rows);
    }
  }

  const Comparison& comparison_;
  const Results& results_;
  TableText& out_;
  std::string baseline_;
  std::string policy_;
};

}  // namespace

std::string compare_table(const std::vector<Comparison>& comparisons, const Results& results) {
  TableText out;
  out.line(coloured(Colour::bold, wrapped(results.scenario->title, 0, 0)));
  out.paragraph(results.scenario->question);
  for (const Comparison& comparison : comparisons) {
    const Policy& policy = *results.policies[comparison.policy];
    out.line();
    out.line(coloured(Colour::bold, policy.id + ", compared with " + results.policies[0]->id));
    out.paragraph(policy.label + ", compared with " + results.policies[0]->label + ": " +
                  counted(results.accounts.replications()) + " runs, seed " +
                  std::to_string(results.seed) +
                  ". In each the same people with the same luck live under both.");
    CompareTable(comparison, results, out).add();
  }
  add_notes(out, results.notes);
  out.line();
  out.line("digest " + to_string(results.digest));
  return std::move(out).text();
}

}  // namespace onward::cli
