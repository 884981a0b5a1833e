#include "tests/bench/measure.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace indoubt::bench {

namespace {

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  if (values.size() % 2 == 1) return values[middle];
  return (values[middle - 1] + values[middle]) / 2;
}

template <typename Value>
double median_of(const std::vector<Pair>& pairs, Value value) {
  std::vector<double> values;
  for (const Pair& pair : pairs) values.push_back(value(pair));
  return median(values);
}

struct Timed {
  FloorResult result;
  double ns_per_event = 0;
};

Timed timed(const Contender& contender) {
  const auto start = std::chrono::steady_clock::now();
  const FloorResult result = contender.run();
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  const double events = static_cast<double>(std::max<std::uint64_t>(result.events, 1));
  return {result, took.count() / events};
}

bool did_same_work(Comparison::Agreement agreement, const FloorResult& a, const FloorResult& b) {
  switch (agreement) {
    case Comparison::Agreement::nothing: return true;
    case Comparison::Agreement::events: return a.events == b.events;
    case Comparison::Agreement::events_and_time: break;
  }
  return a.events == b.events && a.final_time == b.final_time;
}

void print_row(const Outcome& outcome) {
  const char* name = outcome.comparison.workload.c_str();
  if (!outcome.is_judged()) {
    std::printf("%-33s %14.1f %14s %8s %8s  %s\n", name, outcome.base_ns(), "-", "-", "-",
                "not measured");
    return;
  }
  std::printf("%-33s %14.1f %14.1f %8.2f %8.2f  %s\n", name, outcome.base_ns(),
              outcome.measured_ns(), outcome.ratio(), outcome.comparison.ratio_max,
              outcome.is_met() ? "yes" : "NO");
}

}  // namespace

double Outcome::base_ns() const {
  return median_of(pairs, [](const Pair& pair) { return pair.base_ns; });
}
double Outcome::measured_ns() const {
  return median_of(pairs, [](const Pair& pair) { return pair.measured_ns; });
}
double Outcome::ratio() const {
  return median_of(pairs, [](const Pair& pair) { return pair.measured_ns / pair.base_ns; });
}
bool Outcome::is_met() const {
  return is_judged() && mistake.empty() && !pairs.empty() && ratio() <= comparison.ratio_max;
}

double measure_once(const Comparison& comparison) {
  return comparison.measured ? timed(*comparison.measured).ns_per_event : 0;
}

void measure_pair(Outcome& outcome) {
  const Comparison& comparison = outcome.comparison;
  const Timed base = timed(comparison.base);
  Pair pair{base.ns_per_event, 0};
  if (comparison.measured) {
    const Timed measured = timed(*comparison.measured);
    pair.measured_ns = measured.ns_per_event;
    if (!did_same_work(comparison.agreement, base.result, measured.result)) {
      outcome.mistake = "the two sides differ in what they did";
    }
  }
  outcome.pairs.push_back(pair);
}

Met print_table(const std::vector<Outcome>& outcomes) {
  std::printf("%-33s %14s %14s %8s %8s  %s\n", "workload", "floor ns/event", "world ns/event",
              "ratio", "target", "met?");
  Met met;
  for (const Outcome& outcome : outcomes) {
    print_row(outcome);
    met.judged += outcome.is_judged() ? 1u : 0u;
    met.met += outcome.is_met() ? 1u : 0u;
  }
  for (const Outcome& outcome : outcomes) {
    if (outcome.mistake.empty()) continue;
    std::printf("%s: %s\n", outcome.comparison.workload.c_str(), outcome.mistake.c_str());
  }
  return met;
}

}  // namespace indoubt::bench
