// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/date.hpp"
#include "sim/diagnostic.hpp"
#include "sim/world/selector.hpp"
#include "sim/world/vocabulary.hpp"

namespace onward {

enum class Effect { permit, prohibit, require };

/// What happens when a permit and a prohibition meet (ODRL 2.2, `conflict`).
enum class Strategy { prohibit, perm, invalid };

/// Facts of the occasion, with the value that each must have.
struct FactTest {
  FactSet must_hold;
  FactSet must_not_hold;

  auto operator<=>(const FactTest&) const = default;
};

/// A desk, by its node or its node's part in the request.
struct DeskReference {
  enum class Owner { node, actor, from, to, origin };
  Owner owner = Owner::node;
  NodeId node;  ///< If the owner is a node.
  std::string desk;

  auto operator<=>(const DeskReference&) const = default;
};

/// A desk that must grant.
struct Authorisation {
  DeskReference desk;
  bool case_by_case = true;  ///< Else it has granted in general.
  std::optional<Claim> grants;
  std::optional<AttributeId> grants_by;  ///< Chances below are by this recorded attribute.
  std::vector<std::pair<ValueId, Claim>> grant_chances;
  std::optional<double> expires_days;
  std::optional<FactTest> ex_post_when;  ///< In these cases the desk is asked afterwards.
  double ex_post_within_days = 0;
  std::optional<Claim> bypass;

  bool operator==(const Authorisation&) const = default;
};

/// Conditions under which a permit holds.
struct Duties {
  std::optional<Authorisation> authorised_by;
  std::optional<Authorisation> consent_of_origin;
  std::optional<Authorisation> guardian;
  std::optional<DeskReference> human_verification;
  bool hit_only = false;
  bool pseudonymise = false;
  bool aggregate_only = false;
  bool no_onward = false;
  bool purpose_only = false;
  bool recall = false;
  bool log = false;
  CategorySet redact;
  std::optional<int> retain_days;
  std::optional<double> notify_days;  ///< Time to object.
  std::optional<Date> sunset;         ///< Last day of use.
  FactTest suspended_when;            ///< Void while any one of these is so.

  /// Whether a case must pass a desk.
  [[nodiscard]] bool needs_desk() const {
    return (authorised_by && authorised_by->case_by_case) || consent_of_origin || guardian ||
           human_verification;
  }
};

/// Where a rule stands.
struct Basis {
  std::string citation;
  std::string status;
  std::string reading;
  std::string ground;
  std::string transfer_ground;
  std::string source;
};

/// One value inside a rule that a patch changed, as JSON; empty where there was or is none.
struct ValueChange {
  std::string pointer;
  std::string before;
  std::string after;
  Place place;  ///< Where the change is written.
};

/// A step in the history of a rule.
struct RuleChange {
  enum class Kind { written, added, amended, replaced, withdrawn };
  Kind kind = Kind::written;
  std::string policy;  ///< The id of the policy that says so ...
  Place place;         ///< ... and where.
  std::string note;
  std::vector<ValueChange> values;  ///< Of an amendment or a replacement.
};

/// A rule that some patch took away.
struct WithdrawnRule {
  std::string id;
  std::string label;
  std::string citation;
  std::vector<RuleChange> history;  ///< Oldest first; the last one took it away.
};

/// One permit, prohibition or requirement. What is absent matches anything.
struct Rule {
  std::string id;
  std::string label;
  Effect effect = Effect::permit;
  std::vector<ActionId> actions;
  bool from_subject = false;         ///< `from` is the person herself.
  std::optional<NodeSelector> from;  ///< Absent and not `from_subject`: anything.
  std::optional<NodeSelector> to;
  CategorySet data = CategorySet::all();
  PurposeSet purposes = PurposeSet::all();
  Predicate subjects;
  std::optional<NodeSelector> data_from;
  FactTest when;
  std::optional<Date> in_force_from;
  std::optional<Date> in_force_until;  ///< The last day.
  std::vector<RuleId> derogates_from;  ///< Prohibitions of the same policy.
  bool absolute = false;
  bool inferred = false;
  std::size_t layer = 0;  ///< 0 is the highest.
  Duties duties;
  Basis basis;
  std::vector<std::string> unmodelled;
  std::string note;
  Place place;
  std::vector<RuleChange> history;  ///< Oldest first; never empty.
  bool from_patch = false;          ///< Added, replaced or amended by this policy's own patch.
};

/// What institutions may do: rules, in the byte order of their ids.
struct Policy {
  std::string id;
  std::string label;
  std::string extends;  ///< Empty: it stands on its own.
  DynamicSet binds;     ///< Nodes whose acts it governs.
  Strategy strategy = Strategy::prohibit;
  std::vector<std::string> layers;  ///< Highest first; never empty.
  std::vector<Rule> rules;
  std::vector<WithdrawnRule> withdrawn;  ///< By this policy's patch or one that it extends.
  std::vector<std::string> unmodelled;
  Place place;

  [[nodiscard]] const Rule& rule(RuleId id_of_rule) const { return rules[id_of_rule.index()]; }
};

[[nodiscard]] const char* to_string(Strategy strategy);
[[nodiscard]] const char* to_string(Effect effect);
[[nodiscard]] const char* to_string(RuleChange::Kind kind);

}  // namespace onward
