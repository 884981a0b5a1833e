// Best-effort confirm: hold what the order takes everywhere, then say that it is placed, then tell
// everybody to make it final. It looks right, and it works on every good day.
#include <indoubt/protocol.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

namespace best_effort {

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
struct NoAnswer : sim::Timer {
  static constexpr std::string_view name = "no_answer";
};
using Messages = kit::MessagesWith<Hold, Held, Confirm, Release, NoAnswer>;

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
using Records = sim::Kinds<UnitsHeld, UnitsConfirmed, kit::UnitsReleased, kit::Refused>;
using Context = sim::Context<Messages, Records>;

// What users may set, and what the roles are told besides.
struct Options {
  sim::Duration timeout = std::chrono::seconds{1};
};
const kit::OptionRows<Options>& option_rows() {
  static const kit::OptionRows<Options> rows{
      kit::duration<&Options::timeout>("timeout", "how long to wait for all holds")};
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
    kit::ServiceSet missing{};  // who has not answered
    static auto fields(auto& self) { return std::tie(self.phase, self.missing); }
  };

  sim::Constant<Settings> settings;
  kit::OrderTable<Order> orders;

  void on(const kit::PlaceOrder&, Context& ctx) {
    Order& order = orders[ctx.order()];
    if (order.phase != Phase::unknown) return kit::answer_again(outcome_of(order), ctx);
    order = {Phase::holding, settings->services.of(ctx).all()};
    for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Hold{});
    ctx.arm<NoAnswer>(settings->timeout);
  }

  void on(const Held& held, Context& ctx) {
    Order& order = orders[ctx.order()];
    if (order.phase != Phase::holding) return;
    if (!held.yes) return give_up(order, ctx);
    order.missing.remove(settings->services.of(ctx).position(ctx.sender()));
    if (order.missing.is_empty()) confirm(order, ctx);
  }

  void on(const NoAnswer&, Context& ctx) {
    Order& order = orders[ctx.order()];
    if (order.phase == Phase::holding) give_up(order, ctx);
  }

  void confirm(Order& order, Context& ctx) {
    order.phase = Phase::placed;
    ctx.cancel<NoAnswer>();
    ctx.reply(kit::Placed{});
    for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Confirm{});
  }

  void give_up(Order& order, Context& ctx) {
    order.phase = Phase::not_placed;
    ctx.cancel<NoAnswer>();
    ctx.reply(kit::NotPlaced{});
    for (const sim::NodeId service : settings->services.of(ctx)) ctx.send(service, Release{});
  }

  std::optional<sim::Outcome> outcome_of(const Order& order) const {
    if (order.phase == Phase::holding) return std::nullopt;
    return sim::outcome_of(order.phase == Phase::placed);
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
    if (rows[ctx.order()] != Row::held) return;
    ctx.write(*this, UnitsConfirmed{stock.units_of(ctx.order())});
    ctx.force();
  }

  // A release may overtake the hold that it is about, so it leaves a row in any case.
  void on(const Release&, Context& ctx) {
    if (rows[ctx.order()] == Row::gone || rows[ctx.order()] == Row::confirmed) return;
    ctx.write(*this, kit::UnitsReleased{stock.units_of(ctx.order())});
    ctx.force();
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

void build(kit::Blueprint& blueprint) {
  Settings settings{kit::read(option_rows(), blueprint)};
  settings.services = blueprint.services();
  Coordinator coordinator;
  coordinator.settings = blueprint.keep(settings);
  blueprint.place<Messages, Records>(blueprint.coordinator(), coordinator);
  Service service;
  blueprint.place_services<Messages, Records>(service);
  blueprint.traits = {
      .holds = true, .vote_timeout = settings.timeout, .longest_wait = settings.timeout};
}

kit::Family family() {
  kit::FamilyInfo info;
  info.name = "best-effort";
  info.idea = "reservations";
  info.summary = "Hold everywhere, say that it is placed, and tell everybody once.";
  info.options = kit::declarations(option_rows());
  info.kinds = kit::names_of_kinds<Messages>();
  return kit::make_family(info, {{"hardened", &build}}, {}, nullptr);
}

}  // namespace best_effort

int main(int argc, char** argv) {
  return indoubt::run_program(argc, argv, {best_effort::family()});
}
