#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/paxos_commit/leader.hpp"
#include "protocols/paxos_commit/messages.hpp"

namespace indoubt::paxos_commit {

/// Takes the order, has the work done, asks for votes, and learns from the acceptors what comes of
/// them. It is the first leader, and nobody depends on it: it decides nothing and keeps nothing.
struct Coordinator {
  static constexpr std::string_view role_name = "coordinator";
  enum class Phase : std::uint8_t { unknown, working, voting };
  struct Transaction {
    Phase phase = Phase::unknown;
    ServiceSet missing{};  ///< whose work is awaited
    static auto fields(auto& self) {
      auto& [p, m] = self;
      return std::tie(p, m);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Transaction> transactions;
  Leader leader;

  virtual ~Coordinator() = default;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const kit::CancelOrder&, Context& ctx);
  void on(const Worked&, Context& ctx);
  void on(const VoteTimeout&, Context& ctx);
  void on(const Inquiry& inquiry, Context& ctx);
  void on(const Phase1b& answer, Context& ctx) { leader.on(answer, ctx); }
  void on(const Outbid& answer, Context& ctx) { leader.on(answer, ctx); }
  void on(const BallotTimeout& timeout, Context& ctx) { leader.on(timeout, ctx); }
  void on(const Phase2b& accepted, Context& ctx);

  void replay(const BallotBegun& record, sim::OrderId order) { leader.replay(record, order); }

  void lose_memory() {
    transactions = {};
    leader.lose_memory();
  }

  virtual void ask_for_votes(Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, t, l] = self;
    return std::tie(s, t, l);
  }
};

}  // namespace indoubt::paxos_commit
