#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/business/order_table.hpp"
#include "protocols/saga/choreography/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::saga::choreography {

/// A log of events that many consume. Each event is delivered to each of its consumers until that
/// one says that it is done with it.
struct Broker {
  static constexpr std::string_view role_name = "broker";
  /// A consumer is a service, by its position, or this.
  static constexpr std::size_t order_service = business::most_services_per_order;
  /// `order_created`, `timed_out`, and one result of each service.
  static constexpr std::size_t events_per_order = 2 + business::most_services_per_order;

  struct Event {
    std::uint64_t type = 0;       ///< an `EventType`
    std::uint64_t publisher = 0;  ///< index of its node
    std::uint32_t is_stored = 0;
    std::uint32_t waiting = 0;  ///< bit set of consumers
    static auto fields(auto& self) {
      auto& [t, p, s, w] = self;
      return std::tie(t, p, s, w);
    }
  };
  /// The log of one order.
  struct Topic {
    std::array<Event, events_per_order> events{};
    std::uint32_t attempts = 0;
    static auto fields(auto& self) {
      auto& [e, a] = self;
      return std::tie(e, a);
    }
  };

  sim::Constant<Settings> settings;
  business::OrderTable<Topic> topics;

  void on(const Publish& event, Context& ctx);
  void on(const Consumed& ack, Context& ctx);
  void on(const RedeliverDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const EventStored& record, sim::OrderId order);
  void replay(const EventConsumed& record, sim::OrderId order);

  Event& store(sim::OrderId order, EventType type, sim::NodeId publisher);
  void deliver(const Event& event, Context& ctx) const;
  void deliver_all(Topic& topic, Context& ctx) const;
  /// Where the event is in its order's log.
  std::size_t index_of(EventType type, sim::NodeId publisher) const;
  /// Bit set of those whom an event is for.
  std::uint32_t consumers_of(EventType type, sim::NodeId publisher) const;
  std::size_t consumer(sim::NodeId node) const;

  static auto fields(auto& self) {
    auto& [s, t] = self;
    return std::tie(s, t);
  }
};

}  // namespace indoubt::saga::choreography
