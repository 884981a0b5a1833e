#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "sim/base/distribution.hpp"
#include "sim/base/ids.hpp"
#include "sim/world/constant.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"

namespace indoubt::kit {

/// Client to coordinator: place this order.
struct PlaceOrder {
  static constexpr std::string_view name = "place_order";
  void facts(sim::FactSink& sink) const { sink.state(sim::FactKind::requested); }
};

/// Coordinator to client: all units are assigned. A reply that leaves is a decision, too.
struct Placed {
  static constexpr std::string_view name = "placed";
  void facts(sim::FactSink& sink) const {
    sink.state(sim::FactKind::decided, sim::Outcome::commit);
    sink.state(sim::FactKind::replied, sim::Outcome::commit);
  }
  void facts_on_receipt(sim::FactSink& sink) const { sink.state(sim::FactKind::placed); }
};

/// Coordinator to client: the order will leave nothing behind.
struct NotPlaced {
  static constexpr std::string_view name = "not_placed";
  void facts(sim::FactSink& sink) const {
    sink.state(sim::FactKind::decided, sim::Outcome::abort);
    sink.state(sim::FactKind::replied, sim::Outcome::abort);
  }
  void facts_on_receipt(sim::FactSink& sink) const { sink.state(sim::FactKind::not_placed); }
};

/// The next order arrives.
struct Arrival : sim::Timer {
  static constexpr std::string_view name = "arrival";
};

/// The client has waited long enough, and takes its outcome as unknown.
struct GiveUp : sim::Timer {
  static constexpr std::string_view name = "give_up";
};

using ClientKinds = sim::Kinds<PlaceOrder, Placed, NotPlaced, Arrival, GiveUp>;

/// A family's messages and timers, after those that every family has. Parts are types or lists.
template <typename... Parts>
using MessagesWith = sim::JoinedKinds<sim::WorldKinds, ClientKinds, Parts...>;

struct ClientSetup {
  sim::NodeId coordinator;
  std::optional<sim::Sampler> gap;  ///< between arrivals; none: all orders arrive at 0
  sim::Duration give_up_after{};
  sim::ClockTime until{};  ///< then no more arrive
};

/// All clients of a run, on the reserved node `client`: each places one order, once, and waits.
struct Clients {
  using Context = sim::Context<MessagesWith<>, sim::Kinds<>>;

  sim::Constant<ClientSetup> setup;
  std::uint32_t last_number = 0;  ///< of the order that arrived last

  void on(const sim::Start&, Context& ctx);
  void on(const Arrival&, Context& ctx);
  void on(const Placed&, Context& ctx) { ctx.cancel<GiveUp>(); }
  void on(const NotPlaced&, Context& ctx) { ctx.cancel<GiveUp>(); }
  void on(const GiveUp&, Context&) {}

  static auto fields(auto& self) {
    auto& [constant, last] = self;
    return std::tie(constant, last);
  }

  void place(Context ctx);
  void await_next(Context& ctx, sim::OrderId next);
};

}  // namespace indoubt::kit
