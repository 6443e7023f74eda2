// SPDX-License-Identifier: Apache-2.0
#include "metrics/chronicle.hpp"

#include <algorithm>

namespace onward {

const Narrator::Decided* ToldLife::decision_on(const Copy& copy) const {
  const bool answer = copy.category == Vocabulary::hit || copy.category == Vocabulary::no_hit;
  const auto made_it = [&](const Narrator::Decided& decision) {
    return decision.done && decision.lineage == copy.lineage &&
           (answer || decision.category == copy.category);
  };
  const auto found = std::find_if(decisions.begin(), decisions.end(), made_it);
  return found == decisions.end() ? nullptr : &*found;
}

Explanation ToldLife::explanation_of(const Narrator::Decided& decision) const {
  return plan->policy.explain(decision.request, decision.category);
}

std::vector<std::size_t> ToldLife::inferences_to(const Copy& copy, CategoryId category) const {
  const std::vector<Inference>& inferences = plan->model.world->inferences;
  CategorySet known = CategorySet::of(copy.category);
  std::vector<std::size_t> made;
  while (!known.contains(category)) {
    bool more = false;
    for (std::size_t i = 0; i < inferences.size() && !more; ++i) {
      const CategoryId reveals = inferences[i].reveals;
      if (known.contains(reveals) || !copy.reveals.contains(reveals) ||
          !infers(*plan, *person, copy, known, i))
        continue;
      known.insert(reveals);
      made.push_back(i);
      more = true;
    }
    if (!more) return {};
  }
  // What did not lead there is left out, from the end.
  CategorySet needed = CategorySet::of(category);
  for (std::size_t at = made.size(); at-- > 0;) {
    const Inference& inference = inferences[made[at]];
    if (!needed.contains(inference.reveals)) {
      made.erase(made.begin() + static_cast<std::ptrdiff_t>(at));
      continue;
    }
    if (!inference.holding.contains(copy.category)) needed |= inference.holding;
  }
  return made;
}

std::vector<std::string> ToldLife::way_of(std::int32_t copy, CategoryId category) const {
  std::vector<std::string> way;
  const Copy& last = person->copies[static_cast<std::size_t>(copy)];
  for (std::int32_t c = copy; c != Copy::none;) {
    const Copy& at = person->copies[static_cast<std::size_t>(c)];
    if (const Narrator::Decided* decision = decision_on(at)) {
      const Explanation explanation = explanation_of(*decision);
      if (explanation.verdict == Verdict::permit)
        way.push_back(plan->policy.policy().rule(explanation.rules.front()).id);
    }
    c = at.parent;
  }
  std::reverse(way.begin(), way.end());
  for (const std::size_t inference : inferences_to(last, category))
    way.push_back(plan->model.world->inference_names[inference]);
  return way;
}

void Chronicle::decided(const Person& person, const Decided& decided) {
  of(person).decisions.push_back(decided);
}

void Chronicle::stopped(const Person& person, const Message& message, Stopped how, double time) {
  ToldLife::Ended ended{how, time, message.lineage, message.flow, message.from, message.to, {}};
  for (const Item& item : message.items) ended.data.push_back(item.category);
  of(person).ended.push_back(std::move(ended));
}

void Chronicle::lived(const Life& life) {
  for (const Person& person : life.members) {
    if (!follow_(person)) continue;
    ToldLife told = std::move(of(person));
    lives_.erase({person.cast, person.group, person.index});
    told.plan = &plan_;
    told.person = &person;
    tell_(told);
  }
}

}  // namespace onward
