#include "tests/golden/deployments.hpp"

#include <utility>

#include "protocols/registry.hpp"
#include "search/run/simulation.hpp"
#include "tests/support/toy_world.hpp"

// Changing anything here changes digests: see golden_test.cpp.
namespace indoubt::test {
namespace {

using Shape = sim::Distribution::Shape;

constexpr sim::Probability percent(std::uint32_t parts) { return {parts * 10'000'000}; }

GoldenDeployment finish(std::string name, Toy toy) {
  toy.plan.faults = toy.faults;
  return {std::move(name), toy.compile()};
}

/// Three nodes that pass tags around, write and force, with timers: everything a role can do.
Toy toy_ring(const sim::DiskSpec& disk) {
  Toy toy;
  const std::vector<sim::NodeId> nodes{toy.add("a", disk), toy.add("b", disk), toy.add("c", disk)};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto next = nodes[(i + 1) % 3];
    toy.script(nodes[i])
        .on<sim::Start>({drawn_ping(next), tick(30ms), drawn_ping(next).on_order(1)})
        .on<sim::Restart>({note(9), force(), drawn_ping(next), tick(20ms)})
        .on<Ping>({note(1), take(2), force(), ballot(next, 2), tock(15ms), choice(3)})
        .on<Ballot>({note(4), stop_tock(), told(next, 5)})
        .on<Tick>({force(), drawn_ping(next).on_order(2), tick(70ms)})
        .on<Tock>({note(6)});
  }
  toy.plan.limits.sim_time = at(2s);
  toy.plan.limits.quiet_after = at(1s);
  return toy;
}

Toy toy_with_crashes(bool group_commit) {
  Toy toy = toy_ring({.force = {Shape::exponential, 3ms}, .group_commit = group_commit});
  toy.plan.network = {
      .latency = {Shape::uniform, 1ms, 20ms}, .loss = percent(3), .duplicate = percent(5)};
  for (std::uint16_t i = 0; i < 3; ++i) {
    sim::Fault& crash = toy.fault(sim::Action::crash, {sim::NodeId{i}});
    crash.trigger = sim::Trigger::every;
    crash.every = {Shape::exponential, 150ms};
    crash.keep = static_cast<sim::Keep>(i + 1);
    crash.restart_after = 20ms;
  }
  return toy;
}

Toy toy_hosts() {
  Toy toy = toy_ring({});
  toy.plan.limits.drain = {};
  toy.plan.nodes[2].machine = sim::NodeId{0};
  toy.plan.network.latency = {Shape::pareto, 2ms, 40ms};
  toy.plan.links.push_back(
      {sim::NodeId{0}, sim::NodeId{1}, {.latency = {Shape::lognormal, 5ms, 50ms}, .fifo = true}});
  sim::Fault& pause = toy.fault(sim::Action::pause, {sim::NodeId{2}, sim::NodeId{1}});
  pause.trigger = sim::Trigger::every;
  pause.every = sim::Distribution::constant(100ms);
  pause.lasts = 60ms;
  sim::Fault& clock = toy.fault_at(50ms, sim::Action::clock, {sim::NodeId{0}});
  clock.offset = -2s;
  clock.drift_ppb = -30'000'000;
  return toy;
}

/// A coordinator, two services and twelve orders.
kit::Deployment orders() {
  kit::Deployment deployment;
  deployment.protocol.family = protocols::find_family("two-phase-commit");
  deployment.nodes = {
      {.name = "orders", .role = "coordinator", .host = {}},
      {.name = "store", .role = {}, .host = {}, .stock = {{"packet", 10}}},
      {.name = "courier", .role = {}, .host = {}, .stock = {{"agent", 9}}, .decline = percent(5)}};
  deployment.network.latency = {Shape::lognormal, 8ms, 60ms};
  deployment.workload.orders = 12;
  deployment.workload.arrivals.emplace(sim::Distribution{Shape::exponential, 50ms});
  deployment.workload.takes = {{"store", {{"packet", 1}}}, {"courier", {{"agent", 1}}}};
  return deployment;
}

sim::NamedFault every(std::string id, sim::Action action, sim::Duration mean) {
  sim::NamedFault fault;
  fault.id = std::move(id);
  fault.trigger = sim::Trigger::every;
  fault.every = {Shape::exponential, mean};
  fault.action = action;
  return fault;
}

kit::Deployment orders_with_crashes() {
  kit::Deployment deployment = orders();
  for (const std::string node : {"orders", "store", "courier"}) {
    sim::NamedFault crash = every("crash-" + node, sim::Action::crash, 300ms);
    crash.nodes = {node};
    crash.keep = node == "store" ? sim::Keep::torn : sim::Keep::some;
    crash.restart_after = 80ms;
    deployment.faults.push_back(crash);
  }
  return deployment;
}

kit::Deployment orders_with_cuts() {
  kit::Deployment deployment = orders();
  deployment.network.loss = percent(2);
  deployment.network.corrupt = percent(1);
  deployment.network.duplicate = percent(4);
  sim::NamedFault cut = every("cut", sim::Action::partition, 400ms);
  cut.groups = {{"orders", "store"}, {"courier"}};
  cut.lasts = 300ms;
  deployment.faults.push_back(cut);
  sim::NamedFault drop;
  drop.id = "drop";
  drop.trigger = sim::Trigger::match;
  drop.match = {.from = "store", .kind = "vote", .nth = 3};
  drop.action = sim::Action::drop;
  deployment.faults.push_back(drop);
  return deployment;
}

kit::Deployment orders_with_sick_disks() {
  kit::Deployment deployment = orders();
  for (auto& node : deployment.nodes)
    node.disk = {.force = {Shape::uniform, 1ms, 9ms}, .group_commit = node.name == "store"};
  sim::NamedFault sick = every("sick", sim::Action::disk, 200ms);
  sick.nodes = {"store"};
  sick.lasts = 100ms;
  sick.by = 30ms;
  deployment.faults.push_back(sick);
  sick.id = "broken";
  sick.nodes = {"courier"};
  sick.disk = sim::DiskFault::error;
  sick.restart_after = 50ms;
  deployment.faults.push_back(sick);
  sick.id = "full";
  sick.disk = sim::DiskFault::full;
  deployment.faults.push_back(sick);
  return deployment;
}

kit::Deployment orders_with_places() {
  kit::Deployment deployment = orders();
  deployment.links = {
      {"orders", "courier", {.latency = {Shape::pareto, 10ms, 80ms}, .fifo = true}}};
  sim::NamedFault crash;
  crash.id = "by-fact";
  crash.trigger = sim::Trigger::when;
  crash.when = {.fact = sim::FactKind::held, .at = "store", .nth = 4};
  crash.nodes = {"store"};
  crash.restart_after = 1500ms;
  deployment.faults.push_back(crash);
  crash.id = "by-place";
  crash.trigger = sim::Trigger::place;
  crash.nodes = {"orders"};
  crash.place.effect = 40;
  crash.keep = sim::Keep::all;
  deployment.faults.push_back(crash);
  sim::NamedFault clock = every("clock", sim::Action::clock, 1s);
  clock.nodes = {"courier"};
  clock.jump = -150ms;
  clock.drift_ppb = 250'000;
  deployment.faults.push_back(clock);
  return deployment;
}

/// The same trouble for another protocol. Faults that its messages or nodes do not know do not
/// apply.
kit::Deployment under(std::string_view protocol, kit::Deployment deployment,
                      std::string variant = "hardened") {
  deployment.protocol.family = protocols::find_family(protocol);
  deployment.protocol.variant = std::move(variant);
  return deployment;
}

kit::Deployment choreographed(kit::Deployment deployment) {
  deployment.protocol.options = {{"style", "choreographed"}};
  return under("saga", std::move(deployment));
}

kit::Deployment locking(kit::Deployment deployment) {
  deployment.protocol.options = {{"semantic_locks", true}};
  return under("saga", std::move(deployment));
}
kit::Deployment supervised(kit::Deployment deployment) {
  deployment.protocol.options = {{"style", std::string{"choreographed"}}, {"supervisor", true}};
  return under("saga", std::move(deployment));
}

/// On queues and functions.
kit::Deployment queued(kit::Deployment deployment, std::string variant = "hardened") {
  deployment.protocol.options = {{"queues", true}};
  return under("saga", std::move(deployment), std::move(variant));
}

kit::Deployment three_phases(std::string termination, kit::Deployment deployment) {
  deployment.protocol.options = {{"termination", std::move(termination)}};
  return under("three-phase-commit", std::move(deployment));
}

/// The store is only read, or an order's only service, or services are left in doubt for too long.
kit::Deployment reading(kit::Deployment deployment) {
  deployment.workload.takes.front().items.clear();
  return deployment;
}
kit::Deployment in_one_phase(kit::Deployment deployment) {
  deployment.workload.takes.pop_back();
  deployment.protocol.options = {{"one_phase", true}};
  return deployment;
}
kit::Deployment guessing(kit::Deployment deployment) {
  deployment.protocol.options = {{"heuristic", std::string{"commit"}},
                                 {"heuristic_after", sim::Duration{100ms}}};
  return deployment;
}

kit::Deployment passive(kit::Deployment deployment) {
  deployment.protocol.options = {{"participants", std::string{"passive"}}};
  return deployment;
}

kit::Deployment manager_crashes() {
  kit::Deployment deployment = under("tcc", orders_with_crashes());
  sim::NamedFault crash = every("crash-manager", sim::Action::crash, 200ms);
  crash.nodes = {"transaction-manager"};
  crash.keep = sim::Keep::torn;
  crash.restart_after = 60ms;
  deployment.faults.push_back(crash);
  return deployment;
}

/// The same for protocols with a broker, which crashes, too.
kit::Deployment with_broker_crashes(kit::Deployment deployment) {
  sim::NamedFault crash = every("crash-broker", sim::Action::crash, 200ms);
  crash.nodes = {"broker"};
  crash.keep = sim::Keep::torn;
  crash.restart_after = 60ms;
  deployment.faults.push_back(crash);
  return deployment;
}

kit::Deployment broker_crashes(const std::string& relay, const std::string& variant) {
  kit::Deployment deployment = under("outbox", orders_with_crashes(), variant);
  deployment.protocol.options = {{"relay", relay}};
  return with_broker_crashes(std::move(deployment));
}

/// Two relays, which crash as well.
kit::Deployment shared_outbox(const std::string& claim) {
  kit::Deployment deployment = broker_crashes("polling", "");
  deployment.protocol.options = {
      {"relays", std::int64_t{2}}, {"claim", claim}, {"relay_lease", sim::Duration{300ms}}};
  sim::NamedFault crash = every("crash-relay", sim::Action::crash, 200ms);
  crash.nodes = {"relay"};
  crash.restart_after = 60ms;
  deployment.faults.push_back(crash);
  return deployment;
}

/// Two consumers of each queue, of which one crashes as well.
kit::Deployment shared_queues(const std::string& sharing) {
  kit::Deployment deployment = broker_crashes("polling", "");
  deployment.protocol.options = {{"consumers", std::int64_t{2}}, {"sharing", sharing}};
  sim::NamedFault crash = every("crash-consumer", sim::Action::crash, 200ms);
  crash.nodes = {"consumer-1"};
  crash.restart_after = 60ms;
  deployment.faults.push_back(crash);
  return deployment;
}

/// A saga with two processes of each service, of which one crashes as the broker does, and with
/// poison.
kit::Deployment shared_saga(kit::Deployment made) {
  kit::Deployment deployment = with_broker_crashes(std::move(made));
  deployment.protocol.options.emplace_back("consumers", std::int64_t{2});
  sim::NamedFault crash = every("crash-consumer", sim::Action::crash, 200ms);
  crash.nodes = {"consumer-1"};
  crash.restart_after = 60ms;
  deployment.faults.push_back(crash);
  for (kit::NodeDecl& node : deployment.nodes) {
    if (node.is_service()) node.poison = {200'000'000};
  }
  return deployment;
}

kit::Deployment shared_messages() {
  kit::Deployment deployment = under("local-message-table", orders_with_crashes());
  deployment.protocol.options = {{"workers", std::int64_t{2}}};
  return deployment;
}

kit::Deployment mq(const std::string& mode, kit::Deployment deployment) {
  deployment.protocol.options = {{"mode", mode}};
  return under("mq-transaction", std::move(deployment));
}

/// Half measures: rows that are forgotten, gaps that are waited for, brokers that are lazy.
kit::Deployment with_option(std::string name, kit::OptionValue value, kit::Deployment deployment) {
  deployment.protocol.options.emplace_back(std::move(name), std::move(value));
  return deployment;
}
kit::Deployment forgetful(const std::string& family, kit::Deployment deployment) {
  return with_option("inbox_retention", 200ms, under(family, std::move(deployment)));
}
kit::Deployment without_tombstones() {
  return with_option("tombstone_retention", 200ms, under("reservation", orders_with_cuts()));
}
kit::Deployment by_id_and_lazy() {
  kit::Deployment deployment = with_option("gap_timeout", 50ms, broker_crashes("polling", ""));
  deployment = with_option("transaction", 100ms, std::move(deployment));
  deployment = with_option("flush_after", 100ms, std::move(deployment));
  return with_option("max_deliveries", std::int64_t{3}, std::move(deployment));
}
kit::Deployment half_mq(std::string name, kit::OptionValue value) {
  return with_option(std::move(name), std::move(value),
                     with_broker_crashes(mq("broker", orders_with_crashes())));
}

kit::Deployment store_crashes() {
  kit::Deployment deployment = under("event-sourcing", orders_with_crashes());
  deployment.protocol.options = {{"checkpoint", std::int64_t{3}}};
  sim::NamedFault crash = every("crash-store", sim::Action::crash, 200ms);
  crash.nodes = {"event-store"};
  crash.keep = sim::Keep::torn;
  crash.restart_after = 60ms;
  deployment.faults.push_back(crash);
  return deployment;
}

kit::Deployment acceptor_crashes(bool is_fast) {
  kit::Deployment deployment = under("paxos-commit", orders_with_crashes());
  deployment.protocol.options = {{"fast", is_fast}};
  for (const std::string node : {"acceptor-1", "acceptor-2"}) {
    sim::NamedFault crash = every("crash-" + node, sim::Action::crash, 200ms);
    crash.nodes = {node};
    crash.keep = sim::Keep::some;
    crash.restart_after = 60ms;
    deployment.faults.push_back(crash);
  }
  return deployment;
}

/// A node whose role this protocol does not have.
kit::Deployment orders_with_idle_node() {
  kit::Deployment deployment = orders_with_crashes();
  deployment.nodes.push_back({.name = "tm", .role = "transaction-manager", .host = {}});
  deployment.faults.front().nodes.push_back("tm");
  return deployment;
}

GoldenDeployment finish(std::string name, const kit::Deployment& deployment) {
  return {std::move(name), search::make_simulation(deployment).plan};
}

}  // namespace

std::vector<GoldenDeployment> golden_deployments() {
  const sim::Distribution slow{Shape::lognormal, 2ms, 20ms};
  return {finish("toy-ring", toy_ring({})),
          finish("toy-ring-slow-disks", toy_ring({.force = slow})),
          finish("toy-ring-group-commit", toy_ring({.force = slow, .group_commit = true})),
          finish("toy-crashes", toy_with_crashes(false)),
          finish("toy-crashes-group-commit", toy_with_crashes(true)),
          finish("toy-hosts", toy_hosts()),
          finish("orders", orders()),
          finish("orders-crashes", orders_with_crashes()),
          finish("orders-cuts", orders_with_cuts()),
          finish("orders-sick-disks", orders_with_sick_disks()),
          finish("orders-places", orders_with_places()),
          finish("tcc-crashes", manager_crashes()),
          finish("tcc-cuts", under("tcc", orders_with_cuts())),
          finish("tcc-published-cuts", under("tcc", orders_with_cuts(), "as-published")),
          finish("retry-crashes", under("blocking-retry", orders_with_crashes())),
          finish("orders-idle-node", orders_with_idle_node()),
          finish("saga", under("saga", orders())),
          finish("saga-crashes", under("saga", orders_with_crashes())),
          finish("saga-cuts", under("saga", orders_with_cuts())),
          finish("saga-sick-disks", under("saga", orders_with_sick_disks())),
          finish("choreography", choreographed(orders())),
          finish("choreography-crashes", choreographed(orders_with_crashes())),
          finish("choreography-cuts", choreographed(orders_with_cuts())),
          finish("three-phase-crashes", three_phases("timeout", orders_with_crashes())),
          finish("three-phase-skeen-crashes", three_phases("skeen", orders_with_crashes())),
          finish("three-phase-quorum-cuts", three_phases("quorum", orders_with_cuts())),
          finish("three-phase-e3pc-crashes", three_phases("e3pc", orders_with_crashes())),
          finish("three-phase-textbook-crashes", three_phases("textbook", orders_with_crashes())),
          finish("three-phase-e3pc-cuts", three_phases("e3pc", orders_with_cuts())),
          finish("outbox", under("outbox", orders_with_cuts())),
          finish("outbox-crashes", broker_crashes("polling", "")),
          finish("outbox-tailing", broker_crashes("log-tailing", "")),
          finish("outbox-published", broker_crashes("polling", "as-published")),
          finish("outbox-leased", shared_outbox("lease")),
          finish("outbox-locked", shared_outbox("skip-locked")),
          finish("outbox-unclaimed", shared_outbox("none")),
          finish("outbox-single-active", shared_queues("single-active")),
          finish("outbox-competing", shared_queues("competing")),
          finish("local-messages-shared", shared_messages()),
          finish("local-messages-crashes", under("local-message-table", orders_with_crashes())),
          finish("local-messages-cuts", under("local-message-table", orders_with_cuts())),
          finish("local-messages-published-cuts",
                 under("local-message-table", orders_with_cuts(), "as-published")),
          finish("events-crashes", store_crashes()),
          finish("events-cuts", under("event-sourcing", orders_with_cuts())),
          finish("paxos-crashes", acceptor_crashes(false)),
          finish("paxos-fast-crashes", acceptor_crashes(true)),
          finish("paxos-cuts", under("paxos-commit", orders_with_cuts())),
          finish("parallel-commits", under("parallel-commits", orders())),
          finish("parallel-commits-crashes", under("parallel-commits", orders_with_crashes())),
          finish("parallel-commits-cuts", under("parallel-commits", orders_with_cuts())),
          finish("orders-reading-crashes", reading(orders_with_crashes())),
          finish("orders-one-phase-crashes", in_one_phase(orders_with_crashes())),
          finish("orders-heuristic-crashes", guessing(orders_with_crashes())),
          finish("orders-heuristic-cuts", guessing(orders_with_cuts())),
          finish("orders-passive-crashes", passive(orders_with_crashes())),
          finish("orders-passive-cuts", passive(orders_with_cuts())),
          finish("choreography-supervised-crashes", supervised(orders_with_crashes())),
          finish("choreography-supervised-cuts", supervised(orders_with_cuts())),
          finish("saga-locks-crashes", locking(orders_with_crashes())),
          finish("saga-locks-cuts", locking(orders_with_cuts())),
          finish("outbox-by-id-lazy", by_id_and_lazy()),
          finish("local-messages-forgetful", forgetful("local-message-table", orders_with_cuts())),
          finish("listen-forgetful", forgetful("listen-to-yourself", orders_with_crashes())),
          finish("mq-one-by-one", half_mq("commit_record", std::string{"per-message"})),
          finish("mq-markers", half_mq("commit_record", std::string{"marker"})),
          finish("mq-lazy", half_mq("flush_after", 100ms)),
          finish("tcc-forgetful", with_option("fence_retention", 200ms, manager_crashes())),
          finish("reservation-forgetful", without_tombstones()),
          finish("mq-crashes", with_broker_crashes(mq("broker", orders_with_crashes()))),
          finish("mq-cuts", mq("broker", orders_with_cuts())),
          finish("mq-published-cuts", under("mq-transaction", orders_with_cuts(), "as-published")),
          finish("half-message-crashes",
                 with_broker_crashes(mq("half-message", orders_with_crashes()))),
          finish("half-message-cuts", mq("half-message", orders_with_cuts())),
          finish("listen-crashes",
                 with_broker_crashes(under("listen-to-yourself", orders_with_crashes()))),
          finish("listen-cuts", under("listen-to-yourself", orders_with_cuts())),
          finish("saga-queues", queued(orders())),
          finish("saga-queues-crashes", with_broker_crashes(queued(orders_with_crashes()))),
          finish("saga-queues-cuts", queued(orders_with_cuts())),
          finish("saga-published-cuts", queued(orders_with_cuts(), "as-published")),
          finish("saga-queues-shared", shared_saga(queued(orders_with_crashes()))),
          finish("choreography-shared", shared_saga(choreographed(orders_with_crashes())))};
}

}  // namespace indoubt::test
