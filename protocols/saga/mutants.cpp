#include "protocols/saga/mutants.hpp"

namespace indoubt::saga::mutants {

void NoTombstone::on(const Compensate& command, Context& ctx) {
  if (phases[ctx.order()] == Phase::unknown) return report(Compensated{}, ctx);
  Participant::on(command, ctx);
}

void UnknownIsFailure::on(const CallTimeout&, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  if (instance.phase == Phase::forward) {
    go_back(instance, kit::ServiceSet::first(instance.step), ctx);
  }
}

void CompensatesTwice::on(const Compensate&, Context& ctx) {
  const kit::UnitList units = stock.units_of(ctx.order());
  compensate(ctx);
  stock.taken[ctx.order()] = units;
  report(Compensated{}, ctx);
}

void CompensatesTwice::lose_memory() {
  Participant::lose_memory();
  stock.taken = {};
}

void GivesUpCompensating::on(const ResendDue& timer, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  if (instance.phase != Phase::compensating) return Orchestrator::on(timer, ctx);
  end(ctx);
}

void PivotCompensated::on(const ResendDue& timer, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  if (instance.phase != Phase::completing) return Orchestrator::on(timer, ctx);
  go_back(instance, settings->services.of(ctx).all(), ctx);
}

void IntentNotForced::on(const kit::PlaceOrder&, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  if (instance.phase == Phase::unknown) begin_step_in_memory(instance, 0, ctx);
}

void IntentNotForced::on(const StepDone& done, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  const bool is_pivot = instance.step + 1 == settings->services.of(ctx).count;
  if (is_pivot || !awaits_step(instance, ctx)) return Orchestrator::on(done, ctx);
  begin_step_in_memory(instance, instance.step + 1, ctx);
}

void IntentNotForced::begin_step_in_memory(Instance& instance, std::uint32_t step, Context& ctx) {
  ctx.write(*this, StepBegun{step});
  call_step(instance, ctx);
  ctx.arm<CallTimeout>(settings->call_timeout);
}

void PlacedBeforeForce::on(const StepDone& done, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  const bool is_pivot = instance.step + 1 == settings->services.of(ctx).count;
  if (is_pivot && awaits_step(instance, ctx)) ctx.reply(kit::Placed{});
  Orchestrator::on(done, ctx);
}

void DoneBeforeForce::on(const Step& command, Context& ctx) {
  const bool is_possible = stock.pick(ctx.order()) && !stock.declines(ctx) && !ctx.disk_is_full();
  if (phases[ctx.order()] == Phase::unknown && is_possible) report(StepDone{}, ctx);
  Participant::on(command, ctx);
}

void StepHasNoId::on(const Step& command, Context& ctx) {
  if (phases[ctx.order()] == Phase::done) return do_step(ctx);
  Participant::on(command, ctx);
}

void LateAnswerRevives::on(const StepDone& done, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  if (instance.phase == Phase::compensating) pass_pivot(instance, ctx);
  Orchestrator::on(done, ctx);
}

}  // namespace indoubt::saga::mutants
