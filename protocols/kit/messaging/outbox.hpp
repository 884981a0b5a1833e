#pragma once

#include <bit>
#include <cstdint>
#include <tuple>

#include "protocols/kit/messaging/messages.hpp"
#include "protocols/kit/retry.hpp"

namespace indoubt::messaging {

/// What a node has to publish about one order, at most 32 topics. A message gets in with the record
/// that it tells of, and leaves when the broker has it.
template <typename Topic>
struct Outbox {
  std::uint32_t topics = 0;  ///< bit set
  kit::Attempts attempts{};

  void add(Topic topic) {
    topics |= bit(topic);
    attempts = 0;
  }
  void remove(Topic topic) { topics &= ~bit(topic); }
  bool has(Topic topic) const { return (topics & bit(topic)) != 0; }
  bool is_empty() const { return topics == 0; }

  /// Publishes everything that is in it, and once more later. What got in just now may not be
  /// durable yet.
  template <typename Context>
  void publish(sim::NodeId to, const kit::Retry& retry, Context& ctx) {
    if (is_empty()) return;
    ctx.await_forces();
    for (std::uint32_t rest = topics; rest != 0; rest &= rest - 1) {
      ctx.send(to, Publish<Topic>{static_cast<Topic>(std::countr_zero(rest))});
    }
    ctx.template arm<RepublishDue>(retry.after(attempts++));
  }
  /// The broker has the message. False if it was not in the outbox.
  template <typename Context>
  bool confirm(Topic topic, Context& ctx) {
    if (!has(topic)) return false;
    remove(topic);
    if (is_empty()) ctx.template cancel<RepublishDue>();
    return true;
  }

  static auto fields(auto& self) {
    auto& [t, a] = self;
    return std::tie(t, a);
  }

 private:
  static std::uint32_t bit(Topic topic) { return 1u << static_cast<std::uint32_t>(topic); }
};

}  // namespace indoubt::messaging
