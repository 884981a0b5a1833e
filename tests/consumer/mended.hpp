// Best-effort confirm, mended: the coordinator writes down what it is about to ask for and what it
// has decided, before anybody hears of it, and tells everybody until it knows that they know.
#pragma once

#include <indoubt/protocol.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

namespace mended {

using namespace indoubt;
using sim::FactKind;

// What travels: plain structs with a name. A timer is one, too.
struct Hold {
  static constexpr std::string_view name = "hold";
};
struct Held {
  static constexpr std::string_view name = "held";
  sim::Flag yes;
};
struct Confirm {
  static constexpr std::string_view name = "confirm";
};
struct Release {
  static constexpr std::string_view name = "release";
};
// A service has heard what became of the order, durably.
struct Known {
  static constexpr std::string_view name = "known";
};
struct NoAnswer : sim::Timer {
  static constexpr std::string_view name = "no_answer";
};
struct TellAgain : sim::Timer {
  static constexpr std::string_view name = "tell_again";
};
using Messages = kit::MessagesWith<Hold, Held, Confirm, Release, Known, NoAnswer, TellAgain>;

// What is written, and what that means to those who judge.
struct UnitsHeld {
  static constexpr std::string_view name = "units_held";
  kit::Hold hold;
  void facts(sim::FactSink& sink) const {
    sink.change(FactKind::held, hold.units, hold.generation);
  }
};
struct UnitsConfirmed {
  static constexpr std::string_view name = "units_confirmed";
  kit::UnitList units;
  void facts(sim::FactSink& sink) const { sink.change(FactKind::assigned, units); }
};
// The coordinator may have asked for holds: from here on the order has to be brought to an end.
struct Begun {
  static constexpr std::string_view name = "begun";
};
struct Decided {
  static constexpr std::string_view name = "decided";
  sim::Flag places;
  void facts_when_forced(sim::FactSink& sink) const {
    sink.state(FactKind::decided, sim::outcome_of(places));
  }
};
struct Ended {
  static constexpr std::string_view name = "ended";
};
using Records =
    sim::Kinds<UnitsHeld, UnitsConfirmed, kit::UnitsReleased, kit::Refused, Begun, Decided, Ended>;
using Context = sim::Context<Messages, Records>;

// What users may set, and what the roles are told besides.
struct Options {
  sim::Duration timeout = std::chrono::seconds{1};
  kit::Retry retry{};
};
inline const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::duration<&Options::timeout>("timeout", "how long to wait for all holds"),
      kit::retry_first<&Options::retry>(), kit::retry_longest<&Options::retry>()};
  return rows;
}
struct Settings : Options {
  kit::Services services{};
};

struct Coordinator {
  static constexpr std::string_view role_name = "coordinator";
  enum class Phase : std::uint8_t { unknown, holding, placed, not_placed };
  struct Order {
    Phase phase = Phase::unknown;
    bool has_ended = false;
    kit::ServiceSet missing{};   // who has not answered
    std::uint32_t attempts = 0;  // to tell them
    static auto fields(auto& self) {
      return std::tie(self.phase, self.has_ended, self.missing, self.attempts);
    }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Order> orders;

  void on(const kit::PlaceOrder&, Context& ctx) {
    Order& order = orders[ctx.order()];
    if (order.phase != Phase::unknown) return kit::answer_again(outcome_of(order), ctx);
    ctx.write(*this, Begun{});
    ctx.force();
    order.missing = settings->services.of(ctx).all();
    for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Hold{});
    ctx.arm<NoAnswer>(settings->timeout);
  }

  void on(const Held& held, Context& ctx) {
    Order& order = orders[ctx.order()];
    if (order.phase != Phase::holding) return;
    if (!held.yes) return decide(false, ctx);
    order.missing.remove(settings->services.of(ctx).position(ctx.sender()));
    if (order.missing.is_empty()) decide(true, ctx);
  }

  void on(const NoAnswer&, Context& ctx) {
    if (orders[ctx.order()].phase == Phase::holding) decide(false, ctx);
  }

  // Nobody hears of a decision that a crash could take back.
  void decide(bool places, Context& ctx) {
    ctx.cancel<NoAnswer>();
    ctx.write(*this, Decided{places});
    ctx.force();
    places ? ctx.reply(kit::Placed{}) : ctx.reply(kit::NotPlaced{});
    orders[ctx.order()].missing = settings->services.of(ctx).all();
    tell(ctx);
  }

  void tell(Context& ctx) {
    Order& order = orders[ctx.order()];
    settings->services.of(ctx).for_each(order.missing, [&](sim::NodeId service) {
      order.phase == Phase::placed ? ctx.send(service, Confirm{}) : ctx.send(service, Release{});
    });
    ctx.arm<TellAgain>(settings->retry.after(order.attempts++));
  }

  void on(const TellAgain&, Context& ctx) { tell(ctx); }

  void on(const Known&, Context& ctx) {
    Order& order = orders[ctx.order()];
    if (order.has_ended || !outcome_of(order)) return;
    order.missing.remove(settings->services.of(ctx).position(ctx.sender()));
    if (!order.missing.is_empty()) return;
    ctx.cancel<TellAgain>();
    ctx.write(*this, Ended{});  // not forced: without it everybody is told once more
  }

  void on(const sim::Restart&, Context& ctx) {
    orders.for_each([&](sim::OrderId id, Order& order) {
      if (order.phase == Phase::unknown || order.has_ended) return;
      Context about = ctx.about(id);
      if (order.phase == Phase::holding) return decide(false, about);
      order.missing = settings->services.of(id).all();
      tell(about);
    });
  }

  std::optional<sim::Outcome> outcome_of(const Order& order) const {
    if (order.phase == Phase::unknown || order.phase == Phase::holding) return std::nullopt;
    return sim::outcome_of(order.phase == Phase::placed);
  }

  void replay(const Begun&, sim::OrderId order) { orders[order].phase = Phase::holding; }
  void replay(const Decided& record, sim::OrderId order) {
    orders[order].phase = record.places ? Phase::placed : Phase::not_placed;
  }
  void replay(const Ended&, sim::OrderId order) { orders[order].has_ended = true; }

  void lose_memory() {
    orders.lose_memory([](Order& order) {
      order.missing = {};
      order.attempts = 0;
    });
  }

  static auto fields(auto& self) { return std::tie(self.settings, self.orders); }
};

struct Service {
  static constexpr std::string_view role_name = "service";
  enum class Row : std::uint8_t { none, held, confirmed, gone };

  kit::Stock stock;
  kit::OrderTable<Row> rows;

  void on(const Hold&, Context& ctx) {
    if (rows[ctx.order()] == Row::none) hold(ctx);
    ctx.await_forces();
    ctx.answer(Held{rows[ctx.order()] != Row::gone});
  }

  void hold(Context& ctx) {
    std::optional<kit::UnitList> units;
    if (!stock.declines(ctx) && !ctx.disk_is_full()) units = stock.pick(ctx.order());
    if (units) {
      ctx.write(*this, UnitsHeld{stock.next_hold(*units)});
    } else {
      ctx.write(*this, kit::Refused{});
    }
    ctx.force();
  }

  void on(const Confirm&, Context& ctx) {
    if (rows[ctx.order()] == Row::held) {
      ctx.write(*this, UnitsConfirmed{stock.units_of(ctx.order())});
      ctx.force();
    }
    ctx.await_forces();
    ctx.answer(Known{});
  }

  // A release may overtake the hold that it is about, so it leaves a row in any case.
  void on(const Release&, Context& ctx) {
    if (rows[ctx.order()] != Row::gone) {
      ctx.write(*this, kit::UnitsReleased{stock.units_of(ctx.order())});
      ctx.force();
    }
    ctx.await_forces();
    ctx.answer(Known{});
  }

  // After a crash the log is replayed; `write` replays each record at once, too.
  void replay(const UnitsHeld& record, sim::OrderId order) {
    stock.hold(order, record.hold);
    rows[order] = Row::held;
  }
  void replay(const UnitsConfirmed& record, sim::OrderId order) {
    stock.assign(order, record.units);
    rows[order] = Row::confirmed;
  }
  void replay(const kit::UnitsReleased& record, sim::OrderId order) {
    stock.release(order, record.units);
    rows[order] = Row::gone;
  }
  void replay(const kit::Refused&, sim::OrderId order) { rows[order] = Row::gone; }

  void lose_memory() {
    stock.lose_memory();
    rows.lose_memory();
  }

  static auto fields(auto& self) { return std::tie(self.stock, self.rows); }
};

// A mistake, to see that it is caught: the coordinator asserts that nobody says twice that he
// knows.
struct KnownExpectedOnce : Coordinator {
  using Coordinator::on;
  void on(const Known& known, Context& ctx) {
    const auto place = settings->services.of(ctx).position(ctx.sender());
    ctx.expect(orders[ctx.order()].missing.has(place), "a service says once that it knows");
    Coordinator::on(known, ctx);
  }
};

// Another: it means to tell again as soon as it can, and time never passes.
struct TellsAtOnce : Coordinator {
  using Coordinator::on;
  void on(const TellAgain&, Context& ctx) { ctx.arm<TellAgain>(sim::Duration{0}); }
};

template <typename C = Coordinator>
void build(kit::Blueprint& blueprint) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  C coordinator;
  coordinator.settings = blueprint.keep(settings);
  blueprint.place<Messages, Records>(blueprint.coordinator(), coordinator);
  Service service;
  blueprint.place_services<Messages, Records>(service);
  blueprint.traits = {.decides = true,
                      .holds = true,
                      .vote_timeout = settings.timeout,
                      .longest_wait = std::max(settings.timeout, settings.retry.limit())};
}

inline kit::Family family() {
  kit::FamilyInfo info;
  info.name = "mended";
  info.idea = "reservations";
  info.summary = "Hold everywhere, decide on record, and tell everybody until they know.";
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  static const kit::Mutant planted[] = {
      {{"M-OWN-01", "known_expected_once", "no-failure",
        "Asserts that a service says once that it knows, which a copy of that disproves."},
       &build<KnownExpectedOnce>},
      {{"M-OWN-02", "tells_at_once", "no-failure",
        "Arms a timer for now whenever it fires, so that time does not pass."},
       &build<TellsAtOnce>},
  };
  return kit::make_family(info, {{"hardened", &build<>}}, planted, nullptr);
}

}  // namespace mended
