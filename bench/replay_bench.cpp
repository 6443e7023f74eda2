// SPDX-License-Identifier: Apache-2.0
//
// How fast a unit is replayed, and how much faster than by the same model written plainly on
// SimGrid (replay_peer.cpp): person-events a second of the engine with desks and without, and of
// the peer with desks, all in one run on one machine.
//
//   replay_bench [PEOPLE] [--check] [--least RATIO]    the comparison (default 100000)
//   replay_bench --million [--check]                   one million people: do they fit in 2 GiB?
//
// With --check the exit code is 1 if a bound is missed; --least asks for another ratio than 20.
//  Each measurement is a process of its own,
// because SimGrid has one engine in each, and so that the peak of memory is its own. The time is
// the processor's (all is one thread), so that waiting for other programs does not count, from
// the loaded scenario to the result; both keep the account of the desks meanwhile. Of the engine
// the best of three counts. The peer replays fewer people, because it needs 65 KiB for each; its
// desks are as busy. It is compared with the engine at the same number, since both are slower
// with more people, the peer far more so. Each throws its own dice, so the two agree in the
// mean only; waits hang on a few crowded desks and differ by a third from seed to seed.
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include "bench/replay_model.hpp"
#include "bench/replay_peer.hpp"
#include "sim/engine/arrivals.hpp"
#include "sim/engine/in_child.hpp"
#include "sim/engine/replay.hpp"

namespace onward::bench {
namespace {

constexpr double least_ratio = 20;
constexpr double most_difference = 0.05;
constexpr double most_memory = 2048;  ///< MiB, for a million people.
constexpr int most_for_peer = 10000;

/// What one process measured.
struct Measured {
  Replayed replayed;
  Digest digest;
  double seconds = 0;
  double utilisation = 0;          ///< Of all officers, while people come.
  double memory = 0;               ///< Peak, in MiB.
  std::size_t most_in_flight = 0;  ///< Lives held in memory at once.

  [[nodiscard]] double events_a_person() const {
    return static_cast<double>(replayed.person_events) / static_cast<double>(replayed.people);
  }
  [[nodiscard]] double events_a_second() const {
    return static_cast<double>(replayed.person_events) / seconds;
  }
};
static_assert(std::is_trivially_copyable_v<Measured>);

/// Keeps the account of the desks.
class DeskObserver final : public LifeObserver {
 public:
  explicit DeskObserver(DeskAccount& account) : account_(account) {}
  void lived(const Life& life) override {
    for (const Person& person : life.members)
      for (const CaseRecord& one : person.cases)
        if (one.started >= 0) account_.add(one.posted, one.started, one.due);
  }

 private:
  DeskAccount& account_;
};

double people_come_until(const Scenario& scenario) {
  return scenario.population.groups.front().enter_until;
}

Measured replay_with_engine(const Scenario& scenario) {
  Measured measured;
  measured.replayed.desks.until = people_come_until(scenario);
  DeskObserver observer(measured.replayed.desks);
  ReplayOptions options;
  options.observer = &observer;
  Replay replay(model_of(scenario), scenario.compiled);
  const UnitResult unit = replay.run(0, 0, options);
  measured.replayed.people = unit.people;
  measured.replayed.person_events = unit.person_events;
  measured.digest = unit.digest;
  measured.most_in_flight = unit.most_in_flight;
  return measured;
}

template <Deadlines deadlines>
Measured replay_with_peer(const Scenario& scenario) {
  Measured measured;
  measured.replayed = replay_on_simgrid(scenario, people_come_until(scenario), deadlines);
  return measured;
}

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

using Replayer = Measured (*)(const Scenario&);

Measured measure_here(Replayer replay, int people, bool desks) {
  const LoadResult loaded = load_scenario_text(replay_model(people, desks).dump(), "bench.json");
  if (!loaded.scenario) throw std::runtime_error("the bench's scenario does not load");
  const double begin = processor_seconds();
  Measured measured = replay(*loaded.scenario);
  measured.seconds = processor_seconds() - begin;
  double officers = 0;
  for (const Node& node : loaded.scenario->world.nodes)
    officers += node.desks.front().officers.value;
  measured.utilisation = measured.replayed.desks.busy / (officers * measured.replayed.desks.until);
  return measured;
}

/// Measures in a process of its own.
Measured measure(Replayer replay, int people, bool desks) {
  const std::string bytes = in_child([&] {
    Measured measured = measure_here(replay, people, desks);
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    measured.memory = static_cast<double>(used.ru_maxrss) / 1024;  // NOLINT: a union of glibc
    return std::string(reinterpret_cast<const char*>(&measured), sizeof measured);
  });
  if (bytes.size() != sizeof(Measured)) throw std::runtime_error("a measurement failed");
  Measured measured;
  std::memcpy(&measured, bytes.data(), sizeof measured);
  return measured;
}

Measured best_of_three(int people, bool desks) {
  Measured best = measure(replay_with_engine, people, desks);
  for (int again = 1; again < 3; ++again) {
    const Measured other = measure(replay_with_engine, people, desks);
    if (other.digest != best.digest) throw std::runtime_error("two runs gave two digests");
    if (other.seconds < best.seconds) best = other;
  }
  return best;
}

void print_head() {
  std::printf("%-22s %9s %10s %8s %8s %11s %9s %6s %9s\n", "", "people", "events", "/person",
              "seconds", "events/s", "peak MiB", "busy", "wait/days");
}

void print(const char* what, const Measured& m) {
  const DeskAccount& desks = m.replayed.desks;
  std::printf("%-22s %9llu %10llu %8.2f %8.2f %11.0f %9.0f", what,
              static_cast<unsigned long long>(m.replayed.people),
              static_cast<unsigned long long>(m.replayed.person_events), m.events_a_person(),
              m.seconds, m.events_a_second(), m.memory);
  if (desks.cases > 0)
    std::printf(" %5.0f%% %9.2f\n", 100 * m.utilisation,
                desks.waited / static_cast<double>(desks.cases));
  else
    std::printf(" %6s %9s\n", "-", "-");
}

/// What the memory is for: a thousand people tell what the program takes, the list of all who
/// come has a known size, and the rest is the lives that wait for the clock.
void print_split(const Measured& all) {
  constexpr double mebi = 1024 * 1024;
  const double itself = measure(replay_with_engine, 1000, true).memory;
  const double list = static_cast<double>(all.replayed.people) * sizeof(Arrival) / mebi;
  const double lives = all.memory - itself - list;
  std::printf("  program and scenario %.0f MiB\n", itself);
  std::printf("  who comes and when: %zu bytes a person and policy, %.0f MiB\n", sizeof(Arrival),
              list);
  std::printf("  people in flight: %zu at most, %.1f kB each, %.0f MiB\n", all.most_in_flight,
              lives * mebi / 1000 / static_cast<double>(all.most_in_flight), lives);
}

/// One million people; whether they fit.
bool million() {
  const Measured m = measure(replay_with_engine, 1000000, true);
  print_head();
  print("engine, desks", m);
  std::printf("\npeak memory %.0f MiB (limit %.0f)   digest %s\n", m.memory, most_memory,
              to_string(m.digest).c_str());
  print_split(m);
  return m.memory <= most_memory;
}

/// Prints the ratios; whether they are within bounds. `same`: the engine with as many people as
/// the peer.
bool agree(const Measured& desks, const Measured& same, const Measured& peer,
           const Measured& timers, double least) {
  const auto ratio = [](const Measured& engine, const Measured& other) {
    return engine.events_a_second() / other.events_a_second();
  };
  const double faster = ratio(same, peer);
  const double difference = same.events_a_person() / peer.events_a_person() - 1;
  std::printf("engine/plain SimGrid, same people: %.1f times as fast (at least %.0f)\n", faster,
              least);
  std::printf("  all people against the peer's fewer: %.1f\n", ratio(desks, peer));
  std::printf("  if kernel timers end the copies, same people: %.1f\n", ratio(same, timers));
  std::printf("events a person, engine against peer: %+.2f %% (at most %.0f)\n", 100 * difference,
              100 * most_difference);
  return faster >= least && std::abs(difference) <= most_difference;
}

/// Engine and peer; whether the engine is fast enough and both do the same.
bool compare(int people, double least) {
  const int few = std::min(people, most_for_peer);
  const Measured desks = best_of_three(people, true);
  const Measured no_desks = best_of_three(people, false);
  const Measured same = few == people ? desks : best_of_three(few, true);
  const Measured peer = measure(replay_with_peer<Deadlines::actors>, few, true);
  const Measured timers = measure(replay_with_peer<Deadlines::timers>, few, true);
  print_head();
  print("engine, desks", desks);
  print("engine, no desks", no_desks);
  if (few < people) print("engine, desks", same);
  print("plain SimGrid, desks", peer);
  print("  with kernel timers", timers);
  std::printf("\nbusy: of the officers' time while people come\n");
  std::printf("digest %s, without desks %s\n", to_string(desks.digest).c_str(),
              to_string(no_desks.digest).c_str());
  return agree(desks, same, peer, timers, least);
}

int run(int count, char** arguments) {
  int people = 100000;
  bool check = false;
  bool all = false;
  double least = least_ratio;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--check")
      check = true;
    else if (argument == "--million")
      all = true;
    else if (argument == "--least" && i + 1 < count)
      least = std::atof(arguments[++i]);
    else
      people = std::atoi(arguments[i]);
  }
  if (people < 1000) throw std::runtime_error("PEOPLE is a number, at least 1000");
  const bool good = all ? million() : compare(people, least);
  return check && !good ? 1 : 0;
}

}  // namespace
}  // namespace onward::bench

int main(int count, char** arguments) {
  try {
    return onward::bench::run(count, arguments);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "replay_bench: %s\n", problem.what());
    return 2;
  }
}
