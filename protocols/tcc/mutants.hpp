#pragma once

#include <string_view>

#include "protocols/kit/mistakes/careless.hpp"
#include "protocols/tcc/blind_rows.hpp"
#include "protocols/tcc/initiator.hpp"
#include "protocols/tcc/manager.hpp"
#include "protocols/tcc/participant.hpp"

/// Try, confirm, cancel with mistakes, as people make them. Every mistake is the correct role but
/// for the handlers that it declares, on top of whatever else is wrong with it (`kit::Careless`);
/// `family.cpp` says what each of them breaks, and where it was seen.
namespace indoubt::tcc::mutants {

/// Gives back what was never taken.
template <typename P>
struct EmptyRollbackRuns : P {
  static constexpr std::string_view mistake = "M-D01";
  using Fence = Participant::Fence;
  using P::on;
  void on(const Cancel& message, Context& ctx) {
    if (this->fence[ctx.order()] != Fence::none) return P::on(message, ctx);
    ctx.write(*this, FenceCancelled{blind_rows(this->stock, ctx.order())});
    ctx.force();
    ctx.answer(Cancelled{});
  }
};

/// Leaves nothing behind when it is cancelled before it is tried.
template <typename P>
struct HangingTry : P {
  static constexpr std::string_view mistake = "M-D02";
  using Fence = Participant::Fence;
  using P::on;
  void on(const Cancel& message, Context& ctx) {
    if (this->fence[ctx.order()] != Fence::none) return P::on(message, ctx);
    ctx.answer(Cancelled{});
  }
};

/// Confirms once for each copy of the call.
template <typename P>
struct ConfirmNotIdempotent : P {
  static constexpr std::string_view mistake = "M-D03";
  using Fence = Participant::Fence;
  using P::on;
  void on(const Confirm& message, Context& ctx) {
    const auto more = this->stock.pick(ctx.order());
    if (this->fence[ctx.order()] != Fence::confirmed || !more) return P::on(message, ctx);
    const kit::Hold hold = this->stock.next_hold(*more);
    ctx.write(*this, FenceConfirmed{hold.units, hold.generation});
    ctx.force();
    ctx.answer(Confirmed{});
  }
};

/// Takes a confirm that is not answered for one that failed, and cancels the branch.
template <typename M>
struct ConfirmFailureCancels : M {
  static constexpr std::string_view mistake = "M-D04";
  using Phase = Manager::Phase;
  using M::on;
  void on(const ResendDue& due, Context& ctx) {
    auto& transaction = this->transactions[ctx.order()];
    if (transaction.phase != Phase::submitted) return M::on(due, ctx);
    this->settings->services.of(ctx).for_each(
        transaction.missing, [&](sim::NodeId service) { ctx.send(service, Cancel{}); });
    ctx.arm<ResendDue>(this->settings->retry.after(transaction.attempts++));
  }
  void on(const Cancelled& message, Context& ctx) {
    if (this->transactions[ctx.order()].phase != Phase::submitted) return M::on(message, ctx);
    M::on(Confirmed{}, ctx);
  }
};

/// Writes the row of the fence first, and the change of the stock in a transaction of its
/// own.
template <typename P>
struct FenceOutsideTransaction : P {
  static constexpr std::string_view mistake = "M-D05";
  using Fence = Participant::Fence;
  using P::on;
  void on(const Confirm& message, Context& ctx) {
    if (this->fence[ctx.order()] == Fence::tried) {
      ctx.append(FenceConfirmed{{}, this->stock.hold_of(ctx.order()).generation});
      ctx.force();
    }
    P::on(message, ctx);
  }
  void on(const Cancel& message, Context& ctx) {
    if (this->fence[ctx.order()] == Fence::tried) {
      ctx.append(FenceSuspended{});
      ctx.force();
    }
    P::on(message, ctx);
  }
};

/// Takes branches in when the transaction is closed already.
template <typename M>
struct RegisterAfterClose : M {
  static constexpr std::string_view mistake = "M-D10";
  using M::on;
  void on(const Register& registration, Context& ctx) {
    this->add_branch(this->transactions[ctx.order()], registration.branch, ctx);
  }
};

/// Tells the initiator before the decision is durable.
template <typename M>
struct SubmittedBeforeForce : M {
  static constexpr std::string_view mistake = "X-TCC-01";
  using Phase = Manager::Phase;
  using M::on;
  void on(const Submit& request, Context& ctx) {
    if (this->transactions[ctx.order()].phase == Phase::open) ctx.answer(Submitted{});
    M::on(request, ctx);
  }
};

/// Answers a confirm that is not durable yet.
template <typename P>
struct ConfirmedBeforeForce : P {
  static constexpr std::string_view mistake = "X-TCC-02";
  using Fence = Participant::Fence;
  using P::on;
  void on(const Confirm& message, Context& ctx) {
    if (this->fence[ctx.order()] == Fence::tried) ctx.answer(Confirmed{});
    P::on(message, ctx);
  }
};

/// Tells every branch once.
template <typename M>
struct TellsOnce : M {
  static constexpr std::string_view mistake = "X-TCC-03";
  using M::on;
  void on(const ResendDue&, Context&) {}
};

/// Submits though an abort came before.
template <typename M>
struct SubmitReopens : M {
  static constexpr std::string_view mistake = "X-TCC-04";
  using Phase = Manager::Phase;
  using M::on;
  void on(const Submit& request, Context& ctx) {
    auto& transaction = this->transactions[ctx.order()];
    const bool is_aborted =
        transaction.phase == Phase::aborting || transaction.phase == Phase::failed;
    if (is_aborted) transaction.phase = Phase::open;
    M::on(request, ctx);
  }
};

/// Tries every service at once, and has it registered meanwhile.
template <typename I>
struct TriesBeforeRegistered : I {
  static constexpr std::string_view mistake = "X-TCC-05";
  using Phase = Initiator::Phase;
  using I::on;
  void on(const Registered&, Context&) {}
  void on(const Began& began, Context& ctx) {
    if (this->requests[ctx.order()].phase != Phase::beginning) return;
    I::on(began, ctx);
    for (const sim::NodeId service : this->settings->services.of(ctx)) ctx.send(service, Try{});
  }
};

/// What answers before it has done anything stands above what does it.
struct CarelessParticipant
    : kit::Careless<Participant, HangingTry, EmptyRollbackRuns, ConfirmNotIdempotent,
                    FenceOutsideTransaction, ConfirmedBeforeForce> {};
struct CarelessManager : kit::Careless<Manager, RegisterAfterClose, TellsOnce,
                                       ConfirmFailureCancels, SubmitReopens, SubmittedBeforeForce> {
};
struct CarelessInitiator : kit::Careless<Initiator, TriesBeforeRegistered> {};

}  // namespace indoubt::tcc::mutants
