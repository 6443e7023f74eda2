// SPDX-License-Identifier: Apache-2.0
#include "sim/random/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/random/real_math.hpp"

namespace onward {

double exponential(double uniform) {
  return 0 - log_of(1 - uniform);
}

double draw(const Duration& duration, const Luck& luck, Hash site) {
  switch (duration.shape) {
    case DurationShape::fixed: return duration.mean;
    case DurationShape::exponential: return duration.mean * exponential(luck.uniform(site));
    case DurationShape::erlang: {
      double sum = 0;
      for (int stage = 0; stage < duration.stages; ++stage)
        sum += exponential(luck.uniform(site, static_cast<std::uint32_t>(stage)));
      return sum * duration.mean / duration.stages;
    }
    case DurationShape::log_normal: {
      if (duration.mean == 0) return 0;
      const double variance = log_of(1 + duration.cv * duration.cv);
      const double mu = log_of(duration.mean) - 0.5 * variance;
      const double z = normal_quantile(std::min(luck.uniform(site) + 0x1p-54, 1 - 0x1p-53));
      return exp_of(mu + std::sqrt(variance) * z);
    }
    case DurationShape::uniform:
      return duration.low + (duration.high - duration.low) * luck.uniform(site);
    case DurationShape::empirical: {
      std::vector<double> values = duration.values;
      std::sort(values.begin(), values.end());
      return values[static_cast<std::size_t>(luck.uniform(site) *
                                             static_cast<double>(values.size()))];
    }
  }
  return 0;
}

Duration as_duration(const ServiceTime& service, double stretch) {
  Duration duration;
  duration.shape = service.shape;
  duration.mean = service.mean.value * stretch;
  duration.cv = service.cv;
  duration.stages = service.stages;
  return duration;
}

std::size_t choose(std::span<const Option> options, const Luck& luck, Hash where) {
  std::size_t best = options.size();
  double first = std::numeric_limits<double>::infinity();
  for (std::size_t o = 0; o < options.size(); ++o) {
    if (options[o].weight <= 0) continue;
    const double u = luck.uniform(fold(where, options[o].name));
    // Why: -ln(1 - u) is above u, so this one has lost without a logarithm.
    if (best != options.size() && u > first * options[o].weight * (1 + 1e-9)) continue;
    const double arrives = exponential(u) / options[o].weight;
    if (best == options.size() || arrives < first ||
        (arrives == first && options[o].name < options[best].name)) {
      first = arrives;
      best = o;
    }
  }
  return best;
}

}  // namespace onward
