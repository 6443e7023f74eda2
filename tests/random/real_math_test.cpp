// SPDX-License-Identifier: Apache-2.0
//
// Arithmetic with the same bits everywhere: how near it is to the truth, and that it stays put.
#include "sim/random/real_math.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "sim/random/draws.hpp"

namespace onward {
namespace {

using Real = long double;
static_assert(std::numeric_limits<Real>::digits >= 64, "the truth needs more digits than a double");

constexpr double least = std::numeric_limits<double>::denorm_min();
constexpr double least_normal = std::numeric_limits<double>::min();
constexpr double greatest = std::numeric_limits<double>::max();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double root_half = 0x1.6a09e667f3bcdp-1;
constexpr Real ln2 = 0.693147180559945309417232121458176568L;

/// The same numbers on every machine.
class Numbers {
 public:
  std::uint64_t word() { return words_(); }
  double between(double low, double high) {
    return low + (high - low) * (static_cast<double>(word() >> 11) * 0x1p-53);
  }
  /// Finite, above 0, with any exponent.
  double positive() { return std::bit_cast<double>(1 + word() % std::bit_cast<Hash>(greatest)); }
  double subnormal() { return std::bit_cast<double>(1 + (word() >> (12 + word() % 52))); }

 private:
  std::mt19937_64 words_{20260701};
};

/// Error in units of the last place of the truth.
double ulps(double value, Real truth) {
  const int exponent = truth == 0 ? -1074 : std::max(std::ilogb(truth) - 52, -1074);
  return static_cast<double>(std::abs(static_cast<Real>(value) - truth) /
                             std::ldexp(Real{1}, exponent));
}

void expect_log(double x) {
  EXPECT_LE(ulps(log_of(x), std::log(static_cast<Real>(x))), 1) << std::hexfloat << x;
}

void expect_exp(double x) {
  EXPECT_LE(ulps(exp_of(x), std::exp(static_cast<Real>(x))), 1) << std::hexfloat << x;
}

/// Never falls in the given number of steps on either side.
template <class Function>
void expect_rising(Function function, double middle, int steps, double slack = 0) {
  double x = middle;
  for (int i = 0; i < steps && x > -infinity; ++i) x = std::nextafter(x, -infinity);
  double last = function(x);
  for (int i = 0; i < 2 * steps; ++i) {
    x = std::nextafter(x, infinity);
    const double next = function(x);
    ASSERT_GE(next, last - slack) << std::hexfloat << x;
    last = next;
  }
}

TEST(Log, is_within_a_unit_in_the_last_place_for_all_exponents) {
  Numbers numbers;
  for (int i = 0; i < 200'000; ++i) expect_log(numbers.positive());
}

TEST(Log, is_within_a_unit_in_the_last_place_near_1) {
  Numbers numbers;
  for (int i = 0; i < 200'000; ++i) expect_log(numbers.between(0.5, 2));
  for (int i = 0; i < 200'000; ++i)
    expect_log(1 + std::ldexp(numbers.between(-0.5, 0.5), -static_cast<int>(numbers.word() % 52)));
  expect_log(std::nextafter(1, 0));
  expect_log(std::nextafter(1, 2));
}

TEST(Log, is_within_a_unit_in_the_last_place_for_subnormals) {
  Numbers numbers;
  for (int i = 0; i < 100'000; ++i) expect_log(numbers.subnormal());
}

TEST(Log, is_within_a_unit_in_the_last_place_at_the_ends) {
  for (const double x : {least, 2 * least, least_normal - least, least_normal, greatest})
    expect_log(x);
}

TEST(Log, of_0_is_minus_infinity) {
  EXPECT_EQ(log_of(0), -infinity);
}

TEST(Log, of_1_is_0) {
  EXPECT_EQ(log_of(1), 0);
}

TEST(Log, never_falls_at_the_seams_of_its_reduction) {
  for (int e = -1021; e <= 1023; ++e) {
    expect_rising(log_of, std::ldexp(root_half, e), 20);
    expect_rising(log_of, std::ldexp(1.0, e), 20);
  }
  expect_rising(log_of, least_normal, 1000);
}

TEST(Log, is_frozen) {
  for (const auto& [x, y] :
       std::vector<std::array<double, 2>>{{0x1p-1074, -0x1.74385446d71c3p+9},
                                          {0x1p-1022, -0x1.6232bdd7abcd2p+9},
                                          {0x1.999999999999ap-4, -0x1.26bb1bbb55515p+1},
                                          {0x1.6a09e667f3bcdp-1, -0x1.62e42fefa39eep-2},
                                          {0x1.6a09e667f3bcep-1, -0x1.62e42fefa39ebp-2},
                                          {0x1.fff2e48e8a71ep-1, -0x1.a3738d2cf1cc2p-14},
                                          {0x1p+1, 0x1.62e42fefa39efp-1},
                                          {0x1.8p+1, 0x1.193ea7aad030ap+0},
                                          {0x1.249ad2594c37dp+332, 0x1.cc845b54b54f2p+7},
                                          {0x1.fffffffffffffp+1023, 0x1.62e42fefa39efp+9}})
    EXPECT_EQ(log_of(x), y) << std::hexfloat << x;
}

TEST(Exp, is_within_a_unit_in_the_last_place_over_the_whole_range) {
  Numbers numbers;
  for (int i = 0; i < 200'000; ++i) expect_exp(numbers.between(-708.39, 709.78));
}

TEST(Exp, is_within_a_unit_in_the_last_place_near_0) {
  Numbers numbers;
  for (int i = 0; i < 200'000; ++i)
    expect_exp(std::ldexp(numbers.between(-1, 1), -static_cast<int>(numbers.word() % 60)));
  expect_exp(least);
  expect_exp(-least);
}

TEST(Exp, is_within_a_unit_in_the_last_place_for_subnormal_results) {
  Numbers numbers;
  for (int i = 0; i < 100'000; ++i) expect_exp(numbers.between(-745.2, -708.39));
}

TEST(Exp, of_0_is_1) {
  EXPECT_EQ(exp_of(0), 1);
  EXPECT_EQ(exp_of(-0.0), 1);
}

TEST(Exp, is_finite_up_to_the_logarithm_of_the_greatest_number) {
  const double limit = 0x1.62e42fefa39efp+9;
  expect_exp(limit);
  EXPECT_EQ(exp_of(std::nextafter(limit, infinity)), infinity);
  EXPECT_EQ(exp_of(infinity), infinity);
}

TEST(Exp, is_above_0_down_to_the_logarithm_of_half_the_least_number) {
  EXPECT_EQ(exp_of(-745.13), least);
  EXPECT_EQ(exp_of(-745.14), 0);
  EXPECT_EQ(exp_of(-745.3), 0);
  EXPECT_EQ(exp_of(-infinity), 0);
}

TEST(Exp, never_falls_at_the_seams_of_its_reduction) {
  for (int k = -1075; k <= 1023; ++k) {
    expect_rising(exp_of, static_cast<double>((k + 0.5L) * ln2), 20);
    expect_rising(exp_of, static_cast<double>(k * ln2), 20);
  }
}

TEST(Exp, is_frozen) {
  for (const auto& [x, y] :
       std::vector<std::array<double, 2>>{{-0x1.748p+9, 0x0.0000000000001p-1022},
                                          {-0x1.624p+9, 0x0.e6cf6d08897acp-1022},
                                          {-0x1.26p+5, 0x1.f9494acde2139p-54},
                                          {-0x1p+0, 0x1.78b56362cef38p-2},
                                          {-0x1.62e42fefa39bfp-2, 0x1.6a09e667f3bdep-1},
                                          {0x1.12e0be826d695p-30, 0x1.000000044b83p+0},
                                          {0x1.999999999999ap-4, 0x1.1aec7b35a00d4p+0},
                                          {0x1.62e42fefa3a74p-2, 0x1.6a09e667f3bfcp+0},
                                          {0x1p+0, 0x1.5bf0a8b145769p+1},
                                          {0x1.9p+6, 0x1.3494a9b171bf5p+144},
                                          {0x1.62ep+9, 0x1.ef85a11e73f2dp+1023}})
    EXPECT_EQ(exp_of(x), y) << std::hexfloat << x;
}

/// Where the result is a normal number.
void expect_power(double x, double y) {
  const Real truth = std::pow(static_cast<Real>(x), static_cast<Real>(y));
  const Real bound = 4e-16L * (1 + std::abs(y * std::log(static_cast<Real>(x))));
  EXPECT_LE(std::abs(power_of(x, y) - truth), bound * truth) << std::hexfloat << x << ' ' << y;
}

TEST(Power, is_within_its_bound_for_all_exponents) {
  Numbers numbers;
  for (int i = 0; i < 100'000; ++i) {
    const double x = numbers.positive();
    expect_power(x, numbers.between(-708, 708) / log_of(x));
  }
}

TEST(Power, is_within_its_bound_for_probabilities) {
  Numbers numbers;
  for (int i = 0; i < 100'000; ++i) expect_power(numbers.between(1e-6, 1), numbers.between(0, 50));
}

TEST(Power, is_within_its_bound_for_subnormals) {
  Numbers numbers;
  for (int i = 0; i < 50'000; ++i) expect_power(numbers.subnormal(), numbers.between(-0.9, 0.9));
}

TEST(Power, of_0_to_something_is_0_and_to_less_than_0_infinity) {
  EXPECT_EQ(power_of(0, 0.5), 0);
  EXPECT_EQ(power_of(0, -1), infinity);
}

TEST(Power, of_anything_to_0_is_1) {
  for (const double x : {0.0, least, 0.3, 1.0, 17.0, greatest}) EXPECT_EQ(power_of(x, 0), 1);
}

TEST(Power, of_1_to_anything_is_1) {
  for (const double y : {-1e300, -1.0, 0.0, 0.3, 1e300}) EXPECT_EQ(power_of(1, y), 1);
}

TEST(Power, beyond_the_range_is_0_or_infinity) {
  EXPECT_EQ(power_of(2, 1025), infinity);
  EXPECT_EQ(power_of(2, -1076), 0);
  EXPECT_EQ(power_of(greatest, greatest), infinity);
  EXPECT_EQ(power_of(least, greatest), 0);
}

TEST(Power, is_frozen) {
  for (const auto& [x, y, z] : std::vector<std::array<double, 3>>{
           {0x1p+1, 0x1p-1, 0x1.6a09e667f3bccp+0},
           {0x1.ccccccccccccdp-1, 0x1.28p+5, 0x1.4c31dc5657068p-6},
           {0x1.4p+3, -0x1.8p+1, 0x1.0624dd2f1a9f9p-10},
           {0x1p-1074, 0x1p-2, 0x1.6a09e667f3c13p-269},
           {0x1.000001ad7f29bp+0, 0x1.dcd65p+29, 0x1.349445c228786p+144},
           {0x1.3333333333333p-2, 0x1.6666666666666p-1, 0x1.b8d809c615f41p-2}})
    EXPECT_EQ(power_of(x, y), z) << std::hexfloat << x << ' ' << y;
}

/// The tail beyond the quantile against the tail asked for.
void expect_quantile(double p) {
  const Real z = normal_quantile(p);
  const Real tail = p < 0.5 ? p : 1 - p;
  const Real found = std::erfc((p < 0.5 ? -z : z) / std::sqrt(Real{2})) / 2;
  EXPECT_LE(std::abs(found - tail), 1e-12L * tail) << std::hexfloat << p;
}

TEST(NormalQuantile, tail_is_within_its_bound_in_the_middle) {
  Numbers numbers;
  for (int i = 0; i < 10'000; ++i) expect_quantile(numbers.between(0, 1));
}

TEST(NormalQuantile, tail_is_within_its_bound_at_both_ends_of_what_a_draw_can_give) {
  Numbers numbers;
  for (int i = 0; i < 10'000; ++i) {
    const double tail = exp_of(numbers.between(-53, 0) * 0.6931471805599453);
    expect_quantile(tail / 2);
    expect_quantile(1 - tail / 2);
  }
  expect_quantile(0x1p-54);
  expect_quantile(1 - 0x1p-53);
}

TEST(NormalQuantile, tail_is_within_its_bound_down_to_the_least_normal_number) {
  for (int e = -1022; e < 0; ++e) expect_quantile(std::ldexp(1.0, e));
}

TEST(NormalQuantile, of_one_half_is_0) {
  EXPECT_NEAR(normal_quantile(0.5), 0, 1e-16);
}

TEST(NormalQuantile, has_the_values_of_the_tables) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 2e-14);
  EXPECT_NEAR(normal_quantile(0.01), -2.326347874040841, 2e-14);
}

TEST(NormalQuantile, is_symmetric) {
  Numbers numbers;
  for (int i = 0; i < 1'000; ++i) {
    const double p = 1 - numbers.between(0.5, 1);  // 1 - p is exact
    EXPECT_EQ(normal_quantile(1 - p), -normal_quantile(p));
  }
}

TEST(NormalQuantile, falls_by_rounding_only_at_the_seams) {
  const auto seam = static_cast<double>(std::erfc(std::sqrt(Real{2})) / 2);  // z = -2
  for (const double p : {seam, 1 - seam, 0.5}) expect_rising(normal_quantile, p, 200, 2e-14);
}

TEST(NormalQuantile, never_falls_from_step_to_step) {
  double last = -infinity;
  for (int i = 1; i < 10'000; ++i) {
    const double z = normal_quantile(i * 1e-4);
    ASSERT_GT(z, last);
    last = z;
  }
}

TEST(NormalQuantile, is_frozen) {
  for (const auto& [p, z] :
       std::vector<std::array<double, 2>>{{0x1p-1022, -0x1.2c27b05bf1a0bp+5},
                                          {0x1p-54, -0x1.095b059d67c4cp+3},
                                          {0x1.0c6f7a0b5ed8dp-20, -0x1.30381a9799f7ep+2},
                                          {0x1.47ae147ae147bp-6, -0x1.06e13e8aadfdcp+1},
                                          {0x1.999999999999ap-6, -0x1.f5c0331eeff7dp+0},
                                          {0x1p-2, -0x1.5956b87528a49p-1},
                                          {0x1p-1, 0x1.1e21p-59},
                                          {0x1.f333333333333p-1, 0x1.f5c0331eeff76p+0},
                                          {0x1.f5c28f5c28f5cp-1, 0x1.06e13e8aadfdbp+1},
                                          {0x1.fffffffffffffp-1, 0x1.06b48528cea52p+3}})
    EXPECT_EQ(normal_quantile(p), z) << std::hexfloat << p;
}

/// All the bits of many values in one word.
template <class Function>
Hash bits_of(int count, Function function) {
  Numbers numbers;
  Hash all = 0;
  for (int i = 0; i < count; ++i) all = fold(all, std::bit_cast<Hash>(function(numbers)));
  return all;
}

TEST(RealMath, the_bits_of_many_values_are_frozen) {
  EXPECT_EQ(bits_of(50'000, [](Numbers& n) { return log_of(n.positive()); }),
            0x661df2159a98be2fULL);
  EXPECT_EQ(bits_of(50'000, [](Numbers& n) { return log_of(n.between(0.5, 2)); }),
            0x09de1658101c5be0ULL);
  EXPECT_EQ(bits_of(50'000, [](Numbers& n) { return exp_of(n.between(-745, 709)); }),
            0xd020c1b0f600ecfcULL);
  EXPECT_EQ(bits_of(50'000, [](Numbers& n) { return exp_of(n.between(-1, 1)); }),
            0x7c60d85743091a62ULL);
  EXPECT_EQ(bits_of(50'000,
                    [](Numbers& n) {
                      const double x = n.between(0, 1);
                      return power_of(x, n.between(0, 50));
                    }),
            0x03f381b324ad8547ULL);
  EXPECT_EQ(bits_of(5'000, [](Numbers& n) { return normal_quantile(n.between(0, 1)); }),
            0x8f16de2f6bacd986ULL);
}

TEST(RealMath, the_bits_of_logarithms_at_the_seam_are_frozen) {
  Hash all = 0;
  for (int e = -1000; e < 1000; ++e)
    all = fold(all, std::bit_cast<Hash>(log_of(std::ldexp(root_half, e))));
  EXPECT_EQ(all, 0xe7a2c85d17cc015bULL);
}

}  // namespace
}  // namespace onward
