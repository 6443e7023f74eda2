// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/proof/verdicts.hpp"

namespace onward {

/// Copies that no later decision tells apart, of all people in some cells.
struct Holding {
  NodeId holder;
  CategoryId category;
  std::uint32_t provenance = 0;
  NodeId recorder;       ///< One of those who record as the copy's collector does.
  bool outside = false;  ///< So far only what no rule governs has happened to it.

  auto operator<=>(const Holding&) const = default;
};

/// A holding, and how it can be.
struct Possession {
  Holding what;
  Situations::Set cells;      ///< Closed: where its people may come to be, too.
  double earliest = 0;        ///< Day of the first that can arrive.
  double latest_arrival = 0;  ///< No later one arrives.
  double latest = 0;          ///< None is held after this day.
};

/// What brings data to a holder.
enum class HopKind { collected, stock, own, disclosed, answered, hit, no_hit, key };

/// One act by which copies of one holding become copies of another.
struct Hop {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  HopKind kind = HopKind::collected;
  std::size_t from = none;  ///< Holding; none: from the person, from stock, or a mere answer.
  std::size_t to = 0;
  std::optional<NodeId> sender;
  ActionId action;
  PurposeId purpose;
  CategoryId decided;  ///< The category that was asked for; for `hit` not the one that is got.
  std::uint32_t provenance = 0;  ///< Under which it was decided.
  const Outcome* outcome = nullptr;
  const Outcome* asked_under =
      nullptr;              ///< Of a key: the answer to the query that it is shown for.
  Situations::Set enabled;  ///< Those for whom the act can come about at all.
  double ready = 0;         ///< The first day on which it can.
  double quickest = 0;      ///< Days on the way.
  double slowest = 0;
  std::optional<std::size_t> flow;  ///< Of the world; in law none is needed.
  double keep_days = 0;             ///< The longest that the recipient keeps it.

  [[nodiscard]] bool governed() const {
    return outcome == nullptr || outcome->verdict == Verdict::permit;
  }
};

/// Everything that can come about, for everybody: holdings, and the acts between them.
///
/// Soundness: docs/method/proof.md.
class Derivations {
 public:
  /// Beyond these the question is given up as undecided.
  static constexpr std::size_t max_holdings = 200000;
  static constexpr std::size_t max_decisions = 200000;

  /// What is not relevant is left out; `situations` must tell apart what is.
  Derivations(const Model& model, const CompiledPolicy& policy, const Situations& situations,
              const Assumptions& assumptions, Relevance relevance);
  Derivations(const Derivations&) = delete;
  Derivations& operator=(const Derivations&) = delete;

  [[nodiscard]] const std::vector<Possession>& holdings() const { return holdings_; }
  [[nodiscard]] const std::vector<Hop>& hops() const { return hops_; }
  [[nodiscard]] const Verdicts& verdicts() const { return verdicts_; }
  [[nodiscard]] const Situations& situations() const { return situations_; }
  [[nodiscard]] const Model& model() const { return model_; }
  [[nodiscard]] const CompiledPolicy& policy() const { return policy_; }
  [[nodiscard]] const Assumptions& assumptions() const { return assumptions_; }
  [[nodiscard]] const Relevance& relevance() const { return relevance_; }
  /// There was too much to derive: then nothing can be said to be impossible.
  [[nodiscard]] bool given_up() const { return given_up_ || verdicts_.decisions() > max_decisions; }

  /// Those of whom a hop can bring data, at its moment.
  [[nodiscard]] Situations::Set cells_of(const Hop& hop) const;
  [[nodiscard]] std::optional<std::size_t> find(const Holding& holding) const;

 private:
  friend class LawOfActs;
  friend class WorldOfActs;

  struct Arrival {
    Hop hop;
    Holding what;
    Situations::Set cells;  ///< At the moment of the act.
    double from = 0;        ///< When it can go: first day ...
    double until = 0;       ///< ... and last.
    bool view = false;
  };

  /// Takes in what arrives; whether that changed what can be.
  bool arrive(Arrival arrival);
  /// The days on which a copy of a holding can go under an outcome; nothing if there is none.
  [[nodiscard]] std::optional<std::pair<double, double>> window(const Possession& held,
                                                                const Outcome& outcome,
                                                                double ready) const;
  bool collect(NodeId node, CategoryId category, PurposeId purpose, ActionId action,
               const Situations::Set& cells, double from, double until, bool outside);
  bool place_stock();
  /// Whether another holding leads to all that this one leads to.
  [[nodiscard]] bool dominated(std::size_t number) const;
  [[nodiscard]] Verdicts::Asked asked_of(const Possession& held, ActionId action, NodeId to,
                                         PurposeId purpose) const;
  [[nodiscard]] bool keeps_back(const Possession& held, PurposeId purpose) const;

  const Model& model_;
  const CompiledPolicy& policy_;
  const Situations& situations_;
  Assumptions assumptions_;
  Relevance relevance_;
  Verdicts verdicts_;
  std::vector<Possession> holdings_;
  std::vector<std::uint32_t> growth_;  ///< How often a holding only came to last longer.
  std::map<Holding, std::size_t> numbers_;
  /// Holdings that differ in their provenance alone, or in being outside.
  std::map<std::tuple<NodeId, CategoryId, NodeId>, std::vector<std::size_t>> alike_;
  std::vector<Hop> hops_;
  using HopKey = std::tuple<HopKind, std::size_t, std::size_t, std::size_t, ActionId, PurposeId,
                            CategoryId, const Outcome*, const Outcome*, std::size_t>;
  std::map<HopKey, std::size_t> hop_numbers_;
  std::set<std::size_t> changed_;  ///< Holdings whose acts are to be looked at again.
  std::deque<Outcome> waiting_;    ///< Answers to who asks, taken to wait.
  bool given_up_ = false;
};

}  // namespace onward
