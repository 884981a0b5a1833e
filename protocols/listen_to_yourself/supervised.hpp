#pragma once

#include "protocols/kit/messaging/forgetful_consumers.hpp"
#include "protocols/kit/messaging/supervised_consumers.hpp"
#include "protocols/kit/supervisor/reporting_authority.hpp"
#include "protocols/listen_to_yourself/order_service.hpp"

/// Listen to yourself under a supervisor, which compares what the order service has heard of itself
/// with what the services have heard.
namespace indoubt::listen_to_yourself {

/// The authority, for orders that it has heard of. The others are on the broker's log only.
struct KnowsPlaced : OrderService {
  bool is_placed(sim::OrderId order) const { return orders.at(order).is_noted; }
};
using SupervisedOrderService = kit::ReportingAuthority<KnowsPlaced, Context>;

using SupervisedConsumer = messaging::SupervisedConsumer<Context, Event>;
using SupervisedForgetfulConsumer = messaging::SupervisedForgetfulConsumer<Context, Event>;

}  // namespace indoubt::listen_to_yourself
