// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/interruption.hpp"
#include "cli/progress.hpp"
#include "cli/replay.hpp"
#include "cli/sweep_study.hpp"

namespace onward::cli {
namespace {

/// The points, one a line, with what is set at each.
void list_points(const SweepStudy& study) {
  std::size_t width = std::string_view("point").size();
  std::vector<std::size_t> widths;
  for (const Factor& factor : study.sweep.factors) widths.push_back(factor.name.size());
  for (const auto& point : study.design)
    for (std::size_t f = 0; f < point.size(); ++f)
      widths[f] = std::max(widths[f], std::min<std::size_t>(columns(point[f].json), 40));
  std::cout << padded("point", width);
  for (std::size_t f = 0; f < widths.size(); ++f)
    std::cout << "  " << padded(study.sweep.factors[f].name, widths[f]);
  std::cout << "\n";
  for (std::size_t p = 0; p < study.design.size(); ++p) {
    std::cout << padded(std::to_string(p), width);
    for (std::size_t f = 0; f < widths.size(); ++f)
      std::cout << "  " << padded(study.design[p][f].json, widths[f]);
    std::cout << "\n";
  }
}

/// Replays the points of a sweep one after the other.
class Sweeper {
 public:
  Sweeper(const SweepStudy& study, const RunOptions& options, Keeping& keeping)
      : study_(study), options_(options), keeping_(keeping) {}

  Exit run() {
    const std::size_t points = study_.design.size();
    for (std::size_t point = 0; point < points && !stopped_; ++point) replay_point(point);
    const bool whole = failed_.empty() && !stopped_;
    const std::string digest =
        whole ? whole_digest(keeping_.database(), static_cast<std::int64_t>(points)) : "";
    keeping_.end(digest, finished_, failed_);
    tell(digest);
    if (!failed_.empty()) return Exit::tool_error;
    return stopped_ ? Exit::interrupted : Exit::ok;
  }

 private:
  void replay_point(std::size_t point) {
    const LoadResult loaded = study_.load(point);
    const auto policies = policies_named(*loaded.scenario, options_.policies);
    const Contents contents = study_.contents(options_, loaded, *policies);
    ReplayRequest request;
    request.people = options_.people;
    request.replications = options_.replications.value_or(loaded.scenario->experiment.replications);
    request.seed = options_.seed;
    request.jobs = options_.jobs;
    request.persons = options_.keep.persons;
    if (stored_digest(keeping_.database(), static_cast<std::int64_t>(point))) {
      finished_ += static_cast<std::size_t>(*request.replications);
      return;
    }
    StoredRun store(keeping_.database(), names_of(contents, static_cast<std::int64_t>(point)),
                    study_.settings(point), *request.replications);
    const Results results = replay(
        request, *loaded.scenario, *policies,
        [&](std::size_t done, std::size_t of) {
          bar_.show(point * of + done, study_.design.size() * of);
        },
        &store);
    finished_ += results.accounts.replications();
    for (const FailedReplication& failed : results.accounts.failed)
      failed_.push_back("point " + std::to_string(point) + ", replication " +
                        std::to_string(failed.number) + ", seed " + std::to_string(results.seed) +
                        ": " + failed.reason);
    stopped_ = Interruption::happened();
    if (results.accounts.replications() == results.replications_planned) store.complete(results);
  }

  void tell(const std::string& digest) const {
    const std::string& out = options_.keep.out;
    for (const std::string& failed : failed_)
      std::cerr << "onward sweep: failed twice and left out: " << failed << "\n";
    if (stopped_)
      std::cerr << "onward sweep: stopped after " << finished_ << " replications\n"
                << "  help: go on with `onward sweep --out " << out << " --resume`\n";
    if (!digest.empty())
      std::cout << study_.sweep.id << ": " << study_.design.size() << " points, " << finished_
                << " replications, digest " << digest << "\n"
                << "`" << out << "/results.sqlite` holds them; `onward export " << out
                << "` writes them as CSV (docs/guides/read-results.md)\n";
  }

  const SweepStudy& study_;
  const RunOptions& options_;
  Keeping& keeping_;
  ProgressBar bar_{"sweeping " + study_.sweep.id};
  std::size_t finished_ = 0;
  std::vector<std::string> failed_;
  bool stopped_ = false;
};

Exit sweep_kept(const SweepOptions& options, std::unique_ptr<Keeping> keeping) {
  const std::string path = options.sweep.empty() && keeping ? keeping->path() : options.sweep;
  if (path.empty()) {
    std::cerr << "onward sweep: a sweep is missing\n  help: `onward sweep SWEEP.json --out DIR`\n";
    return Exit::usage;
  }
  Diagnostics diagnostics;
  const auto study = read_study(path, diagnostics);
  const bool good = study && check_points(*study, diagnostics);
  print(diagnostics);
  if (!good) return Exit::invalid;
  if (options.dry_run) {
    list_points(*study);
    return Exit::ok;
  }
  if (options.keep.out.empty()) {
    std::cerr << "onward sweep: a folder for the results is missing\n"
              << "  help: add `--out DIR`, or `--dry-run` to list the points\n";
    return Exit::usage;
  }
  RunOptions run = study->options();
  run.jobs = options.jobs;
  run.keep = options.keep;
  if (keeping && keeping->resumes() && asked(keeping->about(), "persons") == "yes")
    run.keep.persons = true;
  const LoadResult first = study->load(0);
  const auto policies = policies_named(*first.scenario, run.policies);
  if (!policies) return Exit::usage;
  if (!keeping) keeping = Keeping::open("sweep", options.keep);
  if (!keeping) return Exit::tool_error;
  Manifest manifest = manifest_for(run, *first.scenario, path);
  manifest.replications_planned *= study->design.size();
  if (!keeping->begin(study->contents(run, first, *policies), std::move(manifest)))
    return Exit::tool_error;
  return Sweeper(*study, run, *keeping).run();
}

}  // namespace

Exit sweep(const SweepOptions& options) {
  try {
    std::unique_ptr<Keeping> keeping;
    if (options.keep.resume) {
      keeping = Keeping::open("sweep", options.keep);
      if (!keeping) return Exit::tool_error;
    }
    return sweep_kept(options, std::move(keeping));
  } catch (const StoreError& problem) {
    report("sweep", problem, options.keep);
    return Exit::tool_error;
  }
}

}  // namespace onward::cli
