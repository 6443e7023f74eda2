// SPDX-License-Identifier: Apache-2.0
#include "metrics/store/verify.hpp"

#include <algorithm>
#include <iostream>

#include "cli/asked.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/replay.hpp"
#include "cli/sweep_study.hpp"
#include "cli/version.hpp"

namespace onward::cli {
namespace {

constexpr std::size_t most_shown = 20;

/// Whether the scenario is the one of then; says how it differs. Another version only is a warning.
bool is_the_same(Database& database, Identity now) {
  Identity then = identity_of(database);
  const std::string version_then = asked(then.about, "version");
  for (auto& [name, value] : now.about)
    if (name == "version") value = version_then;
  if (version_then != version)
    std::cerr << "onward verify: it was computed by version " << version_then << "; this is "
              << version << "\n";
  const std::vector<std::string> differing = differences(then, now);
  if (differing.empty()) return true;
  std::cerr << "onward verify: the scenario is not the one of then:";
  for (const std::string& one : differing) std::cerr << "\n    " << one;
  std::cerr << "\n  help: bring back the files of then: `manifest.json` has their SHA-256\n";
  return false;
}

Exit judge(const VerifyOptions& options, const Verification& found) {
  if (found.compared() == 0) {
    std::cerr << "onward verify: " << ticked(options.folder) << " does not hold this replication\n";
    return Exit::usage;
  }
  std::cout << options.folder << ": " << found.compared()
            << (found.compared() == 1 ? " replication" : " replications") << " replayed, "
            << found.rows() << " rows compared, ";
  if (found.differing().empty()) {
    std::cout << "all the same\n";
    return Exit::ok;
  }
  std::cout << found.differing().size() << " differ\n";
  for (std::size_t i = 0; i < std::min(most_shown, found.differing().size()); ++i)
    std::cout << "  " << found.differing()[i] << "\n";
  if (found.differing().size() > most_shown)
    std::cout << "  ... and " << found.differing().size() - most_shown << " more\n";
  return Exit::expectation_failed;
}

/// Replays one point once more.
Exit replay_again(const VerifyOptions& options, const RunOptions& again, const LoadResult& loaded,
                  const std::vector<std::size_t>& policies, Verification& verification) {
  ReplayRequest request;
  request.people = again.people;
  request.seed = again.seed;
  request.jobs = options.jobs;
  request.persons = again.keep.persons;
  request.first = options.replication.value_or(0);
  request.replications = options.replication ? 1 : verification.stored();
  ProgressBar bar("verifying " + loaded.scenario->id);
  const Results results = replay(
      request, *loaded.scenario, policies,
      [&](std::size_t done, std::size_t of) { bar.show(done, of); }, &verification);
  return missing_from(results, "verify", "onward run " + loaded.scenario->file);
}

/// What is replayed once more: a scenario, or a sweep over one.
struct Again {
  RunOptions options;
  std::optional<SweepStudy> study;
  LoadResult loaded;  ///< The first point.

  [[nodiscard]] std::size_t points() const { return study ? study->design.size() : 1; }
  [[nodiscard]] Contents contents(const std::vector<std::size_t>& policies) const {
    return study ? study->contents(options, loaded, policies)
                 : contents_of(options, loaded, policies);
  }
};

std::optional<Again> read_again(Database& database, const std::string& path) {
  Again again;
  const Facts about = identity_of(database).about;
  ask_the_same(about, again.options);
  Diagnostics diagnostics;
  if (asked(about, "sweep").empty()) {
    again.loaded = load(path);
    diagnostics = again.loaded.diagnostics;
  } else {
    again.study = read_study(path, diagnostics);
    if (again.study && check_points(*again.study, diagnostics)) again.loaded = again.study->load(0);
  }
  print(diagnostics);
  if (!again.loaded.scenario) return {};
  return again;
}

Exit verify_all(const VerifyOptions& options, Database& database, const std::string& path) {
  auto again = read_again(database, path);
  if (!again) return Exit::invalid;
  const auto policies = policies_named(*again->loaded.scenario, again->options.policies);
  if (!policies) return Exit::expectation_failed;
  const Contents contents = again->contents(*policies);
  if (!is_the_same(database, contents.identity)) return Exit::expectation_failed;
  Verification verification(database);
  for (std::size_t point = 0; point < again->points(); ++point) {
    LoadResult other;
    if (point > 0) other = again->study->load(point);
    const LoadResult& loaded = point == 0 ? again->loaded : other;
    Contents of_point = contents;
    of_point.scenario = loaded.scenario.get();
    verification.go_to(names_of(of_point, static_cast<std::int64_t>(point)));
    if (const Exit exit = replay_again(options, again->options, loaded, *policies, verification);
        exit != Exit::ok)
      return exit;
  }
  return judge(options, verification);
}

}  // namespace

Exit verify(const VerifyOptions& options) {
  try {
    const std::unique_ptr<Database> database = open_store(options.folder);
    const std::string path =
        options.scenario.empty() ? path_from_here(read_manifest(options.folder)) : options.scenario;
    return verify_all(options, *database, path);
  } catch (const StoreError& problem) {
    std::cerr << "onward verify: " << problem.what() << "\n"
              << "  help: `onward verify DIR` takes the folder of a run's `--out`\n";
    return Exit::tool_error;
  }
}

}  // namespace onward::cli
