// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sim/people/asked.hpp"

namespace onward {
namespace {

template <class Gone>
void erase_items(ItemList& items, Gone gone) {
  items.erase(std::remove_if(items.begin(), items.end(), gone), items.end());
}

}  // namespace

std::uint32_t Process::new_message(Life& life) {
  if (life.free_messages.empty()) {
    life.messages.emplace_back().in_use = true;
    return static_cast<std::uint32_t>(life.messages.size() - 1);
  }
  const std::uint32_t id = life.free_messages.back();
  life.free_messages.pop_back();
  life.messages[id].in_use = true;
  return id;
}

void Process::free_message(Life& life, std::uint32_t id) {
  life.messages[id].reset();
  life.free_messages.push_back(id);
}

/// On to the next desk, the time to object, or the way.
void Process::proceed(Life& life, std::uint32_t id) {
  Message& message = life.messages[id];
  if (message.next_desk < message.desks.size()) {
    post(life, id);
  } else if (message.notify_days > 0) {
    message.waited = true;
    Event event = event_at(life, message.member, life.now + message.notify_days,
                           EventKind::notice_end, message.lineage, message.part);
    event.subject = id;
    push(life, event);
  } else {
    go(life, id);
  }
}

void Process::post(Life& life, std::uint32_t id) {
  Message& message = life.messages[id];
  Person& person = life.members[message.member];
  const DeskVisit& visit = message.desks[message.next_desk];
  const Hash kind = hash_of_step(visit.step);
  const Hash desk = plan_.desks[visit.desk].address;
  message.at_desk = true;
  message.waited = true;
  message.record = static_cast<std::int32_t>(person.cases.size());
  Case posted;
  posted.life = &life;
  posted.message = id;
  posted.desk = visit.desk;
  posted.key = {life.now, person.luck.tie(message.lineage), message.part, EventClass::desk};
  posted.service_days = draw(staffing_.service[visit.desk], person.luck,
                             site("service", kind, desk, message.lineage));
  const double load = staffing_.load_chance(visit.desk, person.group);
  posted.loads =
      person.cast < 0 &&
      (load >= 1 || person.luck.uniform(site("load", kind, desk, message.lineage)) < load);
  CaseRecord record;
  record.desk = visit.desk;
  record.flow = message.flow;
  record.posted = life.now;
  record.loads = posted.loads;
  person.cases.push_back(record);
  ++life.waiting;
  message.ticket = counter_.post(posted);
}

void Process::case_taken(Life& life, std::uint32_t id, double now, double start,
                         double completion) {
  Message& message = life.messages[id];
  --life.waiting;
  message.due = completion;
  if (start <= now) {
    this->start(life, id, start);
    return;
  }
  Event event =
      event_at(life, message.member, start, EventKind::start, message.lineage, message.part);
  event.subject = id;
  push(life, event);
}

void Process::start(Life& life, std::uint32_t id, double at) {
  const Message& message = life.messages[id];
  Person& person = life.members[message.member];
  CaseRecord& record = person.cases[static_cast<std::size_t>(message.record)];
  record.started = at;
  record.due = message.due;
  note_desk(person, "start", at, record.desk);
  Event event = event_at(life, message.member, record.due, EventKind::completion, message.lineage,
                         message.part);
  event.subject = id;
  push(life, event);
}

void Process::note_desk(Person& person, Word what, double time, std::size_t desk) {
  const DeskPlan& at = plan_.desks[desk];
  note(person, what, time, name_of(at.node), Named{at.name, &at.desk->id});
}

void Process::complete(Life& life, std::uint32_t id) {
  Message& message = life.messages[id];
  Person& person = life.members[message.member];
  if (message.called_off) {
    free_message(life, id);
    return;
  }
  const DeskVisit visit = message.desks[message.next_desk++];
  person.cases[static_cast<std::size_t>(message.record)].completed = life.now;
  message.at_desk = false;
  note_desk(person, "completion", life.now, visit.desk);
  count(person);
  const bool verification = visit.step == Step::verification;
  const bool passes =
      verification ? verified(person, message, visit) : grants(person, message, visit);
  if (passes && !message.is_afterwards) {
    if (visit.terms != nullptr && visit.terms->expires_days && message.granted < 0) {
      message.granted = life.now;
      message.expires_days = *visit.terms->expires_days;
    }
    proceed(life, id);
    return;
  }
  if (!passes) {
    ++(verification ? person.tally.rejected : person.tally.refused);
    tell_stopped(person, message, verification ? Stopped::rejected : Stopped::refused, life.now);
  }
  if (!passes && message.is_afterwards) purge(life, message);
  free_message(life, id);
}

/// Takes out what the check rejects; whether the message goes on.
bool Process::verified(Person& person, Message& message, const DeskVisit& at) const {
  const DeskPlan& plan = plan_.desks[at.desk];
  const auto chance = [](const std::optional<Claim>& claim) { return claim ? claim->value : 0; };
  const bool true_rejected = person.luck.uniform(site("verify", plan.address, message.lineage)) <
                             chance(plan.desk->misses);
  const bool false_rejected =
      person.luck.uniform(site("verify-false", plan.address, message.lineage)) >=
      chance(plan.desk->accepts_false);
  const auto rejected = [&](const Item& item) {
    return item.candidate == Copy::none ? true_rejected : false_rejected;
  };
  const bool nothing_left = std::all_of(message.items.begin(), message.items.end(), rejected);
  if (!nothing_left) {
    erase_items(message.items, rejected);
    return true;
  }
  if (!message.query || !message.sole) return false;
  // The search has found nobody, and says so.
  ++person.tally.rejected;
  message.found = false;
  for (Item& item : message.items) {
    item.source = item.candidate = Copy::none;
    item.in_answer = false;
  }
  const auto left = message.desks.begin() + static_cast<std::ptrdiff_t>(message.next_desk);
  message.desks.erase(
      std::remove_if(left, message.desks.end(),
                     [](const DeskVisit& visit) { return visit.step != Step::authorisation; }),
      message.desks.end());
  return true;
}

bool Process::grants(const Person& person, const Message& message, const DeskVisit& at) const {
  const Authorisation& terms = *at.terms;
  double chance = terms.grants ? terms.grants->value : 1;
  if (terms.grants_by) {
    const Item& item = message.items.front();
    const NodeId collector = item.source == Copy::none
                                 ? message.from
                                 : person.copies[static_cast<std::size_t>(item.source)].collector;
    const AttributeValues values = item.candidate != Copy::none
                                       ? person.candidates[static_cast<std::size_t>(item.candidate)]
                                       : recorded_by(person, collector);
    for (const auto& [value, of_value] : terms.grant_chances)
      if (value == values[terms.grants_by->index()]) chance = of_value.value;
  }
  return person.luck.uniform(site("grant", hash_of_step(at.step), plan_.desks[at.desk].address,
                                  message.lineage)) < chance;
}

/// A refusal after the fact: what the message brought must go.
void Process::purge(Life& life, const Message& message) {
  Person& person = life.members[message.member];
  bool any = false;
  for (std::uint32_t c = 0; c < person.copies.size(); ++c) {
    const Copy& copy = person.copies[c];
    if (copy.lineage != message.lineage || copy.holder != message.to || copy.view() ||
        !copy.held(life.now))
      continue;
    any = true;
    end_copy(person, c, life.now);
  }
  if (any) count(person);
}

/// Whether nothing of a message that waited may still go.
bool Process::lapses(Life& life, Message& message) {
  Person& person = life.members[message.member];
  Asked asked = this->asked(person, message);
  asked.now = life.now;
  if (message.granted >= 0 && life.now - message.granted > message.expires_days) return true;
  if (!message.barred && keys_barred(person, asked)) return true;
  erase_items(message.items, [&](const Item& item) {
    if (item.under == nullptr) return false;
    if (item.source != Copy::none &&
        !person.copies[static_cast<std::size_t>(item.source)].held(life.now))
      return true;
    return item.under->verdict == Verdict::permit &&
           !decide(person, asked, item.category, item.source, item.candidate)
                .stands(item.under->permit);
  });
  return message.items.empty();
}

void Process::go(Life& life, std::uint32_t id) {
  Person& person = life.members[life.messages[id].member];
  if (life.messages[id].waited && lapses(life, life.messages[id])) {
    ++person.tally.lapsed;
    tell_stopped(person, life.messages[id], Stopped::lapsed, life.now);
    free_message(life, id);
    return;
  }
  show_keys(life, id);
  // Why again: keys may have set off messages, which may have moved this one.
  Message& message = life.messages[id];
  const FlowPlan& flow = plan_.flows[message.flow];
  if (flow.flow->to) {
    Asked asked = this->asked(person, message);
    asked.now = life.now;
    for (Item& item : message.items) decide_keeping(person, asked, item);
  } else {
    for (const Item& item : message.items) {
      note(person, "use", life.now, name_of(message.from), name_of(item.category),
           name_of_purpose(flow), name_of_flow(message.flow));
      person.acts.push_back({life.now, message.flow, message.from, message.from, item.category,
                             item.source, item.lawful});
    }
  }
  const std::vector<DeskVisit> afterwards = message.afterwards;
  for (const DeskVisit& visit : afterwards) schedule_afterwards(life, id, visit);
  send(life, id);
}

/// Puts a message on its channel.
void Process::send(Life& life, std::uint32_t id) {
  const Message& message = life.messages[id];
  Person& person = life.members[message.member];
  const FlowPlan& flow = plan_.flows[message.flow];
  const Channel* channel = flow.channel;
  const bool lost = channel != nullptr && channel->loss &&
                    person.luck.uniform(site("loss", message.lineage)) < channel->loss->value;
  if (lost) {
    ++person.tally.lost;
    tell_stopped(person, message, Stopped::lost, life.now);
  }
  if (channel != nullptr && channel->interception &&
      person.luck.uniform(site("interception", message.lineage)) < channel->interception->value)
    ++person.tally.intercepted;
  if (lost || !flow.flow->to) {
    free_message(life, id);
    return;
  }
  if (channel == nullptr || !channel->bandwidth) {
    schedule_arrival(life, id, life.now);
    return;
  }
  ++life.waiting;
  counter_.transmit(
      life, id, *flow.flow->via,
      {life.now, person.luck.tie(message.lineage), message.part, EventClass::communication});
}

void Process::transmitted(Life& life, std::uint32_t id, double at) {
  --life.waiting;
  schedule_arrival(life, id, at);
}

void Process::schedule_arrival(Life& life, std::uint32_t id, double sent) {
  const Message& message = life.messages[id];
  const Person& person = life.members[message.member];
  const Channel* channel = plan_.flows[message.flow].channel;
  const double latency =
      channel == nullptr ? 0
                         : draw(channel->latency, person.luck, site("latency", message.lineage));
  Event event = event_at(life, message.member, sent + latency, EventKind::arrival, message.lineage,
                         message.part);
  event.subject = id;
  push(life, event);
}

void Process::schedule_afterwards(Life& life, std::uint32_t id, const DeskVisit& visit) {
  const std::uint32_t later = new_message(life);
  const Message& gone = life.messages[id];
  Message& afterwards = life.messages[later];
  static_cast<Letter&>(afterwards) = gone;
  afterwards.part = gone.part;
  afterwards.items.assign(gone.items.begin(), gone.items.end());
  afterwards.desks.push_back(visit);
  afterwards.is_afterwards = true;
  Event event = event_at(life, gone.member, life.now + visit.terms->ex_post_within_days,
                         EventKind::ask_afterwards, gone.lineage, gone.part);
  event.subject = later;
  push(life, event);
}

/// Shows the keys of a query to the node asked, once.
void Process::show_keys(Life& life, std::uint32_t id) {
  const Message& message = life.messages[id];
  const std::uint16_t member = message.member;
  const NodeId node_asked = message.from;
  const std::uint8_t depth = message.depth;
  const FlowPlan& flow = plan_.flows[message.flow];
  if (!message.query || flow.flow->blind) return;
  Person& person = life.members[member];
  const Hash shown = fold(message.lineage, hash_of("keys"));
  if (std::find(person.lineages.begin(), person.lineages.end(), shown) != person.lineages.end())
    return;
  person.lineages.push_back(shown);
  Asked asked = this->asked(person, message);
  asked.now = life.now;
  bool any = false;
  for (const CategoryId key : flow.keys) {
    const std::int32_t source = best_key(person, asked, key);
    if (source == Copy::none) continue;
    any = true;
    tell(person, question_about_key(person, asked, key, source), shown, message.flow, true);
    const Copy& own = person.copies[static_cast<std::size_t>(source)];
    Copy view;
    view.from = view.until = life.now;
    view.lineage = shown;
    view.parent = source;
    view.candidate = own.candidate;
    view.provenance =
        alternatives_.handed_on(own.provenance, message.to, nullptr, flow.flow->purpose);
    view.flow = message.flow;
    view.category = key;
    view.holder = node_asked;
    view.sender = message.to;
    view.collector = own.collector;
    view.purpose = flow.flow->purpose;
    view.hop = static_cast<std::uint8_t>(own.hop + 1);
    view.lawful = !message.barred;
    person.brought.push_back(add_copy(person, view));
    note(person, "disclosure", life.now, name_of(message.to), name_of(node_asked), name_of(key),
         name_of_purpose(flow), name_of_flow(message.flow));
  }
  if (any) count(person);
  trigger_request(life, member, node_asked, shown, depth);
}

/// The lineage of the copy that an item will make.
Hash Process::lineage_of(Hash message, const Item& item) {
  return item.of_candidate() ? fold(message, hash_of("false")) : message;
}

/// How long the recipient will keep a category, and what travels with it.
void Process::decide_keeping(Person& person, const Asked& asked, Item& item) {
  const Copy* source =
      item.source == Copy::none ? nullptr : &person.copies[static_cast<std::size_t>(item.source)];
  item.provenance =
      alternatives_.handed_on(source == nullptr ? ProvenanceId{0} : source->provenance, asked.from,
                              item.under, asked.flow->flow->purpose);
  const Hash lineage = lineage_of(asked.lineage, item);
  if (!plan_.binds(asked.to)) {
    const bool undertook = item.under != nullptr && item.under->retention_given &&
                           keeps_undertaking(person, asked.to, lineage);
    item.keep_days = undertook ? item.under->retain_days : never_ends;
    return;
  }
  Alternatives::Question question = Process::question(asked, item.category);
  question.provenance = item.provenance;
  question.cell =
      cell_of(person, item.candidate, source == nullptr ? asked.from : source->collector);
  item.keep_days = alternatives_.keep_days(question);
  keep_too_long(person, asked.to, lineage, item);
}

void Process::arrive(Life& life, std::uint32_t id) {
  // INVARIANT: nothing is made in `messages` until the triggers.
  const Message& message = life.messages[id];
  Person& person = life.members[message.member];
  const auto first = static_cast<std::uint32_t>(person.copies.size());
  count(person);
  const auto anonymous = [](const Item& item) {
    return item.under != nullptr && item.under->anonymous;
  };
  if (message.query && !std::all_of(message.items.begin(), message.items.end(), anonymous)) {
    const auto place = [](const Item& item) {
      return std::pair(!item.in_answer, item.of_candidate());
    };
    const Item& lead =
        *std::min_element(message.items.begin(), message.items.end(),
                          [&](const Item& a, const Item& b) { return place(a) < place(b); });
    const CategoryId answer = message.found ? Vocabulary::hit : Vocabulary::no_hit;
    if (anonymous(lead))
      disclose_anonymously(life, message, lead, answer);
    else
      hand_over(life, message, lead, answer);
  }
  for (const Item& item : message.items) {
    if (!item.in_answer || (item.under != nullptr && item.under->hit_only)) continue;
    if (anonymous(item))
      disclose_anonymously(life, message, item, item.category);
    else
      hand_over(life, message, item, item.category);
  }
  schedule_ends(life, message.member, first);
  CategorySet brought;
  for (std::size_t c = first; c < person.copies.size(); ++c)
    brought.insert(person.copies[c].category);
  if (!brought.empty()) trigger_receipt(life, message.member, message, brought);
  free_message(life, id);
}

void Process::note_disclosure(Person& person, double time, const Message& message,
                              CategoryId category) {
  const FlowPlan& flow = plan_.flows[message.flow];
  note(person, "disclosure", time, name_of(message.from), name_of(message.to), name_of(category),
       name_of_purpose(flow), name_of_flow(message.flow));
}

/// Tells of somebody, but not of whom.
void Process::disclose_anonymously(Life& life, const Message& message, const Item& item,
                                   CategoryId category) {
  Person& person = life.members[message.member];
  note_disclosure(person, life.now, message, category);
  person.acts.push_back(
      {life.now, message.flow, message.from, message.to, category, item.source, item.lawful});
}

/// Makes the copy of one category, or of the answer, with the recipient.
void Process::hand_over(Life& life, const Message& message, const Item& item, CategoryId category) {
  Person& person = life.members[message.member];
  const bool from_source = item.in_answer && item.source != Copy::none;
  const Copy* source =
      from_source ? &person.copies[static_cast<std::size_t>(item.source)] : nullptr;
  Copy copy;
  copy.from = life.now;
  copy.until = life.now + item.keep_days;
  copy.lineage = lineage_of(message.lineage, item);
  copy.parent = from_source ? item.source : Copy::none;
  copy.candidate = item.in_answer ? item.candidate : Copy::none;
  copy.provenance = item.provenance;
  copy.flow = message.flow;
  copy.category = category;
  copy.holder = message.to;
  copy.sender = message.from;
  copy.collector = from_source ? source->collector : message.from;
  copy.purpose = plan_.flows[message.flow].flow->purpose;
  copy.hop = static_cast<std::uint8_t>(from_source ? source->hop + 1 : 1);
  copy.lawful = item.lawful;
  copy.lawfully_kept = item.lawfully_kept;
  copy.overdue_from = life.now + item.lawful_days;
  copy.logged = plan_.flows[message.flow].via.logged;
  const double logs = plan_.node_plans[message.from.index()].logs;
  if (logs < 1 && person.luck.uniform(site("logging", message.lineage)) >= logs)
    copy.logged = false;
  if (from_source && source->ended && alternatives_.provenance(copy.provenance).recall &&
      (plan_.binds(message.to) || keeps_undertaking(person, message.to, copy.lineage)))
    copy.until = copy.from;
  note_disclosure(person, life.now, message, category);
  person.brought.push_back(add_copy(person, copy));
}

void Process::call_off(Life& life, std::uint16_t member) {
  Person& person = life.members[member];
  for (std::uint32_t id = 0; id < life.messages.size(); ++id) {
    Message& message = life.messages[id];
    if (!message.at_desk || message.called_off || message.member != member) continue;
    CaseRecord& record = person.cases[static_cast<std::size_t>(message.record)];
    record.cancelled = true;
    if (record.started < 0) {
      counter_.withdraw(record.desk, message.ticket);
      --life.waiting;
      free_message(life, id);
    } else {
      if (record.loads) counter_.release(record.desk, record.due, life.now);
      message.called_off = true;
    }
  }
}

}  // namespace onward
