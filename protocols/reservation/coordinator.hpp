#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/reservation/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::reservation {

/// The order service. It has everything held, then everything assigned, and then says "placed"; if
/// that fails at any point before, it has everything released, however long that takes.
struct Coordinator {
  static constexpr std::string_view role_name = "coordinator";
  enum class Phase : std::uint8_t {
    unknown,
    reserving,
    assigning,
    placed,  ///< and the client may not have been told
    releasing,
    told_placed,
    released,
  };
  struct Transaction {
    Phase phase = Phase::unknown;
    kit::ServiceSet missing{};  ///< whose answer is awaited in this phase
    kit::Attempts attempts{};   ///< in this phase
    sim::ClockTime deadline{};  ///< for assigning; read after a crash only
    std::array<std::uint32_t, kit::most_services_per_order> generations{};
    static auto fields(auto& self) {
      auto& [p, m, a, d, g] = self;
      return std::tie(p, m, a, d, g);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Transaction> transactions;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const kit::CancelOrder&, Context& ctx);
  void on(const Reserved& reserved, Context& ctx);
  void on(const None&, Context& ctx);
  void on(const CallTimeout&, Context& ctx);
  void on(const Assigned&, Context& ctx);
  void on(const Expired&, Context& ctx);
  void on(const DeadlineDue&, Context& ctx);
  void on(const Released&, Context& ctx);
  void on(const ResendDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const Reserving&, sim::OrderId order);
  void replay(const Assigning& record, sim::OrderId order);
  void replay(const PlacedDecision&, sim::OrderId order);
  void replay(const Releasing&, sim::OrderId order);
  void replay(const End&, sim::OrderId order);

  /// Which services have answered is not on record. Holds and deadline are, for as long as they are
  /// needed: while it assigns.
  void lose_memory();

  std::optional<sim::Outcome> outcome_of(const Transaction& transaction) const;
  void assign(Transaction& transaction, Context& ctx);
  void tell_assign(Transaction& transaction, Context& ctx);
  void place(Context& ctx);
  void tell_placed(Context& ctx);
  void release(Transaction& transaction, Context& ctx);
  void tell_release(Transaction& transaction, Context& ctx);
  void go_on_after_crash(Transaction& transaction, Context& ctx);
  void go_on_assigning(Transaction& transaction, Context& ctx);
  /// Takes the sender's answer. True if it was awaited and is the last one.
  bool completes(Transaction& transaction, const Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, t] = self;
    return std::tie(s, t);
  }
};

}  // namespace indoubt::reservation
