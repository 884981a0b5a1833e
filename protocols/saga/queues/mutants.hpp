#pragma once

#include <string_view>

#include "protocols/kit/messaging/careless_processes.hpp"
#include "protocols/kit/mistakes/careless.hpp"
#include "protocols/saga/queues/as_published.hpp"
#include "protocols/saga/queues/function.hpp"
#include "protocols/saga/queues/orchestrator.hpp"

/// Sagas on queues with mistakes (`kit::Careless`). Two more are parts of the published form.
namespace indoubt::saga::queues::mutants {

/// A compensation is put on its queue once. What becomes of it is the queue's business, which loses
/// it, or sets it aside for people to look at.
template <typename O>
struct TrustsTheQueue : O {
  static constexpr std::string_view mistake = "X-SAGA-10";
  using Phase = Orchestrator::Phase;
  using O::on;
  void on(const ResendDue& timer, Context& ctx) {
    if (this->instances[ctx.order()].phase != Phase::compensating) O::on(timer, ctx);
  }
};

/// Every `order_received` starts an execution, and this one knows nothing of the others.
template <typename O>
struct StartsForEachEvent : O {
  static constexpr std::string_view mistake = "X-SAGA-11";
  using O::on;
  void on(const Deliver& event, Context& ctx) {
    this->received[ctx.order()].confirm(Topic::order_received, ctx);
    this->begin_step(this->instances[ctx.order()], 0, ctx);
    ctx.answer(Consumed{event.offset});
  }
};

/// Whatever a function throws at, what it did before that stays: it takes the units, and then
/// cannot go on, so there is neither a row of it nor an answer.
struct HalfStays : Function<> {
  void on(const Deliver& message, Context& ctx) {
    const Command command = command_in(message.topic);
    const bool takes_units = command == Command::step && phases[ctx.order()] == Phase::unknown;
    if (!is_poison(command, ctx) || !takes_units) return Function::on(message, ctx);
    if (const auto units = stock.pick(ctx.order())) {
      ctx.append(UnitsAssigned{*units});
      ctx.force();
      stock.assign(ctx.order(), *units);
    }
  }
};

/// Beside `InboxOfItsOwn`: the database of the instances does what it is told, each time.
using WithoutRows = as_published::Function;

struct CarelessOrchestrator : kit::Careless<Orchestrator, TrustsTheQueue, StartsForEachEvent> {};

}  // namespace indoubt::saga::queues::mutants
