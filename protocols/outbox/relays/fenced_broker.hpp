#pragma once

#include <array>
#include <cstdint>
#include <tuple>

#include "protocols/outbox/messages.hpp"
#include "sim/base/fields.hpp"

namespace indoubt::outbox {

/// A broker that remembers under which lease it was last published to a queue, and takes nothing
/// under an earlier one. So nothing that a relay sent before it lost its lease gets between what
/// its successor publishes, or behind it.
template <typename Base>
struct Fenced : Base {
  using Base::on;
  using Base::replay;

  std::array<std::uint64_t, kit::most_services_per_order> newest{};  ///< number, by queue

  /// The number is as durable as the message that comes with it.
  void on(const FencedPublish& message, Context& ctx) {
    const std::uint64_t seen = newest[static_cast<std::size_t>(message.topic)];
    if (message.token < seen) return ctx.answer(Superseded{message.topic, message.token});
    if (message.token > seen) ctx.write(*this, QueueFenced{message.topic, message.token});
    Base::on(Publish{message.topic}, ctx);
  }

  void replay(const QueueFenced& record, sim::OrderId) {
    newest[static_cast<std::size_t>(record.queue)] = record.token;
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Base>(self), std::tie(self.newest));
  }
};

}  // namespace indoubt::outbox
