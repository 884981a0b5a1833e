#pragma once

#include <cstdint>
#include <tuple>
#include <type_traits>

#include "protocols/kit/supervisor/lease.hpp"
#include "protocols/kit/supervisor/supervisor.hpp"
#include "sim/base/fields.hpp"

namespace indoubt::kit {

template <typename T, typename... Ts>
constexpr bool is_listed(sim::Kinds<Ts...>) {
  return (std::is_same_v<T, Ts> || ...);
}

/// One of several supervisors. Everything is reported to all of them. Each asks the authority
/// before it acts, every time anew. The answer says both what became of the order and that no other
/// supervisor is to act on it, so a report that is out of date does no harm. A supervisor that is
/// refused does nothing until the next report: the holder may be lost by then, and its lease over.
template <typename Messages, typename Records>
struct LeasedSupervisor : Supervisor<sim::Context<Messages, Records>> {
  using Context = sim::Context<Messages, Records>;
  using Base = Supervisor<Context>;

  OrderTable<ServiceSet> reporters;  ///< have reported the order since they were last told
  std::uint64_t token = 0;           ///< of its last lease
  sim::ClockTime until{};            ///< its end

  void on(const Unfinished& record, Context& ctx) {
    if (sim::Duration{record.age} < this->settings->grace) return;
    const std::size_t service = this->settings->services.of(ctx).position(ctx.sender());
    if (service < this->settings->services.of(ctx).count) reporters[ctx.order()].add(service);
    ask(ctx);
  }

  void on(const Unreconciled& order, Context& ctx) {
    if (sim::Duration{order.age} < this->settings->grace) return;
    this->comparisons[ctx.order()].is_first = order.is_first;
    ask(ctx);
  }

  void ask(Context& ctx) const {
    const std::int64_t now = ctx.now().time_since_epoch().count();
    ctx.send(this->settings->authority, AskLease{now, this->settings->lease.count()});
  }

  /// An answer that took too long, or comes twice, is none.
  void on(const LeaseGranted& lease, Context& ctx) {
    if (lease.token < token) return;
    token = lease.token;
    until = sim::ClockTime{sim::Duration{lease.until}};
    if (!has_lease(ctx)) return;
    if constexpr (is_listed<AskEffect>(Messages{})) {
      this->compare(this->comparisons[ctx.order()], ctx);
    } else {
      repair(lease.commits, ctx);
    }
  }

  bool has_lease(const Context& ctx) const { return ctx.now() < until; }

  /// All are told at first, and later those that report it still.
  void repair(bool commits, Context& ctx) {
    const bool is_new = this->intents.at(ctx.order()) == Base::Intent::none;
    ServiceSet& waiting = reporters[ctx.order()];
    const ServiceSet told = is_new ? this->settings->services.of(ctx).all() : waiting;
    waiting = {};
    this->intend(commits, ctx);
    this->settings->services.of(ctx).for_each(told, [&](sim::NodeId service) {
      ctx.send(service, FencedSettle{commits, token});
    });
  }

  void on(const KnownEffect& effect, Context& ctx) {
    if (!this->may_catch_up(effect, ctx) || !has_lease(ctx)) return;
    this->intend(true, ctx);
    ctx.answer(FencedSettle{true, token});
  }

  void lose_memory() {
    Base::lose_memory();
    reporters = {};
    token = 0;
    until = {};
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Base>(self),
                          std::tie(self.reporters, self.token, self.until));
  }
};

}  // namespace indoubt::kit
