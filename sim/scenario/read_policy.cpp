// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>

#include "sim/scenario/read.hpp"

namespace onward {
namespace {

/// Reads the rules of one policy.
class PolicyReader {
 public:
  PolicyReader(const ComposedPolicy& composed, ScenarioReader& reader)
      : composed_(composed), reader_(reader) {}

  Policy read() {
    policy_.id = composed_.id;
    policy_.label = composed_.label.empty() ? composed_.id : composed_.label;
    policy_.extends = composed_.extends;
    policy_.place = composed_.place;
    policy_.strategy = composed_.strategy == "perm"      ? Strategy::perm
                       : composed_.strategy == "invalid" ? Strategy::invalid
                                                         : Strategy::prohibit;
    policy_.layers = composed_.layers.empty() ? std::vector<std::string>{"law"} : composed_.layers;
    policy_.unmodelled = composed_.unmodelled;
    policy_.withdrawn = composed_.withdrawn_rules;
    read_binds();
    if (!reader_.few_enough(composed_.rules, "rules")) return std::move(policy_);
    std::map<std::string, const Member*> ordered;
    for (const Member& member : composed_.rules.members) ordered.emplace(member.key, &member);
    for (const auto& [id, member] : ordered) {
      ids_.push_back(id);
      policy_.rules.push_back(rule(*member));
    }
    for (Rule& rule : policy_.rules)
      if (rule.effect == Effect::permit) read_derogations(*ordered[rule.id], rule);
    return std::move(policy_);
  }

 private:
  void read_binds() {
    const NodeSelector binds = reader_.selector(*composed_.binds);
    if (binds.depends_on_subject())
      reader_.error(composed_.binds->place, "whom a policy binds cannot depend on the person");
    policy_.binds = binds.possible();
    reader_.warn_if_empty(*composed_.binds, binds, "the policy governs nothing");
  }

  Rule rule(const Member& entry) {
    const Value& value = entry.value;
    Rule rule;
    rule.id = entry.key;
    rule.label = Reader::text(value, "label");
    rule.note = Reader::text(value, "note");
    rule.history = composed_.history.at(entry.key);
    rule.place = entry.key_place;
    rule.from_patch = composed_.patched.count(entry.key) > 0;
    const std::string effect = Reader::text(value, "effect");
    rule.effect = effect == "prohibit"  ? Effect::prohibit
                  : effect == "require" ? Effect::require
                                        : Effect::permit;
    for (const Value* name : one_or_many(value.find("action")))
      if (const auto action = reader_.action(*name)) rule.actions.push_back(*action);
    read_ends(value, rule);
    if (const Value* data = value.find("data")) rule.data = reader_.categories(data);
    if (const Value* purpose = value.find("purpose")) rule.purposes = reader_.purposes(purpose);
    if (const Value* subjects = value.find("subjects"))
      rule.subjects = reader_.predicate(*subjects);
    read_data_from(value, rule);
    rule.when = reader_.facts(value.find("when"));
    read_in_force(value, rule);
    read_powers(value, rule);
    if (const Value* duties = value.find("duties")) rule.duties = read_duties(*duties, rule);
    const Value& basis = *value.find("basis");
    rule.basis = {Reader::text(basis, "citation"),        Reader::text(basis, "status"),
                  Reader::text(basis, "reading"),         Reader::text(basis, "ground"),
                  Reader::text(basis, "transfer_ground"), Reader::text(basis, "source")};
    rule.unmodelled = Reader::texts(value.find("unmodelled"));
    return rule;
  }

  void read_ends(const Value& value, Rule& rule) {
    const auto is_collection = [&](ActionId action) {
      return reader_.vocabulary().root(action) == RootAction::collect;
    };
    const bool only_collects = !rule.actions.empty() &&
                               std::all_of(rule.actions.begin(), rule.actions.end(), is_collection);
    const auto can_be_from_subject = [&](ActionId action) {
      const RootAction root = reader_.vocabulary().root(action);
      return root == RootAction::collect || root == RootAction::retain;
    };
    if (const Value* from = value.find("from")) {
      rule.from_subject = from->is(Value::Kind::string);
      if (rule.from_subject && !rule.actions.empty() &&
          std::none_of(rule.actions.begin(), rule.actions.end(), can_be_from_subject))
        reader_.error(from->place,
                      "only what is collected or retained comes from the person herself",
                      "name the node that the data comes from, or leave `from` out");
      if (!rule.from_subject) {
        rule.from = reader_.selector(*from);
        if (only_collects)
          reader_.error(from->place, "data is collected from the person herself",
                        "write `\"from\": \"subject\"`, or leave it out");
        warn_if_empty(*from, *rule.from);
      }
    }
    rule.to = reader_.optional_selector(value.find("to"));
    if (rule.to) warn_if_empty(*value.find("to"), *rule.to);
  }

  void warn_if_empty(const Value& written, const NodeSelector& selector) {
    reader_.warn_if_empty(written, selector, "the rule never matches");
  }

  void read_data_from(const Value& value, Rule& rule) {
    const Value* data_from = value.find("data_from");
    if (data_from == nullptr) return;
    rule.data_from = reader_.selector(*data_from);
    if (data_from->members.size() == 1 && data_from->find("not") != nullptr)
      reader_.error(data_from->place, "this says only what the data did not come through",
                    "all data came through something else as well; name what it came through, or "
                    "write a prohibition for data from the rest");
    warn_if_empty(*data_from, *rule.data_from);
  }

  void read_in_force(const Value& value, Rule& rule) {
    const Value* in_force = value.find("in_force");
    if (in_force == nullptr) return;
    if (const Value* from = in_force->find("from")) rule.in_force_from = reader_.date(*from);
    if (const Value* until = in_force->find("until")) rule.in_force_until = reader_.date(*until);
    const bool reversed =
        rule.in_force_from && rule.in_force_until && *rule.in_force_until < *rule.in_force_from;
    if (!reversed && rule.in_force_until &&
        *rule.in_force_until < reader_.scenario().experiment.start)
      reader_.warning(in_force->find("until")->place,
                      "the rule ends before the experiment starts, so it never matches");
    if (reversed)
      reader_.error(in_force->find("until")->place,
                    "the rule ends on " + to_string(*rule.in_force_until) +
                        ", before it begins on " + to_string(*rule.in_force_from));
  }

  /// What only prohibitions, or only permits, can have; and the layer.
  void read_powers(const Value& value, Rule& rule) {
    const auto only_for = [&](const char* key, Effect effect, const char* name) {
      const Member* member = value.member(key);
      if (member != nullptr && rule.effect != effect)
        reader_.error(member->key_place, ticked(key) + " is only for a " + name);
    };
    only_for("absolute", Effect::prohibit, "prohibition");
    only_for("inferred", Effect::prohibit, "prohibition");
    only_for("derogates_from", Effect::permit, "permit");
    if (const Member* duties = value.member("duties");
        duties != nullptr && rule.effect == Effect::prohibit)
      reader_.error(
          duties->key_place, "a prohibition has no duties",
          "what must be done when something is permitted is a rule with effect `require`");
    if (const Value* duties = value.find("duties");
        rule.effect == Effect::require && (duties == nullptr || duties->members.empty()))
      reader_.error(value.place, "this requires nothing", "say in `duties` what must be done");
    rule.absolute = Reader::flag(value, "absolute");
    rule.inferred = Reader::flag(value, "inferred");
    if (const Value* layer = value.find("layer")) {
      const auto found = std::find(policy_.layers.begin(), policy_.layers.end(), layer->text);
      if (found == policy_.layers.end())
        reader_.unknown("layer", layer->text, layer->place, policy_.layers, "layers");
      else
        rule.layer = static_cast<std::size_t>(found - policy_.layers.begin());
    }
  }

  void read_derogations(const Member& entry, Rule& rule) {
    for (const Value* name : one_or_many(entry.value.find("derogates_from"))) {
      const auto found = std::lower_bound(ids_.begin(), ids_.end(), name->text);
      if (found == ids_.end() || *found != name->text) {
        if (composed_.withdrawn.count(name->text) == 0)
          reader_.unknown("rule", name->text, name->place, ids_, "rules");
        continue;
      }
      const RuleId id(static_cast<std::size_t>(found - ids_.begin()));
      const Rule& other = policy_.rule(id);
      if (other.effect != Effect::prohibit) {
        reader_.error(name->place, ticked(name->text) + " is no prohibition",
                      "only a prohibition can be derogated from");
      } else if (other.absolute) {
        reader_.error(
            name->place,
            ticked(name->text) + " (" + other.basis.citation +
                ") is absolute: nothing can derogate from it",
            "take it out of `derogates_from`, and narrow the permit to what is not prohibited");
      } else if (other.layer < rule.layer) {
        reader_.error(name->place,
                      ticked(name->text) + " (" + other.basis.citation +
                          ") is of the higher layer " + ticked(policy_.layers[other.layer]) +
                          ", the permit of " + ticked(policy_.layers[rule.layer]),
                      "a rule derogates only from its own layer or lower ones");
      } else {
        rule.derogates_from.push_back(id);
      }
    }
  }

  Duties read_duties(const Value& value, const Rule& rule) {
    Duties duties;
    duties.authorised_by = authorisation(value.find("authorised_by"), rule);
    duties.consent_of_origin = authorisation(value.find("consent_of_origin"), rule);
    duties.guardian = authorisation(value.find("guardian"), rule);
    if (const Value* verification = value.find("human_verification"))
      duties.human_verification = desk_reference(*verification, rule);
    duties.hit_only = Reader::flag(value, "hit_only");
    duties.pseudonymise = Reader::flag(value, "pseudonymise");
    duties.aggregate_only = Reader::flag(value, "aggregate_only");
    duties.no_onward = Reader::flag(value, "no_onward");
    duties.purpose_only = Reader::flag(value, "purpose_only");
    duties.recall = Reader::flag(value, "recall");
    duties.log = Reader::flag(value, "log");
    duties.redact = reader_.categories(value.find("redact"));
    if (const Value* days = value.find("retain_days"))
      duties.retain_days = static_cast<int>(days->number);
    if (const Value* notify = value.find("notify"))
      duties.notify_days = notify->find("time_to_object_days")->number;
    if (const Value* sunset = value.find("sunset")) duties.sunset = reader_.date(*sunset);
    if (duties.sunset && rule.in_force_from && *duties.sunset < *rule.in_force_from)
      reader_.error(value.find("sunset")->place, "the rule ends on " + to_string(*duties.sunset) +
                                                     ", before it begins on " +
                                                     to_string(*rule.in_force_from));
    duties.suspended_when = reader_.facts(value.find("suspended_when"));
    return duties;
  }

  std::optional<Authorisation> authorisation(const Value* value, const Rule& rule) {
    if (value == nullptr) return {};
    Authorisation duty;
    duty.desk = desk_reference(*value, rule);
    duty.case_by_case = Reader::text(*value, "basis") != "general";
    duty.grants = reader_.optional_claim(value->find("grants"));
    if (duty.grants && value->find("grants_by") != nullptr)
      reader_.error(value->member("grants_by")->key_place,
                    "both `grants` and `grants_by` are given", "delete one of the two");
    if (const Value* by = value->find("grants_by")) {
      const Value& name = *by->find("attribute");
      duty.grants_by = reader_.attribute(name.text, name.place);
      for (const Member& chance : by->find("chances")->members) {
        const Claim claim = reader_.claim(chance.value);
        if (!duty.grants_by) continue;
        if (const auto id = reader_.value_of(*duty.grants_by, chance.key, chance.key_place))
          duty.grant_chances.emplace_back(*id, claim);
      }
    }
    if (const Value* days = value->find("expires_days")) duty.expires_days = days->number;
    if (const Value* ex_post = value->find("ex_post")) {
      duty.ex_post_when = reader_.facts(ex_post->find("when"));
      duty.ex_post_within_days = ex_post->find("within_days")->number;
    }
    duty.bypass = reader_.optional_claim(value->find("bypass"));
    return duty;
  }

  DeskReference desk_reference(const Value& value, const Rule& rule) {
    static const std::array<std::pair<const char*, DeskReference::Owner>, 4> parts = {
        {{"actor", DeskReference::Owner::actor},
         {"from", DeskReference::Owner::from},
         {"to", DeskReference::Owner::to},
         {"origin", DeskReference::Owner::origin}}};
    DeskReference reference;
    reference.desk = Reader::text(value, "desk");
    const Value& of = *value.find("of");
    for (const auto& [name, owner] : parts)
      if (of.text == name) reference.owner = owner;
    if (reference.owner != DeskReference::Owner::node) {
      check_some_desk(value, reference, rule);
      return reference;
    }
    const auto node = reader_.node(of);
    if (!node) return reference;
    reference.node = *node;
    check_desk(*value.find("desk"), reference.desk, *node);
    return reference;
  }

  void check_desk(const Value& name, const std::string& desk, NodeId node) {
    const Node& owner = reader_.world().nodes[node.index()];
    if (owner.desk(desk) != nullptr) return;
    std::vector<std::string> desks;
    for (const Desk& d : owner.desks) desks.push_back(d.id);
    reader_.error(name.place,
                  "the node " + ticked(reader_.world().node_names.name(node)) + " has no desk " +
                      ticked(desk),
                  suggest(desk, desks, "desks there"));
  }

  /// A desk of a part in the request: every node that can play the part must have it.
  void check_some_desk(const Value& value, const DeskReference& reference, const Rule& rule) {
    const Value& name = *value.find("desk");
    if (reference.owner == DeskReference::Owner::from && rule.from)
      for_each_possible(*rule.from, [&](NodeId node) { check_desk(name, reference.desk, node); });
    else if (reference.owner == DeskReference::Owner::to && rule.to)
      for_each_possible(*rule.to, [&](NodeId node) { check_desk(name, reference.desk, node); });
    else if (std::none_of(reader_.world().nodes.begin(), reader_.world().nodes.end(),
                          [&](const Node& n) { return n.desk(reference.desk) != nullptr; }))
      reader_.error(name.place, "no node has a desk " + ticked(reference.desk));
  }

  template <class Visit>
  void for_each_possible(const NodeSelector& selector, Visit visit) {
    const DynamicSet nodes = selector.possible();
    for (std::size_t n = 0; n < nodes.size(); ++n)
      if (nodes.contains(n)) visit(NodeId(n));
  }

  const ComposedPolicy& composed_;
  ScenarioReader& reader_;
  Policy policy_;
  std::vector<std::string> ids_;
};

}  // namespace

void read_policies(const std::vector<ComposedPolicy>& policies, ScenarioReader& reader) {
  for (const ComposedPolicy& policy : policies)
    reader.out().policies.push_back(PolicyReader(policy, reader).read());
}

void check_rule_starts(const Value& world, ScenarioReader& reader) {
  const Value* flows = world.find("flows");
  if (flows == nullptr) return;
  std::vector<std::string> known;
  for (const Policy& policy : reader.out().policies)
    for (const Rule& rule : policy.rules) known.push_back(rule.id);
  for (const Member& flow : flows->members)
    for (const Value* name : one_or_many(flow.value.find("on")->find("rule_start")))
      if (std::find(known.begin(), known.end(), name->text) == known.end())
        reader.unknown("rule", name->text, name->place, known, "rules");
}

}  // namespace onward
