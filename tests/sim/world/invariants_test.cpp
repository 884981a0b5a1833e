#include "sim/world/invariants.hpp"

#include <functional>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

using sim::Inspection;

/// A world in the middle of a run, in which something waits everywhere: a force and what comes
/// behind it at one node, a message in the inbox of a second one, which is paused, timers at both,
/// a third one that is down, and faults that are still to come.
struct Busy {
  Toy toy;
  sim::NodeId writer = toy.add("writer", {.force = sim::Distribution::constant(30ms)});
  sim::NodeId paused = toy.add("paused");
  sim::NodeId down = toy.add("down");
  sim::World world;

  Busy() : world{prepare()} {
    world.reset(1, toy.faults);
    while (!node(paused).has_mail()) REQUIRE(world.step());
  }

  std::shared_ptr<const sim::CompiledPlan> prepare() {
    toy.plan.network.latency = sim::Distribution::constant(5ms);
    toy.script(writer).on<sim::Start>(
        {tick(10ms), tock(15ms), note(1), ping(paused), force(), ping(paused), ping(down)});
    toy.script(paused).on<sim::Start>({tick(20ms)});
    toy.fault_at(0ms, sim::Action::crash, {down});
    toy.fault_at(1ms, sim::Action::pause, {paused}).lasts = 100ms;
    toy.fault_at(40ms, sim::Action::pause, {writer});
    sim::Fault& at_a_place = toy.fault(sim::Action::pause, {paused});
    at_a_place.trigger = sim::Trigger::place;
    at_a_place.place.effect = 7;
    return toy.compile();
  }

  sim::Node& node(sim::NodeId id) { return Inspection::nodes(world)[id.index]; }
  sim::Pending& pending() { return Inspection::pending(world); }
  sim::FaultEngine& faults() { return Inspection::faults(world); }
  auto timers_of(sim::NodeId id) { return Inspection::timers(world).of(id); }
  /// Where the table keeps the only timer of `paused`, or the first one of `writer`.
  std::uint32_t& entry(sim::NodeId id) {
    for (std::uint32_t& slot : timers_of(id)) {
      if (slot != sim::no_slot) return slot;
    }
    FAIL("there is a timer");
    return timers_of(id).front();
  }
  sim::PendingTimer& timer() { return pending().slots[entry(writer)].timer; }
  sim::Effect effect(std::uint32_t handling) {
    sim::Effect effect;
    effect.type = sim::EffectType::force;
    effect.handling = handling;
    return effect;
  }
};

struct Mistake {
  std::string broken;  ///< the invariant that notices
  std::function<void(Busy&)> make;
};

std::vector<Mistake> mistakes_with_slots() {
  return {
      {"every slot is free, in the queue or waits at a node",
       [](Busy& busy) { busy.pending().slots.take(); }},
      {"a free slot is free once",
       [](Busy& busy) {
         const std::uint32_t slot = busy.pending().slots.take();
         busy.pending().slots.give_back(slot);
         busy.pending().slots.give_back(slot);
       }},
      {"a slot is in the queue once",
       [](Busy& busy) { busy.pending().slots.give_back(busy.entry(busy.writer)); }},
      {"nothing is due in the past",
       [](Busy& busy) {
         busy.pending().queue.push(sim::QueueEntry::make(at(1ms), 1, busy.entry(busy.writer)));
       }},
      {"what waits at a node is for it, and nowhere else",
       [](Busy& busy) {
         busy.pending().slots[busy.node(busy.paused).inbox_first].to = busy.writer;
       }},
      {"as much is live as is pending", [](Busy& busy) { ++busy.pending().live; }},
      {"as much is live as is pending", [](Busy& busy) { busy.timer().deadline = sim::never; }},
  };
}

std::vector<Mistake> mistakes_with_timers() {
  return {
      {"a timer knows its queue entry", [](Busy& busy) { ++busy.timer().queued_sequence; }},
      {"a timer knows its queue entry", [](Busy& busy) { busy.timer().queued_at += 1ns; }},
      {"a timer knows whether it waits in an inbox",
       [](Busy& busy) { busy.timer().in_inbox = true; }},
      {"an armed timer is in the table",
       [](Busy& busy) { busy.entry(busy.writer) = sim::no_slot; }},
      {"the timer table points to its own timers",
       [](Busy& busy) { busy.entry(busy.writer) = busy.entry(busy.paused); }},
      {"the timer table points to its own timers",
       [](Busy& busy) { busy.entry(busy.writer) = busy.node(busy.paused).inbox_first; }},
      {"the timer table points to its own timers",
       [](Busy& busy) { ++busy.pending().slots[busy.entry(busy.writer)].incarnation; }},
      {"a node that is down has no timers",
       [](Busy& busy) { busy.timers_of(busy.down).front() = busy.entry(busy.writer); }},
  };
}

std::vector<Mistake> mistakes_with_faults() {
  return {
      {"the agenda is in order",
       [](Busy& busy) {
         auto& agenda = Inspection::agenda(busy.faults());
         std::swap(agenda.front(), agenda.back());
       }},
      {"the next turn is the next fault's, or the next looking up",
       [](Busy& busy) { Inspection::turn(busy.faults()) += 1ns; }},
      {"no place with a fault is passed without care",
       [](Busy& busy) { busy.node(busy.paused).careful_from = 7; }},
      {"a disk error covers a node while it is in force",
       [](Busy& busy) { busy.node(busy.writer).error_fault = 0; }},
      {"a node reads its machine's clock",
       [](Busy& busy) { busy.node(busy.writer).clock_offset += 1ns; }},
      {"a node reads its machine's clock",
       [](Busy& busy) { busy.node(busy.writer).clock_drifts = true; }},
  };
}

std::vector<Mistake> mistakes_with_nodes() {
  return {
      {"nobody handles anything between two events",
       [](Busy& busy) { Inspection::handling_at(busy.world) = busy.writer; }},
      {"what is forced was appended",
       [](Busy& busy) { Inspection::forced_records(busy.node(busy.writer).log) = 2; }},
      {"effects wait in the order of their handlings",
       [](Busy& busy) { busy.node(busy.writer).tail.push(busy.effect(0)); }},
      {"a node's forces are those pending", [](Busy& busy) { ++busy.node(busy.writer).forces; }},
      {"a node's forces are those pending", [](Busy& busy) { busy.node(busy.writer).forces = 0; }},
      {"nothing waits at a node that is down",
       [](Busy& busy) { busy.node(busy.down).tail.push(busy.effect(1)); }},
      {"nothing waits at a node that is down", [](Busy& busy) { busy.node(busy.down).pauses = 1; }},
      {"nobody waits for nothing", [](Busy& busy) { busy.node(busy.paused).pauses = 0; }},
  };
}

void check_noticed(const std::vector<Mistake>& mistakes) {
  for (const Mistake& mistake : mistakes) {
    Busy busy;
    CHECK(sim::broken_invariant(busy.world) == "");
    mistake.make(busy);
    CHECK(sim::broken_invariant(busy.world) == mistake.broken);
  }
}

}  // namespace

TEST_CASE("invariants: mistakes with slots and the queue are noticed", "[world][invariants]") {
  check_noticed(mistakes_with_slots());
}

TEST_CASE("invariants: mistakes with timers are noticed", "[world][invariants]") {
  check_noticed(mistakes_with_timers());
}

TEST_CASE("invariants: mistakes with faults are noticed", "[world][invariants]") {
  check_noticed(mistakes_with_faults());
}

TEST_CASE("invariants: mistakes with nodes are noticed", "[world][invariants]") {
  check_noticed(mistakes_with_nodes());
}

TEST_CASE("invariants: all hold after each event of a run", "[world][invariants]") {
  Busy busy;
  while (busy.world.step()) REQUIRE(sim::broken_invariant(busy.world) == "");
  CHECK(sim::broken_invariant(busy.world) == "");
}

}  // namespace indoubt::test
