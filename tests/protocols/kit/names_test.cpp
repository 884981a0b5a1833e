#include "protocols/kit/retry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/supervised.hpp"
#include "tests/support/verdicts.hpp"

namespace indoubt::test {

// A family needs nodes besides those that are declared. Whoever calls a service like one of them
// means a service.
TEST_CASE("blueprint: a service may have the name of a node that the family adds", "[kit]") {
  for (const Supervisable& choice : supervisables()) {
    for (const char* name : {"broker", "supervisor", "notification", "transaction-manager"}) {
      INFO(choice.text() + ", " + name);
      Deployment made = deployment_of(choice, true);
      made.nodes.back().name = name;
      made.workload.takes.back().service = name;
      CHECK(violated(made) == violated(deployment_of(choice, true)));
      CHECK(Run{made}.facts().assigned({.node = name}) == 1);
    }
  }
}

TEST_CASE("blueprint: a node that is declared for another role is left alone", "[kit]") {
  Deployment made = deployment("saga");
  made.protocol.options = {{"queues", true}};
  made.nodes.push_back({.name = "notification", .role = "broker", .host = {}});
  CHECK(violated(made).empty());
  CHECK(Run{made}.facts().decided(Outcome::commit));
}

TEST_CASE("retry: who waits for nothing still lets time pass", "[kit]") {
  const kit::Retry none{.first = sim::Duration{}, .longest = sim::Duration{}};
  CHECK(none.after(0) == kit::Retry::shortest);
  CHECK(none.after(40) == kit::Retry::shortest);
}

}  // namespace indoubt::test
