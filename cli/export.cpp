// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <iostream>

#include "cli/commands.hpp"
#include "metrics/store/export_csv.hpp"

namespace onward::cli {
namespace {

namespace fs = std::filesystem;

/// The first of the files that is there already; empty if none is.
std::string in_the_way(const fs::path& folder) {
  std::error_code error;
  for (const std::string& name : csv_names())
    if (fs::exists(folder / name, error)) return (folder / name).string();
  return "";
}

/// Points that are not complete.
std::size_t incomplete(Database& database) {
  std::size_t count = 0;
  database.select("SELECT run FROM runs WHERE digest IS NULL", {}, [&](const Row&) { ++count; });
  return count;
}

}  // namespace

Exit export_results(const ExportOptions& options) {
  const fs::path folder =
      options.to.empty() ? fs::path(options.folder) / "csv" : fs::path(options.to);
  try {
    const std::unique_ptr<Database> database = open_store(options.folder);
    std::error_code error;
    fs::create_directories(folder, error);
    const std::string file = in_the_way(folder);
    if (!file.empty() && !options.force) {
      std::cerr << "onward export: " << ticked(file) << " exists already\n"
                << "  help: name another folder with `--to`; `--force` replaces it\n";
      return Exit::tool_error;
    }
    if (incomplete(*database) > 0)
      std::cerr << "onward export: the results are not complete; what there is, is exported\n"
                << "  help: `onward run --out " << options.folder << " --resume` finishes them\n";
    export_csv(*database, folder);
  } catch (const StoreError& problem) {
    std::cerr << "onward export: " << problem.what() << "\n"
              << "  help: `onward export DIR` takes the folder of a run's `--out`\n";
    return Exit::tool_error;
  }
  for (const std::string& name : csv_names()) std::cout << (folder / name).string() << "\n";
  return Exit::ok;
}

}  // namespace onward::cli
