#include "protocols/event_sourcing/reading.hpp"

namespace indoubt::event_sourcing {

void Reading::begin(const Settings& settings, Context& ctx) {
  is_up_to_date = false;
  read(settings, ctx);
}

void Reading::begin_anew(const Settings& settings, Context& ctx) {
  reader = ctx.draw("reader");
  begin(settings, ctx);
}

void Reading::read(const Settings& settings, Context& ctx) {
  Context log = ctx.about(sim::no_order);
  log.send(settings.store, Read{checkpoint.reached, reader});
  log.arm<CatchUpDue>(settings.retry.after(reads++));
}

/// Events of the page that are still missing may hold an order that nobody else knows of. They are
/// waited for, and read again.
bool Reading::ends_with(const PageEnd& end, const Settings& settings, Context& ctx) {
  const bool is_complete = checkpoint.reached >= end.position;
  if (is_up_to_date || end.reader != reader || !is_complete) return false;
  reads = 0;
  if (checkpoint.reached < end.newest) {
    read(settings, ctx);
    return false;
  }
  is_up_to_date = true;
  ctx.about(sim::no_order).cancel<CatchUpDue>();
  return true;
}

}  // namespace indoubt::event_sourcing
