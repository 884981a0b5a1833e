#include <array>
#include <map>
#include <optional>

#include "tests/support/rapidcheck.hpp"
#include "tests/support/world_runs.hpp"

namespace indoubt::test {
namespace {

/// What chance does to messages, by (from, to, order, n): nothing but the name of the draw.
using Draws = std::map<std::array<std::uint64_t, 4>, std::int64_t>;

Draws latencies(const std::vector<Seen>& seen, const sim::Plan& plan) {
  Draws draws;
  for (const Seen& entry : seen) {
    const auto& sent = entry.what;
    if (sent.type != sim::Observation::Type::sent || sent.fate != sim::Fate::travels) continue;
    const std::uint64_t from = sim::hash_name(plan.nodes[sent.node.index].name);
    const std::uint64_t to = sim::hash_name(plan.nodes[sent.peer.index].name);
    draws[{from, to, sent.order.index, sent.nth}] = (sent.until - sent.time).count();
  }
  return draws;
}

/// The n-th force of each order on each node: how long it took.
Draws forces(const std::vector<Seen>& seen, const sim::Plan& plan) {
  Draws draws;
  std::map<std::array<std::uint64_t, 2>, std::uint64_t> counts;
  for (const Seen& entry : seen) {
    const auto& forcing = entry.what;
    if (forcing.type != sim::Observation::Type::forcing) continue;
    const std::uint64_t node = sim::hash_name(plan.nodes[forcing.node.index].name);
    const std::uint64_t nth = counts[{node, forcing.order.index}]++;
    draws[{node, 0, forcing.order.index, nth}] = (forcing.until - forcing.time).count();
  }
  return draws;
}

/// How many draws both runs made, if each came out the same; none if one did not.
std::optional<std::size_t> common(const Draws& some, const Draws& others) {
  std::size_t count = 0;
  for (const auto& [name, value] : some) {
    const auto other = others.find(name);
    if (other == others.end()) continue;
    if (other->second != value) return std::nullopt;
    ++count;
  }
  return count;
}

/// Links without order and without delays by faults, disks that are not slowed: then what is seen
/// is what was drawn.
kit::Deployment plain_deployment(std::uint64_t number) {
  kit::Deployment deployment = random_deployment(number);
  for (auto& link : deployment.links) link.quality.fifo = false;
  for (auto& node : deployment.nodes) {
    node.disk.group_commit = false;
    node.work = {};
  }
  std::erase_if(deployment.faults, [](const sim::NamedFault& fault) {
    return fault.action == sim::Action::delay ||
           (fault.action == sim::Action::disk && fault.disk == sim::DiskFault::slow);
  });
  for (sim::NamedFault& fault : deployment.faults) {
    fault.worse = {.loss = fault.worse.loss, .duplicate = fault.worse.duplicate};
  }
  return deployment;
}

}  // namespace

TEST_CASE("world: taking a fault away leaves every unrelated draw as it was",
          "[world][draws][property]") {
  rc::prop("latencies and forces", [](std::uint64_t number, std::uint64_t seed) {
    const kit::Deployment deployment = plain_deployment(number);
    RC_PRE(!deployment.faults.empty());
    sim::World world{compile(deployment)};
    const sim::Plan& plan = world.plan().plan();
    const auto all = watch(world, seed, plan.faults);
    sim::Schedule fewer = plan.faults;
    const auto taken = *rc::gen::inRange<std::size_t>(0, fewer.size());
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(taken));
    const auto rest = watch(world, seed, fewer);
    RC_ASSERT(common(latencies(all, plan), latencies(rest, plan)).has_value());
    RC_ASSERT(common(forces(all, plan), forces(rest, plan)).has_value());
  });
}

TEST_CASE("world: another node leaves every unrelated draw as it was", "[world][draws][property]") {
  rc::prop("latencies and forces", [](std::uint64_t number, std::uint64_t seed) {
    kit::Deployment deployment = plain_deployment(number);
    sim::World world{compile(deployment)};
    const auto before = watch(world, seed, world.plan().faults());
    deployment.nodes.insert(deployment.nodes.begin(),
                            {.name = "depot", .role = {}, .host = {}, .stock = {{"van", 1}}});
    sim::World larger{compile(deployment)};
    const auto after = watch(larger, seed, larger.plan().faults());
    const sim::Plan& plan = world.plan().plan();
    const sim::Plan& larger_plan = larger.plan().plan();
    const auto same = common(latencies(before, plan), latencies(after, larger_plan));
    RC_ASSERT(same.has_value());
    RC_ASSERT(*same == latencies(before, plan).size());
    RC_ASSERT(common(forces(before, plan), forces(after, larger_plan)).has_value());
  });
}

}  // namespace indoubt::test
