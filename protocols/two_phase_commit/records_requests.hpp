#pragma once

#include <tuple>

#include "protocols/two_phase_commit/coordinator.hpp"
#include "sim/base/fields.hpp"

namespace indoubt::two_phase_commit {

/// A coordinator that puts each request on record before it begins the order. Without the record, a
/// request that comes again after a crash is a new order to it, while work, votes and an abort of
/// the first attempt may still be on their way. It costs a forced write for each order, and one
/// more for an order that only reads, of which nothing else says that it was placed.
template <typename C>
struct RecordsRequests : C {
  using C::on;
  using C::replay;
  using Phase = Coordinator::Phase;
  using Transaction = Coordinator::Transaction;

  enum class Request : std::uint8_t { none, recorded, served };
  kit::OrderTable<Request> requests;

  void on(const kit::PlaceOrder& request, Context& ctx) {
    if (this->transactions[ctx.order()].phase == Phase::unknown) {
      requests[ctx.order()] = Request::recorded;
      ctx.append(RequestRecorded{});  // Only after a crash it means an abort.
      ctx.force();
    }
    C::on(request, ctx);
  }

  void commit(Transaction& transaction, Context& ctx) override {
    if (this->settings->services.of(ctx).writers.is_empty()) {
      requests[ctx.order()] = Request::served;
      ctx.append(RequestServed{});  // As above: until a crash there is the transaction.
      ctx.force();
    }
    C::commit(transaction, ctx);
  }

  /// Whoever reads at services has forgotten orders that only read, as if they had never been.
  void on(const sim::Restart& restart, Context& ctx) {
    C::on(restart, ctx);
    keep_all();
  }

  void replay(const RequestRecorded&, sim::OrderId order) {
    requests[order] = Request::recorded;
    keep(order);
  }
  void replay(const RequestServed&, sim::OrderId order) {
    requests[order] = Request::served;
    this->transactions[order] = {};
    keep(order);
  }
  void replay(const End& record, sim::OrderId order) {
    C::replay(record, order);
    keep(order);
  }

  void lose_memory() {
    C::lose_memory();
    requests.lose_memory();
    keep_all();
  }

  void keep_all() {
    requests.for_each([this](sim::OrderId order, Request) { keep(order); });
  }

  /// What was begun and has nothing else on record is aborted, and stays so.
  void keep(sim::OrderId order) {
    Phase& phase = this->transactions[order].phase;
    const Request request = requests[order];
    if (request == Request::none || phase != Phase::unknown) return;
    phase = request == Request::served ? Phase::committed : Phase::forgotten;
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<C>(self), std::tie(self.requests));
  }
};

}  // namespace indoubt::two_phase_commit
