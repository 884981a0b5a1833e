#include "search/exhaustive/fault_sets.hpp"

#include <memory>

#include "tests/support/brute_force.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/searched.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {
namespace {

/// A run of toys.
class ToyRun {
 public:
  ToyRun(std::shared_ptr<const sim::CompiledPlan> plan, const sim::Schedule& schedule)
      : faults_{std::make_shared<const sim::Schedule>(schedule)}, world_{std::move(plan)} {
    world_.reset(1, *faults_);
  }
  const sim::World& world() const { return world_; }
  bool step() { return world_.step(); }
  void inject(const sim::Fault& fault) { world_.inject(fault); }
  void observe(sim::Observer* observer) { world_.observe(observer); }

 private:
  std::shared_ptr<const sim::Schedule> faults_;
  sim::World world_;
};

Playground<ToyRun> playground(const Toy& toy, std::uint32_t actions = search::exhaustive_actions) {
  const auto plan = toy.compile();
  return {.start =
              [plan](const sim::Schedule& schedule) {
                return ToyRun{plan, schedule};
              },
          .verdict = [](ToyRun& run) { return std::to_string(run.world().history().size()); },
          .menu = {.actions = actions, .longest_timeout = 40ms}};
}

constexpr std::uint32_t only(sim::Action action) { return 1u << static_cast<unsigned>(action); }

/// a asks b, which notes it, in part durably, and answers; both ask again after a while.
Toy askers() {
  Toy toy;
  toy.plan.limits.sim_time = at(300ms);
  toy.plan.limits.quiet_after = at(150ms);
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a)
      .on<sim::Start>({ping(b, 1), tick(60ms)})
      .on<Tick>({ping(b, 1)})
      .on<Ping>({note(7), stop_tick()});
  toy.script(b)
      .on<Ping>({note(1), note(2), force(), note(3), ping(a, 2)})
      .on<sim::Restart>({ping(a, 3)});
  return toy;
}

/// Two nodes of one machine note things that neither forces at once, and a third sends both
/// messages.
Toy hosts() {
  Toy toy;
  toy.plan.limits.sim_time = at(300ms);
  toy.plan.limits.quiet_after = at(150ms);
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  const auto c = toy.add_hosted("c", b);
  toy.script(a).on<sim::Start>({ping(b, 1), ping(c, 2)});
  toy.script(b).on<Ping>({note(1), note(2), tick(20ms)}).on<Tick>({force(), ping(a, 1)});
  toy.script(c).on<Ping>({note(1), ping(b, 3)}).on<sim::Restart>({note(9)});
  return toy;
}

void check_against_brute_force(const Playground<ToyRun>& toys, std::size_t most) {
  BruteForce<ToyRun> brute{toys};
  for (std::size_t k = 1; k <= most; ++k) {
    const std::multiset<Tried> searched = searched_sets(toys, k);
    const std::multiset<Tried> all = brute.sets_of(k);
    INFO(k << " faults: searched " << searched.size() << " of " << all.size());
    INFO("not searched, or different:\n" << difference(all, searched));
    INFO("searched, but not there:\n" << difference(searched, all));
    CHECK(searched.size() > 3);
    CHECK((searched == all));
  }
}

}  // namespace

TEST_CASE("exhaustive: one and two faults of any kind are all tried, each set once (toy)",
          "[exhaustive]") {
  check_against_brute_force(playground(askers()), 2);
}

TEST_CASE("exhaustive: three crashes or drops are all tried, each set once (toy)", "[exhaustive]") {
  check_against_brute_force(
      playground(askers(), only(sim::Action::crash) | only(sim::Action::drop)), 3);
}

TEST_CASE("exhaustive: crashes that take the disk along are tried where they are asked for (toy)",
          "[exhaustive]") {
  check_against_brute_force(
      playground(askers(), only(sim::Action::crash) | sim::bit_of(sim::Harm::wipe)), 2);
}

TEST_CASE("exhaustive: a machine's nodes keep every combination of what they have (toy)",
          "[exhaustive]") {
  check_against_brute_force(playground(hosts(), only(sim::Action::crash) | only(sim::Action::drop)),
                            2);
}

TEST_CASE("exhaustive: what a set's faults are saved as replays its run from the start (toy)",
          "[exhaustive]") {
  const Toy toy = GENERATE(0, 1) == 0 ? askers() : hosts();
  const Playground<ToyRun> toys = playground(toy);
  std::size_t same = 0;
  const std::size_t sets = for_each_searched(toys, 2, [&](const auto& visited) {
    ToyRun again = toys.start(visited.saved);
    while (again.step()) {
    }
    const bool is_same = again.world().digest() == visited.run.world().digest() &&
                         visited.saved.size() == 2 && visited.saved[0].id != visited.saved[1].id;
    if (!is_same) WARN(fault_key(visited.saved[0]) << " AND " << fault_key(visited.saved[1]));
    same += is_same ? 1 : 0;
  });
  CHECK(sets > 100);
  CHECK(same == sets);
}

TEST_CASE("exhaustive: a fault that takes its point away hides none of those behind it (toy)",
          "[exhaustive]") {
  Toy toy;
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({ping(b, 1), ping(b, 2)});
  const auto toys = playground(toy, only(sim::Action::crash) | only(sim::Action::drop));
  // Points: before ping 1, ping 1, before ping 2, ping 2. Crashes: 3 ways before each ping. Behind
  // a crash before ping 1 there is nothing; behind one before ping 2 nothing; behind the drop of
  // ping 1 three crashes and a drop; behind that of ping 2 nothing. A node that comes back sends
  // nothing.
  CHECK(searched_sets(toys, 1).size() == 3 + 1 + 3 + 1);
  CHECK(searched_sets(toys, 2).size() == 4);
}

TEST_CASE("exhaustive: points end when faults stop (toy)", "[exhaustive]") {
  Toy toy;
  toy.plan.limits.sim_time = at(300ms);
  const auto a = toy.add("a");
  const auto b = toy.add("b");
  toy.script(a).on<sim::Start>({tick(10ms)}).on<Tick>({ping(b, 1), tick(10ms)});
  const auto drops = [&](sim::Duration quiet) {
    toy.plan.limits.quiet_after = at(quiet);
    return searched_sets(playground(toy, only(sim::Action::drop)), 1).size();
  };
  CHECK(drops(35ms) == 3);
  CHECK(drops(40ms) == 3);  // quiet comes before what is due at its instant
  CHECK(drops(41ms) == 4);
}

TEST_CASE("exhaustive: a path that leads nowhere is no run (toy)", "[exhaustive]") {
  const Playground<ToyRun> toys = playground(askers());
  search::ExhaustiveSearch<ToyRun> search{toys.start({}), toys.menu};
  CHECK(search.replay({}) != nullptr);
  CHECK(search.replay({{0, 0, 0}}) != nullptr);
  CHECK(search.replay({{0, 99, 0}}) == nullptr);
  CHECK(search.replay({{0, 0, 99}}) == nullptr);
  CHECK(search.replay({{9999, 0, 0}}) == nullptr);
  CHECK(search.replay({{1, 0, 0}, {0, 0, 0}}) == nullptr);
  CHECK(search.replay(search::Path(9, {0, 0, 0})) == nullptr);
}

TEST_CASE("exhaustive: names of faults are names of none of the run's own (toy)", "[exhaustive]") {
  const Playground<ToyRun> toys = playground(askers());
  sim::Fault own;
  own.id = "pause-1";
  own.action = sim::Action::pause;
  own.at = at(1ms);
  own.nodes = {sim::NodeId{0}};
  search::ExhaustiveSearch<ToyRun> search{toys.start({own}), toys.menu};
  CHECK(search.replay({{0, 0, 0}})->saved.front().id == "pause-1-2");
}

}  // namespace indoubt::test
