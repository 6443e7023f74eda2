// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/people/life.hpp"

namespace onward {

/// What the conductor has to attend to: a life's next event, the next act of a desk, an
/// officer who becomes free early, a record that is put on its channel.
struct Appointment {
  enum class With : std::uint8_t { life, desk, officer, channel };

  Key key;
  With with = With::life;
  std::uint32_t who = 0;    ///< Slot of a life, index of a desk, number of a note.
  std::uint32_t stamp = 0;  ///< For a life or desk: stale if it has a newer one.
};

/// All appointments, the least key first.
class Calendar {
 public:
  [[nodiscard]] bool empty() const { return heap_.empty(); }
  [[nodiscard]] const Appointment& first() const { return heap_.front(); }
  void add(const Appointment& appointment) {
    heap_.push_back(appointment);
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
  void drop_first() {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    heap_.pop_back();
  }
  /// Those that are likely to be next after the first, in no order.
  template <class Visit>
  void after_first(Visit visit) const {
    for (std::size_t i = 1; i < heap_.size() && i < 3; ++i) visit(heap_[i]);
  }

 private:
  static bool later(const Appointment& a, const Appointment& b) { return b.key.before(a.key); }

  std::vector<Appointment> heap_;
};

}  // namespace onward
