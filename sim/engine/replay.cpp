// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/replay.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "sim/engine/conductor.hpp"
#include "sim/engine/in_proof.hpp"

namespace onward {
namespace {

std::unique_ptr<Platform> platform_of(const World& world) {
  std::vector<std::optional<Platform::Link>> links;
  for (std::size_t c = 0; c < world.channels.size(); ++c) {
    const auto& bandwidth = world.channels[c].bandwidth;
    links.push_back(
        bandwidth ? std::optional(Platform::Link{world.channel_names.names()[c], bandwidth->value})
                  : std::nullopt);
  }
  return std::make_unique<Platform>(world.node_names.names(), links);
}

#ifndef NDEBUG
/// Holds what is lived against the proof, then hands it on.
class Checked final : public LifeObserver {
 public:
  Checked(const Model& model, const CompiledPolicy& policy, LifeObserver* next)
      : proof_(model, policy, Realm::world), next_(next) {}

  void lived(const Life& life) override {
    proof_.lived(life);
    if (next_ != nullptr) next_->lived(life);
  }
  void require() const {
    if (!proof_.outside().empty()) throw std::logic_error("outside the proof: " + proof_.outside());
  }

 private:
  InProof proof_;
  LifeObserver* next_;
};
#endif

}  // namespace

Replay::Replay(const Model& model, const std::vector<CompiledPolicy>& compiled,
               std::optional<int> people, const RuleMarks* marks)
    : model_(model) {
  std::vector<const Policy*> policies;
  for (const CompiledPolicy& policy : compiled) {
    plans_.push_back(std::make_unique<const Plan>(model, policy));
    alternatives_.push_back(std::make_unique<Alternatives>(*plans_.back(), marks));
    policies.push_back(&policy.policy());
  }
  slots_ = std::make_unique<Slots>();
  staffing_ = staff(*plans_.front(), policies, people);
  transmits_ = std::any_of(model.world->channels.begin(), model.world->channels.end(),
                           [](const Channel& channel) { return channel.bandwidth.has_value(); });
}

Replay::~Replay() = default;

UnitResult Replay::run(std::size_t policy, std::uint32_t replication,
                       const ReplayOptions& options) {
  // INVARIANT: SimGrid's clock begins at 0 for such a unit, or its last bits would differ.
  if (platform_ && transmits_)
    throw std::logic_error("this unit needs a process of its own: see in_child.hpp");
  if (!platform_) platform_ = platform_of(*model_.world);
  UnitResult result;
  ReplayOptions watched = options;
#ifndef NDEBUG
  Checked checked(model_, plans_[policy]->policy, options.observer);
  watched.observer = &checked;
#endif
  platform_->run([&] {
    Conductor conductor(*plans_[policy], staffing_, {model_.seed, replication}, *platform_,
                        *alternatives_[policy], *slots_, watched);
    conductor.run();
    result = conductor.result();
  });
#ifndef NDEBUG
  checked.require();
#endif
  return result;
}

Digest digest_of(std::vector<UnitName> units) {
  std::sort(units.begin(), units.end(), [](const UnitName& a, const UnitName& b) {
    return std::tie(a.policy, a.replication) < std::tie(b.policy, b.replication);
  });
  LifeHash hash(hash_of("run"), 0);
  for (const UnitName& unit : units)
    hash.add(hash_of(unit.policy), Hash{unit.replication}, unit.digest.a, unit.digest.b);
  return hash.digest();
}

}  // namespace onward
