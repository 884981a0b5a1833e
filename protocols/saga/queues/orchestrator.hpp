#pragma once

#include <cstdint>
#include <tuple>

#include "protocols/kit/messaging/outbox.hpp"
#include "protocols/saga/orchestrator.hpp"
#include "protocols/saga/queues/messages.hpp"

namespace indoubt::saga::queues {

/// The front of the shop and the orchestrator behind it. An order is an event, `order_received`,
/// which starts the orchestrator; commands are put on the queues of the services, whose results
/// come back directly. Every step has a bounded Retry, and a Catch that undoes the order.
struct Orchestrator : saga::Orchestrator {
  using saga::Orchestrator::on;
  using saga::Orchestrator::replay;

  enum class Wish : std::uint8_t { to_have_it, to_cancel };

  sim::Constant<QueueSettings> queues;
  /// Of the front, in memory: what has been published and has not started the orchestrator yet.
  kit::OrderTable<messaging::Outbox<Topic>> received;
  /// Of the client, as far as it was heard before the orchestrator started; in memory, too.
  kit::OrderTable<Wish> wishes;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const kit::CancelOrder& cancel, Context& ctx);
  void on(const RepublishDue&, Context& ctx);
  void on(const Deliver& event, Context& ctx);
  void on(const ResendDue& timer, Context& ctx);

  void lose_memory() {
    saga::Orchestrator::lose_memory();
    received = {};
    wishes = {};
  }

  void tell(sim::NodeId service, Command command, Context& ctx) override;
  /// Attempts are counted instead.
  void limit_step(Context&) override {}
  void pass_pivot(Instance& instance, Context& ctx) override;
  /// Catch: the step was tried often enough, and nobody knows whether it is done.
  virtual void catch_unknown(Instance& instance, Context& ctx);
  sim::Duration next_wait(Instance& instance) const override {
    if (!is_exhausted(instance)) ++instance.tries;
    return saga::Orchestrator::next_wait(instance);
  }
  /// Whether the present command was attempted as often as a step may be.
  bool is_exhausted(const Instance& instance) const { return instance.tries >= queues->attempts; }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<saga::Orchestrator>(self),
                          std::tie(self.queues, self.received, self.wishes));
  }
};

}  // namespace indoubt::saga::queues
