#pragma once

#include "protocols/saga/participant.hpp"
#include "protocols/saga/queues/messages.hpp"

namespace indoubt::saga::queues {

/// What runs at a service for each message on its queue. What a command does is the service's own
/// business, `P`; here it is merely brought by the queue, at least once and in any order. The rows
/// that `P` keeps of orders are the inbox: a repetition finds them, and so does a step that comes
/// after its compensation.
template <typename P = Participant>
struct Function : P {
  using P::on;

  /// The message is deleted when what it calls for is durable and reported. What was not done stays
  /// in the queue, and is visible again after the visibility timeout. So does a message at which
  /// the function throws: nothing of what it did is left, and nobody is told.
  void on(const Deliver& message, Context& ctx) {
    const Command command = command_in(message.topic);
    if (is_poison(command, ctx)) return;
    run(command, ctx);
    if (P::phases[ctx.order()] == P::Phase::unknown) return;
    ctx.await_forces();
    ctx.answer(Consumed{message.offset});
  }

  bool is_poison(Command command, const Context& ctx) const {
    return P::stock.is_poison(ctx, poison_of(command));
  }

  void run(Command command, Context& ctx) {
    switch (command) {
      case Command::step: return P::on(Step{}, ctx);
      case Command::compensate: return P::on(Compensate{}, ctx);
      case Command::complete: return P::on(Complete{}, ctx);
    }
  }
};

}  // namespace indoubt::saga::queues
