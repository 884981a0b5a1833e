#pragma once

#include <amqp.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "tests/reality/gone.hpp"

/// Conversations with a RabbitMQ broker.
namespace indoubt::reality {

class Rabbit;

/// A message that a queue gave away, and what to say when it is done with.
struct Delivered {
  std::uint64_t tag = 0;
  std::string body{};
};

/// A connection with one channel. Everything throws Gone if the broker is gone or refuses.
class Channel {
 public:
  explicit Channel(const Rabbit& rabbit);

  /// A durable queue.
  void declare(const std::string& queue);
  void purge(const std::string& queue);
  std::size_t messages(const std::string& queue);
  /// From now on the broker says when a message is safe.
  void ask_for_confirms();
  /// A persistent message: it leaves at once.
  void publish(const std::string& queue, const std::string& body);
  /// Waits until the next of the messages is confirmed that are not.
  void await_confirm();
  /// From now on messages are seen when they are committed, and not before.
  void begin_transactions();
  /// Leaves at once.
  void send_commit();
  void await_commit();
  std::optional<Delivered> get(const std::string& queue);
  void acknowledge(std::uint64_t tag);

  /// A mark that is seen until the broker has ended this connection, and with that handled all
  /// that came by it. There can be one such connection.
  void mark_as_publisher();
  /// Whether the broker still has that connection. This one is of no use any more afterwards.
  bool is_publisher_connected();

 private:
  void check_reply() const;

  struct Close {
    void operator()(amqp_connection_state_t connection) const {
      amqp_destroy_connection(connection);
    }
  };
  std::unique_ptr<amqp_connection_state_t_, Close> connection_;
  /// Messages are numbered from 1 by both sides.
  std::uint64_t published_ = 0;
  std::uint64_t awaited_ = 0;
  std::set<std::uint64_t> unconfirmed_{};
};

/// Waits until the broker has handled all that was published by a process that may be dead.
void await_publisher(const Rabbit& rabbit);

}  // namespace indoubt::reality
