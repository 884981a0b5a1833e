#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "protocols/kit/deployment.hpp"
#include "protocols/kit/order_table.hpp"
#include "sim/base/distribution.hpp"
#include "sim/base/ids.hpp"
#include "sim/world/constant.hpp"
#include "sim/world/context.hpp"
#include "sim/world/kinds.hpp"
#include "sim/world/role.hpp"

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

/// Coordinator to client: this request came before, and there is no outcome yet.
struct InProgress {
  static constexpr std::string_view name = "in_progress";
};

/// Client to coordinator: it has changed its mind. Who has not decided yet gives the order up.
struct CancelOrder {
  static constexpr std::string_view name = "cancel_order";
  void facts(sim::FactSink& sink) const { sink.state(sim::FactKind::cancelled); }
};

/// No answer yet: the client asks once more.
struct AskAgain : sim::Timer {
  static constexpr std::string_view name = "ask_again";
};

/// No answer yet, and the client wants none any more.
struct ChangeMind : sim::Timer {
  static constexpr std::string_view name = "change_mind";
};

/// What only some clients say. Last in every list, so that all others have the numbers that they
/// have without these.
using RepeatKinds = sim::Kinds<InProgress, CancelOrder, AskAgain, ChangeMind>;

/// A family's messages and timers, after those that every family has. Parts are types or lists.
template <typename... Parts>
using MessagesWith = sim::JoinedKinds<sim::WorldKinds, ClientKinds, Parts..., RepeatKinds>;

/// What a coordinator says to a request that it has had before: the outcome, if there is one. It is
/// the same order, by its key. The decision may be on its way to the disk.
template <typename Context>
void answer_again(std::optional<sim::Outcome> outcome, Context& ctx) {
  if (!outcome) return ctx.reply(InProgress{});
  ctx.await_forces();
  *outcome == sim::Outcome::commit ? ctx.reply(Placed{}) : ctx.reply(NotPlaced{});
}

struct ClientSetup {
  sim::NodeId coordinator;
  std::optional<sim::Sampler> gap;  ///< between arrivals; none: all orders arrive at 0
  sim::Duration give_up_after{};
  sim::ClockTime until{};        ///< then no more arrive
  std::uint32_t intentions = 0;  ///< orders that clients come for; the rest are requests anew
  std::optional<ClientRetry> retry{};
  std::optional<ClientCancel> cancel{};
};

/// All clients of a run, on the reserved node `client`: each comes for one order and waits for its
/// answer. One that asks again does so under the same key, which is the same order, or under a
/// fresh one: then its n-th request is the order so many times all intentions further on.
template <typename Messages>
struct Clients {
  using Context = sim::Context<Messages, sim::Kinds<>>;

  sim::Constant<ClientSetup> setup;
  std::uint32_t last_number = 0;        ///< of the order that arrived last
  OrderTable<std::uint32_t> repeats{};  ///< requests after the first, by intention

  void on(const sim::Start&, Context& ctx) {
    if (setup->gap) return await_next(ctx, sim::OrderId{0});
    for (std::uint32_t i = 0; i < setup->intentions; ++i) come(ctx.about(sim::OrderId{i}));
  }
  void on(const Arrival&, Context& ctx) {
    come(ctx);
    await_next(ctx, sim::OrderId{ctx.order().index + 1});
  }
  void on(const Placed&, Context& ctx) { stop_waiting(ctx); }
  void on(const NotPlaced&, Context& ctx) { stop_waiting(ctx); }
  void on(const InProgress&, Context&) {}
  void on(const GiveUp&, Context&) {}

  void on(const AskAgain&, Context& ctx) {
    const std::uint32_t repeat = ++repeats[ctx.order()];
    if (setup->retry->has_fresh_key) {
      place(ctx.about(sim::OrderId{ctx.order().index + repeat * setup->intentions}));
    } else {
      request(ctx);
    }
    if (repeat < setup->retry->times) ctx.template arm<AskAgain>(setup->retry->after);
  }
  /// It may be too late: then the answer says so.
  void on(const ChangeMind&, Context& ctx) {
    if (setup->retry) intention(ctx).template cancel<AskAgain>();
    ctx.send(setup->coordinator, CancelOrder{});
  }

  void come(Context ctx) {
    place(ctx);
    if (setup->retry) ctx.template arm<AskAgain>(setup->retry->after);
  }
  void place(Context ctx) {
    request(ctx);
    const bool changes_mind =
        setup->cancel && setup->cancel->share.happens(ctx.fixed_draw("change_mind"));
    if (changes_mind) ctx.template arm<ChangeMind>(setup->cancel->after);
  }
  void request(Context& ctx) {
    ctx.send(setup->coordinator, PlaceOrder{});
    ctx.template arm<GiveUp>(setup->give_up_after);
  }
  void stop_waiting(Context& ctx) {
    ctx.template cancel<GiveUp>();
    if (setup->retry) intention(ctx).template cancel<AskAgain>();
    if (setup->cancel) ctx.template cancel<ChangeMind>();
  }
  /// What the client came for when it asked for this order.
  Context intention(const Context& ctx) const {
    return ctx.about(sim::OrderId{ctx.order().index % setup->intentions});
  }

  /// Gaps are drawn for every number, so that an order arrives at its time also when it runs alone.
  void await_next(Context& ctx, sim::OrderId next) {
    if (next.index >= setup->intentions) return;
    Context about = ctx.about(next);
    sim::Duration wait{};
    while (last_number < about.order_number()) {
      ++last_number;
      wait += (*setup->gap)(about.fixed_draw("arrival", last_number));
    }
    if (ctx.now() + wait <= setup->until) about.template arm<Arrival>(wait);
  }

  static auto fields(auto& self) {
    auto& [constant, last, r] = self;
    return std::tie(constant, last, r);
  }
};

/// Clients that speak a family's language.
template <typename Messages>
sim::AnyRole make_clients(sim::Constant<ClientSetup> setup) {
  return sim::AnyRole::make<Messages, sim::Kinds<>>(Clients<Messages>{.setup = setup});
}

}  // namespace indoubt::kit
