#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/deliveries.hpp"
#include "tests/support/verdicts.hpp"

// Messages that a service cannot handle, whenever it tries.
namespace indoubt::test {
namespace {

constexpr std::uint32_t always = 1'000'000'000;

/// Orders that come one second after the other, with the poison at the second of two services.
Deployment poisoned(const std::string& family, std::uint32_t share, std::uint32_t orders = 1) {
  Deployment made = deployment(family, 2, orders);
  made.workload.arrivals = sim::Distribution::constant(1s);
  made.nodes.back().poison = {share};
  return made;
}
Deployment with_limit(Deployment made) {
  made.protocol.options.emplace_back("max_deliveries", std::int64_t{3});
  return made;
}

/// A seed with which the second of three orders is poison, and no other.
std::uint64_t seed_with_the_second(const Deployment& made) {
  for (std::uint64_t seed = 1; seed < 200; ++seed) {
    const Facts facts = Run{with_limit(made), seed}.facts();
    if (effects(facts, 1, "s2") == 1 && effects(facts, 2, "s2") == 0 &&
        effects(facts, 3, "s2") == 1) {
      return seed;
    }
  }
  FAIL("the second order is never poison alone");
  return 0;
}

}  // namespace

TEST_CASE("poison: it takes no effect, is delivered for ever, and nobody is told",
          "[messaging][poison]") {
  const std::string family =
      GENERATE("outbox", "listen-to-yourself", "mq-transaction", "local-message-table");
  INFO(family);
  const Deployment made = poisoned(family, always);
  const Run run{made};
  CHECK(run.facts().has(FactKind::placed));
  CHECK(effects(run.facts(), 1, "s1") == 1);
  CHECK(effects(run.facts(), 1, "s2") == 0);
  CHECK(run.sent("deliver") > 20);
  const auto broken = violated(made);
  CHECK(contains(broken, "no-loss"));
  CHECK(contains(broken, "quiescence"));
}

TEST_CASE("poison: what is delivered often enough is parked, and lost", "[messaging][poison]") {
  const std::string family = GENERATE("outbox", "listen-to-yourself", "mq-transaction");
  INFO(family);
  const Deployment made = with_limit(poisoned(family, always, 2));
  const Run run{made};
  CHECK(run.facts().count(FactKind::parked) == 2);
  CHECK(effects(run.facts(), 1, "s1") == 1);
  const auto broken = violated(made);
  CHECK(contains(broken, "no-loss"));
  CHECK_FALSE(contains(broken, "quiescence"));
}

TEST_CASE("poison: a queue waits behind it, as long as it is delivered", "[messaging][poison]") {
  const std::string family = GENERATE("outbox", "listen-to-yourself", "mq-transaction");
  INFO(family);
  const Deployment made = poisoned(family, always / 3, 3);
  const std::uint64_t seed = seed_with_the_second(made);
  const Facts facts = Run{made, seed}.facts();
  CHECK(effects(facts, 1, "s2") == 1);
  CHECK(effects(facts, 2, "s2") == 0);
  CHECK(effects(facts, 3, "s2") == 0);
  CHECK(effects(facts, 3, "s1") == 1);
}

TEST_CASE("poison: a table of messages waits for none of them", "[messaging][poison]") {
  // Which order is poison does not depend on the protocol.
  const std::uint64_t seed = seed_with_the_second(poisoned("outbox", always / 3, 3));
  const Facts facts = Run{poisoned("local-message-table", always / 3, 3), seed}.facts();
  CHECK(effects(facts, 1, "s2") == 1);
  CHECK(effects(facts, 2, "s2") == 0);
  CHECK(effects(facts, 3, "s2") == 1);
}

TEST_CASE("poison: consumers with a mistake handle it no better", "[messaging][poison]") {
  for (const std::string mutant : {"M-G11", "X-OUTBOX-01", "X-OUTBOX-02", "X-OUTBOX-13"}) {
    INFO(mutant);
    const Deployment made = with_mutant(poisoned("outbox", always), mutant);
    CHECK(effects(Run{made}.facts(), 1, "s1") == 1);
    CHECK(effects(Run{made}.facts(), 1, "s2") == 0);
  }
}

TEST_CASE("poison: a supervisor has no remedy, published or not", "[messaging][poison]") {
  const std::string family = GENERATE("outbox", "mq-transaction", "local-message-table");
  const std::string variant = GENERATE("hardened", "as-published");
  INFO(family << ", " << variant);
  Deployment made = poisoned(family, always);
  made.protocol.variant = variant;
  made.protocol.options = {{"supervisor", true}};
  CHECK(effects(Run{made}.facts(), 1, "s2") == 0);
}

TEST_CASE("poison: where services are asked, there is none, and that is told",
          "[messaging][poison]") {
  const Run asked{poisoned("two-phase-commit", always)};
  CHECK(asked.simulation().unapplied.poison == std::vector<std::string>{"s2"});
  CHECK(asked.facts().count(FactKind::assigned) == 2);
  const Run told{poisoned("outbox", always)};
  CHECK(told.simulation().unapplied.poison.empty());
}

}  // namespace indoubt::test
