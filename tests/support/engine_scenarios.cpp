// SPDX-License-Identifier: Apache-2.0
#include "tests/support/engine_scenarios.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

#include "tests/support/small_scenario.hpp"

namespace onward::test_support {

using nlohmann::json;

json claim(double value) {
  return {{"value", value}, {"low", value}, {"high", value}, {"evidence", "illustrative"}};
}

json exponential_days(double mean) {
  return {{"dist", "exponential"}, {"mean", mean}};
}

json permit(const std::vector<std::string>& actions) {
  return {{"effect", "permit"}, {"action", actions}, {"basis", invented("Act")}};
}

json disclosure(const json& on, const std::string& from, const std::string& to) {
  return {{"on", on},
          {"from", {{"node", from}}},
          {"to", {{"node", to}}},
          {"action", "disclose"},
          {"data", "identity"},
          {"purpose", "work"}};
}

json met_by_office(int people, double horizon) {
  json document = small_scenario();
  document["population"]["groups"]["all"]["people"] = people;
  document["population"]["journeys"]["stay"]["states"]["here"] = {
      {"at", "office"}, {"collects", "identity"}, {"purpose", "work"}};
  document["policies"][0]["rules"]["collect"] = permit({"collect", "retain"});
  document["experiment"]["horizon_days"] = horizon;
  return document;
}

json with_counter(int people, double horizon, double officers, const json& service_days) {
  json document = met_by_office(people, horizon);
  document["world"]["nodes"]["office"]["desks"]["counter"] = {{"officers", claim(officers)},
                                                              {"service_days", service_days}};
  document["world"]["flows"]["refer"] =
      disclosure({{"encounter", {{"node", "office"}}}}, "office", "abroad");
  json refer = permit({"disclose"});
  refer["duties"]["authorised_by"] = {{"of", "office"}, {"desk", "counter"}};
  document["policies"][0]["rules"]["refer"] = refer;
  return document;
}

void watch(Replay& replay, std::size_t policy, std::uint32_t replication,
           const std::function<void(const Person&)>& seen) {
  Watch observer(seen);
  ReplayOptions options;
  options.observer = &observer;
  (void)replay.run(policy, replication, options);
}

double Sample::mean() const {
  return std::accumulate(values_.begin(), values_.end(), 0.0) / size();
}

double Sample::variance() const {
  const double middle = mean();
  double sum = 0;
  for (const double value : values_) sum += (value - middle) * (value - middle);
  return sum / (size() - 1);
}

namespace {

testing::AssertionResult verdict(bool passed) {
  return passed ? testing::AssertionSuccess() : testing::AssertionFailure();
}

testing::AssertionResult student(double off, double squared_error, double freedom) {
  const boost::math::students_t t(freedom);
  const double allowed =
      boost::math::quantile(boost::math::complement(t, false_alarm / 2)) * std::sqrt(squared_error);
  return verdict(std::abs(off) <= allowed) << "it is off by " << off << ", allowed are " << allowed;
}

}  // namespace

testing::AssertionResult has_mean(const Sample& sample, double expected) {
  return student(sample.mean() - expected, sample.squared_error(), sample.size() - 1)
         << "; the mean is " << sample.mean() << ", expected is " << expected;
}

testing::AssertionResult same_mean(const Sample& one, const Sample& other) {
  return student(one.mean() - other.mean(), one.squared_error() + other.squared_error(),
                 std::min(one.size(), other.size()) - 1)
         << "; the means are " << one.mean() << " and " << other.mean();
}

testing::AssertionResult has_variance(const Sample& sample, double expected) {
  const boost::math::chi_squared chi(sample.size() - 1);
  const double scaled = sample.variance() / expected * (sample.size() - 1);
  const double low = boost::math::quantile(chi, false_alarm / 2);
  const double high = boost::math::quantile(boost::math::complement(chi, false_alarm / 2));
  return verdict(scaled >= low && scaled <= high)
         << "the variance is " << sample.variance() << ", expected is " << expected;
}

testing::AssertionResult is_share(std::uint64_t hits, std::uint64_t of, double expected) {
  const boost::math::binomial count(static_cast<double>(of), expected);
  const auto seen = static_cast<double>(hits);
  const double below = boost::math::cdf(count, seen);
  const double above = hits == 0 ? 1 : boost::math::cdf(boost::math::complement(count, seen - 1));
  return verdict(of > 0 && std::min(below, above) >= false_alarm / 2)
         << hits << " of " << of << ", a share of " << seen / static_cast<double>(of)
         << ", expected is " << expected;
}

testing::AssertionResult has_distribution(std::vector<double> values,
                                          const std::function<double(double)>& cdf) {
  std::sort(values.begin(), values.end());
  const auto count = static_cast<double>(values.size());
  double distance = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double expected = cdf(values[i]);
    distance = std::max({distance, expected - static_cast<double>(i) / count,
                         static_cast<double>(i + 1) / count - expected});
  }
  const double allowed = std::sqrt(std::log(2 / false_alarm) / (2 * count));
  return verdict(count > 0 && distance <= allowed)
         << "the distance is " << distance << ", allowed are " << allowed;
}

double mean_wait(double load, int officers) {
  const double offered = load * officers;
  double term = 1;  // offered^k / k!
  double sum = 0;
  for (int k = 0; k < officers; ++k) {
    sum += term;
    term *= offered / (k + 1);
  }
  const double all_busy = term / (1 - load) / (sum + term / (1 - load));
  return all_busy / (officers * (1 - load));
}

}  // namespace onward::test_support
