#include "protocols/event_sourcing/process_manager.hpp"

namespace indoubt::event_sourcing {

void ProcessManager::on(const kit::PlaceOrder&, Context& ctx) {
  Saga& saga = sagas[ctx.order()];
  const bool is_new = saga.last == Event::none && saga.wanted == Event::none;
  is_new ? append(saga, Event::opened, ctx) : kit::answer_again(outcome_of(saga), ctx);
}

/// By the stream. An event that is on its way there may not get in.
std::optional<sim::Outcome> ProcessManager::outcome_of(const Saga& saga) const {
  switch (saga.last) {
    case Event::none:
    case Event::opened: return std::nullopt;
    case Event::placed: return sim::Outcome::commit;
    case Event::cancelled:
    case Event::closed: return sim::Outcome::abort;
  }
  return std::nullopt;
}

/// As if it had taken too long. Until the order is in the stream there is nothing to cancel: it is
/// cancelled when it gets there.
void ProcessManager::on(const kit::CancelOrder&, Context& ctx) {
  Saga& saga = sagas[ctx.order()];
  saga.is_unwanted = saga.last == Event::none;
  on(CallTimeout{}, ctx);
}

/// A decision is an event, and takes effect when it is in the stream. Until then nobody hears of
/// it, and another event may be first: perhaps one that this node sent before it crashed.
void ProcessManager::append(Saga& saga, Event event, Context& ctx) {
  saga.wanted = event;
  saga.attempts = 0;
  send_append(saga, ctx);
}

void ProcessManager::send_append(Saga& saga, Context& ctx) {
  ctx.send(settings->store, Append{saga.version, saga.wanted});
  ctx.arm<ResendDue>(settings->retry.after(saga.attempts++));
}

/// Events of an order are folded in their order; one that comes behind a gap comes again. While the
/// past is being read, events change the state and do nothing else. What they called for was done
/// already, or is done once all that followed is known.
void ProcessManager::on(const Recorded& recorded, Context& ctx) {
  Saga& saga = sagas[ctx.order()];
  if (recorded.version != saga.version + 1) return;
  fold(saga, recorded.event, recorded.position);
  if (reading.is_up_to_date) act(saga, ctx);
  keep(recorded, ctx);
}

void ProcessManager::fold(Saga& saga, Event event, std::uint64_t position) {
  saga = {.last = event,
          .version = saga.version + 1,
          .is_told = saga.is_told,
          .is_unwanted = saga.is_unwanted};
  reading.checkpoint.note(position);
}

/// Appended, not written: the event is folded by now, because what it calls for comes first. Forced
/// only now and then: what is lost is read again.
void ProcessManager::keep(const Recorded& recorded, Context& ctx) {
  ctx.append(EventFolded{recorded.position, recorded.event});
  if (++unforced < settings->checkpoint) return;
  unforced = 0;
  ctx.force();
}

/// Does what the state calls for. Doing it twice does no harm: the commands have the same ids
/// again.
void ProcessManager::act(Saga& saga, Context& ctx) {
  switch (saga.last) {
    case Event::none: return;
    case Event::opened:
      if (saga.is_unwanted) return append(saga, Event::cancelled, ctx);
      ctx.arm<CallTimeout>(settings->call_timeout);
      return command_all(saga, ctx);
    case Event::placed:
      ctx.cancel<CallTimeout>();
      ctx.cancel<ResendDue>();
      return tell_client(saga, ctx);
    case Event::cancelled:
      ctx.cancel<CallTimeout>();
      tell_client(saga, ctx);
      return command_all(saga, ctx);
    case Event::closed: ctx.cancel<ResendDue>(); return tell_client(saga, ctx);
  }
}

/// All at once. A compensation goes to everybody: a take may still be under way to a service that
/// has done nothing.
void ProcessManager::command_all(Saga& saga, Context& ctx) {
  saga.missing = settings->services.of(ctx).all();
  saga.attempts = 0;
  command(saga, ctx);
}

void ProcessManager::command(Saga& saga, Context& ctx) {
  const auto id = static_cast<CommandId>(saga.version);
  settings->services.of(ctx).for_each(saga.missing, [&](sim::NodeId service) {
    if (saga.last == Event::opened) {
      ctx.send(service, Take{id});
    } else {
      ctx.send(service, Compensate{id});
    }
  });
  ctx.arm<ResendDue>(settings->retry.after(saga.attempts++));
}

/// Not forced: without the record the client is told once more.
void ProcessManager::tell_client(const Saga& saga, Context& ctx) {
  if (saga.is_told != 0) return;
  if (saga.last == Event::placed) {
    ctx.reply(kit::Placed{});
  } else {
    ctx.reply(kit::NotPlaced{});
  }
  ctx.write(*this, ClientTold{});
}

void ProcessManager::on(const Taken&, Context& ctx) {
  Saga& saga = sagas[ctx.order()];
  if (!take_answer(saga, Event::opened, ctx)) return;
  const bool is_done = saga.missing.is_empty() && saga.wanted == Event::none;
  if (is_done) append(saga, Event::placed, ctx);
}

void ProcessManager::on(const NotTaken&, Context& ctx) {
  Saga& saga = sagas[ctx.order()];
  if (!take_answer(saga, Event::opened, ctx)) return;
  if (saga.wanted == Event::none) append(saga, Event::cancelled, ctx);
}

/// Also when the order is being placed and the store does not answer: if that event is in the
/// stream already, this one will not get in.
void ProcessManager::on(const CallTimeout&, Context& ctx) {
  Saga& saga = sagas[ctx.order()];
  const bool can_cancel = saga.last == Event::opened && saga.wanted != Event::cancelled;
  if (can_cancel) append(saga, Event::cancelled, ctx);
}

void ProcessManager::on(const Compensated&, Context& ctx) {
  Saga& saga = sagas[ctx.order()];
  if (!take_answer(saga, Event::cancelled, ctx)) return;
  if (saga.missing.is_empty()) append(saga, Event::closed, ctx);
}

bool ProcessManager::take_answer(Saga& saga, Event state, const Context& ctx) const {
  const std::size_t service = settings->services.of(ctx).position(ctx.sender());
  if (saga.last != state || !saga.missing.has(service)) return false;
  saga.missing.remove(service);
  return true;
}

void ProcessManager::on(const ResendDue&, Context& ctx) {
  Saga& saga = sagas[ctx.order()];
  if (saga.wanted != Event::none) return send_append(saga, ctx);
  if (!saga.missing.is_empty()) command(saga, ctx);
}

/// The checkpoint is on this node's disk; the events behind it are in the store.
void ProcessManager::on(const sim::Restart&, Context& ctx) { reading.begin_anew(*settings, ctx); }

/// It may have gone live while the timer was due: cancelling it waits for a pending force.
void ProcessManager::on(const CatchUpDue&, Context& ctx) {
  if (!reading.is_up_to_date) reading.read(*settings, ctx);
}

void ProcessManager::on(const PageEnd& end, Context& ctx) {
  if (reading.ends_with(end, *settings, ctx)) go_live(ctx);
}

/// Whatever was under way when the node crashed goes on.
void ProcessManager::go_live(Context& ctx) {
  sagas.for_each([&](sim::OrderId order, Saga& saga) {
    Context about = ctx.about(order);
    act(saga, about);
  });
}

void ProcessManager::lose_memory() {
  sagas.lose_memory([](Saga& saga) {
    saga = {.last = saga.last, .version = saga.version, .is_told = saga.is_told};
  });
  reading.lose_memory();
  unforced = 0;
}

void ProcessManager::replay(const EventFolded& record, sim::OrderId order) {
  fold(sagas[order], record.event, record.position);
}

}  // namespace indoubt::event_sourcing
