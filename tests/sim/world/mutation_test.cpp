#include <array>
#include <utility>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

// A mutation changes what a handler does before it takes place. So a mutated role must run as one
// that is written so: same effects, same crash points, same digest.
namespace indoubt::test {
namespace {

using sim::MutationType;

constexpr sim::NodeId a{0};
constexpr sim::NodeId b{1};
constexpr sim::NodeId c{2};
constexpr sim::Kind ping_kind = ToyMessages::of<Ping>();
constexpr sim::Kind tick_kind = ToyMessages::of<Tick>();

/// a asks b, and b does what it is told.
Toy trio(std::vector<Op> ops, bool group_commit = false) {
  Toy toy;
  toy.add("a");
  toy.add("b", {.force = sim::Distribution::constant(3ms), .group_commit = group_commit});
  toy.add("c");
  toy.script(a).on<sim::Start>({ping(b, 1), ping(b, 1).on_order(1)});
  toy.script(b).on<Ping>(std::move(ops));
  return toy;
}

Toy mutated(Toy toy, MutationType type, sim::Kind kind) {
  toy.plan.nodes[b.index].mutations = {{type, kind}};
  return toy;
}

const std::vector<Op> correct{note(1),     ping(a, 2), force(), ping(c, 3), note(2),
                              tick(100ms), ping(a, 4), force(), ping(c, 5), stop_tick()};

/// A mutation, and the correct handler with that mistake in it.
struct Mistake {
  MutationType type;
  sim::Kind kind;
  std::vector<Op> written;
};

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> all{
      {MutationType::skip_force,
       ping_kind,
       {note(1), ping(a, 2), ping(c, 3), note(2), tick(100ms), ping(a, 4), ping(c, 5),
        stop_tick()}},
      {MutationType::send_before_force,
       ping_kind,
       {note(1), ping(a, 2), ping(c, 3), ping(a, 4), force(), note(2), tick(100ms), ping(c, 5),
        force(), stop_tick()}},
      {MutationType::answer_before_applying,
       ping_kind,
       {ping(a, 2), ping(a, 4), note(1), force(), ping(c, 3), note(2), tick(100ms), force(),
        ping(c, 5), stop_tick()}},
      {MutationType::forget_timer,
       tick_kind,
       {note(1), ping(a, 2), force(), ping(c, 3), note(2), ping(a, 4), force(), ping(c, 5),
        stop_tick()}},
      {MutationType::no_answer,
       ping_kind,
       {note(1), force(), ping(c, 3), note(2), tick(100ms), force(), ping(c, 5), stop_tick()}},
  };
  return all;
}

/// The same in what took place, in every number, and in the number of each effect.
void check_same(const Run& run, const Run& other) {
  CHECK(run.effects(b, true) == other.effects(b, true));
  CHECK(run.handled(a) == other.handled(a));
  CHECK(run.handled(c) == other.handled(c));
  CHECK(run.world.digest() == other.world.digest());
  sim::RunCounters counters = run.world.counters();
  counters.mutations = other.world.counters().mutations;
  CHECK(counters == other.world.counters());
  const auto numbers = [](const Run& one) {
    std::vector<std::pair<std::uint64_t, std::uint16_t>> all;
    for (const Seen& seen : one.seen) {
      all.emplace_back(seen.what.effect, seen.what.effect_in_handling);
    }
    return all;
  };
  CHECK(numbers(run) == numbers(other));
}

sim::Fault& crash_in_handling(Toy& toy, std::uint32_t effect) {
  sim::Fault& crash = toy.fault(sim::Action::crash, {b});
  crash.trigger = sim::Trigger::place;
  crash.place = {.handling = sim::Fault::Handling{.kind = ping_kind, .order = sim::OrderId{0}},
                 .effect = effect};
  crash.restart_after = 30ms;
  return crash;
}

}  // namespace

TEST_CASE("mutation: a mutated role runs as one with the mistake in it", "[world][mutation]") {
  const bool group_commit = GENERATE(false, true);
  for (const Mistake& mistake : mistakes()) {
    INFO(sim::name_of(mistake.type));
    const Run run = mutated(trio(correct, group_commit), mistake.type, mistake.kind).run();
    check_same(run, trio(mistake.written, group_commit).run());
    CHECK(run.effects(b) != trio(correct, group_commit).run().effects(b));
    CHECK(run.world.counters().mutations == 2);  // once for each order
  }
}

TEST_CASE("mutation: several in one role are made one after the other", "[world][mutation]") {
  Toy toy = trio(correct);
  toy.plan.nodes[b.index].mutations = {{MutationType::skip_force, ping_kind},
                                       {MutationType::answer_before_applying, ping_kind},
                                       {MutationType::forget_timer, tick_kind}};
  const Run run = toy.run();
  check_same(
      run,
      trio({ping(a, 2), ping(a, 4), note(1), ping(c, 3), note(2), ping(c, 5), stop_tick()}).run());
  CHECK(run.world.counters().mutations == 2);  // a handling counts once
}

TEST_CASE("mutation: crash points lie between the effects as they are now",
          "[world][mutation][crash]") {
  const auto effect = GENERATE(range(1u, 12u));
  const sim::Keep keep = GENERATE(sim::Keep::forced, sim::Keep::all);
  for (const Mistake& mistake : mistakes()) {
    INFO(sim::name_of(mistake.type) << ", before effect " << effect);
    Toy toy = mutated(trio(correct), mistake.type, mistake.kind);
    Toy written = trio(mistake.written);
    crash_in_handling(toy, effect).keep = keep;
    crash_in_handling(written, effect).keep = keep;
    const Run run = toy.run();
    check_same(run, written.run());
    CHECK(run.world.fault_fired(0) == (effect <= mistake.written.size()));
  }
}

TEST_CASE("mutation: a pause in the middle delays what it would delay", "[world][mutation]") {
  const auto effect = GENERATE(range(1u, 11u));
  for (const Mistake& mistake : mistakes()) {
    INFO(sim::name_of(mistake.type) << ", before effect " << effect);
    Toy toy = mutated(trio(correct), mistake.type, mistake.kind);
    Toy written = trio(mistake.written);
    for (Toy* one : {&toy, &written}) {
      sim::Fault& pause = crash_in_handling(*one, effect);
      pause.action = sim::Action::pause;
      pause.lasts = 20ms;
    }
    check_same(toy.run(), written.run());
  }
}

TEST_CASE("mutation: a kind that is not handled, or has nothing to change, changes nothing",
          "[world][mutation]") {
  const std::vector<Op> harmless{ping(a, 2), note(1), ping(c, 3), tock(5ms)};
  const Run unchanged = trio(correct).run();
  for (const MutationType type : sim::all_mutation_types) {
    INFO(sim::name_of(type));
    const Run other = mutated(trio(correct), type, ToyMessages::of<Ballot>()).run();
    check_same(other, unchanged);
    CHECK(other.world.counters().mutations == 0);
    // These change any handling, and any answer.
    const bool is_never_harmless =
        type == MutationType::drop_handling || type == MutationType::no_answer;
    if (is_never_harmless) continue;
    const Run idle = mutated(trio(harmless), type, ping_kind).run();
    check_same(idle, trio(harmless).run());
    CHECK(idle.world.counters().mutations == 0);
  }
}

TEST_CASE("mutation: what is thrown away is not handled", "[world][mutation]") {
  const Run run = mutated(trio(correct), MutationType::drop_handling, ping_kind).run();
  CHECK(run.effects(b).empty());
  CHECK(run.handled(b).size() == 2);  // they came
  CHECK(run.world.counters().mutations == 2);
  CHECK(run.state(b) == "{_, [], 1}");  // its start is all that it handled
}

TEST_CASE("mutation: what is not sent to the sender stays behind the append", "[world][mutation]") {
  const Run run =
      mutated(trio({note(1), ping(c, 2)}), MutationType::answer_before_applying, ping_kind).run();
  CHECK(run.effects(b) == Lines{"note 1", "ping 2", "note 1", "ping 2"});
}

TEST_CASE("mutation: a forgotten timer does not fire, and others do", "[world][mutation][timer]") {
  const Toy toy = trio({tick(10ms), tock(20ms)});
  CHECK(toy.run().handled(b) == Lines{"ping 1 @ 5ms", "ping 1 @ 5ms", "tick @ 15ms", "tick @ 15ms",
                                      "tock @ 25ms", "tock @ 25ms"});
  CHECK(mutated(toy, MutationType::forget_timer, tick_kind).run().handled(b) ==
        Lines{"ping 1 @ 5ms", "ping 1 @ 5ms", "tock @ 25ms", "tock @ 25ms"});
}

TEST_CASE("mutation: a restart is handled otherwise, too", "[world][mutation][restart]") {
  Toy toy = trio({});
  toy.script(b).on<sim::Restart>({note(7), force(), ping(a, 8)});
  toy.fault_at(20ms, sim::Action::crash, {b}).restart_after = 10ms;
  CHECK(toy.run().effects(b, true) == Lines{"note 7 @ 30ms", "force @ 30ms", "ping 8 @ 33ms"});
  const sim::Kind restart = sim::WorldKinds::of<sim::Restart>();
  CHECK(mutated(toy, MutationType::send_before_force, restart).run().effects(b, true) ==
        Lines{"note 7 @ 30ms", "ping 8 @ 30ms", "force @ 30ms"});
}

TEST_CASE("mutation: places no longer fire after quiet", "[world][mutation][quiet]") {
  Toy toy = mutated(trio(correct), MutationType::send_before_force, ping_kind);
  crash_in_handling(toy, 9);  // behind the force that ends at 8ms
  CHECK(toy.run().world.fault_fired(0));
  toy.plan.limits.quiet_after = at(7ms);
  const Run run = toy.run();
  CHECK_FALSE(run.world.fault_fired(0));
  CHECK(run.world.counters().mutations == 2);
}

namespace {

/// How many pings each order got.
struct Memory {
  std::array<std::uint64_t, 4> pings{};
  bool forget(sim::OrderId order) { return std::exchange(pings[order.index], 0) != 0; }
  static auto fields(auto& self) {
    auto& [p] = self;
    return std::tie(p);
  }
};

/// Tells whoever pings how often it was pinged about that order. Ballots it does not count.
struct Counting {
  Memory memory;
  std::uint64_t all = 0;
  void on(const Ping&, ToyContext& ctx) {
    ++all;
    ctx.answer(Told{++memory.pings[ctx.order().index]});
  }
  void on(const Ballot&, ToyContext&) {}
  static auto fields(auto& self) {
    auto& [m, n] = self;
    return std::tie(m, n);
  }
};

/// a and c ping b about two orders, one after the other.
Toy counted(std::vector<Op> from_a, std::vector<Op> from_c = {}) {
  Toy toy = trio({});
  toy.plan.nodes[b.index].role = sim::AnyRole::make<ToyMessages, ToyRecords>(Counting{});
  toy.script(a) = Script{}.on<sim::Start>(std::move(from_a));
  toy.script(c) = Script{}.on<sim::Start>({tick(1ms)}).on<Tick>(std::move(from_c));
  return toy;
}

Toy forgetful(Toy toy, sim::Kind kind = ping_kind) {
  return mutated(std::move(toy), MutationType::forget_duplicate, kind);
}

}  // namespace

TEST_CASE("mutation: a message that comes again finds its order forgotten, and no other",
          "[world][mutation]") {
  const Toy toy =
      counted({ping(b), ping(b).on_order(1), ping(b), ping(b)}, {ping(b), ping(b).on_order(1)});
  const Run remembers = toy.run();
  CHECK(remembers.handled(a) ==
        Lines{"told 1 @ 10ms", "told 1 @ 10ms", "told 2 @ 10ms", "told 3 @ 10ms"});
  CHECK(remembers.handled(c) == Lines{"tick @ 1ms", "told 4 @ 11ms", "told 2 @ 11ms"});
  const Run forgets = forgetful(toy).run();
  CHECK(forgets.handled(a) ==
        Lines{"told 1 @ 10ms", "told 1 @ 10ms", "told 1 @ 10ms", "told 1 @ 10ms"});
  CHECK(forgets.handled(c) == Lines{"tick @ 1ms", "told 2 @ 11ms", "told 2 @ 11ms"});
  CHECK(forgets.world.counters().mutations == 2);
  CHECK(forgets.state(b) == "{{[2, 2, 0, 0]}, 6}");
}

TEST_CASE("mutation: repetitions are known across a crash", "[world][mutation][crash]") {
  Toy toy = counted({ping(b), tick(50ms)});
  toy.script(a).on<Tick>({ping(b), ping(b)});
  toy.fault_at(20ms, sim::Action::crash, {b}).restart_after = 5ms;
  CHECK(toy.run().state(b) == "{{[2, 0, 0, 0]}, 2}");
  const Run run = forgetful(toy).run();
  CHECK(run.state(b) == "{{[1, 0, 0, 0]}, 2}");
  CHECK(run.world.counters().mutations == 1);  // after the crash there was nothing to forget
}

TEST_CASE("mutation: only repetitions of its own kind count", "[world][mutation]") {
  const Toy toy = counted({ping(b), ballot(b), ping(b), ballot(b), ballot(b)});
  const Run run = forgetful(toy, ToyMessages::of<Ballot>()).run();
  CHECK(run.handled(a) == Lines{"told 1 @ 10ms", "told 2 @ 10ms"});
  CHECK(run.state(b) == "{{[0, 0, 0, 0]}, 2}");
  CHECK(run.world.counters().mutations == 1);  // the third ballot finds nothing known
}

TEST_CASE("mutation: a copy in the middle of a run goes on equally", "[world][mutation]") {
  std::vector<Toy> toys;
  toys.push_back(forgetful(counted({ping(b), ping(b), ping(b).on_order(1)}, {ping(b), ping(b)})));
  for (const Mistake& mistake : mistakes()) {
    toys.push_back(mutated(trio(correct), mistake.type, mistake.kind));
    crash_in_handling(toys.back(), 3);
  }
  for (const Toy& toy : toys) {
    sim::World world{toy.compile()};
    world.reset(1, toy.faults);
    std::vector<sim::World> copies{world};
    while (world.step()) copies.push_back(world);
    CHECK(world.counters().mutations != 0);
    for (sim::World& copy : copies) {
      while (copy.step()) {
      }
      CHECK(copy.digest() == world.digest());
      CHECK(copy.counters() == world.counters());
    }
    // And so does the same world, from the start.
    const sim::RunCounters counters = world.counters();
    const std::uint64_t digest = world.digest();
    world.reset(1, toy.faults);
    while (world.step()) {
    }
    CHECK(world.digest() == digest);
    CHECK(world.counters() == counters);
  }
}

TEST_CASE("mutation: a role's table knows what it handles and whether it can forget",
          "[world][mutation]") {
  const auto counting = sim::AnyRole::make<ToyMessages, ToyRecords>(Counting{});
  CHECK(counting.has_handler(ping_kind));
  CHECK_FALSE(counting.has_handler(tick_kind));
  CHECK_FALSE(counting.has_handler(sim::WorldKinds::of<sim::Restart>()));
  CHECK(counting.can_forget());
  CHECK(counting.name().empty());
  const auto scripted = sim::AnyRole::make<ToyMessages, ToyRecords>(Scripted{});
  CHECK(scripted.has_handler(tick_kind));
  CHECK_FALSE(scripted.can_forget());
  CHECK(sim::AnyRole{}.name().empty());
}

}  // namespace indoubt::test
