// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/replay.hpp"
#include "sim/scenario/scenario.hpp"

namespace onward {

/// A rule as a story names it.
struct StoryRule {
  std::string id;
  std::string citation;
  std::string status;

  bool operator==(const StoryRule&) const = default;
};

/// One thing in a life. Nodes, categories, purposes and channels are ids; what does not apply is
/// empty.
struct StoryEntry {
  enum class Kind {
    met,        ///< `to` meets the person; `what` is the state of the journey.
    moved,      ///< The journey goes on without an encounter.
    collected,  ///< `to` collects `data`.
    had,        ///< `to` holds `data` from before the start.
    told,       ///< `from` discloses `data` to `to`.
    used,       ///< `from` uses `data` for another purpose.
    denied,     ///< `from` would have, and may not; `what` says why.
    waited,     ///< At the desk `what` of `to`, from `day` to `began`.
    stopped,    ///< A message ended without effect; `what` says how.
    harmed,     ///< `what` happened.
    benefited   ///< `what` happened.
  };

  Kind kind = Kind::met;
  double day = 0;
  std::string from;
  std::string to;
  std::vector<std::string> data;
  std::string purpose;
  std::string channel;
  std::string flow;
  std::string what;
  std::vector<StoryRule> rules;
  std::vector<std::string> duties;
  std::vector<std::string> reveals;  ///< `asylum_status: a letter from the asylum office tells it`.
  std::vector<std::string> unmodelled;
  std::optional<double>
      until;          ///< When the copy ended; a wait: when it began. Absent: not by the horizon.
  bool view = false;  ///< Seen, not kept.
  bool lawful = true;
  bool governed = true;
  bool falsely = false;   ///< About somebody else, taken for this person.
  bool absolute = false;  ///< A harm that is never weighed.
  std::string thread;     ///< The same for what belongs to one message, under every policy.

  /// Whether the same happened, whatever the rule behind it.
  [[nodiscard]] bool same_event(const StoryEntry& other) const;
  bool operator==(const StoryEntry&) const = default;
};

/// Somebody's life under one policy, in the order of time.
struct Story {
  std::string policy;
  std::vector<StoryEntry> entries;
};

/// Where two stories first part: at the earliest entry that only one of them has.
struct Divergence {
  std::optional<std::size_t> in_first;  ///< Index into the first story's entries.
  std::optional<std::size_t> in_second;
};

/// Whose story.
struct Protagonist {
  std::int32_t cast = -1;  ///< Not -1: a member of the cast.
  std::uint32_t group = 0;
  std::uint32_t index = 0;
};

/// Replays one replication under each policy and tells the person's lives. Nothing if there is no
/// such person in this replication.
[[nodiscard]] std::optional<std::vector<Story>> tell_story(const Scenario& scenario, Replay& replay,
                                                           const std::vector<std::size_t>& policies,
                                                           const Protagonist& who,
                                                           std::uint32_t replication);

/// The lives of the whole cast under one policy, in its order; the cast walks in replication 0.
/// `also` watches the same replay.
[[nodiscard]] std::vector<Story> tell_cast(const Scenario& scenario, Replay& replay,
                                           std::size_t policy, LifeObserver* also);

/// The first difference in what happens; nothing if the lives are the same.
[[nodiscard]] std::optional<Divergence> first_divergence(const Story& first, const Story& second);

[[nodiscard]] const char* to_string(StoryEntry::Kind kind);
[[nodiscard]] nlohmann::ordered_json to_json(const Story& story);
[[nodiscard]] Story story_from(const nlohmann::ordered_json& json);

}  // namespace onward
