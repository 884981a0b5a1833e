#include "tests/support/catch.hpp"
#include "tests/support/supervised.hpp"
#include "tests/support/verdicts.hpp"

// What a supervisor does, the same for every family that takes one.
namespace indoubt::test {

TEST_CASE("supervisor: leaves an order alone to which nothing happens, and the run ends",
          "[supervisor]") {
  for (const Supervisable& choice : supervisables()) {
    INFO(choice.text());
    const Run run{deployment_of(choice, true)};
    CHECK(run.facts().has(FactKind::placed));
    CHECK(run.facts().assigned() == 2);
    CHECK(run.world().end_reason() == sim::EndReason::rest);
    CHECK(violated(deployment_of(choice, true)) == violated(deployment_of(choice, false)));
  }
}

TEST_CASE("supervisor: without it an order goes on as ever", "[supervisor]") {
  for (const Supervisable& choice : supervisables()) {
    INFO(choice.text());
    const Deployment lost =
        with_faults(deployment_of(choice, true), {crash_at("supervisor", 1ms, Keep::forced, {})});
    const Run run{lost};
    CHECK(run.all_faults_fired());
    CHECK(run.facts().has(FactKind::placed));
    CHECK(run.facts().assigned() == 2);
  }
}

TEST_CASE("supervisor: who crashes is told again what was told before", "[supervisor][crash]") {
  for (const Supervisable& choice : supervisables()) {
    const std::string node = GENERATE("orders", "s1", "supervisor");
    const Deployment crashed = with_faults(
        deployment_of(choice, true), {crash_at(node, 2500ms, Keep::forced, sim::Duration{50ms})});
    INFO(choice.text() << ", " << node);
    const Run run{crashed};
    CHECK(run.facts().assigned() == 2);
    CHECK(run.world().end_reason() == sim::EndReason::rest);
  }
}

TEST_CASE("supervisor: reaches a service that the coordinator does not", "[supervisor]") {
  const auto cut = [](const char* family, const char* sender, const char* command, bool is_on) {
    Deployment made = deployment_of({family, "", {}}, is_on);
    made.limits.quiet_after = made.limits.sim_time = sim::TrueTime{20s};
    made.limits.drain = {};  // what is lost stays lost
    if (std::string_view{sender} != "orders") {
      made.nodes.push_back({.name = sender, .role = sender, .host = {}});
    }
    return with_faults(std::move(made),
                       {on_messages(sim::Action::drop, messages(command, sender, "s1"))});
  };
  const auto confirmed = [&](bool is_on) {
    return Run{cut("tcc", "transaction-manager", "confirm", is_on)}.facts();
  };
  CHECK(confirmed(false).held() == 1);
  CHECK(confirmed(true).held() == 0);
  CHECK(confirmed(true).assigned() == 2);

  const auto compensated = [&](bool is_on) {
    Deployment made = cut("saga", "orders", "compensate", is_on);
    made.nodes[2].stock.front().units = 0;
    return Run{made}.facts();
  };
  CHECK(compensated(false).assigned() == 1);
  CHECK(compensated(true).assigned() == 0);

  const auto released = [&](bool is_on) {
    Deployment made = cut("reservation", "orders", "release", is_on);
    made.faults.push_back(on_messages(sim::Action::drop, messages("assigned", "s2", "orders")));
    made.faults.back().id = "silent";
    return Run{made}.facts();
  };
  CHECK(released(false).assigned() == 1);
  CHECK(released(true).assigned() == 0);
}

}  // namespace indoubt::test
