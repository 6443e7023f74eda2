// SPDX-License-Identifier: Apache-2.0
#include "bench/replay_peer.hpp"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u.hpp>
#include <string>
#include <utility>
#include <vector>

namespace onward::bench {
namespace {

namespace s4u = simgrid::s4u;

/// Somebody's data in an office's hands.
struct Copy {
  CategoryId category;
  NodeId holder;
  NodeId collector;
  double from = 0;
  int parent = -1;  ///< Index into the person's copies.
  int hop = 0;
  Provenance provenance;
  bool held = true;
};

struct Person {
  const Journey* journey = nullptr;
  CellId cell;
  std::vector<Copy> copies;
  // The harm: hazard accumulates while the office knows.
  double threshold = 0;
  double accumulated = 0;
  double since = 0;
  int known = 0;            ///< Copies by which the office knows.
  std::uint32_t turns = 0;  ///< How often it began or ceased to know.
  bool harmed = false;
};
using Who = std::shared_ptr<Person>;

/// One way in which an office passes data on.
struct Way {
  const Flow* flow = nullptr;
  NodeId from;
  NodeId to;
};

/// One category of a message, under the permit that it goes by.
struct Item {
  CategoryId category;
  std::size_t source = 0;  ///< Index into the person's copies.
  RuleId permit;
};

struct Office {
  s4u::Host* host = nullptr;
  s4u::SemaphorePtr officers;
  double service = 0;  ///< Mean days.
  std::vector<Way> on_encounter;
  std::vector<Way> on_receipt;
};

double now() {
  return s4u::Engine::get_clock();
}

NodeId only_one(const NodeSelector& selector) {
  const DynamicSet possible = selector.possible();
  std::size_t n = 0;
  while (!possible.contains(n)) ++n;
  return NodeId(n);
}

std::vector<CategoryId> list(const CategorySet& set) {
  std::vector<CategoryId> all;
  set.for_each([&](CategoryId category) { all.push_back(category); });
  return all;
}

ActionId action(RootAction root) {
  return ActionId(static_cast<std::size_t>(root));
}

/// Whether a copy was with an office before, or is.
bool came_through(const Person& person, const Copy& copy, NodeId office) {
  if (copy.holder == office || copy.collector == office) return true;
  return copy.parent >= 0 &&
         came_through(person, person.copies[static_cast<std::size_t>(copy.parent)], office);
}

/// The whole simulation. Actors are sleeping functions of it.
class Peer {
 public:
  Peer(const Scenario& scenario, double busy_until, Deadlines deadlines);
  Replayed run();

 private:
  void open_offices(s4u::NetZone& zone);
  void admit_all();
  [[nodiscard]] Who somebody(const Group& group);
  void live(const Who& person);
  void meet(const Who& person, const JourneyState& state);
  void pass_on(const Who& person, const std::vector<Way>& ways, int depth);
  void deliver(const Who& person, const Way& way, int depth);
  [[nodiscard]] std::vector<Item> draw_up(const Person& person, const Way& way) const;
  [[nodiscard]] bool granted(const Way& way, const Authorisation& terms);
  [[nodiscard]] bool lapsed(const Person& person, const Way& way, const Item& item) const;
  void arrive(const Who& person, const Way& way, const std::vector<Item>& items, int depth);
  [[nodiscard]] Request request_for(const Person& person, const Way& way, const Copy& source) const;
  void keep(const Who& person, const std::vector<Copy>& made, Request request);
  void end_on(double day, const Who& person, const std::vector<std::size_t>& copies,
              s4u::Host& host);
  void end(const Who& person, const std::vector<std::size_t>& copies);
  void know(const Who& person, const Copy& copy, int change);

  [[nodiscard]] double uniform() { return std::uniform_real_distribution<double>()(dice_); }
  [[nodiscard]] double exponential(double mean) {
    return std::exponential_distribution<double>(1 / mean)(dice_);
  }
  [[nodiscard]] double days(const Duration& duration) {
    return duration.shape == DurationShape::exponential ? exponential(duration.mean)
                                                        : duration.mean;
  }
  [[nodiscard]] const Duties& duties(RuleId permit) const {
    return policy_.policy().rule(permit).duties;
  }

  const Scenario& scenario_;
  const CompiledPolicy& policy_;
  const double horizon_;
  const double start_;
  const Deadlines deadlines_;
  NodeId harmful_;            ///< The office that must not know ...
  CategorySet harmful_data_;  ///< ... any of these.
  double hazard_ = 0;
  std::mt19937_64 dice_{42};
  s4u::Host* street_ = nullptr;  ///< Where people are.
  std::vector<Office> offices_;
  Replayed result_;
};

Peer::Peer(const Scenario& scenario, double busy_until, Deadlines deadlines)
    : scenario_(scenario),
      policy_(scenario.compiled.front()),
      horizon_(scenario.experiment.horizon_days),
      start_(scenario.experiment.start.days_since_1970()),
      deadlines_(deadlines) {
  const Raised& harm = scenario.outcomes.harms.front().raised.front();
  harmful_ = only_one(harm.condition.node);
  harmful_data_ = harm.condition.data;
  hazard_ = harm.rate.value;
  result_.desks.until = busy_until;
}

Replayed Peer::run() {
  // Why so small a stack: with 10,000 people tens of thousands of actors are there at once.
  std::array<std::string, 4> words{"peer", "--log=xbt_cfg.thres:warning",
                                   "--cfg=contexts/stack-size:16", "--cfg=contexts/guard-size:0"};
  std::array<char*, 5> arguments{words[0].data(), words[1].data(), words[2].data(), words[3].data(),
                                 nullptr};
  int count = 4;
  // Why never deleted: many are still under way at the horizon, and each would be killed.
  s4u::Engine* engine = std::make_unique<s4u::Engine>(&count, arguments.data()).release();
  s4u::NetZone* zone = s4u::create_full_zone("world");
  street_ = zone->create_host("street", 1.0);
  open_offices(*zone);
  zone->seal();
  s4u::Actor::create("gate", street_, [this] { admit_all(); });
  engine->run_until(horizon_);
  return result_;
}

void Peer::open_offices(s4u::NetZone& zone) {
  const World& world = scenario_.world;
  for (std::size_t n = 0; n < world.nodes.size(); ++n) {
    const Desk& desk = world.nodes[n].desks.front();
    Office& office = offices_.emplace_back();
    office.host = zone.create_host(world.node_names.names()[n], 1.0);
    office.officers = s4u::Semaphore::create(static_cast<unsigned>(desk.officers.value));
    office.service = desk.service.mean.value;
  }
  for (const Flow& flow : world.flows) {
    const Way way{&flow, only_one(flow.from), only_one(*flow.to)};
    Office& office = offices_[way.from.index()];
    const bool at_encounter = flow.on.kind == Trigger::Kind::encounter;
    (at_encounter ? office.on_encounter : office.on_receipt).push_back(way);
  }
}

/// Lets everybody in when their day comes.
void Peer::admit_all() {
  std::vector<std::pair<double, const Group*>> entries;
  for (const Group& group : scenario_.population.groups)
    for (int i = 0; i < group.people; ++i)
      entries.emplace_back(group.enter_from + (group.enter_until - group.enter_from) * uniform(),
                           &group);
  std::sort(entries.begin(), entries.end());
  for (const auto& [entry, group] : entries) {
    s4u::this_actor::sleep_until(entry);
    s4u::Actor::create("person", street_, [this, person = somebody(*group)] { live(person); });
    ++result_.people;
  }
}

Who Peer::somebody(const Group& group) {
  auto person = std::make_shared<Person>();
  AttributeValues values;
  for (const AttributeOfGroup& attribute : group.attributes) {
    double left = uniform();
    const auto won =
        std::find_if(attribute.shares.begin(), attribute.shares.end() - 1,
                     [&](const auto& share) { return (left -= share.second.value) < 0; });
    values.push_back(won->first);
  }
  person->cell = scenario_.cells->cell(values);
  person->journey = &scenario_.population.journeys[group.journey];
  person->threshold = exponential(1);
  return person;
}

/// A person's journey.
void Peer::live(const Who& person) {
  const std::vector<JourneyState>& states = person->journey->states;
  for (std::size_t at = person->journey->first;;) {
    const JourneyState& state = states[at];
    if (state.at) meet(person, state);
    if (state.next.empty()) return;
    double left = uniform();
    const auto next = std::find_if(state.next.begin(), state.next.end(), [&](const NextState& way) {
      return !way.chance || (left -= way.chance->value) < 0;
    });
    s4u::this_actor::sleep_for(days(next->after));
    at = next->to;
  }
}

void Peer::meet(const Who& person, const JourneyState& state) {
  ++result_.person_events;
  Request request;
  request.action = action(RootAction::collect);
  request.to = *state.at;
  request.purpose = state.purpose;
  request.cell = person->cell;
  request.on = start_ + now();
  std::vector<Copy> made;
  for (const CategoryId category : list(state.collects)) {
    if (policy_.decide(request, category).verdict == Verdict::deny) continue;
    Copy copy;
    copy.category = category;
    copy.holder = copy.collector = *state.at;
    copy.from = now();
    made.push_back(copy);
  }
  keep(person, made, request);
  pass_on(person, offices_[state.at->index()].on_encounter, 0);
}

/// Sends messages by some of the ways. `depth`: of the message that set them off.
void Peer::pass_on(const Who& person, const std::vector<Way>& ways, int depth) {
  if (depth >= scenario_.experiment.hop_limit) return;
  for (const Way& way : ways) {
    const bool has_some =
        std::any_of(person->copies.begin(), person->copies.end(), [&](const Copy& copy) {
          return copy.held && copy.holder == way.from && way.flow->data.contains(copy.category);
        });
    if (!has_some || uniform() >= way.flow->propensity->value) continue;
    s4u::Actor::create("message", offices_[way.from.index()].host,
                       [this, person, &way, depth] { deliver(person, way, depth + 1); });
  }
}

/// A message's life.
void Peer::deliver(const Who& person, const Way& way, int depth) {
  s4u::this_actor::sleep_for(days(way.flow->after));
  std::vector<Item> items = draw_up(*person, way);
  if (items.empty()) return;
  // Both categories go by the same permit, so they need the same desk.
  if (const auto& desk = duties(items.front().permit).authorised_by) {
    if (!granted(way, *desk)) return;
    std::erase_if(items, [&](const Item& item) { return lapsed(*person, way, item); });
    if (items.empty()) return;
  }
  arrive(person, way, items, depth);
}

/// What may be sent: of each category the oldest copy that may.
std::vector<Item> Peer::draw_up(const Person& person, const Way& way) const {
  std::vector<Item> items;
  for (const CategoryId category : list(way.flow->data)) {
    std::optional<Item> best;
    for (std::size_t c = 0; c < person.copies.size(); ++c) {
      const Copy& copy = person.copies[c];
      if (!copy.held || copy.holder != way.from || copy.category != category ||
          copy.hop >= scenario_.experiment.hop_limit || came_through(person, copy, way.to))
        continue;
      const Decision decision = policy_.decide(request_for(person, way, copy), category);
      if (decision.verdict != Verdict::permit) continue;
      if (!best || copy.from < person.copies[best->source].from)
        best = Item{category, c, decision.permit};
    }
    if (best) items.push_back(*best);
  }
  return items;
}

Request Peer::request_for(const Person& person, const Way& way, const Copy& source) const {
  Request request;
  request.action = way.flow->action;
  request.from = way.from;
  request.to = way.to;
  request.purpose = way.flow->purpose;
  request.cell = person.cell;
  request.provenance = source.provenance;
  request.on = start_ + now();
  return request;
}

/// Waits for an officer, and for her answer.
bool Peer::granted(const Way& way, const Authorisation& terms) {
  const Office& office = offices_[way.from.index()];
  const double posted = now();
  office.officers->acquire();
  const double service = exponential(office.service);
  result_.desks.add(posted, now(), now() + service);
  s4u::this_actor::sleep_for(service);
  office.officers->release();
  ++result_.person_events;
  return uniform() < terms.grants->value;
}

/// Whether what was to be sent may no longer go.
bool Peer::lapsed(const Person& person, const Way& way, const Item& item) const {
  const Copy& source = person.copies[item.source];
  if (!source.held) return true;
  const Decision decision = policy_.decide(request_for(person, way, source), item.category);
  return decision.verdict != Verdict::permit || decision.permit != item.permit;
}

void Peer::arrive(const Who& person, const Way& way, const std::vector<Item>& items, int depth) {
  ++result_.person_events;
  std::vector<Copy> made;
  for (const Item& item : items) {
    Copy copy = person->copies[item.source];
    copy.holder = way.to;
    copy.from = now();
    copy.parent = static_cast<int>(item.source);
    ++copy.hop;
    copy.provenance.sources |= policy_.sources_of(way.from);
    made.push_back(copy);
  }
  keep(person, made, request_for(*person, way, made.front()));
  pass_on(person, offices_[way.to.index()].on_receipt, depth);
}

/// Adds copies, for as long as their holder may keep them. Those made together that end
/// together have one deadline. `request`: how they came.
void Peer::keep(const Who& person, const std::vector<Copy>& made, Request request) {
  request.action = action(RootAction::retain);
  std::map<double, std::vector<std::size_t>> deadlines;
  for (const Copy& copy : made) {
    request.provenance = copy.provenance;
    const Decision decision = policy_.decide(request, copy.category);
    person->copies.push_back(copy);
    person->copies.back().held = decision.verdict == Verdict::permit;
    if (decision.verdict != Verdict::permit) continue;
    know(person, copy, 1);
    if (const auto& kept = duties(decision.permit).retain_days)
      deadlines[now() + *kept].push_back(person->copies.size() - 1);
  }
  for (const auto& [day, copies] : deadlines)
    if (day <= horizon_) end_on(day, person, copies, *offices_[request.to.index()].host);
}

void Peer::end_on(double day, const Who& person, const std::vector<std::size_t>& copies,
                  s4u::Host& host) {
  if (deadlines_ == Deadlines::timers) {
    simgrid::kernel::timer::Timer::set(day, [this, person, copies] { end(person, copies); });
    return;
  }
  s4u::Actor::create("deadline", &host, [this, day, person, copies] {
    s4u::this_actor::sleep_until(day);
    end(person, copies);
  });
}

void Peer::end(const Who& person, const std::vector<std::size_t>& copies) {
  ++result_.person_events;
  for (const std::size_t c : copies) {
    person->copies[c].held = false;
    know(person, person->copies[c], -1);
  }
}

/// The harm's office has one copy more or less.
void Peer::know(const Who& person, const Copy& copy, int change) {
  if (copy.holder != harmful_ || !harmful_data_.contains(copy.category)) return;
  const bool knew = person->known > 0;
  person->known += change;
  const bool knows = person->known > 0;
  if (knew == knows || person->harmed) return;
  if (knew) person->accumulated += hazard_ * (now() - person->since);
  person->since = now();
  ++person->turns;
  const double left = (person->threshold - person->accumulated) / hazard_;
  if (!knows || now() + left > horizon_) return;
  s4u::Actor::create("harm", street_, [this, person, left, turn = person->turns] {
    s4u::this_actor::sleep_for(left);
    if (turn != person->turns) return;
    person->harmed = true;
    ++result_.person_events;
  });
}

}  // namespace

Replayed replay_on_simgrid(const Scenario& scenario, double busy_until, Deadlines deadlines) {
  // Why never deleted: the actors that are left refer to it, as to the engine.
  Peer* peer = std::make_unique<Peer>(scenario, busy_until, deadlines).release();
  return peer->run();
}

}  // namespace onward::bench
