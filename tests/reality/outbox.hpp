#pragma once

#include <memory>
#include <string>

#include "tests/reality/amqp.hpp"
#include "tests/reality/experiment.hpp"
#include "tests/reality/order_database.hpp"
#include "tests/reality/rabbit.hpp"
#include "tests/reality/services.hpp"

/// An outbox: orders and rows in one database, a relay that publishes the rows, a broker, and
/// services that consume. The order service and its relay are one process.
namespace indoubt::reality {

/// The servers that it runs on.
struct Messaging {
  Services& services;
  const OrderDatabase& orders;
  Rabbit& rabbit;
};

/// Orders that are placed in one transaction, so that there is much to publish.
inline constexpr int many = 40;

class Outbox : public Protocol {
 public:
  explicit Outbox(const Messaging& servers, int orders = 1) : servers_{servers}, orders_{orders} {}

  void reset() override;
  void place_order(Steps& step, const Client& client) override;
  /// The relay publishes what is left, and the services consume.
  void recover(const Client& client) override;
  Outcome look() override { return look_at(1); }
  /// What became of one of the orders.
  Outcome look_at(int order);

 protected:
  /// The order and its rows, in one transaction.
  virtual void save(Link& database, Steps& step) const;
  /// Publishes what is not done with, of all orders.
  virtual void relay(Steps& step) const;
  /// One message: a local transaction.
  virtual void take_effect(Link& service, const std::string& order, Steps& step) const;
  /// A connection of whoever publishes.
  Channel connect_publisher() const;
  void consume_all(const std::string& service, Steps& step) const;
  const Messaging& servers() const { return servers_; }
  int orders() const { return orders_; }

 private:
  Messaging servers_;
  int orders_;
};

/// The published form: two transactions, a row is deleted when its message has left, and services
/// take each message for the first one.
struct PublishedOutbox : Outbox {
  using Outbox::Outbox;
  void save(Link& database, Steps& step) const override;
  void relay(Steps& step) const override;
  void take_effect(Link& service, const std::string& order, Steps& step) const override;
};

/// Marks a row as soon as its message has left.
struct DeletesBeforeConfirm : Outbox {
  using Outbox::Outbox;
  void relay(Steps& step) const override;
};

/// All is as it should be, and it is one of the services whose steps are taken.
struct Consumer : Outbox {
  using Outbox::Outbox;
  void place_order(Steps& step, const Client& client) override;
};

/// It does not remember what it has handled.
struct ConsumerWithoutInbox : Consumer {
  using Consumer::Consumer;
  void take_effect(Link& service, const std::string& order, Steps& step) const override;
};

/// The broker is killed as soon as the relay is done, and starts again.
class BrokerDiesAfterRelay : public Experiment {
 public:
  /// `places`: what it is held against, all places of the case together or those that it names.
  BrokerDiesAfterRelay(std::shared_ptr<Protocol> protocol, Rabbit& rabbit,
                       std::vector<std::string> places)
      : Experiment{std::move(protocol)}, rabbit_{rabbit}, places_{std::move(places)} {}
  std::vector<std::string> places() override { return places_; }
  Outcomes run(const std::string& place) override;

 private:
  Rabbit& rabbit_;
  std::vector<std::string> places_;
};

/// The broker is killed while the relay publishes many orders, so many milliseconds after it began,
/// and starts again.
class BrokerDiesInTheMiddle : public Experiment {
 public:
  BrokerDiesInTheMiddle(std::shared_ptr<Outbox> outbox, Rabbit& rabbit)
      : Experiment{outbox}, outbox_{std::move(outbox)}, rabbit_{rabbit} {}
  std::vector<std::string> places() override { return {"2", "10", "50"}; }
  Outcomes run(const std::string& place) override;

 private:
  std::shared_ptr<Outbox> outbox_;
  Rabbit& rabbit_;
};

}  // namespace indoubt::reality
