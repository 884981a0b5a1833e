#include "tests/reality/outbox.hpp"

namespace indoubt::reality {
namespace {

std::string insert_orders(int orders) {
  return "INSERT INTO orders SELECT generate_series(1, " + std::to_string(orders) + ")";
}

std::string insert_rows(int orders) {
  return "INSERT INTO rows(service, ord) SELECT service, ord FROM generate_series(1, " +
         std::to_string(orders) + ") AS ord, (VALUES ('store'), ('courier')) AS all_(service)";
}

std::string take_unit(const std::string& order) {
  return "UPDATE units SET state = 'assigned', ord = " + order +
         " WHERE id = (SELECT id FROM units WHERE state = 'free' ORDER BY id LIMIT 1)";
}

Answer rows_to_publish(Link& database) {
  return database.demand("SELECT id, service, ord FROM rows WHERE NOT is_done ORDER BY id");
}

void mark(Link& database, const std::string& row) {
  database.demand("UPDATE rows SET is_done = true WHERE id = " + row);
}

void take_without_inbox(Link& service, const std::string& order, Steps& step) {
  step("append units_assigned");
  service.demand("BEGIN; " + take_unit(order));
  step("force units_assigned");
  service.demand("COMMIT");
}

}  // namespace

void Outbox::reset() {
  servers_.services.reset(orders_);
  servers_.orders.reset();
  await_publisher(servers_.rabbit);
  Channel channel{servers_.rabbit};
  for (const std::string& service : service_names) {
    channel.declare(service);
    channel.purge(service);
  }
}

void Outbox::place_order(Steps& step, const Client& client) {
  Link database = servers_.orders.connect();
  save(database, step);
  step("send placed to client");
  client.reply("placed");
  try {
    relay(step);
  } catch (const Gone&) {
    // The broker is gone; what is not marked is published when it is back.
  }
}

void Outbox::save(Link& database, Steps& step) const {
  step("append order_placed");
  database.demand("BEGIN; " + insert_orders(orders_) + "; " + insert_rows(orders_));
  step("force order_placed");
  database.demand("COMMIT");
}

/// Services do not wait for each other: what can be published is, before the first confirm.
void Outbox::relay(Steps& step) const {
  Link database = servers_.orders.connect();
  Channel channel = connect_publisher();
  channel.ask_for_confirms();
  const Answer found = rows_to_publish(database);
  for (const auto& row : found.rows) {
    step("send publish to broker");
    channel.publish(row.at(1), row.at(2));
  }
  for (const auto& row : found.rows) {
    channel.await_confirm();
    step("append dispatched");
    mark(database, row.at(0));
  }
}

Channel Outbox::connect_publisher() const {
  Channel channel{servers_.rabbit};
  channel.mark_as_publisher();
  return channel;
}

void Outbox::recover(const Client&) {
  Steps no_steps{{}};
  await_publisher(servers_.rabbit);
  relay(no_steps);
  await_publisher(servers_.rabbit);
  for (const std::string& service : service_names) consume_all(service, no_steps);
}

Outcome Outbox::look_at(int order) {
  Outcome outcome{.services = servers_.services.holdings(order),
                  .rows = servers_.orders.rows_left()};
  Channel channel{servers_.rabbit};
  for (const std::string& service : service_names) outcome.messages += channel.messages(service);
  return outcome;
}

void Outbox::consume_all(const std::string& service, Steps& step) const {
  Channel channel{servers_.rabbit};
  Link database = servers_.services.connect(service);
  while (const auto message = channel.get(service)) {
    take_effect(database, message->body, step);
    step("send consumed to broker");
    channel.acknowledge(message->tag);
  }
}

/// A message that was handled before has a row already, and changes nothing.
void Outbox::take_effect(Link& service, const std::string& order, Steps& step) const {
  step("append units_assigned");
  const Answer noted =
      service.demand("BEGIN; INSERT INTO inbox VALUES (" + order + ") ON CONFLICT DO NOTHING");
  if (noted.affected == 1) service.demand(take_unit(order));
  step("force units_assigned");
  service.demand("COMMIT");
}

void PublishedOutbox::save(Link& database, Steps& step) const {
  step("append order_saved");
  database.demand("BEGIN; " + insert_orders(orders()));
  step("force order_saved");
  database.demand("COMMIT");
  step("append rows_inserted");
  database.demand("BEGIN; " + insert_rows(orders()));
  step("force rows_inserted");
  database.demand("COMMIT");
}

void PublishedOutbox::relay(Steps& step) const {
  Link database = servers().orders.connect();
  Channel channel = connect_publisher();
  for (const auto& row : rows_to_publish(database).rows) {
    step("send publish to broker");
    channel.publish(row.at(1), row.at(2));
    step("append dispatched");
    database.demand("BEGIN; DELETE FROM rows WHERE id = " + row.at(0));
    step("force dispatched");
    database.demand("COMMIT");
  }
}

void DeletesBeforeConfirm::relay(Steps& step) const {
  Link database = servers().orders.connect();
  Channel channel = connect_publisher();
  for (const auto& row : rows_to_publish(database).rows) {
    step("send publish to broker");
    channel.publish(row.at(1), row.at(2));
    mark(database, row.at(0));
  }
}

void Consumer::place_order(Steps& step, const Client& client) {
  Steps no_steps{{}};
  Outbox::place_order(no_steps, client);
  consume_all("store", step);
}

void PublishedOutbox::take_effect(Link& service, const std::string& order, Steps& step) const {
  take_without_inbox(service, order, step);
}

void ConsumerWithoutInbox::take_effect(Link& service, const std::string& order, Steps& step) const {
  take_without_inbox(service, order, step);
}

Outcomes BrokerDiesInTheMiddle::run(const std::string& place) {
  Child child = begin();
  child.await_word();
  pause_for(std::stoi(place));
  rabbit_.kill();
  child.await_end();
  rabbit_.start();
  Outcomes outcomes = recover_and_look(child);
  const std::string client = outcomes.begin()->client;
  for (int order = 2; order <= many; ++order) {
    Outcome outcome = outbox_->look_at(order);
    outcome.client = client;
    outcomes.insert(outcome);
  }
  return outcomes;
}

Outcomes BrokerDiesAfterRelay::run(const std::string&) {
  Child child = begin();
  child.await_end();
  rabbit_.kill();
  rabbit_.start();
  return recover_and_look(child);
}

}  // namespace indoubt::reality
