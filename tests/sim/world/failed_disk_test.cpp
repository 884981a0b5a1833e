#include "tests/support/catch.hpp"
#include "tests/support/toy_world.hpp"

namespace indoubt::test {

TEST_CASE("world: a node that forces when it restarts comes back at quiet from a failed disk",
          "[world][disk][restart]") {
  Toy toy;
  const sim::NodeId a = toy.add("a");
  const sim::NodeId b = toy.add("b");
  toy.script(a).on<sim::Start>({ping(b, 1)});
  toy.script(b).on<Ping>({note(1), force()}).on<sim::Restart>({note(2), force()});
  sim::Fault& error = toy.fault_at(1ms, sim::Action::disk, {b});
  error.disk = sim::DiskFault::error;
  error.restart_after = 7s;
  const Run run = toy.run();
  CHECK(run.handled(b) == Lines{"ping 1 @ 5ms", "restart @ 7.005s", "restart @ 14.005s",
                                "restart @ 21.005s", "restart @ 28.005s", "restart @ 30s"});
  CHECK(run.world.is_up(b));
  CHECK(run.world.end_reason() == sim::EndReason::rest);
}

}  // namespace indoubt::test
