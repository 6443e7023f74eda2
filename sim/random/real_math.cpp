// SPDX-License-Identifier: Apache-2.0
#include "sim/random/real_math.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace onward {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
// ln 2 in two parts: the first has 21 zero bits at its end, so that its products with
// exponents are exact.
constexpr double ln2_high = 0x1.62e42feep-1;
constexpr double ln2_low = 0x1.a39ef35793c76p-33;

/// m and e with x = m 2^e and m in [sqrt(1/2), sqrt(2)).
struct Reduced {
  double m;
  int e;
};

Reduced reduce(double x) {
  int e = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= 0x1p54;
    e = -54;
  }
  const auto bits = std::bit_cast<std::uint64_t>(x);
  e += static_cast<int>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);
  if (m > 0x1.6a09e667f3bcdp+0) {
    m *= 0.5;
    ++e;
  }
  return {m, e};
}

/// x 2^e without overflow on the way.
double scale(double x, int e) {
  const auto two_to = [](int power) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(power + 1023) << 52);
  };
  while (e > 1023) {
    x *= two_to(1023);
    e -= 1023;
  }
  while (e < -1022) {
    x *= two_to(-1022);
    e += 1022;
  }
  return x * two_to(e);
}

}  // namespace

double log_of(double x) {
  if (x == 0) return -infinity;
  const Reduced r = reduce(x);
  // With f = m - 1 and s = f / (2 + f): ln m = 2 artanh s = f - f^2/2 + s (f^2/2 + R),
  // R = 2 (s^2/3 + s^4/5 + ..); the first two terms are exact enough to carry the last place.
  const double f = r.m - 1;
  const double s = f / (2 + f);
  const double z = s * s;
  // Two chains side by side, because each step of one waits for the last.
  const double w = z * z;
  double odd = 2.0 / 23;
  double even = 2.0 / 21;
  for (int k = 19; k >= 3; k -= 4) odd = odd * w + 2.0 / k;
  for (int k = 17; k >= 5; k -= 4) even = even * w + 2.0 / k;
  const double series = z * odd + w * even;
  const double half = 0.5 * f * f;
  const double e = r.e;
  return e * ln2_high - ((half - (s * (half + series) + e * ln2_low)) - f);
}

double exp_of(double x) {
  if (x > 709.782712893384) return infinity;
  if (x < -745.2) return 0;
  const double k = std::floor(x * 0x1.71547652b82fep+0 + 0.5);
  const double high = x - k * ln2_high;
  const double low = k * ln2_low;
  const double r = high - low;
  // e^r - 1 by its power series; |r| <= 0.35, so the 15th term is below 2^-60.
  double series = 1;
  for (int n = 15; n >= 3; --n) series = 1 + series * r / n;
  // What r lost to rounding comes back to first order.
  const double lost = (high - r) - low;
  const double tail = 0.5 * r * r * series + lost * (1 + r);
  return scale(1 + (r + tail), static_cast<int>(k));
}

double power_of(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (x == 0) return y > 0 ? 0 : infinity;
  return exp_of(y * log_of(x));
}

double normal_quantile(double p) {
  // Abramowitz and Stegun 26.2.23 gives a start within 4.5e-4 of the tail's quantile.
  const bool lower = p < 0.5;
  const double tail = lower ? p : 1 - p;
  const double t = std::sqrt(-2 * log_of(tail));
  double z = t - ((0.010328 * t + 0.802853) * t + 2.515517) /
                     (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1);
  // Chance above z by the continued fraction (z > 2) or the power series of the integral.
  const auto above = [](double at) {
    const double density = 0.3989422804014326779 * exp_of(-0.5 * at * at);
    if (at > 2) {
      double fraction = at;
      for (int k = 150; k >= 1; --k) fraction = at + k / fraction;
      return density / fraction;
    }
    double term = at;
    double sum = at;
    for (int k = 1; k <= 60; ++k) {
      term *= at * at / (2 * k + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  };
  for (int step = 0; step < 3; ++step) {
    const double density = 0.3989422804014326779 * exp_of(-0.5 * z * z);
    const double error = (above(z) - tail) / density;
    z += error / (1 - 0.5 * z * error);
  }
  return lower ? -z : z;
}

}  // namespace onward
