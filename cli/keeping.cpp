// SPDX-License-Identifier: Apache-2.0
#include "cli/keeping.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "metrics/store/environment.hpp"
#include "metrics/store/export_csv.hpp"
#include "sim/diagnostic.hpp"

namespace onward::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* store_name = "results.sqlite";
constexpr const char* manifest_name = "manifest.json";
constexpr const char* results_name = "results.json";
constexpr const char* report_name = "report.html";
constexpr std::array<const char*, 5> all_names{store_name, "results.sqlite-journal", manifest_name,
                                               results_name, report_name};

}  // namespace

std::unique_ptr<Keeping> Keeping::open(const std::string& command, const KeepOptions& options) {
  // Why: a limit on the size of files is then an error like any other.
  std::signal(SIGXFSZ, SIG_IGN);
  std::unique_ptr<Keeping> keeping(new Keeping(command, options));
  if (!keeping->lock() || !keeping->make_room()) return {};
  try {
    keeping->open_store();
  } catch (const StoreError& problem) {
    keeping->complain(problem.what(), "name a folder of your own with room in it");
    return {};
  }
  return keeping;
}

Keeping::~Keeping() {
  if (lock_ >= 0) close(lock_);
}

std::string Keeping::file(const char* name) const {
  return (fs::path(options_.out) / name).string();
}

void Keeping::complain(const std::string& what, const std::string& help) const {
  std::cerr << "onward " << command_ << ": " << what << "\n";
  if (!help.empty()) std::cerr << "  help: " << help << "\n";
}

bool Keeping::lock() {
  std::error_code error;
  fs::create_directories(options_.out, error);
  lock_ = ::open(options_.out.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock_ < 0 || access(options_.out.c_str(), W_OK) != 0) {
    complain("nothing can be written into " + ticked(options_.out), "name a folder of your own");
    return false;
  }
  // Why no other error counts: some file systems have no locks.
  if (flock(lock_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return true;
  complain("another process keeps its results in " + ticked(options_.out),
           "wait for it, or name another folder");
  return false;
}

/// Sees to it that nothing is there but what is to be resumed.
bool Keeping::make_room() {
  std::error_code error;
  for (const char* name : all_names) {
    if (options_.force) fs::remove(file(name), error);
    if (options_.resume || !fs::exists(file(name), error)) continue;
    complain(
        ticked(file(name)) + " exists already",
        "name another folder; `--resume` finishes what was interrupted, `--force` replaces it");
    return false;
  }
  return true;
}

void Keeping::open_store() {
  if (options_.resume && fs::exists(file(manifest_name))) manifest_ = read_manifest(options_.out);
  if (options_.resume && fs::exists(file(store_name))) {
    database_ = std::make_unique<Database>(file(store_name), Database::Access::write);
    stored_ = identity_of(*database_);
  }
}

std::string Keeping::path() const {
  return path_from_here(manifest_);
}

bool Keeping::begin(const Contents& contents, Manifest manifest) {
  if (resumes()) {
    const std::vector<std::string> differing = differences(stored_, contents.identity);
    if (!differing.empty()) {
      std::string all;
      for (const std::string& one : differing) all += "\n    " + one;
      complain("what " + ticked(options_.out) + " holds is not what is to be resumed:" + all,
               "give the same again, name another folder, or start afresh with `--force`");
      return false;
    }
  }
  if (manifest_.started.empty()) {
    manifest_ = std::move(manifest);
    manifest_.command = options_.command;
    std::error_code error;
    manifest_.directory = fs::current_path(error).string();
    manifest_.started = universal_time();
    manifest_.files = contents.identity.files;
    manifest_.environment = contents.environment;
  } else {
    manifest_.resumed.push_back(universal_time());
  }
  write_whole(file(manifest_name), to_json(manifest_));
  if (!database_) database_ = std::make_unique<Database>(file(store_name), Database::Access::write);
  if (!resumes()) describe(*database_, contents);
  return true;
}

void Keeping::write_results(const std::string& json) const {
  write_whole(file(results_name), json);
}

void Keeping::write_report(const std::string& page) const {
  write_whole(file(report_name), page);
}

void Keeping::end(const std::string& digest, std::size_t finished,
                  std::vector<std::string> failed) {
  manifest_.ended = universal_time();
  manifest_.digest = digest;
  manifest_.replications_finished = finished;
  manifest_.failed = std::move(failed);
  write_whole(file(manifest_name), to_json(manifest_));
}

std::unique_ptr<Database> open_store(const std::string& folder) {
  const std::string file = (fs::path(folder) / store_name).string();
  if (!fs::exists(file))
    throw StoreError(ticked(folder) + " holds no results: no `results.sqlite`");
  // Why for writing: what a killed process left half written is taken back first.
  const bool writable = access(file.c_str(), W_OK) == 0;
  return std::make_unique<Database>(file,
                                    writable ? Database::Access::write : Database::Access::read);
}

Manifest read_manifest(const std::string& folder) {
  std::ifstream in(fs::path(folder) / manifest_name, std::ios::binary);
  if (!in) throw StoreError(ticked(folder) + " holds no `manifest.json` that can be read");
  return manifest_of({std::istreambuf_iterator<char>(in), {}});
}

void report(const std::string& command, const StoreError& problem, const KeepOptions& options) {
  std::cerr << "onward " << command << ": " << problem.what() << "\n"
            << "  help: what was stored before is kept; go on with `onward " << command << " --out "
            << options.out << " --resume`\n";
}

}  // namespace onward::cli
