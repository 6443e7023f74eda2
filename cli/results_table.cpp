// SPDX-License-Identifier: Apache-2.0
#include "cli/results_table.hpp"

#include <algorithm>
#include <cmath>

#include "cli/numbers.hpp"
#include "cli/table_text.hpp"
#include "metrics/comparison.hpp"

namespace onward::cli {
namespace {

constexpr std::size_t most_at_once = 3;  ///< Policies side by side.
constexpr std::size_t most_reaches = 6;
constexpr std::size_t most_unmodelled = 5;
constexpr std::size_t verdict_width = 15;

Cell verdict(const Figure& figure) {
  if (figure.mean == 0) return {"no difference", Colour::dim};
  const int which = direction(figure);
  if (which == 0) return {"not shown", Colour::dim};
  return {which > 0 ? "more" : "less", Colour::bold};
}

class ResultsTable {
 public:
  ResultsTable(const Results& results, bool groups)
      : results_(results),
        summary_(results.accounts),
        groups_(groups),
        headline_(headline_of(*results.scenario, results.accounts.measures)) {}

  std::string text() {
    heading();
    for (const auto& block : blocks()) {
      shown_ = block;
      if (block.size() > 1) in_short();
    }
    for (const auto& block : blocks()) {
      shown_ = block;
      const std::size_t label = block.size() == 1 ? 52 : block.size() == 2 ? 40 : 34;
      out_.set_columns(label, std::max<std::size_t>(22, (text_width() - label) / block.size()));
      headline();
      also();
      if (groups_) by_group();
    }
    notes();
    speed();
    return std::move(out_).text();
  }

 private:
  [[nodiscard]] const std::vector<Measure>& measures() const { return results_.accounts.measures; }

  /// The policies that fit side by side, the baseline with all.
  [[nodiscard]] std::vector<std::vector<std::size_t>> blocks() const {
    std::vector<std::vector<std::size_t>> blocks(1, {0});
    for (std::size_t p = 1; p < results_.policies.size(); ++p) {
      if (blocks.back().size() == most_at_once) blocks.push_back({0});
      blocks.back().push_back(p);
    }
    return blocks;
  }

  [[nodiscard]] bool in_headline(std::size_t m) const {
    return std::find(headline_.begin(), headline_.end(), m) != headline_.end();
  }

  [[nodiscard]] std::string section_of(std::size_t m) const {
    const Measure& measure = measures()[m];
    if (measure.kind == Measure::Kind::exposure) return "What happens to data";
    if (measure.kind == Measure::Kind::benefit) return "Benefits";
    return is_absolute(*results_.scenario, measure)
               ? "Absolute harms: never added up, weighed or set against anything"
               : "Other harms";
  }

  /// Calls `show` for each measure of the headline, with the titles of its sections.
  template <class Show>
  void for_headline(const Show& show) {
    std::string before;
    for (const std::size_t m : headline_) {
      const std::string title = section_of(m);
      if (title != before) out_.line(coloured(Colour::dim, title));
      before = title;
      show(m);
    }
  }

  /// A title with the names of the policies shown, from the one in place `first`.
  void column_heads(const std::string& text, std::size_t first = 0) {
    std::vector<Cell> cells;
    for (std::size_t i = first; i < shown_.size(); ++i)
      cells.push_back({results_.policies[shown_[i]]->id, Colour::bold});
    out_.line();
    out_.row({text, Colour::bold}, cells);
  }

  void heading() {
    const Scenario& scenario = *results_.scenario;
    out_.line(coloured(Colour::bold, wrapped(scenario.title, 0, 0)));
    out_.paragraph(scenario.question);
    out_.line();
    std::uint64_t people = 0;
    for (const int of_group : results_.accounts.people)
      people += static_cast<std::uint64_t>(of_group);
    const std::size_t runs = results_.accounts.replications();
    out_.paragraph(counted(runs) + (runs == 1 ? " run (replication)" : " runs (replications)") +
                   " of " + counted(people) + " synthetic people, " +
                   shown(scenario.experiment.horizon_days) + " days from " +
                   to_string(scenario.experiment.start) + ", seed " +
                   std::to_string(results_.seed) +
                   ". In each run the same people with the same luck live under each policy:");
    for (std::size_t p = 0; p < results_.policies.size(); ++p) {
      const Policy& policy = *results_.policies[p];
      const std::string what =
          policy.label + (p == 0 && results_.policies.size() > 1 ? " (the baseline)" : "");
      out_.line("  " + coloured(Colour::bold, padded(policy.id, 14)) + "  " +
                wrapped(what, 18, 18));
    }
  }

  void in_short() {
    const std::size_t verdicts = shown_.size() - 1;
    out_.set_columns(text_width() - verdicts * verdict_width, verdict_width);
    column_heads(
        "IN SHORT, compared with " + results_.policies.front()->id + ", each at 95 % certainty", 1);
    for_headline([&](std::size_t m) {
      std::vector<Cell> cells;
      for (std::size_t i = 1; i < shown_.size(); ++i)
        cells.push_back(verdict(summary_.difference(shown_[i], m)));
      out_.wrapped_rows(measures()[m].label, 2, {cells});
    });
  }

  void headline() {
    column_heads("HEADLINE, declared beforehand");
    out_.paragraph(coloured(Colour::dim,
                            "Below each figure its 95 % interval or, where too few cases were seen "
                            "for one, how common a "
                            "case can be at the most: `< 1.50 in 1,000` people, `< 9 % of runs`. "
                            "`not shown`: it may be "
                            "chance."));
    for_headline([&](std::size_t m) { full_row(m); });
  }

  /// For the figures of a measure that are shown side by side.
  [[nodiscard]] Scale scale_for(std::size_t m) const {
    double largest = 0;
    for (const std::size_t p : shown_)
      largest = std::max(largest, std::abs(summary_.figure(p, m).mean));
    return scale_of(measures()[m], largest);
  }

  /// The figures of a measure, and below them how certain each is.
  [[nodiscard]] std::vector<std::vector<Cell>> figures_of(std::size_t m, const Scale& scale,
                                                          Summary::Scope group = {}) const {
    std::vector<std::vector<Cell>> rows(2);
    for (const std::size_t p : shown_) {
      const Figure figure = summary_.figure(p, m, group);
      rows[0].push_back({value(figure, measures()[m], scale), Colour::bold});
      rows[1].push_back({certainty(figure, scale), Colour::dim});
    }
    return rows;
  }

  void short_row(std::size_t m) {
    const Scale scale = scale_for(m);
    const auto rows = figures_of(m, scale);
    out_.wrapped_rows(measures()[m].label, 2, {rows[0]});
    out_.row({"    " + scale.unit + ", " + to_string(measures()[m].grade), Colour::dim}, rows[1]);
  }

  /// The same, then its difference from the baseline.
  void full_row(std::size_t m) {
    short_row(m);
    if (shown_.size() == 1) return;
    const Scale scale = scale_for(m);
    std::vector<Cell> means(1);
    std::vector<Cell> certainties(1);
    for (std::size_t i = 1; i < shown_.size(); ++i) {
      const Figure figure = summary_.difference(shown_[i], m);
      means.push_back({change(figure, scale), {}});
      certainties.push_back({certainty(figure, scale), Colour::dim});
    }
    out_.row({"    change from " + results_.policies.front()->id, Colour::dim}, means);
    out_.row({}, certainties);
  }

  // Everything else, without differences.

  void also() {
    column_heads("ALSO MEASURED");
    for (const std::size_t m : most_changed_reaches()) short_row(m);
    for (std::size_t m = 0; m < measures().size(); ++m)
      if (!is_reach(m) && !in_headline(m) && anything(m)) short_row(m);
  }

  [[nodiscard]] std::vector<std::size_t> most_changed_reaches() const {
    std::vector<std::pair<double, std::size_t>> reaches;
    for (std::size_t m = 0; m < measures().size(); ++m) {
      if (!is_reach(m) || !anything(m)) continue;
      double most = 0;
      for (const std::size_t p : shown_)
        most = std::max(most, std::abs(summary_.difference(p, m).mean));
      reaches.emplace_back(-most, m);
    }
    std::sort(reaches.begin(), reaches.end());
    if (reaches.size() > most_reaches) reaches.resize(most_reaches);
    std::vector<std::size_t> chosen;
    for (const auto& [less, m] : reaches) chosen.push_back(m);
    return chosen;
  }

  [[nodiscard]] bool is_reach(std::size_t m) const {
    const Measure::Kind kind = measures()[m].kind;
    return kind == Measure::Kind::reach || kind == Measure::Kind::inferred;
  }

  [[nodiscard]] bool anything(std::size_t m, Summary::Scope group = {}) const {
    return std::any_of(shown_.begin(), shown_.end(),
                       [&](std::size_t p) { return summary_.figure(p, m, group).mean != 0; });
  }

  void by_group() {
    column_heads("BY GROUP");
    for (std::size_t m = 0; m < measures().size(); ++m)
      if (in_headline(m) && anything(m)) groups_of(m);
  }

  void groups_of(std::size_t m) {
    const auto& groups = results_.scenario->population.groups;
    double largest = 0;
    for (std::size_t g = 0; g < groups.size(); ++g)
      for (const std::size_t p : shown_)
        largest = std::max(largest, std::abs(summary_.figure(p, m, g).mean));
    const Scale scale = scale_of(measures()[m], largest);
    out_.paragraph(coloured(Colour::dim, measures()[m].label + ": " + scale.unit + ", " +
                                             to_string(measures()[m].grade)));
    std::size_t without = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (!summary_.shows(g)) continue;
      if (anything(m, g))
        out_.wrapped_rows(groups[g].label, 2, figures_of(m, scale, g));
      else
        ++without;
    }
    if (without > 0)
      out_.line("  none in " +
                (without == 1 ? "one other group" : counted(without) + " other groups"));
  }

  void notes() {
    add_notes(out_, results_.notes);
    if (results_.stopping)
      out_.paragraph(
          "The number of runs was not fixed beforehand: " + results_.stopping->reason + ".", 4,
          "- ");
    if (!groups_)
      out_.paragraph(
          "By group: `--groups`. Everything: `--json`. How each figure is made: "
          "docs/method/measures.md.",
          4, "- ");
  }

  void speed() {
    out_.line();
    const double rate =
        results_.seconds > 0 ? static_cast<double>(results_.person_events) / results_.seconds : 0;
    out_.paragraph(counted(results_.person_events) + " person-events in " +
                   shown(results_.seconds) + " s (" + shown(rate / 1e6) + " million a second), " +
                   shown(static_cast<double>(results_.peak_memory_bytes) / 1048576) + " MiB");
    out_.line("digest " + to_string(results_.digest));
  }

  const Results& results_;
  Summary summary_;
  bool groups_;
  std::vector<std::size_t> headline_;  ///< Measures, in the order in which they are shown.
  std::vector<std::size_t> shown_;     ///< Policies of the present block.
  TableText out_;
};

}  // namespace

void add_notes(TableText& out, const std::vector<Note>& notes) {
  out.line();
  out.line(coloured(Colour::bold, "WHAT THIS IS, AND IS NOT"));
  std::size_t unmodelled = 0;
  for (const Note& note : notes) {
    if (note.kind == Note::Kind::unmodelled && ++unmodelled > most_unmodelled) continue;
    out.paragraph(note.text, 4, "- ");
  }
  if (unmodelled > most_unmodelled)
    out.paragraph("And " + std::to_string(unmodelled - most_unmodelled) +
                      " more conditions of law that are not modelled: `--json` lists all.",
                  4, "- ");
}

std::string results_table(const Results& results, bool groups) {
  return ResultsTable(results, groups).text();
}

}  // namespace onward::cli
