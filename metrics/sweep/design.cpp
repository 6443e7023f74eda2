// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "metrics/sweep/sweep.hpp"
#include "sim/random/draws.hpp"
#include "sim/random/real_math.hpp"
#include "sim/scenario/decision_json.hpp"

namespace onward {
namespace {

/// The key domain of design points (docs/method/engine.md, section 1): no replication has this
/// number.
constexpr std::uint32_t design_domain = 0xffffffff;

Level level_of(const Value& value) {
  Level level{to_json(value).dump(), {}, value};
  if (value.is(Value::Kind::number)) level.number = value.number;
  return level;
}

Level number_level(double number) {
  return level_of(override_number("", number, "").value);
}

Level switch_level(bool on) {
  Value value;
  value.kind = Value::Kind::string;
  value.text = on ? "on" : "off";
  return level_of(value);
}

/// The number of a range at a share of its length.
double between(const Factor& factor, double share) {
  if (!factor.logarithmic) return factor.low + share * (factor.high - factor.low);
  return factor.low * exp_of(share * log_of(factor.high / factor.low));
}

/// A number of a range for a share that is drawn evenly from 0 to 1.
double drawn_at(const Factor& factor, double share) {
  if (!factor.whole) return between(factor, share);
  if (factor.logarithmic) return std::round(between(factor, share));
  const double first = std::ceil(factor.low);
  const double count = std::floor(factor.high) - first + 1;
  return first + std::min(std::floor(share * count), count - 1);
}

/// How many levels a factor has where every combination is wanted.
std::size_t levels_of(const Factor& factor) {
  if (!factor.rule.empty()) return 2;
  return factor.is_range ? static_cast<std::size_t>(factor.steps) : factor.values.size();
}

Level nth_level(const Factor& factor, std::size_t n) {
  if (!factor.rule.empty()) return switch_level(n == 0);
  if (!factor.is_range) return level_of(factor.values[n]);
  const bool last = n + 1 == levels_of(factor);
  const double share = static_cast<double>(n) / static_cast<double>(factor.steps - 1);
  const double number = last ? factor.high : between(factor, share);
  return number_level(factor.whole ? std::round(number) : number);
}

Level level_at(const Factor& factor, double share) {
  if (factor.is_range) return number_level(drawn_at(factor, share));
  const auto count = static_cast<double>(levels_of(factor));
  return nth_level(factor, static_cast<std::size_t>(std::min(share * count, count - 1)));
}

/// One share of the length for each point: one in each of `points` equal parts.
///
/// McKay, Beckman and Conover, "A comparison of three methods", Technometrics 21 (1979).
std::vector<double> strata(const Factor& factor, std::size_t points, std::uint32_t seed) {
  const Hash name = hash_of(factor.name);
  const auto draw = [&](std::size_t point, std::uint32_t n) {
    return Luck({seed, design_domain}, 0, static_cast<std::uint32_t>(point))
        .uniform(site("design", name), n);
  };
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t p = 0; p < points; ++p) order.emplace_back(draw(p, 0), p);
  std::sort(order.begin(), order.end());
  std::vector<double> shares(points);
  for (std::size_t stratum = 0; stratum < points; ++stratum) {
    const std::size_t point = order[stratum].second;
    shares[point] = (static_cast<double>(stratum) + draw(point, 1)) / static_cast<double>(points);
  }
  return shares;
}

Design latin_hypercube(const Sweep& sweep, std::uint32_t seed) {
  const auto points = static_cast<std::size_t>(*sweep.latin_hypercube);
  Design design(points);
  for (const Factor& factor : sweep.factors) {
    const std::vector<double> shares = strata(factor, points, seed);
    for (std::size_t p = 0; p < points; ++p) design[p].push_back(level_at(factor, shares[p]));
  }
  return design;
}

/// Every combination; the last factor varies fastest.
Design combinations(const Sweep& sweep) {
  Design design{{}};
  for (const Factor& factor : sweep.factors) {
    Design longer;
    for (const std::vector<Level>& point : design)
      for (std::size_t n = 0; n < levels_of(factor); ++n) {
        longer.push_back(point);
        longer.back().push_back(nth_level(factor, n));
      }
    design = std::move(longer);
  }
  return design;
}

Value text_value(std::string text, const Place& place) {
  Value value;
  value.kind = Value::Kind::string;
  value.text = std::move(text);
  value.place = place;
  return value;
}

/// A policy with an id of another that it extends, and of a rule that it withdraws.
Value without_rule(const Value& policy, const std::string& extends, const Factor& factor) {
  const Place& place = factor.place;
  Value withdraw;
  withdraw.kind = Value::Kind::object;
  withdraw.place = place;
  withdraw.members.push_back({"withdraw", place, text_value(factor.rule, place)});
  Value patch;
  patch.kind = Value::Kind::array;
  patch.place = place;
  patch.items.push_back(std::move(withdraw));
  Value changed;
  changed.kind = Value::Kind::object;
  changed.place = policy.place;
  changed.members.push_back({"id", place, *policy.find("id")});
  if (const Value* label = policy.find("label"))
    changed.members.push_back({"label", place, *label});
  changed.members.push_back({"extends", place, text_value(extends, place)});
  changed.members.push_back({"patch", place, std::move(patch)});
  return changed;
}

/// Takes a rule out of a policy. Those that extend it go on extending it as it was, under
/// another name.
void switch_off(Draft& draft, const std::string& id, const Factor& factor,
                Diagnostics& diagnostics) {
  const auto is_it = [&](const Value& policy) { return policy.find("id")->text == id; };
  const auto at = std::find_if(draft.policies.begin(), draft.policies.end(), is_it);
  if (at == draft.policies.end()) {
    std::vector<std::string> ids;
    for (const Value& policy : draft.policies) ids.push_back(policy.find("id")->text);
    diagnostics.push_back({Severity::error, factor.place, "unknown policy " + ticked(id),
                           suggest(id, ids, "policies")});
    return;
  }
  const std::string as_it_was = id + "_with_" + factor.rule;
  for (Value& policy : draft.policies)
    if (Value* extends = policy.find("extends"); extends != nullptr && extends->text == id)
      extends->text = as_it_was;
  Value original = *at;
  *at = without_rule(original, as_it_was, factor);
  original.find("id")->text = as_it_was;
  draft.policies.push_back(std::move(original));
}

}  // namespace

std::optional<Design> design_of(const Sweep& sweep, std::uint32_t seed, Diagnostics& diagnostics) {
  if (sweep.latin_hypercube) return latin_hypercube(sweep, seed);
  double points = 1;
  for (const Factor& factor : sweep.factors) points *= static_cast<double>(levels_of(factor));
  if (points <= static_cast<double>(most_points)) return combinations(sweep);
  diagnostics.push_back(
      {Severity::error, sweep.factors.front().place,
       "the factors have more than " + std::to_string(most_points) + " combinations",
       "give fewer values, or take a `latin_hypercube`"});
  return {};
}

LoadResult load_point(const Draft& draft, const Sweep& sweep, const std::vector<Level>& levels) {
  LoadResult result;
  Draft changed = draft;
  std::vector<Override> overrides = sweep.set;
  for (std::size_t f = 0; f < sweep.factors.size(); ++f)
    for (const std::string& pointer : sweep.factors[f].pointers)
      overrides.push_back({pointer, levels[f].value, sweep.factors[f].place});
  if (!override_values(changed, overrides, result.diagnostics)) return result;
  for (std::size_t f = 0; f < sweep.factors.size(); ++f)
    for (const std::string& policy : sweep.factors[f].policies)
      if (levels[f].value.text == "off")
        switch_off(changed, policy, sweep.factors[f], result.diagnostics);
  if (has_errors(result.diagnostics)) return result;
  return load_draft(changed, {});
}

}  // namespace onward
