#include <atomic>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "protocols/registry.hpp"
#include "search/run/trial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/supervised.hpp"

// After the first runs of a cell a run allocates nothing: worlds and judges keep what they have.

namespace {

std::atomic<std::uint64_t> allocations{0};

void* allocate(std::size_t size, std::size_t alignment) {
  ++allocations;
  const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
  void* memory = std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace indoubt::test {
namespace {

using namespace std::chrono_literals;
using Shape = sim::Distribution::Shape;

sim::NamedFault crashes_of(const std::string& node) {
  sim::NamedFault fault;
  fault.id = "crashes of " + node;
  fault.trigger = sim::Trigger::every;
  fault.every = {Shape::exponential, 1s, {}};
  fault.action = sim::Action::crash;
  fault.nodes = {node};
  fault.restart_after = 300ms;
  return fault;
}

/// Orders by one protocol, with everything that can go wrong.
kit::Deployment troubled_orders(const std::string& protocol, std::uint32_t orders) {
  kit::Deployment deployment;
  deployment.nodes.push_back({.name = "orders", .role = "coordinator", .host = ""});
  for (const std::string service : {"store", "courier"}) {
    deployment.nodes.push_back(
        {.name = service, .role = "", .host = "", .stock = {{"unit", orders}}});
    deployment.workload.takes.push_back({service, {{"unit", 1}}});
  }
  deployment.nodes.back().disk = {{Shape::exponential, 2ms, {}}, true};
  deployment.workload.orders = orders;
  deployment.workload.arrivals = sim::Distribution{Shape::exponential, 50ms, {}};
  deployment.protocol.family = protocols::find_family(protocol);
  deployment.network.latency = {Shape::lognormal, 8ms, 60ms};
  deployment.network.loss = {20'000'000};
  deployment.network.duplicate = {20'000'000};
  deployment.limits.quiet_after = sim::TrueTime{3s};
  deployment.faults = {crashes_of("orders"), crashes_of("store")};
  return deployment;
}

/// What runs with these seeds allocate.
std::uint64_t allocated_by(search::Trial& trial, std::uint64_t first, std::uint64_t last) {
  const std::uint64_t before = allocations;
  for (std::uint64_t seed = first; seed <= last; ++seed) trial.run(seed);
  return allocations - before;
}

}  // namespace

TEST_CASE("allocations: runs allocate nothing but room for the largest", "[allocations]") {
  const std::string protocol = GENERATE("two-phase-commit", "paxos-commit", "parallel-commits",
                                        "tcc", "blocking-retry", "saga", "local-message-table");
  const std::uint32_t orders = GENERATE(1u, 20u);
  INFO(protocol);
  const search::Simulation simulation = search::make_simulation(troubled_orders(protocol, orders));
  search::Trial trial{simulation};
  allocated_by(trial, 1, 200);
  // A run that is larger in something than all before makes room for it: ever more seldom.
  CHECK(allocated_by(trial, 201, 1200) <= 8);
  CHECK(allocated_by(trial, 201, 1200) == 0);
  CHECK(trial.world().counters().events != 0);
}

TEST_CASE("allocations: no termination of three-phase commit allocates more than others",
          "[allocations]") {
  const std::string termination = GENERATE("timeout", "skeen", "quorum", "e3pc", "textbook");
  INFO(termination);
  kit::Deployment deployment = troubled_orders("three-phase-commit", 20);
  deployment.protocol.options = {{"termination", termination}};
  const search::Simulation simulation = search::make_simulation(deployment);
  search::Trial trial{simulation};
  allocated_by(trial, 1, 200);
  CHECK(allocated_by(trial, 201, 1200) <= 8);
  CHECK(allocated_by(trial, 201, 1200) == 0);
}

TEST_CASE("allocations: a choreographed saga allocates no more than others", "[allocations]") {
  kit::Deployment deployment = troubled_orders("saga", 20);
  const bool is_supervised = GENERATE(false, true);
  deployment.protocol.options = {{"style", std::string{"choreographed"}},
                                 {"supervisor", is_supervised}};
  const search::Simulation simulation = search::make_simulation(deployment);
  search::Trial trial{simulation};
  allocated_by(trial, 1, 200);
  CHECK(allocated_by(trial, 201, 1200) <= 8);
  CHECK(allocated_by(trial, 201, 1200) == 0);
}

// A broker that is up again delivers everything that it has at one instant: see event sourcing. The
// queue's heap for what is due at one instant doubles then, once and once more.
TEST_CASE("allocations: a saga on queues allocates no more than others", "[allocations]") {
  kit::Deployment deployment = troubled_orders("saga", 20);
  deployment.protocol.options = {{"queues", true}};
  const bool broker_crashes = GENERATE(false, true);
  if (broker_crashes) deployment.faults.push_back(crashes_of("broker"));
  const search::Simulation simulation = search::make_simulation(deployment);
  search::Trial trial{simulation};
  allocated_by(trial, 1, 200);
  CHECK(allocated_by(trial, 201, 1200) <= 10);
  if (broker_crashes) CHECK(allocated_by(trial, 201, 1200) <= 3);
  CHECK(allocated_by(trial, 201, 1200) == 0);
}

// Whoever is up again hears at one instant of all that is unfinished, as in event sourcing, and
// more nodes make room for that. Allocations of each run would be a thousand.
TEST_CASE("allocations: supervised orders allocate no more than others", "[allocations]") {
  const Supervisable choice = GENERATE(from_range(supervisables()));
  const std::int64_t supervisors = GENERATE(1, 2);
  INFO(choice.text() << ", " << supervisors);
  kit::Deployment deployment = troubled_orders(choice.name, 20);
  deployment.protocol.variant = choice.variant;
  deployment.protocol.options = choice.options;
  deployment.protocol.options.emplace_back("supervisor", true);
  deployment.protocol.options.emplace_back("supervisors", supervisors);
  deployment.faults.push_back(crashes_of("supervisor"));
  const search::Simulation simulation = search::make_simulation(deployment);
  search::Trial trial{simulation};
  allocated_by(trial, 1, 200);
  CHECK(allocated_by(trial, 201, 1200) <= 24);
  CHECK(allocated_by(trial, 201, 1200) <= 3);
  CHECK(allocated_by(trial, 201, 1200) == 0);
}

TEST_CASE("allocations: no option of two-phase commit allocates more than others",
          "[allocations]") {
  kit::Deployment deployment = troubled_orders("two-phase-commit", 20);
  const std::string option = GENERATE("one_phase", "heuristic", "readers", "passive");
  INFO(option);
  if (option == "one_phase") {
    deployment.workload.takes.pop_back();
    deployment.protocol.options = {{"one_phase", true}};
  } else if (option == "heuristic") {
    deployment.protocol.options = {{"heuristic", std::string{"abort"}},
                                   {"heuristic_after", sim::Duration{50ms}}};
  } else if (option == "passive") {
    deployment.protocol.options = {{"participants", std::string{"passive"}}};
  } else {
    deployment.workload.takes.back().items.clear();
  }
  const search::Simulation simulation = search::make_simulation(deployment);
  search::Trial trial{simulation};
  allocated_by(trial, 1, 200);
  CHECK(allocated_by(trial, 201, 1200) <= 8);
  CHECK(allocated_by(trial, 201, 1200) == 0);
}

TEST_CASE("allocations: an outbox with either relay allocates no more than others",
          "[allocations]") {
  kit::Deployment deployment = troubled_orders("outbox", 20);
  const std::string relay = GENERATE("polling", "log-tailing");
  const bool is_supervised = GENERATE(false, true);
  deployment.protocol.options = {{"relay", relay}, {"supervisor", is_supervised}};
  const search::Simulation simulation = search::make_simulation(deployment);
  search::Trial trial{simulation};
  allocated_by(trial, 1, 200);
  CHECK(allocated_by(trial, 201, 1200) <= 8);
  CHECK(allocated_by(trial, 201, 1200) == 0);
}

// How far ahead of a gap a reader by id has to look, and so how much room it needs, depends on the
// runs before, too, so it is warm after one more round.
TEST_CASE("allocations: neither do inboxes that forget, and a relay that waits for gaps",
          "[allocations]") {
  kit::Deployment deployment = troubled_orders("outbox", 20);
  const bool is_supervised = GENERATE(false, true);
  deployment.protocol.options = {{"supervisor", is_supervised},
                                 {"gap_timeout", sim::Duration{300ms}},
                                 {"inbox_retention", sim::Duration{300ms}}};
  const search::Simulation simulation = search::make_simulation(deployment);
  search::Trial trial{simulation};
  allocated_by(trial, 1, 200);
  CHECK(allocated_by(trial, 201, 1200) <= 8);
  CHECK(allocated_by(trial, 201, 1200) <= 1);
  CHECK(allocated_by(trial, 201, 1200) == 0);
}

// A coordinator that is up to date again sends everything that it owes at one instant. How much
// room the queue of the world needs for that depends on the runs before, too, so it is warm after
// one more round.
TEST_CASE("allocations: event sourcing allocates no more than others", "[allocations]") {
  const std::uint32_t orders = GENERATE(1u, 20u);
  const search::Simulation simulation =
      search::make_simulation(troubled_orders("event-sourcing", orders));
  search::Trial trial{simulation};
  allocated_by(trial, 1, 200);
  CHECK(allocated_by(trial, 201, 1200) <= 8);
  CHECK(allocated_by(trial, 201, 1200) <= 1);
  CHECK(allocated_by(trial, 201, 1200) == 0);
}

TEST_CASE("allocations: neither do broker transactions, half messages and who listens to itself",
          "[allocations]") {
  kit::Deployment deployment = troubled_orders("mq-transaction", 20);
  const std::string mode = GENERATE("broker", "half-message", "none");
  if (mode == "none") deployment.protocol.family = protocols::find_family("listen-to-yourself");
  if (mode != "none") deployment.protocol.options = {{"mode", mode}};
  const search::Simulation simulation = search::make_simulation(deployment);
  search::Trial trial{simulation};
  allocated_by(trial, 1, 200);
  CHECK(allocated_by(trial, 201, 1200) <= 8);
  CHECK(allocated_by(trial, 201, 1200) == 0);
}

TEST_CASE("allocations: the counter counts", "[allocations]") {
  const std::uint64_t before = allocations;
  const auto number = std::make_unique<int>(1);
  CHECK(allocations - before >= 1);
}

}  // namespace indoubt::test
