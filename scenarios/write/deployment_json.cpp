#include "scenarios/write/deployment_json.hpp"

#include <algorithm>
#include <type_traits>

#include "scenarios/read/distribution.hpp"
#include "scenarios/text/units.hpp"

namespace indoubt::scenarios {
namespace {

using kit::Deployment;

Value instant_json(sim::TrueTime time) { return duration_json(time.time_since_epoch()); }

Value limits_json(const sim::Limits& limits) {
  const sim::Limits usual{};
  const auto usual_quiet = sim::TrueTime{limits.sim_time.time_since_epoch() / 2};
  Value value = Value::of_object();
  if (limits.sim_time != usual.sim_time) value.with("sim_time", instant_json(limits.sim_time));
  if (limits.drain != sim::usual_drain(limits.sim_time)) {
    value.with("drain", duration_json(limits.drain));
  }
  if (limits.events != usual.events) {
    value.with("events", Value::of_integer(static_cast<std::int64_t>(limits.events)));
  }
  if (limits.quiet_after != usual_quiet)
    value.with("quiet_after", instant_json(limits.quiet_after));
  if (limits.blocked != usual.blocked) value.with("blocked", duration_json(limits.blocked));
  return value;
}

Value counts_json(const std::vector<kit::ItemCount>& counts) {
  Value value = Value::of_object();
  for (const kit::ItemCount& count : counts) {
    value.with(count.item, Value::of_integer(count.units));
  }
  return value;
}

Value disk_json(const sim::DiskSpec& disk) {
  const sim::DiskSpec usual{};
  Value value = Value::of_object();
  if (disk.force != usual.force) value.with("force", distribution_json(disk.force));
  if (disk.group_commit) value.with("group_commit", Value::of_bool(true));
  if (disk.output != usual.output) {
    value.with("output", Value::of_string(sim::name_of(disk.output)));
  }
  return value;
}

Value node_json(const kit::NodeDecl& node) {
  Value value = Value::of_object();
  if (!node.role.empty()) value.with("role", Value::of_string(node.role));
  if (node.is_service()) value.with("stock", counts_json(node.stock));
  if (!node.decline.is_zero()) value.with("decline", probability_json(node.decline));
  if (!node.poison.is_zero()) value.with("poison", probability_json(node.poison));
  if (node.disk != sim::DiskSpec{}) value.with("disk", disk_json(node.disk));
  if (node.work.takes_time()) value.with("work", distribution_json(node.work.time));
  if (node.work.queue != 0) value.with("queue", Value::of_integer(node.work.queue));
  if (node.work.deadline != sim::Duration{})
    value.with("deadline", duration_json(node.work.deadline));
  if (!node.host.empty()) value.with("host", Value::of_string(node.host));
  return value;
}

/// Appends what differs from `usual`.
void add_quality(Value& value, const sim::LinkQuality& quality, const sim::LinkQuality& usual) {
  if (quality.latency != usual.latency) value.with("latency", distribution_json(quality.latency));
  if (quality.loss != usual.loss) value.with("loss", probability_json(quality.loss));
  if (quality.duplicate != usual.duplicate) {
    value.with("duplicate", probability_json(quality.duplicate));
  }
  if (quality.corrupt != usual.corrupt) value.with("corrupt", probability_json(quality.corrupt));
  if (quality.fifo != usual.fifo) value.with("fifo", Value::of_bool(quality.fifo));
}

Value network_json(const Deployment& deployment) {
  Value value = Value::of_object();
  add_quality(value, deployment.network, {});
  Value links = Value::of_array();
  for (const kit::LinkDecl& link : deployment.links) {
    Value item = Value::of_object();
    item.with("from", Value::of_string(link.from)).with("to", Value::of_string(link.to));
    add_quality(item, link.quality, deployment.network);
    links.items.push_back(std::move(item));
  }
  if (!links.items.empty()) value.with("links", std::move(links));
  return value;
}

Value takes_json(const std::vector<kit::TakeDecl>& takes) {
  Value value = Value::of_object();
  for (const kit::TakeDecl& take : takes) value.with(take.service, counts_json(take.items));
  return value;
}

Value kind_json(const kit::OrderKind& kind) {
  Value value = Value::of_object();
  value.with("name", Value::of_string(kind.name));
  if (kind.weight != 1) value.with("weight", Value::of_integer(kind.weight));
  value.with("takes", takes_json(kind.takes));
  return value;
}

Value retry_json(const kit::ClientRetry& retry) {
  Value value = Value::of_object();
  value.with("after", duration_json(retry.after));
  if (retry.times != 1) value.with("times", Value::of_integer(retry.times));
  if (retry.has_fresh_key) value.with("key", Value::of_string("fresh"));
  return value;
}

Value cancel_json(const kit::ClientCancel& cancel) {
  Value value = Value::of_object();
  value.with("share", probability_json(cancel.share));
  value.with("after", duration_json(cancel.after));
  return value;
}

Value workload_json(const kit::Workload& workload) {
  const kit::Workload usual{};
  Value value = Value::of_object();
  if (workload.orders != usual.orders) value.with("orders", Value::of_integer(workload.orders));
  if (!workload.only.empty()) {
    Value only = Value::of_array();
    for (const std::uint32_t order : workload.only) only.items.push_back(Value::of_integer(order));
    value.with("only", std::move(only));
  }
  if (workload.arrivals) value.with("arrivals", distribution_json(*workload.arrivals));
  if (workload.give_up_after != usual.give_up_after) {
    value.with("give_up_after", duration_json(workload.give_up_after));
  }
  if (workload.retry) value.with("retry", retry_json(*workload.retry));
  if (workload.cancel) value.with("cancel", cancel_json(*workload.cancel));
  if (workload.loses_connections) value.with("lose_connections", Value::of_bool(true));
  if (workload.kinds.empty()) {
    value.with("takes", takes_json(workload.takes));
    return value;
  }
  Value kinds = Value::of_array();
  for (const kit::OrderKind& kind : workload.kinds) kinds.items.push_back(kind_json(kind));
  value.with("kinds", std::move(kinds));
  return value;
}

Value option_json(const kit::OptionValue& option) {
  return std::visit(
      [](const auto& content) {
        using Content = std::decay_t<decltype(content)>;
        if constexpr (std::is_same_v<Content, bool>)
          return Value::of_bool(content);
        else if constexpr (std::is_same_v<Content, std::int64_t>)
          return Value::of_integer(content);
        else if constexpr (std::is_same_v<Content, sim::Duration>)
          return duration_json(content);
        else
          return Value::of_string(content);
      },
      option);
}

Value texts_json(const std::vector<std::string>& texts) {
  Value list = Value::of_array();
  for (const std::string& text : texts) list.items.push_back(Value::of_string(text));
  return list;
}

/// One as a string, several as a list.
Value mutants_json(const std::vector<std::string>& mutants) {
  if (mutants.size() == 1) return Value::of_string(mutants.front());
  return texts_json(mutants);
}

void add_external(Value& value, const kit::ExternalPrograms& external) {
  const auto add = [&](std::string_view key, const std::vector<std::string>& texts) {
    if (!texts.empty()) value.with(key, texts_json(texts));
  };
  add("external", external.command);
  add("external_services", external.service_command);
  add("external_messages", external.messages);
  add("external_timers", external.timers);
}

Value protocol_json(const kit::ProtocolChoice& protocol) {
  Value value = Value::of_object();
  value.with("name", Value::of_string(protocol.name()));
  if (!protocol.variant.empty()) value.with("variant", Value::of_string(protocol.variant));
  if (!protocol.is_correct()) value.with("mutant", mutants_json(protocol.mutants));
  add_external(value, protocol.external);
  if (protocol.options.empty()) return value;
  Value options = Value::of_object();
  for (const auto& [name, option] : protocol.options) options.with(name, option_json(option));
  value.with("options", std::move(options));
  return value;
}

/// An event of an order: {"deliver": {...}}.
Value event_json(const sim::NamedEvent& event) {
  const bool is_delivery = event.type == sim::EventType::deliver;
  Value what = Value::of_object();
  if (event.from) what.with("from", Value::of_string(*event.from));
  if (event.type == sim::EventType::fault) {
    what.with("id", Value::of_string(event.fault));
  } else {
    what.with(is_delivery ? "to" : "node", Value::of_string(event.node));
  }
  if (event.kind) what.with("kind", Value::of_string(*event.kind));
  if (event.order) what.with("order", Value::of_integer(*event.order));
  if (event.nth != 1) what.with("nth", Value::of_integer(event.nth));
  Value value = Value::of_object();
  value.with(sim::name_of(event.type), std::move(what));
  return value;
}

}  // namespace

Value duration_json(sim::Duration duration) { return Value::of_string(sim::to_text(duration)); }

Value probability_json(sim::Probability probability) {
  return Value::of_number(probability_text(probability));
}

Value distribution_json(const sim::Distribution& distribution) {
  const auto known = distribution_syntax();
  const auto form = std::find_if(known.begin(), known.end(), [&](const DistributionSyntax& entry) {
    return entry.shape == distribution.shape;
  });
  if (form == known.end()) return duration_json(distribution.first);
  Value value = Value::of_object();
  value.with("dist", Value::of_string(form->name))
      .with(form->first, duration_json(distribution.first));
  if (!form->second.empty()) value.with(form->second, duration_json(distribution.second));
  return value;
}

Value deployment_json(const Deployment& deployment) {
  Value nodes = Value::of_object();
  for (const kit::NodeDecl& node : deployment.nodes) nodes.with(node.name, node_json(node));
  Value value = Value::of_object();
  Value limits = limits_json(deployment.limits);
  if (!limits.members.empty()) value.with("limits", std::move(limits));
  value.with("nodes", std::move(nodes));
  Value network = network_json(deployment);
  if (!network.members.empty()) value.with("network", std::move(network));
  value.with("workload", workload_json(deployment.workload))
      .with("protocol", protocol_json(deployment.protocol));
  if (!deployment.faults.empty()) {
    Value faults = Value::of_array();
    for (const sim::NamedFault& fault : deployment.faults)
      faults.items.push_back(fault_json(fault));
    value.with("faults", std::move(faults));
  }
  if (deployment.order) {
    Value order = Value::of_array();
    for (const sim::NamedEvent& event : *deployment.order) order.items.push_back(event_json(event));
    value.with("order", std::move(order));
  }
  return value;
}

}  // namespace indoubt::scenarios
