// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "sim/people/asked.hpp"
#include "sim/random/real_math.hpp"

namespace onward {
namespace {

bool barred(const Alternative& answer) {
  return answer.because == Because::prohibited || answer.because == Because::conflict;
}

}  // namespace

Hash hash_of_step(Step step) {
  constexpr std::array<Word, 4> names{"verification", "guardian", "consent", "authorisation"};
  return names[static_cast<std::size_t>(step)].hash();
}

Process::Asked Process::asked(Person& person, const Letter& message) const {
  const FlowPlan& flow = plan_.flows[message.flow];
  Asked asked;
  asked.flow = &flow;
  asked.from = message.from;
  asked.to = message.to;
  asked.query = message.query;
  asked.actor = message.query ? message.to : message.from;
  asked.responsible = message.query && !plan_.binds(message.to) ? message.from : asked.actor;
  asked.lineage = message.lineage;
  for (const auto& [fact, chance] : flow.flow->asserts)
    if (person.luck.uniform(site("fact", plan_.fact_names[fact.index()], message.lineage)) <
        chance.value)
      asked.facts.insert(fact);
  return asked;
}

/// A request to do what the flow does, of nothing that is known.
Alternatives::Question Process::question(const Asked& asked, CategoryId category) {
  Alternatives::Question question;
  question.action = asked.flow->flow->action;
  question.from = asked.from;
  question.to = asked.to;
  question.purpose = asked.flow->flow->purpose;
  question.category = category;
  question.facts = asked.facts;
  question.via = asked.flow->via;
  question.at = asked.now;
  return question;
}

/// A request for one category, from a source, of a candidate, or of nothing known.
Alternatives::Question Process::question_about(Person& person, const Asked& asked,
                                               CategoryId category, std::int32_t source,
                                               std::int32_t candidate) const {
  Alternatives::Question question = Process::question(asked, category);
  NodeId recorder = asked.from;
  if (source != Copy::none) {
    const Copy& copy = person.copies[static_cast<std::size_t>(source)];
    question.provenance = copy.provenance;
    recorder = copy.collector;
    candidate = copy.candidate;
  }
  question.cell = cell_of(person, candidate, recorder);
  return question;
}

const Alternative& Process::decide(Person& person, const Asked& asked, CategoryId category,
                                   std::int32_t source, std::int32_t candidate) {
  return alternatives_.answer(question_about(person, asked, category, source, candidate));
}

/// Whether a sender whom no rule binds keeps a copy back because it undertook to.
bool Process::keeps_back(const Person& person, const Asked& asked, const Copy& copy) const {
  if (plan_.binds(asked.from)) return false;
  const Provenance& travels = alternatives_.provenance(copy.provenance);
  const bool undertook =
      travels.no_onward ||
      (travels.purpose_only && !travels.purposes.contains(asked.flow->flow->purpose));
  return undertook && keeps_undertaking(person, asked.from, copy.lineage);
}

/// The copy that the sender would take, or none.
std::int32_t Process::best_source(Person& person, const Asked& asked, CategoryId category) {
  std::int32_t best = Copy::none;
  const Alternative* best_under = nullptr;
  const bool disclose = asked.flow->root == RootAction::disclose;
  for (const Held& held : person.held) {
    if (held.holder != asked.from || held.category != category) continue;
    const std::uint32_t c = held.copy;
    const Copy& copy = person.copies[c];
    if (disclose || asked.query) {
      if ((disclose && passed_through(person, static_cast<std::int32_t>(c), asked.to)) ||
          copy.hop >= plan_.model.hop_limit) {
        ++person.tally.suppressed;
        continue;
      }
      if (keeps_back(person, asked, copy)) continue;
    }
    const auto id = static_cast<std::int32_t>(c);
    const Alternative& under = decide(person, asked, category, id, Copy::none);
    const auto better = [&] {
      if (best == Copy::none) return true;
      // Why: where the keys are barred all is denied, and all alike.
      if (!asked.barred && under.before(*best_under)) return true;
      if (!asked.barred && best_under->before(under)) return false;
      const Copy& other = person.copies[static_cast<std::size_t>(best)];
      return std::pair(copy.from, copy.lineage) < std::pair(other.from, other.lineage);
    };
    if (!better()) continue;
    best = id;
    best_under = &under;
  }
  return best;
}

/// The asker's copy of a key, or none.
std::int32_t Process::best_key(const Person& person, const Asked& asked,
                               CategoryId category) const {
  std::int32_t best = Copy::none;
  for (const Held& held : person.held) {
    if (held.holder != asked.to || held.category != category) continue;
    const std::uint32_t c = held.copy;
    const Copy& copy = person.copies[c];
    if (best != Copy::none) {
      const Copy& other = person.copies[static_cast<std::size_t>(best)];
      if (std::pair(other.from, other.lineage) <= std::pair(copy.from, copy.lineage)) continue;
    }
    best = static_cast<std::int32_t>(c);
  }
  return best;
}

/// A request to show a key to the node asked.
Alternatives::Question Process::question_about_key(Person& person, const Asked& asked,
                                                   CategoryId key, std::int32_t source) const {
  const Copy& copy = person.copies[static_cast<std::size_t>(source)];
  Alternatives::Question question = Process::question(asked, key);
  question.action = ActionId(static_cast<std::size_t>(RootAction::disclose));
  question.from = asked.to;
  question.to = asked.from;
  question.provenance = copy.provenance;
  question.cell = cell_of(person, copy.candidate, copy.collector);
  return question;
}

/// Whether some key may not be shown (decisions.md, section 7).
bool Process::keys_barred(Person& person, const Asked& asked) {
  if (!asked.query || asked.flow->flow->blind) return false;
  const auto bars = [&](CategoryId key) {
    const std::int32_t source = best_key(person, asked, key);
    return source != Copy::none &&
           barred(alternatives_.answer(question_about_key(person, asked, key, source)));
  };
  return std::any_of(asked.flow->keys.begin(), asked.flow->keys.end(), bars);
}

/// Whether the institution does what it may not.
bool Process::fires_unlawfully(const Person& person, const Asked& asked) const {
  const bool hands_on = asked.flow->root == RootAction::disclose || asked.query;
  const double compliance = plan_.node_plans[asked.responsible.index()].*
                            (hands_on ? &NodePlan::discloses : &NodePlan::uses);
  return compliance < 1 && person.luck.uniform(site("flow", asked.lineage)) <
                               asked.flow->propensity * (1 - compliance);
}

void Process::add_item(Person& person, const Asked& asked, CategoryId category, std::int32_t source,
                       std::int32_t candidate, std::vector<Item>& items) {
  const Alternatives::Question question =
      question_about(person, asked, category, source, candidate);
  const Alternative& under = alternatives_.answer(question);
  Item item;
  item.category = category;
  item.source = source;
  item.candidate =
      source != Copy::none ? person.copies[static_cast<std::size_t>(source)].candidate : candidate;
  item.in_answer = !asked.query || source != Copy::none || candidate != Copy::none;
  // A duty that cannot be met makes the permit void: decisions.md, section 5.
  const bool desks_exist =
      std::all_of(under.desks.begin(), under.desks.end(), [&](const DeskStep& step) {
        return (!item.in_answer && step.step != Step::authorisation) ||
               resolve(person, asked, step.desk, item);
      });
  item.lawful = under.verdict != Verdict::deny && !asked.barred && desks_exist;
  item.under = item.lawful ? &under : nullptr;
  const bool done = item.lawful || fires_unlawfully(person, asked);
  if (done) items.push_back(item);
  tell(person, question, lineage_of(asked.lineage, item),
       static_cast<std::int64_t>(asked.flow - plan_.flows.data()), done, asked.barred);
}

/// Somebody else's record, found by mistake.
void Process::add_candidate(Person& person, const Asked& asked, std::vector<Item>& items) {
  const std::size_t node = asked.from.index();
  const auto& matching = plan_.model.world->nodes[node].matching;
  if (!matching) return;
  const double chance = 1 - power_of(1 - matching->false_match.value,
                                     matching->gallery.value / matching->at_gallery.value);
  if (person.luck.uniform(site("false-match", plan_.node_names[node], asked.lineage)) >= chance)
    return;
  AttributeValues values = recorded_by(person, asked.from);
  for (const auto& [attribute, options] : plan_.profiles[node])
    values[attribute.index()] =
        options.things[choose(options.options, person.luck,
                              site("profile", plan_.node_names[node],
                                   plan_.attribute_names[attribute.index()], asked.lineage))];
  const auto candidate = static_cast<std::int32_t>(person.candidates.size());
  person.candidate_cells.push_back(plan_.model.cells->cell(values));
  person.candidates.push_back(std::move(values));
  for (const CategoryId category : asked.flow->data)
    add_item(person, asked, category, Copy::none, candidate, items);
}

void Process::dispatch(Life& life, std::uint32_t id) {
  const Letter letter = life.messages[id];
  free_message(life, id);
  Person& person = life.members[letter.member];
  Asked asked = this->asked(person, letter);
  asked.now = life.now;
  asked.barred = keys_barred(person, asked);
  const auto& matching = plan_.model.world->nodes[asked.from.index()].matching;
  if (asked.query && matching)
    asked.found = person.luck.uniform(site("match", plan_.node_names[asked.from.index()],
                                           asked.lineage)) < matching->finds.value;
  std::vector<Item>& items = items_;
  items.clear();
  for (const CategoryId category : asked.flow->data) {
    const std::int32_t source = asked.found ? best_source(person, asked, category) : Copy::none;
    if (source != Copy::none || asked.query)
      add_item(person, asked, category, source, Copy::none, items);
  }
  if (items.empty()) return;
  if (asked.query) {
    add_candidate(person, asked, items);
    const auto answers = [](const Item& item) { return item.in_answer; };
    if (std::any_of(items.begin(), items.end(), answers))
      std::erase_if(items, [&](const Item& item) { return !answers(item); });
  }
  make_parts(life, letter, asked, items);
}

NodeId Process::origin_of(const Person& person, const Asked& asked, const Item& item) const {
  return item.source == Copy::none ? asked.from
                                   : person.copies[static_cast<std::size_t>(item.source)].collector;
}

std::optional<std::uint32_t> Process::resolve(const Person& person, const Asked& asked,
                                              const DeskReference& reference,
                                              const Item& item) const {
  using Owner = DeskReference::Owner;
  NodeId node = reference.node;
  if (reference.owner == Owner::actor) node = asked.actor;
  if (reference.owner == Owner::from) node = asked.from;
  if (reference.owner == Owner::to) node = asked.to;
  if (reference.owner == Owner::origin) node = origin_of(person, asked, item);
  const auto desk = plan_.desk(node, reference.desk);
  return desk ? std::optional(static_cast<std::uint32_t>(*desk)) : std::nullopt;
}

/// The desks that a category has to pass, in order.
DeskList Process::desks_for(const Person& person, const Asked& asked, const Item& item,
                            std::vector<DeskVisit>& afterwards) const {
  DeskList visits;
  if (item.under == nullptr || item.under->desks.empty()) return visits;
  for (const DeskStep& step : item.under->desks) {
    if (!item.in_answer && step.step != Step::authorisation) continue;
    const auto desk = resolve(person, asked, step.desk, item);
    if (!desk) continue;
    if (step.terms) {
      const Authorisation& terms = *step.terms;
      const Hash address = plan_.desks[*desk].address;
      if (terms.bypass && person.luck.uniform(site("bypass", hash_of_step(step.step), address,
                                                   asked.lineage)) < terms.bypass->value)
        continue;
      if (step.step == Step::authorisation && terms.ex_post_when &&
          asked.facts.contains_all(terms.ex_post_when->must_hold) &&
          !asked.facts.intersects(terms.ex_post_when->must_not_hold)) {
        afterwards.push_back({step.step, *desk, &terms});
        continue;
      }
    }
    visits.push_back({step.step, *desk, step.terms ? &*step.terms : nullptr});
  }
  std::sort(visits.begin(), visits.end(), [&](const DeskVisit& a, const DeskVisit& b) {
    const auto place = [&](const DeskVisit& v) {
      const DeskPlan& desk = plan_.desks[v.desk];
      return std::tuple(v.step, plan_.node_rank[desk.node.index()],
                        std::string_view(desk.desk->id));
    };
    return place(a) < place(b);
  });
  return visits;
}

/// Divides what fires into parts by the desks that it needs, and sends each on its way.
void Process::make_parts(Life& life, const Letter& letter, const Asked& asked,
                         std::vector<Item>& items) {
  Person& person = life.members[letter.member];
  const double duties = plan_.node_plans[asked.responsible.index()].does_duties;
  const bool skipped =
      duties < 1 && person.luck.uniform(site("skipped-duty", asked.lineage)) >= duties;
  boost::container::small_vector<std::uint32_t, 4> parts;
  std::sort(items.begin(), items.end(), [&](const Item& a, const Item& b) {
    const auto place = [&](const Item& item) {
      return std::pair(plan_.category_rank[item.category.index()], item.of_candidate());
    };
    return place(a) < place(b);
  });
  for (const Item& item : items) {
    std::vector<DeskVisit> afterwards;
    DeskList desks;
    if (!skipped) desks = desks_for(person, asked, item, afterwards);
    const auto same = [&](std::uint32_t part) {
      const DeskList& others = life.messages[part].desks;
      return std::equal(desks.begin(), desks.end(), others.begin(), others.end(),
                        [](const DeskVisit& a, const DeskVisit& b) { return a.same(b); });
    };
    auto found = std::find_if(parts.begin(), parts.end(), same);
    if (found == parts.end()) {
      const std::uint32_t id = new_message(life);
      Message& part = life.messages[id];
      static_cast<Letter&>(part) = letter;
      part.part = plan_.category_names[item.category.index()];
      if (item.of_candidate()) part.part = fold(part.part, hash_of("false"));
      part.desks = std::move(desks);
      part.barred = asked.barred;
      found = parts.insert(parts.end(), id);
    }
    Message& part = life.messages[*found];
    part.items.push_back(item);
    part.found |= item.in_answer;
    if (item.under != nullptr && !skipped)
      part.notify_days = std::max(part.notify_days, item.under->notify_days);
    if (part.afterwards.empty()) part.afterwards = std::move(afterwards);
  }
  // Parts arose in the order of the categories that name them.
  for (const std::uint32_t id : parts) life.messages[id].sole = parts.size() == 1;
  for (const std::uint32_t id : parts) proceed(life, id);
}

}  // namespace onward
