#include "tests/scenarios/random_deployment.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "scenarios/text/units.hpp"
#include "tests/scenarios/example.hpp"

namespace indoubt::scenarios::testing {
namespace {

using kit::Deployment;
using kit::NodeDecl;
using sim::Distribution;
using sim::Duration;
using sim::NamedFault;

// rapidcheck's ranges exclude their end.
template <typename T>
T between(T least, T most) {
  return *rc::gen::inRange<T>(least, static_cast<T>(most + 1));
}

bool coin() { return *rc::gen::arbitrary<bool>(); }

/// Of every magnitude, as people write them and as draws give them.
Duration duration_from(std::int64_t least) {
  const std::int64_t unit = *rc::gen::element<std::int64_t>(1, 1'000, 1'000'000, 1'000'000'000,
                                                            60'000'000'000, 3'600'000'000'000);
  const Duration duration{between<std::int64_t>(0, 2'000) * unit + least};
  return std::min(duration, longest_duration);
}

Duration any_duration() { return duration_from(0); }
Duration positive_duration() { return duration_from(1); }
Duration signed_duration() { return coin() ? any_duration() : -any_duration(); }

Distribution any_distribution() {
  using Shape = Distribution::Shape;
  const Duration first = positive_duration();
  const Duration second = first + Duration{between<std::int64_t>(0, 1'000'000)};
  switch (between(0, 4)) {
    case 0: return Distribution::constant(first);
    case 1: return {Shape::uniform, first, std::min(second, longest_duration)};
    case 2: return {Shape::exponential, first, {}};
    case 3: return {Shape::lognormal, first, std::min(second, longest_duration)};
    default: return {Shape::pareto, first, std::min(second, longest_duration)};
  }
}

sim::Probability any_probability() {
  return {coin() ? 0 : between<std::uint32_t>(0, 1'000'000'000)};
}

std::string any_name() {
  return *rc::gen::element<std::string>("packet", "agent", "a b", "caf\xc3\xa9", "q\"uote", "\\",
                                        "tab #1");
}

sim::LinkQuality any_quality() {
  return {any_distribution(), any_probability(), any_probability(), any_probability(), coin()};
}

std::vector<kit::ItemCount> any_stock() {
  std::set<std::string> names{any_name(), any_name()};
  std::vector<kit::ItemCount> stock;
  for (const std::string& name : names) stock.push_back({name, between(1u, 1000u)});
  return stock;
}

void add_nodes(Deployment& deployment) {
  NodeDecl coordinator;
  coordinator.name = "orders";
  coordinator.role = "coordinator";
  deployment.nodes.push_back(coordinator);
  const int services = between(1, 4);
  for (int i = 0; i < services; ++i) {
    NodeDecl service;
    service.name = "service " + std::to_string(i);
    service.stock = any_stock();
    service.decline = any_probability();
    if (coin()) service.poison = any_probability();
    service.disk = {any_distribution(), coin()};
    if (service.disk.group_commit && coin()) service.disk.output = sim::Output::by_handling;
    if (coin()) service.work.time = any_distribution();
    if (service.work.takes_time() && coin()) service.work.queue = between(1u, 1'000'000u);
    if (service.work.takes_time() && coin()) service.work.deadline = positive_duration();
    if (coin()) service.host = "orders";
    deployment.nodes.push_back(service);
  }
}

std::vector<kit::TakeDecl> any_takes(const Deployment& deployment) {
  std::vector<kit::TakeDecl> takes;
  for (const NodeDecl& node : deployment.nodes) {
    if (!node.is_service()) continue;
    const kit::ItemCount& item = node.stock.front();
    const std::uint32_t units = between(1u, std::min(item.units, 16u));
    takes.push_back({node.name, {{item.item, units}}});
  }
  return takes;
}

void add_takes(Deployment& deployment) {
  const int kinds = coin() ? 0 : between(1, 3);
  for (int i = 0; i < kinds; ++i) {
    deployment.workload.kinds.push_back(
        {"kind " + std::to_string(i), between(1u, 9u), any_takes(deployment)});
  }
  if (kinds == 0) deployment.workload.takes = any_takes(deployment);
}

void fill_workload(Deployment& deployment) {
  kit::Workload& workload = deployment.workload;
  workload.orders = between(1u, 1'000u);
  if (coin()) {
    const std::set<std::uint32_t> only{between(1u, workload.orders), between(1u, workload.orders)};
    workload.only.assign(only.begin(), only.end());
  }
  if (coin()) workload.arrivals = any_distribution();
  workload.give_up_after = positive_duration();
  if (coin()) workload.retry = kit::ClientRetry{positive_duration(), between(1u, 100u), coin()};
  workload.loses_connections = coin();
  if (coin()) workload.cancel = kit::ClientCancel{any_probability(), any_duration()};
  add_takes(deployment);
}

void choose_protocol(kit::ProtocolChoice& protocol) {
  switch (between(0, 2)) {
    case 0:
      protocol.family = example_family("two-phase-commit");
      if (coin()) protocol.mutants = {"M-A02"};
      if (coin()) protocol.options.emplace_back("presume", std::string{"commit"});
      if (coin()) protocol.options.emplace_back("vote_timeout", any_duration());
      break;
    case 1:
      protocol.family = example_family("reservation");
      switch (between(0, 3)) {
        case 0: protocol.variant = "as-published"; break;
        case 1: protocol.mutants = {"M-F08"}; break;
        case 2: protocol.mutants = {"M-F02", "M-F08"}; break;
        default: break;
      }
      if (coin()) protocol.options.emplace_back("reservation_ttl", any_duration());
      if (coin()) protocol.options.emplace_back("tolerate", between<std::int64_t>(0, 9));
      break;
    default:
      protocol.family = example_family("outbox");
      if (coin()) protocol.options.emplace_back("relay", std::string{"polling"});
      if (coin()) protocol.options.emplace_back("fast", coin());
      break;
  }
}

std::string kind_of(const Deployment& deployment) {
  const std::string_view name = deployment.protocol.name();
  return name == "two-phase-commit" ? "prepare" : name == "reservation" ? "reserve" : "publish";
}

template <typename T>
std::optional<T> maybe(T value) {
  return coin() ? std::optional<T>{value} : std::nullopt;
}

std::string any_node(const Deployment& deployment) {
  return deployment.nodes[between<std::size_t>(0, deployment.nodes.size() - 1)].name;
}

void choose_trigger(const Deployment& deployment, NamedFault& fault) {
  const std::string kind = kind_of(deployment);
  const std::uint32_t order = between(1u, 5u);
  const std::uint32_t nth = between(1u, 9u);
  using sim::Trigger;
  const std::vector<Trigger> all{Trigger::at, Trigger::every, Trigger::when, Trigger::match,
                                 Trigger::place};
  fault.trigger = all[between<std::size_t>(0, 4)];
  switch (fault.trigger) {
    case Trigger::at:
      fault.at = std::min(sim::TrueTime{any_duration()}, deployment.limits.quiet_after);
      break;
    case Trigger::every: fault.every = any_distribution(); break;
    case Trigger::when:
      fault.when = {sim::FactKind::held, maybe(any_node(deployment)), maybe(order), nth};
      break;
    case Trigger::match:
      fault.match = {maybe(any_node(deployment)), maybe(std::string{"client"}), maybe(kind),
                     maybe(order), maybe(nth)};
      break;
    case Trigger::place:
      if (coin()) fault.place.handling = NamedFault::Handling{kind, maybe(order), nth};
      fault.place.effect = nth;
      break;
  }
}

void choose_message_fault(NamedFault& fault) {
  fault.trigger = sim::Trigger::match;
  if (fault.action == sim::Action::delay) fault.by = any_duration();
  if (fault.action == sim::Action::duplicate && coin()) fault.by = any_duration();
  if (coin()) fault.probability = any_probability();
  fault.window = static_cast<sim::Window>(between(0, 2));
  if (fault.window == sim::Window::at) fault.lasts = maybe(positive_duration());
  if (fault.window == sim::Window::every) {
    fault.every = any_distribution();
    fault.lasts = positive_duration();
  }
}

void choose_degradation(const Deployment& deployment, NamedFault& fault) {
  const bool is_of_links = fault.trigger != sim::Trigger::place && coin();
  if (is_of_links) {
    fault.links = {{"orders", deployment.nodes.back().name}, {"client", "orders"}};
  } else {
    fault.nodes = {any_node(deployment)};
    fault.worse.force_times = between(1u, 1000u);
    fault.worse.work_times = between(1u, 1000u);
  }
  fault.worse.times = between(1u, 1000u);
  fault.worse.plus = positive_duration();
  fault.worse.loss = any_probability();
  fault.worse.duplicate = any_probability();
  fault.lasts = maybe(positive_duration());
}

void choose_partition(const Deployment& deployment, NamedFault& fault) {
  fault.groups = {{"orders"}, {deployment.nodes.back().name, "client"}};
  fault.one_way = coin();
  fault.lasts = maybe(positive_duration());
  if (fault.trigger == sim::Trigger::place) fault.nodes = {"orders"};
}

void choose_damage(NamedFault& fault) {
  const int way = between(0, 5);
  fault.damage.wipe = way == 0;
  if (way == 1) fault.damage.rollback = positive_duration();
  fault.damage.rot = way == 2;
  if (way < 2) fault.keep = sim::Keep::forced;
  fault.damage.lost_sends = coin();
  fault.damage.clock_restarts = coin();
}

void choose_machine_fault(const Deployment& deployment, NamedFault& fault) {
  fault.nodes = {any_node(deployment)};
  const bool may_be_several = fault.trigger != sim::Trigger::place && fault.nodes[0] != "orders";
  if (may_be_several && coin()) fault.nodes.emplace_back("orders");
  if (fault.action == sim::Action::crash) {
    fault.keep = static_cast<sim::Keep>(between(0, 3));
    choose_damage(fault);
    fault.restart_after = maybe(any_duration());
  } else if (fault.action == sim::Action::pause) {
    fault.lasts = maybe(positive_duration());
  } else if (fault.action == sim::Action::clock) {
    fault.offset = maybe(signed_duration());
    fault.drift_ppb = maybe(between<std::int64_t>(-900'000'000, 900'000'000));
    fault.jump = signed_duration();
  } else {
    fault.disk = static_cast<sim::DiskFault>(between(0, 3));
    fault.lasts = maybe(positive_duration());
    if (fault.disk == sim::DiskFault::slow) fault.by = any_duration();
    if (fault.disk == sim::DiskFault::error) fault.restart_after = maybe(any_duration());
  }
}

NamedFault any_fault(const Deployment& deployment, int index) {
  NamedFault fault;
  fault.id = "fault#" + std::to_string(index);
  fault.action = static_cast<sim::Action>(between(std::size_t{0}, sim::action_count - 1));
  choose_trigger(deployment, fault);
  if (sim::befalls_messages(fault.action)) {
    NamedFault plain;
    plain.id = fault.id;
    plain.action = fault.action;
    if (fault.trigger == sim::Trigger::match) plain.match = fault.match;
    choose_message_fault(plain);
    return plain;
  }
  if (fault.action == sim::Action::partition) {
    choose_partition(deployment, fault);
  } else if (fault.action == sim::Action::degrade) {
    choose_degradation(deployment, fault);
  } else {
    choose_machine_fault(deployment, fault);
  }
  return fault;
}

}  // namespace

rc::Gen<Deployment> random_deployment() {
  return rc::gen::exec([] {
    Deployment deployment;
    deployment.limits.sim_time = sim::TrueTime{positive_duration()};
    deployment.limits.events = between<std::uint64_t>(1, 1'000'000'000);
    deployment.limits.quiet_after =
        std::min(sim::TrueTime{any_duration()}, deployment.limits.sim_time);
    deployment.limits.blocked = any_duration();
    add_nodes(deployment);
    deployment.network = any_quality();
    if (coin()) deployment.links.push_back({"orders", "service 0", any_quality()});
    if (coin()) deployment.links.push_back({"client", "orders", any_quality()});
    fill_workload(deployment);
    choose_protocol(deployment.protocol);
    const int faults = between(0, 6);
    for (int i = 0; i < faults; ++i) deployment.faults.push_back(any_fault(deployment, i));
    return deployment;
  });
}

}  // namespace indoubt::scenarios::testing
