// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace onward {

/// The one place that speaks to SimGrid (3.32 to 4.x): institutions are its hosts, channels
/// with a limited capacity its links, and one actor, the conductor, lives on them.
///
/// SimGrid has one engine per process, for its whole life. Its clock only runs
/// forwards: every run has a local time, which starts at 0. Its unit of time
/// stands for a day, its byte for a record.
class Platform {
 public:
  struct Link {
    std::string name;
    double records_per_day = 0;
  };

  /// The hosts of a world, and the links of those that are given, by number of channel.
  /// SimGrid's platform is fixed once it has run: what is made later in a process shares
  /// that of the first, and may have no links of its own (std::logic_error).
  Platform(const std::vector<std::string>& hosts, const std::vector<std::optional<Link>>& links);
  ~Platform();
  Platform(const Platform&) = delete;
  Platform& operator=(const Platform&) = delete;

  /// Runs a conductor to its end. What it throws comes out here. Asserts that nothing
  /// is left in flight. May be called again.
  void run(const std::function<void()>& conductor);

  /// For the conductor: sleeps until a local time. Does nothing if it is not ahead.
  void sleep_until(double day);

  /// For the conductor: brings SimGrid's clock to the beginning of a local day; where there are
  /// links, whose transfers end by that clock, to the moment itself.
  void follow(double day);

  /// For the conductor: puts records on a link. Returns the transfer's number.
  std::uint32_t transmit(std::size_t link, double records);
  [[nodiscard]] bool in_flight() const;
  struct Arrived {
    std::uint32_t transfer = 0;
    double day = 0;
  };
  /// For the conductor: waits until a transfer ends, or until a local time; nothing in
  /// the second case. Some must be in flight.
  [[nodiscard]] std::optional<Arrived> wait_until(double day);

 private:
  struct Hidden;
  std::unique_ptr<Hidden> hidden_;
};

}  // namespace onward
