#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/tcc/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::tcc {

/// Takes the client's order, has every service registered and then tried, and asks the transaction
/// manager to close the transaction. It decides nothing and writes nothing: if it crashes, the
/// manager's timeout ends what it began.
struct Initiator {
  static constexpr std::string_view role_name = "initiator";
  enum class Phase : std::uint8_t {
    unknown,
    beginning,
    trying,
    submitting,
    aborting,
    placed,
    not_placed
  };
  struct Request {
    Phase phase = Phase::unknown;
    kit::ServiceSet missing{};  ///< not yet tried
    kit::Attempts attempts{};   ///< to get an abort answered
    static auto fields(auto& self) {
      auto& [p, m, a] = self;
      return std::tie(p, m, a);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Request> requests;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const kit::CancelOrder&, Context& ctx);
  void on(const Began&, Context& ctx);
  void on(const Registered& registered, Context& ctx);
  void on(const Tried& tried, Context& ctx);
  void on(const Submitted&, Context& ctx);
  void on(const Aborted&, Context& ctx);
  void on(const OutcomeDue&, Context& ctx);

  std::optional<sim::Outcome> outcome_of(const Request& request) const;
  static bool is_done(const Request& request) {
    return request.phase == Phase::placed || request.phase == Phase::not_placed;
  }
  void ask_to_abort(Request& request, Context& ctx);
  /// Ends the request. False if there is none that waits.
  bool finish(Phase phase, Context& ctx);

  static auto fields(auto& self) {
    auto& [s, r] = self;
    return std::tie(s, r);
  }
};

}  // namespace indoubt::tcc
