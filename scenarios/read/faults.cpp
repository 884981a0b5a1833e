#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "scenarios/read/distribution.hpp"
#include "scenarios/read/fault_checks.hpp"
#include "scenarios/read/names.hpp"
#include "scenarios/read/patterns.hpp"
#include "scenarios/read/scalars.hpp"
#include "scenarios/read/sections.hpp"
#include "scenarios/read/table.hpp"
#include "scenarios/vocabulary.hpp"

namespace indoubt::scenarios {
namespace {

using sim::NamedFault;

std::optional<sim::Keep> read_keep(Reader& reader, const Value& value) {
  return read_enum<sim::Keep>(reader, value, "keep", keep_names());
}

std::optional<sim::DiskFault> read_mode(Reader& reader, const Value& value) {
  return read_enum<sim::DiskFault>(reader, value, "disk mode", disk_fault_names());
}

std::optional<sim::Action> read_action(Reader& reader, const Value& value) {
  return read_enum<sim::Action>(reader, value, "fault action", action_names());
}

/// One name or a list of names.
void read_fault_nodes(Reader& reader, const Value& value, NamedFault& fault) {
  const std::vector<Value> one{value};
  const bool is_list = value.is(Value::Type::array);
  const std::vector<Value>* names = is_list ? read_items(reader, value, "nodes") : &one;
  if (names == nullptr) return;
  for (const Value& name : *names) {
    const auto node = read_node(reader, name, NodeUse::machine);
    if (!node) continue;
    if (std::find(fault.nodes.begin(), fault.nodes.end(), *node) != fault.nodes.end()) {
      reader.error(name, in_quotes(*node) + " is named twice");
    }
    fault.nodes.push_back(*node);
  }
}

/// Bound of what takes so many times as long.
constexpr std::int64_t most_times = 1'000;
constexpr std::size_t most_faults = 1'000;

constexpr std::array<Key<NamedFault::Link>, 2> link_keys{{
    {"from", required, shape::text, "Who sends.", into<&NamedFault::Link::from, read_endpoint>},
    {"to", required, shape::text, "Who receives.", into<&NamedFault::Link::to, read_endpoint>},
}};

void read_group(Reader& reader, const Value& value, std::set<std::string>& seen,
                NamedFault& fault) {
  const std::vector<Value>* names = read_items(reader, value, "nodes");
  if (names == nullptr) return;
  std::vector<std::string> group;
  for (const Value& name : *names) {
    const auto node = read_endpoint(reader, name);
    if (!node) continue;
    if (!seen.insert(*node).second) reader.error(name, in_quotes(*node) + " is in two groups");
    group.push_back(*node);
  }
  fault.groups.push_back(std::move(group));
}

void read_groups(Reader& reader, const Value& value, NamedFault& fault) {
  const std::vector<Value>* groups = read_items(reader, value, "groups");
  if (groups == nullptr) return;
  if (groups->size() < 2) reader.error(value, "a partition needs at least two groups");
  std::set<std::string> seen;
  for (const Value& group : *groups) read_group(reader, group, seen, fault);
}

void read_every(Reader& reader, const Value& value, NamedFault& fault) {
  const auto every = read_distribution(reader, value);
  if (!every) return;
  fault.every = *every;
  const bool never_advances = std::max(every->first, every->second) <= sim::Duration{0};
  if (never_advances) reader.error(value, "'every' must be greater than 0");
}

void read_effect(Reader& reader, const Value& value, NamedFault& fault) {
  if (const auto effect = read_nth(reader, value)) fault.place.effect = *effect;
}

void read_worse_link(Reader& reader, const Value& value, NamedFault& fault) {
  NamedFault::Link link;
  if (!read_object<NamedFault::Link>(reader, value, link_keys, link, "a link")) return;
  if (link.from.empty() || link.to.empty()) return;
  const bool is_known =
      std::find(fault.links.begin(), fault.links.end(), link) != fault.links.end();
  if (is_known) reader.error(value, "the link " + link.from + " -> " + link.to + " is named twice");
  if (link.from == link.to) reader.error(value, "a link joins two different nodes");
  fault.links.push_back(std::move(link));
}

void read_worse_links(Reader& reader, const Value& value, NamedFault& fault) {
  const std::vector<Value>* links = read_items(reader, value, "links");
  if (links == nullptr) return;
  for (const Value& link : *links) read_worse_link(reader, link, fault);
}

template <auto member, auto read>
void into_worse(Reader& reader, const Value& value, NamedFault& fault) {
  if (auto got = read(reader, value)) fault.worse.*member = *got;
}

template <auto member, auto read>
void into_damage(Reader& reader, const Value& value, NamedFault& fault) {
  if (auto got = read(reader, value)) fault.damage.*member = *got;
}

constexpr auto read_times = read_count<std::uint32_t, 1, most_times>;

constexpr std::array<Key<NamedFault>, 32> fault_keys{{
    {"id", optional, shape::text,
     "Its name, which keys its random draws. Default: the action and the place in the list.",
     into<&NamedFault::id, read_name>},
    {"do", required, shape::choice("action"), "What goes wrong.",
     into<&NamedFault::action, read_action>},
    {"at", optional, shape::duration, "Trigger: an instant; of a window, beside 'match'.",
     into<&NamedFault::at, read_instant>},
    {"every", optional, shape::distribution,
     "Trigger: again and again until quiet_after, start to start; of windows, beside 'match'.",
     read_every},
    {"when", optional, shape::object("when"), "Trigger: the n-th fact of a kind.",
     read_fact_pattern},
    {"match", optional, shape::object("match"), "Trigger: the sending of a message.",
     read_message_pattern},
    {"probability", optional, shape::probability,
     "How likely a message that matches is struck. Default: 1.",
     into<&NamedFault::probability, read_probability>},
    {"handling", optional, shape::object("handling"),
     "Trigger: a place in the handling of a message by 'node'.", read_handling},
    {"effect", optional, shape::whole_number(1, largest_nth),
     "Before which effect of the handling or, without one, of the node's run. Default: 1.",
     read_effect},
    {"node", optional, shape::reference("node-names"), "Whom it befalls.", read_fault_nodes},
    {"keep", optional, shape::choice("keep"),
     "How much of the unforced tail survives a crash. Default: forced, none of it.",
     into<&NamedFault::keep, read_keep>},
    {"wipe", optional, shape::boolean,
     "The disk is gone: the node comes back with an empty one. Default: false.",
     into_damage<&sim::Damage::wipe, read_boolean>},
    {"rollback", optional, shape::duration,
     "The node comes back with what was durable so long ago: a restored backup.",
     into_damage<&sim::Damage::rollback, read_positive_duration>},
    {"rot", optional, shape::boolean,
     "One forced record, drawn at random, is damaged. Default: false.",
     into_damage<&sim::Damage::rot, read_boolean>},
    {"lost_sends", optional, shape::boolean,
     "Of what is under way from the node, the last on each link are lost, drawn at random. "
     "Default: false.",
     into_damage<&sim::Damage::lost_sends, read_boolean>},
    {"clock_restarts", optional, shape::boolean,
     "After the restart the clock reads what it read at the start of the run. Default: false.",
     into_damage<&sim::Damage::clock_restarts, read_boolean>},
    {"restart_after", optional, shape::duration,
     "When the node comes back. Default: it is down for good.",
     into<&NamedFault::restart_after, read_duration>},
    {"for", optional, shape::duration, "How long it lasts. Default: until quiet_after.",
     into<&NamedFault::lasts, read_positive_duration>},
    {"groups", optional, shape::reference("groups"),
     "Sets of nodes; no message passes from one to another.", read_groups},
    {"one_way", optional, shape::boolean,
     "Cut only from the first group to the others. Default: false.",
     into<&NamedFault::one_way, read_boolean>},
    {"by", optional, shape::duration, "How much later, or how much slower.",
     into<&NamedFault::by, read_duration>},
    {"offset", optional, shape::signed_duration, "Sets the clock to true time plus this.",
     into<&NamedFault::offset, read_signed_duration>},
    {"jump", optional, shape::signed_duration, "Adds this to the clock.",
     into<&NamedFault::jump, read_signed_duration>},
    {"drift", optional, shape::drift, "How much the clock runs faster than true time.",
     into<&NamedFault::drift_ppb, read_drift>},
    {"mode", optional, shape::choice("disk-mode"), "How the disk misbehaves.",
     into<&NamedFault::disk, read_mode>},
    {"links", optional, shape::list("fault-link"), "Which links are worse, in one direction each.",
     read_worse_links},
    {"times", optional, shape::whole_number(1, most_times),
     "How many times as long messages take. Default: 1.",
     into_worse<&sim::Degradation::times, read_times>},
    {"plus", optional, shape::duration, "How much longer they take besides. Default: 0s.",
     into_worse<&sim::Degradation::plus, read_duration>},
    {"loss", optional, shape::probability, "How many are lost besides. Default: 0.",
     into_worse<&sim::Degradation::loss, read_probability>},
    {"duplicate", optional, shape::probability, "How many come twice besides. Default: 0.",
     into_worse<&sim::Degradation::duplicate, read_probability>},
    {"force_times", optional, shape::whole_number(1, most_times),
     "How many times as long forces of 'node' take. Default: 1.",
     into_worse<&sim::Degradation::force_times, read_times>},
    {"work_times", optional, shape::whole_number(1, most_times),
     "How many times as long 'node' works on a message. Default: 1.",
     into_worse<&sim::Degradation::work_times, read_times>},
}};

/// Whether the keys fit together, so that reading on makes sense.
bool check_form(Reader& reader, const Value& value) {
  if (!check_object(reader, value, "a fault")) return false;
  check_keys(reader, value, names_of<NamedFault>(fault_keys), "a fault");
  return check_trigger(reader, value);
}

void read_one_fault(Reader& reader, const Value& value, std::size_t index,
                    std::set<std::string>& ids) {
  NamedFault fault;
  if (!check_form(reader, value)) fault.trigger = sim::Trigger::at;
  if (!value.is(Value::Type::object)) return;
  const std::size_t errors_before = reader.report.error_count();
  read_keys<NamedFault>(reader, value, fault_keys, fault, "a fault");
  const Value* action = value.find("do");
  const bool knows_action = action != nullptr && action->is(Value::Type::string) &&
                            action->text == sim::name_of(fault.action);
  if (knows_action) check_fault(reader, value, fault);
  if (fault.id.empty() && knows_action) fault.id = action->text + "-" + std::to_string(index);
  if (!fault.id.empty() && !ids.insert(fault.id).second) {
    const Value* id = value.find("id");
    reader.error(id != nullptr ? *id : value, "two faults have the id " + in_quotes(fault.id));
  }
  if (reader.report.error_count() == errors_before) add_if_it_applies(reader, std::move(fault));
}

}  // namespace

void read_faults(Reader& reader, const Value& value, kit::Deployment&) {
  if (!value.is(Value::Type::array)) return reader.wrong_type(value, "a list of faults");
  if (!check_size(reader, value, most_faults, "faults")) return;
  std::set<std::string> ids;
  std::size_t index = 0;
  for (const Value& item : value.items) read_one_fault(reader, item, ++index, ids);
}

std::vector<TableDoc> fault_tables() {
  std::vector<TableDoc> tables{document<NamedFault>("fault", fault_keys),
                               document<NamedFault::Link>("fault-link", link_keys)};
  for (TableDoc& table : pattern_tables()) tables.push_back(std::move(table));
  return tables;
}

}  // namespace indoubt::scenarios
