// SPDX-License-Identifier: Apache-2.0
//
// Luck by address, the shapes of durations, choices, and the digest of lives.
// Statistical bounds are 5 standard errors of the stated sample (chance 6e-7 in theory), or a
// chance of 1e-6; the samples are fixed, so they hold for good or fail for good.
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/random/digest.hpp"
#include "sim/random/distributions.hpp"

namespace onward {
namespace {

using Block = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

/// Philox 4x32-10 from the paper (Salmon et al. 2011), sharing nothing with the library.
Block philox(Block c, Key key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t first = std::uint64_t{0xD2511F53} * c[0];
    const std::uint64_t second = std::uint64_t{0xCD9E8D57} * c[2];
    c = {static_cast<std::uint32_t>(second >> 32) ^ c[1] ^ key[0],
         static_cast<std::uint32_t>(second),
         static_cast<std::uint32_t>(first >> 32) ^ c[3] ^ key[1],
         static_cast<std::uint32_t>(first)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return c;
}

/// The first 53 of the 64 bits of two words, the second of them high.
double fraction(std::uint32_t low, std::uint32_t high) {
  return std::ldexp(static_cast<double>(((std::uint64_t{high} << 32) | low) >> 11), -53);
}

Hash unscramble(Hash x) {
  for (int i = 0; i < 2; ++i) x = (x ^ (x >> 32)) * 0xcfee444d8b59a89bULL;
  return x ^ (x >> 32);
}

/// The site which, added to the group, gives this address.
constexpr Hash site_at(Hash group, Hash address) {
  return address - group;
}

/// The name which, folded after `where`, gives this site.
Hash name_at(Hash where, Hash site) {
  return (unscramble(site) - where * 0x9e3779b97f4a7c15ULL) ^ 0xa0761d6478bd642fULL;
}

constexpr Hash people = hash_of("people");

Luck person(std::uint32_t index) {
  return {{7, 3}, people, index};
}

// Addresses found by running Philox backwards: the 53 bits are all 0, or all 1.
const Luck least_lucky({1, 0}, people, 1456915513);
constexpr Hash least_site = site_at(people, 0x473c8a72df7a9c29ULL);
const Luck most_lucky({1, 0}, people, 2272303278);
constexpr Hash most_site = site_at(people, 0x4863b71f903162e1ULL);

TEST(Philox, plain_implementation_gives_the_published_answers) {
  // tests/kat_vectors of Random123, philox4x32 10.
  constexpr std::uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
            (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Luck, uniform_gives_the_published_answer_of_the_counter_of_zeros) {
  const Luck luck({0, 0}, people, 0);
  const Hash where = site_at(people, 0);
  EXPECT_EQ(luck.uniform(where, 0), fraction(0x6627e8d5, 0xe169c58d));
  EXPECT_EQ(luck.uniform(where, 1), fraction(0xbc57ac4c, 0x9b00dbd8));
}

TEST(Luck, uniform_gives_the_published_answer_of_the_digits_of_pi) {
  const Luck luck({0xa4093822, 0x299f31d0}, people, 0x243f6a88);
  const Hash where = site_at(people, 0x13198a2e85a308d3ULL);
  EXPECT_EQ(luck.uniform(where, 2 * 0x03707344), fraction(0xd16cfe09, 0x94fdcceb));
  EXPECT_EQ(luck.uniform(where, 2 * 0x03707344 + 1), fraction(0x5001e420, 0x24126ea1));
}

RC_GTEST_PROP(Luck, uniform_is_philox_of_the_address,
              (Hash group, Hash where, std::uint32_t n, std::uint32_t index, std::uint32_t seed,
               std::uint32_t number)) {
  const Hash address = group + where;
  const Block words = philox({index, static_cast<std::uint32_t>(address),
                              static_cast<std::uint32_t>(address >> 32), n / 2},
                             {seed, number});
  const double expected = n % 2 == 0 ? fraction(words[0], words[1]) : fraction(words[2], words[3]);
  RC_ASSERT(Luck({seed, number}, group, index).uniform(where, n) == expected);
}

TEST(Luck, least_uniform_is_0) {
  EXPECT_EQ(least_lucky.uniform(least_site), 0);
}

TEST(Luck, greatest_uniform_is_just_below_1) {
  EXPECT_EQ(most_lucky.uniform(most_site), std::nextafter(1, 0));
}

TEST(Luck, some_uniforms_are_frozen) {
  const Hash entry = site("entry");
  EXPECT_EQ(Luck({0, 0}, people, 0).uniform(entry, 0), 0x1.0fb184ad00c73p-1);
  EXPECT_EQ(Luck({1, 0}, people, 0).uniform(entry, 0), 0x1.8c488d18002f8p-2);
  EXPECT_EQ(Luck({0, 1}, people, 0).uniform(entry, 0), 0x1.6a57356eccb4ap-1);
  EXPECT_EQ(Luck({0, 0}, people, 1).uniform(entry, 0), 0x1.4a88d905d7444p-2);
  EXPECT_EQ(Luck({0, 0}, people, 0).uniform(entry, 1), 0x1.1d588d25f46e4p-2);
  constexpr std::uint32_t most = 0xffffffff;
  EXPECT_EQ(Luck({most, most}, people, most).uniform(site("loss", 5), most), 0x1.32139d04b3720p-2);
}

TEST(Luck, tie_is_frozen) {
  EXPECT_EQ(Luck({7, 3}, people, 11).tie(hash_of("stock")), 0xaf484267859a48c6ULL);
}

RC_GTEST_PROP(Luck, tie_is_folded_from_seed_replication_group_index_and_lineage,
              (std::uint32_t seed, std::uint32_t number, Hash group, std::uint32_t index,
               Hash lineage)) {
  RC_ASSERT(Luck({seed, number}, group, index).tie(lineage) ==
            fold(hash_of("tie"), seed, number, group, index, lineage));
}

TEST(Hashes, of_names_are_frozen) {
  EXPECT_EQ(hash_of(""), 0x2180a92350d49cceULL);
  EXPECT_EQ(hash_of("a"), 0xfb87681024b2675eULL);
  EXPECT_EQ(hash_of("visit"), 0xaa53d19925677c82ULL);
  EXPECT_EQ(hash_of("caf\xc3\xa9"), 0xccbb72fb0427d57bULL);  // bytes above 127 too
}

TEST(Hashes, folds_are_frozen) {
  EXPECT_EQ(fold(0, 0), 0x402b48357a754f7cULL);
  EXPECT_EQ(fold(1, 2), 0x26f495a98ebb4aacULL);
  EXPECT_EQ(fold(1, 2, Hash{3}), 0x555c3befa89dabb8ULL);
  EXPECT_EQ(site("next", hash_of("work"), 3), 0xe9dc2f64f43b4617ULL);
}

RC_GTEST_PROP(Hashes, scramble_is_one_to_one, (Hash x)) {
  RC_ASSERT(unscramble(scramble(x)) == x);
}

RC_GTEST_PROP(Hashes, fold_goes_from_the_left, (Hash a, Hash b, Hash c, Hash d)) {
  RC_ASSERT(fold(a, b, c, d) == fold(fold(fold(a, b), c), d));
}

RC_GTEST_PROP(Hashes, fold_is_not_symmetric, (Hash a, Hash b)) {
  RC_PRE(a != b);
  RC_ASSERT(fold(a, b) != fold(b, a));
}

TEST(Hashes, site_without_parts_is_the_hash_of_its_kind) {
  EXPECT_EQ(site("entry"), hash_of("entry"));
}

/// What a sample of n has in theory.
struct Theory {
  double mean;
  double variance;
  double kurtosis;  ///< Fourth central moment by the square of the variance.
};

constexpr std::uint32_t sample_size = 40'000;

std::vector<double> sample(const Duration& duration) {
  std::vector<double> values;
  for (std::uint32_t i = 0; i < sample_size; ++i)
    values.push_back(draw(duration, person(i), site("dwell")));
  return values;
}

void expect_moments(const std::vector<double>& values, const Theory& theory) {
  const double n = static_cast<double>(values.size());
  double mean = 0;
  for (const double value : values) mean += value / n;
  double variance = 0;
  for (const double value : values) variance += (value - mean) * (value - mean) / (n - 1);
  EXPECT_NEAR(mean, theory.mean, 5 * std::sqrt(theory.variance / n));
  EXPECT_NEAR(variance, theory.variance,
              5 * theory.variance * std::sqrt((theory.kurtosis - 1) / n));
}

/// Kolmogorov-Smirnov at a chance of 1e-6: sqrt(ln(2 / 1e-6) / 2) = 2.694.
void expect_distribution(std::vector<double> values, const std::function<double(double)>& below) {
  std::sort(values.begin(), values.end());
  const double n = static_cast<double>(values.size());
  double distance = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double at = below(values[i]);
    const double rank = static_cast<double>(i);
    distance = std::max({distance, at - rank / n, (rank + 1) / n - at});
  }
  EXPECT_LT(distance, 2.694 / std::sqrt(n));
}

Duration of_shape(DurationShape shape) {
  Duration duration;
  duration.shape = shape;
  duration.mean = 10;
  duration.cv = 0.5;
  duration.stages = 3;
  duration.low = 2;
  duration.high = 7;
  duration.values = {5, 1, 4, 2, 3};
  return duration;
}

TEST(Luck, uniforms_are_uniform_along_every_part_of_the_address) {
  using Walk = std::function<double(std::uint32_t)>;
  const std::vector<Walk> walks{
      [](auto i) {
        return Luck({i, 3}, people, 5).uniform(1, 1);
      },
      [](auto i) {
        return Luck({7, i}, people, 5).uniform(1, 1);
      },
      [](auto i) {
        return Luck({7, 3}, i, 5).uniform(1, 1);
      },
      [](auto i) {
        return Luck({7, 3}, people, i).uniform(1, 1);
      },
      [](auto i) {
        return Luck({7, 3}, people, 5).uniform(i, 1);
      },
      [](auto i) {
        return Luck({7, 3}, people, 5).uniform(1, i);
      },
  };
  for (std::size_t w = 0; w < walks.size(); ++w) {
    SCOPED_TRACE(w);
    std::vector<double> values;
    for (std::uint32_t i = 0; i < sample_size; ++i) values.push_back(walks[w](i));
    expect_distribution(values, [](double u) { return u; });
    std::vector<double> products;  // of neighbours; 1/4 if independent
    for (std::size_t i = 1; i < values.size(); i += 2)
      products.push_back(values[i] * values[i - 1]);
    expect_moments(products, {1.0 / 4, 7.0 / 144, 3.152});
  }
}

TEST(Draws, fixed_duration_is_its_value_for_everybody) {
  const Duration fixed = of_shape(DurationShape::fixed);
  for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(draw(fixed, person(i), site("dwell")), 10);
}

TEST(Draws, exponential_has_its_mean_and_variance) {
  expect_moments(sample(of_shape(DurationShape::exponential)), {10, 100, 9});
}

TEST(Draws, exponential_has_its_distribution) {
  expect_distribution(sample(of_shape(DurationShape::exponential)),
                      [](double t) { return -std::expm1(-t / 10); });
}

TEST(Draws, exponential_of_the_least_and_greatest_uniform_is_0_and_53_times_ln_2) {
  EXPECT_EQ(exponential(0), 0);
  EXPECT_DOUBLE_EQ(exponential(std::nextafter(1, 0)), 53 * std::log(2));
}

TEST(Draws, erlang_has_its_mean_and_variance) {
  expect_moments(sample(of_shape(DurationShape::erlang)), {10, 100.0 / 3, 3 + 6.0 / 3});
}

TEST(Draws, erlang_has_its_distribution) {
  expect_distribution(sample(of_shape(DurationShape::erlang)), [](double t) {
    const double x = 3 * t / 10;
    return 1 - std::exp(-x) * (1 + x + x * x / 2);
  });
}

TEST(Draws, erlang_adds_exponentials_of_the_first_uniforms_of_the_site) {
  Duration erlang = of_shape(DurationShape::erlang);
  double sum = 0;
  for (int stages = 1; stages < 10; ++stages) {
    erlang.stages = stages;
    sum += exponential(person(0).uniform(1, static_cast<std::uint32_t>(stages - 1)));
    EXPECT_DOUBLE_EQ(draw(erlang, person(0), 1), 10 * sum / stages);
  }
}

TEST(Draws, erlang_of_one_stage_is_exponential) {
  Duration erlang = of_shape(DurationShape::erlang);
  erlang.stages = 1;
  EXPECT_EQ(draw(erlang, person(0), 1), draw(of_shape(DurationShape::exponential), person(0), 1));
}

TEST(Draws, log_normal_has_its_mean_and_variance) {
  const double w = 1.25;  // 1 + cv^2
  expect_moments(sample(of_shape(DurationShape::log_normal)),
                 {10, 25, w * w * w * w + 2 * w * w * w + 3 * w * w - 3});
}

TEST(Draws, log_normal_has_its_distribution) {
  const double variance = std::log(1.25);
  const double mu = std::log(10) - variance / 2;
  expect_distribution(sample(of_shape(DurationShape::log_normal)), [=](double t) {
    return 0.5 * std::erfc((mu - std::log(t)) / std::sqrt(2 * variance));
  });
}

TEST(Draws, log_normal_without_variation_is_its_mean) {
  Duration duration = of_shape(DurationShape::log_normal);
  duration.cv = 0;
  EXPECT_DOUBLE_EQ(draw(duration, person(0), 1), 10);
}

TEST(Draws, log_normal_of_mean_0_is_0) {
  Duration duration = of_shape(DurationShape::log_normal);
  duration.mean = 0;
  EXPECT_EQ(draw(duration, person(0), 1), 0);
}

TEST(Draws, log_normal_of_the_least_uniform_is_more_than_8_deviations_below) {
  const double variance = std::log(1.25);
  EXPECT_NEAR(draw(of_shape(DurationShape::log_normal), least_lucky, least_site),
              10 * std::exp(-variance / 2 - 8.2923610758135951 * std::sqrt(variance)), 1e-11);
}

TEST(Draws, log_normal_of_the_greatest_uniform_is_finite) {
  EXPECT_TRUE(std::isfinite(draw(of_shape(DurationShape::log_normal), most_lucky, most_site)));
}

TEST(Draws, uniform_has_its_mean_and_variance) {
  expect_moments(sample(of_shape(DurationShape::uniform)), {4.5, 25.0 / 12, 1.8});
}

TEST(Draws, uniform_goes_from_low_to_just_below_high) {
  const Duration uniform = of_shape(DurationShape::uniform);
  EXPECT_EQ(draw(uniform, least_lucky, least_site), 2);
  EXPECT_EQ(draw(uniform, most_lucky, most_site), std::nextafter(7, 0));
}

TEST(Draws, empirical_has_the_mean_and_variance_of_its_values) {
  expect_moments(sample(of_shape(DurationShape::empirical)), {3, 2, 34.0 / 5 / 4});
}

TEST(Draws, empirical_goes_from_the_least_to_the_greatest_value) {
  const Duration empirical = of_shape(DurationShape::empirical);
  EXPECT_EQ(draw(empirical, least_lucky, least_site), 1);
  EXPECT_EQ(draw(empirical, most_lucky, most_site), 5);
}

RC_GTEST_PROP(Draws, order_of_empirical_values_does_not_matter, (std::uint32_t index)) {
  Duration duration = of_shape(DurationShape::empirical);
  duration.values = *rc::gen::nonEmpty<std::vector<double>>();
  const double before = draw(duration, person(index), 1);
  std::reverse(duration.values.begin(), duration.values.end());
  std::rotate(duration.values.begin(), duration.values.begin() + 1, duration.values.end());
  RC_ASSERT(draw(duration, person(index), 1) == before);
}

TEST(Draws, every_shape_is_frozen) {
  const Luck luck({1, 2}, people, 3);
  const Hash where = site("dwell", hash_of("work"), 1);
  const auto drawn = [&](DurationShape shape) { return draw(of_shape(shape), luck, where); };
  EXPECT_EQ(drawn(DurationShape::exponential), 0x1.d0abb543e33d3p+1);
  EXPECT_EQ(drawn(DurationShape::log_normal), 0x1.c184f37d0de36p+2);
  EXPECT_EQ(drawn(DurationShape::erlang), 0x1.5e37539373ebfp+1);
  EXPECT_EQ(drawn(DurationShape::uniform), 0x1.c2d5daebf6ecap+1);
  EXPECT_EQ(drawn(DurationShape::empirical), 2);
}

TEST(Draws, service_time_is_stretched_in_its_mean_alone) {
  ServiceTime service;
  service.shape = DurationShape::erlang;
  service.mean.value = 4;
  service.cv = 0.25;
  service.stages = 2;
  const Duration duration = as_duration(service, 1.5);
  EXPECT_EQ(duration.shape, DurationShape::erlang);
  EXPECT_EQ(duration.mean, 6);
  EXPECT_EQ(duration.cv, 0.25);
  EXPECT_EQ(duration.stages, 2);
}

/// The name of the option taken.
Hash taken(const std::vector<Option>& options, const Luck& luck) {
  return options[choose(options, luck, site("next"))].name;
}

/// Options with different names, of which the first at least has a weight.
std::vector<Option> some_options() {
  const std::size_t count = *rc::gen::inRange<std::size_t>(1, 8);
  std::vector<Option> options;
  for (std::size_t o = 0; o < count; ++o)
    options.push_back({scramble(o + 1), 0.125 * *rc::gen::inRange(o == 0 ? 1 : 0, 9)});
  return options;
}

TEST(Choices, are_as_frequent_as_their_weights) {
  const std::vector<Option> options{{11, 1}, {12, 2}, {13, 3}, {14, 4}};
  std::array<double, 4> count{};
  for (std::uint32_t i = 0; i < sample_size; ++i) ++count[choose(options, person(i), site("next"))];
  for (std::size_t o = 0; o < options.size(); ++o) {
    const double p = options[o].weight / 10;
    EXPECT_NEAR(count[o] / sample_size, p, 5 * std::sqrt(p * (1 - p) / sample_size));
  }
}

RC_GTEST_PROP(Choices, first_to_arrive_at_its_own_site_wins, (std::uint32_t index)) {
  const std::vector<Option> options = some_options();
  const auto arrival = [&](const Option& option) {
    const double u = person(index).uniform(fold(site("next"), option.name));
    return option.weight == 0 ? HUGE_VAL : -std::log1p(-u) / option.weight;
  };
  const auto first =
      std::min_element(options.begin(), options.end(),
                       [&](const Option& a, const Option& b) { return arrival(a) < arrival(b); });
  RC_ASSERT(taken(options, person(index)) == first->name);
}

RC_GTEST_PROP(Choices, new_option_takes_people_only_to_itself, (std::uint32_t index)) {
  std::vector<Option> options = some_options();
  const Hash before = taken(options, person(index));
  const Hash fresh = hash_of("new");
  options.insert(options.begin(), {fresh, 0.5});
  const Hash after = taken(options, person(index));
  RC_CLASSIFY(after == fresh);
  RC_ASSERT(after == before || after == fresh);
}

RC_GTEST_PROP(Choices, more_weight_takes_people_only_to_the_option_that_has_it,
              (std::uint32_t index)) {
  std::vector<Option> options = some_options();
  const Hash before = taken(options, person(index));
  options[0].weight *= 3;
  const Hash after = taken(options, person(index));
  RC_ASSERT(after == before || after == options[0].name);
}

RC_GTEST_PROP(Choices, order_of_the_options_does_not_matter, (std::uint32_t index)) {
  std::vector<Option> options = some_options();
  const Hash before = taken(options, person(index));
  std::reverse(options.begin(), options.end());
  const auto middle = *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(options));
  std::rotate(options.begin(), options.begin() + middle, options.end());
  RC_ASSERT(taken(options, person(index)) == before);
}

RC_GTEST_PROP(Choices, scale_of_the_weights_does_not_matter, (std::uint32_t index)) {
  std::vector<Option> options = some_options();
  const Hash before = taken(options, person(index));
  for (Option& option : options) option.weight *= 1024;
  RC_ASSERT(taken(options, person(index)) == before);
}

TEST(Choices, weight_0_is_never_taken) {
  const std::vector<Option> options{{1, 0}, {2, 1}, {3, 0}};
  for (std::uint32_t i = 0; i < 10'000; ++i)
    ASSERT_EQ(choose(options, person(i), site("next")), 1U);
}

TEST(Choices, weight_0_is_not_taken_even_if_it_would_arrive_at_0) {
  // u is 0 at the site of `unlucky`.
  const Hash where = site("next");
  const Hash unlucky = name_at(where, least_site);
  const std::vector<Option> options{{unlucky, 0}, {2, 1}};
  ASSERT_EQ(least_lucky.uniform(fold(where, unlucky)), 0);
  EXPECT_EQ(choose(options, least_lucky, where), 1U);
}

TEST(Choices, weight_that_rounding_has_put_below_0_is_never_taken) {
  const std::vector<Option> options{{1, 0.3 - (0.1 + 0.2)}, {2, 1}};
  ASSERT_LT(options[0].weight, 0);
  for (std::uint32_t i = 0; i < 1'000; ++i) ASSERT_EQ(choose(options, person(i), site("next")), 1U);
}

TEST(Choices, in_a_tie_the_lower_hash_wins) {
  std::vector<Option> options{{1, 0}, {2, 0}};
  for (Option& option : options)  // both arrive at 1
    option.weight = exponential(person(0).uniform(fold(site("next"), option.name)));
  EXPECT_EQ(taken(options, person(0)), 1U);
  std::reverse(options.begin(), options.end());
  EXPECT_EQ(taken(options, person(0)), 1U);
}

/// A life with these words.
template <class... Words>
Digest life(std::uint32_t index, Words... words) {
  LifeHash hash(people, index);
  (hash.add(words), ...);
  return hash.digest();
}

TEST(Digests, one_life_is_frozen) {
  EXPECT_EQ(to_string(life(4, hash_of("encounter"), 1.5, hash_of("desk"))),
            "cc18b261aa7b755c5f4e421672d5a04e");
}

TEST(Digests, text_keeps_zeros_in_front) {
  EXPECT_EQ(to_string({0xab, 0x1}), "00000000000000ab0000000000000001");
}

TEST(Digests, order_of_people_does_not_matter) {
  std::vector<Digest> lives;
  for (std::uint32_t i = 0; i < 20; ++i) lives.push_back(life(i, Hash{5}, 0.25 * i));
  Digest forward;
  for (const Digest& one : lives) forward += one;
  Digest backward;
  for (std::size_t i = lives.size(); i > 0; --i) backward += lives[i - 1];
  EXPECT_EQ(forward, backward);
}

TEST(Digests, everybody_counts) {
  Digest two = life(1, Hash{5});
  two += life(2, Hash{5});
  EXPECT_NE(two.a, life(1, Hash{5}).a);
  EXPECT_NE(two.b, life(1, Hash{5}).b);
}

TEST(Digests, lanes_are_summed_apart) {
  Digest sum{~Hash{0}, 3};
  sum += {2, 4};
  EXPECT_EQ(sum, (Digest{1, 7}));
}

RC_GTEST_PROP(Digests, order_of_words_matters_in_both_lanes, (Hash a, Hash b)) {
  RC_PRE(a != b);
  RC_ASSERT(life(1, a, b).a != life(1, b, a).a);
  RC_ASSERT(life(1, a, b).b != life(1, b, a).b);
}

RC_GTEST_PROP(Digests, same_words_mean_another_digest_for_another_person, (Hash word)) {
  RC_ASSERT(life(1, word).a != life(2, word).a);
  RC_ASSERT(life(1, word).b != life(2, word).b);
}

TEST(Digests, empty_life_adds_nothing) {
  EXPECT_EQ(LifeHash(people, 4).digest(), Digest{});
}

TEST(Digests, word_0_adds_something) {
  EXPECT_NE(life(4, Hash{0}), Digest{});
  EXPECT_NE(life(4, Hash{0}), life(4, Hash{0}, Hash{0}));
}

RC_GTEST_PROP(Digests, words_count_the_same_together_and_one_by_one, (Hash a, double b, Hash c)) {
  LifeHash together(people, 1);
  together.add(a, b, c);
  RC_ASSERT(together.digest() == life(1, a, b, c));
}

RC_GTEST_PROP(Digests, numbers_are_taken_by_their_bits, (double number)) {
  RC_ASSERT(life(1, number) == life(1, std::bit_cast<Hash>(number)));
}

}  // namespace
}  // namespace onward
