#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/messaging/outbox.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/saga/choreography/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::saga::choreography {

/// A service: does its step when there is an order, and undoes it when an event says that the order
/// comes to nothing. What it did for an order is its inbox: it does the same event once.
struct Participant {
  static constexpr std::string_view role_name = "participant";
  enum class Phase : std::uint8_t { unknown, done, failed, compensated };
  struct Branch {
    Phase phase = Phase::unknown;
    messaging::Outbox<EventType> outbox{};
    static auto fields(auto& self) {
      auto& [p, o] = self;
      return std::tie(p, o);
    }
  };

  sim::Constant<Settings> settings;
  kit::Stock stock;
  kit::OrderTable<Branch> branches;

  void on(const Deliver& event, Context& ctx);
  void on(const Confirmed& ack, Context& ctx);
  void on(const RepublishDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const UnitsAssigned& record, sim::OrderId order);
  void replay(const Refused&, sim::OrderId order);
  void replay(const UnitsReleased& record, sim::OrderId order);
  void replay(const Dispatched& record, sim::OrderId order) {
    branches[order].outbox.remove(record.topic);
  }

  void lose_memory() {
    stock.lose_memory();
    branches.lose_memory([](Branch& branch) { branch.outbox.attempts = 0; });
  }

  /// Whether acting on such an event fails, whenever it is tried.
  bool is_poison(Command acted_on, const Context& ctx) const {
    return stock.is_poison(ctx, poison_of(acted_on));
  }
  void do_step(const Deliver& event, Branch& branch, Context& ctx);
  void compensate(Context& ctx);

  static auto fields(auto& self) {
    auto& [s, st, b] = self;
    return std::tie(s, st, b);
  }
};

}  // namespace indoubt::saga::choreography
