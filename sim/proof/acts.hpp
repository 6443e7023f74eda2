// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <vector>

#include "sim/proof/derivations.hpp"

namespace onward {

/// Derives all that rules permit, whoever wants to do it: no flow or encounter is needed.
class LawOfActs {
 public:
  explicit LawOfActs(Derivations& out);
  void derive();

 private:
  /// A query that somebody may put; keys may be shown with it.
  struct Query {
    NodeId asked;
    ActionId action;
    PurposeId purpose;
    CategoryId category;
    const Outcome* outcome = nullptr;
    Situations::Set enabled;
  };

  void collect();
  void ask_for_nothing();
  void look_at(std::size_t holding);
  void disclose(const Possession& held, std::size_t number, const LawfulAct& act);
  void answer(const Possession& held, std::size_t number, const LawfulAct& act);
  void show_keys(const Possession& held, std::size_t number);
  void pass_on(const Possession& held, std::size_t number);
  void bring_no_hit(const Possession* held, const Verdicts::Asked& asked, const Outcome& outcome,
                    const Situations::Set& cells);
  [[nodiscard]] bool answer_matters(const LawfulAct& act, const Holding& held) const;
  void may_ask_as(const LawfulAct& act, const Verdicts::Asked& asked, const Outcome& outcome);
  void may_ask(NodeId asker, const Query& query);

  Derivations& out_;
  const World& world_;
  const Vocabulary& words_;
  Occasion anything_;
  LawfulActs acts_;
  double slowest_ = 0;                    ///< Days that a channel can take.
  std::vector<std::vector<Query>> asks_;  ///< By asker.
};

/// Derives all that the declared flows do under the rules.
class WorldOfActs {
 public:
  explicit WorldOfActs(Derivations& out);
  void derive();

 private:
  /// A flow between two nodes.
  struct Between {
    std::size_t flow = 0;
    NodeId actor;
    NodeId from;
    NodeId to;
    Situations::Set when;     ///< Where the actor may have recorded what the flow needs.
    Situations::Set trigger;  ///< Of triggers that nobody sends: those whom they can concern.
    double first = 0;         ///< Day of the first of these.
    Situations::Set enabled;  ///< Those for whom it may be dispatched.
    double ready = 0;
  };
  /// Those to whom something has happened at a node, and when first.
  struct Happened {
    Situations::Set cells;
    double first = 0;
  };

  void find_acts();
  void find_trigger(Between& act) const;
  void collect();
  [[nodiscard]] bool enable(Between& act);
  void look_at(Between& act);
  void disclose(const Between& act, const Possession& held, std::size_t number);
  void ask(const Between& act);
  void answer(const Between& act, const Possession& held, std::size_t number);
  void bring_no_hit(const Between& act, const Possession* held, const Verdicts::Asked& asked,
                    const Outcome& outcome, const Situations::Set& cells, double from,
                    double until);
  void show_keys(const Between& act, const Situations::Set& cells);
  void happens(std::map<std::pair<std::size_t, std::size_t>, Happened>& where, std::size_t node,
               std::size_t what, const Situations::Set& cells, double first);
  bool take(Derivations::Arrival arrival);

  Derivations& out_;
  const World& world_;
  const Vocabulary& words_;
  std::vector<Between> acts_;
  std::vector<Occasion> occasions_;                ///< By flow.
  std::vector<std::vector<std::size_t>> acts_of_;  ///< By node: where it acts, holds or is asked.
  std::vector<std::vector<std::size_t>> held_by_;  ///< By node: holdings.
  std::map<std::pair<std::size_t, std::size_t>, Happened> receipts_;  ///< Recipient, category.
  std::map<std::pair<std::size_t, std::size_t>, Happened> hits_;      ///< Asker, node asked.
  std::map<std::pair<std::size_t, std::size_t>, Happened> requests_;  ///< Node asked, 0.
  std::set<std::size_t> changed_nodes_;
};

}  // namespace onward
