// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "sim/random/distributions.hpp"
#include "sim/random/real_math.hpp"
#include "tests/reference/replay_unit.hpp"

namespace onward::reference {
namespace {

bool stays(RootAction root) {
  return root == RootAction::use || root == RootAction::match || root == RootAction::retain;
}

/// Section 6 of decisions.md: the burden of the alternative taken.
std::tuple<bool, bool, bool, double, RuleId> burden(const Explanation& answer) {
  const EffectiveDuties& all = answer.duties;
  const Duties& rest = all.rest;
  const bool desk = std::any_of(all.authorised_by.begin(), all.authorised_by.end(),
                                [](const Authorisation& a) { return a.case_by_case; }) ||
                    !all.consent_of_origin.empty() || !all.guardian.empty() ||
                    !all.human_verification.empty();
  return {desk, rest.hit_only || rest.pseudonymise || rest.aggregate_only,
          rest.no_onward || rest.purpose_only || rest.recall,
          rest.retain_days ? -static_cast<double>(*rest.retain_days) : -for_ever,
          answer.rules.empty() ? RuleId{} : answer.rules.front()};
}

bool met(const FactTest& test, const FactSet& facts) {
  return facts.contains_all(test.must_hold) && !facts.intersects(test.must_not_hold);
}

}  // namespace

// --- Triggers (section 5) ---

void UnitReplay::set_off(Person& p, Hash lineage, int depth, const Applies& applies) {
  std::vector<std::size_t> flows;
  for (std::size_t f = 0; f < world_.flows.size(); ++f) flows.push_back(f);
  std::sort(flows.begin(), flows.end(), [&](std::size_t a, std::size_t b) {
    return world_.flow_names[a] < world_.flow_names[b];
  });
  for (const std::size_t f : flows)
    for (const NodeId actor : nodes_by_name())
      if (applies(world_.flows[f], actor)) consider(p, f, actor, lineage, depth);
}

void UnitReplay::consider(Person& p, std::size_t flow_index, NodeId actor, Hash trigger,
                          int depth) {
  const Flow& f = world_.flows[flow_index];
  const RootAction root = words_.root(f.action);
  const bool query = root == RootAction::query;
  const AttributeValues values = recorded(p, actor);
  if (!f.subjects.holds(values) || !selects(query ? *f.to : f.from, actor, values)) return;
  const CategorySet needed = query ? f.keys : f.data;
  const bool has_some = std::any_of(p.copies.begin(), p.copies.end(), [&](const Copy& copy) {
    return copy.holder == actor && needed.contains(copy.category) && copy.held(now_);
  });
  if (!has_some && !(query && f.keys.empty())) return;

  for (const NodeId other : nodes_by_name()) {
    auto m = std::make_shared<Message>();
    m->person = &p;
    m->flow_index = flow_index;
    m->actor = actor;
    m->from = query ? other : actor;
    m->to = query ? actor : other;
    if (stays(root) ? other != actor
                    : other == actor || !selects(query ? f.from : *f.to, other, values))
      continue;
    if (f.via && !stays(root)) {
      const Channel& channel = world_.channels[f.via->index()];
      const bool along =
          selects(channel.from, m->from, values) && selects(channel.to, m->to, values);
      const bool against =
          selects(channel.from, m->to, values) && selects(channel.to, m->from, values);
      if (!along && !(query && against)) continue;
    }
    m->lineage =
        fold(trigger, fold(hash_of(world_.flow_names[flow_index]), hash(m->from), hash(m->to)));
    if (p.luck.uniform(site("flow", m->lineage)) >= value_or_one(f.propensity)) continue;
    m->depth = depth + 1;
    if (m->depth > scenario_.experiment.hop_limit || !p.messages.insert(m->lineage).second)
      continue;
    const double after = draw(f.after, p.luck, site("after", m->lineage));
    schedule(p, now_ + after, Kind::dispatch, m->lineage, 0, [this, m] { dispatch(m); });
  }
}

// --- Dispatch (section 6) ---

void UnitReplay::dispatch(const std::shared_ptr<Message>& m) {
  const Flow& f = flow(*m);
  for (const auto& [fact, chance] : f.asserts)
    if (m->person->luck.uniform(site("fact", hash_of(words_.fact_names.name(fact)), m->lineage)) <
        chance.value)
      m->facts.insert(fact);
  if (f.via) {
    const Channel& channel = world_.channels[f.via->index()];
    m->via = {channel.logged, channel.recallable};
  }
  m->keys_denied = root(*m) == RootAction::query && key_is_denied(*m);
  for (const auto& part : parts_of(m, items_of(*m))) pass_on(part, 0);
}

/// What fires, in the order of names, true before false.
std::vector<Item> UnitReplay::items_of(const Message& m) const {
  const std::vector<CategoryId> categories = by_name(flow(m).data);
  std::vector<Item> fired;
  for (const CategoryId category : categories)
    if (std::optional<Item> item = weigh(m, category); item && fires(m, *item))
      fired.push_back(std::move(*item));
  if (fired.empty() || root(m) != RootAction::query) return fired;

  const std::optional<AttributeValues> candidate = false_candidate(m);
  std::vector<Item> all;
  for (const CategoryId category : categories) {
    for (const Item& item : fired)
      if (item.category == category) all.push_back(item);
    if (!candidate) continue;
    Item item;
    item.category = category;
    item.candidate = candidate;
    item.found = true;
    item.answer = decide(m, category, {}, *candidate);
    if (fires(m, item)) all.push_back(std::move(item));
  }
  const auto was_found = [](const Item& item) { return item.found; };
  if (std::any_of(all.begin(), all.end(), was_found))
    all.erase(std::remove_if(all.begin(), all.end(), std::not_fn(was_found)), all.end());
  return all;
}

const Copy* UnitReplay::oldest(const Person& p, NodeId holder, CategoryId category) const {
  const Copy* best = nullptr;
  for (const Copy& copy : p.copies)
    if (copy.holder == holder && copy.category == category && copy.held(now_) &&
        (best == nullptr ||
         std::tie(copy.from, copy.lineage) < std::tie(best->from, best->lineage)))
      best = &copy;
  return best;
}

bool UnitReplay::key_is_denied(const Message& m) const {
  const Flow& f = flow(m);
  if (f.blind) return false;
  const Person& p = *m.person;
  const ActionId disclose(static_cast<std::size_t>(RootAction::disclose));
  for (const CategoryId category : by_name(f.keys)) {
    const Copy* key = oldest(p, m.to, category);
    if (key == nullptr) continue;
    Request r = request(disclose, m.to, m.from, f.purpose, recorded_of(p, *key));
    r.provenance = key->provenance;
    r.facts = m.facts;
    r.via = m.via;
    const Explanation answer = compiled_.explain(r, category);
    if (answer.verdict == Verdict::deny &&
        (answer.because == Because::prohibited || answer.because == Because::conflict))
      return true;
  }
  return false;
}

bool UnitReplay::finds(const Message& m) const {
  const std::optional<Matching>& matching = world_.nodes[m.from.index()].matching;
  return !matching ||
         m.person->luck.uniform(site("match", hash(m.from), m.lineage)) < matching->finds.value;
}

/// What the node asked records of a false candidate, if one appears.
std::optional<AttributeValues> UnitReplay::false_candidate(const Message& m) const {
  const Node& asked = world_.nodes[m.from.index()];
  const Luck& luck = m.person->luck;
  if (!asked.matching) return {};
  const double chance =
      1 - power_of(1 - asked.matching->false_match.value,
                   asked.matching->gallery.value / asked.matching->at_gallery.value);
  if (luck.uniform(site("false-match", hash(m.from), m.lineage)) >= chance) return {};
  AttributeValues values = recorded(*m.person, m.from);
  for (std::size_t a = 0; a < values.size(); ++a) {
    const std::string& attribute = words_.attribute_names.name(AttributeId(a));
    std::vector<ValueId> options;
    std::vector<Option> weights;
    for (const Share& share : asked.profile)
      if (share.attribute == AttributeId(a)) {
        options.push_back(share.value);
        weights.push_back(
            {hash_of(words_.attributes[a].values.name(share.value)), share.chance.value});
      }
    if (!options.empty())
      values[a] = options[choose(weights, luck,
                                 site("profile", hash(m.from), hash_of(attribute), m.lineage))];
  }
  return values;
}

Explanation UnitReplay::decide(const Message& m, CategoryId category, const Provenance& provenance,
                               const AttributeValues& values) const {
  Request r = request(flow(m).action, m.from, m.to, flow(m).purpose, values);
  r.provenance = provenance;
  r.facts = m.facts;
  r.via = m.via;
  return compiled_.explain(r, category);
}

bool UnitReplay::left_out(const Message& m, const Copy& copy) const {
  if (stays(root(m))) return false;
  if (root(m) == RootAction::disclose && has_held(copy, m.to)) return true;
  if (copy.hop >= scenario_.experiment.hop_limit) return true;
  const Provenance& travels = copy.provenance;
  const bool undertook_not_to =
      travels.no_onward || (travels.purpose_only && !travels.purposes.contains(flow(m).purpose));
  return !bound(m.from) && undertook_not_to && keeps_undertaking(*m.person, m.from, copy.lineage);
}

/// A category with the best of its sources, or a query's without any.
std::optional<Item> UnitReplay::weigh(const Message& m, CategoryId category) const {
  const Person& p = *m.person;
  const bool query = root(m) == RootAction::query;
  using Rank = std::tuple<bool, std::tuple<bool, bool, bool, double, RuleId>, double, Hash>;
  std::optional<Rank> least;
  Item item;
  item.category = category;
  for (const Copy& copy : p.copies) {
    if (copy.holder != m.from || copy.category != category || !copy.held(now_) ||
        left_out(m, copy) || (query && !finds(m)))
      continue;
    Explanation answer = decide(m, category, copy.provenance, recorded_of(p, copy));
    // Contract: where a key is denied, no source has a better verdict than another.
    const bool denied = answer.verdict == Verdict::deny || m.keys_denied;
    const bool permitted = answer.verdict == Verdict::permit && !denied;
    const Rank rank{denied, permitted ? burden(answer) : burden({}), copy.from, copy.lineage};
    if (least && !(rank < *least)) continue;
    least = rank;
    item.source = &copy;
    item.found = true;
    item.answer = std::move(answer);
  }
  if (item.source != nullptr) return item;
  if (!query) return {};
  item.answer = decide(m, category, {}, recorded(p, m.from));
  return item;
}

NodeId UnitReplay::responsible(const Message& m) const {
  return root(m) == RootAction::query && !bound(m.actor) ? m.from : m.actor;
}

bool UnitReplay::fires(const Message& m, Item& item) const {
  const std::vector<Step> desks = desks_of(m, item);
  const bool nothing_found = root(m) == RootAction::query && !item.found;
  const bool all_there = std::all_of(desks.begin(), desks.end(), [&](const Step& step) {
    if (nothing_found && step.kind != StepKind::authorisation) return true;
    return world_.nodes[step.node.index()].desk(step.desk) != nullptr;
  });
  if (item.answer.verdict != Verdict::deny && !m.keys_denied && all_there) return true;
  const Compliance& compliance = world_.nodes[responsible(m).index()].compliance;
  const double c = value_or_one(stays(root(m)) ? compliance.use : compliance.disclosure);
  item.unlawful = true;
  return m.person->luck.uniform(site("flow", m.lineage)) <
         value_or_one(flow(m).propensity) * (1 - c);
}

// --- Parts ---

Hash Step::kind_hash() const {
  switch (kind) {
    case StepKind::verification: return hash_of("verification");
    case StepKind::guardian: return hash_of("guardian");
    case StepKind::consent: return hash_of("consent");
    case StepKind::authorisation: return hash_of("authorisation");
  }
  return 0;
}

NodeId UnitReplay::owner(const Message& m, const Item& item, const DeskReference& desk) const {
  switch (desk.owner) {
    case DeskReference::Owner::node: return desk.node;
    case DeskReference::Owner::actor: return m.actor;
    case DeskReference::Owner::from: return m.from;
    case DeskReference::Owner::to: return m.to;
    case DeskReference::Owner::origin: break;
  }
  return item.source != nullptr ? item.source->collector : m.from;
}

/// The desks that the alternative names, in order.
std::vector<Step> UnitReplay::desks_of(const Message& m, const Item& item) const {
  std::vector<Step> steps;
  if (item.answer.verdict != Verdict::permit) return steps;
  const EffectiveDuties& duties = item.answer.duties;
  for (const DeskReference& desk : duties.human_verification)
    steps.push_back({StepKind::verification, owner(m, item, desk), desk.desk, {}, 0});
  for (const Authorisation& a : duties.guardian)
    steps.push_back({StepKind::guardian, owner(m, item, a.desk), a.desk.desk, a, 0});
  for (const Authorisation& a : duties.consent_of_origin)
    steps.push_back({StepKind::consent, owner(m, item, a.desk), a.desk.desk, a, 0});
  for (const Authorisation& a : duties.authorised_by)
    if (a.case_by_case)
      steps.push_back({StepKind::authorisation, owner(m, item, a.desk), a.desk.desk, a, 0});
  std::stable_sort(steps.begin(), steps.end(), [&](const Step& a, const Step& b) {
    return std::tie(a.kind, name(a.node), a.desk) < std::tie(b.kind, name(b.node), b.desk);
  });
  return steps;
}

void UnitReplay::find_desks(const Message& m, Item& item) const {
  const Luck& luck = m.person->luck;
  // Contract: whoever skips duties asks nobody afterwards either.
  if (!item.lawful() || luck.uniform(site("skipped-duty", m.lineage)) >=
                            value_or_one(world_.nodes[responsible(m).index()].compliance.duties))
    return;
  item.notify_days = item.answer.duties.rest.notify_days.value_or(0);
  for (const Step& step : desks_of(m, item)) {
    if (root(m) == RootAction::query && !item.found && step.kind != StepKind::authorisation)
      continue;
    // Contract: a desk that is passed by is not asked afterwards either.
    if (step.authorisation && step.authorisation->bypass &&
        luck.uniform(site("bypass", step.kind_hash(), desk_address(step.node, step.desk),
                          m.lineage)) < step.authorisation->bypass->value)
      continue;
    const bool afterwards = step.kind == StepKind::authorisation &&
                            step.authorisation->ex_post_when &&
                            met(*step.authorisation->ex_post_when, m.facts);
    (afterwards ? item.afterwards : item.steps).push_back(step);
  }
}

std::vector<std::shared_ptr<Part>> UnitReplay::parts_of(const std::shared_ptr<Message>& m,
                                                        std::vector<Item> items) const {
  // Contract: lists are the same if their desks and the kinds of duty are.
  const auto same_desks = [](const std::vector<Step>& a, const std::vector<Step>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Step& x, const Step& y) {
      return std::tie(x.kind, x.node, x.desk) == std::tie(y.kind, y.node, y.desk);
    });
  };
  std::vector<std::shared_ptr<Part>> parts;
  for (Item& item : items) {
    find_desks(*m, item);
    auto known = std::find_if(parts.begin(), parts.end(), [&](const auto& part) {
      return same_desks(part->steps, item.steps);
    });
    if (known == parts.end()) {
      auto part = std::make_shared<Part>();
      part->message = m;
      part->name =
          item.candidate ? fold(hash(item.category), hash_of("false")) : hash(item.category);
      part->steps = item.steps;
      known = parts.insert(parts.end(), part);
    }
    if ((*known)->afterwards.empty()) (*known)->afterwards = item.afterwards;
    (*known)->items.push_back(std::move(item));
  }
  if (parts.size() == 1) parts.front()->only = true;
  return parts;
}

// --- Waiting ---

/// To the next desk, or to wait for objections, or on its way.
void UnitReplay::pass_on(const std::shared_ptr<Part>& part, std::size_t step) {
  if (step < part->steps.size()) {
    part->waited = true;
    post(part, part->steps[step], step, false);
    return;
  }
  double notify_days = 0;
  for (const Item& item : part->items) notify_days = std::max(notify_days, item.notify_days);
  if (notify_days > 0) {
    part->waited = true;
    schedule(*part->message->person, now_ + notify_days, Kind::end_of_notice,
             part->message->lineage, part->name, [this, part] { go(part); });
    return;
  }
  go(part);
}

/// The values by which a category is decided and kept.
AttributeValues UnitReplay::values_of(const Message& m, const Item& item) const {
  if (item.candidate) return *item.candidate;
  return item.source != nullptr ? recorded_of(*m.person, *item.source)
                                : recorded(*m.person, m.from);
}

bool UnitReplay::lapses(const Message& m, const Item& item) const {
  if (item.unlawful) return false;
  if (item.source != nullptr && !item.source->held(now_)) return true;
  // Contract: what is not governed has no alternative that could fall.
  if (!item.lawful()) return false;
  const Provenance provenance = item.source != nullptr ? item.source->provenance : Provenance{};
  const Explanation answer = decide(m, item.category, provenance, values_of(m, item));
  const RuleId taken = item.answer.rules.front();
  return answer.verdict != Verdict::permit ||
         (answer.rules.front() != taken &&
          std::find(answer.alternatives.begin(), answer.alternatives.end(), taken) ==
              answer.alternatives.end());
}

/// Whether all of a part lapses.
bool UnitReplay::lapsed(const Part& part) const {
  const Message& m = *part.message;
  if (root(m) == RootAction::query && !m.keys_denied && key_is_denied(m)) return true;
  // Contract: only the first desk in order whose grant expires counts.
  for (const Step& step : part.steps)
    if (step.authorisation && step.authorisation->expires_days)
      return now_ - step.granted > *step.authorisation->expires_days;
  return false;
}

// --- Going ---

void UnitReplay::show_keys(Message& m) {
  if (m.keys_shown) return;
  m.keys_shown = true;
  const Flow& f = flow(m);
  Person& p = *m.person;
  const Hash lineage = fold(m.lineage, hash_of("keys"));
  const std::size_t batch = ++batches_;
  bool some = false;
  for (const CategoryId category : by_name(f.keys)) {
    const Copy* key = oldest(p, m.to, category);
    if (key == nullptr) continue;
    some = true;
    Copy copy = *key;
    copy.holder = m.from;
    copy.from = copy.until = now_;
    copy.lineage = lineage;
    copy.parent = key;
    copy.sender = m.to;
    copy.purpose = f.purpose;
    copy.hop = key->hop + 1;
    copy.provenance.sources |= compiled_.sources_of(m.to);
    copy.reveals = {};
    copy.batch = batch;
    copy.ended = false;
    record(p, "disclosure",
           {name(m.to), name(m.from), name(category), words_.purpose_names.name(f.purpose),
            world_.flow_names[m.flow_index]});
    arise(p, copy);
  }
  if (some) count_person_event(p);
  set_off(p, lineage, m.depth, [&](const Flow& other, NodeId actor) {
    return other.on.kind == Trigger::Kind::request && actor == m.from &&
           (!other.on.nodes || selects(*other.on.nodes, m.from, recorded(p, actor)));
  });
}

Hash UnitReplay::lineage_of(const Message& m, const Item& item) const {
  return item.candidate ? fold(m.lineage, hash_of("false")) : m.lineage;
}

Provenance UnitReplay::new_provenance(const Message& m, const Item& item) const {
  Provenance provenance = item.source != nullptr ? item.source->provenance : Provenance{};
  provenance.sources |= compiled_.sources_of(m.from);
  return item.lawful() ? with_duties(provenance, item.answer, flow(m).purpose) : provenance;
}

std::vector<Brought> UnitReplay::brought_by(const Part& part) const {
  const Message& m = *part.message;
  const bool query = root(m) == RootAction::query;
  const ActionId retain(static_cast<std::size_t>(RootAction::retain));
  std::vector<Brought> all;
  for (const Item& item : part.items) {
    Request keep = request(retain, m.from, m.to, flow(m).purpose, values_of(m, item));
    keep.provenance = new_provenance(m, item);
    keep.facts = m.facts;
    keep.via = m.via;
    all.push_back({item.category, item,
                   keep_days(*m.person, keep, item.category,
                             item.lawful() ? item.answer : Explanation{}, lineage_of(m, item))});
  }
  if (!query) return all;

  std::vector<Brought> answer;
  const auto first = [&](const std::function<bool(const Item&)>& is) {
    return std::find_if(all.begin(), all.end(), [&](const Brought& b) { return is(b.item); });
  };
  const auto names_somebody = [](const Item& i) { return !i.names_nobody(); };
  if (first(names_somebody) != all.end()) {
    auto like = first([](const Item& i) { return i.found && !i.candidate; });
    if (like == all.end()) like = first([](const Item& i) { return i.found; });
    const bool hit = like != all.end();
    if (!hit) like = all.begin();
    answer.push_back({hit ? Vocabulary::hit : Vocabulary::no_hit, like->item, like->keep_days});
  }
  for (const Brought& b : all)
    if (b.item.found && !b.item.hit_only()) answer.push_back(b);
  return answer;
}

void UnitReplay::go(const std::shared_ptr<Part>& part) {
  Message& m = *part->message;
  const Flow& f = flow(m);
  Person& p = *m.person;
  if (part->waited) {
    if (lapsed(*part)) return;
    part->items.erase(std::remove_if(part->items.begin(), part->items.end(),
                                     [&](const Item& item) { return lapses(m, item); }),
                      part->items.end());
    if (part->items.empty()) return;
  }
  // Contract: the desk is asked afterwards even if the part is lost on its way.
  for (const Step& step : part->afterwards)
    schedule(p, now_ + step.authorisation->ex_post_within_days, Kind::ex_post, m.lineage,
             part->name, [this, part, step] { post(part, step, 0, true); });

  if (stays(root(m))) {
    for (const Item& item : part->items)
      record(p, "use",
             {name(m.from), name(item.category), words_.purpose_names.name(f.purpose),
              world_.flow_names[m.flow_index]});
    return;
  }
  if (root(m) == RootAction::query && !f.blind) show_keys(m);
  const std::vector<Brought> all = brought_by(*part);
  double latency = 0;
  if (f.via) {
    const Channel& channel = world_.channels[f.via->index()];
    if (channel.loss && p.luck.uniform(site("loss", m.lineage)) < channel.loss->value) return;
    latency = draw(channel.latency, p.luck, site("latency", m.lineage));
  }
  schedule(p, now_ + latency, Kind::arrival, m.lineage, part->name,
           [this, part, all] { arrive(part, all); });
}

void UnitReplay::arrive(const std::shared_ptr<Part>& part, const std::vector<Brought>& all) {
  const Message& m = *part->message;
  const Flow& f = flow(m);
  Person& p = *m.person;
  count_person_event(p);
  const std::size_t batch = ++batches_;
  CategorySet received;
  for (const Brought& one : all) {
    const Item& item = one.item;
    record(p, "disclosure",
           {name(m.from), name(m.to), name(one.category), words_.purpose_names.name(f.purpose),
            world_.flow_names[m.flow_index]});
    // Contract: a hit like such a category reaches no named person either.
    if (item.names_nobody()) continue;
    Copy copy;
    copy.category = one.category;
    copy.holder = m.to;
    copy.from = now_;
    copy.until = now_ + one.keep_days;
    copy.lineage = lineage_of(m, item);
    copy.sender = m.from;
    copy.purpose = f.purpose;
    copy.hop = item.source != nullptr ? item.source->hop + 1 : 1;
    copy.collector = item.source != nullptr ? item.source->collector : m.from;
    copy.candidate = item.source != nullptr ? item.source->candidate : item.candidate;
    copy.parent = item.source;
    copy.provenance = new_provenance(m, item);
    copy.batch = batch;
    if (item.source != nullptr && item.source->ended && ends_with_parent(p, copy))
      copy.until = now_;
    arise(p, copy);
    received.insert(one.category);
  }
  plan_expiries(p);
  // Contract: one message arrives, with its own lineage, also with what is said of a candidate.
  set_off(p, m.lineage, m.depth, [&](const Flow& other, NodeId actor) {
    return other.on.kind == Trigger::Kind::receipt && actor == m.to &&
           other.on.categories.intersects(received);
  });
  if (root(m) != RootAction::query || !received.contains(Vocabulary::hit)) return;
  set_off(p, m.lineage, m.depth, [&](const Flow& other, NodeId actor) {
    return other.on.kind == Trigger::Kind::hit && actor == m.to &&
           (!other.on.nodes || selects(*other.on.nodes, m.from, recorded(p, actor)));
  });
}

}  // namespace onward::reference
