#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/two_phase_commit/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::two_phase_commit {

/// Decides, with presumed abort. It forces one record, the commit; an order of which it has no
/// record is aborted. The other presumptions derive from it and say what they do otherwise.
struct Coordinator {
  static constexpr std::string_view role_name = "coordinator";
  enum class Phase : std::uint8_t {
    unknown,
    working,
    preparing,
    committing,  ///< decided, and not acknowledged by everybody
    aborting,    ///< the same; not under presumed abort
    committed,   ///< and acknowledged, or told once under presumed commit
    aborted,     ///< and acknowledged; not under presumed abort
    forgotten,   ///< aborted, on no record: that it knows it at all ends with a crash
  };
  struct Transaction {
    Phase phase = Phase::unknown;
    kit::ServiceSet missing{};  ///< whose answer is awaited in this phase
    kit::Attempts attempts{};   ///< to get all acknowledgements
    bool is_telling() const { return phase == Phase::committing || phase == Phase::aborting; }
    static auto fields(auto& self) {
      auto& [p, m, a] = self;
      return std::tie(p, m, a);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Transaction> transactions;

  virtual ~Coordinator() = default;

  void on(const kit::PlaceOrder&, Context& ctx);
  void on(const kit::CancelOrder&, Context& ctx);
  void on(const Worked& worked, Context& ctx);
  void on(const Vote& vote, Context& ctx);
  void on(const VoteTimeout&, Context& ctx);
  void on(const Ack&, Context& ctx);
  void on(const ResendDue&, Context& ctx);
  void on(const Inquiry&, Context& ctx);
  void on(const sim::Restart&, Context& ctx);

  void replay(const CommitDecision&, sim::OrderId order);
  void replay(const End&, sim::OrderId order);

  /// Of an order that is decided and not at its end it knows again whom to tell, but not who has
  /// acknowledged. What is undecided or forgotten has no record.
  void lose_memory();

  // What depends on the presumption.
  virtual void ask_for_votes(Transaction& transaction, Context& ctx) const;
  virtual void commit(Transaction& transaction, Context& ctx);
  virtual void abort(Transaction& transaction, Context& ctx);
  virtual void answer_without_record(Context& ctx) const;

  std::optional<Outcome> outcome_of(const Transaction& transaction) const;
  /// Tells the outcome to everybody who has not acknowledged it.
  void tell(Transaction& transaction, Context& ctx) const;
  void end(Context& ctx);

  /// The services that must be told of an abort. Not the sender, if it is a service: it has said no
  /// and aborted already. Nor, once votes were asked for, those from which the order only reads:
  /// they wait for no outcome.
  kit::ServiceSet whoever_said_not_no(const Transaction& transaction, const Context& ctx) const;
  /// For presumptions under which an abort is acknowledged: there may be nobody to tell.
  void tell_or_end(Transaction& transaction, Context& ctx);
  /// Takes the sender's answer. True if it was awaited and is the last one.
  bool completes(Transaction& transaction, const Context& ctx) const;

  static auto fields(auto& self) {
    auto& [s, t] = self;
    return std::tie(s, t);
  }
};

}  // namespace indoubt::two_phase_commit
