#pragma once

#include "protocols/kit/messaging/consumer.hpp"
#include "protocols/kit/messaging/supervised_consumers.hpp"
#include "protocols/kit/retention.hpp"

/// Consumers whose inbox forgets a message after a while, and then takes a copy of it for a new
/// one.
namespace indoubt::messaging {

/// A role with an inbox says which rows it has.
template <typename Role>
struct HasInbox : Role {
  bool has_row(sim::OrderId order) const {
    return this->inbox.at(order) != decltype(this->inbox.at(order)){};
  }
  void forget_row(sim::OrderId order) { this->inbox.forget(order); }
};

template <typename Role, typename Deliver, typename Context>
using Forgetful =
    kit::ForgetsRows<HasInbox<Role>, Context, Deliver, kit::Settle, kit::FencedSettle>;

template <typename Context, typename Topic>
using ForgetfulConsumer = Forgetful<Consumer<Context, Topic>, Deliver<Topic>, Context>;
template <typename Context, typename Topic>
using SupervisedForgetfulConsumer =
    Forgetful<SupervisedConsumer<Context, Topic>, Deliver<Topic>, Context>;

}  // namespace indoubt::messaging
