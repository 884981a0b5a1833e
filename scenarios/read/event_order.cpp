#include <algorithm>
#include <array>
#include <string>

#include "scenarios/read/names.hpp"
#include "scenarios/read/patterns.hpp"
#include "scenarios/read/sections.hpp"
#include "scenarios/read/table.hpp"

namespace indoubt::scenarios {
namespace {

using sim::EventType;
using sim::NamedEvent;

constexpr std::string_view doc_of_nth = "Which of those that are alike. Default: 1.";

std::optional<std::string> read_machine(Reader& reader, const Value& value) {
  return read_node(reader, value, NodeUse::machine);
}

constexpr std::array<Key<NamedEvent>, 5> delivery_keys{{
    {"from", required, shape::text, "The sender.", into<&NamedEvent::from, read_endpoint>},
    {"to", required, shape::text, "The receiver.", into<&NamedEvent::node, read_endpoint>},
    {"kind", required, shape::choice("kind"), "The kind of message.",
     into<&NamedEvent::kind, read_kind>},
    {"order", optional, order_shape, "The order that it is about. Default: none.",
     into<&NamedEvent::order, read_order_number>},
    {"nth", optional, nth_shape, doc_of_nth, into<&NamedEvent::nth, read_nth>},
}};

constexpr std::array<Key<NamedEvent>, 4> timer_keys{{
    {"node", required, shape::text, "Whose timer it is.", into<&NamedEvent::node, read_endpoint>},
    {"kind", required, shape::choice("kind"), "The kind of timer.",
     into<&NamedEvent::kind, read_kind>},
    {"order", optional, order_shape, "The order that it is about. Default: none.",
     into<&NamedEvent::order, read_order_number>},
    {"nth", optional, nth_shape, doc_of_nth, into<&NamedEvent::nth, read_nth>},
}};

constexpr std::array<Key<NamedEvent>, 2> machine_keys{{
    {"node", required, shape::text, "Where it takes place.", into<&NamedEvent::node, read_machine>},
    {"nth", optional, nth_shape, doc_of_nth, into<&NamedEvent::nth, read_nth>},
}};

constexpr std::array<Key<NamedEvent>, 1> fault_event_keys{{
    {"id", required, shape::text, "The fault, which happens at an instant ('at').",
     into<&NamedEvent::fault, read_text>},
}};

void read_delivery(Reader& reader, const Value& value, NamedEvent& event) {
  event.type = EventType::deliver;
  read_object<NamedEvent>(reader, value, delivery_keys, event, "'deliver'");
}

void read_timer(Reader& reader, const Value& value, NamedEvent& event) {
  event.type = EventType::timer;
  read_object<NamedEvent>(reader, value, timer_keys, event, "'timer'");
}

void read_fault_event(Reader& reader, const Value& value, NamedEvent& event) {
  event.type = EventType::fault;
  read_object<NamedEvent>(reader, value, fault_event_keys, event, "'fault'");
}

template <EventType type>
void read_at_machine(Reader& reader, const Value& value, NamedEvent& event) {
  event.type = type;
  const std::string what = "'" + std::string{name_of(type)} + "'";
  read_object<NamedEvent>(reader, value, machine_keys, event, what);
}

constexpr std::array<Key<NamedEvent>, 5> event_keys{{
    {name_of(EventType::deliver), optional, shape::object("delivery"), "A message arrives.",
     read_delivery},
    {name_of(EventType::timer), optional, shape::object("timer-event"), "A timer fires.",
     read_timer},
    {name_of(EventType::force), optional, shape::object("machine-event"), "A force is done.",
     read_at_machine<EventType::force>},
    {name_of(EventType::restart), optional, shape::object("machine-event"), "A node comes back.",
     read_at_machine<EventType::restart>},
    {name_of(EventType::fault), optional, shape::object("fault-event"),
     "A fault happens whose time has come.", read_fault_event},
}};

/// Why the event never comes in this cell: the name that it lacks, as "node 'x'".
std::optional<std::string> missing_name(const Reader& reader, const NamedEvent& event) {
  if (event.type == EventType::fault) {
    const auto& faults = reader.deployment.faults;
    const bool is_there = std::any_of(faults.begin(), faults.end(), [&](const auto& fault) {
      return fault.id == event.fault && fault.trigger == sim::Trigger::at;
    });
    return is_there ? std::nullopt : std::optional{"fault '" + event.fault + "' at an instant"};
  }
  if (!cell_has_node(reader, event.node)) return "node '" + event.node + "'";
  if (event.from && !cell_has_node(reader, *event.from)) return "node '" + *event.from + "'";
  if (event.kind && !cell_has_kind(reader, *event.kind)) return "message '" + *event.kind + "'";
  return std::nullopt;
}

void read_event(Reader& reader, const Value& value, std::vector<NamedEvent>& order) {
  const std::size_t errors_before = reader.report.error_count();
  NamedEvent event;
  if (!read_object<NamedEvent>(reader, value, event_keys, event, "an event")) return;
  if (value.members.size() != 1) {
    reader.error(value, "an event is one of 'deliver', 'timer', 'force', 'restart', 'fault'");
  }
  if (reader.report.error_count() != errors_before) return;
  if (std::find(order.begin(), order.end(), event) != order.end()) {
    return reader.error(value, "the same event is listed twice; 'nth' tells events apart");
  }
  if (const auto missing = missing_name(reader, event)) {
    reader.notes.push_back("an event of 'order' does not apply: there is no " + *missing);
    return;
  }
  order.push_back(std::move(event));
}

}  // namespace

void read_event_order(Reader& reader, const Value& value, kit::Deployment& into) {
  if (!value.is(Value::Type::array)) return reader.wrong_type(value, "a list of events");
  std::vector<NamedEvent>& order = into.order.emplace();
  for (const Value& item : value.items) read_event(reader, item, order);
}

std::vector<TableDoc> event_order_tables() {
  return {document<NamedEvent>("event", event_keys),
          document<NamedEvent>("delivery", delivery_keys),
          document<NamedEvent>("timer-event", timer_keys),
          document<NamedEvent>("machine-event", machine_keys),
          document<NamedEvent>("fault-event", fault_event_keys)};
}

}  // namespace indoubt::scenarios
