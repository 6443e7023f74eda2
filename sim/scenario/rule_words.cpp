// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/rule_words.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace onward {
namespace {

/// The verbs of one rule, one clause for each action.
class Clauses {
 public:
  Clauses(const Rule& rule, const Scenario& scenario) : rule_(rule), scenario_(scenario) {}

  [[nodiscard]] std::string text() const {
    std::string text;
    std::string last_actor;
    for (const ActionId action : rule_.actions) {
      const auto& actor = root(action) == RootAction::disclose ? rule_.from : rule_.to;
      const bool nobody = !actor && rule_.effect == Effect::prohibit;
      const std::string who = nobody ? "no node" : end(actor);
      const std::string what = act(action, text.empty() ? data() : "it");
      if (who == last_actor)
        text += (rule_.effect == Effect::prohibit ? ", nor " : " and ") + what;
      else
        text += (text.empty() ? "" : "; ") + who + (nobody ? " may " : modal()) + what;
      last_actor = who;
    }
    return text;
  }

 private:
  [[nodiscard]] const char* modal() const {
    switch (rule_.effect) {
      case Effect::permit: return " may ";
      case Effect::prohibit: return " must not ";
      case Effect::require: return " must meet the duties below to ";
    }
    return "";
  }

  [[nodiscard]] RootAction root(ActionId action) const { return scenario_.vocabulary.root(action); }

  [[nodiscard]] std::string end(const std::optional<NodeSelector>& selector) const {
    return selector ? in_words(*selector, scenario_) : "any node";
  }

  [[nodiscard]] std::string act(ActionId action, const std::string& what) const {
    const bool again = what == "it";
    std::string text;
    switch (root(action)) {
      case RootAction::collect:
        text += "collect " + what + (again ? "" : " from the person");
        break;
      case RootAction::retain:
        text += "keep " + what;
        if (!again && rule_.from_subject) text += " that the person gave";
        if (!again && rule_.from) text += " received from " + end(rule_.from);
        break;
      case RootAction::query: text += "look " + what + " up at " + end(rule_.from); break;
      case RootAction::disclose: text += "hand " + what + " to " + end(rule_.to); break;
      case RootAction::use: text += "use " + what; break;
      case RootAction::match: text += "match " + what; break;
    }
    if (action.index() >= root_actions)
      text += " (as " + ticked(scenario_.vocabulary.action_names.name(action)) + ")";
    return text;
  }

  [[nodiscard]] std::string data() const {
    if (rule_.data == CategorySet::all()) return "any data";
    std::vector<std::string> names;
    rule_.data.for_each([&](CategoryId category) {
      if (category.index() < scenario_.vocabulary.categories.size())
        names.push_back(scenario_.vocabulary.category_names.name(category));
    });
    return listed(names, rule_.effect == Effect::prohibit ? "or" : "and");
  }

  const Rule& rule_;
  const Scenario& scenario_;
};

std::string purposes(const Rule& rule, const Scenario& scenario) {
  if (rule.purposes == PurposeSet::all()) return "whatever the purpose";
  std::vector<std::string> names;
  rule.purposes.for_each([&](PurposeId purpose) {
    if (purpose.index() < scenario.vocabulary.purposes.size())
      names.push_back(scenario.vocabulary.purpose_names.name(purpose));
  });
  return "for " + listed(names);
}

std::string own_node(const SubjectNode& subject, const Scenario& scenario) {
  std::vector<std::string> labels;
  for (const NodeId node : subject.node_of_value)
    if (const std::string& label = scenario.world.nodes[node.index()].label;
        std::find(labels.begin(), labels.end(), label) == labels.end())
      labels.push_back(label);
  return "the person's own " + scenario.vocabulary.attribute_names.name(subject.attribute) + " (" +
         listed(labels) + ")";
}

DynamicSet common(DynamicSet a, const DynamicSet& b) {
  a &= b;
  return a;
}

const char* to_string(NodeKind kind) {
  switch (kind) {
    case NodeKind::authority: return "authority";
    case NodeKind::eu_agency: return "agency of the Union";
    case NodeKind::database: return "database";
    case NodeKind::service: return "service";
    case NodeKind::third_country: return "third country";
    case NodeKind::civil_society: return "organisation of civil society";
    case NodeKind::carrier: return "carrier";
    case NodeKind::contractor: return "contractor";
    case NodeKind::oversight: return "oversight body";
  }
  return "";
}

/// Names for a set of nodes, as few as say it exactly: all of a kind, all but a few, one office of
/// all states, and else each by its label.
class NodeWords {
 public:
  /// `last`: the word that will join them; what is joined by *and* is every one, else any.
  NodeWords(const Scenario& scenario, const DynamicSet& nodes, std::string_view last)
      : world_(scenario.world), left_(nodes), every_(last == "and" ? "every " : "any ") {}

  [[nodiscard]] std::vector<std::string> all() {
    std::vector<std::string> names;
    for (std::size_t n = 0; n < world_.nodes.size(); ++n)
      if (left_.contains(n)) names.push_back(name_beginning_at(n));
    return names;
  }

 private:
  /// From how many on a kind is named as a whole, and how many may be missing for that.
  static constexpr std::size_t many = 5;
  static constexpr std::size_t few = 2;

  std::string name_beginning_at(std::size_t node) {
    if (const std::string kind = whole_kind(world_.nodes[node].kind); !kind.empty()) return kind;
    if (const std::string office = of_all_states(node); !office.empty()) return office;
    return world_.nodes[node].label;
  }

  std::string whole_kind(NodeKind kind) {
    DynamicSet members(world_.nodes.size());
    for (std::size_t n = 0; n < world_.nodes.size(); ++n)
      if (world_.nodes[n].kind == kind) members.insert(n);
    DynamicSet missing = members;
    missing -= left_;
    if (members.count() < many || missing.count() > few) return "";
    left_ -= members;
    std::vector<std::string> but;
    missing.for_each([&](std::size_t n) { but.push_back(world_.nodes[n].label); });
    return every_ + to_string(kind) + (but.empty() ? "" : " (but not " + listed(but) + ")");
  }

  std::string of_all_states(std::size_t node) {
    if (world_.states.size() < 2) return "";
    const std::string& name = world_.node_names.name(NodeId(node));
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) return "";
    DynamicSet offices(world_.nodes.size());
    for (const std::string& state : world_.states)
      if (const auto id = world_.node_names.find(state + name.substr(dot)))
        offices.insert(id->index());
    if (offices.count() < world_.states.size() || !left_.contains_all(offices)) return "";
    left_ -= offices;
    // Why so: the state stands in brackets behind the label of the office.
    const std::string& label = world_.nodes[node].label;
    return label.substr(0, label.rfind(" (")) + " (" + every_ + "state)";
  }

  const World& world_;
  DynamicSet left_;
  std::string every_;
};

}  // namespace

std::string listed(const std::vector<std::string>& names, const char* last) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " " + std::string(last) + " " : ", ";
    text += names[i];
  }
  return text;
}

std::string in_words(const DynamicSet& nodes, const Scenario& scenario, const char* last) {
  if (nodes.empty()) return "no node";
  if (nodes.full()) return "any node";
  return listed(NodeWords(scenario, nodes, last).all(), last);
}

std::string in_words(const NodeSelector& selector, const Scenario& scenario) {
  if (!selector.depends_on_subject()) return in_words(selector.possible(), scenario);
  std::vector<std::string> ways;
  if (selector.named) {
    const DynamicSet named = common(*selector.named, selector.eligible);
    if (!named.empty()) ways.push_back(in_words(named, scenario));
    for (const SubjectNode& subject : selector.subjects)
      ways.push_back(own_node(subject, scenario));
  } else {
    NodeSelector always = selector;
    std::erase_if(always.none, [](const NodeSelector& part) { return part.depends_on_subject(); });
    std::erase_if(always.any, [](const NodeSelector& part) { return part.depends_on_subject(); });
    if (selector.any.empty() || !always.any.empty())
      ways.push_back(in_words(always.possible(), scenario));
    for (const NodeSelector& part : selector.any)
      if (part.depends_on_subject()) ways.push_back(in_words(part, scenario));
  }
  std::string text = listed(ways);
  if (selector.named && !selector.eligible.full())
    text += ", if among " + in_words(selector.eligible, scenario);
  for (const NodeSelector& part : selector.none)
    if (part.depends_on_subject() || selector.named)
      text += ", but not " + in_words(part, scenario);
  return text;
}

std::string in_words(const Predicate& predicate, const Scenario& scenario) {
  const auto values = [&](const Predicate& test) {
    const Attribute& attribute = scenario.vocabulary.attributes[test.attribute.index()];
    std::vector<std::string> names;
    test.values.for_each(
        [&](std::size_t v) { names.push_back(attribute.values.name(ValueId(v))); });
    return listed(names);
  };
  const auto name = [&](const Predicate& test) {
    return scenario.vocabulary.attribute_names.name(test.attribute);
  };
  switch (predicate.kind) {
    case Predicate::Kind::always: return "anything";
    case Predicate::Kind::never: return "nothing that can be";
    case Predicate::Kind::is: return name(predicate) + " is " + values(predicate);
    case Predicate::Kind::negation: {
      const Predicate& part = predicate.parts.front();
      if (part.kind == Predicate::Kind::is) return name(part) + " is not " + values(part);
      return "not (" + in_words(part, scenario) + ")";
    }
    case Predicate::Kind::all:
    case Predicate::Kind::any: {
      std::vector<std::string> parts;
      for (const Predicate& part : predicate.parts) {
        const bool nested = part.kind == Predicate::Kind::all || part.kind == Predicate::Kind::any;
        parts.push_back(nested ? "(" + in_words(part, scenario) + ")" : in_words(part, scenario));
      }
      return listed(parts, predicate.kind == Predicate::Kind::all ? "and" : "or");
    }
  }
  return "";
}

std::string sentence(const Rule& rule, const Scenario& scenario) {
  std::string text = Clauses(rule, scenario).text() + "; " + purposes(rule, scenario);
  text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text;
}

std::vector<std::string> conditions(const Rule& rule, const Scenario& scenario) {
  std::vector<std::string> all;
  if (rule.subjects.kind != Predicate::Kind::always)
    all.push_back("about people of whom is recorded: " + in_words(rule.subjects, scenario));
  if (rule.data_from)
    all.push_back("data that came through " + in_words(*rule.data_from, scenario));
  const auto fact = [&](const char* state) {
    return [&all, state, &scenario](FactId id) {
      all.push_back("when " + ticked(scenario.vocabulary.fact_names.name(id)) + state);
    };
  };
  rule.when.must_hold.for_each(fact(" holds"));
  rule.when.must_not_hold.for_each(fact(" does not hold"));
  if (rule.inferred) all.emplace_back("also data from which the recipient would infer it");
  if (rule.absolute) all.emplace_back("absolute: nothing can derogate from it");
  if (rule.in_force_from) all.push_back("in force from " + to_string(*rule.in_force_from));
  if (rule.in_force_until)
    all.push_back("in force until " + to_string(*rule.in_force_until) + ", that day included");
  return all;
}

}  // namespace onward
