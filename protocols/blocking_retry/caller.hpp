#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "protocols/blocking_retry/messages.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::blocking_retry {

/// Calls the services of an order one after the other, each until it answers. It has no log: after
/// a crash nobody knows how far the orders were.
struct Caller {
  static constexpr std::string_view role_name = "caller";
  enum class Phase : std::uint8_t { unknown, calling, placed, not_placed };
  /// The stack frame of a request that is being served.
  struct Request {
    Phase phase = Phase::unknown;
    std::uint32_t service = 0;  ///< position of the one that is being called
    kit::Attempts attempts{};   ///< of this call
    static auto fields(auto& self) {
      auto& [p, s, a] = self;
      return std::tie(p, s, a);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Request> requests;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const Result& result, Context& ctx);
  void on(const RetryDue&, Context& ctx);

  std::optional<sim::Outcome> outcome_of(const Request& request) const;
  void call(Request& request, Context& ctx);
  /// How long to wait for an answer: half of the backoff, and a random part of the other half.
  sim::Duration wait(std::uint32_t attempts, Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, r] = self;
    return std::tie(s, r);
  }
};

}  // namespace indoubt::blocking_retry
