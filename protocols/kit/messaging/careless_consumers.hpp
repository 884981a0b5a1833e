#pragma once

#include "protocols/kit/messaging/consumer.hpp"

/// Consumers with one mistake each, for the mutants of every family that has consumers.
namespace indoubt::messaging {

/// Takes every delivery for the first one.
template <typename Context, typename Topic>
struct ConsumerWithoutInbox : Consumer<Context, Topic> {
  void on(const Deliver<Topic>& message, Context& ctx) {
    if (this->fails(ctx)) return;
    this->apply(ctx);
    ctx.answer(Consumed{message.offset});
  }
};

/// Acknowledges a message before its effect is durable.
template <typename Context, typename Topic>
struct ConsumedBeforeForce : Consumer<Context, Topic> {
  using Seen = typename Consumer<Context, Topic>::Seen;

  void on(const Deliver<Topic>& message, Context& ctx) {
    ctx.answer(Consumed{message.offset});
    if (this->inbox[ctx.order()] == Seen::yes || this->stock.is_poison(ctx)) return;
    this->apply(ctx);
  }
};

}  // namespace indoubt::messaging
