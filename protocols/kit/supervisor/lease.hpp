#pragma once

#include <cstdint>
#include <limits>
#include <tuple>

#include "protocols/kit/supervisor/messages.hpp"
#include "sim/base/time.hpp"

/// A lease for one of several supervisors, and the fence that goes with it.
///
/// The lease keeps two supervisors from doing the same work, and saves what the second one would
/// cost. The authority measures it by its own clock, from its answer; the holder measures it from
/// its question. So the holder stops first, as long as clocks run at the same rate.
///
/// A lease does not stop a command that was sent under it and arrives after it has run out: its
/// sender was paused, waited for its disk, or has a slow clock, or the network kept it. No clock
/// helps there, because nobody looks at one when the command arrives. So each lease has a number
/// that is higher than all before it, and a service that has seen a higher one refuses the command.
namespace indoubt::kit {

/// Whether something that is good until then by a clock still is. What would be good for longer
/// than any is made for was made before the clock was set back, and counts no longer.
inline bool is_live(sim::ClockTime until, sim::ClockTime now, sim::Duration longest) {
  return now < until && until - now <= longest;
}

/// The authority's side.
struct Leases {
  std::uint64_t token = 0;   ///< of the last one
  std::uint64_t holder = 0;  ///< index of its node
  sim::ClockTime until{};

  /// Tells the asker what became of the order, if that is final and no other supervisor has the
  /// lease. The holder of a lease keeps it. A new lease is made durable first: after a crash the
  /// authority must still know the holder, and must not use the number again.
  template <typename Context>
  void answer(const AskLease& ask, KnownOutcome::State outcome, Context& ctx) {
    if (outcome == KnownOutcome::State::undecided) return;
    ctx.await_forces();
    const bool commits = outcome == KnownOutcome::State::committed;
    if (ask.term == 0) {
      return ctx.answer(LeaseGranted{commits, 0, std::numeric_limits<std::int64_t>::max()});
    }
    if (ctx.now() >= until) give(sim::Duration{ask.term}, ctx);
    if (holder != ctx.sender().index) return;
    ctx.answer(LeaseGranted{commits, token, ask.asked + (until - ctx.now()).count()});
  }

  template <typename Context>
  void give(sim::Duration term, Context& ctx) {
    const sim::ClockTime end = ctx.now() + term;
    ctx.write(*this, LeaseGiven{ctx.sender().index, token + 1, end.time_since_epoch().count()});
    ctx.force();
  }
  void replay(const LeaseGiven& lease, sim::OrderId) {
    token = lease.token;
    holder = lease.holder;
    until = sim::ClockTime{sim::Duration{lease.until}};
  }

  static auto fields(auto& self) {
    auto& [t, h, u] = self;
    return std::tie(t, h, u);
  }
};

/// A service's side.
struct Fence {
  std::uint64_t seen = 0;  ///< the highest token

  /// Whether a command under this token may still be done. The token is not forced: it is as
  /// durable as what is done under it.
  template <typename Context>
  bool lets_pass(std::uint64_t token, Context& ctx) {
    if (token < seen) return false;
    if (token > seen) ctx.write(*this, TokenSeen{token});
    return true;
  }
  void replay(const TokenSeen& record, sim::OrderId) { seen = record.token; }

  static auto fields(auto& self) {
    auto& [s] = self;
    return std::tie(s);
  }
};

}  // namespace indoubt::kit
