#include "tests/support/costs.hpp"
#include "tests/protocols/paxos_commit/choices.hpp"
#include "tests/support/catch.hpp"

// What Paxos Commit costs, against the formulas of Gray and Lamport, section 5: N services, F
// acceptors that may be lost. Here the coordinator asks all services to prepare; there a service is
// the first to. The work before the protocol is apart.
namespace indoubt::test {
namespace {

std::uint64_t commit_messages(const Costs& costs) {
  return costs.messages({"prepare", "vote", "phase_1a", "phase_1b", "phase_2a", "phase_2b",
                         "outbid", "commit", "abort", "inquiry"});
}

/// `commit_messages` counts what is sent, this what is sent to another machine.
std::uint64_t messages_between_machines(const Costs& costs, std::uint64_t work) {
  return costs.run().world().counters().messages - work;
}

/// Everything on the machines of the services: the coordinator and an acceptor on the first,
/// another acceptor on each of the next.
Deployment co_located(std::size_t f, bool is_fast, std::size_t n) {
  Deployment made = paxos(static_cast<std::int64_t>(f), is_fast, n);
  made.nodes.front().host = "s1";
  for (std::size_t i = 1; i <= std::min(n, 2 * f + 1); ++i) add_acceptor(made, i, service(i));
  return made;
}

/// When the last service has its units, of an order that was placed at 0.
sim::Duration last_assigned(const Costs& costs) {
  sim::TrueTime last{};
  for (const sim::Fact& fact : costs.run().facts().all()) {
    if (fact.kind == FactKind::assigned) last = fact.time;
  }
  return last.time_since_epoch();
}

}  // namespace

TEST_CASE("paxos: a commit costs N(F+3)+F+1 messages, and N(2F+3) in the faster variant",
          "[paxos][costs]") {
  const auto f = GENERATE(range(std::size_t{0}, std::size_t{4}));
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const bool is_fast = GENERATE(false, true);
  INFO("N = " << n << ", F = " << f << (is_fast ? ", fast" : ""));
  const Costs costs{paxos(static_cast<std::int64_t>(f), is_fast, n)};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(costs.run().facts().assigned() == n);
  REQUIRE(commit_messages(costs) == (is_fast ? n * (2 * f + 3) : n * (f + 3) + f + 1));
  REQUIRE(costs.messages({"work", "worked"}) == 2 * n);
  REQUIRE(costs.run().world().counters().messages == commit_messages(costs) + 2 * n);
}

TEST_CASE("paxos: with the leader on an acceptor's machine it costs N(F+3)+F, or N(2F+3)",
          "[paxos][costs]") {
  const auto f = GENERATE(range(std::size_t{0}, std::size_t{4}));
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const bool is_fast = GENERATE(false, true);
  INFO("N = " << n << ", F = " << f << (is_fast ? ", fast" : ""));
  Deployment made = paxos(static_cast<std::int64_t>(f), is_fast, n);
  add_acceptor(made, 1, "orders");
  const Costs costs{made};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(messages_between_machines(costs, 2 * n) == (is_fast ? n * (2 * f + 3) : n * (f + 3) + f));
}

TEST_CASE("paxos: with everything on the services' machines it costs N(F+3)-3, or (N-1)(2F+3)",
          "[paxos][costs]") {
  const auto f = GENERATE(range(std::size_t{0}, std::size_t{4}));
  const auto n = GENERATE_COPY(range(std::max(std::size_t{2}, f + 1), std::size_t{10}));
  const bool is_fast = GENERATE(false, true);
  INFO("N = " << n << ", F = " << f << (is_fast ? ", fast" : ""));
  const Costs costs{co_located(f, is_fast, n)};
  REQUIRE(costs.run().facts().has(FactKind::placed));
  REQUIRE(messages_between_machines(costs, 2 * n - 2) ==
          (is_fast ? (n - 1) * (2 * f + 3) : n * (f + 3) - 3));
}

TEST_CASE(
    "paxos: five services cost 17 messages with one acceptor to lose, 20 faster, 12 with none",
    "[paxos][costs]") {
  const Costs plain{co_located(1, false, 5)};
  const Costs fast{co_located(1, true, 5)};
  const Costs none{co_located(0, false, 5)};
  REQUIRE(messages_between_machines(plain, 8) == 17);
  REQUIRE(messages_between_machines(fast, 8) == 20);
  REQUIRE(messages_between_machines(none, 8) == 12);
}

TEST_CASE("paxos: a commit costs N+F+1 forced writes, and acceptors that are not needed do nothing",
          "[paxos][costs]") {
  const auto f = GENERATE(range(std::size_t{0}, std::size_t{4}));
  const auto n = GENERATE(range(std::size_t{2}, std::size_t{10}));
  const bool is_fast = GENERATE(false, true);
  const Costs costs{paxos(static_cast<std::int64_t>(f), is_fast, n)};
  REQUIRE(costs.run().world().counters().forced_writes == n + f + 1);
  REQUIRE(costs.records("orders") == 0);
  for (std::size_t i = 1; i <= n; ++i) {
    REQUIRE(costs.forces(service(i)) == 1);
    REQUIRE(costs.records(service(i)) == 2);  // prepared, and committed, which is not forced
  }
  for (std::size_t i = 1; i <= 2 * f + 1; ++i) {
    const std::string acceptor = "acceptor-" + std::to_string(i);
    REQUIRE(costs.forces(acceptor) == (i <= f + 1 ? 1 : 0));
    REQUIRE(costs.records(acceptor) == (i <= f + 1 ? n : 0));
  }
}

TEST_CASE("paxos: four delays from the question to the last commit, three in the faster variant",
          "[paxos][costs]") {
  // A message takes 5ms and a force 1ms; request, work and its answer come first.
  const auto f = GENERATE(range(std::int64_t{0}, std::int64_t{4}));
  const sim::Duration before = 3 * 5ms;
  REQUIRE(last_assigned(Costs{paxos(f, false, 3)}) == before + 4 * 5ms + 2 * 1ms);
  REQUIRE(last_assigned(Costs{paxos(f, true, 3)}) == before + 3 * 5ms + 2 * 1ms);
}

TEST_CASE("paxos: a refusal costs no question for votes", "[paxos][costs]") {
  const bool is_fast = GENERATE(false, true);
  Deployment scarce = paxos(1, is_fast, 3);
  scarce.nodes[2].stock = {{"unit", 0}};
  const Costs costs{scarce};
  REQUIRE(costs.run().facts().has(FactKind::not_placed));
  REQUIRE(costs.run().sent("prepare") == 0);
  REQUIRE(costs.run().sent("vote") == 2);
  REQUIRE(costs.run().sent("phase_2b") == 2);
  REQUIRE(costs.run().sent("abort") == 3);
}

}  // namespace indoubt::test
