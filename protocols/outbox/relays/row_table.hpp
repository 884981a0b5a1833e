#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>

#include "protocols/kit/supervisor/watch.hpp"
#include "protocols/outbox/order_service.hpp"
#include "protocols/outbox/relays/claims.hpp"

namespace indoubt::outbox {

/// How far the relays have come.
template <typename Claim>
struct Marks {
  kit::OrderTable<kit::ServiceSet> marked;  ///< of each order, by position among all services
  /// Up to which of the placed orders all rows of a service are marked.
  std::array<std::uint32_t, kit::most_services_per_order> first{};
  Claim claim{};
  bool is_asleep = false;  ///< until `PollDue`
  /// The marks are on record, and so is what a claim writes down.
  void lose_memory() {
    marked.lose_memory();
    claim.lose_memory();
    is_asleep = false;
  }
  static auto fields(auto& self) {
    auto& [m, f, c, a] = self;
    return std::tie(m, f, c, a);
  }
};

/// The order service where several relays share its outbox: it hands rows out, in the order of
/// their commits, and marks them. Who may have one is for the `Claim`.
template <typename Claim>
struct RowTable : OrderService<Marks<Claim>> {
  using Base = OrderService<Marks<Claim>>;
  using Base::on;
  using Base::replay;

  /// Looks as long as there is something to find, so that a run can end.
  void relay(Context& ctx) override {
    if (this->progress.is_asleep) return;
    this->progress.is_asleep = true;
    ctx.template arm<PollDue>(this->settings->poll);
  }

  void on(const PollDue&, Context& ctx) {
    this->progress.is_asleep = false;
    for (std::size_t queue = 0; queue < this->settings->services.all.count; ++queue) {
      const std::optional<sim::OrderId> row = first_row(queue);
      if (!row) continue;
      Context about = ctx.about(*row);
      wake_relays(queue, about);
      relay(about);
    }
  }

  void wake_relays(std::size_t queue, Context& ctx) const {
    ctx.await_forces();
    for (const sim::NodeId relay : this->settings->relay_nodes) {
      if (row_for(queue, relay, ctx.now())) ctx.send(relay, RowsWaiting{static_cast<Queue>(queue)});
    }
  }

  void on(const AskRow& ask, Context& ctx) {
    hand_row(static_cast<std::size_t>(ask.queue), ask.asked, ctx);
  }

  /// The mark is not forced: without it the row is published once more, under the same id.
  void on(const MarkRow& mark, Context& ctx) {
    const RowId row{ctx.order(), static_cast<std::size_t>(mark.queue)};
    if (this->progress.claim.may_mark(row, ctx.sender())) {
      if (!is_marked(row)) ctx.write(*this, RowPublished{mark.queue});
      this->progress.claim.release(row);
    }
    hand_row(row.queue, mark.asked, ctx);
  }

  /// The relay counts its lease from its question, and so stops before the table gives it to
  /// another one, as long as clocks run at the same rate.
  void hand_row(std::size_t queue, std::int64_t asked, Context& ctx) {
    const std::optional<sim::OrderId> order = row_for(queue, ctx.sender(), ctx.now());
    if (!order) return;
    Context about = ctx.about(*order);
    const Grant grant = this->progress.claim.take({*order, queue}, *this->settings, about);
    const bool is_for_ever = grant.until == sim::no_expiry;
    const std::int64_t until = is_for_ever ? sim::no_expiry.time_since_epoch().count()
                                           : asked + (grant.until - ctx.now()).count();
    about.await_forces();
    about.answer(HandRow{static_cast<Queue>(queue), grant.token, until});
  }

  /// Rows that relays were at are not marked, so they are handed out again like new ones.
  void on(const sim::Restart&, Context& ctx) {
    for (std::size_t queue = 0; queue < this->settings->services.all.count; ++queue) {
      if (const auto order = first_row(queue)) {
        Context about = ctx.about(*order);
        return relay(about);
      }
    }
  }

  void replay(const RowPublished& record, sim::OrderId order) {
    mark({order, static_cast<std::size_t>(record.topic)});
  }
  void replay(const QueueLeased& record,
              sim::OrderId order) requires kit::Replays<Claim, QueueLeased> {
    this->progress.claim.replay(record, order);
  }

  virtual void mark(const RowId& row) {
    this->progress.marked[row.order].add(row.queue);
    std::uint32_t& first = this->progress.first[row.queue];
    while (first != this->placed.size() && !is_waiting({this->placed[first], row.queue})) ++first;
  }
  bool is_marked(const RowId& row) const {
    return this->progress.marked.at(row.order).has(row.queue);
  }
  bool is_waiting(const RowId& row) const {
    return this->settings->has_row(row.order, row.queue) && !is_marked(row);
  }
  /// The order of the queue's first row, of those without a mark, that `is_wanted`.
  template <typename Wanted>
  std::optional<sim::OrderId> find_row(std::size_t queue, Wanted&& is_wanted) const {
    for (std::size_t i = this->progress.first[queue]; i < this->placed.size(); ++i) {
      const RowId row{this->placed[i], queue};
      if (is_waiting(row) && is_wanted(row)) return row.order;
    }
    return std::nullopt;
  }
  std::optional<sim::OrderId> first_row(std::size_t queue) const {
    return find_row(queue, [](const RowId&) { return true; });
  }
  /// The order of the row that this relay may have now.
  std::optional<sim::OrderId> row_for(std::size_t queue, sim::NodeId relay,
                                      sim::ClockTime now) const {
    const auto may_take = [&](sim::OrderId order) {
      return this->progress.claim.may_take({order, queue}, relay, now, *this->settings);
    };
    if constexpr (Claim::skips_rows) {
      return find_row(queue, [&](const RowId& row) { return may_take(row.order); });
    } else {
      const std::optional<sim::OrderId> first = first_row(queue);
      return first && may_take(*first) ? first : std::nullopt;
    }
  }
};

}  // namespace indoubt::outbox
