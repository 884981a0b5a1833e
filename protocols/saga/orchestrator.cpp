#include "protocols/saga/orchestrator.hpp"

namespace indoubt::saga {

void Orchestrator::on(const kit::PlaceOrder&, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  if (instance.phase != Phase::unknown) return kit::answer_again(outcome_of(instance), ctx);
  begin_step(instance, 0, ctx);
}

std::optional<sim::Outcome> Orchestrator::outcome_of(const Instance& instance) const {
  switch (instance.phase) {
    case Phase::unknown:
    case Phase::forward: return std::nullopt;
    case Phase::compensating:
    case Phase::compensated: return sim::Outcome::abort;
    case Phase::completing:
    case Phase::completed: return sim::Outcome::commit;
  }
  return std::nullopt;
}

void Orchestrator::tell(sim::NodeId service, Command command, Context& ctx) {
  switch (command) {
    case Command::step: return ctx.send(service, Step{});
    case Command::compensate: return ctx.send(service, Compensate{});
    case Command::complete: return ctx.send(service, Complete{});
  }
}

/// The intent is durable before the command leaves, or after a crash nobody would know of a step
/// that may have been done. The same record says that all steps before it are done.
void Orchestrator::begin_step(Instance& instance, std::uint32_t step, Context& ctx) {
  ctx.write(*this, StepBegun{step});
  ctx.force();
  call_step(instance, ctx);
  limit_step(ctx);
}

void Orchestrator::call_step(Instance& instance, Context& ctx) {
  tell(settings->services.of(ctx).nodes[instance.step], Command::step, ctx);
  ctx.arm<ResendDue>(next_wait(instance));
}

void Orchestrator::on(const StepDone&, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  if (!awaits_step(instance, ctx)) return;
  ctx.cancel<CallTimeout>();
  ctx.cancel<ResendDue>();
  const bool is_pivot = instance.step + 1 == settings->services.of(ctx).count;
  if (is_pivot) return pass_pivot(instance, ctx);
  begin_step(instance, instance.step + 1, ctx);
}

/// A definite failure: this step needs no undoing, those before it do.
void Orchestrator::on(const StepFailed&, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  if (awaits_step(instance, ctx)) go_back(instance, kit::ServiceSet::first(instance.step), ctx);
}

/// Silence is no failure: the step may be done, or be done when its command arrives at last. So it
/// is undone with the others.
void Orchestrator::on(const CallTimeout&, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  if (instance.phase == Phase::forward) {
    go_back(instance, kit::ServiceSet::first(instance.step + 1), ctx);
  }
}

/// The point of no return is the force. Before it everything can be undone, also the pivot; after
/// it nothing may, because the client may have been told.
void Orchestrator::pass_pivot(Instance& instance, Context& ctx) {
  ctx.write(*this, PivotDone{});
  ctx.force();
  ctx.reply(kit::Placed{});
  tell_complete(instance, ctx);
}

/// Retriable steps: they cannot fail, only take long.
void Orchestrator::tell_complete(Instance& instance, Context& ctx) {
  settings->services.of(ctx).for_each(
      instance.missing, [&](sim::NodeId service) { tell(service, Command::complete, ctx); });
  ctx.arm<ResendDue>(next_wait(instance));
}

/// Durable before the first compensation: a step that was undone must not be followed by "placed"
/// after a crash.
void Orchestrator::go_back(Instance& instance, kit::ServiceSet done, Context& ctx) {
  ctx.cancel<CallTimeout>();
  ctx.cancel<ResendDue>();
  ctx.write(*this, Compensating{done.bits});
  ctx.force();
  ctx.reply(kit::NotPlaced{});
  tell_compensate(instance, ctx);
}

/// All at once, so that a service which is down does not keep the others from undoing theirs. Where
/// steps build on each other they must be undone in reverse order; here none does.
void Orchestrator::tell_compensate(Instance& instance, Context& ctx) {
  if (instance.missing.is_empty()) return end(ctx);
  settings->services.of(ctx).for_each(
      instance.missing, [&](sim::NodeId service) { tell(service, Command::compensate, ctx); });
  ctx.arm<ResendDue>(next_wait(instance));
}

void Orchestrator::take_answer(Phase phase, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  if (instance.phase != phase) return;
  instance.missing.remove(settings->services.of(ctx).position(ctx.sender()));
  if (instance.missing.is_empty()) end(ctx);
}

void Orchestrator::end(Context& ctx) {
  ctx.cancel<ResendDue>();
  ctx.write(*this, End{});  // Not forced: without it the last commands are told once more.
}

/// There is no end to it: a command that is given up leaves a saga half done or half undone.
void Orchestrator::on(const ResendDue&, Context& ctx) {
  Instance& instance = instances[ctx.order()];
  switch (instance.phase) {
    case Phase::forward: return call_step(instance, ctx);
    case Phase::compensating: return tell_compensate(instance, ctx);
    case Phase::completing: return tell_complete(instance, ctx);
    case Phase::unknown:
    case Phase::completed:
    case Phase::compensated: return;
  }
}

void Orchestrator::on(const sim::Restart&, Context& ctx) {
  instances.for_each([&](sim::OrderId order, Instance& instance) {
    Context about = ctx.about(order);
    go_on_after_crash(instance, about);
  });
}

/// The last command may have been sent or not, and done or not: it is sent again, under the same
/// id. The client may not have been told, so it is told again.
void Orchestrator::go_on_after_crash(Instance& instance, Context& ctx) {
  switch (instance.phase) {
    case Phase::forward: limit_step(ctx); return call_step(instance, ctx);
    case Phase::compensating: ctx.reply(kit::NotPlaced{}); return tell_compensate(instance, ctx);
    case Phase::completing: ctx.reply(kit::Placed{}); return tell_complete(instance, ctx);
    case Phase::unknown:
    case Phase::completed:
    case Phase::compensated: return;
  }
}

void Orchestrator::replay(const StepBegun& record, sim::OrderId order) {
  instances[order] = {.phase = Phase::forward, .step = static_cast<std::uint32_t>(record.step)};
}

void Orchestrator::replay(const PivotDone&, sim::OrderId order) {
  instances[order] = {.phase = Phase::completing, .missing = settings->services.of(order).all()};
}

void Orchestrator::replay(const Compensating& record, sim::OrderId order) {
  instances[order] = {.phase = Phase::compensating,
                      .missing = {static_cast<std::uint32_t>(record.services)}};
}

void Orchestrator::replay(const End&, sim::OrderId order) {
  Phase& phase = instances[order].phase;
  phase = phase == Phase::completing ? Phase::completed : Phase::compensated;
}

bool Orchestrator::awaits_step(const Instance& instance, const Context& ctx) const {
  return instance.phase == Phase::forward &&
         ctx.sender() == settings->services.of(ctx).nodes[instance.step];
}

}  // namespace indoubt::saga
