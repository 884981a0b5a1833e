#pragma once

#include <tuple>

#include "protocols/kit/supervisor/lease.hpp"
#include "protocols/kit/supervisor/messages.hpp"
#include "sim/base/fields.hpp"
#include "sim/base/ids.hpp"

namespace indoubt::kit {

/// A service that is asked what it has of an order, and told to catch up. The family's `Role` has
/// two more functions: `bool has_effect(sim::OrderId) const`, and `void catch_up(Context&)`, which
/// does what the order's message would have done, so that the message finds it done if it still
/// comes.
template <typename Role, typename Context>
struct ComparedService : Role {
  using Role::on;
  using Role::replay;

  Fence repair_fence;

  void on(const AskEffect&, Context& ctx) { answer(ctx); }

  /// What the supervisor was told may be old, so it is looked up here. A service that has no room
  /// for the order does not answer, and is asked again in the next period.
  void on(const Settle&, Context& ctx) {
    if (!Role::has_effect(ctx.order())) Role::catch_up(ctx);
    if (Role::has_effect(ctx.order())) answer(ctx);
  }

  void on(const FencedSettle& repair, Context& ctx) {
    if (repair_fence.lets_pass(repair.token, ctx)) on(Settle{repair.commits}, ctx);
  }
  void replay(const TokenSeen& record, sim::OrderId order) { repair_fence.replay(record, order); }

  void answer(Context& ctx) const {
    ctx.await_forces();
    ctx.answer(KnownEffect{Role::has_effect(ctx.order())});
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Role>(self), std::tie(self.repair_fence));
  }
};

}  // namespace indoubt::kit
