#pragma once

#include <string_view>
#include <tuple>

#include "protocols/saga/queues/messages.hpp"

namespace indoubt::saga::queues {

/// The role of the notification service, and the default name of its node.
inline constexpr std::string_view notification = "notification";

/// Sends the customer a confirmation for each event that reaches it, and tells nobody. What it has
/// sent is on record for others; it does not look at it itself.
struct Notification {
  static constexpr std::string_view role_name = notification;

  void on(const Deliver&, Context& ctx) { ctx.append(ConfirmationSent{}); }

  static auto fields(auto&) { return std::tuple<>{}; }
};

}  // namespace indoubt::saga::queues
