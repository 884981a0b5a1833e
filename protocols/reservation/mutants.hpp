#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include "protocols/kit/mistakes/careless.hpp"
#include "protocols/reservation/coordinator.hpp"
#include "protocols/reservation/participant.hpp"

/// Planted mistakes. Each is the correct role with one thing done wrong, as it was found in the
/// wild, on top of whatever else is wrong with it (`kit::Careless`).
namespace indoubt::reservation::mutants {

/// Assigning takes the oldest reserved units, whoever reserved them.
template <typename P>
struct AnonymousHold : P {
  static constexpr std::string_view mistake = "M-F01";
  using Phase = Participant::Phase;
  using P::on;
  void on(const Assign&, Context& ctx) {
    if (this->holding.empty()) return ctx.answer(Expired{});
    const kit::Hold hold = this->stock.hold_of(this->holding.front());
    this->holding.erase(this->holding.begin());
    this->phases[ctx.order()] = Phase::assigned;
    this->stock.assign(ctx.order(), hold.units);
    ctx.append(UnitsAssigned{hold.units, hold.generation});
    ctx.force();
    ctx.answer(Assigned{});
  }
};

/// The expiry is stored, and assigning does not look at it.
template <typename P>
struct ExpiryNotChecked : P {
  static constexpr std::string_view mistake = "M-F02";
  using Phase = Participant::Phase;
  using P::on;
  void on(const Assign& message, Context& ctx) {
    const bool is_own = this->phases[ctx.order()] == Phase::held &&
                        this->stock.hold_of(ctx.order()).generation == message.generation;
    is_own ? this->assign(ctx) : P::on(message, ctx);
  }
};

/// The sweeper first reads what has run out and later frees it, without looking again.
template <typename P>
struct BlindSweeper : P {
  static constexpr std::string_view mistake = "M-F04";
  struct Row {
    sim::OrderId order;
    kit::UnitList units;
    std::uint32_t generation;
    static auto fields(auto& self) {
      auto& [o, u, g] = self;
      return std::tie(o, u, g);
    }
  };
  std::vector<Row> read;  ///< by the first handling, for the second

  using P::on;
  /// The sweep itself is about no order; what it arms for later is about the one to free.
  void on(const SweepDue&, Context& ctx) {
    if (ctx.order() != sim::no_order) return free_read(ctx);
    for (const sim::OrderId order : this->holding) {
      const kit::Hold hold = this->stock.hold_of(order);
      if (hold.expiry() > ctx.now()) continue;
      read.push_back({order, hold.units, hold.generation});
      ctx.about(order).arm<SweepDue>(this->settings->sweep);
    }
    if (!this->holding.empty()) this->arm_sweeper(ctx);
  }

  void free_read(Context& ctx) {
    std::erase_if(read, [&](const Row& row) {
      if (row.order != ctx.order()) return false;
      ctx.write(*this, HoldExpired{row.units, row.generation});
      return true;
    });
    ctx.force();
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<P>(self), std::tie(self.read));
  }
};

/// Reservations are shorter than the time for which assigning is tried again, and a hold that ran
/// out counts as one more failure to try again after.
template <typename C>
struct RetriesBeyondExpiry : C {
  static constexpr std::string_view mistake = "M-F05";
  using C::on;
  void on(const DeadlineDue&, Context&) {}
  void on(const Expired&, Context&) {}
};

/// A hold is judged by the time that the request brings along, the coordinator's.
template <typename P>
struct CoordinatorJudgesExpiry : P {
  static constexpr std::string_view mistake = "M-F06";
  using Phase = Participant::Phase;
  using P::on;
  void on(const Assign& message, Context& ctx) {
    if (this->phases[ctx.order()] != Phase::held) return P::on(message, ctx);
    const kit::Hold hold = this->stock.hold_of(ctx.order());
    const bool is_live = hold.generation == message.generation && hold.expires > message.sent_at;
    is_live ? this->assign(ctx) : ctx.answer(Expired{});
  }
};

/// Nothing but a hold is remembered, so a late copy of a reserve takes units again, also when the
/// order was released or assigned meanwhile.
template <typename P>
struct NoTombstone : P {
  static constexpr std::string_view mistake = "M-F08";
  using Phase = Participant::Phase;
  using P::on;
  void on(const Reserve& message, Context& ctx) {
    this->phases[ctx.order()] != Phase::held ? this->reserve(ctx) : P::on(message, ctx);
  }
};

/// When assigning fails at one service, what others have assigned stays.
template <typename C>
struct NoUnassign : C {
  static constexpr std::string_view mistake = "M-F10";
  using Phase = Coordinator::Phase;
  using C::on;
  void on(const Expired&, Context& ctx) { leave_assigned(ctx); }
  void on(const DeadlineDue&, Context& ctx) { leave_assigned(ctx); }

  void leave_assigned(Context& ctx) {
    auto& transaction = this->transactions[ctx.order()];
    if (transaction.phase == Phase::reserving) return this->release(transaction, ctx);
    if (transaction.phase != Phase::assigning) return;
    ctx.cancel<DeadlineDue>();
    ctx.cancel<ResendDue>();
    ctx.write(*this, End{});
    ctx.force();
    ctx.reply(kit::NotPlaced{});
  }
};

/// Nobody frees what has run out, until somebody else wants it.
template <typename P>
struct NoSweeper : P {
  static constexpr std::string_view mistake = "R-01";
  using P::on;
  void on(const SweepDue&, Context&) {}
};

/// Every copy of a release frees the units once more.
template <typename P>
struct ReleasesTwice : P {
  static constexpr std::string_view mistake = "R-02";
  using P::on;
  void on(const Release&, Context& ctx) {
    const kit::UnitList units = this->stock.units_of(ctx.order());
    this->release(ctx);
    this->stock.taken[ctx.order()] = units;
    ctx.answer(Released{});
  }
};

/// A repeated reserve renews the hold, also one that was assigned meanwhile.
template <typename P>
struct ReserveRenews : P {
  static constexpr std::string_view mistake = "R-03";
  using Phase = Participant::Phase;
  using P::on;
  void on(const Reserve& message, Context& ctx) {
    const Phase phase = this->phases[ctx.order()];
    if (phase != Phase::held && phase != Phase::assigned) return P::on(message, ctx);
    kit::Hold hold = this->stock.hold_of(ctx.order());
    hold.expires = (ctx.now() + this->settings->ttl).time_since_epoch().count();
    this->forget_hold(ctx.order());
    ctx.write(*this, UnitsHeld{hold});
    this->arm_sweeper(ctx);
    ctx.force();
    this->answer_reserved(ctx);
  }
};

/// An assignment is told before it is durable.
template <typename P>
struct AssignedBeforeForce : P {
  static constexpr std::string_view mistake = "R-04";
  using P::on;
  void on(const Assign& message, Context& ctx) {
    if (this->has_live_hold(message.generation, ctx)) ctx.answer(Assigned{});
    P::on(message, ctx);
  }
};

/// The client is told "placed" before that is durable.
template <typename C>
struct PlacedBeforeForce : C {
  static constexpr std::string_view mistake = "R-05";
  using Phase = Coordinator::Phase;
  using C::on;
  void on(const Assigned& message, Context& ctx) {
    const auto& transaction = this->transactions[ctx.order()];
    const bool was_assigning = transaction.phase == Phase::assigning;
    const std::size_t service = this->settings->services.of(ctx).position(ctx.sender());
    const bool is_last = transaction.missing.count() == 1 && transaction.missing.has(service);
    if (was_assigning && is_last) ctx.reply(kit::Placed{});
    C::on(message, ctx);
  }
};

/// What assigns without looking stands above what looks at something else.
struct CarelessParticipant
    : kit::Careless<Participant, BlindSweeper, NoSweeper, NoTombstone, ReserveRenews, ReleasesTwice,
                    CoordinatorJudgesExpiry, ExpiryNotChecked, AnonymousHold, AssignedBeforeForce> {
};
struct CarelessCoordinator
    : kit::Careless<Coordinator, NoUnassign, RetriesBeyondExpiry, PlacedBeforeForce> {};

}  // namespace indoubt::reservation::mutants
