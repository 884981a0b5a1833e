#pragma once

#include <tuple>

#include "protocols/two_phase_commit/coordinator.hpp"
#include "sim/base/fields.hpp"

namespace indoubt::two_phase_commit {

/// A coordinator that puts each request on record before it begins the order. Without the record, a
/// request that comes again after a crash is a new order to it, while work, votes and an abort of
/// the first attempt may still be on their way. It costs a forced write for each order.
template <typename C>
struct RecordsRequests : C {
  using C::on;
  using C::replay;
  using Phase = Coordinator::Phase;

  enum class Request : std::uint8_t { none, recorded };
  kit::OrderTable<Request> requests;

  void on(const kit::PlaceOrder& request, Context& ctx) {
    if (this->transactions[ctx.order()].phase == Phase::unknown) {
      requests[ctx.order()] = Request::recorded;
      ctx.append(RequestRecorded{});  // Only after a crash it means an abort.
      ctx.force();
    }
    C::on(request, ctx);
  }

  /// What was begun and has nothing else on record is aborted, and stays so.
  void replay(const RequestRecorded&, sim::OrderId order) {
    requests[order] = Request::recorded;
    this->transactions[order].phase = Phase::forgotten;
  }

  void lose_memory() {
    C::lose_memory();
    requests.lose_memory();
    requests.for_each([this](sim::OrderId order, Request request) {
      Phase& phase = this->transactions[order].phase;
      if (request == Request::recorded && phase == Phase::unknown) phase = Phase::forgotten;
    });
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<C>(self), std::tie(self.requests));
  }
};

}  // namespace indoubt::two_phase_commit
