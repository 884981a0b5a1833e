#pragma once

#include <cstdint>
#include <optional>
#include <tuple>

#include "protocols/kit/order_table.hpp"
#include "protocols/kit/retry.hpp"
#include "protocols/paxos_commit/messages.hpp"
#include "sim/world/constant.hpp"

namespace indoubt::paxos_commit {

/// The part of a coordinator or an acceptor that leads ballots. Any number of them may lead at the
/// same time: they disturb each other, and never disagree.
struct Leader {
  enum class Phase : std::uint8_t {
    following,  ///< leads no ballot
    asking,     ///< phase 1: what may have been chosen already?
    proposing,  ///< phase 2
    committed,
    aborted,
  };
  struct Reign {
    Phase phase = Phase::following;
    Ballot ballot{};          ///< of which it counts the answers
    std::uint32_t heard = 0;  ///< the highest round that others lead
    AcceptorSet answered{};   ///< in this phase
    Ballot highest{};         ///< in which any of them has accepted anything,
    ServiceSet prepared{};    ///< and what
    kit::Attempts attempts{};
    bool is_over() const { return phase == Phase::committed || phase == Phase::aborted; }
    static auto fields(auto& self) {
      auto& [p, b, h, a, hi, pr, at] = self;
      return std::tie(p, b, h, a, hi, pr, at);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Reign> reigns;

  /// Leads a new ballot, and another one whenever it has led to nothing for a while.
  void lead(Context& ctx);
  /// Answers with the outcome, or leads a ballot to find it out.
  void on(const Inquiry&, Context& ctx);
  void on(const Phase1b& answer, Context& ctx);
  void on(const Outbid& answer, Context& ctx);
  void on(const BallotTimeout&, Context& ctx) { lead(ctx); }
  /// True if it knows the outcome now, and did not before.
  bool learns(const Phase2b& accepted, Context& ctx);
  void replay(const BallotBegun& record, sim::OrderId order);

  /// All that is on record is the last ballot that it has used up.
  void lose_memory() {
    reigns.lose_memory([](Reign& reign) { reign = {.ballot = reign.ballot}; });
  }

  bool has_committed(const Context& ctx) const {
    return reigns.at(ctx.order()).phase == Phase::committed;
  }
  std::optional<sim::Outcome> outcome(const Context& ctx) const {
    if (!reigns.at(ctx.order()).is_over()) return std::nullopt;
    return sim::outcome_of(has_committed(ctx));
  }
  /// Tells the outcome to all services. Who misses it asks.
  void tell(Context& ctx) const;

  void begin_ballot(Reign& reign, Context& ctx);
  void propose(Reign& reign, ServiceSet prepared, Context& ctx) const;
  /// The state of one order is as at the start. False if it was.
  bool forget(sim::OrderId order) { return reigns.forget(order); }

  static auto fields(auto& self) {
    auto& [s, r] = self;
    return std::tie(s, r);
  }
};

}  // namespace indoubt::paxos_commit
