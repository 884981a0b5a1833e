#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/parallel_commits/messages.hpp"
#include "protocols/parallel_commits/pusher.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::parallel_commits {

/// Writes all intents and the record at once. When all of them are durable the order is committed,
/// and nothing need be written to make it so. The coordinator keeps nothing: any node that meets
/// its intents can end the transaction.
struct Coordinator {
  static constexpr std::string_view role_name = "coordinator";
  enum class Phase : std::uint8_t { unknown, writing, pushing, committed, aborted };
  struct Transaction {
    Phase phase = Phase::unknown;
    ServiceSet missing{};  ///< whose intent is awaited
    static auto fields(auto& self) {
      auto& [p, m] = self;
      return std::tie(p, m);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Transaction> transactions;
  Pusher pusher;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const kit::CancelOrder&, Context& ctx) { on(VoteTimeout{}, ctx); }
  void on(const IntentWritten& written, Context& ctx);
  void on(const VoteTimeout&, Context& ctx);
  void on(const PushDue&, Context& ctx);
  void on(const Staging&, Context& ctx);
  void on(const IntentStatus& status, Context& ctx);
  void on(const Resolve& record, Context& ctx);

  std::optional<sim::Outcome> outcome_of(const Transaction& transaction) const;
  void commit(Transaction& transaction, Context& ctx) const;
  void roll_back(Transaction& transaction, Context& ctx);
  bool is_pushing(const Context& ctx) const {
    return transactions.at(ctx.order()).phase == Phase::pushing;
  }

  static auto fields(auto& self) {
    auto& [s, t, p] = self;
    return std::tie(s, t, p);
  }
};

}  // namespace indoubt::parallel_commits
