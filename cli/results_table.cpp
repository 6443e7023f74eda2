// SPDX-License-Identifier: Apache-2.0
#include "cli/results_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/numbers.hpp"
#include "cli/terminal.hpp"
#include "metrics/summary.hpp"

namespace onward::cli {
namespace {

constexpr std::size_t most_at_once = 3;  ///< Policies side by side.
constexpr std::size_t most_reaches = 6;
constexpr std::size_t most_unmodelled = 5;

/// Text of one colour; nothing is the terminal's own.
struct Cell {
  std::string text;
  std::optional<Colour> colour;
};

std::string drawn(const Cell& cell, std::size_t width) {
  const std::string text = padded(cell.text, width);
  return cell.colour ? coloured(*cell.colour, text) : text;
}

std::vector<std::string> lines_of(const std::string& text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!lines.back().empty() && columns(lines.back()) + 1 + columns(word) > width)
      lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
  }
  return lines;
}

class Table {
 public:
  Table(const Results& results, bool groups)
      : results_(results), summary_(results.accounts), groups_(groups) {}

  std::string text() {
    heading();
    in_short();
    const std::size_t all = results_.policies.size();
    std::vector<std::vector<std::size_t>> blocks(1, {0});
    for (std::size_t p = 1; p < all; ++p) {
      if (blocks.back().size() == most_at_once) blocks.push_back({0});
      blocks.back().push_back(p);
    }
    for (const auto& block : blocks) {
      shown_ = block;
      label_width_ = block.size() == 1 ? 52 : block.size() == 2 ? 40 : 34;
      cell_width_ = std::max<std::size_t>(22, (text_width() - label_width_) / block.size());
      headline();
      more();
      if (groups_) by_group();
    }
    notes();
    speed();
    return std::move(out_);
  }

 private:
  void line(const std::string& text = "") {
    const std::size_t end = text.find_last_not_of(' ');
    out_ += (end == std::string::npos ? "" : text.substr(0, end + 1)) + "\n";
  }

  void paragraph(const std::string& text, std::size_t indent = 0, const std::string& mark = "") {
    line(std::string(indent - columns(mark), ' ') + mark + wrapped(text, indent, indent));
  }

  void heading() {
    const Scenario& scenario = *results_.scenario;
    line(coloured(Colour::bold, wrapped(scenario.title, 0, 0)));
    paragraph(scenario.question);
    line();
    std::uint64_t people = 0;
    for (const int of_group : results_.accounts.people)
      people += static_cast<std::uint64_t>(of_group);
    const std::size_t runs = results_.accounts.replications();
    paragraph(with_commas(runs) + (runs == 1 ? " replication of " : " replications of ") +
              with_commas(people) + " synthetic people, " +
              shown(scenario.experiment.horizon_days) + " days from " +
              to_string(scenario.experiment.start) + ", seed " + std::to_string(results_.seed) +
              ". The same people with the same luck live under each policy:");
    for (std::size_t p = 0; p < results_.policies.size(); ++p) {
      const Policy& policy = *results_.policies[p];
      const std::string what =
          policy.label + (p == 0 && results_.policies.size() > 1 ? " (the baseline)" : "");
      line("  " + coloured(Colour::bold, padded(policy.id, 14)) + "  " + wrapped(what, 18, 18));
    }
  }

  /// The measures of the headline, in the order in which they are shown.
  [[nodiscard]] std::vector<std::size_t> headline_measures() const {
    const auto& measures = results_.accounts.measures;
    const Scenario& scenario = *results_.scenario;
    std::vector<std::size_t> all;
    const auto add_harms = [&](bool absolute) {
      for (const std::string& id : scenario.headline_harms) {
        const std::size_t m = *find_measure(measures, "harm." + id);
        if (scenario.outcomes.harms[measures[m].of].absolute == absolute) all.push_back(m);
      }
    };
    add_harms(true);
    all.push_back(*find_measure(measures, "exposure_days"));
    add_harms(false);
    for (const std::string& id : scenario.headline_benefits)
      all.push_back(*find_measure(measures, "benefit." + id));
    return all;
  }

  void in_short() {
    if (results_.policies.size() == 1) return;
    line();
    line(coloured(Colour::bold, "IN SHORT, against " + results_.policies.front()->id));
    for (std::size_t p = 1; p < results_.policies.size(); ++p) {
      std::array<std::string, 3> said;
      for (const std::size_t m : headline_measures()) {
        std::string& list =
            said.at(static_cast<std::size_t>(1 - direction(summary_.difference(p, m))));
        list += (list.empty() ? "" : "; ") + results_.accounts.measures[m].label;
      }
      line("  " + coloured(Colour::bold, results_.policies[p]->id));
      const std::array<const char*, 3> words = {"more", "no difference shown", "less"};
      for (const std::size_t i : {0U, 2U, 1U})
        if (!said.at(i).empty())
          paragraph(coloured(Colour::dim, std::string(words.at(i)) + ":") + " " + said.at(i), 4);
    }
  }

  static std::string with_commas(std::uint64_t count) {
    std::string digits = std::to_string(count);
    for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, ",");
    return digits;
  }

  void row(const Cell& label, const std::vector<Cell>& cells) {
    std::string text = drawn(label, label_width_);
    for (const Cell& cell : cells) text += drawn(cell, cell_width_);
    line(text);
  }

  void column_heads(const std::string& title) {
    std::vector<Cell> cells;
    for (const std::size_t p : shown_) cells.push_back({results_.policies[p]->id, Colour::bold});
    line();
    row({title, Colour::bold}, cells);
  }

  // The headline: everything that was declared, in its order, whatever came out.

  void headline() {
    column_heads("HEADLINE, declared beforehand");
    const auto& measures = results_.accounts.measures;
    std::string before;
    for (const std::size_t m : headline_measures()) {
      const std::string title = section_of(measures[m]);
      if (title != before) section(title);
      before = title;
      full_row(m);
    }
  }

  [[nodiscard]] std::string section_of(const Measure& measure) const {
    if (measure.kind == Measure::Kind::exposure) return "What happens to data";
    if (measure.kind == Measure::Kind::benefit) return "Benefits";
    return results_.scenario->outcomes.harms[measure.of].absolute
               ? "Absolute harms: never added up, weighed or set against anything"
               : "Other harms";
  }

  void section(const std::string& title) { line(coloured(Colour::dim, title)); }

  /// A measure with its figure and interval, then its difference from the baseline.
  void full_row(std::size_t m) {
    short_row(m);
    if (shown_.size() == 1) return;
    const Scale scale = scale_of(results_.accounts.measures[m]);
    std::vector<Cell> means(1);
    std::vector<Cell> intervals(1);
    for (std::size_t i = 1; i < shown_.size(); ++i) {
      const Figure figure = summary_.difference(shown_[i], m);
      means.push_back({difference(figure, scale), {}});
      intervals.push_back({figure.interval ? shown(*figure.interval, scale.factor)
                           : figure.bound  ? shown(*figure.bound)
                                           : "",
                           Colour::dim});
    }
    row({"    change from " + results_.policies.front()->id, Colour::dim}, means);
    row({}, intervals);
  }

  static std::string value(const Figure& figure, const Measure& measure, const Scale& scale) {
    if (figure.mean == 0 && (!measure.has_events || figure.events == 0.0)) return "none";
    return shown(scale.factor * figure.mean);
  }

  static std::string certainty(const Figure& figure, const Scale& scale) {
    if (figure.interval) return shown(*figure.interval, scale.factor);
    if (figure.bound) return shown(*figure.bound);
    return "in every run";
  }

  static std::string difference(const Figure& figure, const Scale& scale) {
    if (figure.mean == 0) return "no difference";
    const std::string mean = signed_number(scale.factor * figure.mean);
    return direction(figure) == 0 ? mean + ", not shown" : mean;
  }

  /// 1: shown to be more than the baseline; -1: less; 0: neither is shown.
  static int direction(const Figure& figure) {
    if (!figure.interval) return 0;
    return figure.interval->low > 0 ? 1 : figure.interval->high < 0 ? -1 : 0;
  }

  // Everything else, a line for each measure.

  void more() {
    column_heads("ALSO MEASURED");
    const auto& measures = results_.accounts.measures;
    std::vector<std::size_t> reaches;
    for (std::size_t m = 0; m < measures.size(); ++m)
      if (measures[m].kind == Measure::Kind::reach || measures[m].kind == Measure::Kind::inferred)
        reaches.push_back(m);
    const auto change = [&](std::size_t m) {
      double most = 0;
      for (const std::size_t p : shown_)
        most = std::max(most, std::abs(summary_.difference(p, m).mean));
      return most;
    };
    std::stable_sort(reaches.begin(), reaches.end(),
                     [&](std::size_t a, std::size_t b) { return change(a) > change(b); });
    if (reaches.size() > most_reaches) reaches.resize(most_reaches);
    for (const std::size_t m : reaches)
      if (anything(m)) short_row(m);
    for (std::size_t m = 0; m < measures.size(); ++m)
      if (!is_reach(m) && !in_headline(measures[m]) && anything(m)) short_row(m);
  }

  [[nodiscard]] bool is_reach(std::size_t m) const {
    const Measure::Kind kind = results_.accounts.measures[m].kind;
    return kind == Measure::Kind::reach || kind == Measure::Kind::inferred;
  }

  [[nodiscard]] bool in_headline(const Measure& measure) const {
    const auto among = [&](const std::vector<std::string>& ids, const std::string& prefix) {
      return std::any_of(ids.begin(), ids.end(),
                         [&](const std::string& id) { return measure.name == prefix + id; });
    };
    return measure.kind == Measure::Kind::exposure ||
           among(results_.scenario->headline_harms, "harm.") ||
           among(results_.scenario->headline_benefits, "benefit.");
  }

  [[nodiscard]] bool anything(std::size_t m) const {
    return std::any_of(shown_.begin(), shown_.end(),
                       [&](std::size_t p) { return summary_.figure(p, m).mean != 0; });
  }

  [[nodiscard]] std::vector<Cell> cells(std::size_t m, Summary::Scope group) const {
    const Measure& measure = results_.accounts.measures[m];
    const Scale scale = scale_of(measure);
    std::vector<Cell> all;
    for (const std::size_t p : shown_) {
      const Figure figure = summary_.figure(p, m, group);
      const std::string mean = value(figure, measure, scale);
      all.push_back(
          {figure.interval ? mean + " (" + shown(*figure.interval, scale.factor) + ")" : mean, {}});
    }
    return all;
  }

  /// A measure with its figure and interval.
  void short_row(std::size_t m) {
    const Measure& measure = results_.accounts.measures[m];
    const Scale scale = scale_of(measure);
    const std::vector<std::string> label = lines_of(measure.label, label_width_ - 3);
    std::vector<Cell> figures;
    std::vector<Cell> certainties;
    for (const std::size_t p : shown_) {
      const Figure figure = summary_.figure(p, m);
      figures.push_back({value(figure, measure, scale), Colour::bold});
      certainties.push_back({certainty(figure, scale), Colour::dim});
    }
    for (std::size_t i = 0; i < label.size(); ++i)
      row({std::string(i == 0 ? 2 : 4, ' ') + label[i], {}},
          i == 0 ? figures : std::vector<Cell>{});
    row({"    " + scale.unit + ", " + to_string(measure.grade), Colour::dim}, certainties);
  }

  void by_group() {
    const auto& measures = results_.accounts.measures;
    column_heads("BY GROUP");
    for (std::size_t m = 0; m < measures.size(); ++m) {
      if (!in_headline(measures[m]) || !anything(m)) continue;
      section(measures[m].label + ": " + scale_of(measures[m]).unit + ", " +
              to_string(measures[m].grade));
      const auto& groups = results_.scenario->population.groups;
      for (std::size_t g = 0; g < groups.size(); ++g) {
        if (!summary_.shows(g)) continue;
        const std::vector<std::string> left = lines_of(groups[g].label, label_width_ - 4);
        for (std::size_t i = 0; i < left.size(); ++i)
          row({std::string(i == 0 ? 2 : 4, ' ') + left[i], {}},
              i == 0 ? cells(m, g) : std::vector<Cell>{});
      }
    }
  }

  void notes() {
    line();
    line(coloured(Colour::bold, "WHAT THIS IS, AND IS NOT"));
    std::size_t unmodelled = 0;
    for (const Note& note : results_.notes) {
      if (note.kind == Note::Kind::unmodelled && ++unmodelled > most_unmodelled) continue;
      paragraph(note.text, 4, "- ");
    }
    if (unmodelled > most_unmodelled)
      paragraph("And " + std::to_string(unmodelled - most_unmodelled) +
                    " more conditions of law that are not modelled: `--json` lists all.",
                4, "- ");
    if (!groups_)
      paragraph(
          "By group: `--groups`. Everything: `--json`. How each figure is made: "
          "docs/method/measures.md.",
          4, "- ");
  }

  void speed() {
    line();
    const double rate =
        results_.seconds > 0 ? static_cast<double>(results_.person_events) / results_.seconds : 0;
    paragraph(with_commas(results_.person_events) + " person-events in " + shown(results_.seconds) +
              " s (" + shown(rate / 1e6) + " million a second), " +
              shown(static_cast<double>(results_.peak_memory_bytes) / 1048576) + " MiB; digest " +
              to_string(results_.digest));
  }

  const Results& results_;
  Summary summary_;
  bool groups_;
  std::vector<std::size_t> shown_;
  std::size_t label_width_ = 31;
  std::size_t cell_width_ = 23;
  std::string out_;
};

}  // namespace

std::string results_table(const Results& results, bool groups) {
  return Table(results, groups).text();
}

}  // namespace onward::cli
