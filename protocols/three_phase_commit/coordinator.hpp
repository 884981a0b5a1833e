#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "protocols/kit/retry.hpp"
#include "protocols/three_phase_commit/site.hpp"

namespace indoubt::three_phase_commit {

/// Leads the three phases as long as it is up, and tells the outcome until everybody has it. After
/// a crash it is a site like any other. It never told anybody to precommit an order of which it has
/// no record, so such an order can only be aborted.
struct Coordinator : Site {
  static constexpr std::string_view role_name = "coordinator";
  enum class Phase : std::uint8_t { none, working, voting, precommitting, telling };
  struct Transaction {
    Phase phase = Phase::none;
    kit::ServiceSet missing{};  ///< whose answer is awaited in this phase
    kit::Attempts attempts{};   ///< to get all acknowledgements
    static auto fields(auto& self) {
      auto& [p, m, a] = self;
      return std::tie(p, m, a);
    }
  };

  kit::OrderTable<Transaction> transactions;

  using Site::on;
  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const kit::CancelOrder&, Context& ctx);
  void on(const Worked& worked, Context& ctx);
  void on(const Vote& vote, Context& ctx);
  void on(const PreAck& ack, Context& ctx);
  void on(const VoteTimeout&, Context& ctx);
  void on(const Commit&, Context& ctx);
  void on(const Abort&, Context& ctx);
  void on(const Ack&, Context& ctx);
  void on(const ResendDue&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  using Site::replay;
  void replay(const CommitDecision&, sim::OrderId order);
  void replay(const AbortDecision&, sim::OrderId order);
  void replay(const End&, sim::OrderId order);

  /// An order has no record before others are told to precommit. Who has acknowledged an outcome is
  /// not on record, either: all are told again.
  void lose_memory();

  void decide(Outcome outcome, Context& ctx) override;
  void conclude(Outcome outcome, Context& ctx) override { decide(outcome, ctx); }

  std::optional<Outcome> outcome_of(sim::OrderId order) const;
  void ask_for_votes(Transaction& transaction, Context& ctx) const;
  void precommit(Transaction& transaction, Context& ctx);
  /// At a refusal or a no: the service that sent it has aborted already.
  void abort_without_sender(Context& ctx);
  void decide_and_tell(Outcome outcome, kit::ServiceSet whom, Context& ctx);
  void tell(State outcome, Transaction& transaction, Context& ctx) const;
  void end(Context& ctx);
  /// Takes the sender's answer. False if it was not awaited.
  bool takes(Transaction& transaction, const Context& ctx) const;

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Site>(self), std::tie(self.transactions));
  }
};

}  // namespace indoubt::three_phase_commit
