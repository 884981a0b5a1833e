#include "protocols/outbox/gap_waiting_relay.hpp"

#include <algorithm>

namespace indoubt::outbox {

void MarksById::mark(std::size_t service, sim::OrderId order) {
  std::uint32_t& last = progress.marked[service];
  last = std::max(last, static_cast<std::uint32_t>(orders[order].sequence));
}

/// It looks again while an id is missing: nobody wakes it when that one's transaction is lost.
void GapWaitingRelay::on(const PollDue& timer, Context& ctx) {
  look(ctx);
  read_on(ctx);
  MarksById::on(timer, ctx);
  if (read_up_to < last_id()) relay(ctx);
}

/// Rows are marked up to some id, so it had read that far. For what is missing behind that it waits
/// anew.
void GapWaitingRelay::on(const sim::Restart&, Context& ctx) {
  read_up_to = *std::max_element(progress.marked.begin(), progress.marked.end());
  if (placed.empty()) return;
  Context about = ctx.about(placed.back());
  relay(about);
}

void GapWaitingRelay::lose_memory() {
  MarksById::lose_memory();
  by_id.clear();
  seen = 0;
  read_up_to = 0;
}

/// Whoever has drawn an id that is missed now has been at work since before now.
void GapWaitingRelay::look(Context& ctx) {
  for (; seen != placed.size(); ++seen) {
    const auto id = static_cast<std::size_t>(orders[placed[seen]].sequence);
    if (id >= by_id.size()) by_id.resize(id + 1, Row{.missed = {ctx.now()}});
    by_id[id] = {.order = placed[seen]};
  }
}

void GapWaitingRelay::read_on(Context& ctx) {
  while (read_up_to < last_id()) {
    const Row& next = by_id[static_cast<std::size_t>(read_up_to + 1)];
    const bool is_missing = next.order == sim::no_order;
    if (is_missing && ctx.now() - next.missed.at < settings->gap_timeout) return;
    ++read_up_to;
  }
}

std::optional<sim::OrderId> GapWaitingRelay::next_row(std::size_t service) const {
  for (std::uint64_t id = std::uint64_t{progress.marked[service]} + 1; id <= read_up_to; ++id) {
    if (id > last_id()) break;
    const sim::OrderId order = by_id[static_cast<std::size_t>(id)].order;
    if (order != sim::no_order && settings->has_row(order, service)) return order;
  }
  return std::nullopt;
}

}  // namespace indoubt::outbox
