// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/interruption.hpp"
#include "cli/numbers.hpp"
#include "cli/progress.hpp"
#include "cli/table_text.hpp"
#include "metrics/comparison.hpp"
#include "metrics/variants.hpp"

namespace onward::cli {

/// A scenario that is to be replayed in variants.
struct Source {
  Draft draft;
  std::unique_ptr<const Scenario> scenario;  ///< As it is written.
  std::vector<std::string> policies;         ///< By id; the first is the baseline.
  std::vector<Measure> measures;             ///< Those that were asked for; else the headline.
  VariantPlan plan;
};

/// Reads the scenario and looks up what the options name. Nothing, with messages, if that fails;
/// then `exit` says how.
[[nodiscard]] std::optional<Source> source_of(const RunOptions& options,
                                              const std::vector<std::string>& measures, Exit& exit);

/// Shows how far variants are replayed, and notices Ctrl-C.
class VariantProgress {
 public:
  explicit VariantProgress(const std::string& what) : bar_(what) {}
  [[nodiscard]] Progress progress() {
    return [this](std::size_t done, std::size_t of) {
      bar_.show(done, of);
      return !Interruption::happened();
    };
  }

 private:
  Interruption interruption_;
  ProgressBar bar_;
};

/// The problems, printed, or that it was stopped; and the exit that this means.
[[nodiscard]] Exit failed(const std::string& command, const Diagnostics& diagnostics);

/// The mean, and its interval or that there is none.
[[nodiscard]] std::string with_interval(const Estimate& estimate, const Scale& scale);

/// What heads every result over variants: the title and how much was replayed.
void add_heading(TableText& out, const Source& source, const std::string& what);

/// What stands below every such result.
void add_ending(TableText& out, const std::vector<std::string>& remarks);

/// What every such result holds in JSON.
[[nodiscard]] nlohmann::ordered_json json_of(const Source& source);
[[nodiscard]] nlohmann::ordered_json json_of(const Estimate& estimate);

}  // namespace onward::cli
