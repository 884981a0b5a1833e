#include "protocols/saga/semantic_locks.hpp"

#include <algorithm>
#include <optional>

namespace indoubt::saga {

void LockingParticipant::on(const Step& command, Context& ctx) {
  const bool is_new = phases[ctx.order()] == Phase::unknown;
  is_new ? lock_units(ctx) : Participant::on(command, ctx);
}

/// No answer means *not yet*: the step comes again, until it has been tried for long enough. Two
/// sagas that wait for each other's units both end that way.
void LockingParticipant::lock_units(Context& ctx) {
  const bool declines = stock.declines(ctx) || ctx.disk_is_full();
  const std::optional<kit::UnitList> units = stock.pick(ctx.order());
  if (declines || (!units && !may_have_units(ctx.order()))) return refuse(ctx);
  if (!units) return;
  ctx.write(*this, UnitsPending{stock.next_hold(*units)});
  ctx.force();  // As a step that is done: the next one is taken on the strength of it.
  report(StepDone{}, ctx);
}

bool LockingParticipant::may_have_units(sim::OrderId order) const {
  return std::all_of(
      stock.setup->items.begin(), stock.setup->items.end(), [&](const kit::StockSetup::Item& item) {
        const auto first = stock.units.begin() + static_cast<std::ptrdiff_t>(item.first_unit);
        const auto end = first + static_cast<std::ptrdiff_t>(item.units);
        const auto possible = std::count_if(first, end, [](const kit::Unit& unit) {
          return unit.state != kit::Unit::State::assigned;
        });
        return static_cast<std::uint32_t>(possible) >= stock.setup->taken(item, order);
      });
}

/// The saga is over: what was pending is the order's.
void LockingParticipant::on(const Complete&, Context& ctx) {
  if (phases[ctx.order()] == Phase::done) complete(ctx);
  report(Completed{}, ctx);
}

void LockingParticipant::complete(Context& ctx) {
  ctx.write(*this, UnitsAssigned{stock.units_of(ctx.order())});
  ctx.force();  // Once acknowledged, nobody will tell it again.
}

void LockingParticipant::replay(const UnitsPending& record, sim::OrderId order) {
  phases[order] = Phase::done;
  stock.hold(order, record.hold);
}

void LockingParticipant::replay(const UnitsAssigned& record, sim::OrderId order) {
  phases[order] = Phase::completed;
  stock.assign(order, record.units);
}

}  // namespace indoubt::saga
