#include "protocols/event_sourcing/read_model.hpp"

#include <utility>

namespace indoubt::event_sourcing {

void ReadModel::on(const Grown&, Context& ctx) {
  if (reading.is_up_to_date) reading.begin(*settings, ctx);
}

/// Copies come with every page that is read again.
void ReadModel::on(const Recorded& recorded, Context& ctx) {
  if (reading.checkpoint.has(recorded.position)) return;
  project(recorded, ctx);
  has_unforced = true;
}

/// Not forced: what a crash takes of the view, it takes of the token, too, and that is read again.
void ReadModel::project(const Recorded& recorded, Context& ctx) {
  ctx.write(*this, Projected{recorded.position, recorded.event});
}

/// One force for all of the page.
void ReadModel::on(const PageEnd& end, Context& ctx) {
  if (std::exchange(has_unforced, false)) ctx.force();
  reading.ends_with(end, *settings, ctx);
}

void ReadModel::on(const CatchUpDue&, Context& ctx) {
  if (!reading.is_up_to_date) reading.read(*settings, ctx);
}

/// The store takes it for as far as it was when it last asked, and is silent; some of that may be
/// lost.
void ReadModel::on(const sim::Restart&, Context& ctx) { reading.begin_anew(*settings, ctx); }

void ReadModel::replay(const Projected& record, sim::OrderId order) {
  show(record.event, order);
  reading.checkpoint.note(record.position);
}

void KeepsTokenFirst::project(const Recorded& recorded, Context& ctx) {
  ctx.write(*this, TokenKept{recorded.position});
  ctx.force();
  ctx.write(*this, Shown{recorded.event});
}

void KeepsTokenLast::project(const Recorded& recorded, Context& ctx) {
  ctx.write(*this, Shown{recorded.event});
  ctx.force();
  ctx.write(*this, TokenKept{recorded.position});
}

}  // namespace indoubt::event_sourcing
