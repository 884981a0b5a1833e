#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/kit/directory.hpp"
#include "protocols/registry.hpp"
#include "search/run/trial.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/runs.hpp"
#include "tests/support/verdicts.hpp"

// Clients that ask again, and clients that change their minds.
namespace indoubt::test {
namespace {

std::string any_family() {
  std::vector<std::string> names;
  for (const kit::Family& family : protocols::families()) names.emplace_back(family.info.name);
  return GENERATE_COPY(from_range(names));
}

Deployment asking_again(Deployment made, kit::ClientRetry retry) {
  made.workload.retry = retry;
  return made;
}

NamedFault first_answer(sim::Action action, sim::Duration by = {}) {
  NamedFault fault = on_messages(action, {}, by);
  fault.match.to = "client";
  fault.match.nth = 1;
  return fault;
}

/// Counts what clients send and are sent: the world counts neither.
struct Talk : sim::Observer {
  std::map<std::pair<sim::NodeId, sim::Kind>, std::size_t> sent;
  void on(const sim::Observation& seen) override {
    if (seen.type == sim::Observation::Type::sent) ++sent[{seen.node, seen.kind}];
  }
  /// How often a node sent a message of that kind.
  std::size_t count(const Run& run, std::string_view node, std::string_view kind) const {
    const kit::Directory directory{run.world().plan().plan()};
    const auto found = sent.find({*directory.node(node), *directory.kind(kind)});
    return found == sent.end() ? 0 : found->second;
  }
};

}  // namespace

TEST_CASE("clients: a request under the same key is answered with the outcome", "[clients]") {
  const std::string family = any_family();
  INFO(family);
  const Run run{with_faults(asking_again(deployment(family), {.after = 3s, .times = 2}),
                            {first_answer(sim::Action::drop)})};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.facts().count(FactKind::requested) == 2);
  REQUIRE(run.facts().count(FactKind::placed) == 1);
  REQUIRE(run.facts().assigned() == 2);
}

TEST_CASE("clients: a copy of a request is answered, too", "[clients]") {
  const std::string family = any_family();
  INFO(family);
  NamedFault copy =
      on_messages(sim::Action::duplicate, messages("place_order", "client", "orders"));
  copy.by = 2500ms;
  const Run run{with_faults(deployment(family), {first_answer(sim::Action::drop), copy})};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.facts().count(FactKind::placed) == 1);
  REQUIRE(run.facts().assigned() == 2);
}

TEST_CASE("clients: a request that comes again too early is told that the order is in progress",
          "[clients]") {
  const std::string family = any_family();
  INFO(family);
  Talk talk;
  const Run run{asking_again(deployment(family), {.after = 1ms, .times = 1}), 1, &talk};
  REQUIRE(talk.count(run, "client", "place_order") == 2);
  REQUIRE(talk.count(run, "orders", "in_progress") + run.facts().count(FactKind::placed) == 2);
  REQUIRE(run.facts().assigned() == 2);
}

TEST_CASE("clients: one that has its answer in time is the client of before", "[clients]") {
  const std::string family = any_family();
  INFO(family);
  const Deployment once = deployment(family, 2, 3);
  const bool is_fresh = GENERATE(false, true);
  const Deployment patient =
      asking_again(once, {.after = 5s, .times = 3, .has_fresh_key = is_fresh});
  REQUIRE(Run{once}.world().digest() == Run{patient}.world().digest());
}

TEST_CASE("clients: a fresh key is another order, and who has both was served twice", "[clients]") {
  const std::string family = any_family();
  INFO(family);
  Deployment made =
      asking_again(deployment(family, 2, 3), {.after = 3s, .times = 2, .has_fresh_key = true});
  made.faults = {first_answer(sim::Action::drop)};
  const search::Simulation simulation = search::make_simulation(made);
  REQUIRE(simulation.plan->orders() == 9);
  search::Trial trial{simulation};
  trial.run(1);
  REQUIRE(trial.judge().metrics().served_twice == 1);
  REQUIRE(trial.judge().violated().empty());
  search::CellResult result;
  trial.add_to(result);
  REQUIRE(result.outcomes.orders() == 4);
  REQUIRE(result.outcomes.placed == 3);
  REQUIRE(result.outcomes.unknown == 1);
}

TEST_CASE("clients: however long one waits to ask again, that is no retry in vain", "[clients]") {
  const std::string family = any_family();
  INFO(family);
  Deployment made = asking_again(deployment(family), {.after = 20min, .times = 1});
  made.limits.drain = 24h;
  made.faults = {first_answer(sim::Action::drop)};
  search::Trial trial{search::make_simulation(made)};
  trial.run(1);
  REQUIRE(trial.world().end_reason() == sim::EndReason::rest);
  REQUIRE(trial.judge().violated().empty());
}

TEST_CASE("clients: an order under a fresh key takes what the client came for", "[clients]") {
  Deployment made = deployment("two-phase-commit", 2, 2);
  made.workload.kinds = {{.name = "one", .weight = 1, .takes = {made.workload.takes[0]}},
                         {.name = "other", .weight = 1, .takes = {made.workload.takes[1]}}};
  made.workload.takes.clear();
  made.workload.orders = GENERATE(1u, 2u, 3u);
  made.workload.retry = kit::ClientRetry{.after = 3s, .times = 2, .has_fresh_key = true};
  const sim::OrderKinds kinds = made.workload.order_kinds();
  for (std::uint32_t order = 0; order < made.workload.orders; ++order) {
    for (std::uint32_t repeat = 1; repeat <= 2; ++repeat) {
      CHECK(kinds.of({order}) == kinds.of({order + repeat * made.workload.orders}));
    }
  }
}

TEST_CASE("clients: after a crash the connection is gone, and the outcome is learnt by asking",
          "[clients]") {
  // It writes down that the order is placed, and crashes before it says so. It does so after that.
  NamedFault crash = crash_before("orders", 4, handling("assigned", 1, 2), Keep::all, 100ms);
  const Deployment once = with_faults(deployment("reservation"), {crash});
  REQUIRE(Run{once}.facts().has(FactKind::placed));
  const Run run{asking_again(once, {.after = 3s, .times = 1})};
  REQUIRE(run.all_faults_fired());
  const Facts facts = run.facts();
  REQUIRE(facts.count(FactKind::placed) == 1);
  for (const sim::Fact& fact : facts.all()) {
    if (fact.kind == FactKind::placed) REQUIRE(fact.time > sim::TrueTime{3s});
  }
}

TEST_CASE("clients: where connections are lost, one that asks once learns nothing after a crash",
          "[clients]") {
  // As above: the answer comes after a restart.
  NamedFault crash = crash_before("orders", 4, handling("assigned", 1, 2), Keep::all, 100ms);
  Deployment once = with_faults(deployment("reservation"), {crash});
  once.workload.loses_connections = true;
  CHECK(Run{once}.all_faults_fired());
  CHECK_FALSE(Run{once}.facts().has(FactKind::placed));
  // Without a crash there is nothing to lose.
  once.faults.clear();
  CHECK(Run{once}.facts().has(FactKind::placed));
}

TEST_CASE("clients: an order is given up for a client that changes its mind in time", "[clients]") {
  const std::string family = any_family();
  INFO(family);
  Deployment made = deployment(family);
  made.workload.cancel = kit::ClientCancel{.share = {1'000'000'000}, .after = 1ms};
  const Run run{made};
  const bool can_cancel = !run.simulation().unapplied.cancel;
  REQUIRE(run.facts().count(FactKind::cancelled) == (can_cancel ? 1 : 0));
  // Intents that are all there are a commit.
  const bool is_too_late = family == "parallel-commits";
  const bool is_given_up = can_cancel && !is_too_late;
  REQUIRE(run.facts().assigned() == (is_given_up ? 0 : 2));
  REQUIRE(run.facts().has(is_given_up ? FactKind::not_placed : FactKind::placed));
  const bool is_final_at_once = family == "blocking-retry" || family == "outbox" ||
                                family == "local-message-table" || family == "mq-transaction" ||
                                family == "listen-to-yourself";
  REQUIRE(can_cancel != is_final_at_once);
}

TEST_CASE("clients: a change of mind is remembered until the order can be cancelled", "[clients]") {
  // By then the order is on its way to the stream, or to the orchestrator; or to its coordinator.
  Deployment made = deployment(GENERATE("event-sourcing", "saga"));
  INFO(made.protocol.name());
  if (made.protocol.name() == "saga") made.protocol.options = {{"queues", true}};
  made.workload.cancel = kit::ClientCancel{.share = {1'000'000'000}, .after = 1ms};
  const bool is_overtaken = GENERATE(false, true);
  const auto late =
      on_messages(sim::Action::delay, messages("place_order", "client", "orders", 1), 2ms);
  if (is_overtaken) made = with_faults(std::move(made), {late});
  const Run run{made};
  REQUIRE(run.all_faults_fired());
  REQUIRE(run.facts().count(FactKind::cancelled) == 1);
  REQUIRE(run.facts().has(FactKind::not_placed));
  REQUIRE_FALSE(run.facts().has(FactKind::assigned));
  REQUIRE_FALSE(run.facts().has(FactKind::held));
  REQUIRE(violated(made).empty());
}

TEST_CASE("clients: it is too late to change one's mind when there is an answer", "[clients]") {
  Deployment made = deployment("two-phase-commit");
  made.workload.cancel = kit::ClientCancel{.share = {1'000'000'000}, .after = 2s};
  REQUIRE(Run{made}.world().digest() == Run{deployment("two-phase-commit")}.world().digest());
}

}  // namespace indoubt::test
