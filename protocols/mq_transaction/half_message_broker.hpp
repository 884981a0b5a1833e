#pragma once

#include <cstdint>
#include <tuple>

#include "protocols/mq_transaction/queue_broker.hpp"

namespace indoubt::mq_transaction {

/// A half message as the broker sees it.
struct HalfMessage {
  enum class Phase : std::uint8_t { none, waiting, ended };
  Phase phase = Phase::none;
  std::uint32_t checks = 0;
  void lose_memory() { checks = 0; }
  static auto fields(auto& self) {
    auto& [p, c] = self;
    return std::tie(p, c);
  }
};

/// Keeps half messages that nobody sees, until it hears what became of their local transactions. If
/// it does not hear, it asks; and at some time it asks no more, and parks them.
struct HalfMessageBroker : QueueBroker<HalfMessage> {
  using QueueBroker<HalfMessage>::on;
  using QueueBroker<HalfMessage>::replay;
  using Phase = HalfMessage::Phase;

  void on(const Half&, Context& ctx);
  void on(const End& end, Context& ctx);
  void on(const CheckDue&, Context& ctx);
  void on(const sim::Restart& restart, Context& ctx);

  void replay(const HalfWritten&, sim::OrderId order) { rows[order].phase = Phase::waiting; }
  void replay(const HalfEnded&, sim::OrderId order) { rows[order].phase = Phase::ended; }
  void replay(const HalfParked&, sim::OrderId order) { rows[order].phase = Phase::ended; }

  /// Puts the message where everybody sees it.
  void make_visible(Context& ctx);
};

}  // namespace indoubt::mq_transaction
