#pragma once

#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "protocols/kit/blueprint.hpp"
#include "protocols/kit/order_table.hpp"
#include "protocols/kit/stamp.hpp"
#include "protocols/kit/supervisor/watch.hpp"
#include "sim/base/fields.hpp"
#include "sim/base/time.hpp"
#include "sim/world/constant.hpp"
#include "sim/world/kinds.hpp"

/// Rows by which a repetition is told, of inboxes, fences and tombstones, where they are kept for a
/// while and not for ever. Products clean such tables up by age: NServiceBus keeps what it has
/// received for a week (`TimeToKeepDeduplicationData`), Seata the rows of its fence for a day.
namespace indoubt::kit {

/// Service: when the row of its order was written, by its clock. A column of that row.
struct RowStamped {
  static constexpr std::string_view name = "row_stamped";
  std::int64_t at;  ///< ns
  Stamp stamp() const { return {sim::ClockTime{sim::Duration{at}}}; }
  std::string text() const { return "at " + sim::to_text(stamp().at); }
  void hash_into(sim::StateHash& hash) const { stamp().hash_into(hash); }
};
/// Service: the row is older than rows are kept, and is gone.
struct RowForgotten {
  static constexpr std::string_view name = "row_forgotten";
};
using RetentionRecords = sim::Kinds<RowStamped, RowForgotten>;

/// A service that keeps what it knows of an order that is over for `retention`, by its clock. A row
/// is looked at, and goes, when something comes for its order; that no job has deleted it before
/// makes no difference to anybody. The family's `Role` has two more functions:
///
/// - `bool has_row(sim::OrderId) const`: a row is here that may be forgotten.
/// - `void forget_row(sim::OrderId)`: it is as if nothing had ever come.
///
/// `Writers` are the messages upon which the role may write such a row.
template <typename Role, typename Context, typename... Writers>
struct ForgetsRows : Role {
  sim::Constant<sim::Duration> retention;
  OrderTable<Stamp> written;  ///< when, of each row that is here

  template <typename M>
  requires Hears<Role, M, Context>
  void on(const M& message, Context& ctx) {
    if (ctx.order() != sim::no_order) {
      forget_if_old(ctx);
      if constexpr ((std::is_same_v<M, Writers> || ...)) stamp(ctx);
    }
    Role::on(message, ctx);
  }

  template <typename R>
  requires Replays<Role, R>
  void replay(const R& record, sim::OrderId order) { Role::replay(record, order); }
  void replay(const RowStamped& record, sim::OrderId order) { written[order] = record.stamp(); }
  void replay(const RowForgotten&, sim::OrderId order) {
    written.forget(order);
    Role::forget_row(order);
  }

  void lose_memory() {
    Role::lose_memory();
    written.lose_memory();
  }

  /// Not forced: without the record the row is found once more, and is as old as before.
  void forget_if_old(Context& ctx) {
    if (!Role::has_row(ctx.order())) return;
    if (ctx.now() - written[ctx.order()].at > *retention) ctx.write(*this, RowForgotten{});
  }
  /// Before the row, so that no force makes the one durable without the other. A time without a row
  /// says nothing.
  void stamp(Context& ctx) {
    if (Role::has_row(ctx.order()) || ctx.disk_is_full()) return;
    ctx.write(*this, RowStamped{ctx.now().time_since_epoch().count()});
  }

  static auto fields(auto& self) {
    return std::tuple_cat(sim::fields_of_base<Role>(self), std::tie(self.retention, self.written));
  }
};

/// Tells the role how long it keeps rows, if it forgets any.
template <typename Role>
void put_retention(Blueprint& blueprint, Role& role, sim::Duration retention) {
  if constexpr (requires { role.retention; }) role.retention = blueprint.keep(retention);
}

}  // namespace indoubt::kit
