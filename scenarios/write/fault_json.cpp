#include <string>

#include "scenarios/text/units.hpp"
#include "scenarios/write/deployment_json.hpp"

namespace indoubt::scenarios {
namespace {

using sim::Action;
using sim::NamedFault;
using sim::Trigger;

void add_name(Value& value, std::string_view key, const std::optional<std::string>& name) {
  if (name) value.with(key, Value::of_string(*name));
}

void add_number(Value& value, std::string_view key, const std::optional<std::uint32_t>& number) {
  if (number) value.with(key, Value::of_integer(*number));
}

void add_duration(Value& value, std::string_view key, const std::optional<sim::Duration>& time) {
  if (time) value.with(key, duration_json(*time));
}

Value fact_pattern_json(const NamedFault::FactPattern& pattern) {
  Value value = Value::of_object();
  value.with("fact", Value::of_string(sim::name_of(pattern.fact)));
  add_name(value, "at", pattern.at);
  add_number(value, "order", pattern.order);
  if (pattern.nth != 1) add_number(value, "nth", pattern.nth);
  return value;
}

Value message_pattern_json(const NamedFault::MessagePattern& pattern) {
  Value value = Value::of_object();
  add_name(value, "from", pattern.from);
  add_name(value, "to", pattern.to);
  add_name(value, "kind", pattern.kind);
  add_number(value, "order", pattern.order);
  add_number(value, "nth", pattern.nth);
  return value;
}

void add_place(Value& value, const NamedFault::Place& place) {
  if (place.handling) {
    Value handling = Value::of_object();
    handling.with("kind", Value::of_string(place.handling->kind));
    add_number(handling, "order", place.handling->order);
    add_number(handling, "nth", place.handling->nth);
    value.with("handling", std::move(handling));
  }
  value.with("effect", Value::of_integer(place.effect));
}

void add_match(Value& value, const NamedFault& fault) {
  value.with("match", message_pattern_json(fault.match));
  if (fault.window == sim::Window::at) {
    value.with("at", duration_json(fault.at.time_since_epoch()));
  }
  if (fault.window == sim::Window::every) value.with("every", distribution_json(fault.every));
  if (!fault.probability.is_certain()) {
    value.with("probability", probability_json(fault.probability));
  }
}

void add_trigger(Value& value, const NamedFault& fault) {
  switch (fault.trigger) {
    case Trigger::at: value.with("at", duration_json(fault.at.time_since_epoch())); return;
    case Trigger::every: value.with("every", distribution_json(fault.every)); return;
    case Trigger::when: value.with("when", fact_pattern_json(fault.when)); return;
    case Trigger::match: return add_match(value, fault);
    case Trigger::place: add_place(value, fault.place); return;
  }
}

/// One name plainly, several as a list.
void add_nodes(Value& value, const std::vector<std::string>& nodes) {
  if (nodes.empty()) return;
  if (nodes.size() == 1) {
    value.with("node", Value::of_string(nodes.front()));
    return;
  }
  Value list = Value::of_array();
  for (const std::string& node : nodes) list.items.push_back(Value::of_string(node));
  value.with("node", std::move(list));
}

void add_groups(Value& value, const NamedFault& fault) {
  Value groups = Value::of_array();
  for (const std::vector<std::string>& group : fault.groups) {
    Value names = Value::of_array();
    for (const std::string& node : group) names.items.push_back(Value::of_string(node));
    groups.items.push_back(std::move(names));
  }
  value.with("groups", std::move(groups));
  if (fault.one_way) value.with("one_way", Value::of_bool(true));
}

void add_clock(Value& value, const NamedFault& fault) {
  add_duration(value, "offset", fault.offset);
  add_duration(value, "jump", fault.jump);
  if (fault.drift_ppb) value.with("drift", Value::of_string(drift_text(*fault.drift_ppb)));
}

void add_damage(Value& value, const sim::Damage& damage) {
  const auto add_flag = [&](std::string_view key, bool is_set) {
    if (is_set) value.with(key, Value::of_bool(true));
  };
  add_flag("wipe", damage.wipe);
  add_duration(value, "rollback", damage.rollback);
  add_flag("rot", damage.rot);
  add_flag("lost_sends", damage.lost_sends);
  add_flag("clock_restarts", damage.clock_restarts);
}

void add_disk(Value& value, const NamedFault& fault) {
  value.with("mode", Value::of_string(sim::name_of(fault.disk)));
  if (fault.disk == sim::DiskFault::slow) value.with("by", duration_json(fault.by));
}

void add_degradation(Value& value, const NamedFault& fault) {
  const sim::Degradation& worse = fault.worse;
  if (!fault.links.empty()) {
    Value links = Value::of_array();
    for (const NamedFault::Link& link : fault.links) {
      Value item = Value::of_object();
      item.with("from", Value::of_string(link.from)).with("to", Value::of_string(link.to));
      links.items.push_back(std::move(item));
    }
    value.with("links", std::move(links));
  }
  if (worse.times != 1) value.with("times", Value::of_integer(worse.times));
  if (worse.plus != sim::Duration{0}) value.with("plus", duration_json(worse.plus));
  if (!worse.loss.is_zero()) value.with("loss", probability_json(worse.loss));
  if (!worse.duplicate.is_zero()) value.with("duplicate", probability_json(worse.duplicate));
  if (worse.force_times != 1) value.with("force_times", Value::of_integer(worse.force_times));
  if (worse.work_times != 1) value.with("work_times", Value::of_integer(worse.work_times));
}

void add_what(Value& value, const NamedFault& fault) {
  switch (fault.action) {
    case Action::crash:
      if (fault.keep != sim::Keep::forced) {
        value.with("keep", Value::of_string(sim::name_of(fault.keep)));
      }
      add_damage(value, fault.damage);
      break;
    case Action::partition: add_groups(value, fault); break;
    case Action::delay: value.with("by", duration_json(fault.by)); break;
    case Action::duplicate:
      if (fault.by != sim::Duration{0}) value.with("by", duration_json(fault.by));
      break;
    case Action::clock: add_clock(value, fault); break;
    case Action::disk: add_disk(value, fault); break;
    case Action::degrade: add_degradation(value, fault); break;
    case Action::pause:
    case Action::drop:
    case Action::corrupt: break;
  }
}

}  // namespace

Value fault_json(const NamedFault& fault) {
  Value value = Value::of_object();
  value.with("id", Value::of_string(fault.id));
  add_trigger(value, fault);
  value.with("do", Value::of_string(sim::name_of(fault.action)));
  add_nodes(value, fault.nodes);
  add_what(value, fault);
  add_duration(value, "for", fault.lasts);
  add_duration(value, "restart_after", fault.restart_after);
  return value;
}

}  // namespace indoubt::scenarios
