#pragma once

#include "protocols/kit/messaging/careless_consumers.hpp"
#include "protocols/kit/messaging/consumer.hpp"
#include "protocols/kit/supervisor/compared_service.hpp"

/// Consumers that a supervisor asks what they have of an order, and tells what they lack. To say
/// what they have, they look into their inbox.
namespace indoubt::messaging {

template <typename Context, typename Topic>
struct CatchesUp : Consumer<Context, Topic> {
  bool has_effect(sim::OrderId order) const {
    return this->inbox.at(order) == CatchesUp::Seen::yes;
  }
  void catch_up(Context& ctx) { this->take(ctx); }
};
template <typename Context, typename Topic>
using SupervisedConsumer = kit::ComparedService<CatchesUp<Context, Topic>, Context>;

/// Takes every delivery for the first one, and notes that there was one. So a supervisor's command
/// is done once, and a message that the broker delivers after it is done again.
template <typename Context, typename Topic>
struct NotesDeliveries : ConsumerWithoutInbox<Context, Topic> {
  void on(const Deliver<Topic>& message, Context& ctx) {
    ConsumerWithoutInbox<Context, Topic>::on(message, ctx);
    if (!this->fails(ctx)) this->inbox[ctx.order()] = NotesDeliveries::Seen::yes;
  }
  bool has_effect(sim::OrderId order) const {
    return this->inbox.at(order) == NotesDeliveries::Seen::yes;
  }
  void catch_up(Context& ctx) { this->take(ctx); }
};
template <typename Context, typename Topic>
using SupervisedConsumerWithoutInbox =
    kit::ComparedService<NotesDeliveries<Context, Topic>, Context>;

}  // namespace indoubt::messaging
