#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/business/order_table.hpp"
#include "protocols/two_phase_commit/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::two_phase_commit {

/// Decides. It forces one record, the commit; an order of which it has no record is aborted.
struct Coordinator {
  static constexpr std::string_view role_name = "coordinator";
  enum class Phase : std::uint8_t {
    unknown,
    working,
    preparing,
    committing,  ///< decided, and not acknowledged by everybody
    forgotten,  ///< aborted or ended: all it knows is that the request came, and does nothing again
  };
  struct Transaction {
    Phase phase = Phase::unknown;
    business::ServiceSet missing{};  ///< whose answer is awaited in this phase
    std::uint32_t attempts = 0;      ///< to get all acknowledgements
    static auto fields(auto& self) {
      auto& [p, m, a] = self;
      return std::tie(p, m, a);
    }
  };

  sim::Constant<Settings> settings;
  business::OrderTable<Transaction> transactions;

  void on(const business::PlaceOrder&, Context& ctx);
  void on(const Worked& worked, Context& ctx);
  void on(const Vote& vote, Context& ctx);
  void on(const VoteTimeout&, Context& ctx);
  void on(const Ack&, Context& ctx);
  void on(const ResendDue&, Context& ctx);
  void on(const Inquiry&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const CommitDecision&, sim::OrderId order);
  void replay(const End&, sim::OrderId order);

  void ask_for_votes(Transaction& transaction, Context& ctx);
  void commit(Transaction& transaction, Context& ctx);
  void abort(Transaction& transaction, Context& ctx);
  void tell_commit(Transaction& transaction, Context& ctx);
  /// Takes the sender's answer. True if it was awaited and is the last one.
  bool completes(Transaction& transaction, const Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, t] = self;
    return std::tie(s, t);
  }
};

}  // namespace indoubt::two_phase_commit
