// Measures the targets as ratios, in one process, and prints one table.
//
//   indoubt_bench           the table; exit code 1 when a target was missed
//   indoubt_bench --queues  the floor on each of its queues
//   indoubt_bench --growth  what an event costs with more events pending, and with more nodes
//   indoubt_bench --once    each thing that is measured, once and without the floor: for profilers,
//   and
//                           what scripts/profiled_build learns from; --once WORKLOAD: one of them
//   indoubt_bench --check   no times: do all queues give the same order?
//
// Options of Google Benchmark (--benchmark_filter=..., --benchmark_out=...) work as well.

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdio>
#include <string_view>
#include <vector>

#include "tests/bench/growth.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/queues.hpp"

namespace {

using indoubt::bench::Comparison;
using indoubt::bench::Outcome;

constexpr int rounds_max = 11;
constexpr int rounds_min = 3;
constexpr double seconds_max = 28;  // of 45, for all comparisons together

/// Takes the reports of Google Benchmark and keeps quiet: the table says it all.
class Silence : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>&) override {}
};

/// One iteration is one pair: A B A B ... The first pair warms up, and is forgotten. Short of time,
/// fewer pairs are run: a slow machine gets a coarser answer, not a late one.
void run_comparison(benchmark::State& state, Outcome& outcome, double seconds) {
  indoubt::bench::measure_pair(outcome);
  outcome.pairs.clear();
  const auto start = std::chrono::steady_clock::now();
  int rounds = 0;
  for (auto _ : state) {
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    if (rounds < rounds_min || spent.count() < seconds) {
      indoubt::bench::measure_pair(outcome);
      ++rounds;
    }
    const auto& pair = outcome.pairs.back();
    const bool is_judged = outcome.is_judged();
    state.SetIterationTime((is_judged ? pair.measured_ns : pair.base_ns) * 1e-9);
  }
  state.counters["floor_ns"] = outcome.base_ns();
  if (outcome.is_judged()) state.counters["ratio"] = outcome.ratio();
}

void register_comparison(Outcome& outcome, double seconds) {
  benchmark::RegisterBenchmark(
      outcome.comparison.workload.c_str(),
      [&outcome, seconds](benchmark::State& state) { run_comparison(state, outcome, seconds); })
      ->Iterations(rounds_max)
      ->UseManualTime()
      ->Unit(benchmark::kNanosecond);
}

/// The limits only if everything is to be measured.
bool run_table(bool is_everything) {
  std::vector<Outcome> outcomes;
  for (const Comparison& comparison : indoubt::bench::comparisons()) {
    outcomes.push_back({comparison, {}, ""});
  }
  const double seconds = seconds_max / static_cast<double>(outcomes.size());
  for (Outcome& outcome : outcomes) register_comparison(outcome, seconds);
  Silence silence;
  indoubt::bench::Met met;
  if (is_everything) {
    met = indoubt::bench::print_limits();
    std::printf("\n");
  }
  benchmark::RunSpecifiedBenchmarks(&silence);
  std::erase_if(outcomes, [](const Outcome& outcome) { return outcome.pairs.empty(); });
  met += indoubt::bench::print_table(outcomes);
  std::printf("bench: %zu of %zu targets met\n", met.met, met.judged);
  return met.met == met.judged;
}

/// Without a name, all of them. False if there is none of that name.
bool run_once(std::string_view workload) {
  bool is_known = false;
  for (const Comparison& comparison : indoubt::bench::comparisons()) {
    if (!workload.empty() && workload != comparison.workload) continue;
    is_known = true;
    std::printf("%-33s %14.1f ns/event\n", comparison.workload.c_str(),
                indoubt::bench::measure_once(comparison));
  }
  return is_known;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view mode = argc > 1 ? argv[1] : "";
  if (mode == "--check") return indoubt::bench::check_queues() ? 0 : 1;
  if (mode == "--once") return run_once(argc > 2 ? argv[2] : "") ? 0 : 2;
  if (mode == "--queues") {
    indoubt::bench::print_queues();
    return 0;
  }
  if (mode == "--growth") {
    indoubt::bench::print_growth();
    return 0;
  }
  const bool is_everything = argc == 1;
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  return run_table(is_everything) ? 0 : 1;
}
