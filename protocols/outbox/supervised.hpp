#pragma once

#include "protocols/kit/messaging/forgetful_consumers.hpp"
#include "protocols/kit/messaging/supervised_consumers.hpp"
#include "protocols/kit/supervisor/reporting_authority.hpp"
#include "protocols/outbox/as_published.hpp"
#include "protocols/outbox/gap_waiting_relay.hpp"
#include "protocols/outbox/log_tailing_relay.hpp"
#include "protocols/outbox/polling_relay.hpp"

/// The outbox under a supervisor, which compares the order's row with what the services have: it
/// finds what no relay and no broker will deliver any more.
namespace indoubt::outbox {

/// The authority: the order service with its relay, published or not. A row of the order is enough,
/// whether there are rows of the outbox or not.
template <typename Relay>
struct KnowsPlaced : Relay {
  bool is_placed(sim::OrderId order) const {
    return this->orders.at(order).phase == Order::Phase::placed;
  }
};
template <typename Relay>
using Supervised = kit::ReportingAuthority<KnowsPlaced<Relay>, Context>;

using SupervisedConsumer = messaging::SupervisedConsumer<Context, Queue>;
using SupervisedForgetfulConsumer = messaging::SupervisedForgetfulConsumer<Context, Queue>;

namespace as_published {
using SupervisedConsumer = messaging::SupervisedConsumerWithoutInbox<Context, Queue>;
}  // namespace as_published

}  // namespace indoubt::outbox
