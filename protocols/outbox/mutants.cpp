#include "protocols/outbox/mutants.hpp"

namespace indoubt::outbox::mutants {

void DualWrite::replay(const OrderPlaced& record, sim::OrderId order) {
  orders[order] = {.phase = Phase::placed, .sequence = record.sequence};
}

void DeleteBeforeConfirm::on(const PollDue&, Context& ctx) {
  progress.is_asleep = false;
  for (std::size_t service = 0; service < settings->services.all.count; ++service) {
    while (const std::optional<sim::OrderId> order = next_row(service)) {
      const auto queue = static_cast<Queue>(service);
      Context about = ctx.about(*order);
      about.send(settings->broker, Publish{queue});
      about.write(*this, RowPublished{queue});
    }
  }
}

std::optional<sim::OrderId> SequenceGapSkip::next_row(std::size_t service) const {
  std::optional<sim::OrderId> next;
  for (const sim::OrderId order : placed) {
    if (!settings->has_row(order, service)) continue;
    const std::uint64_t id = orders.at(order).sequence;
    if (id > progress.marked[service] && (!next || id < orders.at(*next).sequence)) next = order;
  }
  return next;
}

void DedupOutsideTransaction::on(const Deliver& message, Context& ctx) {
  if (inbox[ctx.order()] == Seen::no) {
    if (fails(ctx)) return;
    ctx.write(*this, InboxNoted{});
    ctx.force();
    apply(ctx);
  }
  ctx.answer(Consumed{message.offset});
}

void PublishesBeforeCommit::on(const CommitDue& timer, Context& ctx) {
  for (const sim::NodeId service : settings->services.of(ctx)) {
    ctx.send(settings->broker, Publish{settings->queue_of(service)});
  }
  PollingRelay::on(timer, ctx);
}

void PositionBeforeConfirm::relay(Context& ctx) {
  while (progress.position != placed.size()) {
    publish_rows_of(placed[static_cast<std::size_t>(progress.position)], ctx);
    ctx.write(*this, PositionStored{progress.position + 1});
  }
}

/// The position stays behind the first transaction that is not confirmed.
void ReadsAhead::on(const Confirmed& ack, Context& ctx) {
  if (!orders[ctx.order()].under_way.confirm(ack.topic, ctx)) return;
  auto position = static_cast<std::size_t>(progress.position);
  while (position != placed.size() && orders[placed[position]].under_way.is_empty()) ++position;
  if (position != progress.position) ctx.write(*this, PositionStored{position});
}

void ReadsAhead::on(const sim::Restart&, Context& ctx) {
  for (auto i = static_cast<std::size_t>(progress.position); i != placed.size(); ++i) {
    publish_rows_of(placed[i], ctx);
  }
}

void RefusesCopies::on(const kit::PlaceOrder& request, Context& ctx) {
  if (orders[ctx.order()].phase != Phase::unknown) return ctx.reply(kit::NotPlaced{});
  PollingRelay::on(request, ctx);
}

void MarkCoversOthers::Table::mark(const RowId& row) {
  for (const sim::OrderId order : placed) {
    RowTable::mark({order, row.queue});
    if (order == row.order) return;
  }
}

bool ClaimedForGood::Claim::may_take(const RowId& row, sim::NodeId, sim::ClockTime,
                                     const Settings&) const {
  return std::none_of(locks.begin(), locks.end(),
                      [&](const Lock& lock) { return lock.is_of(row); });
}

Grant ClaimedForGood::Claim::take(const RowId& row, const Settings&, Context& ctx) {
  locks.push_back({row.order, static_cast<std::uint32_t>(row.queue), ctx.sender(), sim::no_expiry});
  return {};
}

void ClaimDeletes::Table::on(const AskRow& ask, Context& ctx) {
  hand_and_delete(ask.queue, ask.asked, ctx);
}

void ClaimDeletes::Table::on(const MarkRow& mark, Context& ctx) {
  hand_and_delete(mark.queue, mark.asked, ctx);
}

void ClaimDeletes::Table::hand_and_delete(Queue queue, std::int64_t asked, Context& ctx) {
  const auto service = static_cast<std::size_t>(queue);
  const std::optional<sim::OrderId> row = row_for(service, ctx.sender(), ctx.now());
  hand_row(service, asked, ctx);
  if (row) ctx.about(*row).write(*this, RowPublished{queue});
}

void LooksFirst::on(const LookedUp& found, Context& ctx) {
  found.is_known ? ctx.send(settings->broker, Consumed{found.message.offset})
                 : ctx.send(settings->database, found.message);
}

void LookedAtFirst::on(const LookUp& look, Context& ctx) {
  ctx.await_forces();
  ctx.answer(LookedUp{look.message, inbox[ctx.order()] == Seen::yes});
}

}  // namespace indoubt::outbox::mutants
