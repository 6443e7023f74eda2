// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/platform.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>
#include <exception>
#include <simgrid/s4u.hpp>
#include <stdexcept>

namespace onward {
namespace {

namespace s4u = simgrid::s4u;

/// The engine of this process, made when it is first needed.
s4u::Engine& engine() {
  static s4u::Engine* const engine = [] {
    // Why not on the stack: SimGrid looks for it until the process ends.
    static std::array<std::string, 3> words{"onward", "--log=xbt_cfg.thres:warning",
                                            "--cfg=contexts/factory:thread"};
    static std::array<char*, 4> arguments{words[0].data(), words[1].data(), words[2].data(),
                                          nullptr};
#ifdef __SANITIZE_ADDRESS__
    static int count = 3;  // Why threads: the sanitizer does not follow SimGrid's own stacks.
#else
    static int count = 2;
#endif
    // Why put back: SimGrid takes Ctrl-C for itself and ends the program.
    auto* const on_interrupt = std::signal(SIGINT, SIG_DFL);
    auto* made = new s4u::Engine(&count, arguments.data());
    std::signal(SIGINT, on_interrupt);
    // Why: otherwise TCP is modelled, and 2 days of latency become 12.
    s4u::Engine::set_config("network/model:CM02");
    s4u::Engine::set_config("network/TCP-gamma:0");
    s4u::Engine::set_config("network/crosstraffic:0");
    return made;
  }();
  return *engine;
}

}  // namespace

struct Platform::Hidden {
  struct Ends {
    s4u::Host* from = nullptr;
    s4u::Host* to = nullptr;
  };

  s4u::Host* conductor = nullptr;
  std::vector<Ends> ends;  ///< By link.
  std::vector<s4u::CommPtr> comms;
  std::vector<std::uint32_t> numbers;  ///< Of the transfers, beside `comms`.
  std::uint32_t transfers = 0;
  double start = 0;     ///< SimGrid's clock when the run began.
  double followed = 0;  ///< The last day of the run to whose beginning it was brought.
  bool links = false;
};

Platform::Platform(const std::vector<std::string>& hosts,
                   const std::vector<std::optional<Link>>& links)
    : hidden_(std::make_unique<Hidden>()) {
  // Why remembered: SimGrid's platform is fixed once it has run.
  static s4u::Host* conductor_of_first = nullptr;
  hidden_->links = std::any_of(links.begin(), links.end(), [](const auto& l) { return !!l; });
  if (conductor_of_first != nullptr && hidden_->links)
    throw std::logic_error("channels of limited capacity need a process of their own");
  if (conductor_of_first != nullptr) {
    hidden_->conductor = conductor_of_first;
    return;
  }
  (void)engine();
  s4u::NetZone* world = s4u::create_full_zone("world");
  hidden_->conductor = conductor_of_first = world->create_host(".conductor", 1.0);
  for (const std::string& host : hosts) world->create_host(host, 1.0);
  for (const std::optional<Link>& link : links) {
    Hidden::Ends& ends = hidden_->ends.emplace_back();
    if (!link) continue;
    ends.from = world->create_host(link->name + ".from", 1.0);
    ends.to = world->create_host(link->name + ".to", 1.0);
    const s4u::Link* made =
        world->create_link(link->name, link->records_per_day)->set_latency(0)->seal();
    world->add_route(ends.from->get_netpoint(), ends.to->get_netpoint(), nullptr, nullptr,
                     {s4u::LinkInRoute(made)}, false);
  }
  world->seal();
}

Platform::~Platform() = default;

void Platform::run(const std::function<void()>& conductor) {
  std::exception_ptr problem;
  hidden_->start = s4u::Engine::get_clock();
  hidden_->followed = 0;
  // Why so: an exception must not cross SimGrid's own code.
  s4u::Actor::create("conductor", hidden_->conductor, [&] {
    try {
      conductor();
    } catch (...) {
      problem = std::current_exception();
      for (const s4u::CommPtr& comm : hidden_->comms) comm->cancel();
      hidden_->comms.clear();
      hidden_->numbers.clear();
    }
  });
  engine().run();
  if (problem) std::rethrow_exception(problem);
  if (engine().get_actor_count() != 0 || in_flight())
    throw std::logic_error("something was left at the end of a run");
}

void Platform::sleep_until(double day) {
  const double until = hidden_->start + day;
  // Why a margin: SimGrid complains of sleeps shorter than 1e-9.
  if (until - s4u::Engine::get_clock() > 2e-9) s4u::this_actor::sleep_until(until);
}

void Platform::follow(double day) {
  if (hidden_->links) {
    sleep_until(day);
  } else if (day >= hidden_->followed + 1) {
    // Why not each time: a sleep takes longer than an event, and nothing would come of it.
    hidden_->followed = std::floor(day);
    sleep_until(hidden_->followed);
  }
}

std::uint32_t Platform::transmit(std::size_t link, double records) {
  const Hidden::Ends& ends = hidden_->ends[link];
  s4u::CommPtr comm = s4u::Comm::sendto_init(ends.from, ends.to);
  comm->set_payload_size(static_cast<std::uint64_t>(std::llround(records)));
  comm->start();
  hidden_->comms.push_back(comm);
  hidden_->numbers.push_back(hidden_->transfers);
  return hidden_->transfers++;
}

bool Platform::in_flight() const {
  return !hidden_->comms.empty();
}

std::optional<Platform::Arrived> Platform::wait_until(double day) {
  const double left = hidden_->start + day - s4u::Engine::get_clock();
  if (left < 0) return {};
  const ssize_t which = s4u::Comm::wait_any_for(hidden_->comms, left);
  if (which < 0) return {};
  const auto at = static_cast<std::size_t>(which);
  const Arrived arrived{hidden_->numbers[at], s4u::Engine::get_clock() - hidden_->start};
  hidden_->comms.erase(hidden_->comms.begin() + which);
  hidden_->numbers.erase(hidden_->numbers.begin() + which);
  return arrived;
}

}  // namespace onward
