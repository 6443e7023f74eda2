// SPDX-License-Identifier: Apache-2.0
#include "metrics/store/verify.hpp"

#include <algorithm>
#include <iostream>

#include "cli/asked.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/replay.hpp"
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

Exit verify_run(const VerifyOptions& options, Database& database, const std::string& path) {
  RunOptions again;
  ask_the_same(identity_of(database).about, again);
  const LoadResult loaded = load(path);
  print(loaded.diagnostics);
  if (!loaded.scenario) return Exit::invalid;
  const auto policies = policies_named(*loaded.scenario, again.policies);
  if (!policies) return Exit::expectation_failed;
  const Contents contents = contents_of(again, loaded, *policies);
  if (!is_the_same(database, contents.identity)) return Exit::expectation_failed;

  ReplayRequest request;
  request.people = again.people;
  request.seed = again.seed;
  request.jobs = options.jobs;
  request.persons = again.keep.persons;
  request.first = options.replication.value_or(0);
  request.replications = options.replication ? std::optional(1) : again.replications;
  Verification verification(database, names_of(contents, 0));
  {
    ProgressBar bar("verifying " + loaded.scenario->id);
    const Results results = replay(
        request, *loaded.scenario, *policies,
        [&](std::size_t done, std::size_t of) { bar.show(done, of); }, &verification);
    if (const Exit exit = missing_from(results, "verify", "onward run " + path); exit != Exit::ok)
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
    return verify_run(options, *database, path);
  } catch (const StoreError& problem) {
    std::cerr << "onward verify: " << problem.what() << "\n"
              << "  help: `onward verify DIR` takes the folder of a run's `--out`\n";
    return Exit::tool_error;
  }
}

}  // namespace onward::cli
