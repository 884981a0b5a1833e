#pragma once

#include <cstddef>
#include <cstdint>
#include <tuple>

#include "protocols/saga/choreography/messages.hpp"

namespace indoubt::saga::choreography {

/// What a node has to publish about one order. An event gets in with the record that it tells of,
/// and leaves when the broker has it.
struct Outbox {
  std::uint32_t events = 0;  ///< bit set of `EventType`
  std::uint32_t attempts = 0;

  void add(EventType type) {
    events |= bit(type);
    attempts = 0;
  }
  void remove(EventType type) { events &= ~bit(type); }
  bool is_empty() const { return events == 0; }

  /// Publishes everything that is in it, and once more later.
  void relay(const Settings& settings, Context& ctx) {
    if (is_empty()) return;
    for (std::size_t i = 0; i < event_types; ++i) {
      const auto type = static_cast<EventType>(i);
      if ((events & bit(type)) != 0) ctx.send(settings.broker, Publish{type});
    }
    ctx.arm<RelayDue>(settings.retry.after(attempts++));
  }
  /// The broker has the event. Without the record, which is not forced, it is published once more.
  void acknowledge(EventType type, Context& ctx) {
    if ((events & bit(type)) == 0) return;
    remove(type);
    if (is_empty()) ctx.cancel<RelayDue>();
    ctx.append(Dispatched{type});
  }

  static auto fields(auto& self) {
    auto& [e, a] = self;
    return std::tie(e, a);
  }

 private:
  static std::uint32_t bit(EventType type) { return 1u << static_cast<std::uint32_t>(type); }
};

}  // namespace indoubt::saga::choreography
