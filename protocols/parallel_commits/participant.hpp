#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/job/stock.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/parallel_commits/messages.hpp"
#include "protocols/parallel_commits/pusher.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::parallel_commits {

/// A service: lays down intents and resolves them. The first service's row for an order is the
/// transaction record as well: without a row there is no record, `intent` is STAGING, and the other
/// phases are the final states.
struct Participant {
  static constexpr std::string_view role_name = "participant";
  enum class Phase : std::uint8_t {
    unknown,
    intent,
    committed,
    refused,  ///< there is no intent and never will be
    aborted,  ///< there was one
  };
  struct Branch {
    Phase phase = Phase::unknown;
    static auto fields(auto& self) {
      auto& [p] = self;
      return std::tie(p);
    }
  };

  sim::Constant<Settings> settings;
  kit::Stock stock;
  kit::OrderTable<Branch> branches;
  Pusher pusher;

  void on(const WriteIntent&, Context& ctx) { write(ctx); }
  void on(const QueryIntent&, Context& ctx);
  void on(const Resolve& record, Context& ctx);
  // Of the first service: the transaction record.
  void on(const Stage&, Context& ctx) { write(ctx); }
  void on(const Commit&, Context& ctx);
  void on(const Push&, Context& ctx);
  void on(const Recover& recovery, Context& ctx);
  // Of a pusher.
  void on(const PushDue&, Context& ctx);
  void on(const Staging&, Context& ctx);
  void on(const IntentStatus& status, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const Intent& record, sim::OrderId order);
  void replay(const Committed& record, sim::OrderId order);
  void replay(const Aborted& record, sim::OrderId order);
  void replay(const Refused&, sim::OrderId order);

  /// After a crash a pusher begins anew.
  void lose_memory();

  void write(Context& ctx);
  void lay_down(Context& ctx);
  void refuse(Context& ctx);
  void resolve(const Branch& branch, Outcome outcome, Context& ctx);
  /// Of the first service: the record gets its last state, and the others hear of it.
  void end(const Branch& branch, Outcome outcome, Context& ctx);
  void answer_record(const Branch& branch, Context& ctx) const;
  bool is_in_doubt(const Context& ctx) const {
    return branches.at(ctx.order()).phase == Phase::intent;
  }

  static auto fields(auto& self) {
    auto& [s, st, b, p] = self;
    return std::tie(s, st, b, p);
  }
};

}  // namespace indoubt::parallel_commits
