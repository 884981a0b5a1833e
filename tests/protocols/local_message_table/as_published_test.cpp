#include "tests/support/catch.hpp"
#include "tests/support/verdicts.hpp"

// The local message table as it is published, and its claim that messages are not lost, nor
// processed more than once. It is false both ways; the hardened form keeps it on the same
// schedules.
namespace indoubt::test {
namespace {

using sim::Action;

Deployment one_order(const std::string& variant, std::vector<NamedFault> faults) {
  Deployment made = with_faults(deployment("local-message-table"), std::move(faults));
  made.protocol.variant = variant;
  return made;
}

std::size_t effects(const std::string& variant, const NamedFault& fault) {
  const Run run{one_order(variant, {fault})};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.facts().has(FactKind::placed));
  return run.facts().count(FactKind::applied);
}

}  // namespace

TEST_CASE("local message table: as published it works while nothing happens, in random order (P=3)",
          "[lmt][published]") {
  Deployment quiet = deployment("local-message-table", 3, 4);
  quiet.protocol.variant = "as-published";
  REQUIRE(Run{quiet}.facts().count(FactKind::applied) == 12);
  REQUIRE(violated(quiet) == std::vector<std::string>{"per-key-order"});
}

TEST_CASE("local message table: a crash after the claim leaves the row in processing",
          "[lmt][published]") {
  const NamedFault crash =
      crash_before("orders", 3, handling("worker_due", std::nullopt), Keep::forced, 10ms);
  REQUIRE(effects("as-published", crash) == 1);
  REQUIRE(contains(violated(one_order("as-published", {crash})), "no-loss"));
  REQUIRE(effects("hardened",
                  crash_before("orders", 3, handling("worker_due"), Keep::forced, 10ms)) == 2);
}

TEST_CASE("local message table: as published one lost message stops the loop", "[lmt][published]") {
  const NamedFault loss = on_messages(Action::drop, messages("deliver", "orders", "s1", 1));
  REQUIRE(effects("as-published", loss) < 2);
  REQUIRE(effects("hardened", loss) == 2);
}

TEST_CASE("local message table: as published a crash between the transactions loses all messages",
          "[lmt][published]") {
  const NamedFault crash = crash_before("orders", 3, handling("place_order"), Keep::forced, 10ms);
  const Run run{one_order("as-published", {crash})};
  REQUIRE(run.facts().decided(Outcome::commit));
  REQUIRE_FALSE(run.facts().has(FactKind::applied));
  REQUIRE(contains(violated(one_order("as-published", {crash})), "no-loss"));
}

TEST_CASE("local message table: as published a doubled message is processed twice",
          "[lmt][published]") {
  const NamedFault copy = on_messages(Action::duplicate, messages("deliver", "orders", "s1", 1));
  REQUIRE(effects("as-published", copy) == 3);
  REQUIRE(contains(violated(one_order("as-published", {copy})), "exactly-once"));
  REQUIRE(effects("hardened", copy) == 2);
}

}  // namespace indoubt::test
