#pragma once

#include "protocols/kit/messaging/forgetful_consumers.hpp"
#include "protocols/kit/messaging/supervised_consumers.hpp"
#include "protocols/kit/supervisor/reporting_authority.hpp"
#include "protocols/mq_transaction/as_published.hpp"
#include "protocols/mq_transaction/half_message_producer.hpp"
#include "protocols/mq_transaction/producer.hpp"

/// Broker transactions and half messages under a supervisor, which compares the order's row with
/// what the services have: it finds what the broker has parked, or never had.
namespace indoubt::mq_transaction {

/// The authority: a producer of either mode, published or not.
template <typename P>
struct KnowsPlaced : P {
  bool is_placed(sim::OrderId order) const {
    return this->orders.at(order).phase == KnowsPlaced::Phase::placed;
  }
};
template <typename P>
using Supervised = kit::ReportingAuthority<KnowsPlaced<P>, Context>;

using SupervisedConsumer = messaging::SupervisedConsumer<Context, Destination>;
using SupervisedForgetfulConsumer = messaging::SupervisedForgetfulConsumer<Context, Destination>;

}  // namespace indoubt::mq_transaction
