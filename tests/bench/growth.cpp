#include "tests/bench/growth.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>

#include "sim/base/distribution.hpp"
#include "sim/base/random.hpp"
#include "sim/world/queue.hpp"
#include "tests/bench/world/world_workloads.hpp"

namespace indoubt::bench {

namespace {

constexpr std::uint64_t events = 2'000'000;
constexpr std::uint32_t peers_max = 8;  // real nodes talk to a few others, however many there are

/// The least of three, in nanoseconds for each event.
template <typename Run>
double ns_per_event(Run run) {
  double least = 0;
  for (int round = 0; round < 3; ++round) {
    const auto start = std::chrono::steady_clock::now();
    run();
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
    const double ns = took.count() / static_cast<double>(events);
    least = round == 0 ? ns : std::min(least, ns);
  }
  return least;
}

/// Takes the next event and puts it back later, again and again.
void hold(std::uint32_t pending) {
  const sim::Sampler delay{{sim::Distribution::Shape::exponential, sim::Duration{1000}, {}}};
  sim::EventQueue queue;
  std::uint64_t sequence = 0;
  const auto push = [&](sim::TrueTime now, std::uint32_t slot) {
    queue.push(sim::QueueEntry::make(now + delay(sim::draw(1, sequence)), sequence, slot));
    ++sequence;
  };
  for (std::uint32_t i = 0; i < pending; ++i) push(sim::TrueTime{}, i);
  for (std::uint64_t i = 0; i < events; ++i) {
    const sim::QueueEntry entry = queue.pop();
    push(sim::TrueTime{sim::Duration{entry.time}}, entry.slot());
  }
}

double world_ns(std::uint32_t nodes, std::uint32_t pending) {
  const PholdSize size{nodes, std::min(nodes - 1, peers_max), pending};
  return ns_per_event([&] { run_world_phold(events, size); });
}

}  // namespace

void print_growth() {
  std::printf("%-10s %14s %14s\n", "pending", "queue ns/hold", "world ns/event");
  for (const std::uint32_t pending : {10u, 100u, 1'000u, 10'000u, 100'000u}) {
    const double queue_ns = ns_per_event([&] { hold(pending); });
    std::printf("%-10u %14.1f %14.1f\n", pending, queue_ns, world_ns(10, pending));
  }
  std::printf("\n%-10s %14s %14s\n", "nodes", "pending", "world ns/event");
  for (const std::uint32_t nodes : {3u, 10u, 100u, 1'000u, 10'000u}) {
    const std::uint32_t pending = nodes * std::max(1u, 10'000u / nodes);
    std::printf("%-10u %14u %14.1f\n", nodes, pending, world_ns(nodes, pending));
  }
}

}  // namespace indoubt::bench
