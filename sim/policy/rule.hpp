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

  bool operator==(const Duties&) const = default;
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
  Place place;
  bool from_patch = false;  ///< Added, replaced or amended by this policy's own patch.
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
  std::vector<std::string> unmodelled;
  Place place;

  [[nodiscard]] const Rule& rule(RuleId id_of_rule) const { return rules[id_of_rule.index()]; }
};

[[nodiscard]] const char* to_string(Strategy strategy);

}  // namespace onward
