// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "sim/random/draws.hpp"
#include "sim/world/duration.hpp"

namespace onward {

/// A standard exponential variable from a uniform in [0, 1); 0 from 0.
[[nodiscard]] double exponential(double uniform);

/// A duration in days, drawn at a site. A fixed one draws nothing.
///
/// exponential: `-mean ln(1 - u)`; erlang of k stages: the sum of k exponentials of mean
/// `mean / k`, from uniforms 0 to k - 1; log-normal with the given mean and coefficient of
/// variation: `exp(mu + sigma z)`, `sigma^2 = ln(1 + cv^2)`, `mu = ln mean - sigma^2 / 2`,
/// z the normal quantile of `u + 2^-54` (at most `1 - 2^-53`); uniform: `low + (high - low) u`;
/// empirical: the value at `floor(u n)` of the n values in ascending order.
[[nodiscard]] double draw(const Duration& duration, const Luck& luck, Hash site);

/// A service time as a duration, with its mean multiplied by `stretch`.
[[nodiscard]] Duration as_duration(const ServiceTime& service, double stretch = 1);

/// One option of a choice.
struct Option {
  Hash name = 0;
  double weight = 0;
};

/// The index of the option that wins the race of section 1 of docs/method/engine.md: option o
/// arrives at `-ln(1 - u) / weight`, with u at site `M(where, name)`. Some weight must be above 0.
[[nodiscard]] std::size_t choose(std::span<const Option> options, const Luck& luck, Hash where);

}  // namespace onward
