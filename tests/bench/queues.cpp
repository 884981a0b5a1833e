#include "tests/bench/queues.hpp"

#include <cstdint>
#include <cstdio>
#include <string>

#include "tests/bench/floor/floor.hpp"
#include "tests/bench/floor/workloads.hpp"
#include "tests/bench/measure.hpp"

namespace indoubt::bench {

namespace {

struct NamedQueue {
  const char* name;
  QueueKind kind;
};
constexpr NamedQueue queues[] = {{"heap", QueueKind::heap},
                                 {"wheel of 4096", QueueKind::wheel_4096},
                                 {"wheel of 8192", QueueKind::wheel_8192},
                                 {"wheel of 16384", QueueKind::wheel_16384}};

struct NamedWorkload {
  const char* name;
  FloorResult (*run)(QueueKind, std::uint64_t);
  std::uint64_t events;
};
constexpr NamedWorkload workloads[] = {{"pingpong", run_pingpong, pingpong_messages},
                                       {"phold", run_phold, phold_events},
                                       {"churn", run_churn, churn_rpcs}};

double ns_per_event(const NamedWorkload& workload, QueueKind queue) {
  constexpr int rounds = 5;
  const auto run = [&] { return workload.run(queue, workload.events); };
  Outcome outcome{{workload.name, {"floor", run}, std::nullopt, 0, {}}, {}, ""};
  for (int i = 0; i < rounds; ++i) measure_pair(outcome);
  return outcome.base_ns();
}

}  // namespace

void print_queues() {
  std::printf("%-16s", "ns/event");
  for (const auto& workload : workloads) std::printf(" %10s", workload.name);
  std::printf("\n");
  for (const auto& queue : queues) {
    std::printf("%-16s", queue.name);
    for (const auto& workload : workloads)
      std::printf(" %10.1f", ns_per_event(workload, queue.kind));
    std::printf("\n");
  }
}

bool check_queues() {
  constexpr std::uint64_t events = 200'000;
  bool is_equal = true;
  for (const auto& workload : workloads) {
    const FloorResult wanted = workload.run(QueueKind::heap, events);
    for (const auto& queue : queues) {
      if (workload.run(queue.kind, events) == wanted) continue;
      std::printf("%s: %s differs from the heap\n", workload.name, queue.name);
      is_equal = false;
    }
  }
  return is_equal;
}

}  // namespace indoubt::bench
