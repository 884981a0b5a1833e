#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <tuple>

#include "protocols/outbox/order_service.hpp"

namespace indoubt::outbox {

struct PollingProgress {
  /// Up to which of the placed orders the rows of each service are marked: always the first ones.
  std::array<std::uint32_t, kit::most_services_per_order> marked{};
  kit::ServiceSet under_way{};  ///< services with a row that is not confirmed
  bool is_asleep = false;       ///< until `PollDue`
  /// Only the marks are on record.
  void lose_memory() { *this = {.marked = marked}; }
  static auto fields(auto& self) {
    auto& [m, u, a] = self;
    return std::tie(m, u, a);
  }
};

/// Looks for rows that are not marked, publishes them in the order of their commits, and marks them
/// when the broker has confirmed them. A service's messages must stay in order, so the next one of
/// a service waits for the confirmation of the one before, and services do not wait for each other.
struct PollingRelay : OrderService<PollingProgress> {
  using OrderService::on;
  using OrderService::replay;
  void on(const PollDue&, Context& ctx);
  void on(const Confirmed& ack, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const RowPublished& record, sim::OrderId order);

  void relay(Context& ctx) override;
  /// Publishes the service's next row, if it has one.
  void publish_next(std::size_t service, Context& ctx);
  /// The order of the service's first row that is not marked.
  virtual std::optional<sim::OrderId> next_row(std::size_t service) const;
  virtual void mark(std::size_t service, sim::OrderId order);
};

}  // namespace indoubt::outbox
