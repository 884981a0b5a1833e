#pragma once

#include <string_view>

#include "protocols/kit/mistakes/careless.hpp"
#include "protocols/saga/orchestrator.hpp"
#include "protocols/saga/participant.hpp"

/// Orchestrated sagas with mistakes, as people make them. Every mistake is the correct role but for
/// the handlers that it declares, on top of whatever else is wrong with it (`kit::Careless`);
/// `family.cpp` says what each of them breaks, and where it was seen.
namespace indoubt::saga::mutants {

/// Has nothing to undo and keeps nothing in mind, so the step can still come and be done.
template <typename P>
struct NoTombstone : P {
  static constexpr std::string_view mistake = "M-E01";
  using Phase = Participant::Phase;
  using P::on;
  void on(const Compensate& command, Context& ctx) {
    if (this->phases[ctx.order()] == Phase::unknown) return this->report(Compensated{}, ctx);
    P::on(command, ctx);
  }
};

/// Takes an unknown result for a failure.
template <typename O>
struct UnknownIsFailure : O {
  static constexpr std::string_view mistake = "M-E02";
  using Phase = Orchestrator::Phase;
  using O::on;
  void on(const CallTimeout&, Context& ctx) {
    auto& instance = this->instances[ctx.order()];
    if (instance.phase == Phase::forward) {
      this->go_back(instance, kit::ServiceSet::first(instance.step), ctx);
    }
  }
};

/// Every copy of a compensation gives the units back once more.
template <typename P>
struct CompensatesTwice : P {
  static constexpr std::string_view mistake = "M-E04";
  using P::on;
  void on(const Compensate&, Context& ctx) {
    const kit::UnitList units = this->stock.units_of(ctx.order());
    this->compensate(ctx);
    this->stock.taken[ctx.order()] = units;
    this->report(Compensated{}, ctx);
  }
  void lose_memory() {
    P::lose_memory();
    this->stock.taken = {};
  }
};

/// A compensation that is not answered counts as failed, and that is the end of the saga.
template <typename O>
struct GivesUpCompensating : O {
  static constexpr std::string_view mistake = "M-E05";
  using Phase = Orchestrator::Phase;
  using O::on;
  void on(const ResendDue& timer, Context& ctx) {
    auto& instance = this->instances[ctx.order()];
    if (instance.phase != Phase::compensating) return O::on(timer, ctx);
    this->end(ctx);
  }
};

/// A step behind the pivot that is not answered counts as failed, and the saga goes back.
template <typename O>
struct PivotCompensated : O {
  static constexpr std::string_view mistake = "M-E07";
  using Phase = Orchestrator::Phase;
  using O::on;
  void on(const ResendDue& timer, Context& ctx) {
    auto& instance = this->instances[ctx.order()];
    if (instance.phase != Phase::completing) return O::on(timer, ctx);
    this->go_back(instance, this->settings->services.of(ctx).all(), ctx);
  }
};

/// Remembers what it is about to do, in memory.
template <typename O>
struct IntentNotForced : O {
  static constexpr std::string_view mistake = "X-SAGA-01";
  using Phase = Orchestrator::Phase;
  using Instance = Orchestrator::Instance;
  using O::on;
  void on(const kit::PlaceOrder&, Context& ctx) {
    auto& instance = this->instances[ctx.order()];
    if (instance.phase == Phase::unknown) begin_step_in_memory(instance, 0, ctx);
  }
  void on(const StepDone& done, Context& ctx) {
    auto& instance = this->instances[ctx.order()];
    const bool is_pivot = instance.step + 1 == this->settings->services.of(ctx).count;
    if (is_pivot || !this->awaits_step(instance, ctx)) return O::on(done, ctx);
    begin_step_in_memory(instance, instance.step + 1, ctx);
  }
  void begin_step_in_memory(Instance& instance, std::uint32_t step, Context& ctx) {
    ctx.write(*this, StepBegun{step});
    this->call_step(instance, ctx);
    ctx.arm<CallTimeout>(this->settings->call_timeout);
  }
};

/// The client is told before the pivot is durable.
template <typename O>
struct PlacedBeforeForce : O {
  static constexpr std::string_view mistake = "X-SAGA-02";
  using O::on;
  void on(const StepDone& done, Context& ctx) {
    auto& instance = this->instances[ctx.order()];
    const bool is_pivot = instance.step + 1 == this->settings->services.of(ctx).count;
    if (is_pivot && this->awaits_step(instance, ctx)) ctx.reply(kit::Placed{});
    O::on(done, ctx);
  }
};

/// A step is told before it is durable.
template <typename P>
struct DoneBeforeForce : P {
  static constexpr std::string_view mistake = "X-SAGA-03";
  using Phase = Participant::Phase;
  using P::on;
  void on(const Step& command, Context& ctx) {
    const bool is_possible =
        this->stock.pick(ctx.order()) && !this->stock.declines(ctx) && !ctx.disk_is_full();
    if (this->phases[ctx.order()] == Phase::unknown && is_possible) this->report(StepDone{}, ctx);
    P::on(command, ctx);
  }
};

/// The command has no id, so every copy of it is done.
template <typename P>
struct StepHasNoId : P {
  static constexpr std::string_view mistake = "X-SAGA-04";
  using Phase = Participant::Phase;
  using P::on;
  void on(const Step& command, Context& ctx) {
    if (this->phases[ctx.order()] == Phase::done) return this->do_step(ctx);
    P::on(command, ctx);
  }
};

/// A step that is done after all lets an order go on that is being undone.
template <typename O>
struct LateAnswerRevives : O {
  static constexpr std::string_view mistake = "X-SAGA-05";
  using Phase = Orchestrator::Phase;
  using O::on;
  void on(const StepDone& done, Context& ctx) {
    auto& instance = this->instances[ctx.order()];
    if (instance.phase == Phase::compensating) this->pass_pivot(instance, ctx);
    O::on(done, ctx);
  }
};

/// What tells before it is done stands above what does it.
struct CarelessParticipant
    : kit::Careless<Participant, NoTombstone, CompensatesTwice, StepHasNoId, DoneBeforeForce> {};
struct CarelessOrchestrator
    : kit::Careless<Orchestrator, UnknownIsFailure, GivesUpCompensating, PivotCompensated,
                    IntentNotForced, LateAnswerRevives, PlacedBeforeForce> {};

}  // namespace indoubt::saga::mutants
