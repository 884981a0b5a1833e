#include "tests/reality/mq_transaction.hpp"

namespace indoubt::reality {

void MqTransaction::place_order(Steps& step, const Client& client) {
  Link database = servers().orders.connect();
  step("append order_pending");
  database.demand("BEGIN; INSERT INTO orders VALUES (1, false)");
  step("force order_pending");
  database.demand("COMMIT");
  publish_and_place(step, client);
}

void MqTransaction::publish_and_place(Steps& step, const Client& client) const {
  Channel channel = connect_publisher();
  step("send begin to broker");
  channel.begin_transactions();
  step("arm retry_due");
  for (const std::string& service : service_names) {
    step("send send to broker");
    channel.publish(service, "1");
  }
  step("send commit to broker");
  channel.send_commit();
  step("arm retry_due");
  channel.await_commit();
  Link database = servers().orders.connect();
  step("append order_placed");
  database.demand("BEGIN; UPDATE orders SET is_placed = true");
  step("force order_placed");
  database.demand("COMMIT");
  step("send placed to client");
  client.reply("placed");
}

void MqTransaction::recover(const Client& client) {
  Steps no_steps{{}};
  await_publisher(servers().rabbit);
  Link database = servers().orders.connect();
  await_silence(database);
  const bool is_pending =
      count(database.demand("SELECT count(*) FROM orders WHERE NOT is_placed")) != 0;
  if (is_pending) publish_and_place(no_steps, client);
  Outbox::recover(client);
}

}  // namespace indoubt::reality
