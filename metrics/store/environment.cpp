// SPDX-License-Identifier: Apache-2.0
#include "metrics/store/environment.hpp"

#include <sys/utsname.h>

#include <algorithm>
#include <fstream>
#include <thread>

namespace onward {
namespace {

/// What stands after the separator in the first line that begins with the key.
std::string line_of(const char* file, const std::string& key, char separator) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(key)) continue;
    std::string value = line.substr(std::min(line.find(separator), line.size() - 1) + 1);
    value.erase(std::remove(value.begin(), value.end(), '"'), value.end());
    return value.substr(std::min(value.find_first_not_of(' '), value.size()));
  }
  return "unknown";
}

}  // namespace

Facts environment_facts() {
  utsname system{};
  uname(&system);
  return {{"compiler", "GCC or compatible " __VERSION__},
          {"cores", std::to_string(std::thread::hardware_concurrency())},
          {"database", "SQLite " + database_version()},
          {"kernel", std::string(system.sysname) + " " + system.release},
          {"machine", system.machine},
          {"processor", line_of("/proc/cpuinfo", "model name", ':')},
          {"system", line_of("/etc/os-release", "PRETTY_NAME", '=')}};
}

}  // namespace onward
