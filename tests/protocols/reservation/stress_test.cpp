#include "protocols/registry.hpp"
#include "sim/base/random.hpp"
#include "tests/protocols/reservation/ledger.hpp"
#include "tests/support/catch.hpp"

using namespace indoubt;
using namespace indoubt::reservation::test;
using namespace std::chrono_literals;

namespace {

/// Draws for one random deployment.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : seed_{seed} {}
  std::uint64_t below(std::uint64_t bound) { return sim::below(sim::draw(seed_, count_++), bound); }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  sim::Duration between(sim::Duration low, sim::Duration high) {
    return low + sim::Duration{static_cast<std::int64_t>(
                     below(static_cast<std::uint64_t>((high - low).count())))};
  }
  template <typename T>
  T any(std::initializer_list<T> of) {
    return of.begin()[below(of.size())];
  }

 private:
  std::uint64_t seed_;
  std::uint64_t count_ = 0;
};

sim::Distribution exponential(sim::Duration mean) {
  return {sim::Distribution::Shape::exponential, mean, {}};
}
sim::Distribution uniform(sim::Duration low, sim::Duration high) {
  return {sim::Distribution::Shape::uniform, low, high};
}

std::string any_node(Dice& dice) { return dice.any<const char*>({"orders", "store", "courier"}); }

sim::NamedFault any_fault(Dice& dice, std::size_t number) {
  sim::NamedFault fault;
  fault.id = "fault-" + std::to_string(number);
  fault.trigger = sim::Trigger::every;
  fault.every = exponential(dice.between(1s, 15s));
  fault.nodes = {any_node(dice)};
  fault.lasts = dice.between(10ms, 8s);
  fault.action = dice.any({sim::Action::crash, sim::Action::crash, sim::Action::pause,
                           sim::Action::partition, sim::Action::clock, sim::Action::disk});
  if (fault.action == sim::Action::crash) {
    fault.keep = dice.any({sim::Keep::forced, sim::Keep::some, sim::Keep::all, sim::Keep::torn});
    fault.restart_after = dice.between(1ms, 8s);
    if (dice.one_in(2)) {
      fault.trigger = sim::Trigger::when;
      fault.when.fact =
          dice.any({sim::FactKind::held, sim::FactKind::assigned, sim::FactKind::decided,
                    sim::FactKind::released, sim::FactKind::expired, sim::FactKind::replied});
      fault.when.nth = 1 + static_cast<std::uint32_t>(dice.below(12));
    }
  }
  if (fault.action == sim::Action::partition) {
    fault.one_way = dice.one_in(2);
    fault.groups = {{fault.nodes.front()}, {}};
    for (const char* node : {"orders", "store", "courier"}) {
      if (node != fault.nodes.front()) fault.groups[1].emplace_back(node);
    }
    fault.nodes.clear();
  }
  if (fault.action == sim::Action::clock) {
    fault.jump = dice.between(-10s, 10s);
    const auto drift = static_cast<std::int64_t>(dice.below(200'000'000)) - 100'000'000;
    if (dice.one_in(3)) fault.drift_ppb = drift;
  }
  if (fault.action == sim::Action::disk) {
    fault.disk = dice.any({sim::DiskFault::slow, sim::DiskFault::full, sim::DiskFault::error});
    fault.by = dice.between(1ms, 5ms);  // with more, sweeps wait in line for seconds
    fault.restart_after = dice.between(1ms, 3s);
  }
  return fault;
}

/// Few units for many orders, on a bad network, with up to six kinds of fault again and again.
kit::Deployment any_deployment(std::uint64_t seed) {
  Dice dice{seed};
  const auto orders = static_cast<std::uint32_t>(1 + dice.below(20));
  const auto packets = static_cast<std::uint32_t>(1 + dice.below(orders + 1));
  const auto agents = static_cast<std::uint32_t>(1 + dice.below(orders + 1));
  auto deployment = food_delivery(orders, packets, agents);
  deployment.workload.arrivals = exponential(dice.between(1ms, 1s));
  deployment.network.latency = uniform(1ms, dice.between(2ms, 900ms));
  deployment.network.loss.parts_per_billion = static_cast<std::uint32_t>(dice.below(300'000'000));
  deployment.network.duplicate.parts_per_billion =
      static_cast<std::uint32_t>(dice.below(300'000'000));
  for (auto& node : deployment.nodes) {
    node.disk.group_commit = dice.one_in(2);
    node.disk.force = uniform(1us, dice.between(1ms, 30ms));
  }
  deployment.protocol.options = {{"reservation_ttl", dice.between(100ms, 6s)}};
  const std::size_t faults = dice.below(7);
  for (std::size_t i = 0; i < faults; ++i) deployment.faults.push_back(any_fault(dice, i));
  return deployment;
}

/// Other orders may see what is undone later: that is the price of not waiting for a decision.
std::vector<std::string> broken_promises(const Run& run) {
  std::vector<std::string> broken = run.violated;
  std::erase(broken, "isolation");
  return broken;
}

}  // namespace

TEST_CASE("reservation: whatever goes wrong, nothing is sold twice, kept or lost",
          "[reservation][stress]") {
  const std::uint64_t first = 1;
  const std::uint64_t runs = 4000;
  std::size_t placed = 0;
  std::size_t expired = 0;
  std::size_t released = 0;
  for (std::uint64_t seed = first; seed < first + runs; ++seed) {
    const kit::Deployment deployment = any_deployment(seed);
    const Run run{deployment, seed};
    INFO("seed " << seed);
    for (const std::string& what : run.wrong) UNSCOPED_INFO(what);
    REQUIRE(run.wrong.empty());
    CAPTURE(run.violated);
    REQUIRE(broken_promises(run).empty());
    REQUIRE(run.end == sim::EndReason::rest);
    placed += run.count(sim::FactKind::placed);
    expired += run.count(sim::FactKind::expired);
    released += run.count(sim::FactKind::released);
  }
  // The stress is none if one of these never comes.
  CHECK(placed > runs);
  CHECK(expired > runs);
  CHECK(released > runs);
}

TEST_CASE("reservation: the same stress breaks the property that each mistake names",
          "[reservation][stress][mutant]") {
  for (const kit::MutantDecl& mutant : protocols::find_family("reservation")->info.mutants) {
    if (mutant.is_generic) continue;  // what those break is not known
    const auto breaks = [&](std::uint64_t seed) {
      return Run{with_mutant(any_deployment(seed), std::string{mutant.name}), seed}.violates(
          mutant.property);
    };
    std::uint64_t seed = 1;
    while (seed < 3000 && !breaks(seed)) ++seed;
    INFO(mutant.name << " " << mutant.mistake);
    CHECK(seed < 3000);
  }
}

TEST_CASE("reservation: as published, who is told placed has everything, and much else goes wrong",
          "[reservation][stress][published]") {
  std::size_t placed = 0;
  std::size_t leaks = 0;
  for (std::uint64_t seed = 1; seed < 2000; ++seed) {
    kit::Deployment deployment = any_deployment(seed);
    deployment.protocol.variant = "as-published";
    const Run run{deployment, seed};
    for (std::uint32_t order = 1; order <= deployment.workload.orders; ++order) {
      if (!run.placed(order)) continue;
      INFO("seed " << seed << ", order " << order);
      REQUIRE(run.assigned(order) >= 2);
      ++placed;
    }
    leaks += run.violates("no-leak");
  }
  CHECK(placed > 1000);
  CHECK(leaks > 100);
}
