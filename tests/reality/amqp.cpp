#include "tests/reality/amqp.hpp"

#include <amqp_tcp_socket.h>
#include <sys/time.h>

#include "tests/reality/process.hpp"
#include "tests/reality/rabbit.hpp"

namespace indoubt::reality {
namespace {

constexpr amqp_channel_t channel = 1;
constexpr timeval patience{20, 0};
constexpr const char* publisher_mark = "publisher";

amqp_bytes_t bytes(const std::string& text) {
  return {text.size(), const_cast<char*>(text.data())};
}

std::string text(const amqp_bytes_t& some) {
  return {static_cast<const char*>(some.bytes), some.len};
}

void check(int status) {
  go_on();
  if (status < 0) throw Gone{};
}

void check(const amqp_rpc_reply_t& reply) {
  go_on();
  if (reply.reply_type != AMQP_RESPONSE_NORMAL) throw Gone{};
}

}  // namespace

Channel::Channel(const Rabbit& rabbit) : connection_{amqp_new_connection()} {
  amqp_connection_state_t connection = connection_.get();
  amqp_socket_t* socket = amqp_tcp_socket_new(connection);
  if (socket == nullptr) throw Gone{};
  timeval wait = patience;
  check(amqp_socket_open_noblock(socket, "127.0.0.1", rabbit.port(), &wait));
  amqp_set_handshake_timeout(connection, &wait);
  amqp_set_rpc_timeout(connection, &wait);
  check(amqp_login(connection, "/", 0, AMQP_DEFAULT_FRAME_SIZE, 0, AMQP_SASL_METHOD_PLAIN, "guest",
                   "guest"));
  amqp_channel_open(connection, channel);
  check_reply();
}

void Channel::check_reply() const { check(amqp_get_rpc_reply(connection_.get())); }

void Channel::declare(const std::string& queue) {
  amqp_queue_declare(connection_.get(), channel, bytes(queue), 0, 1, 0, 0, amqp_empty_table);
  check_reply();
}

void Channel::purge(const std::string& queue) {
  amqp_queue_purge(connection_.get(), channel, bytes(queue));
  check_reply();
}

std::size_t Channel::messages(const std::string& queue) {
  const amqp_queue_declare_ok_t* found =
      amqp_queue_declare(connection_.get(), channel, bytes(queue), 1, 1, 0, 0, amqp_empty_table);
  check_reply();
  return found->message_count;
}

void Channel::ask_for_confirms() {
  amqp_confirm_select(connection_.get(), channel);
  check_reply();
}

void Channel::publish(const std::string& queue, const std::string& body) {
  amqp_basic_properties_t properties{};
  properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG;
  properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
  check(amqp_basic_publish(connection_.get(), channel, amqp_empty_bytes, bytes(queue), 0, 0,
                           &properties, bytes(body)));
  unconfirmed_.insert(++published_);
}

/// Confirms come in any order, and one may speak for all messages before it, too.
void Channel::await_confirm() {
  ++awaited_;
  while (unconfirmed_.count(awaited_) != 0) {
    amqp_frame_t frame{};
    timeval wait = patience;
    check(amqp_simple_wait_frame_noblock(connection_.get(), &frame, &wait));
    if (frame.frame_type != AMQP_FRAME_METHOD) continue;
    if (frame.payload.method.id != AMQP_BASIC_ACK_METHOD) throw Gone{};
    const auto* ack = static_cast<const amqp_basic_ack_t*>(frame.payload.method.decoded);
    if (ack->multiple != 0) {
      unconfirmed_.erase(unconfirmed_.begin(), unconfirmed_.upper_bound(ack->delivery_tag));
    } else {
      unconfirmed_.erase(ack->delivery_tag);
    }
  }
}

void Channel::begin_transactions() {
  amqp_tx_select(connection_.get(), channel);
  check_reply();
}

void Channel::send_commit() {
  amqp_tx_commit_t commit{};
  check(amqp_send_method(connection_.get(), channel, AMQP_TX_COMMIT_METHOD, &commit));
}

void Channel::await_commit() {
  amqp_method_t answer{};
  check(amqp_simple_wait_method(connection_.get(), channel, AMQP_TX_COMMIT_OK_METHOD, &answer));
}

std::optional<Delivered> Channel::get(const std::string& queue) {
  amqp_connection_state_t connection = connection_.get();
  amqp_maybe_release_buffers(connection);
  const amqp_rpc_reply_t reply = amqp_basic_get(connection, channel, bytes(queue), 0);
  check(reply);
  if (reply.reply.id != AMQP_BASIC_GET_OK_METHOD) return std::nullopt;
  const auto* found = static_cast<const amqp_basic_get_ok_t*>(reply.reply.decoded);
  const std::uint64_t tag = found->delivery_tag;
  amqp_message_t message{};
  check(amqp_read_message(connection, channel, &message, 0));
  Delivered delivered{tag, text(message.body)};
  amqp_destroy_message(&message);
  return delivered;
}

void Channel::acknowledge(std::uint64_t tag) {
  check(amqp_basic_ack(connection_.get(), channel, tag, 0));
}

/// An exclusive queue goes with its connection, and nobody else may have one of that name.
void Channel::mark_as_publisher() {
  amqp_queue_declare(connection_.get(), channel, amqp_cstring_bytes(publisher_mark), 0, 0, 1, 1,
                     amqp_empty_table);
  check_reply();
}

/// There is no such queue, or it is somebody else's: both end the channel.
bool Channel::is_publisher_connected() {
  amqp_queue_declare(connection_.get(), channel, amqp_cstring_bytes(publisher_mark), 1, 0, 0, 0,
                     amqp_empty_table);
  const amqp_rpc_reply_t reply = amqp_get_rpc_reply(connection_.get());
  go_on();
  if (reply.reply_type == AMQP_RESPONSE_NORMAL) return true;
  if (reply.reply_type != AMQP_RESPONSE_SERVER_EXCEPTION) throw Gone{};
  if (reply.reply.id != AMQP_CHANNEL_CLOSE_METHOD) throw Gone{};
  const auto* close = static_cast<const amqp_channel_close_t*>(reply.reply.decoded);
  return close->reply_code != AMQP_NOT_FOUND;
}

void await_publisher(const Rabbit& rabbit) {
  while (Channel{rabbit}.is_publisher_connected()) pause_for(1);
}

}  // namespace indoubt::reality
