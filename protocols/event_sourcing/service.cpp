#include "protocols/event_sourcing/service.hpp"

#include <optional>

namespace indoubt::event_sourcing {

/// A copy of a command finds what the first one did. One that is overtaken by its compensation
/// finds that, and does nothing.
void Service::on(const Take& command, Context& ctx) {
  if (command.id > branches[ctx.order()].handled) take(command.id, ctx);
  ctx.await_forces();
  if (branches[ctx.order()].state == State::taken) return ctx.answer(Taken{});
  ctx.answer(NotTaken{});
}

/// The units are the order's at once, for everybody to see, though it may come to nothing yet.
void Service::take(CommandId id, Context& ctx) {
  std::optional<kit::UnitList> units;
  if (!stock.declines(ctx) && !ctx.disk_is_full()) units = stock.pick(ctx.order());
  if (units) {
    ctx.write(*this, UnitsTaken{id, *units});
  } else {
    ctx.write(*this, TakeRefused{id});
  }
  ctx.force();  // An event that others act on is durable.
}

void Service::on(const Compensate& command, Context& ctx) {
  if (command.id > branches[ctx.order()].handled) give_back(command.id, ctx);
  ctx.await_forces();
  ctx.answer(Compensated{});
}

/// Also where nothing was taken yet: the event is the tombstone for a take that comes later.
void Service::give_back(CommandId id, Context& ctx) {
  ctx.write(*this, UnitsReturned{id, stock.units_of(ctx.order())});
  ctx.force();
}

void Service::replay(const UnitsTaken& record, sim::OrderId order) {
  branches[order] = {record.id, State::taken};
  stock.assign(order, record.units);
}

void Service::replay(const TakeRefused& record, sim::OrderId order) {
  branches[order] = {record.id, State::refused};
}

void Service::replay(const UnitsReturned& record, sim::OrderId order) {
  branches[order] = {record.id, State::returned};
  stock.release(order, record.units);
}

}  // namespace indoubt::event_sourcing
