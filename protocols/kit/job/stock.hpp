#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "protocols/kit/deployment.hpp"
#include "protocols/kit/order_table.hpp"
#include "sim/base/ids.hpp"
#include "sim/base/random.hpp"
#include "sim/base/time.hpp"
#include "sim/world/constant.hpp"
#include "sim/world/history.hpp"
#include "sim/world/order_kinds.hpp"

namespace indoubt::kit {

/// Units of one service that one order takes: content of records, so plain words.
struct UnitList {
  std::uint32_t count = 0;
  std::array<std::uint32_t, most_units_per_service_and_order> units{};

  const std::uint32_t* begin() const { return units.data(); }
  const std::uint32_t* end() const { return units.data() + count; }
  std::size_t size() const { return count; }
  std::span<const std::uint32_t> all() const { return {begin(), end()}; }
  void add(std::uint32_t unit) { units[count++] = unit; }
  bool operator==(const UnitList&) const = default;
  static auto fields(auto& self) {
    auto& [c, u] = self;
    return std::tie(c, u);
  }
};

/// What a service has, and what orders take there.
struct StockSetup {
  struct Item {
    std::uint32_t first_unit = 0;
    std::uint32_t units = 0;                                   ///< that the service has
    std::array<std::uint32_t, sim::most_order_kinds> taken{};  ///< by orders of each kind
    std::string name{};
  };
  sim::OrderKinds kinds{};
  std::vector<Item> items{};
  sim::Probability decline{};
  sim::Probability poison{};

  /// Units of the item that the order takes.
  std::uint32_t taken(const Item& item, sim::OrderId order) const {
    return item.taken[kinds.of(order)];
  }
};

/// One thing that a service has: free, held for an order until its hold runs out, or assigned.
struct Unit {
  enum class State : std::uint8_t { free, held, assigned };
  State state = State::free;
  sim::OrderId order = sim::no_order;
  std::uint32_t generation = 0;  ///< of the last hold
  sim::ClockTime expires = sim::no_expiry;

  static auto fields(auto& self) {
    auto& [s, o, g, e] = self;
    return std::tie(s, o, g, e);
  }
  /// What the last hold of a free unit was is no state.
  void hash_into(sim::StateHash& hash) const {
    hash.add(static_cast<std::uint64_t>(state));
    if (state == State::free) return;
    hash.add(order.index);
    hash.add(generation);
    hash.add(expires);
  }
};

/// A hold as records carry it.
struct Hold {
  UnitList units{};
  std::uint32_t generation = 0;
  std::int64_t expires = sim::no_expiry.time_since_epoch().count();  ///< clock reading, ns

  sim::ClockTime expiry() const { return sim::ClockTime{sim::Duration{expires}}; }
  void hash_into(sim::StateHash& hash) const {
    sim::hash_state(hash, units);
    hash.add(generation);
    hash.add(expiry());
  }
};

/// The lease of a hold of no units: there is no unit to keep it.
struct Lease {
  std::uint32_t generation = 0;
  sim::ClockTime expires = sim::no_expiry;

  static auto fields(auto& self) {
    auto& [g, e] = self;
    return std::tie(g, e);
  }
};

/// The rows of a service's local store. The role that owns it writes every change to the log in the
/// handler that makes it; after a restart the logged changes are made again.
struct Stock {
  sim::Constant<StockSetup> setup;
  std::vector<Unit> units;
  std::vector<std::uint64_t> free_bits;  ///< one bit for each free unit
  OrderTable<UnitList> taken;            ///< units of each order, held or assigned
  OrderTable<Lease> leases;              ///< of orders that hold nothing until some time
  std::uint32_t holds = 0;               ///< made so far: generations

  explicit Stock() = default;
  explicit Stock(const StockSetup& stock_setup);

  /// Whether the service declines the order for business reasons: drawn once for each order.
  template <typename Context>
  bool declines(const Context& ctx) const {
    return !setup->decline.is_zero() && setup->decline.happens(ctx.fixed_draw("decline"));
  }
  /// Whether handling what tells of the order fails here, whenever it is tried: a poison message.
  /// Drawn once for each order; where several messages tell a service different things of one
  /// order, once for each of them, by a name of its own.
  template <typename Context>
  bool is_poison(const Context& ctx, std::string_view message = "poison") const {
    return !setup->poison.is_zero() && setup->poison.happens(ctx.fixed_draw(message));
  }
  /// Free units for what the order takes, the lowest of each item; none if there are too few.
  std::optional<UnitList> pick(sim::OrderId order) const;
  /// The hold that the next order would get on these units.
  Hold next_hold(const UnitList& picked, sim::ClockTime expires = sim::no_expiry) const {
    return {picked, holds + 1, expires.time_since_epoch().count()};
  }
  /// Holds in memory what the order takes. False if the service declines, has too few units, or has
  /// no room to put them on record.
  template <typename Context>
  bool lock(Context& ctx) {
    if (declines(ctx) || ctx.disk_is_full()) return false;
    const std::optional<UnitList> picked = pick(ctx.order());
    if (!picked) return false;
    hold(ctx.order(), next_hold(*picked));
    ctx.note(sim::FactKind::locked, picked->all());
    return true;
  }
  /// Lets go of what is held in memory for the order, which has nothing here from now on.
  template <typename Context>
  void unlock(Context& ctx) {
    const UnitList locked = units_of(ctx.order());
    taken[ctx.order()] = {};
    if (ctx.note(sim::FactKind::unlocked, locked.all())) release(ctx.order(), locked);
  }

  void hold(sim::OrderId order, const Hold& hold);
  void assign(sim::OrderId order, const UnitList& list);
  void release(sim::OrderId order, const UnitList& list);

  /// On record is which order has which unit. Under which hold a free unit was does not matter any
  /// more, and the number of a hold that no record names is used again.
  void lose_memory();

  /// Units that the order has now, held or assigned.
  const UnitList& units_of(sim::OrderId order) const { return taken.at(order); }
  /// The hold that the order's units are or were under. Without units it is empty, and runs out if
  /// it was to.
  Hold hold_of(sim::OrderId order) const;

  static auto fields(auto& self) {
    auto& [constant, u, f, t, l, h] = self;
    return std::tie(constant, u, f, t, l, h);
  }
};

}  // namespace indoubt::kit
