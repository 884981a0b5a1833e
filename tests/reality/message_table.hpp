#pragma once

#include "tests/reality/experiment.hpp"
#include "tests/reality/order_database.hpp"
#include "tests/reality/services.hpp"

/// A local message table: orders and messages in one database, from where a worker calls the
/// services until they have acknowledged. Order service and worker are one process.
namespace indoubt::reality {

class MessageTable : public Protocol {
 public:
  MessageTable(Services& services, const OrderDatabase& orders)
      : services_{services}, orders_{orders} {}

  void reset() override;
  void place_order(Steps& step, const Client& client) override;
  /// When its leases have run out the worker goes on.
  void recover(const Client& client) override;
  Outcome look() override;

 private:
  void send_all(Steps& step) const;

  Services& services_;
  const OrderDatabase& orders_;
};

}  // namespace indoubt::reality
