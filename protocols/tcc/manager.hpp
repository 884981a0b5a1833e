#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/tcc/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::tcc {

/// The transaction manager. It knows which services an order may have touched, decides once, and
/// tells all of them until they have answered.
struct Manager {
  static constexpr std::string_view role_name = "transaction_manager";
  /// A transaction is open, then submitted or aborting, and then over. What is over stays, so that
  /// late requests find it.
  enum class Phase : std::uint8_t { unknown, open, submitted, aborting, succeeded, failed };
  struct Transaction {
    Phase phase = Phase::unknown;
    kit::ServiceSet branches{};  ///< that are registered
    kit::ServiceSet missing{};   ///< that have not answered the outcome
    kit::Attempts attempts{};    ///< to tell them
    static auto fields(auto& self) {
      auto& [p, b, m, a] = self;
      return std::tie(p, b, m, a);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Transaction> transactions;

  void on(const Begin&, Context& ctx);
  void on(const Register& registration, Context& ctx);
  void on(const Submit&, Context& ctx);
  void on(const Abort&, Context& ctx);
  void on(const GlobalTimeout&, Context& ctx);
  void on(const Confirmed&, Context& ctx);
  void on(const Cancelled&, Context& ctx);
  void on(const ResendDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const GlobalBegun&, sim::OrderId order);
  void replay(const BranchRegistered& record, sim::OrderId order);
  void replay(const SubmitDecision&, sim::OrderId order);
  void replay(const AbortDecision&, sim::OrderId order);
  void replay(const End&, sim::OrderId order);

  /// Which branches have answered is not on record.
  void lose_memory();

  void open(Context& ctx);
  void add_branch(const Transaction& transaction, std::uint64_t branch, Context& ctx);
  void close(Transaction& transaction, Phase phase) const;
  void abort(Context& ctx);
  void answer_outcome(const Transaction& transaction, Context& ctx) const;
  void tell_branches(Transaction& transaction, Context& ctx);
  void end(Context& ctx);
  /// Takes the sender's answer. True if it was awaited and is the last one.
  bool completes(Transaction& transaction, const Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, t] = self;
    return std::tie(s, t);
  }
};

}  // namespace indoubt::tcc
