#include <map>
#include <optional>
#include <utility>

#include "tests/support/rapidcheck.hpp"
#include "tests/support/world_runs.hpp"

namespace indoubt::test {
namespace {

/// Records of one node, from the facts alone.
struct Account {
  std::uint32_t appended = 0;
  std::uint32_t durable = 0;
};

}  // namespace

TEST_CASE("world: time never goes back, and a run ends", "[world][order][property]") {
  rc::prop("random deployments", [](std::uint64_t number, std::uint64_t seed) {
    sim::World world = random_world(number);
    sim::TrueTime last{};
    for (const Seen& entry : watch(world, seed, world.plan().faults())) {
      RC_ASSERT(entry.what.time >= last);
      last = entry.what.time;
    }
    RC_ASSERT(world.now() >= last);
    RC_ASSERT(world.end_reason() != sim::EndReason::events);
  });
}

TEST_CASE(
    "world: each crash keeps what was durable, if it leaves the disk, and nothing that was "
    "not appended",
    "[world][disk][property]") {
  rc::prop("random deployments", [](std::uint64_t number, std::uint64_t seed) {
    sim::World world = random_world(number);
    const bool may_lose_disks = sim::lose_forced(world.plan().faults());
    std::map<std::uint16_t, Account> accounts;
    for (const Seen& entry : watch(world, seed, world.plan().faults())) {
      if (entry.what.node == sim::no_node) continue;
      Account& account = accounts[entry.what.node.index];
      if (entry.what.type == sim::Observation::Type::appended) ++account.appended;
      if (entry.what.type != sim::Observation::Type::fact) continue;
      if (entry.fact.kind == sim::FactKind::durable) {
        RC_ASSERT(entry.fact.record > account.durable);
        RC_ASSERT(entry.fact.record <= account.appended);
        account.durable = entry.fact.record;
      }
      if (entry.fact.kind == sim::FactKind::lost) {
        RC_ASSERT(entry.fact.record == account.durable || may_lose_disks);
        RC_ASSERT(entry.fact.record <= account.durable);
        RC_ASSERT(entry.fact.record < account.appended);
        account.appended = account.durable = entry.fact.record;
      }
      if (entry.fact.kind == sim::FactKind::restarted)
        RC_ASSERT(account.appended == account.durable);
    }
    for (const auto& [node, account] : accounts) {
      const sim::Log& log = world.log(sim::NodeId{node});
      RC_ASSERT(log.records() == account.appended);
      RC_ASSERT(log.forced_records() == account.durable);
    }
  });
}

TEST_CASE("world: nothing leaves a node before the forces that it asked for earlier",
          "[world][disk][property]") {
  rc::prop("random deployments", [](std::uint64_t number, std::uint64_t seed) {
    sim::World world = random_world(number);
    struct Handling {
      std::uint16_t last_effect = 0;
      std::vector<std::pair<std::uint16_t, sim::TrueTime>> forces{};  ///< effect, when it is done
    };
    std::map<std::pair<std::uint16_t, std::uint32_t>, Handling> handlings;
    for (const Seen& entry : watch(world, seed, world.plan().faults())) {
      // A fault names the effect before which it fell, which is none of its own.
      const bool is_effect = entry.what.type != sim::Observation::Type::fault;
      if (!is_effect || entry.what.effect_in_handling == 0) continue;
      Handling& handling = handlings[{entry.what.node.index, entry.what.handling}];
      RC_ASSERT(entry.what.effect_in_handling > handling.last_effect ||
                world.plan().plan().nodes[entry.what.node.index].disk.group_commit);
      handling.last_effect = entry.what.effect_in_handling;
      if (entry.what.type == sim::Observation::Type::forcing) {
        handling.forces.push_back({entry.what.effect_in_handling, entry.what.until});
      }
      if (entry.what.type != sim::Observation::Type::sent) continue;
      for (const auto& [effect, done] : handling.forces) {
        if (effect < entry.what.effect_in_handling) RC_ASSERT(entry.what.time >= done);
      }
    }
  });
}

TEST_CASE("world: every message that travels is handled, waits in vain or meets a dead node",
          "[world][network][property]") {
  rc::prop("without crashes and pauses all are handled",
           [](std::uint64_t number, std::uint64_t seed) {
             kit::Deployment deployment = random_deployment(number);
             std::erase_if(deployment.faults, [](const sim::NamedFault& fault) {
               return fault.action == sim::Action::crash || fault.action == sim::Action::disk;
             });
             sim::World world{compile(deployment)};
             std::uint64_t travelling = 0;
             std::uint64_t handled = 0;  // or turned away
             for (const Seen& entry : watch(world, seed, world.plan().faults())) {
               using Type = sim::Observation::Type;
               if (entry.what.type == Type::copied) ++travelling;
               if (entry.what.type == Type::sent && entry.what.fate == sim::Fate::travels)
                 ++travelling;
               const bool is_message = entry.what.type == Type::handling &&
                                       entry.what.kind >= sim::WorldKinds::size &&
                                       !world.plan().message(entry.what.kind).is_timer;
               if (is_message || entry.what.type == Type::turned_away) ++handled;
             }
             if (world.end_reason() == sim::EndReason::rest) RC_ASSERT(handled == travelling);
             RC_ASSERT(handled <= travelling);
           });
}

TEST_CASE("world: work that takes no time changes nothing, slowed or not",
          "[world][work][property]") {
  rc::prop("random deployments", [](std::uint64_t number, std::uint64_t seed) {
    kit::Deployment without = random_deployment(number);
    for (kit::NodeDecl& node : without.nodes) node.work = {};
    kit::Deployment with = without;
    for (kit::NodeDecl& node : with.nodes) node.work.queue = 1;
    for (sim::NamedFault& fault : without.faults) fault.worse.work_times = 1;
    sim::World one{compile(without)};
    sim::World other{compile(with)};
    RC_ASSERT(digest_of(one, seed, one.plan().faults()) ==
              digest_of(other, seed, other.plan().faults()));
  });
}

TEST_CASE("business: units are neither made nor lost, and no unit has two orders",
          "[business][conservation][property]") {
  rc::prop("random deployments, from facts", [](std::uint64_t number, std::uint64_t seed) {
    sim::World world = random_world(number);
    digest_of(world, seed, world.plan().faults());
    struct Change {
      std::uint32_t record;
      std::uint32_t unit;
      std::optional<sim::OrderId> before;
    };
    std::map<std::pair<std::uint16_t, std::uint32_t>, std::optional<sim::OrderId>> holders;
    std::map<std::uint16_t, std::vector<Change>> journal;
    for (const sim::Fact& fact : world.history()) {
      const std::uint16_t node = fact.node.index;
      const bool takes = fact.kind == sim::FactKind::held || fact.kind == sim::FactKind::assigned;
      const bool frees =
          fact.kind == sim::FactKind::released || fact.kind == sim::FactKind::expired;
      if (takes || frees) {
        RC_ASSERT(fact.unit < (world.plan().plan().nodes[node].name == "store" ? 8u : 4u));
        auto& holder = holders[{node, fact.unit}];
        journal[node].push_back({fact.record, fact.unit, holder});
        // Named, because RC_ASSERT looks at both sides of an "or".
        const bool is_its_own = holder == std::optional{fact.order};
        const bool may_take = !holder.has_value() || is_its_own;
        if (takes) RC_ASSERT(may_take);
        if (frees) RC_ASSERT(is_its_own);
        holder = takes ? std::optional{fact.order} : std::nullopt;
      }
      if (fact.kind != sim::FactKind::lost) continue;
      while (!journal[node].empty() && journal[node].back().record >= fact.record) {
        holders[{node, journal[node].back().unit}] = journal[node].back().before;
        journal[node].pop_back();
      }
    }
  });
}

}  // namespace indoubt::test
