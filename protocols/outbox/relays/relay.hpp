#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/retry.hpp"
#include "protocols/outbox/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::outbox {

/// The role of one of several relays, and the default name of the first one's node.
inline constexpr std::string_view relay_role = "relay";

/// One of several relays, on a node of its own. It asks for rows, a queue's next one when the one
/// before is marked, and publishes each until the broker confirms it. It remembers nothing: what it
/// was at is not marked, and somebody gets it again.
struct Relay {
  static constexpr std::string_view role_name = relay_role;
  /// The row of a queue that is with the broker.
  struct Row {
    sim::OrderId order = sim::no_order;  ///< `no_order`: there is none
    kit::Attempts attempts{};
    std::uint64_t token = 0;  ///< of the lease that it was got under
    sim::ClockTime until{};   ///< its end
    static auto fields(auto& self) {
      auto& [o, a, t, u] = self;
      return std::tie(o, a, t, u);
    }
  };

  sim::Constant<Settings> settings;
  std::array<Row, kit::most_services_per_order> rows{};  ///< by queue

  virtual ~Relay() = default;

  void on(const RowsWaiting& wake, Context& ctx);
  void on(const HandRow& handed, Context& ctx);
  void on(const Confirmed& ack, Context& ctx);
  void on(const RepublishDue&, Context& ctx);

  void lose_memory() { rows = {}; }

  /// The queue's row, if it is of the order that the handler is about; else null.
  Row* row_of(Queue queue, const Context& ctx);
  void publish(Queue queue, Row& row, Context& ctx);
  /// The row of the handler's order has gone, and the next one may come.
  void ask_next(Queue queue, Context& ctx) const;
  /// The row is no business of this relay any more.
  void drop(Row& row, Context& ctx);
  /// Whether rows may still be published under what they were got under.
  virtual bool may_publish(const Row&, const Context&) const { return true; }
  virtual void send(Queue queue, const Row&, Context& ctx) const {
    ctx.send(settings->broker, Publish{queue});
  }

  static auto fields(auto& self) {
    auto& [s, r] = self;
    return std::tie(s, r);
  }
};

/// Publishes under leases: nothing once they are over by its own clock, and with their numbers, for
/// it may have been paused since it looked at the clock.
struct LeasedRelay : Relay {
  using Relay::on;
  /// Another one has the queue.
  void on(const Superseded& refusal, Context& ctx);

  bool may_publish(const Row& row, const Context& ctx) const override {
    return ctx.now() < row.until;
  }
  void send(Queue queue, const Row& row, Context& ctx) const override {
    ctx.send(settings->broker, FencedPublish{queue, row.token});
  }
};

}  // namespace indoubt::outbox
