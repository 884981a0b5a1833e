#include "reports/event_text.hpp"

#include "reports/words.hpp"

namespace indoubt::reports {

std::string event_text(const sim::NamedEvent& event) {
  const std::string nth = event.nth == 1 ? "" : "the " + ordinal(event.nth) + " ";
  const std::string what =
      nth + event.kind.value_or("message") +
      (event.order ? " of order " + std::to_string(*event.order) : std::string{});
  switch (event.type) {
    case sim::EventType::deliver:
      return what + " from " + event.from.value_or("anybody") + " reaches " + event.node;
    case sim::EventType::timer: return what + " fires at " + event.node;
    case sim::EventType::force:
      return "the " + ordinal(event.nth) + " force of " + event.node + " is done";
    case sim::EventType::restart:
      return event.node + " restarts" +
             (event.nth == 1 ? "" : " for the " + ordinal(event.nth) + " time");
    case sim::EventType::fault: return "fault '" + event.fault + "' happens";
  }
  return {};
}

std::string event_order_text(const std::vector<sim::NamedEvent>& order) {
  std::string text;
  for (const sim::NamedEvent& event : order)
    text += (text.empty() ? "" : ", before ") + event_text(event);
  return text;
}

}  // namespace indoubt::reports
